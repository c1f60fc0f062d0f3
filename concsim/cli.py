"""The command line: list, run, selftest, and the window. No Qt until a window is wanted."""

from __future__ import annotations

import argparse
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from concsim import __version__
from concsim.control.command.ending import Ending
from concsim.control.command.streams import give_up, have_standard_streams
from concsim.model.interpreters import MODELS
from concsim.model.programs.program import ProgramError, problem_with
from concsim.model.words.phrases import Message, say, short_message, shorten, user_language, visible

if TYPE_CHECKING:
    from _typeshed import SupportsWrite

BAD_USAGE = 2
STOPPED, TERMINATED = 128 + signal.SIGINT, 128 + signal.SIGTERM
LONGEST_SEED = 1000
COMMANDS = ("run", "step", "list", "selftest")
FORCE = "replace what exists at FILE though it is not concsim's own"


def complain(message: Message) -> int:
    """Say one sentence on standard error; the exit status of bad usage or input."""
    print(f"concsim: {say(short_message(message), user_language())}", file=sys.stderr)
    return BAD_USAGE


class _Parser(argparse.ArgumentParser):
    def _print_message(self, message: str, file: SupportsWrite[str] | None = None) -> None:
        from concsim.control.command.printing import escape_what_cannot_be_shown

        escape_what_cannot_be_shown()
        print(message, end="", file=file)  # argparse's own passes over an output that takes nothing

    def error(self, message: str) -> NoReturn:
        print(f"concsim: {visible(shorten(message))} (see concsim --help)", file=sys.stderr)
        raise SystemExit(BAD_USAGE)


def _window_parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="concsim",
        description="A desktop laboratory for Python concurrency.",
        epilog="Commands: concsim run PROGRAM, concsim step PROGRAM, concsim list, concsim selftest; each has its own --help.",
        allow_abbrev=False,
    )
    parser.add_argument("script", nargs="?", help="a Python file, or a recording (.concsim), to open")
    parser.add_argument("--version", action="version", version=f"concsim {__version__}")
    return parser


def _run_parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="concsim run",
        usage="concsim run (PROGRAM | -m MODULE) [--set NAME=VALUE]... [--limit SECONDS] [--processes N] [--record FILE]"
        " [--recording-mb N] [--force] [--python PATH] [--json] [-- ARGUMENTS]",
        description="Run one round of a program without a window and say what happened. "
        "Exit status: 0 finished, 1 the program failed, 2 bad usage or input, 3 deadlock, 4 limit reached.",
        allow_abbrev=False,
    )
    parser.add_argument("program", nargs="?", metavar="PROGRAM", help="a scenario's id or a Python file")
    parser.add_argument("-m", dest="module", metavar="MODULE", help="run a module, as python -m does")
    parser.add_argument("--set", dest="settings", action="append", default=[], metavar="NAME=VALUE", help="a parameter")
    parser.add_argument("--limit", metavar="SECONDS", help="end the program after so long")
    parser.add_argument("--processes", metavar="N", help="refuse the program more than N processes at once")
    parser.add_argument("--record", type=_file, metavar="FILE", help="keep the recording")
    parser.add_argument("--recording-mb", metavar="N", help="thin what is older in a recording of more than so many megabytes")
    parser.add_argument("--force", action="store_true", help=FORCE)
    parser.add_argument("--python", default="", metavar="PATH", help="the Python to run it with")
    parser.add_argument("--json", action="store_true", help="print one JSON object and nothing else")
    return parser


def _list_parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="concsim list", description="Every scenario of the catalogue.", allow_abbrev=False)
    parser.add_argument("--json", action="store_true", help="as JSON, with parameters and ranges")
    return parser


def _selftest_parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="concsim selftest", description="Run every scenario in the real window for a moment.", allow_abbrev=False
    )
    parser.add_argument("--screenshots", type=Path, metavar="DIR", help="write a picture per scenario")
    parser.add_argument("--force", action="store_true", help="replace pictures that exist in DIR")
    return parser


def _split(arguments: Sequence[str]) -> tuple[list[str], list[str]]:
    """What concsim reads, and what stands after ``--`` for the program."""
    words = list(arguments)
    if "--" in words:
        at = words.index("--")
        return words[:at], words[at + 1 :]
    return words, []


def _run(arguments: Sequence[str]) -> int:
    from concsim.control.command.headless import Order, run

    own, rest = _split(arguments)
    asked = _run_parser().parse_args(own)
    if bool(asked.program) == bool(asked.module):
        print("concsim: name one PROGRAM or -m MODULE (see concsim run --help)", file=sys.stderr)
        return BAD_USAGE
    order = Order(
        program=asked.program or "", module=asked.module or "", settings=asked.settings, limit=asked.limit,
        record=asked.record, force=asked.force, python=asked.python, as_json=asked.json, arguments=rest, processes=asked.processes,
        recording_mb=asked.recording_mb,
    )  # fmt: skip
    try:
        return run(order)
    except ProgramError as error:
        return complain(error.message)


def _file(text: str) -> Path:
    """A file that is named; "" would be the folder."""
    if not text:
        raise argparse.ArgumentTypeError("name a file")
    return Path(text)


def _seed(text: str) -> int:
    """A seed: a whole number as a person writes one."""
    if not text.isascii() or not text.removeprefix("-").isdigit() or len(text) > LONGEST_SEED:
        raise argparse.ArgumentTypeError(f"a seed is a whole number, not {shorten(text)}")
    return int(text)


def _step_parser() -> argparse.ArgumentParser:
    from concsim.control.command.schedulers import help_of_schedulers

    parser = _Parser(
        prog="concsim step",
        usage="concsim step (PROGRAM | -m MODULE) [--set NAME=VALUE]... [--model gil|gil-3.14|free-threaded]"
        " [--schedule \"t1 t1 t2 ...\" | --random SEED | --replay FILE | --scheduler NAME[:ARGUMENTS] | --all] [--limit N] [--save FILE] [--record FILE]"
        " [--force] [--json] [-- ARGUMENTS]",
        description="Step a program on virtual threads, without a window. Each step is one visible operation. "
        "If nobody is to choose, a program of generators, greenlets or tasks is recorded line by line, in its own order. "
        "Exit status: 0 finished, 1 the program failed, 2 bad usage or input, 3 deadlock, 4 limit reached.",
        allow_abbrev=False,
    )
    parser.add_argument("program", nargs="?", metavar="PROGRAM", help="a scenario's id or a Python file")
    parser.add_argument("-m", dest="module", metavar="MODULE", help="step a module, as python -m runs it")
    parser.add_argument("--set", dest="settings", action="append", default=[], metavar="NAME=VALUE", help="a parameter")
    parser.add_argument("--model", choices=MODELS, metavar="MODEL", help="where another thread can come in: gil (of the Python that runs, or gil-3.11 to gil-3.14), free-threaded")
    who = parser.add_mutually_exclusive_group()
    who.add_argument("--schedule", metavar="NAMES", help="who takes each step: main, t1, t2 ...; main may be left out")
    who.add_argument("--random", type=_seed, metavar="SEED", help="a seeded random order")
    who.add_argument("--replay", type=_file, metavar="FILE", help="a saved schedule, step by step")
    who.add_argument("--scheduler", metavar="NAME[:ARGUMENTS]", help=f"one by its name: {help_of_schedulers()}")
    who.add_argument("--all", action="store_true", help="every schedule there is, for small programs")
    parser.add_argument("--limit", metavar="N", help="at most so many steps; with --all, executions")
    parser.add_argument("--save", type=_file, metavar="FILE", help="write the schedule; with --all, the first that fails")
    parser.add_argument("--record", type=_file, metavar="FILE", help="keep the recording")
    parser.add_argument("--force", action="store_true", help=FORCE)
    parser.add_argument("--json", action="store_true", help="print one JSON object a line and nothing else")
    return parser


def _step(arguments: Sequence[str]) -> int:
    from concsim.control.command.stepping import StepWish, step

    own, rest = _split(arguments)
    asked = _step_parser().parse_args(own)
    if bool(asked.program) == bool(asked.module):
        print("concsim: name one PROGRAM or -m MODULE (see concsim step --help)", file=sys.stderr)
        return BAD_USAGE
    wish = StepWish(
        program=asked.program or "", module=asked.module or "", settings=asked.settings, model=asked.model,
        schedule=asked.schedule, random=asked.random, scheduler=asked.scheduler, replay=asked.replay, every=asked.all, limit=asked.limit,
        save=asked.save, record=asked.record, force=asked.force, as_json=asked.json, arguments=rest,
    )  # fmt: skip
    try:
        return step(wish)
    except ProgramError as error:
        return complain(error.message)


def _list(arguments: Sequence[str]) -> int:
    from concsim.control.command.listing import as_data, as_text
    from concsim.control.command.printing import escape_what_cannot_be_shown, json_line

    escape_what_cannot_be_shown()
    asked = _list_parser().parse_args(arguments)
    print(json_line(as_data(), indent=2) if asked.json else as_text(user_language()))
    return 0


def _selftest(arguments: Sequence[str]) -> int:
    from concsim.control.command.pictures import picture_targets

    asked = _selftest_parser().parse_args(arguments)
    try:
        pictures = {} if asked.screenshots is None else picture_targets(asked.screenshots, asked.force)
    except ProgramError as error:
        return complain(error.message)
    from concsim.ui.selftest import selftest

    return selftest(pictures)


def _window(arguments: Sequence[str]) -> int:
    asked = _window_parser().parse_args(arguments)
    if asked.script is not None:
        problem = problem_with(Path(asked.script))
        if problem is not None:
            return complain(problem)
    from concsim.control.command.display import why_no_window

    why = why_no_window()
    if why is not None:
        return complain(Message("no_display", {"why": say(why, user_language())}))
    from concsim.ui.application import open_window

    return open_window(asked.script or "")


def main(arguments: Sequence[str] | None = None) -> int:
    """The ``concsim`` command; its exit status."""
    have_standard_streams()
    ending = Ending()
    try:
        try:
            status = _obey(list(sys.argv[1:] if arguments is None else arguments))
        finally:
            sys.stdout.flush()  # here and not at the very end, where nobody hears that it failed
    except BrokenPipeError:
        give_up(sys.stdout)
        return 1
    except OSError as error:
        give_up(sys.stdout)
        return complain(Message("system_refuses", {"why": error.strerror or str(error)}))
    except KeyboardInterrupt:
        status = STOPPED
    finally:
        ending.close()
    return TERMINATED if ending.was_terminated else status


def _obey(words: list[str]) -> int:
    command = words[0] if words and words[0] in COMMANDS else ""
    if command:
        return {"run": _run, "step": _step, "list": _list, "selftest": _selftest}[command](words[1:])
    return _window(words)
