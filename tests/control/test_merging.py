"""Frames of several processes in the order of the one clock, from the first word of the first child on."""

from __future__ import annotations

import time
from collections import deque

import pytest

from concsim.control.labs.door import Guest
from concsim.control.labs.lab_process import LabProcess, Listener
from concsim.control.sessions import merging
from concsim.control.sessions.merging import HELD, LONGEST_HELD, Merger, Piece
from concsim.model.encoding import BATCH, RECORD, Batch, FrameReader, decode_batch, encode_columns, encode_record
from concsim.model.events import Remark
from tests.conftest import Run

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
LONGER_THAN_THE_RUN = 60_000_000_000


def rows(*times: int, actor: int = 1) -> Piece:
    """A batch with a row at each of these times."""
    count = len(times)
    batch = Batch(list(times), [actor] * count, [0] * count, [0] * count, [0.0] * count)
    return Piece(BATCH, encode_columns(batch), batch)


def remark(time: int) -> Piece:
    record = Remark(time, "said")
    return Piece(RECORD, encode_record(record)[5:], record)


def given(merger: Merger, until: int | None = None) -> list[list[int] | int]:
    """The times of what is given out: a list for a batch, a number for a record. Each is what its payload holds."""
    found: list[list[int] | int] = []
    for piece in merger.take(until):
        if isinstance(piece.content, Batch):
            assert list(decode_batch(piece.payload).times) == list(piece.content.times)
            found.append(list(piece.content.times))
        else:
            found.append(piece.content.time)
    return found


def test_that_rows_of_two_processes_are_one_batch_in_order_and_records_stay_between_them() -> None:
    merger = Merger()
    for source, piece in ((0, rows(1, 4, 9)), (7, rows(2, 3, 10, actor=2)), (0, remark(5)), (0, rows(11))):
        merger.add(source, piece)
    assert given(merger) == [[1, 2, 3, 4], 5, [9, 10, 11]]


def test_that_nothing_later_than_asked_for_is_given_out_and_nothing_is_lost() -> None:
    merger = Merger()
    merger.add(0, rows(1, 4, 9))
    merger.add(7, rows(2, 3, 10, actor=2))
    assert given(merger, 4) == [[1, 2, 3, 4]]
    assert given(merger, 8) == []
    assert given(merger) == [[9, 10]]


def test_that_what_comes_late_is_given_out_all_the_same_and_more_patience_is_had_from_then_on() -> None:
    merger = Merger()
    merger.add(0, rows(1_000_000_000))
    assert given(merger, 1_000_000_000) == [[1_000_000_000]]
    assert merger.held == HELD
    merger.add(7, rows(900_000_000))
    assert merger.held == HELD + 200_000_000
    assert given(merger, 1_000_000_001) == [[900_000_000]]
    merger.add(7, rows(5))
    assert merger.held == LONGEST_HELD


def test_that_a_first_child_heard_late_stands_where_its_clock_says(run_source: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    take, reader = LabProcess._take, FrameReader()
    late: deque[tuple[Guest, bytes]] = deque()
    spoke: list[int] = []
    overtaken: list[bool] = []

    def take_late(self: LabProcess, what: str | Guest, data: bytes, listener: Listener) -> None:
        """What the child says is heard after something that its parent did later."""
        if isinstance(what, Guest) and what.is_in and not overtaken:
            spoke.append(time.monotonic_ns())
            late.append((what, data))
            return
        take(self, what, data, listener)
        if what == "channel":
            batches = [decode_batch(payload) for kind, payload in reader.feed(data) if kind == BATCH]
            if spoke and any(batch.times[-1] > spoke[0] for batch in batches):
                overtaken.append(True)
        while late and overtaken:
            take(self, *late.popleft(), listener)

    monkeypatch.setattr(LabProcess, "_take", take_late)
    monkeypatch.setattr(merging, "HELD", LONGER_THAN_THE_RUN)
    ran = run_source(SPEAKS_BESIDE_ITS_CHILD)
    assert overtaken, "the parent was not heard before its child"
    times = [row[0] for row in ran.rows]
    assert times == sorted(times)
