"""What code that is not the program's own does to the objects that it is handed, as far as that is known."""

from __future__ import annotations

import bisect
import builtins
import copy
import heapq
import io
import itertools
import json
import math
import operator
import pprint
import signal
import statistics
import sys
from collections.abc import Callable
from types import BuiltinFunctionType, CodeType, FunctionType
from typing import Any, NamedTuple

from concsim.engine.identity import identity


class Effect(NamedTuple):
    """What a call does. `writes` is the place among the arguments of what it changes, -1 for nothing, -2 for all it reaches.

    With `deep` what its arguments hold is reached as well. `special` names what is looked at in a way of its own. `pieces`: it
    reads in Python, and others may get in between two of its reads.
    """

    writes: int = -2
    deep: bool = True
    special: str = ""
    pieces: bool = False


NOTHING = Effect(-1, deep=False, special="nothing")
LOOKS = Effect(-1, deep=False)
"""It reads what it is handed, and not what that holds."""
READS = Effect(-1)
READS_IN_PIECES = Effect(-1, pieces=True)
CHANGES_FIRST = Effect(0, deep=False)
UNKNOWN = Effect()
SIGNAL = Effect(-1, deep=False, special="signal")
BUFFERS = Effect(-1, deep=False, special="buffer")
BUFFERED = (io.BufferedReader, io.BufferedWriter, io.BufferedRandom, io.BufferedRWPair)
"""What calls a stream that it is made over while it holds a lock of its own, in C, that excludes no virtual thread."""

_NOTHING = """
isinstance issubclass callable type id range int float complex abs chr ord hex oct bin round divmod pow hash super object
property staticmethod classmethod slice locals globals input open memoryview help breakpoint quit exit ascii __import__
__build_class__ compile
"""
_LOOKS = "len sum sorted list tuple set frozenset dict any all min max bool enumerate zip reversed map filter iter bytes bytearray dir"
_READS = "str repr print format"
_SPECIAL = {
    "getattr": "getattr", "hasattr": "getattr", "setattr": "setattr", "delattr": "delattr", "vars": "vars", "next": "next",
    "eval": "source", "exec": "source",
}  # fmt: skip
_FIRST = {
    heapq: "heappush heappop heapify heapreplace heappushpop _heappop_max _heapify_max _heapreplace_max",
    bisect: "insort insort_left insort_right",
    operator: "setitem delitem iadd iand iconcat ifloordiv ilshift imatmul imod imul ior ipow irshift isub itruediv ixor",
}
_LOOKING = {
    bisect: "bisect bisect_left bisect_right",
    math: "prod fsum gcd lcm",
    itertools: "chain cycle islice zip_longest accumulate combinations permutations product groupby compress starmap tee pairwise",
}
_READING = {
    operator: "getitem contains countOf indexOf add concat eq ne lt le gt ge truth not_ is_ is_not mul sub or_ and_ xor length_hint",
    copy: "copy", json: "dumps",
}
_READING_IN_PIECES = {
    copy: "deepcopy", pprint: "pformat pprint pp", statistics: "mean median mode stdev fmean pstdev", heapq: "nlargest nsmallest merge",
}
_SIGNALS = {"signal": "signal setitimer alarm sigwait sigwaitinfo sigtimedwait pause set_wakeup_fd"}
"""What handles signals, waits for them or has them come later: none of that is for anybody to choose here."""
_table: dict[int, tuple[Any, Effect]] = {}


def _note(function: Any, effect: Effect) -> None:
    _table[identity(function)] = function, effect


def _fill() -> None:
    for names, effect in ((_NOTHING, NOTHING), (_LOOKS, LOOKS), (_READS, READS)):
        for name in names.split():
            if hasattr(builtins, name):
                _note(getattr(builtins, name), effect)
    for name, special in _SPECIAL.items():
        _note(getattr(builtins, name), Effect(-1, deep=False, special=special))
    for table, effect in ((_FIRST, CHANGES_FIRST), (_LOOKING, LOOKS), (_READING, READS), (_READING_IN_PIECES, READS_IN_PIECES)):
        for module, listed in table.items():
            for name in listed.split():
                if hasattr(module, name):
                    _note(getattr(module, name), effect)
    for name in _SIGNALS["signal"].split():
        if hasattr(signal, name):
            _note(getattr(signal, name), SIGNAL)
    for function in (sys.getrefcount, sys.getsizeof, sys.intern, sys.exit, sys.exc_info, sys._getframe, sys.setswitchinterval):
        _note(function, NOTHING)


_fill()


def known_effect(function: Any) -> Effect | None:
    """What is known of a function or class of the library."""
    found = _table.get(identity(function))
    if found is not None:
        return found[1]
    return SIGNAL if type(function) is FunctionType and _deals_with_signals(function) else None


def _deals_with_signals(function: Any) -> bool:
    """By its name: something of the lab's may stand before it."""
    names = _SIGNALS.get(function.__module__) if type(function.__module__) is str else None
    return names is not None and function.__name__ in names.split()


class SeenInto:
    """Which functions written in Python are the program's own, or the engine's: what they do is seen as they do it."""

    def __init__(self, is_own: Callable[[str], bool]) -> None:
        self._is_own = is_own
        self.known: dict[int, tuple[CodeType, bool]] = {}
        """By the identity of its code."""

    def holds(self, function: Any) -> bool:
        """Whether that is so of *function*."""
        code = function.__code__
        found = self.known.get(identity(code))
        if found is None:
            ours = str(function.__globals__.get("__name__", "")).startswith("concsim.")
            own = self._is_own(code.co_filename) or (ours and not _deals_with_signals(function))
            found = self.known[identity(code)] = code, own
        return found[1]


FUNCTIONS = (FunctionType, BuiltinFunctionType)
