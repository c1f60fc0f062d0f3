"""Watched globals of a stepped program: looked at after steps that may have changed them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from concsim.engine.execution import Engine
from concsim.engine.hooks.visibility import CONTAINERS
from concsim.engine.values import show
from concsim.model.events import Kind, ObjectDeclared, WatchSeen

LONGEST_TEXT = 2_000
LONGEST_JSON = 128_000
MISSING: Any = object()


class Watching:
    """Says each watched global's number and text when they have changed. *names* maps a name to whether it is summed."""

    def __init__(self, engine: Engine, names: Mapping[str, bool]) -> None:
        self._engine, self._names = engine, dict(names)
        self._clear()
        engine.world.on_forget.append(self._clear)
        engine.world.on_change = self.look if names else None

    def _clear(self) -> None:
        self._numbers: dict[str, int] = {}
        self._said: dict[str, str] = {}
        self._said_number: dict[str, float] = {}

    def look(self, final: bool = False) -> None:
        """Say what has changed."""
        if not self._engine.recorder.on:
            return
        for name, summed in self._names.items():
            value = self._engine.space.get(name, MISSING)
            if value is not MISSING:
                self._see(name, value, summed, final)

    def _see(self, name: str, value: Any, summed: bool, final: bool) -> None:
        world, recorder = self._engine.world, self._engine.recorder
        if name not in self._numbers:
            self._numbers[name] = world.new_number()
            recorder.send(ObjectDeclared(world.time, self._numbers[name], "watch", name))
        number = number_of(value, summed)
        if number is not None and self._said_number.get(name) != number:
            self._said_number[name] = number
            recorder.row(world.time, 0, Kind.VALUE, self._numbers[name], 0, number)
        text = text_of(value)
        if text != self._said.get(name) or final:
            self._said[name] = text
            data, is_json = json_of(value)
            recorder.send(WatchSeen(world.time, name, text, data, is_json, 0, type(value).__name__))

    def finals(self) -> dict[str, Any]:
        """Each watched global as it is now: its JSON form, else its text."""
        found = {}
        for name in self._names:
            value = self._engine.space.get(name, MISSING)
            if value is not MISSING:
                data, is_json = json_of(value)
                found[name] = data if is_json else text_of(value)
        return found


def number_of(value: Any, summed: bool) -> float | None:
    """What a chart draws of a value: a number as it is, a container's length or sum."""
    try:
        if isinstance(value, (int, float)):
            return float(value)
        if type(value) in CONTAINERS or isinstance(value, tuple):
            return float(sum(value.values() if isinstance(value, dict) else value)) if summed else float(len(value))
    except Exception:  # too large a number, or items that are none
        return None
    return None


def text_of(value: Any) -> str:
    """A value as text; of the program's own objects the type alone."""
    if type(value) in CONTAINERS or isinstance(value, (int, float, str, bytes, tuple, frozenset, type(None))):
        try:
            return repr(value)[:LONGEST_TEXT] if _is_plain(value) else show(value)
        except Exception as error:
            return f"<{type(error).__name__}>"
    return show(value)


def _is_plain(value: Any, depth: int = 0) -> bool:
    """Whether no code of the program's runs for its ``repr``."""
    if depth > 4 or len(value) > 10_000 if hasattr(value, "__len__") else False:
        return False
    if isinstance(value, dict):
        return type(value) in CONTAINERS and all(_is_plain(k, depth + 1) and _is_plain(v, depth + 1) for k, v in value.items())
    if isinstance(value, (list, tuple, set, frozenset)):
        return type(value) in (*CONTAINERS, tuple, frozenset) and all(_is_plain(one, depth + 1) for one in value)
    return type(value) in (int, float, str, bytes, bool, complex, type(None), bytearray) or type(value) in CONTAINERS


def json_of(value: Any) -> tuple[Any, bool]:
    """The value's JSON form, and whether it has one."""
    if isinstance(value, (set, frozenset)):
        try:
            value = sorted(value)
        except TypeError:
            return None, False
    elif type(value).__name__ == "deque":
        value = list(value)
    try:
        text = json.dumps(value, allow_nan=False)
        return (json.loads(text), True) if len(text) <= LONGEST_JSON else (None, False)
    except (TypeError, ValueError, RecursionError):
        return None, False
