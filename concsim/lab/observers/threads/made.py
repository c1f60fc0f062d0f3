"""What was made by the program, and its number: the objects of `threading` that are built on conditions."""

from __future__ import annotations

from typing import Any, Tuple

from concsim.lab.program.things import Things
from concsim.lab.wire import originals

NUMBER = "_concsim_number"
Outlook = Tuple[Tuple[int, ...], bool]
"""Who could end a wait, and whether it has ended."""


def number_of(one: Any) -> int:
    """The number of an object, 0 for one that the program has not made."""
    return one.__dict__.get(NUMBER, 0)  # type: ignore[no-any-return]


def is_own(things: Things) -> bool:
    """Whether the program's code called the function that called this, and there is room for what it makes."""
    return things.places.is_called_by_program(originals.getframe(2), ()) and not things.is_full()
