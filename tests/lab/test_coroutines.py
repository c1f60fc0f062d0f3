"""What the lab sees of greenlets, gevent, asyncio, generators and iterators, and that seeing changes nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from concsim.control.command.summary import sentence
from concsim.control.labs.pythons import Python
from concsim.model.events import FrameSeen, Kind, OutputPrinted, unpack_place
from concsim.model.folding.history import BLOCKED, WAITING, History
from concsim.model.programs.program import read_program
from tests.conftest import Ran, Run


def actors(ran: Ran, kind: str) -> dict[str, str]:
    """Ids and names of the actors of a kind."""
    return {one.id: one.name for one in ran.state.actors.values() if one.kind == kind}


def arrows(ran: Ran, kind: Kind) -> list[tuple[str, str, str]]:
    """Who handed the thread to whom, with the text of what was carried."""
    state = ran.state
    return [
        (state.actor(row[1]).id, state.actor(row[3]).id, state.texts.get(int(row[5]), "")) for row in ran.seen(kind)
    ]


def states(ran: Ran, id: str) -> list[int]:
    """The states an actor was in."""
    number = next(one.number for one in ran.state.actors.values() if one.id == id)
    assert isinstance(ran.state.history, History)
    return [value & 15 for value in ran.state.history.lanes[number].values]


# generators and iterators


def test_that_a_generator_is_seen_with_what_goes_in_and_out_and_its_frame(run_source: Run, python: Python) -> None:
    ran = run_source(
        """
        # /// concsim
        # views = ["frames"]
        # ///
        def echo(first):
            heard = first
            while heard != "stop":
                heard = yield heard * 2
            return "over"
        speaker = echo("a")
        print(next(speaker), speaker.send("b"))
        try:
            speaker.send("stop")
        except StopIteration as end:
            print(end.value)
        """,
        python=python.path,
    )
    assert ran.output == "aa bb\nover\n"
    assert actors(ran, "generator") == {"i1": "speaker"}
    assert arrows(ran, Kind.SEND) == [("main", "i1", ""), ("main", "i1", "'b'"), ("main", "i1", "'stop'")]
    assert arrows(ran, Kind.YIELD) == [("i1", "main", "'aa'"), ("i1", "main", "'bb'"), ("i1", "main", "StopIteration('over')")]
    frames = [(one.function, unpack_place(one.place)[1], one.values) for one in ran.said(FrameSeen)]
    first, second = {"first": "'a'", "heard": "'a'"}, {"first": "'a'", "heard": "'b'"}
    assert frames == [("echo", 8, first), ("echo", 8, second), ("echo", 0, {"first": "'a'", "heard": "'stop'"})]


def test_that_a_generator_that_sleeps_or_waits_for_another_is_seen_where_it_does(run_source: Run, python: Python) -> None:
    ran = run_source(
        """
        # /// concsim
        # views = ["frames"]
        # ///
        import time
        def inner():
            heard = yield "one"
            kept = heard
            time.sleep(0.01)
            yield kept
        def outer():
            found = yield from inner()
        both = outer()
        next(both)
        both.send("two")
        """,
        python=python.path,
    )
    frames = [(one.function, unpack_place(one.place)[1], one.values) for one in ran.said(FrameSeen)]
    heard = {"heard": "'two'", "kept": "'two'"}
    assert ("inner", 9, heard) in frames and frames.index(("inner", 9, heard)) < frames.index(("inner", 10, heard))
    assert ("outer", 12, {}) in frames


def test_that_what_ends_a_generator_or_iterator_is_said_to_who_advanced_it(run_source: Run, python: Python) -> None:
    ran = run_source(
        """
        # /// concsim
        # views = ["sequence"]
        # ///
        class Countdown:
            left = 1
            def __init__(self): self.kept = "here"
            def __iter__(self): return self
            def __next__(self):
                if self.left: self.left = 0; return "one"
                raise StopIteration
        def fails(): yield 1; raise KeyError("none")
        def plain(): yield 2
        def closed(): yield 3
        counter, failing, ending, left = Countdown(), fails(), plain(), closed()
        for one in counter: pass
        try:
            for one in failing: pass
        except KeyError:
            print(list(ending))
        next(left)
        left.close()
        """,
        python=python.path,
    )
    assert ran.output == "[2]\n"
    names = {one.id: one.name for one in ran.state.actors.values()}  # which is i1 depends on who was seen first
    assert [(names[source], text) for source, _, text in arrows(ran, Kind.YIELD)] == [
        ("counter", "'one'"), ("counter", "StopIteration"), ("failing", "1"), ("failing", "KeyError"),
        ("ending", "2"), ("ending", "StopIteration"), ("left", "3"),
    ]  # fmt: skip
    ended = {ran.state.actor(row[1]).name for row in ran.seen(Kind.END)}
    assert ended == {"MainThread", "counter", "failing", "ending", "left"}
    assert [one.values for one in ran.said(FrameSeen) if one.function == "__next__"][-1] == {"self.kept": "'here'", "self.left": "0"}


def test_that_a_generator_is_called_as_whoever_made_it_calls_it(run_source: Run) -> None:
    ran = run_source(
        """
        # /// concsim
        # views = ["frames"]
        # ///
        def work():
            yield 1
        def advance(generators):
            for generator in generators:
                next(generator)
        def main():
            singer, dancer = work(), work()
            advance([singer, dancer, work()])
        main()
        """
    )
    assert actors(ran, "generator") == {"i1": "singer", "i2": "dancer", "i3": "generator"}


def test_that_an_iterator_of_ones_own_is_seen(run_source: Run, python: Python) -> None:
    ran = run_source(
        """
        # /// concsim
        # views = ["sequence"]
        # ///
        class Countdown:
            def __init__(self, number): self.number = number
            def __iter__(self): return self
            def __next__(self):
                "One less."
                if not self.number: raise StopIteration
                self.number -= 1
                return self.number
        counter = Countdown(2)
        print([one for one in counter], Countdown.__next__.__doc__)
        """,
        python=python.path,
    )
    assert ran.output == "[1, 0] One less.\n"
    assert actors(ran, "iterator") == {"i1": "counter"}
    assert [text for _, _, text in arrows(ran, Kind.YIELD)] == ["1", "0", "StopIteration"]


def test_that_hooks_change_nothing_that_a_program_can_see(run_source: Run, python: Python) -> None:
    source = """
        # /// concsim
        # views = ["frames"]
        # ///
        import inspect, traceback, weakref, gc, threading
        class Token: pass
        def make(token):
            \"\"\"Doc.\"\"\"
            try:
                got = yield token
                yield got, (yield)
            finally:
                print("closed")
        def middle():
            result = yield from inner()
            print("inner gave", result)
        def inner():
            yield 1
            return 2
        def failing():
            yield 1
            raise ValueError("at line 24")
        token = Token(); alive = weakref.ref(token)
        one = make(token)
        assert inspect.isgenerator(one) and inspect.isgeneratorfunction(make) and make.__doc__ == "Doc."
        assert inspect.getgeneratorstate(one) == "GEN_CREATED"
        assert next(one) is token and inspect.getgeneratorstate(one) == "GEN_SUSPENDED"
        assert list(inspect.getgeneratorlocals(one)) == ["token"]
        assert one.send(3) is None and one.send(4) == (3, 4)
        one.close(); del token, one; gc.collect()
        print(alive() is None, list(middle()), [x for x in (y * y for y in range(3))])
        try:
            list(failing())
        except ValueError:
            print(traceback.format_exc().count("line"), traceback.format_exc().splitlines()[-2].strip())
        lost = make(1); next(lost); del lost
        print(sorted(vars()) == sorted(name for name in vars() if name.isidentifier()))
        """
    plain, seen = run_source(source.replace('"frames"', '"lanes"'), python=python.path), run_source(source, python=python.path)

    assert seen.outcome == "finished", seen.output
    assert seen.output == plain.output
    assert not actors(plain, "generator") and len(actors(seen, "generator")) >= 5


# greenlets


def test_that_greenlets_are_seen_from_their_making_to_their_end(run_source: Run) -> None:
    pytest.importorskip("greenlet")
    ran = run_source(
        """
        from greenlet import greenlet, getcurrent
        class Mine(greenlet): pass
        def ping(word):
            while word != "end":
                word = pong_.switch(word + "!")
            return "bye"
        def pong(word):
            while True:
                word = ping_.switch("end" if len(word) > 3 else word)
        ping_, pong_ = greenlet(ping), Mine(pong)
        assert isinstance(getcurrent(), greenlet) and isinstance(pong_, greenlet) and issubclass(Mine, greenlet)
        assert not isinstance(getcurrent(), Mine)
        print(ping_.switch("ab"))
        """
    )
    assert (ran.outcome, ran.output) == ("finished", "bye\n")
    assert actors(ran, "greenlet") == {"g1": "ping_", "g2": "pong_"}
    assert arrows(ran, Kind.SWITCH) == [
        ("main", "g1", "'ab'"), ("g1", "g2", "'ab!'"), ("g2", "g1", "'ab!'"), ("g1", "g2", "'ab!!'"),
        ("g2", "g1", "'end'"), ("g1", "main", ""),
    ]  # fmt: skip
    assert [ran.state.actor(row[1]).id for row in ran.seen(Kind.END)][:1] == ["g1"]


def test_that_past_a_budget_switches_are_counted_and_that_is_said(run_source: Run) -> None:
    pytest.importorskip("greenlet")
    ran = run_source(
        """
        from greenlet import greenlet
        SWITCHES = 400_000
        def there():
            for _ in range(SWITCHES // 2): back_.switch()
        def back():
            while True: there_.switch()
        there_, back_ = greenlet(there), greenlet(back)
        there_.switch()
        print("done")
        """
    )
    assert (ran.outcome, ran.output) == ("finished", "done\n")
    seen = len(ran.seen(Kind.SWITCH))
    assert ran.state.uncounted + seen >= 400_000
    assert 0 < seen < 200_000
    assert ran.state.uncounted > 0


@pytest.mark.parametrize("made", ["greenlet", "Shy", "Late"])
def test_that_the_end_of_a_greenlet_is_seen_while_switches_are_counted(run_source: Run, made: str) -> None:
    pytest.importorskip("greenlet")
    ran = run_source(
        f"""
        from greenlet import greenlet
        class Shy(greenlet):
            def __bool__(self): print("asked for its truth"); return True
        class Late(greenlet): pass
        first = Late(lambda: None)
        Late.__bool__ = Shy.__bool__
        def back():
            while True: main_.switch()
        main_, back_ = greenlet.getcurrent(), greenlet(back)
        for _ in range(50):
            short = {made}(lambda: None)
            for _ in range(2_000): back_.switch()
            short.switch()
        for _ in range(2_000): back_.switch()
        first.switch()
        """
    )
    assert (ran.outcome, ran.output) == ("finished", "")
    short = {number for number, one in ran.state.actors.items() if one.name.startswith("short")}
    assert len(short) == 50 and ran.state.uncounted > 100_000
    assert {row[1] for row in ran.seen(Kind.END)} >= short


# gevent

KITCHEN = """
import gevent, time
from gevent import {imported}
PAUSE = 0.15
def cook(dish):
    for turn in range(2):
        print(dish, turn)
        {sleep}(PAUSE)
    return dish
tea, soup = gevent.spawn(cook, "tea"), gevent.spawn(cook, "soup")
gevent.joinall([tea, soup])
print(tea.value, isinstance(tea, gevent.Greenlet))
"""


def test_that_the_hub_is_idle_while_greenlets_sleep(run_source: Run) -> None:
    pytest.importorskip("gevent")
    ran = run_source(KITCHEN.format(imported="sleep", sleep="gevent.sleep"))

    assert ran.output.split() == ["tea", "0", "soup", "0", "tea", "1", "soup", "1", "tea", "True"]
    assert (actors(ran, "greenlet"), actors(ran, "hub")) == ({"g1": "tea", "g2": "soup"}, {"h1": "hub"})
    assert WAITING in states(ran, "h1")
    assert BLOCKED not in states(ran, "h1")
    assert {ran.state.actor(row[1]).id for row in ran.seen(Kind.SLEEP)} == {"g1", "g2"}


def test_that_greenlets_without_names_are_called_by_their_places_as_the_lessons_say(run_source: Run) -> None:
    pytest.importorskip("gevent")
    ran = run_source("""
        import gevent
        greenlets = [gevent.spawn(len, dish) for dish in ("tea", "rice")]
        gevent.joinall(greenlets)
    """)
    assert actors(ran, "greenlet") == {"g1": "greenlets[0]", "g2": "greenlets[1]"}


def test_that_a_greenlet_that_sleeps_for_real_blocks_the_hub(run_source: Run) -> None:
    pytest.importorskip("gevent")
    ran = run_source(KITCHEN.format(imported="sleep", sleep="time.sleep"))

    assert ran.output.split() == ["tea", "0", "tea", "1", "soup", "0", "soup", "1", "tea", "True"]
    assert BLOCKED in states(ran, "h1")
    assert [ran.state.actor(row[1]).id for row in ran.seen(Kind.BLOCKED) if row[5]][:1] == ["g1"]


def test_that_threads_older_than_the_module_have_their_own_hub_and_greenlets(run_source: Run) -> None:
    pytest.importorskip("gevent")
    ran = run_source("""
        import threading
        together = threading.Barrier(3)
        def cook(dish):
            import gevent
            gevent.sleep(0.01)
        def work():
            together.wait()
            import gevent
            gevent.joinall([gevent.spawn(cook, dish) for dish in range(2)])
        threads = [threading.Thread(target=work) for _ in range(3)]
        for one in threads: one.start()
        for one in threads: one.join()
    """)
    assert len(actors(ran, "hub")) == 3
    ends = [ran.state.actor(row[1]).kind for row in ran.seen(Kind.END)]
    assert (len(actors(ran, "greenlet")), ends.count("greenlet")) == (6, 6)


def test_that_observers_are_there_again_after_patch_all(run_source: Run) -> None:
    pytest.importorskip("gevent")
    ran = run_source(
        """
        from gevent import monkey; monkey.patch_all()
        import threading, time, queue, gevent
        lock = threading.Lock()
        inside = []
        def work(name):
            with lock:
                inside.append(name)
                time.sleep(0.05)
        threads = [threading.Thread(target=work, args=(n,), name=f"worker-{n}") for n in range(3)]
        for one in threads: one.start()
        for one in threads: one.join()
        print(inside)
        """
    )
    assert (ran.outcome, ran.output) == ("finished", "[0, 1, 2]\n")
    assert list(actors(ran, "thread").values()) == ["worker-0", "worker-1", "worker-2"]
    assert ran.names("lock") == ["lock"]
    lock = next(one for one in ran.state.things.values() if one.name == "lock")
    assert lock.acquired == 3
    assert {ran.state.actor(row[1]).name for row in ran.seen(Kind.ACQUIRE)} == {"worker-0", "worker-1", "worker-2"}


def test_that_without_gevent_the_program_says_so_and_fails_by_itself(run_source: Run, tmp_path: Path) -> None:
    other = next((one for one in _bare_pythons() if one.path), None)
    if other is None:
        pytest.skip("every Python here has gevent")
    ran = run_source(KITCHEN.format(imported="sleep", sleep="gevent.sleep"), python=other.path)

    assert ran.outcome == "failed"
    assert "No module named 'gevent'" in ran.output
    said = sentence(read_program(tmp_path / "program.py"), ran.state, "en", 1.0)
    assert "has no module gevent, which line 2 imports" in said and other.path in said


def _bare_pythons() -> list[Python]:
    import subprocess

    from concsim.control.labs.pythons import find_pythons

    return [one for one in find_pythons() if one.path and subprocess.run([one.path, "-c", "import gevent"], capture_output=True).returncode]


# asyncio


def test_that_tasks_are_seen_where_they_await_and_the_loop_when_it_is_idle(run_source: Run, python: Python) -> None:
    ran = run_source(
        """
        import asyncio
        async def cook(dish):
            await asyncio.sleep(0.05)
            print(dish)
            return dish
        async def main():
            tea = asyncio.create_task(cook("tea"), name="tea")
            soup = asyncio.create_task(cook("soup"))
            print(await tea, await soup)
        asyncio.run(main())
        """,
        python=python.path,
    )
    assert (ran.outcome, ran.output) == ("finished", "tea\nsoup\ntea soup\n")
    assert actors(ran, "task") == {"k1": "main", "k2": "tea", "k3": "soup"}
    assert actors(ran, "loop") == {"l1": "event loop"}
    assert {ran.state.actor(one.actor).id for one in ran.said(OutputPrinted)} == {"k1", "k2", "k3"}
    assert {(ran.state.actor(row[1]).id, unpack_place(row[4])[1]) for row in ran.seen(Kind.SLEEP)} == {("k2", 4), ("k3", 4)}
    assert WAITING in states(ran, "l1") and BLOCKED not in states(ran, "l1")
    assert "l1" in {ran.state.actor(row[1]).id for row in ran.seen(Kind.END)}, "it was closed"


def test_that_a_task_is_seen_to_wait_for_what_it_awaits(run_source: Run, python: Python) -> None:
    ran = run_source(
        """
        import asyncio
        async def eat(box, done):
            print(await box.get())
            async with turn: pass
            done.set()
        async def sleep(seconds): await asyncio.sleep(seconds)
        async def main():
            global turn
            turn, box, done = asyncio.Lock(), asyncio.Queue(), asyncio.Event()
            async with turn:
                eater = asyncio.create_task(eat(box, done), name="eater")
                await asyncio.gather(sleep(0.01), sleep(0.02))
                box.put_nowait("soup")
                await asyncio.sleep(0.01)
            await asyncio.wait_for(done.wait(), 5)
            cook = asyncio.create_task(sleep(0.01), name="cook")
            await cook
        asyncio.run(main())
        """,
        python=python.path,
    )
    assert ran.output == "soup\n", ran.output

    def waited_for(name: str) -> list[str]:
        number = next(number for number, one in ran.state.actors.items() if one.name == name)
        return [ran.state.name_of(row[3]) for row in ran.seen(Kind.WAIT) if row[1] == number]

    assert waited_for("eater") == ["box", "turn"]
    main = waited_for("main")
    assert (main[0], main[-1]) == ("gather()", "cook") and len(main) == 3, main


def test_that_a_task_that_does_not_await_blocks_the_loop(run_source: Run, python: Python) -> None:
    ran = run_source(
        """
        import asyncio, time
        async def rude(): time.sleep(0.2)
        async def busy():
            end = time.monotonic() + 1
            while time.monotonic() < end: pass
        async def main():
            await asyncio.gather(rude(), busy())
        asyncio.run(main())
        """,
        python=python.path,
    )
    assert ran.outcome == "finished", ran.output
    assert BLOCKED in states(ran, "l1")
    kept = [(row[5] - 1) / 1e9 for row in ran.seen(Kind.BLOCKED) if row[5] and ran.state.actor(row[1]).name == "busy"]
    assert kept and kept[0] > 0.1, "for how long it has had the thread when that is noticed"
    blamed = {ran.state.actor(row[1]).name for row in ran.seen(Kind.BLOCKED) if row[5]}
    assert blamed == {"rude", "busy"}


def test_that_looking_at_a_failed_task_is_not_asking_for_its_error(run_source: Run, python: Python) -> None:
    ran = run_source(
        """
        import asyncio, gc
        async def fail(): raise ValueError("unseen")
        async def main():
            asyncio.create_task(fail())
            await asyncio.sleep(0.01)
            gc.collect()
            print("end")
        asyncio.run(main())
        """,
        python=python.path,
    )
    assert "Task exception was never retrieved" in ran.output
    assert "end" in ran.output
