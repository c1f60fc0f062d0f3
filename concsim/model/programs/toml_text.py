"""TOML of a size that a person writes. Longer or deeper texts are refused: the standard parser takes minutes for some."""

from __future__ import annotations

import tomllib
from typing import Any

from concsim.model.programs.block import BlockError

LONGEST = 64 << 10
LONGEST_ROW = 2000


def parse_toml(text: str) -> dict[str, Any]:
    """The table of a TOML text. Raises `BlockError` with one sentence."""
    if len(text) > LONGEST:
        raise BlockError("it is longer than 64 KB")
    if any(len(row) > LONGEST_ROW for row in text.splitlines()):
        raise BlockError(f"one of its lines is longer than {LONGEST_ROW} characters")
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise BlockError("it is nested too deeply") from None
    except ValueError as error:  # a number of too many digits is no TOMLDecodeError
        raise BlockError(str(error)) from None
