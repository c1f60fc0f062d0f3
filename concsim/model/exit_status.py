"""The exit status that the interpreter makes of a SystemExit. Runs on Python 3.9 and later."""

from __future__ import annotations

import operator
import struct
from typing import Any

_LONG = 8 * struct.calcsize("l")


def code_of(error: BaseException) -> Any:
    """What ``sys.exit`` was given; the exception itself where its class does not say."""
    try:
        return error.code  # type: ignore[attr-defined]
    except BaseException:  # a property of the program's may do anything
        return error


def status_of(code: Any) -> int:
    """The status of ``sys.exit(code)``: the lowest byte of a number as C reads it, -1 if C cannot hold it."""
    if code is None:
        return 0
    if not issubclass(type(code), int):
        return 1
    number = int.__index__(code)
    return number & 0xFF if -(1 << (_LONG - 1)) <= number < 1 << (_LONG - 1) else 0xFF


def is_c_int(status: Any) -> bool:
    """Whether ``os._exit`` takes it as a status: others it refuses."""
    try:
        return -(1 << 31) <= operator.index(status) < 1 << 31
    except BaseException:  # what is no number, or one of the program's that does anything
        return False
