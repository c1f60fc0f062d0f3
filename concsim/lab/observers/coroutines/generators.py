"""Generators and iterators of the program: advanced, suspended at which line with which locals, values in and out.

What `concsim.model.programs.generators` has put into the program calls here. A generator is told by its frame, which is kept
between its turns; an iterator with a ``__next__`` of its own by the object.
"""

from __future__ import annotations

import sys
import weakref
from types import GeneratorType
from typing import Any, Dict, List, NamedTuple, Tuple

from concsim.lab.observers.coroutines.coroutines import Coroutines
from concsim.lab.patching.hooks import put_hook
from concsim.lab.program.texts import short_text
from concsim.lab.program.unnoticed import called, kept_in, locals_of, variable_in
from concsim.lab.wire import originals
from concsim.model.events import Kind
from concsim.model.programs.generators import ELEMENT, ENDED, RESUMED, RETURNING, STARTED, YIELDING

VALUES = 12
CALLERS = 3
COST = 10
"""A turn of a generator is said with its frame: it costs as much of the budget as so many switches."""
HIDDEN = ("concsim ", "__", ".")


class Turn(NamedTuple):
    """A body that has its thread: who goes on after it, its frame, and the identity of the exception handled around it."""

    caller: int
    frame: Any
    handled: int


class GeneratorObserver:
    """The hooks. A thread's stack says who goes on when its generator yields."""

    modules = {"builtins": "_patch"}
    kinds = {"generator": "i", "iterator": "i"}
    only_with = "generators"

    def __init__(self, coroutines: Coroutines) -> None:
        self._all = coroutines
        self._things, self._journal, self._texts = coroutines.things, coroutines.journal, coroutines.texts
        self._numbers: Dict[int, Tuple[int, Any]] = {}
        """By the identity of a generator's frame or of an iterator: its number, and its code or a weak reference to it.

        Nothing here keeps a frame or an object of the program alive.
        """
        self._stacks: Dict[int, List[Turn]] = {}
        self._results: Dict[int, str] = {}
        self._seen: Dict[int, int] = {}

    def _patch(self, module: Any) -> None:
        """Let the program's hooks be found."""
        hooks = {
            STARTED: self.started, RESUMED: self.resumed, YIELDING: self.yielding, RETURNING: self.returning,
            ENDED: self.ended, ELEMENT: self.element,
        }  # fmt: skip
        for name, hook in hooks.items():
            put_hook(name, hook, _pass_on)
        self._all.on_tick.append(self._look_for_new)
        self._all.on_send = self._say_caller
        self._things.on_block.append(self._say_sleeper)

    # the hooks: each is called in the frame of a generator or of __next__

    def started(self, one: Any = None) -> None:
        """A body begins: the first turn of a generator, every turn of an iterator."""
        if self._all.left <= 0:
            self._all.skipped += 1
            return
        frame = originals.quick_getframe(1)
        if one is None:
            self._enter(self._number_of(frame, frame, "generator"), frame, 0)
        else:
            self._enter(self._number_of(one, frame, "iterator"), frame, 0)

    def resumed(self, value: Any) -> Any:
        """A generator goes on; *value* was sent in."""
        if self._all.left <= 0:
            self._all.skipped += 1
            return value
        frame = originals.quick_getframe(1)
        known = self._numbers.get(id(frame))
        if known is not None:
            self._enter(known[0], frame, self._texts.number_of(value))
        return value

    def yielding(self, value: Any) -> Any:
        """A generator is about to be suspended; *value* goes out."""
        self._leave(originals.quick_getframe(1), Kind.YIELD, value)
        return value

    def returning(self, value: Any) -> Any:
        """A generator or iterator returns a value."""
        frame = originals.quick_getframe(1)
        if self._all.left > 0:
            self._results[id(frame)] = short_text(value)
        return value

    def ended(self) -> None:
        """A body ends, whichever way."""
        frame = originals.quick_getframe(1)
        result = self._results.pop(id(frame), "")
        known = self._numbers.get(id(frame))
        stack = self._stacks.get(originals.get_ident())
        if not stack or stack[-1].frame is not frame:
            if known is not None:  # closed while it was suspended, or advanced while turns were counted only
                self._say_last(known[0], frame)
                self._journal.note_of(known[0], Kind.END)
                del self._numbers[id(frame)]
            return
        self._finish(stack.pop(), known, result)

    def element(self, value: Any) -> Any:
        """A generator expression gives its next element: it went on a moment ago."""
        if self._all.left <= 0:
            self._all.skipped += 1
            return value
        frame = originals.quick_getframe(1)
        self._enter(self._number_of(frame, frame, "generator"), frame, 0)
        self._leave(frame, Kind.YIELD, value)
        return value

    # who has the thread

    def _enter(self, number: int, frame: Any, text: int) -> None:
        ident = originals.get_ident()
        caller = self._journal.actors.get(ident, 0)
        self._stacks.setdefault(ident, []).append(Turn(caller, frame, id(sys.exc_info()[1])))
        if not number or not caller:
            return
        self._all.left -= COST
        self._all.on_send(caller, frame.f_back)
        self._all.hand_over(Kind.SEND, caller, number, self._things.places.place_of(frame.f_back), text)

    def _leave(self, frame: Any, kind: Kind, value: Any) -> None:
        stack = self._stacks.get(originals.get_ident())
        if not stack or stack[-1].frame is not frame:
            return
        caller = stack.pop().caller
        number = self._journal.actors.get(originals.get_ident(), 0)
        if not caller or not number or number == caller:
            return
        self._say_frame(number, frame)
        text = self._texts.number_of_text(short_text(value))
        self._all.hand_over(kind, number, caller, self._things.places.place_of(frame), text)

    def _finish(self, turn: Turn, known: Any, text: str) -> None:
        caller, frame, number = turn.caller, turn.frame, self._journal.actors.get(originals.get_ident(), 0)
        if number and caller and number != caller:
            error = _raised(turn)
            self._say_last(number, frame)
            place = self._things.places.place_of(frame)
            carried = result = self._texts.number_of_text(text) if text else 0
            if known is not None:
                self._journal.note_of(number, Kind.END, 0, place, result)
                carried = self._carried(error or StopIteration, text)
            elif error is not None:  # an iterator that has no more, until it is asked again
                self._journal.note_of(number, Kind.END, 0, place, 0)
                carried = self._carried(error, "")
            self._all.hand_over(Kind.YIELD, number, caller, place, carried)
        self._numbers.pop(id(frame), None)

    def _carried(self, error: Any, text: str) -> int:
        """The text of what a body's end carries to who advanced it: an exception, in which a generator's value travels."""
        name = called(error)
        return self._texts.number_of_text(name if text in ("", "None") else f"{name}({text})")

    # who is who

    def _number_of(self, one: Any, frame: Any, kind: str) -> int:
        known = self._numbers.get(id(one))
        sign = frame.f_code if one is frame else _weak(one)
        if known is not None and (known[1] is sign or known[1] == sign):
            return known[0]
        number = self._seen.pop(id(frame), 0) or self._all.declare(kind, self._name_of(one, frame), self._birthplace(frame))
        self._numbers[id(one)] = (number, sign)
        return number

    def _birthplace(self, frame: Any) -> Any:
        return self._things.places.own_frame(frame.f_back)

    def _name_of(self, one: Any, frame: Any) -> str:
        """The variable that holds it in the outermost of its callers that has one, else the function's or class's name.

        Who made it calls it by what it is; who only advances it, "generator".
        """
        caller, looked, found = self._things.places.own_frame(frame.f_back), 0, ""
        while caller is not None and looked < CALLERS:
            found = _variable_of(one, frame, caller) or found
            caller, looked = self._things.places.own_frame(caller.f_back), looked + 1
        if found:
            return found
        if one is not frame:
            return type(one).__name__
        return str(frame.f_code.co_name).strip("<>").replace("genexpr", "expression")

    def _look_for_new(self) -> None:
        """Generators that are held by a global and have not begun are there already."""
        for name, value in list(self._all.sampler.globals.items()):
            if type(value) is GeneratorType and value.gi_frame is not None and value.gi_frame.f_lasti < 2:
                frame = value.gi_frame
                own = self._things.places.base_of(frame.f_code.co_filename) >= 0
                if own and id(frame) not in self._seen and id(frame) not in self._numbers:
                    self._seen[id(frame)] = self._all.declare("generator", name, frame, self._all.own.main)

    # frames

    def _say_frame(self, number: int, frame: Any) -> None:
        self._all.say_frame(number, frame, values_of(frame))

    def _say_last(self, number: int, frame: Any) -> None:
        """What a body leaves; it stands at no line any more."""
        self._all.say_frame(number, frame, values_of(frame), at=0)

    def _say_caller(self, caller: int, frame: Any) -> None:
        """A generator that advances another waits in that line."""
        own = self._things.places.own_frame(frame)
        known = self._numbers.get(id(own))
        if own is not None and known is not None and known[0] == caller:
            self._say_frame(caller, own)

    def _say_sleeper(self, seconds: float) -> None:
        """The calling thread is about to sleep, maybe in a body: where it stands meanwhile."""
        stack, me = self._stacks.get(originals.get_ident()), self._journal.me()
        if stack and me and me != stack[-1].caller:
            self._say_frame(me, stack[-1].frame)


def _raised(turn: Turn) -> Any:
    """The class of the exception that ends a body; None where it just returns."""
    kind, error, _ = sys.exc_info()
    return kind if id(error) != turn.handled else None


def _pass_on(value: Any = None) -> Any:
    return value


def _variable_of(one: Any, frame: Any, caller: Any) -> str:
    """The variable by which a caller knows a generator, given by its frame, or an iterator."""
    return variable_in(caller, lambda value: value is one or (type(value) is GeneratorType and value.gi_frame is frame))


def _weak(one: Any) -> Any:
    try:
        return weakref.ref(one)
    except TypeError:
        return type(one)


def values_of(frame: Any) -> Dict[str, str]:
    """A frame's local variables as short texts; of an iterator what it keeps in itself."""
    code = frame.f_code
    if code.co_name == "<module>":
        return {}
    values: Dict[str, str] = {}
    for name, value in locals_of(frame).items():
        if code.co_name == "__next__" and code.co_varnames[:1] == (name,):
            values.update((f"{name}.{part}", short_text(kept)) for part, kept in list(kept_in(value).items())[:VALUES])
        elif not name.startswith(HIDDEN):
            values[name] = short_text(value)
        if len(values) >= VALUES:
            break
    return values
