"""Tracebacks show the program: our own frames are left out, with what they have called for us. For Python 3.9 and later.

The module `traceback` skips them where it walks; what C prints is shortened before, by `strip_all`.
"""

from __future__ import annotations

import builtins
import functools
import traceback
from types import FrameType
from typing import Any, Callable, Dict, Iterator, List, Optional, Tuple

from concsim.model.own_work import is_ours, works_for_us

WALKS = ("walk_tb", "_walk_tb_with_full_positions", "walk_stack")
"""What `traceback` goes along frames with: names in the module, looked up at each use."""
_TRACEBACK, _CAUSE, _CONTEXT = (
    BaseException.__dict__[name] for name in ("__traceback__", "__cause__", "__context__")
)  # fmt: skip

_GROUP: Any = getattr(builtins, "BaseExceptionGroup", None)


class Tracebacks:
    """Lets the module `traceback` skip frames from `install` to `remove`; `logging` and the rest use that module."""

    def __init__(self) -> None:
        self._plain: Dict[str, Callable[..., Iterator[Any]]] = {}

    def install(self) -> None:
        """Begin to leave our frames out."""
        if self._plain:
            return
        for name in WALKS:
            walk = getattr(traceback, name, None)
            if walk is not None:
                self._plain[name] = walk
                setattr(traceback, name, _skipping(walk, name == "walk_stack"))

    def remove(self) -> None:
        """Give `traceback` its own functions back."""
        for name, walk in self._plain.items():
            setattr(traceback, name, walk)
        self._plain.clear()


def _skipping(walk: Callable[[Any], Iterator[Any]], inwards_first: bool) -> Callable[[Any], Iterator[Any]]:
    @functools.wraps(walk)
    def walk_own(start: Any) -> Iterator[Any]:
        # no frame of ours may stand between the walk and who asks: it counts its way back to him
        return filter(_is_not_ours if inwards_first else _Shown(), walk(start))

    return walk_own


def _is_not_ours(found: Tuple[FrameType, Any]) -> bool:
    return not is_ours(found[0].f_code)


class _Shown:
    """Says of frames, the outermost first, whether each is the program's business."""

    def __init__(self) -> None:
        self._hides = False

    def __call__(self, found: Tuple[FrameType, Any]) -> bool:
        code = found[0].f_code
        if not is_ours(code):
            return not self._hides
        self._hides = works_for_us(code)
        return False


def strip(tb: Any) -> Any:
    """A traceback without our frames. The objects stay the same; those that are left follow each other."""
    kept: List[Any] = []
    shown = _Shown()
    while tb is not None:
        if shown((tb.tb_frame, None)):
            kept.append(tb)
        tb = tb.tb_next
    for one, following in zip(kept, [*kept[1:], None]):
        if one.tb_next is not following:
            one.tb_next = following
    return kept[0] if kept else None


def strip_all(error: Optional[BaseException]) -> None:
    """`strip` an exception and those that it came from, or holds. No code of the exception's class is run."""
    seen, todo = set(), [error]
    while todo:
        one = todo.pop()
        if one is None or id(one) in seen:
            continue
        seen.add(id(one))
        _TRACEBACK.__set__(one, strip(_TRACEBACK.__get__(one)))
        todo += [_CAUSE.__get__(one), _CONTEXT.__get__(one), *_held_by(one)]


def _held_by(error: BaseException) -> Tuple[BaseException, ...]:
    if _GROUP is None or not issubclass(type(error), _GROUP):
        return ()
    held: Tuple[BaseException, ...] = _GROUP.__dict__["exceptions"].__get__(error)
    return held
