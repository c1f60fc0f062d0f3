"""What a past moment and another way stand on: a stored recording, the moment looked for in it, the run that is held."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from concsim.bridge import scrubber as scrubbing
from concsim.bridge import stored as storing
from concsim.bridge.held import Held
from concsim.bridge.scrubber import Scrubber
from concsim.bridge.shown import Shown
from concsim.bridge.source_text import line_number, line_text
from concsim.bridge.stored import Stored
from concsim.model.encoding import BATCH, RECORD, encode_batch, encode_record
from concsim.model.errors import RecordingError
from concsim.model.events import (
    STEP_NS,
    ActorDeclared,
    ChoiceOffered,
    ErrorRaised,
    FileSeen,
    Kind,
    RoundEnded,
    RoundStarted,
    pack_code,
    pack_place,
)
from concsim.model.folding.history import History, RoundSummary
from concsim.model.folding.state import State
from concsim.model.folding.step_log import StepLog
from concsim.model.programs.program import make_program
from concsim.model.recordings.recording_writer import RecordingWriter

FIRST, SECOND = RoundSummary(1, 10, {}, ended=40), RoundSummary(2, 50, {})


def recorded(path: Path) -> Path:
    """Two rounds: in the first an actor runs from 20 on and in the second from 60 on."""
    writer = RecordingWriter(path)
    for began, number in ((10, 1), (50, 2)):
        for record in (RoundStarted(began, number), ActorDeclared(began + 1, 5, "t1", f"worker {number}", "thread")):
            writer.append(record.time, RECORD, encode_record(record)[5:])
        writer.append(began + 10, BATCH, encode_batch([began + 10, 5, pack_code(Kind.BEGIN, 0), 7, 0.0])[5:])
        ended = RoundEnded(began + 30, number, "finished", 0)
        writer.append(ended.time, RECORD, encode_record(ended)[5:])
    writer.close()
    return path


# stored


def test_that_a_recording_is_read_in_parts_to_its_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storing, "FRAMES", 2)
    stored = Stored(recorded(tmp_path / "a.concsim"))
    assert stored.span == (10, 80) and stored.overview is None and not stored.is_read
    parts = []
    while not stored.is_read:
        parts.append([seq for seq, _ in stored.take_fresh()])
    assert parts == [[1, 2, 3], [4, 5, 6], [7, 8]]
    assert stored.take_fresh() == []
    stored.close()


def test_that_at_damage_it_is_said_and_no_more_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.concsim"
    writer = RecordingWriter(path)
    writer.append(1, RECORD, b'{"is": "Nothing"}')
    writer.close()
    stored = Stored(path)
    with pytest.raises(RecordingError, match="frame 1"):
        stored.take_fresh()
    assert stored.is_read and stored.take_fresh() == []
    stored.close()


# the moment


def sought(scrubber: Scrubber, path: Path, moment: int, round: RoundSummary | None) -> None:
    scrubber.seek(path, moment, round)
    assert scrubber.go_on(60)


def test_that_a_moment_is_found_and_the_newest_is_none(tmp_path: Path) -> None:
    scrubber = Scrubber()
    assert (scrubber.moment, scrubber.state, scrubber.round, scrubber.is_exact) == (None, None, None, True)
    sought(scrubber, recorded(tmp_path / "a.concsim"), 15, FIRST)
    assert scrubber.state is not None and scrubber.round is not None
    assert (scrubber.moment, scrubber.state.actors[5].began, scrubber.round.actors[5].began) == (15, 0, 20)
    assert not scrubber.is_seeking and scrubber.is_exact
    scrubber.forget()
    assert (scrubber.moment, scrubber.state, scrubber.round) == (None, None, None)
    assert not scrubber.go_on(60), "there is nothing to look for"
    scrubber.close()


def test_that_while_a_moment_is_looked_for_the_one_before_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, scrubber = recorded(tmp_path / "a.concsim"), Scrubber()
    sought(scrubber, path, 20, None)
    before, ticks = scrubber.past, iter(range(1_000))
    monkeypatch.setattr(scrubbing.time, "thread_time", lambda: next(ticks))
    scrubber.seek(path, 65, SECOND)
    assert not scrubber.go_on(0) and scrubber.is_seeking and scrubber.past is before and scrubber.moment == 65
    scrubber.give_up()
    assert not scrubber.is_seeking and scrubber.past is before
    scrubber.seek(path, 65, SECOND)
    while not scrubber.go_on(0):
        pass
    assert scrubber.state is not None and (scrubber.state.round, scrubber.state.actors[5].began, scrubber.round) == (2, 60, None)
    scrubber.close()


def test_that_it_lets_go_of_the_recording_and_can_look_again(tmp_path: Path) -> None:
    path, scrubber = recorded(tmp_path / "a.concsim"), Scrubber()
    scrubber.seek(path, 20, None)
    scrubber.close()
    assert not scrubber.is_seeking
    with sqlite3.connect(path) as database:  # another recording in its place
        database.execute("DELETE FROM packs")
    database.close()
    sought(scrubber, path, 20, None)
    assert scrubber.state is not None and not scrubber.state.actors
    scrubber.close()


# held


def at_step(step: int, offered: bool = True) -> State:
    state = State(History())
    state.fold_record(RoundStarted(1, 1, {}, "", "gil"))
    if offered:
        state.fold_record(ChoiceOffered(step * STEP_NS, step, 0.0, ()))
    return state


def test_that_what_is_held_stays_until_the_other_run_asks_at_its_step() -> None:
    held = Held(State(), State(), History(), StepLog(), 3)
    assert held.moment == 3 * STEP_NS
    assert [held.is_caught_up(at_step(step)) for step in (2, 3, 4)] == [False, True, True]
    assert not held.is_caught_up(at_step(9, offered=False))


# what is shown


def test_that_nothing_is_shown_of_no_run() -> None:
    shown = Shown()
    assert (shown.moment, shown.began, shown.newest, shown.behind, shown.thinned_until) == (0, 0, 0, 0, 0)
    assert shown.is_live and shown.is_exact and not (shown.running or shown.is_stepped or shown.catching_up or shown.is_seeking)
    assert shown.caught_up == 1.0 and shown.lanes == {} and shown.known_actors == {}


def test_that_at_a_moment_of_an_earlier_round_that_rounds_lanes_and_names_are_shown(tmp_path: Path) -> None:
    shown = Shown()
    for record in (RoundStarted(10, 1), RoundEnded(40, 1, "finished", 0), RoundStarted(50, 2), ActorDeclared(51, 5, "t1", "worker 2", "thread")):
        shown.last_state.fold_record(record)
    assert (shown.began, shown.round_began, shown.moment, shown.known_actors[5].name) == (10, 50, 51, "worker 2")
    sought(shown.scrubber, recorded(tmp_path / "a.concsim"), 15, FIRST)
    assert not shown.is_live and shown.moment == 15 and shown.newest == 51
    assert (shown.round_began, shown.round_ended_at, shown.known_actors[5].name) == (10, 40, "worker 1")
    assert list(shown.lanes[5].times) == [20, 40] and shown.state.actors[5].began == 0
    shown.scrubber.close()


def test_that_an_error_is_known_as_soon_as_it_is_folded() -> None:
    shown = Shown()
    for actor in (3, 4):
        shown.last_state.fold_record(ErrorRaised(5, actor, "ValueError", "bad"))
        assert set(shown.known_errors) == set(range(3, actor + 1))


# the text of a line


def test_that_a_line_of_the_programs_own_file_is_told_and_no_other(tmp_path: Path) -> None:
    shown = Shown()
    shown.program = make_program("if True:\n    y = 2  \n", tmp_path / "own.py")  # type: ignore[attr-defined]
    shown.last_state.fold_record(FileSeen(1, 1, str(tmp_path / "own.py")))
    shown.last_state.fold_record(FileSeen(1, 2, str(tmp_path / "other.py")))
    told = {(file, line): line_text(shown, pack_place(file, line)) for file, line in ((1, 1), (1, 2), (1, 3), (1, 4), (1, 0), (2, 1), (3, 1))}  # type: ignore[arg-type]
    assert told == {(1, 1): "if True:", (1, 2): "y = 2", (1, 3): "", (1, 4): "", (1, 0): "", (2, 1): "", (3, 1): ""}
    assert (line_number(0), line_number(pack_place(2, 7))) == (0, 7)
    shown.program = None  # type: ignore[attr-defined]
    assert line_text(shown, pack_place(1, 1)) == ""  # type: ignore[arg-type]
