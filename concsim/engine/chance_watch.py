"""Where a program's behaviour may depend on chance: what could make the same schedule go another way next time.

The engine fixes the hashes of texts, random numbers and the clock. What is left is named when the program's own lines
first use it: addresses (``id``, the order of a set of objects), the system's clock and randomness, files and input.
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import TYPE_CHECKING, Any

from concsim.engine.hooks.visibility import peek_class
from concsim.model.events import Remark

if TYPE_CHECKING:
    from concsim.engine.recorder import Recorder
    from concsim.engine.world import World

BUILTINS = {"id": "id()", "input": "input()", "open": "open()"}
FUNCTIONS = {"urandom": "os.urandom()", "uuid4": "uuid.uuid4()", "uuid1": "uuid.uuid1()", "getpid": "os.getpid()"}
METHODS = {
    ("os", "urandom"): "os.urandom()", ("os", "getpid"): "os.getpid()", ("os", "listdir"): "os.listdir()",
    ("os", "times"): "os.times()", ("uuid", "uuid4"): "uuid.uuid4()", ("uuid", "uuid1"): "uuid.uuid1()",
    ("datetime", "now"): "datetime.now()", ("datetime", "today"): "datetime.today()",
    ("datetime", "utcnow"): "datetime.utcnow()", ("date", "today"): "date.today()",
    ("secrets", "token_hex"): "secrets", ("secrets", "token_bytes"): "secrets", ("secrets", "randbelow"): "secrets",
    ("random", "SystemRandom"): "random.SystemRandom",
}  # fmt: skip
METHOD_NAMES = frozenset(name for _, name in METHODS)
SET_ORDER = "the order of a set of objects"
TEXT_ORDER = "the order of a set of texts"


class ChanceWatch:
    """Says the first use of each source of chance, with its line."""

    def __init__(self, world: World, recorder: Recorder) -> None:
        self._world, self._recorder = world, recorder
        self._said: set[str] = set()
        world.on_forget.append(self._said.clear)

    def note(self, what: str, line: int) -> None:
        """The program's line *line* uses *what*."""
        if what not in self._said and self._recorder.on:
            self._said.add(what)
            self._recorder.send(Remark(self._world.time, "chance", {"what": what, "line": line}))

    def method(self, holder: Any, name: str, line: int) -> None:
        """``holder.name`` is called, *holder* being a module or class."""
        if name not in METHOD_NAMES:
            return
        what = METHODS.get((getattr(holder, "__name__", ""), name))
        if what is not None:
            self.note(what, line)

    def iterate(self, values: Any, line: int) -> None:
        """A loop begins over a container."""
        if type(values) not in (set, frozenset):
            return
        if any(_hashed_by_address(one) for one in values):
            self.note(SET_ORDER, line)
        elif sys.flags.hash_randomization and any(isinstance(one, (str, bytes)) for one in values):
            self.note(TEXT_ORDER, line)  # a packaged app cannot fix the hashes of texts


def _hashed_by_address(one: Any) -> bool:
    plain: Any = object.__hash__
    return peek_class(type(one), "__hash__") is plain


def may_be_chance(holder: Any) -> bool:
    """Whether an object can be the holder of one of `METHODS`."""
    return issubclass(type(holder), (ModuleType, type))
