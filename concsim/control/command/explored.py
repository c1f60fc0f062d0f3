"""What trying every schedule has found, as the command line says it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from concsim.control.command.printing import json_line
from concsim.model.events import Explored, Remark
from concsim.model.interpreters import FREE_THREADED, GIL, named
from concsim.model.programs.verdict import DEADLOCKS, FAILS, HOLDS, LIVELOCKS, OPEN, PASSES, REFUSED, verdict_on_all
from concsim.model.words.phrases import Message, say, user_language

ANSWER_EXIT = {PASSES: 0, HOLDS: 0, FAILS: 1, REFUSED: 2, DEADLOCKS: 3, LIVELOCKS: 3, OPEN: 4}
"""The exit status of each answer."""


def print_explored(found: Explored, model: str, remarks: Iterable[Remark]) -> None:
    """As one line of JSON."""
    print(json_line(_words(found, verdict_on_all(found), model, None, _isolated_of(remarks))))


def print_refused(refused: dict[str, Any] | None, model: str) -> None:
    """The same of a program that cannot be tried."""
    print(json_line(_words(Explored(0, 0, {}), REFUSED, model, refused, None)))


def _isolated_of(remarks: Iterable[Remark]) -> dict[str, Any] | None:
    """What made each execution have a process of its own, at which line, and how many a second there were; None if nothing did."""
    return next((dict(one.values) for one in remarks if one.code == "isolated"), None)


def _words(found: Explored, verdict: str, model: str, refused: dict[str, Any] | None, isolated: dict[str, Any] | None) -> dict[str, Any]:
    return {
        "executions": found.executions, "outcomes": found.outcomes,
        "first_failure": " ".join(found.first_failure) if found.first_failure else None, "early_timeouts": found.early,
        "verdict": verdict, "complete": found.complete, "unseen": list(found.unseen), "model": named(model), "refused": refused,
        "isolated": isolated,
    }  # fmt: skip


def tell_explored(found: Explored, model: str, notes: Iterable[str]) -> None:
    """In words; *notes* are what else is to be said."""
    language = user_language()
    listed = ", ".join(f"{name}: {count}" for name, count in found.outcomes.items())
    values = {"executions": found.executions, "outcomes": listed, "lines": ", ".join(found.unseen)}
    code = "explored_part" if not found.complete else "explored_unseen" if found.unseen and not found.first_failure else "explored"
    lines = [Message(code, values)]
    if found.first_failure:
        lines.append(Message("first_failure", {"schedule": " ".join(found.first_failure)}))
        if found.early:
            lines.append(Message("needs_early" if found.complete else "needs_early_yet", {"early": found.early}))
    elif model != FREE_THREADED:
        lines.append(Message("places_of", {"model": f"CPython {named(model).removeprefix(GIL + '-')}"}))
    for line in (*(say(one, language) for one in lines), *notes):
        print(f"concsim: {line}")
