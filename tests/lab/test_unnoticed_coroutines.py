"""What programs do with greenlets, tasks and generators that observing must not disturb. Each says what Python says."""

from __future__ import annotations

from pathlib import Path

import pytest

from concsim.control.labs.pythons import Python
from concsim.model.events import FrameSeen
from tests.conftest import Run, as_python

METACLASSES = """
    import abc
    from {module} import {name} as plain
    from typing import Protocol
    class Meta(type):
        def __call__(cls, *args):
            print("made by its own metaclass")
            return super().__call__(*args)
    class Abstract(plain, abc.ABC):
        @abc.abstractmethod
        def work(self): ...
        def run(self): return self.work()
        _run = run
    class Real(Abstract):
        def work(self): return 42
    class Mine(Real, abc.ABC): pass
    class Own(plain, metaclass=Meta): pass
    class Works(Protocol):
        def work(self): ...
    class Protocolled(plain, Works): pass
    class Plain(plain): pass
    def attempt(function, *args, **named):
        try: return type(function(*args, **named)).__name__
        except TypeError as error: return str(error)
    print(attempt(Abstract), attempt(Real), attempt(Own, print), attempt(Protocolled, print), attempt(Plain, print))
    print(isinstance(Mine(), plain), isinstance(3, Plain), issubclass(Own, plain), type(Real), type(Own), Plain.__base__ is plain)
    print(plain, plain.__module__, plain.__name__, plain.__qualname__, type(plain), plain.__doc__)
    for args, named in (((1, 2, 3), {{}}), ((), {{"bad": 1}}), ((5,), {{}}), ((None,), {{}}), ((), {{"parent": 3}})):
        print(attempt(plain, *args, **named))
    """


@pytest.mark.parametrize(("module", "name"), [("greenlet", "greenlet"), ("gevent", "Greenlet")])
def test_that_a_greenlet_s_class_may_have_any_metaclass(run_source: Run, tmp_path: Path, module: str, name: str) -> None:
    pytest.importorskip(module)
    source = METACLASSES.format(module=module, name=name)
    assert run_source(source).output == as_python(tmp_path / "plain.py", source)


def test_that_a_module_s_greenlets_may_be_abstract_and_are_seen(run_source: Run, tmp_path: Path) -> None:
    pytest.importorskip("greenlet")
    (tmp_path / "workers.py").write_text(
        "import abc, greenlet\nclass Worker(greenlet.greenlet, abc.ABC):\n    def run(self): return 42\n"
    )
    ran = run_source("import workers, abc\nclass Mine(workers.Worker): pass\nworker = Mine()\nprint(worker.switch(), isinstance(3, Mine))\n")
    assert ran.output == "42 False\n"
    assert [one.name for one in ran.state.actors.values() if one.kind == "greenlet"] == ["worker"]


def test_that_a_program_may_do_without_the_module_it_asks_for(run_source: Run) -> None:
    ran = run_source("try: import gevent.nowhere\nexcept ImportError: pass\nclass A(object): pass\nprint(A.__bases__)\n")
    assert ran.output == "(<class 'object'>,)\n"


TRAPS = """
    import asyncio, functools
    {also}
    def cry(name):
        def method(self, *args): print("asked for", name); raise RuntimeError(name)
        return method
    class Meta(type):
        __eq__, __getattribute__ = cry("a class's ==") , lambda cls, name: print("class asked for", name)
        __hash__ = None
    class Trap:
        __hash__, __eq__, __bool__, __getattr__, __len__ = map(cry, ("hash", "==", "bool", "an attribute", "len"))
        def method(self): print("called")
        def __call__(self, *args): print("called as a function")
    """

LOOP_OF_TRAPS = """
    class Class(metaclass=Meta):
        def __call__(self): print("called too")
    class Slotted:
        __slots__ = ("__self__",)
        def __call__(self): print("and called")
    class Told(asyncio.Task):
        def __hash__(self): print("task's hash"); return 3
        def __eq__(self, other): print("task's =="); return self is other
        def __getattribute__(self, name): print("task asked for", name); return object.__getattribute__(self, name)
    class Waits:
        def __await__(self): yield
        def __getattr__(self, name): print("awaited asked for", name); raise AttributeError(name)
    async def work(): await Waits(); return Trap()
    async def work_more(): await asyncio.sleep(0.001); await work()
    async def main():
        loop, trap = asyncio.get_running_loop(), Trap()
        for one in (trap.method, trap, functools.partial(trap), Class(), Slotted()): loop.call_soon(one)
        loop.call_later(0.001, trap.method)
        await loop.create_task(work_more(), name="first")
        loop.set_task_factory(lambda loop, coro, **named: Told(coro, loop=loop))
        done = loop.create_future()
        async def last(): await work_more(); done.set_result("done")
        kept = loop.create_task(last())
        print(await done)
        loop.set_task_factory(None)
        await asyncio.sleep(0.01)
    asyncio.run(main())
    """

SWITCHED_TRAPS = """
    class Told(greenlet.greenlet):
        __hash__, __eq__, __bool__ = map(cry, ("hash", "==", "bool"))
        __dict__ = dead = gr_frame = property(cry("an attribute"))
        def __getattribute__(self, name): print("greenlet asked for", name); return super().__getattribute__(name)
    class Run(greenlet.greenlet):
        run = Trap()
    trap = Trap()
    greenlet.greenlet(trap).switch(1)
    Told(trap).switch(trap)
    Run().switch()
    gevent.Greenlet.spawn(trap).join()
    gevent.Greenlet(trap.method).start()
    gevent.sleep(0.01)
    """


@pytest.mark.parametrize(
    ("also", "source"), [("", LOOP_OF_TRAPS), ("import greenlet, gevent", SWITCHED_TRAPS)], ids=["tasks", "greenlets"]
)
def test_that_objects_with_code_of_their_own_are_not_asked(run_source: Run, tmp_path: Path, also: str, source: str) -> None:
    pytest.importorskip("gevent" if also else "asyncio")
    source = TRAPS.format(also=also) + source
    plain = as_python(tmp_path / "plain.py", source)
    assert "called" in plain and "Traceback" not in plain, plain
    assert run_source(source).output == plain


LIFETIMES = """
    # /// concsim
    # views = ["frames"]
    # ///
    import gc, sys, weakref
    gc.disable()
    class Big: pass
    def make():
        big = Big()
        gone = weakref.ref(big)
        yield gone
        del big
        yield gone() is None
        big = Big()
        gone = weakref.ref(big)
        def inner(): return big
        yield gone
        big = None
        yield gone() is None
    def caller():
        kept = Big()
        gone, maker = weakref.ref(kept), make()
        next(maker)
        print(next(maker))
        kept = None
        print(gone() is None, next(maker)() is None, next(maker))
    caller()
    def looks_at_itself():
        x = 1
        names = locals()
        names["own"] = 7
        x = 2
        yield names["x"]
        yield sorted(names), locals() is names, locals()["x"]
    print(*looks_at_itself())
    def looked_at():
        x = 1
        yield x
        x = 2
        yield x
    one = looked_at()
    next(one)
    names = one.gi_frame.f_locals
    names["own"] = 7
    print(names["x"], names["own"], next(one), names["own"], one.gi_frame.f_locals["own"])
    def trace(frame, event, arg):
        if frame.f_code is traced.__code__: lines.append((event, sum(looked_at())))
        return trace
    def traced():
        a, b = 1, 2
        for number in looked_at(): a += number
        return a, b
    lines = []
    sys.settrace(trace)
    found = traced()
    sys.settrace(None)
    print(found, len(lines))
    class Namespace:
        numbers = [one for one in looked_at()]
        total = sum(looked_at())
    print(Namespace.numbers, Namespace.total)
    """


def test_that_frames_looked_at_keep_nothing_alive_and_lose_nothing(run_source: Run, tmp_path: Path, python: Python) -> None:
    plain = as_python(tmp_path / "plain.py", LIFETIMES, python.path)
    assert plain.startswith("True\nTrue False True\n") and "Traceback" not in plain, plain
    ran = run_source(LIFETIMES, python=python.path)
    assert ran.output == plain
    assert "gone" in {name for one in ran.said(FrameSeen) for name in one.values}
