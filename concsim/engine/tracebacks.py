"""A stepped program's tracebacks show the program: the engine's own frames are left out of them."""

from __future__ import annotations

import functools
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

FOLDER = str(Path(__file__).parent)
WALKS = ("walk_tb", "_walk_tb_with_full_positions", "walk_stack")
"""What `traceback` goes along frames with: names in the module, looked up at each use."""


def is_ours(code: CodeType) -> bool:
    """Whether code is the engine's, not the program's nor a library's."""
    return code.co_filename.startswith(FOLDER)


class Tracebacks:
    """Lets the module `traceback` skip frames from `install` to `remove`; `logging` and the rest use that module."""

    def __init__(self) -> None:
        self._plain: dict[str, Callable[..., Iterator[Any]]] = {}

    def install(self) -> None:
        """Begin to leave the engine's frames out."""
        if self._plain:
            return
        for name in WALKS:
            walk = getattr(traceback, name, None)
            if walk is not None:
                self._plain[name] = walk
                setattr(traceback, name, _skipping(walk))

    def remove(self) -> None:
        """Give `traceback` its own functions back."""
        for name, walk in self._plain.items():
            setattr(traceback, name, walk)
        self._plain.clear()


def _skipping(walk: Callable[[Any], Iterator[Any]]) -> Callable[[Any], Iterator[Any]]:
    @functools.wraps(walk)
    def walk_own(start: Any) -> Iterator[Any]:
        # no frame of ours may stand between the walk and who asks: it counts its way back to him
        return filter(_is_shown, walk(start))

    return walk_own


def _is_shown(found: tuple[FrameType, Any]) -> bool:
    return not is_ours(found[0].f_code)
