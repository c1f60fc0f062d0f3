"""Expectations: small expressions over a program's parameters, computed without running anything of the program."""

from __future__ import annotations

import ast
import math
import operator
from collections.abc import Callable, Mapping
from typing import Any

from concsim.model.programs.syntax import parse_expression

_BINARY: dict[type, Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
}
_COMPARE: dict[type, Callable[[Any, Any], bool]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}
_CALLS: dict[str, Callable[..., Any]] = {"min": min, "max": max}
LARGEST_POWER = 64
LARGEST_BITS = 4096
DRAWN_BITS = 1000
"""What a value may have at the end: a chart places it as a float."""


class ExpressionError(ValueError):
    """An expression that is not of the small language; the message names the part."""


def evaluate(text: str, names: Mapping[str, Any]) -> Any:
    """The value of *text* with *names* as its variables. Raises `ExpressionError`."""
    try:
        return _finished(_value(_parsed(text), names))
    except ExpressionError:
        raise
    except (ArithmeticError, TypeError, ValueError, RecursionError, MemoryError) as error:
        raise ExpressionError(f"{text!r}: {error or 'it is nested too deeply'}") from None


def names_in(text: str) -> list[str]:
    """The names of the variables that *text* may ask for. Raises `ExpressionError`."""
    nodes = list(ast.walk(_parsed(text)))
    called = {id(one.func) for one in nodes if isinstance(one, ast.Call)}
    return [one.id for one in nodes if isinstance(one, ast.Name) and id(one) not in called]


def _parsed(text: str) -> ast.expr:
    try:
        return parse_expression(text)
    except SyntaxError as error:
        raise ExpressionError(f"{text!r}: {error.msg}") from None
    except (ValueError, RecursionError, MemoryError) as error:
        raise ExpressionError(f"{text!r}: {error or 'it is nested too deeply'}") from None


def _finished(value: Any) -> Any:
    if isinstance(_small(value), int) and value.bit_length() > DRAWN_BITS:
        raise ExpressionError("the expectation grows too large")
    return value


def _number(value: Any) -> Any:
    if not isinstance(value, (int, float)):
        raise ExpressionError(f"{value!r} is no number to compute with")
    return value


def _small(value: Any, bits: int = LARGEST_BITS) -> Any:
    if isinstance(value, complex) or value != value:
        raise ExpressionError("the expectation is no real number")
    if (isinstance(value, int) and value.bit_length() > bits) or value in (math.inf, -math.inf):
        raise ExpressionError("the expectation grows too large")
    return value


def _value(node: ast.expr, names: Mapping[str, Any]) -> Any:
    match node:
        case ast.Constant(value=int() | float() | str() | bool() as value):
            return value
        case ast.Name(id=name):
            if name not in names:
                raise ExpressionError(f"no parameter is called {name}")
            return names[name]
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -_value(operand, names)
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            return not _value(operand, names)
        case ast.BinOp(left=left, op=ast.Pow(), right=right):
            power = _value(right, names)
            if not isinstance(power, (int, float)) or abs(power) > LARGEST_POWER:
                raise ExpressionError(f"a power above {LARGEST_POWER}")
            base = _small(_number(_value(left, names)), LARGEST_BITS // LARGEST_POWER)
            return _small(base**power)
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _BINARY:
            return _small(_BINARY[type(op)](_number(_value(left, names)), _number(_value(right, names))))
        case ast.Compare(left=left, ops=[op], comparators=[right]) if type(op) in _COMPARE:
            return _COMPARE[type(op)](_value(left, names), _value(right, names))
        case ast.IfExp(test=test, body=body, orelse=orelse):
            return _value(body if _value(test, names) else orelse, names)
        case ast.Call(func=ast.Name(id=name), args=args, keywords=[]) if name in _CALLS:
            return _CALLS[name](*(_value(arg, names) for arg in args))
        case _:
            raise ExpressionError(f"{ast.unparse(node)} is not allowed in an expectation")
