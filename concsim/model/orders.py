"""The closed vocabulary of what a lab is told: the program it is to run, and what it is to do meanwhile.

An order travels as one JSON object a line: its class's name and its fields. Runs on Python 3.9 and later.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Union, get_args


@dataclass(frozen=True)
class Person:
    """The person at the window decides; *after* choices that are repeated first, if there are any to repeat."""

    after: tuple[str, ...] | None = None
    seed: int = 0
    """For the choices that the person leaves to chance."""


@dataclass(frozen=True)
class Named:
    """A scheduler of the engine decides: its name, and its arguments as they were typed."""

    name: str
    arguments: str = ""


@dataclass(frozen=True)
class Replayed:
    """The choices of a schedule, by actors' paths or ids, one after the other; with the last the run ends."""

    choices: tuple[str, ...]


@dataclass(frozen=True)
class Every:
    """Every schedule there is, one execution each, *limit* at most (0: all).

    *held* names actors that are chosen only when nobody else can go on; *prefix* is followed first and never varied.
    """

    limit: int = 0
    held: tuple[str, ...] = ()
    prefix: tuple[str, ...] = ()


Scheduling = Union[Person, Named, Replayed, Every]
"""Who decides, in a stepped run."""


@dataclass(frozen=True)
class RunProgram:
    """Run the program that *spec* tells of, live."""

    spec: dict[str, Any]


@dataclass(frozen=True)
class StepProgram:
    """Step the program that *spec* tells of; where nobody decides it is recorded line by line."""

    spec: dict[str, Any]
    model: str
    scheduling: Scheduling | None = None
    seed: int = 0
    limit_steps: int = 0
    """0 for as many as there are."""
    expected: dict[str, Any] = field(default_factory=dict)
    """Watched globals and what they are to be at the end."""


@dataclass(frozen=True)
class Choose:
    """Let an actor of a stepped run go on, "" for anybody: until "operation", "line", "change", "end" or "random"."""

    actor: str
    until: str = "operation"


@dataclass(frozen=True)
class SetParameter:
    """Rebind a live parameter."""

    name: str
    value: Any


@dataclass(frozen=True)
class BringFault:
    """Bring about a fault: kill the process *pid*, fill a queue, block the hub."""

    fault: str
    pid: int = 0


@dataclass(frozen=True)
class Stop:
    """End the program."""


Order = Union[RunProgram, StepProgram, Choose, SetParameter, BringFault, Stop]

_ORDERS: dict[str, type] = {cls.__name__: cls for cls in get_args(Order)}
_SCHEDULINGS: dict[str, type] = {cls.__name__: cls for cls in get_args(Scheduling)}


def _words(of: Any) -> dict[str, Any]:
    return {"is": type(of).__name__, **asdict(of)}


def encode_order(order: Order) -> bytes:
    """The order as a line."""
    words = _words(order)
    if isinstance(order, StepProgram) and order.scheduling is not None:
        words["scheduling"] = _words(order.scheduling)
    return json.dumps(words).encode() + b"\n"


def decode_order(line: bytes) -> Order:
    """The order of a line that `encode_order` has made. Raises `ValueError` for anything else."""
    words = json.loads(line)
    try:
        if words.get("scheduling") is not None:
            lists = {name: tuple(value) for name, value in words["scheduling"].items() if isinstance(value, list)}
            words["scheduling"] = _made(_SCHEDULINGS, {**words["scheduling"], **lists})
        return _made(_ORDERS, words)  # type: ignore[no-any-return]
    except (AttributeError, KeyError, TypeError) as error:
        raise ValueError("not an order: %s" % error) from None


def _made(classes: Mapping[str, type], words: dict[str, Any]) -> Any:
    return classes[words["is"]](**{name: value for name, value in words.items() if name != "is"})
