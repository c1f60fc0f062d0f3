"""The stepped half of the state: variables and who touched them, the step taken last, snapshots, and schedules as data."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from concsim.model.encoding import decode_batch, encode_batch
from concsim.model.events import (
    LINE_BITS,
    OPERATION_SPAN,
    OPERATIONS,
    SITE_FILE,
    STEP_NS,
    ActorDeclared,
    FileSeen,
    Kind,
    ObjectDeclared,
    Pending,
    RoundStarted,
    SitesSeen,
    TextSeen,
    pack_code,
)  # fmt: skip
from concsim.model.files.schedule import check_fits, describe_step, from_json, hash_of, make_schedule, to_json
from concsim.model.folding.history import READY, RUNNING, WAITING, History
from concsim.model.folding.state import State
from concsim.model.folding.step_log import StepLog
from concsim.model.programs.program import ProgramError, make_program
from concsim.model.recordings import snapshot
from concsim.model.words.step_words import LONGEST_SOURCE, blocked_words, pending_words, shortened, step_sentence

MAIN, FIRST, SECOND, TOTAL, LOCK, NAME = range(1, 7)
SITE = SITE_FILE << LINE_BITS


class Story:
    """A stepped run told row by row."""

    def __init__(self) -> None:
        self.state, self.log, self.step = State(History()), StepLog(), 0
        for record in (
            RoundStarted(0, 1, {"N": 2}, "", "free-threaded"), FileSeen(0, 0, "/p/race.py"),
            SitesSeen(0, 0, (0, 7, 4, 7, 9, 0, 8, 12, 8, 20)), TextSeen(0, 1, "'Ada'"),
            ActorDeclared(0, MAIN, "main", "MainThread", "main"), ActorDeclared(0, FIRST, "t1", "first", "thread", MAIN),
            ActorDeclared(0, SECOND, "t2", "second", "thread", MAIN), ObjectDeclared(0, TOTAL, "variable", "total"),
            ObjectDeclared(0, LOCK, "lock", "lock"), ObjectDeclared(0, NAME, "variable", "name"),
        ):  # fmt: skip
            self.state.fold_record(record)

    def take(self, actor: int, kind: int, target: int, value: float = 0, site: int = 0, *more: tuple[int, int, int, float]) -> None:
        self.step += 1
        time = self.step * STEP_NS
        flat: list[Any] = [time, actor, pack_code(kind, target), SITE | site, value]
        for row in more:
            flat += [time, row[0], pack_code(row[1], row[2]), 0, row[3]]
        batch = decode_batch(encode_batch(flat)[5:])
        self.state.fold_batch(batch)
        self.log.add(batch)

    def do(self, actor: int, word: str, target: int, *more: tuple[int, int, int, float]) -> None:
        self.take(actor, Kind.DO, target, OPERATIONS.index(word), 1, *more)


@pytest.fixture
def lost() -> Story:
    story = Story()
    story.take(FIRST, Kind.READ, TOTAL, 0)
    story.take(SECOND, Kind.READ, TOTAL, 0)
    story.take(SECOND, Kind.WRITE, TOTAL, 1)
    story.take(FIRST, Kind.WRITE, TOTAL, 1, 1)
    return story


def test_that_a_write_over_what_the_writer_never_saw_is_a_lost_update(lost: Story) -> None:
    taken = lost.state.taken
    assert (taken.step, taken.over_actor, taken.over_value, taken.lost) == (4, SECOND, 1, True)
    assert step_sentence(lost.state, "en") == "first wrote total = 1, over second's 1: one update lost."
    assert step_sentence(lost.state, "zh") == "first 写入 total = 1，盖过 second 写的 1：丢失一次更新。"


def test_that_a_write_by_who_has_seen_the_others_is_none() -> None:
    story = Story()
    story.take(SECOND, Kind.WRITE, TOTAL, 1)
    story.take(FIRST, Kind.READ, TOTAL, 1)
    story.take(FIRST, Kind.WRITE, TOTAL, 2)
    assert not story.state.taken.lost
    assert step_sentence(story.state, "en") == "first wrote total = 2."


def test_that_a_variable_knows_who_read_and_wrote_it_last(lost: Story) -> None:
    variable = lost.state.variables[TOTAL]
    assert (variable.reader, variable.read_at, variable.writer, variable.written_at) == (SECOND, 2, FIRST, 4)
    assert lost.state.text_of(variable) == "1"


def test_that_texts_are_shown_as_they_are() -> None:
    story = Story()
    story.take(FIRST, Kind.WRITE_TEXT, NAME, 1)
    assert story.state.text_of(story.state.variables[NAME]) == "'Ada'"
    assert step_sentence(story.state, "en") == "first wrote name = 'Ada'."


def test_that_the_mover_runs_and_the_others_are_ready(lost: Story) -> None:
    assert (lost.state.actors[FIRST].state, lost.state.actors[SECOND].state) == (RUNNING, READY)
    assert lost.state.actors[FIRST].place == 8  # of its site


def test_that_a_blocked_actor_says_for_what_held_by_whom_at_which_line() -> None:
    story = Story()
    story.do(FIRST, "acquire", LOCK, (FIRST, Kind.ACQUIRE, LOCK, 1), (SECOND, Kind.WAIT, LOCK, -1))
    assert story.state.actors[SECOND].state == WAITING
    assert blocked_words(story.state, SECOND, "en", 8) == "waits for lock, held by first (line 8)"
    story.do(FIRST, "release", LOCK, (FIRST, Kind.RELEASE, LOCK, 0), (SECOND, Kind.READY, 0, 0))
    assert story.state.actors[SECOND].state == READY


def test_that_a_snapshot_holds_all_of_it(lost: Story) -> None:
    lost.do(FIRST, "acquire", LOCK, (FIRST, Kind.ACQUIRE, LOCK, 1), (SECOND, Kind.WAIT, LOCK, -1))
    text = snapshot.to_text(lost.state)
    again = snapshot.from_text(text)
    assert snapshot.to_text(again) == text
    again.history = History()
    lost.state = again
    lost.take(SECOND, Kind.WRITE, TOTAL, 9)
    assert step_sentence(again, "en") == "second wrote total = 9, over first's 1: one update lost."


def test_that_the_log_finds_what_an_actor_did_next_and_last(lost: Story) -> None:
    assert len(lost.log) == 4
    assert lost.log.next_of(FIRST, 1).step == 4
    assert lost.log.next_of(FIRST, 4) is None
    assert lost.log.last_of(SECOND, 4).step == 3
    assert lost.log.last_of(SECOND, 1) is None
    assert (lost.log.row(4).site, lost.log.row(4).target) == (1, TOTAL)
    with pytest.raises(IndexError):
        lost.log.row(5)


def test_that_the_first_step_that_differs_is_found(lost: Story) -> None:
    other = Story()
    for actor, kind, value in ((FIRST, Kind.READ, 0), (SECOND, Kind.READ, 0), (SECOND, Kind.WRITE, 5)):
        other.take(actor, kind, TOTAL, value)
    assert lost.log.first_difference(other.log, 2) == 0
    assert lost.log.first_difference(other.log, 4) == 3
    assert other.log.first_difference(lost.log, 2) == 0


def test_that_a_schedule_survives_its_file(lost: Story) -> None:
    program = make_program("import threading\nN = 2\n", Path("race.py"))
    schedule = make_schedule(program, lost.state, lost.log)
    assert schedule.choices == ("t1", "t2", "t2", "t1")
    assert schedule.steps == ("read total = 0 @7", "read total = 0 @7", "write total = 1 @7", "write total = 1 @8")
    assert from_json(to_json(schedule), Path("s.json")) == schedule
    assert make_schedule(program, lost.state, lost.log, 2).choices == ("t1", "t2")


def test_that_a_schedule_fits_its_program_wherever_that_lies() -> None:
    program = make_program("N = 1\n", Path("a/race.py"))
    moved = make_program("N = 1\n", Path("b/race.py"))
    changed = make_program("N = 2\n", Path("a/race.py"))
    other = make_program("N = 3\n", Path("a/other.py"))
    schedule = make_schedule(program, State(), StepLog())
    check_fits(schedule, moved)
    for wrong, code in ((changed, "other_version"), (other, "other_program")):
        with pytest.raises(ProgramError) as caught:
            check_fits(schedule, wrong)
        assert caught.value.message.code == code
    assert hash_of(program) == hash_of(moved) != hash_of(changed)


@pytest.mark.parametrize("text", ["", "[", "[]", "{}", '{"concsim": "schedule"}', "nul", '"x"', "[" * 100_000, json.dumps({"concsim": "schedule", "version": 1})])
def test_that_what_is_no_schedule_is_refused_in_one_sentence(text: str) -> None:
    with pytest.raises(ProgramError) as caught:
        from_json(text, Path("s.json"))
    assert caught.value.message.code == "bad_schedule"


@pytest.mark.parametrize("watch_first", [True, False])
def test_that_a_write_to_a_watched_global_is_seen_at_its_own_step(watch_first: bool) -> None:
    story = Story()
    declared = [ObjectDeclared(0, 20, "watch", "count"), ObjectDeclared(0, 21, "variable", "count")]
    for record in declared if watch_first else reversed(declared):
        story.state.fold_record(record)
    story.take(FIRST, Kind.WRITE, 21, 7)
    assert story.state.watched["count"].number == 7
    assert list(story.state.history.all_series["count"].times) == [STEP_NS]


def test_that_a_containers_old_value_is_not_shown_after_a_call() -> None:
    story = Story()
    story.take(FIRST, Kind.READ_TEXT, NAME, 1)
    story.take(FIRST, Kind.CALL, NAME, 1)
    assert story.state.text_of(story.state.variables[NAME]) == ""


def test_that_an_operation_and_its_text_share_a_value() -> None:
    story = Story()
    story.take(FIRST, Kind.DO, LOCK, OPERATIONS.index("put") + OPERATION_SPAN * 1)
    assert describe_step(story.state, story.log.row(1)) == "put lock = 'Ada' @7"
    assert len(OPERATIONS) <= OPERATION_SPAN


def test_that_a_long_line_of_code_ends_in_an_ellipsis() -> None:
    assert shortened("saved += amount") == "saved += amount"
    assert shortened("x" * LONGEST_SOURCE) == "x" * LONGEST_SOURCE
    assert shortened("x" * 200) == "x" * (LONGEST_SOURCE - 1) + "…"


def test_that_what_is_not_known_of_an_actor_is_not_named():
    pending = Pending(FIRST, "", 0, 0, "ready", "")
    assert pending_words(Story().state, pending, "en") == ""
