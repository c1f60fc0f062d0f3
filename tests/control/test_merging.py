"""Frames of several processes in the order of the one clock, from the first word of the first child on."""

from __future__ import annotations

from collections import deque

import pytest

from concsim.control.door import Guest
from concsim.control.lab_process import LabProcess, Listener
from tests.conftest import Run

WORDS = 5
SPEAKS_BESIDE_ITS_CHILD = """
import multiprocessing, threading, time
def child():
    print("child")
if __name__ == "__main__":
    one = multiprocessing.get_context("fork").Process(target=child)
    one.start()
    lock, end = threading.Lock(), time.monotonic() + 0.3
    while time.monotonic() < end:
        with lock: pass
    one.join()
"""


def test_that_a_first_child_heard_late_stands_where_its_clock_says(run_source: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    take, late, heard = LabProcess._take, deque(), []

    def take_late(self: LabProcess, what: str | Guest, data: bytes, listener: Listener) -> None:
        """What the child says is heard after the parent's next words."""
        if isinstance(what, Guest) and what.is_in and len(heard) < WORDS:
            late.append((what, data))
            return
        if what == "channel" and late:
            heard.append(data)
        take(self, what, data, listener)
        while late and len(heard) >= WORDS:
            take(self, *late.popleft(), listener)

    monkeypatch.setattr(LabProcess, "_take", take_late)
    ran = run_source(SPEAKS_BESIDE_ITS_CHILD)
    assert len(heard) >= WORDS, "the parent was not heard before its child"
    times = [row[0] for row in ran.rows]
    assert times == sorted(times)
