"""The ``# /// concsim`` block of a program, checked key by key. CONTRIBUTING.md documents it for authors."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from concsim.model.programs.views import known_views

CHARTS = ("drift", "depth", "count", "bars", "sweep", "waiting", "curves")
FAULTS = ("kill_worker", "fill_queue", "block_hub")
LIVE = ("finishes", "fails", "deadlocks", "any")
STEP = ("passes", "fails", "deadlocks")
MODELS = ("gil", "free-threaded")
LANGUAGES = ("en", "zh")
LARGEST = 2**53
"""The largest number of a range or an order: whole numbers up to it are floats as well, which the window's controls use."""


class BlockError(ValueError):
    """A block with a key or value that is not allowed; the message names it."""


@dataclass(frozen=True)
class Chart:
    """A chart to draw: its kind, the watched global or queue it is of, and what the kind needs."""

    kind: str
    of: str = ""
    over: str = ""
    capacity: str = ""


@dataclass(frozen=True)
class Block:
    """What a program says of itself. Every part may be missing.

    `name` is the last part of its id where that cannot be the file's name (a queue.py would hide the module). `views` is
    None where it names none: ``nature`` knows which to show.
    """

    title: Mapping[str, str] = field(default_factory=dict)
    name: str = ""
    topic: str = ""
    order: int = 0
    blurb: Mapping[str, str] = field(default_factory=dict)
    watch: Mapping[str, str] = field(default_factory=dict)
    charts: tuple[Chart, ...] = ()
    views: tuple[str, ...] | None = None
    faults: tuple[str, ...] = ()
    repeat: bool = False
    summary: Mapping[str, str] = field(default_factory=dict)
    parameters: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    expect: Mapping[str, Any] = field(default_factory=dict)


def _expected(where: str, what: str) -> BlockError:
    return BlockError(f"{where} is {what}")


def _typed(kind: type, name: str) -> Callable[[str, Any], Any]:
    def check(where: str, value: Any) -> Any:
        if type(value) is not kind and not (kind is float and type(value) is int):
            raise _expected(where, name)
        return value

    return check


_text, _switch = _typed(str, "a text"), _typed(bool, "true or false")


def _number(where: str, value: Any) -> Any:
    if type(value) not in (int, float):
        raise _expected(where, "a number")
    if not abs(value) <= LARGEST:  # neither is what is not a number
        raise _expected(where, f"a number between -{LARGEST} and {LARGEST}")
    return value


def _whole(where: str, value: Any) -> Any:
    if type(value) is not int:
        raise _expected(where, "a whole number")
    return _number(where, value)


def _texts(where: str, value: Any) -> dict[str, str]:
    if not isinstance(value, dict) or not all(isinstance(one, str) for one in value.values()):
        raise _expected(where, "a table of texts, one for each language")
    if unknown := [key for key in value if key not in LANGUAGES]:
        raise BlockError(f"{where} has no language {unknown[0]}")
    return value


def _names(where: str, value: Any) -> dict[str, str]:
    if not isinstance(value, dict) or not all(isinstance(one, str) for one in value.values()):
        raise _expected(where, "a table of names and expectations")
    for name in value:
        _name(where, name)
    return value


def _name(where: str, value: Any) -> Any:
    """The name of one of the program's globals."""
    if not isinstance(value, str) or not value.isidentifier():
        raise BlockError(f"{where}: {value!r} is no name of a global")
    return value


def _one_of(allowed: tuple[str, ...]) -> Callable[[str, Any], Any]:
    def check(where: str, value: Any) -> Any:
        if value not in allowed:
            raise _expected(where, f"one of {', '.join(allowed)}")
        return value

    return check


def _list(where: str, value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise _expected(where, "a list")
    return value


def _keys(where: str, value: Any, allowed: Mapping[str, Callable[[str, Any], Any]]) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise _expected(where, "a table")
    for key in value:
        if key not in allowed:
            raise BlockError(f"unknown key {where + '.' if where else ''}{key}")
    return {key: allowed[key](f"{where + '.' if where else ''}{key}", one) for key, one in value.items()}


def _charts(where: str, value: Any) -> tuple[Chart, ...]:
    keys = {"kind": _one_of(CHARTS), "of": _name, "over": _text, "capacity": _text}
    charts = []
    for index, one in enumerate(_list(where, value)):
        fields = _keys(f"{where}[{index}]", one, keys)
        if fields.get("kind") == "drift" and "over" in fields:
            _name(f"{where}[{index}].over", fields["over"])
        if "kind" not in fields:
            raise BlockError(f"{where}[{index}] has no kind")
        charts.append(Chart(**fields))
    return tuple(charts)


def _some_of(known: Callable[[], tuple[str, ...]]) -> Callable[[str, Any], tuple[str, ...]]:
    def check(where: str, value: Any) -> tuple[str, ...]:
        allowed = known()
        chosen = tuple(_one_of(allowed)(where, one) for one in _list(where, value))
        if twice := [one for one in allowed if chosen.count(one) > 1]:
            raise BlockError(f"{where} names {twice[0]} twice")
        return chosen

    return check


def _parameters(where: str, value: Any) -> dict[str, Any]:
    keys = {
        "label": _texts, "min": _number, "max": _number, "step": _number, "choices": _list, "unit": _text,
        "live": _switch,
    }  # fmt: skip
    if not isinstance(value, dict):
        raise _expected(where, "a table")
    return {name: _keys(f"{where}.{name}", one, keys) for name, one in value.items()}


def _expect(where: str, value: Any) -> dict[str, Any]:
    def step(inner: str, models: Any) -> Any:
        return _keys(inner, models, {model: _one_of(STEP) for model in MODELS})

    def anything(inner: str, values: Any) -> Any:
        if not isinstance(values, dict):
            raise _expected(inner, "a table")
        return values

    return _keys(where, value, {"live": _one_of(LIVE), "step": step, "set": anything})


_BLOCK_KEYS: dict[str, Callable[[str, Any], Any]] = {
    "title": _texts, "name": _text, "topic": _text, "order": _whole, "blurb": _texts, "watch": _names, "charts": _charts,
    "views": _some_of(lambda: tuple(known_views())), "faults": _some_of(lambda: FAULTS), "repeat": _switch, "summary": _texts, "parameters": _parameters, "expect": _expect,
}  # fmt: skip


def read_block(keys: Mapping[str, Any]) -> Block:
    """The block of a TOML table. Raises `BlockError` naming the key that is unknown or wrong."""
    return Block(**_keys("", dict(keys), _BLOCK_KEYS))
