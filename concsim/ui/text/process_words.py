"""Processes in words: how one was started, how it ended, what the operating system says of it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from concsim.control.command.summary import signal_name
from concsim.model.folding.entities import Actor, Process
from concsim.ui.text.actor_words import state_word

MEGA = 1_000_000


def started_words(process: Process, kind: str) -> str:
    """How a process came to be."""
    translate = QCoreApplication.translate
    if kind == "main":
        return translate("ProcessWords", "the program itself")
    if process.method == "command":
        if not process.command:
            return translate("ProcessWords", "a command")
        return translate("ProcessWords", "runs {command}").format(command=process.command)
    if kind == "manager":
        return translate("ProcessWords", "manager, started by {method}").format(method=process.method or "?")
    if kind == "worker":
        return translate("ProcessWords", "pool worker, started by {method}").format(method=process.method or "?")
    if not process.method:
        return ""
    return translate("ProcessWords", "started by {method}").format(method=process.method)


def end_words(process: Process) -> str:
    """How a process ended."""
    translate, status = QCoreApplication.translate, process.status
    if status is not None and status < 0:
        return translate("ProcessWords", "killed by {signal} ({status})").format(signal=signal_name(-status), status=status)
    if process.silent and status != 0:
        return translate("ProcessWords", "died without a word")
    if status is None:
        return translate("ProcessWords", "ended")
    return translate("ProcessWords", "exit {status}").format(status=status)


def ended_badly(process: Process) -> bool:
    """Whether it ended otherwise than with status 0; one that died without a word, and whose status nobody heard, did.

    One that became another program, by exec, says no more either, but its status tells how that ended.
    """
    return process.ended and (process.silent if process.status is None else process.status != 0)


def life_words(process: Process | None, actor: Actor) -> str:
    """The state, or how it ended."""
    return end_words(process) if process is not None and process.ended else state_word(actor.state)


def pid_words(pid: int) -> str:
    """A process's number; "" while it is not known."""
    return QCoreApplication.translate("ProcessWords", "pid {pid}").format(pid=pid) if pid else ""


def memory_words(process: Process) -> str:
    """The memory that is its own; "" while it is not known."""
    if not process.memory:
        return ""
    return QCoreApplication.translate("ProcessWords", "{size} MB").format(size=f"{process.memory / MEGA:,.1f}")


def joined(*parts: str) -> str:
    """Parts of a line, those that are there."""
    return " · ".join(part for part in parts if part)
