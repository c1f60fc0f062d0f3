"""What the operating system says of a process is taken as far as it can be true."""

from __future__ import annotations

import pytest

from concsim.lab import os_watcher
from concsim.lab.os_watcher import Watched

MS = 1_000_000


class System:
    """What it says: a letter, time on a core and time ready without one, in milliseconds."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.one = Watched(10, 10, 1, old=False)
        monkeypatch.setattr(os_watcher, "_read", self._read)
        self.letter, self.ran, self.delayed, self.now = "S", 0, 0, 1_000

    def _read(self, path: str) -> bytes:
        if path.endswith("schedstat"):
            return f"{self.ran * MS} {self.delayed * MS} 7\n".encode()
        return (f"10 (a (b) c) {self.letter} " + "0 " * 60).encode()

    def later(self, letter: str, ran: int, delayed: int, milliseconds: int = 20) -> float:
        """Outlook again; how long it was ready without a core, in milliseconds."""
        self.letter, self.ran, self.delayed = letter, ran, delayed
        self.now += milliseconds
        assert self.one.look(self.now * MS)
        self.one.ran, self.one.delayed = self.one.new
        return self.one.new[1] / MS


@pytest.fixture
def system(monkeypatch: pytest.MonkeyPatch) -> System:
    return System(monkeypatch)


def test_that_a_sleep_is_no_delay_whatever_the_system_says(system: System) -> None:
    assert system.later("S", 5, 2) == 2
    for _ in range(10):
        assert system.later("S", 5, 2) == 2
    assert system.later("R", 6, 202) == 22, "no longer than since it was last seen to wait"
    assert system.later("R", 16, 212) == 32


def test_that_a_delay_that_is_said_at_its_end_counts_whole(system: System) -> None:
    assert system.later("R", 5, 0) == 0
    for _ in range(4):
        assert system.later("R", 5, 0) == 0
    assert system.later("R", 8, 97) == 97
