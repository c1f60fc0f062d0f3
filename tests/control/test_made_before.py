"""Schedules and recordings that earlier versions of concsim have made are followed and read as before."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from concsim.control.command.summary import deadlock_sentence, notes
from concsim.model.encoding import Batch
from concsim.model.folding.history import History
from concsim.model.folding.state import State
from concsim.model.recordings.recording import Recording, contents

MADE_BEFORE = Path(__file__).parents[1] / "data" / "made_before"


@pytest.mark.parametrize(("program", "schedule", "status", "outcome"), [("race", "lost_update", 1, "finished"), ("locks", "two_locks", 3, "deadlock")])
def test_that_a_schedule_is_followed_step_by_step(program: str, schedule: str, status: int, outcome: str) -> None:
    kept = json.loads((MADE_BEFORE / f"{schedule}.schedule").read_text())
    command = ["step", str(MADE_BEFORE / f"{program}.py"), "--replay", str(MADE_BEFORE / f"{schedule}.schedule"), "--json"]
    done = subprocess.run([sys.executable, "-m", "concsim", *command], capture_output=True, text=True, timeout=100)
    assert done.returncode == status, done.stderr
    *steps, last = map(json.loads, done.stdout.splitlines())
    assert last["outcome"] == outcome and len(steps) >= len(kept["steps"]) - 1
    assert last.get("difference") is None and "differs" not in done.stderr


def folded(name: str) -> State:
    recording, state = Recording(MADE_BEFORE / name), State(History())
    for frame in recording.frames(0):
        for content in contents(frame):
            if isinstance(content, Batch):
                state.fold_batch(content)
            else:
                state.fold_record(content)
    recording.close()
    return state


def test_that_a_recording_of_the_second_format_is_read() -> None:
    state = folded("format_2.concsim")
    assert state.deadlock is not None and state.deadlock.certainty == "certain"
    waits = {(state.name_of(one.actor), state.name_of(one.waits_for)) for one in state.deadlock.stuck}
    assert waits == {("MainThread", "Ann"), ("Ann", "second"), ("Ben", "first")}
    assert state.ended is not None and state.ended.outcome == "deadlock"


def test_that_a_recording_of_the_third_format_is_read() -> None:
    state = folded("format_3.concsim")
    assert state.ended is not None and state.ended.outcome == "finished"
    assert [one.name for one in state.actors.values() if one.number] == ["MainThread", "worker 0", "worker 1"]
    words = next(one for one in state.things.values() if one.name == "words")
    assert (words.kind, words.capacity, words.put, words.got, words.depth) == ("queue", 3, 9, 9, 0)
    assert state.history is not None and "".join(one.text for one in state.history.output) == "27\n"


def test_that_a_livelock_has_kept_its_word_and_its_sentence() -> None:
    """What says who looks again and again is a remark of this name in every recording."""
    state = folded("livelock.concsim")
    assert state.spins and state.deadlock is not None
    said = deadlock_sentence(state, "en")
    assert said.startswith("Livelock: ") and "Ann" in said and "{" not in said
    assert notes(state, "en") == [], "it is said once"
