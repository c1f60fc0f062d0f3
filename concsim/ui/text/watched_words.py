"""What is written of a watched global. No Qt."""

from __future__ import annotations

from concsim.model.folding.entities import Watched

PLAIN_NUMBERS = ("int", "float", "")


def value_text(watched: Watched) -> str:
    """A watched global's value: its newest number if it is one, else its text."""
    if watched.number is not None and watched.type in PLAIN_NUMBERS:
        whole = watched.type == "int" or watched.number == int(watched.number)
        return f"{watched.number:,.0f}" if whole else f"{watched.number:,.6g}"
    return watched.text


def lines_of(watched: Watched) -> list[str]:
    """The items of a dict, a line each; nothing for a value that is one line."""
    value = watched.value
    if not watched.is_json or not isinstance(value, dict) or len(value) < 2:
        return []
    return [f"{name}: {item}" for name, item in value.items()]
