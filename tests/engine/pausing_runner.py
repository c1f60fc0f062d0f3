"""What a real interpreter runs to pause wherever it looks whether to let go of the GIL; `pausing` says why and starts it.

Reads [sources, runs, seed] and prints for each source what its runs have ended with. Runs on Python 3.11 and later.
"""

from __future__ import annotations

import _thread
import dis
import json
import random
import sys
import threading
import time
import types
import warnings
from types import CodeType, FrameType
from typing import Any

warnings.simplefilter("ignore")
sys.setswitchinterval(1000.0)
CALLS = {"CALL", "CALL_KW", "CALL_FUNCTION_EX"}
AT = {"RESUME", "JUMP_BACKWARD"}
AFTER_YIELD_FROM = 2
"""What a generator that waits for another resumes at, which is no such place."""
LEFT_OUT = ("<frozen", "threading", "weakref")
"""Of these nothing is looked at: whenever the collector comes, they are called."""
MAIN = _thread.get_ident()
dice = random.Random()
inner = threading.local()
_codes: dict[CodeType, dict[int, tuple[str, int]]] = {}


def instructions(code: CodeType) -> dict[int, tuple[str, int]]:
    """Name and argument of each, by its offset."""
    if code not in _codes:
        _codes[code] = {one.offset: (one.opname, one.arg or 0) for one in dis.get_instructions(code)}
    return _codes[code]


def pause() -> None:
    """Now and then."""
    if dice.random() < 0.3:
        time.sleep(dice.choice((0.0, 0.0002, 0.0005)))


class Tracing:
    """By a trace function: of 3.11, where one thread's events are its own."""

    def start(self) -> None:
        """In threads that are started from now on."""
        threading.settrace(self.enter)
        threading.setprofile(self.call)

    def call(self, frame: FrameType, event: str, arg: Any) -> None:
        """What is called in C may call back: it is a call of something in C all the same."""
        stack = inner.__dict__.get("stack")
        if event == "c_return" and stack and stack[-1][3] is frame:
            stack[-1][1] = False

    def enter(self, frame: FrameType, event: str, arg: Any) -> Any:
        stack = inner.__dict__.setdefault("stack", [])
        if stack:
            stack[-1][1] = True  # a Python function was called there
        if any(one in frame.f_code.co_filename for one in LEFT_OUT):
            return None
        frame.f_trace_opcodes = True
        stack.append(["RESUME", False, 0, frame])  # the event itself comes with it
        return self.step

    def step(self, frame: FrameType, event: str, arg: Any) -> Any:
        stack = inner.stack
        if event == "return":
            stack.pop()
            return self.step
        if event != "opcode" or not stack:
            return self.step
        before, python, at, _ = stack[-1]
        stack[-1][:3] = instructions(frame.f_code)[frame.f_lasti][0], False, frame.f_lasti
        back = before.startswith("POP_JUMP_BACKWARD") and frame.f_lasti < at  # a loop's back edge where its test is
        if before in AT or back or (before in CALLS and not python and not makes_generator(frame.f_code, at)):
            pause()
        return self.step


def makes_generator(code: CodeType, at: int) -> bool:
    """Whether the call there is of a generator expression: it only makes a generator, and no event tells of that."""
    names = [name for offset, (name, _) in instructions(code).items() if offset <= at][-3:]
    return names == ["GET_ITER", "PRECALL", "CALL"]


class Monitoring:
    """By ``sys.monitoring``, from 3.12 on: a trace function there misses the first call of each function."""

    def start(self) -> None:
        """In all threads but the main one."""
        monitoring: Any = sys.monitoring  # type: ignore[attr-defined]
        events = monitoring.events
        callbacks = {
            events.PY_START: self.enter, events.PY_RESUME: self.enter, events.PY_THROW: lambda code, offset, error: self.enter(code, -1),
            events.PY_RETURN: self.leave, events.PY_YIELD: self.leave, events.PY_UNWIND: self.leave, events.CALL: self.call, events.INSTRUCTION: self.step,
        }  # fmt: skip
        monitoring.use_tool_id(0, "pausing")
        for event, callback in callbacks.items():
            monitoring.register_callback(0, event, callback)
        monitoring.set_events(0, sum(callbacks))

    def is_left_out(self, code: CodeType) -> bool:
        return _thread.get_ident() == MAIN or any(one in code.co_filename for one in LEFT_OUT)

    def enter(self, code: CodeType, offset: int) -> None:
        if not self.is_left_out(code):
            looks = instructions(code).get(offset, ("RESUME", 0))[1] & 3 < AFTER_YIELD_FROM
            inner.__dict__.setdefault("stack", []).append(["RESUME" if looks else "", False])

    def leave(self, code: CodeType, offset: int, value: Any) -> None:
        if not self.is_left_out(code):
            inner.stack.pop()

    def call(self, code: CodeType, offset: int, function: Any, first: Any) -> None:
        if not self.is_left_out(code):
            function = function.__func__ if type(function) is types.MethodType else function
            inner.stack[-1][1] = type(function) is types.FunctionType

    def step(self, code: CodeType, offset: int) -> None:
        if self.is_left_out(code) or (name := instructions(code)[offset][0]) == "RESUME":
            return
        before, python = inner.stack[-1]
        inner.stack[-1][:] = name, False
        if before in AT or (before in CALLS and not python):
            pause()


def outcomes(source: str, runs: int) -> list[str]:
    """The exceptions, by name and joined, that runs end with; a global ``result`` is joined to them."""
    code, found = compile(source, "program.py", "exec"), set()
    failed: list[str] = []
    threading.excepthook = lambda given: failed.append(given.exc_type.__name__)
    for _ in range(runs):
        failed.clear()
        space: dict[str, Any] = {"__name__": "__main__"}
        try:
            exec(code, space)
        except Exception as error:
            failed.append(type(error).__name__)
        found.add(",".join([*sorted(set(failed)), *([repr(space["result"])] if "result" in space else [])]))
    return sorted(found)


def main() -> None:
    """All of them, one after the other."""
    sources, runs, seed = json.loads(sys.stdin.read())
    dice.seed(seed)
    (Monitoring() if sys.version_info >= (3, 12) else Tracing()).start()
    print(json.dumps([outcomes(one, runs) for one in sources]))


if __name__ == "__main__":
    main()
