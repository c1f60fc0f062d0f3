"""A program recorded line by line that runs no line any more is noticed, and one that works or sleeps by a timer is not."""

from __future__ import annotations

import threading
from types import SimpleNamespace
from typing import Any

import pytest

from concsim.lab.stepped.line_recorder import StepClock
from concsim.lab.stepped.stall_watch import PATIENCE, StallWatch


class Watched:
    """A watch over this thread, whose clocks stand where they are put."""

    def __init__(self) -> None:
        self.clock, self.said = StepClock(), []  # type: ignore[var-annotated]
        self.now = self.used = 0.0
        journal = SimpleNamespace(send=self.said.append, channel=SimpleNamespace(flush=lambda: None))
        places: Any = SimpleNamespace(own_frame=lambda frame: frame, place_of=lambda frame: 7)
        self._watch = StallWatch(self.clock, SimpleNamespace(places=places, journal=journal), threading.get_ident())  # type: ignore[arg-type]

    def look(self, seconds: float, used: float = 0.0) -> int:
        """Look when so many seconds have passed, of which so many were the processor's; how often it has been said."""
        self.now += seconds
        self.used += used
        self._watch.look(lambda: self.now, lambda: self.used)
        return len(self.said)


def test_that_it_is_said_once_after_its_patience() -> None:
    watched = Watched()
    assert [watched.look(one) for one in (1, PATIENCE - 1, 2, 100)] == [0, 0, 1, 1]
    assert (watched.said[0].code, watched.said[0].values) == ("no_line", {"line": 7})


@pytest.mark.parametrize("moves", ["steps", "used"])
def test_that_who_runs_lines_or_works_is_let_be(moves: str) -> None:
    watched = Watched()
    for _ in range(5):
        watched.clock.steps += moves == "steps"
        assert watched.look(PATIENCE - 1, used=moves == "used") == 0
    watched.look(1)
    assert watched.look(PATIENCE) == 1
