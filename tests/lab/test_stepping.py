"""Stepped runs through a real lab: orders, ends, deadlocks, and programs that do not play along."""

from __future__ import annotations

import textwrap
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from concsim.control.labs.labs import Labs
from concsim.control.sessions.session import Session
from concsim.control.sessions.setting import NOTHING, Setting, StepOrder
from concsim.model import events
from concsim.model.encoding import Batch
from concsim.model.folding.state import State
from concsim.model.folding.step_log import StepLog
from concsim.model.orders import Named, Person, Scheduling
from concsim.model.programs.program import make_program
from concsim.model.recordings.recording import Recording, fold
from concsim.model.recordings.recording_writer import RecordingWriter
from concsim.model.words.step_words import step_sentence

PATIENCE = 30.0


class Stepping:
    """A stepped session whose events are folded as they are waited for."""

    def __init__(self, folder: Path, source: str, scheduling: Scheduling, model: str) -> None:
        program = make_program(textwrap.dedent(source), folder / "program.py")
        program.path.write_text(program.source, encoding="utf-8")
        self.recording = RecordingWriter(folder / "run.concsim")
        setting = Setting(program.defaults(), step=StepOrder(model, scheduling), stdin=NOTHING, end_on_deadlock=True)
        self.session = Session(program, setting, Labs(keep_spare=False), self.recording)
        self.state, self.log = State(), StepLog()
        self.records: list[events.Record] = []
        self.sentences: list[str] = []
        self.session.start()

    def take(self) -> None:
        for _, content in self.session.log.take_fresh():
            if not isinstance(content, Batch):
                self.state.fold_record(content)
                self.records.append(content)
                continue
            self.log.add(content)
            for index in range(len(content.times)):
                before = self.state.taken
                self.state.fold_rows(content, [index])
                if self.state.taken is not before:
                    self.sentences.append(step_sentence(self.state, "en"))

    def until(self, condition: Callable[[], Any]) -> None:
        end = time.monotonic() + PATIENCE
        while not condition():
            assert time.monotonic() < end, f"it did not come: {self.sentences[-3:]} {self.records[-2:]}"
            self.session.join(0.01)
            self.take()

    def offered(self) -> events.ChoiceOffered:
        self.until(lambda: self.state.offer is not None and self.state.offer.step == len(self.log) and not self.waiting_for)
        assert self.state.offer is not None
        return self.state.offer

    waiting_for = 0

    def choose(self, actor: str, until: str = "operation") -> list[str]:
        """The sentences of the steps that an order led to."""
        self.offered()
        offers, told = self.count(events.ChoiceOffered), len(self.sentences)
        self.session.choose(actor, until)
        self.until(lambda: self.count(events.ChoiceOffered) > offers)
        return self.sentences[told:]

    def count(self, cls: type) -> int:
        return sum(isinstance(one, cls) for one in self.records)

    def said(self, cls: type) -> list[Any]:
        return [one for one in self.records if isinstance(one, cls)]

    def end(self) -> str:
        self.until(lambda: not self.session.running)
        self.take()
        return self.session.outcome


@pytest.fixture
def stepping(tmp_path: Path) -> Iterator[Any]:
    made: list[Stepping] = []

    def start(source: str, scheduling: Scheduling | None = None, model: str = "free-threaded") -> Stepping:
        folder = tmp_path / f"run {len(made)}"
        folder.mkdir()
        made.append(Stepping(folder, source, scheduling or Person(), model))
        return made[-1]

    yield start
    for one in made:
        one.session.stop()
        assert one.session.join(20)
        one.recording.close()


LINES = """
import threading
a = b = 0
lock = threading.Lock()
def work():
    global a, b
    a = a + b
    with lock:
        b = 1
first = threading.Thread(target=work, name="first")
second = threading.Thread(target=work, name="second")
first.start()
second.start()
"""


def test_that_an_order_goes_on_for_an_operation_a_line_until_a_change_or_the_end(stepping) -> None:
    one = stepping(LINES)
    one.choose("main")
    assert one.choose("t1") == ["first read a: 0."]
    assert one.choose("t1", "line") == ["first read b: 0.", "first wrote a = 0."]
    assert one.choose("t2", "change") == ["second read a: 0.", "second read b: 0."]
    assert one.choose("t2", "end") == [
        "second wrote a = 0.", "second acquired lock.", "second wrote b = 1.", "second released lock.",
    ]  # fmt: skip
    one.choose("t1", "end")
    assert one.end() == "finished"


def test_that_orders_given_in_advance_are_kept_in_order(stepping) -> None:
    one = stepping(LINES)
    one.offered()
    for actor in ("main", "t1", "t2", "t1", "t2"):
        one.session.choose(actor)
    one.until(lambda: len(one.sentences) >= 8)
    assert [text.split()[0] for text in one.sentences[-4:]] == ["first", "second", "first", "second"]


def test_that_a_loop_without_an_operation_is_said_within_a_second_or_so_and_stopped_at_once(stepping) -> None:
    one = stepping("import threading\nx = 0\ndef work():\n    while True:\n        y = x\nthreading.Thread(target=work, name='spinner').start()\n")
    began = time.monotonic()
    one.until(lambda: [said for said in one.said(events.Remark) if said.code == "no_visible_operation"])
    assert time.monotonic() - began < 5  # a new interpreter starts in this time as well
    (said,) = one.said(events.Remark)
    assert said.values["line"] in (4, 5)
    assert said.values["actor"] == "spinner"
    began = time.monotonic()
    one.session.stop()
    assert one.session.join(10)
    assert time.monotonic() - began < 2


CYCLE = """
import threading
a, b = threading.{kind}(), threading.{kind}()
going = True
def left():
    with a:
        with b: pass
def right():
    with b:
        with a: pass
def third():
    global going
    for _ in range(50):
        going = not going
for work in (left, right, third):
    threading.Thread(target=work, name=work.__name__).start()
"""


@pytest.mark.parametrize(("kind", "certainty"), [("RLock", "certain"), ("Lock", "suspected")])
def test_that_a_cycle_is_told_while_others_go_on(stepping, kind: str, certainty: str) -> None:
    one = stepping(CYCLE.format(kind=kind))
    for actor in ("main", "main", "t1", "t2"):
        one.choose(actor)
    one.until(lambda: one.count(events.DeadlockSeen))
    (seen,) = one.said(events.DeadlockSeen)
    assert seen.certainty == certainty
    assert {one.state.name_of(stuck.actor) for stuck in seen.stuck} == {"left", "right"}
    assert {one.state.name_of(stuck.waits_for) for stuck in seen.stuck} == {"a", "b"}


def test_that_a_suspicion_is_withdrawn_when_the_cycle_opens(stepping) -> None:
    one = stepping("""
    import threading
    a, b = threading.Lock(), threading.Lock()
    def left():
        a.acquire(); b.acquire()
    def right():
        b.acquire(); a.acquire()
    def helper():
        a.release()
    for work in (left, right, helper):
        threading.Thread(target=work, name=work.__name__).start()
    """)
    for actor in ("main", "main", "t1", "t2"):
        one.choose(actor)
    one.choose("t3")
    assert [seen.certainty for seen in one.said(events.DeadlockSeen)] == ["suspected", "withdrawn"]
    assert one.state.deadlock is None


def test_that_a_lost_wakeup_ends_in_a_certain_deadlock(stepping) -> None:
    one = stepping("import threading\nc = threading.Condition()\ndef wait():\n    with c:\n        c.wait()\nthreading.Thread(target=wait, name='sleeper').start()\n", Named("random"))
    assert one.end() == "deadlock"
    (seen,) = one.said(events.DeadlockSeen)
    assert [(one.state.name_of(stuck.actor), one.state.name_of(stuck.waits_for)) for stuck in seen.stuck] == [("sleeper", "c")]


def test_that_an_rlock_in_a_condition_and_a_semaphore_handed_over_are_no_deadlock(stepping) -> None:
    one = stepping("""
    import threading
    turn = threading.Semaphore(0)
    ready = threading.Condition()
    done = []
    def give():
        turn.release()
        with ready:
            done.append(1)
            ready.notify()
    threading.Thread(target=give).start()
    turn.acquire()
    with ready:
        while not done:
            ready.wait()
    """, Named("random", "3"))  # fmt: skip
    assert one.end() == "finished"
    assert not one.count(events.DeadlockSeen)


@pytest.mark.parametrize(
    ("source", "outcome"),
    [
        ("import os, signal\nos.kill(os.getpid(), signal.SIGSEGV)\n", "failed"),
        ("import os\nos._exit(3)\n", "failed"),
        ("import sys\nsys.exit('no')\n", "failed"),
        ("def f(): f()\nf()\n", "failed"),
        ("import threading, sys\nt = threading.Thread(target=sys.exit)\nt.start()\nt.join()\n", "finished"),
        ("x = 0\ndef f():\n    global x\n    x = 10 ** 400\n    x = float('inf')\n    x = 'é' * 10_000\nf()\n", "finished"),
        ("class Odd:\n    def __repr__(self): raise SystemExit\n    __eq__ = __hash__ = __bool__ = None\nx = Odd()\ndef f():\n    global x\n    x.y = x\n    x = x.y\nf()\n", "finished"),
    ],
)  # fmt: skip
def test_that_whatever_a_program_does_its_end_is_told(stepping, source: str, outcome: str) -> None:
    assert stepping(source, Named("random")).end() == outcome


def test_that_sixty_four_threads_are_stepped(stepping) -> None:
    one = stepping("""
    import threading
    n = 0
    def work():
        global n
        n += 1
    threads = [threading.Thread(target=work) for _ in range(64)]
    for thread in threads: thread.start()
    for thread in threads: thread.join()
    """, Named("in-turn"))
    assert one.end() == "finished"
    assert len(one.state.actors) == 65


def test_that_a_recorded_stepped_run_is_read_back_as_it_was(stepping) -> None:
    one = stepping(LINES, Named("random", "2"))
    assert one.end() == "finished"
    one.recording.flush()
    recording, state = Recording(one.recording.path), State()
    for frame in recording.frames():
        fold(state, frame)
    recording.close()
    assert state.model == "free-threaded"
    assert state.taken == one.state.taken
    assert {v.name: state.text_of(v) for v in state.variables.values()} == {v.name: one.state.text_of(v) for v in one.state.variables.values()}


def test_that_watched_globals_are_exact_after_every_step(stepping) -> None:
    one = stepping("""
    # /// concsim
    # title = { en = "Shelf" }
    # watch = { shelf = "", total = "" }
    # ///
    import threading
    shelf, total = [], 0
    def work():
        global total
        for n in range(3):
            shelf.append(n)
            total += n
    threading.Thread(target=work).start()
    """)
    one.offered()
    seen = []
    while not one.state.offer.ended and one.session.running:
        (actor,) = [each.actor for each in one.state.offer.pending if each.choice == "ready"][:1]
        one.choose(one.state.actors[actor].id)
        seen.append((one.state.watched["shelf"].value, one.state.watched["total"].number))
        if one.state.offer.ended:
            break
    assert ([0], 0.0) in seen
    assert ([0, 1], 0.0) in seen
    assert ([0, 1], 1.0) in seen
    assert seen[-1] == ([0, 1, 2], 3.0)


WATCHED = """
# /// concsim
# watch = { total = "" }
# ///
import threading
total = 0
def work(times):
    global total
    for _ in range(times):
        seen = total
        total = seen + 1
thread = threading.Thread(target=work, args=(3,))
thread.start()
"""


def test_that_a_repeated_past_says_what_the_first_time_said_of_globals_and_locals(stepping) -> None:
    """Who goes another way from the past keeps the past, in charts too."""

    def told(run: Any, until: int) -> tuple[list[Any], list[Any]]:
        watched = [(one.time, one.text) for one in run.said(events.WatchSeen) if one.time <= until]
        return watched, [(one.time, one.actor, one.values) for one in run.said(events.FrameSeen) if one.time <= until]

    first = stepping(WATCHED)
    first.offered()
    for _ in range(4):
        first.choose("t1")
    until, actors = first.state.time, [first.log.actor_of(step) for step in range(1, len(first.log) + 1)]
    names = {one.number: one.id for one in first.state.actors.values()}
    globals_, locals_ = told(first, until)
    assert [text for _, text in globals_] == ["0", "1", "2"]
    assert [values["seen"] for _, _, values in locals_ if "seen" in values] == ["0", "1"]
    again = stepping(WATCHED, Person(after=tuple(names[one] for one in actors)))
    again.offered()
    assert told(again, until) == (globals_, locals_)


def test_that_nothing_is_said_of_locals_after_very_many_steps_of_a_stretch(stepping) -> None:
    """Better nothing than what was so long before."""
    one = stepping(WATCHED.replace("(3,)", "(15_000,)"))
    one.choose("t1", "end")
    said = one.said(events.FrameSeen)
    assert (said[-1].time < one.state.time, said[-1].values) == (True, {})
    assert [one.values["seen"] for one in said if "seen" in one.values][-1] == "9999"
