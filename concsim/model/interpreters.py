"""The interpreter models of a stepped run: where another thread can get in.

"free-threaded" is before any visible operation. "gil" is where CPython lets go, holding the GIL: of the version that runs, or of
one that is named, "gil-3.14". The places differ between versions, and a model of one runs on any: it is a table of places.
"""

from __future__ import annotations

import sys
from typing import NamedTuple

GIL, FREE_THREADED = "gil", "free-threaded"
VERSIONS = ((3, 11), (3, 12), (3, 13), (3, 14))
MODELS = (GIL, FREE_THREADED, *(f"{GIL}-{major}.{minor}" for major, minor in VERSIONS))


class GilPlaces(NamedTuple):
    """Where an interpreter that holds the GIL looks whether to let go, as far as that differs from version to version.

    Source: ``CHECK_EVAL_BREAKER`` in CPython's ``Python/ceval.c`` (3.11) and ``Python/bytecodes.c`` (later), and real
    interpreters made to pause at each place.
    """

    after_enter: bool
    """After ``with`` has entered a manager written in C, as a lock is: it is a call there from 3.14 on."""
    before_test: bool
    """Between the body of a ``while`` and its test. Before 3.14 the test is repeated there, and the back edge is behind it."""
    after_handler: bool
    """After a handler of an exception: in 3.12 alone the jump back from there is like a loop's."""
    break_in_handler: bool
    """Where a handler of an exception leaves a ``for`` loop: a jump back as a loop's from 3.12 on."""
    in_comprehension: bool
    """Where a comprehension begins, which is a function up to 3.11."""


def places_of(model: str) -> GilPlaces | None:
    """Where that model lets go; None for one that needs no such place."""
    if model == FREE_THREADED:
        return None
    version = version_of(model)
    return GilPlaces(after_enter=version >= (3, 14), before_test=version >= (3, 14), after_handler=version == (3, 12),
        break_in_handler=version >= (3, 12), in_comprehension=version < (3, 12))


def version_of(model: str) -> tuple[int, int]:
    """The version whose places a model of the GIL has: the running one's, unless it names one. Raises `ValueError`."""
    if model == GIL:
        return min(max(sys.version_info[:2], VERSIONS[0]), VERSIONS[-1])
    for version in VERSIONS:
        if model == f"{GIL}-{version[0]}.{version[1]}":
            return version
    raise ValueError(f"{model!r} is no interpreter model")


def named(model: str) -> str:
    """The same model with its version named."""
    if model == FREE_THREADED:
        return model
    major, minor = version_of(model)
    return f"{GIL}-{major}.{minor}"
