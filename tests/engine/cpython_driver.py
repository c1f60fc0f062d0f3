"""Runs test modules of CPython's own, plain or on the engine, and writes what became of each test: a program of its own.

    python cpython_driver.py '{"modules": ["test.test_grammar"], "model": "gil", "results": "/tmp/results.json"}'

Without "model" they run plain. "own" names the modules that count as the program's own beside the test modules: they are
instrumented and get the virtual modules. With "thorough" every global and cell counts as shared and every container as
seen by others, so that there is a hook wherever one can be.
"""

from __future__ import annotations

import ast
import concurrent.futures
import doctest
import faulthandler
import importlib
import io
import json
import random
import sys
import traceback
import unittest
import warnings
from pathlib import Path
from typing import Any

PROGRAM = "import cpython_driver\ncpython_driver.run_all()\n"
state: dict[str, Any] = {}


class Results(unittest.TestResult):
    """Test id -> "ok", "fail", "error" or "skip", and the traceback that goes with it."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, tuple[str, str]] = {}

    def note(self, test: Any, word: str, error: Any = None) -> None:
        text = "".join(traceback.format_exception(*error)) if isinstance(error, tuple) else str(error or "")
        name = test.id() if hasattr(test, "id") else str(test)
        if word != "ok" or name not in self.found:
            self.found[name] = (word, text[-3000:])

    def addSuccess(self, test: Any) -> None:
        self.note(test, "ok")

    def addFailure(self, test: Any, err: Any) -> None:
        self.note(test, "fail", err)

    def addError(self, test: Any, err: Any) -> None:
        self.note(test, "error", err)

    def addSkip(self, test: Any, reason: str) -> None:
        self.note(test, "skip", reason)

    def addExpectedFailure(self, test: Any, err: Any) -> None:
        self.note(test, "ok")

    def addUnexpectedSuccess(self, test: Any) -> None:
        self.note(test, "fail", "unexpected success")

    def addSubTest(self, test: Any, subtest: Any, err: Any) -> None:
        if err is not None:
            self.note(test, "fail", err)


def run_all() -> None:
    """Load and run the modules that were asked for."""
    order = state["order"]
    results = state["results"] = Results()
    for name in order["modules"]:
        try:
            suite = unittest.defaultTestLoader.loadTestsFromModule(importlib.import_module(name))
        except unittest.SkipTest as error:
            results.note(name, "skip", str(error))
            continue
        except Exception:
            results.note(name, "error", sys.exc_info())
            continue
        chosen = [one for one in flat(suite) if chooses(order, one.id())]
        unittest.TestSuite(chosen).run(results)
        save()


def chooses(order: dict[str, Any], name: str) -> bool:
    only = order.get("only")
    return (only is None or any(one in name for one in only)) and not any(one in name for one in order.get("leave", ()))


def flat(suite: Any) -> list[Any]:
    if not isinstance(suite, unittest.TestSuite):
        return [suite]
    return [one for part in suite for one in flat(part)]


def save() -> None:
    """Write what there is so far: a test may end the process."""
    order, results = state["order"], state["results"]
    Path(order["results"]).write_text(json.dumps({"tests": results.found, **state.get("more", {})}), encoding="utf-8")


class NoSink:
    """Keeps nothing."""

    def rows(self, flat: list[Any]) -> None: ...

    def record(self, record: Any) -> None: ...


class Alone:
    """The one who is at it goes on, somebody else only where it cannot.

    These tests sleep to let others come first: time passes only when nobody can go on.
    """

    def attach(self, world: Any) -> None:
        self._world = world

    def choose(self, ready: list[Any], current: Any) -> Any:
        if ready:
            return self.among(ready, current)
        actor = min(self._world.late, key=lambda one: one.deadline)
        self._world.let_time_pass(actor)
        return actor

    def among(self, ready: list[Any], current: Any) -> Any:
        return current if current in ready else ready[0]


class Anybody(Alone):
    """Anybody who can go on, by a seeded throw of the dice."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)

    def among(self, ready: list[Any], current: Any) -> Any:
        return self._random.choice(ready)


def scheduler_for(word: str) -> Any:
    from concsim.engine.schedulers.round_robin import RoundRobin

    if word == "round_robin":
        return RoundRobin()
    return Anybody(int(word)) if word.isdigit() else Alone()


def run_on_engine(order: dict[str, Any]) -> None:
    """Run `PROGRAM` on an engine in which the test modules are the program's own."""
    from concsim.engine import refusal
    from concsim.engine.execution import Engine

    refusal.REFUSED_MODULES.clear()  # asyncio is a library here: its loop runs inside one actor
    refusal.REFUSED_EVENTS.clear()
    own = state["own"] = {*order["modules"], *order.get("own", ())}
    if order.get("thorough"):
        share_everything()
    engine = Engine(
        "program.py", PROGRAM, NoSink(), model=order["model"], is_own=lambda name, path: name in own
    )
    engine.recorder.on = False
    state["engine"] = engine
    doctest.compile = compile_example  # type: ignore[attr-defined]
    if "test.support" in own:
        give_virtual_when_fresh(engine)
    try:
        ended = engine.execute(scheduler_for(str(order.get("scheduler", ""))))
        state["more"] = {
            "outcome": ended.outcome, "error": ended.error, "steps": ended.steps, "errors": ended.errors[:20],
            "halt": ended.halt.values if ended.halt is not None else None, "sites": len(engine.world.sites),
        }
        save()
    finally:
        del doctest.compile  # type: ignore[attr-defined]
        sys.stdout.flush()
    engine.dispose()


def give_virtual_when_fresh(engine: Any) -> None:
    """Tests ask for the variants of a module in C and in Python: of a virtual module there is one."""
    from test.support import import_helper

    plain = import_helper.import_fresh_module

    def import_fresh(name: str, fresh: Any = (), *given: Any, **named: Any) -> Any:
        return engine.modules[name] if name in engine.modules else plain(name, fresh, *given, **named)

    import_helper.import_fresh_module = import_fresh
    # the tests of pools name the other kind as well
    engine.modules["concurrent.futures"].ProcessPoolExecutor = concurrent.futures.ProcessPoolExecutor  # type: ignore[attr-defined]
    for name in [one for one in sys.modules if one.startswith("test.support")]:
        if name in state["own"]:
            del sys.modules[name]


def share_everything() -> None:
    """Let every name and container count as shared."""
    from concsim.engine.instrument.sharing import Sharing

    def is_shared(self: Any, scope: Any, name: str) -> str:
        kind, owner = scope.resolve(name)
        name = scope.mangle(name)
        if kind == "global":
            return kind if name in owner.bindings or name in self._declared_global() else ""
        return kind if kind == "cell" else ""

    Sharing.is_shared = is_shared  # type: ignore[method-assign]
    Sharing.is_quiet = Sharing.is_quiet_self = lambda self, scope, node: False  # type: ignore[method-assign]


def compile_example(source: str, name: str, mode: str, flags: int = 0, dont_inherit: bool = False) -> Any:
    """What `doctest` calls to compile an example: the same, instrumented."""
    from concsim.engine.instrument.compiling import instrument_tree

    engine = state["engine"]
    space = sys._getframe(1).f_locals["test"].globs
    plain = compile(source, name, mode, flags, dont_inherit)  # whatever is wrong with it is said as ever
    if space.get("__name__") not in engine.loading.own_modules:
        return plain
    tree = compile(source, name, mode, flags | ast.PyCF_ONLY_AST, dont_inherit)
    file = engine.loading.file(name, source, space)
    rebound = {one.id for one in ast.walk(tree) if isinstance(one, ast.Name)}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return compile(instrument_tree(tree, file, engine.world.places, rebound), name, mode, flags, dont_inherit)


def main() -> None:
    order = state["order"] = json.loads(sys.argv[1])
    faulthandler.dump_traceback_later(order.get("limit", 100), exit=True)
    sys.modules["cpython_driver"] = sys.modules["__main__"]
    sys.argv[1:] = []
    faults = io.StringIO()
    try:
        run_on_engine(order) if order.get("model") else run_all()
    except BaseException:
        traceback.print_exc(file=faults)
        state.setdefault("more", {})["fault"] = faults.getvalue()
        state.setdefault("results", Results())
    save()


if __name__ == "__main__":
    main()
