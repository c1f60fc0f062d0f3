"""The schedulers that can be asked for by name: each says so in its file in the engine, which is read here and not run."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import NamedTuple

from concsim.model.orders import Named
from concsim.model.programs.program import ProgramError
from concsim.model.words.phrases import Message

FOLDER = Path(__file__).resolve().parents[2] / "engine" / "schedulers"


class Known(NamedTuple):
    """What a scheduler says of itself: what its arguments are ("" for none), and what it does."""

    name: str
    arguments: str
    help: str


def known_schedulers() -> list[Known]:
    """All there are, by name."""
    return sorted(one for path in FOLDER.glob("*.py") if (one := _read(path)) is not None)


def _read(path: Path) -> Known | None:
    for one in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(one, ast.Assign) and ast.unparse(one.targets[0]) in ("NAME, ARGUMENTS, HELP", "(NAME, ARGUMENTS, HELP)"):
            return Known(*ast.literal_eval(one.value))
    return None


def named_scheduler(text: str) -> Named:
    """The scheduler of ``NAME[:ARGUMENTS]``. Raises `ProgramError` if there is none of that name."""
    name, _, arguments = text.partition(":")
    known = [one.name for one in known_schedulers()]
    if name not in known:
        raise ProgramError(Message("no_scheduler", {"name": name, "known": ", ".join(known)}))
    return Named(name, arguments)


def help_of_schedulers() -> str:
    """A line for each, as ``--help`` has them; argparse takes a percent sign for its own."""
    return "; ".join(f"{one.name}{':' + one.arguments if one.arguments else ''} ({one.help})" for one in known_schedulers()).replace("%", "%%")
