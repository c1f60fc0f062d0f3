"""How often what is shown may change while a run is on."""

from __future__ import annotations

import pytest

from concsim.bridge import pace
from concsim.bridge.pace import LONGEST, MOST, Pace


class Clocks:
    """The time of the wall and of the thread, moved by the test."""

    def __init__(self) -> None:
        self.wall = self.used = 100.0

    def perf_counter(self) -> float:
        return self.wall

    def thread_time(self) -> float:
        return self.used

    def work(self, seconds: float) -> None:
        self.wall += seconds
        self.used += seconds

    def rest(self, seconds: float) -> None:
        self.wall += seconds


@pytest.fixture
def clocks(monkeypatch: pytest.MonkeyPatch) -> Clocks:
    made = Clocks()
    monkeypatch.setattr(pace, "time", made)
    return made


def test_that_showing_takes_its_share_and_no_more(clocks: Clocks) -> None:
    paced = Pace(0.25)
    paced.showing()
    clocks.work(0.01)
    assert not paced.is_due()
    clocks.rest(0.029)
    assert not paced.is_due()
    clocks.rest(0.0011)
    assert paced.is_due()


def test_that_what_costs_nothing_is_shown_at_once(clocks: Clocks) -> None:
    paced = Pace(0.25)
    paced.showing()
    assert paced.is_due()


def test_that_the_dearest_change_is_followed_by_the_next(clocks: Clocks) -> None:
    paced = Pace(0.01)
    paced.showing()
    clocks.work(0.02)
    clocks.rest(LONGEST - 0.021)
    assert not paced.is_due()
    clocks.rest(0.0011)
    assert paced.is_due()


@pytest.mark.parametrize(("cores", "expected"), [(1, 0.15), (2, 0.3), (4, 0.6), (64, MOST)])
def test_that_the_fewer_cores_there_are_the_less_is_taken(monkeypatch: pytest.MonkeyPatch, cores: int, expected: float) -> None:
    monkeypatch.setattr(pace.os, "sched_getaffinity", lambda pid: set(range(cores)), raising=False)
    assert pace.share() == pytest.approx(expected)
