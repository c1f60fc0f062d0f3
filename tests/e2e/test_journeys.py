"""The journeys that concsim is for, with mouse and keyboard, in the window that a double-click opens: as installed, as packaged.

What was seen is read from the recording that the window keeps of a run.
"""

from __future__ import annotations

import configparser
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from concsim.model.folding.state import State

from .desk import Desk, desktop, until

pytestmark = [
    pytest.mark.long,
    pytest.mark.timeout(1500),
    pytest.mark.skipif(not all(map(shutil.which, ("Xvfb", "xdotool", "openbox"))), reason="needs Xvfb, xdotool and openbox"),
]
ENTRY = Path(__file__).parents[2] / "resources" / "concsim.desktop"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desktop(tmp_path) as found:
        yield found


@pytest.fixture(params=["installed", "packaged"])
def command(request: pytest.FixtureRequest) -> list[str]:
    """What the desktop does at a double-click: the entry's own line, with no file."""
    entry = configparser.ConfigParser(interpolation=None, strict=False)
    entry.read(ENTRY, encoding="utf-8")
    name, *words = entry["Desktop Entry"]["Exec"].split()
    assert (name, words) == ("concsim", ["%f"])
    return [str(request.getfixturevalue("app")) if request.param == "packaged" else str(Path(sys.executable).with_name(name))]


def choose(desk: Desk, places: dict[str, tuple[int, int]], mode: str) -> None:
    """A topic's tab, a scenario of the list, Live or Step."""
    for name in ("tab", "row", mode):
        desk.click(places[name])
        desk.settle()


def lost(state: State | None) -> list[tuple[int, float]]:
    """Of each round that has ended: its threads, and how many updates are missing."""
    if state is None or state.history is None:
        return []
    rounds = [one for one in state.history.rounds if one.outcome == "finished"]
    return [(one.parameters["THREADS"], one.parameters["THREADS"] * one.parameters["ROUNDS"] - one.finals["total"]) for one in rounds]


def test_that_threads_are_slid_until_the_race_shows(desk: Desk, command: list[str]) -> None:
    places = desk.places("races.lost_update", "live")
    with desk.opened(*command):
        choose(desk, places, "live")
        desk.drag(places["slider now"], places["slider least"])
        desk.settle()
        desk.click(places["run"])
        until(lambda: any(threads == 1 and not missing for threads, missing in lost(desk.recorded())), "a round of one thread that loses nothing")
        desk.drag(places["slider least"], places["slider most"])
        until(lambda: any(threads > 1 and missing > 0 for threads, missing in lost(desk.recorded())), "a round of many threads that loses updates")


def does_next(state: State | None, id: str) -> str:
    """What an actor does when it is chosen: its operation and the object, "" while nothing is asked."""
    if state is None or state.offer is None:
        return ""
    named = {one.number: one.id for one in state.actors.values()}
    return next((f"{one.operation} {state.name_of(one.target)}" for one in state.offer.pending if named.get(one.actor) == id), "")


def press_until(desk: Desk, digit: str, id: str, does: str) -> None:
    """Press a digit, each time when the step before is taken, until the actor is about to do that."""
    while does_next(desk.recorded(), id) != does:
        state = desk.recorded()
        before = 0 if state is None else state.step
        desk.key(digit)
        until(lambda: (state := desk.recorded()) is not None and state.step > before, f"a step by {digit}")


def test_that_two_locks_are_stepped_to_the_deadlock_and_back(desk: Desk, command: list[str]) -> None:
    places = desk.places("deadlock.two_locks", "step")
    with desk.opened(*command):
        choose(desk, places, "step")
        desk.click(places["run"])
        until(lambda: does_next(desk.recorded(), "main"), "the first choice")
        press_until(desk, "0", "main", "join thread-a")
        press_until(desk, "1", "t1", "acquire lock_b")
        held = desk.recorded()
        assert held is not None
        press_until(desk, "2", "t2", "acquire lock_a")
        until(lambda: (state := desk.recorded()) is not None and state.deadlock is not None, "the deadlock")
        stuck = desk.recorded()
        assert stuck is not None and stuck.deadlock is not None and stuck.deadlock.certainty == "certain"
        for _ in range(stuck.step - held.step):
            desk.key("Left")
        desk.key("1")  # another way from there: thread-a takes the second lock as well, and both end
        until(lambda: (state := desk.recorded()) is not None and state.deadlock is None and state.step > held.step, "another way")
        gone = desk.recorded()
        assert gone is not None and [one.actor for one in (gone.taken,) if one] == [next(one.number for one in gone.actors.values() if one.id == "t1")]
    assert subprocess.run(["pgrep", "-f", str(desk.folder)], capture_output=True).returncode == 1, "nothing is left"
