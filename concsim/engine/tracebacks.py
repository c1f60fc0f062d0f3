"""A stepped program's tracebacks show the program: the engine's own frames are left out of them."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

FOLDER = str(Path(__file__).parent)
WALKS = ("walk_tb", "_walk_tb_with_full_positions")
"""What `traceback` goes along an exception's frames with: names in the module, looked up at each use."""


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
        self._plain["walk_stack"] = traceback.walk_stack
        traceback.walk_stack = _walk_stack  # type: ignore[assignment]

    def remove(self) -> None:
        """Give `traceback` its own functions back."""
        for name, walk in self._plain.items():
            setattr(traceback, name, walk)
        self._plain.clear()


def _skipping(walk: Callable[[Any], Iterator[Any]]) -> Callable[[Any], Iterator[Any]]:
    def walk_own(tb: Any) -> Iterator[Any]:
        return (found for found in walk(tb) if not is_ours(found[0].f_code))

    return walk_own


def _walk_stack(frame: FrameType | None) -> Iterator[tuple[FrameType, int]]:
    """As ``traceback.walk_stack``: from *frame* outwards, or from whoever asks."""
    if frame is None:
        frame = sys._getframe(1)
        while frame is not None and frame.f_code.co_filename == traceback.__file__:
            frame = frame.f_back
    while frame is not None:
        if not is_ours(frame.f_code):
            yield frame, frame.f_lineno
        frame = frame.f_back
