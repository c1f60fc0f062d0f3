"""A parameter of a program: an upper-case constant that a person may set, with its type, range and choices."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

LARGEST_BITS = 14_000
"""The whole numbers that a parameter may have: those that Python writes in digits, which it does up to 4300 of them."""
_KINDS = {int: "a whole number", float: "a number", str: "a text", bool: "true or false"}
NOT_IN_JSON = ("nan", "inf", "-inf")
"""How JSON, which has no such numbers, says them."""
_WORDS = {"true": True, "on": True, "yes": True, "false": False, "off": False, "no": False}


def fits(value: object) -> bool:
    """Whether a value is small enough to be shown, drawn and put into a program: no endless digits."""
    return not isinstance(value, int) or value.bit_length() <= LARGEST_BITS


@dataclass(frozen=True)
class Parameter:
    """A slider, a choice or a switch: an upper-case constant of the program."""

    name: str
    default: Any
    label: Mapping[str, str]
    min: float | None = None
    max: float | None = None
    step: float | None = None
    choices: tuple[Any, ...] = ()
    unit: str = ""
    live: bool = False

    def check(self, value: Any) -> Any:
        """*value* as this parameter's type. Raises `ValueError` with one sentence."""
        value = self._typed(value)
        if self.choices and value not in self.choices:
            raise ValueError(f"{self.name} is one of {', '.join(map(str, self.choices))}, not {value}")
        if self.min is not None and not value >= self.min:  # nan is neither
            raise ValueError(f"{self.name} is at least {self.min}, not {value}")
        if self.max is not None and not value <= self.max:
            raise ValueError(f"{self.name} is at most {self.max}, not {value}")
        return value

    def _typed(self, value: Any) -> Any:
        kind = type(self.default)
        if kind is float and value in NOT_IN_JSON:
            value = float(value)
        try:
            value = float(value) if kind is float and type(value) is int else value
        except OverflowError:
            raise ValueError(f"{self.name} is {_KINDS[kind]} of a size that can be shown") from None
        if not fits(value):
            raise ValueError(f"{self.name} is {_KINDS[kind]} of a size that can be shown")
        if type(value) is not kind:
            raise ValueError(f"{self.name} is of type {kind.__name__}, not {type(value).__name__}")
        return value

    def parse(self, text: str) -> Any:
        """The value a person typed as *text*. Raises `ValueError` with one sentence."""
        if isinstance(self.default, str):
            return self.check(text)
        if isinstance(self.default, bool):
            if text.lower() not in _WORDS:
                raise ValueError(f"{self.name} is true or false, not {text!r}")
            return self.check(_WORDS[text.lower()])
        try:
            value = int(text.replace("_", "")) if isinstance(self.default, int) else float(text)
        except ValueError:
            raise ValueError(f"{self.name} is {_KINDS[type(self.default)]}, not {text!r}") from None
        return self.check(value)


def make_parameter(name: str, default: Any, keys: Mapping[str, Any]) -> Parameter:
    """The parameter that a program's block describes by these keys. Raises `ValueError` with one sentence."""
    rest = dict(keys)
    label, choices = rest.pop("label", {"en": name}), rest.pop("choices", None)
    made = Parameter(name, default, label, **rest)
    _check_range(made)
    if choices is not None:
        made = Parameter(name, default, label, choices=_checked_choices(made, choices), **rest)
    made.check(default)
    return made


def _check_range(one: Parameter) -> None:
    """A range is of numbers: whole for a whole number, its least not above its most, a step that goes up."""
    named = {"min": one.min, "max": one.max, "step": one.step}
    for key, value in named.items():
        where = f"parameters.{one.name}.{key}"
        if value is not None and type(one.default) not in (int, float):
            raise ValueError(f"{where} is for a number, and {one.name} is {_KINDS[type(one.default)]}")
        if value is not None and isinstance(one.default, int) and value != int(value):
            raise ValueError(f"{where} is a whole number, as {one.name} is")
    if one.step is not None and one.step <= 0:
        raise ValueError(f"parameters.{one.name}.step is above 0")
    if one.min is not None and one.max is not None and one.min > one.max:
        raise ValueError(f"parameters.{one.name}.min is above its max")


def _checked_choices(one: Parameter, choices: list[Any]) -> tuple[Any, ...]:
    """The choices, each of the parameter's own type and within its range."""
    where = f"parameters.{one.name}.choices"
    if not choices:
        raise ValueError(f"{where} is empty")
    try:
        checked = tuple(one.check(choice) for choice in choices)
    except ValueError as error:
        raise ValueError(f"{where}: {error}") from None
    if len(set(checked)) < len(checked):
        raise ValueError(f"{where} has one of them twice")
    return checked
