"""Programs of generators, greenlets and tasks, recorded line by line."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from textwrap import dedent

import pytest

from concsim.control.labs.labs import Labs
from concsim.control.sessions.session import Session
from concsim.control.sessions.setting import NOTHING, Setting, StepOrder
from concsim.model.encoding import decode_batch, encode_batch
from concsim.model.events import LINES, STEP_NS, FrameSeen, Kind, WatchSeen, unpack_place
from concsim.model.folding.step_log import StepLog
from concsim.model.programs.program import read_program
from concsim.model.recordings.recording_writer import RecordingWriter
from tests.conftest import Ran, gather

Record = Callable[..., Ran]
PING_PONG = """
def speaker(name):
    said = 0
    while said < 2:
        heard = yield name + str(said)
        said += 1
    return "done"

def main():
    one = speaker("a")
    next(one)
    try:
        one.send("x")
        one.send("y")
    except StopIteration as end:
        print(end.value)

main()
"""


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    """Record a source text line by line."""
    recordings: list[RecordingWriter] = []

    def make(source: str, python: str = "", limit_steps: int = 0) -> Ran:
        path = tmp_path / "program.py"
        path.write_text(dedent(source), encoding="utf-8")
        program = read_program(path)
        recordings.append(RecordingWriter(tmp_path / f"{len(recordings)}.concsim"))
        order = StepOrder(LINES, None, limit_steps=limit_steps)
        setting = Setting(program.defaults(), python, limit=30, stdin=NOTHING, step=order)
        return gather(Session(program, setting, Labs(keep_spare=False), recordings[-1]))

    yield make
    for one in recordings:
        one.close()


def lines(ran: Ran) -> list[tuple[str, int]]:
    """Who ran which line, in order."""
    found = []
    for _, actor, kind, _, place, _ in ran.rows:
        if kind == Kind.LINE_STEP:
            site = ran.state.site(place & 0xFFFFF)
            assert site is not None
            found.append((ran.state.actor(actor).id, site.line))
    return found


def test_that_lines_are_steps_of_whoever_has_the_thread(record: Record) -> None:
    ran = record(PING_PONG)

    taken = lines(ran)
    assert ran.outcome == "finished", ran.output
    assert ran.output == "done\n"
    assert taken[:3] == [("main", 2), ("main", 9), ("main", 18)]
    assert [line for who, line in taken if who == "i1"] == [3, 4, 5, 6, 4, 5, 6, 4, 7]
    assert taken.index(("i1", 3)) == taken.index(("main", 11)) + 1


def test_that_the_clock_counts_lines(record: Record) -> None:
    ran = record(PING_PONG)

    times = [row[0] for row in ran.rows if row[2] == Kind.LINE_STEP]
    assert times == [STEP_NS * (step + 1) for step in range(len(times))]


def test_that_values_are_those_that_the_step_has_left(record: Record) -> None:
    ran = record(
        """
        # /// concsim
        # watch = { total = "" }
        # ///
        total = 0
        def add():
            global total
            once = 1
            twice = once + once
            total = twice
            return total
        add()
        """
    )
    steps = {line: step for step, (_, line) in enumerate(lines(ran), 1)}
    frames = {one.time // STEP_NS: one for one in ran.said(FrameSeen)}
    assert frames[steps[8]].values == {"once": "1"}
    assert frames[steps[9]].values == {"once": "1", "twice": "2"}
    assert unpack_place(frames[steps[9]].place)[1] == 10  # the line that is run next
    numbers = [(row[0] // STEP_NS, row[5]) for row in ran.rows if row[2] == Kind.VALUE]
    assert (steps[10], 2) in numbers


def test_that_frames_keep_their_local_variables_between_turns(record: Record) -> None:
    ran = record(PING_PONG)

    frames = [one.values for one in ran.said(FrameSeen) if one.function == "speaker"]
    assert {"name": "'a'", "said": "1", "heard": "'x'"} in frames
    generator = next(one for one in ran.state.actors.values() if one.kind == "generator")
    assert ran.state.texts[generator.result] == "'done'"


def test_that_a_watched_container_is_written_out_at_each_line_that_changes_it_and_a_long_one_seldom(record: Record) -> None:
    ran = record(
        """
        # /// concsim
        # watch = { short = "", long = "" }
        # ///
        short, long = {}, list(range(1000))
        def turns():
            for number in range(3):
                short[number] = number * number
                long.append(number)
                yield
        for _ in turns(): pass
        """
    )
    said = {name: [one.text for one in ran.said(WatchSeen) if one.name == name] for name in ("short", "long")}
    shown = list(dict.fromkeys(said["short"]))
    assert shown == ["{}", "{0: 0}", "{0: 0, 1: 1}", "{0: 0, 1: 1, 2: 4}"]
    assert len(said["long"]) <= 2


def test_that_two_recordings_of_one_program_are_the_same(record: Record) -> None:
    first, second = record(PING_PONG), record(PING_PONG)

    assert lines(first) == lines(second)
    logs = [StepLog(), StepLog()]
    for log, ran in zip(logs, (first, second), strict=True):
        log.add(decode_batch(encode_batch([field for row in ran.rows for field in _packed(row)])[5:]))
    assert len(logs[0]) == len(lines(first))
    assert not logs[0].first_difference(logs[1], len(logs[0]))


def _packed(row: tuple[int, int, int, int, int, float]) -> tuple[int, int, int, int, float]:
    time, actor, kind, target, place, value = row
    return time, actor, kind | target << 6, place, value


def test_that_a_long_program_is_recorded_up_to_a_limit_and_runs_to_its_end(record: Record) -> None:
    ran = record("total = 0\nfor number in range(5000):\n    total += number\nprint(total)\n", limit_steps=100)

    assert ran.outcome == "finished"
    assert ran.output == "12497500\n"
    assert len(lines(ran)) == 100
    assert [one.code for one in ran.state.remarks] == ["line_limit"]


@pytest.mark.parametrize("library", ["greenlet", "gevent", "asyncio"])
def test_that_switching_libraries_are_recorded_in_one_order(record: Record, library: str) -> None:
    pytest.importorskip(library)
    bodies = {
        "greenlet": """
            from greenlet import greenlet
            def a():
                print("a1"); b_.switch()
                print("a2")
            def b():
                print("b1"); a_.switch()
            a_, b_ = greenlet(a), greenlet(b)
            a_.switch()
        """,
        "gevent": """
            import gevent
            def a(): print("a1"); gevent.sleep(0.02); print("a2")
            def b(): print("b1")
            gevent.joinall([gevent.spawn(a), gevent.spawn(b)])
        """,
        "asyncio": """
            import asyncio
            async def a():
                print("a1")
                await asyncio.sleep(0.02)
                print("a2")
            async def b():
                print("b1")
            async def main():
                await asyncio.gather(a(), b())
            asyncio.run(main())
        """,
    }
    ran = record(bodies[library])

    assert ran.outcome == "finished", ran.output
    assert ran.output.split() == ["a1", "b1", "a2"]
    assert lines(ran) == lines(record(bodies[library]))
    assert len({who for who, _ in lines(ran)}) >= 3
