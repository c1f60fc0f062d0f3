"""The lab's end of the channel: what it thinks is queued is what is queued."""

from __future__ import annotations

import os
import threading

import pytest

from concsim.lab.wire import originals
from concsim.lab.wire.channel import OUTBOX_BYTES, Channel
from concsim.lab.wire.journal import Journal
from concsim.model.encoding import encode_batch
from concsim.model.events import FIELDS, Kind, pack_code


def test_that_a_sum_that_was_lost_between_threads_is_put_right_when_nothing_is_queued() -> None:
    reading, writing = os.pipe()
    channel = Channel(writing)
    batch = encode_batch([1, 1, pack_code(Kind.BEGIN, 0), 0, 0])
    channel._size = OUTBOX_BYTES + 1
    channel.flush()
    channel.send_batch(batch)
    channel.wait_for_room(0)
    assert os.read(reading, 1 << 16) == batch, "it is sent, not counted"
    channel.abandon()
    os.close(reading)


def test_that_whoever_writes_comes_back_though_others_go_on_adding(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three threads that print without pause kept the main thread, which wrote for them, from ever ending."""
    reading, writing = os.pipe()
    channel = Channel(writing)
    written: list[bytes] = []

    def write(fd: int, data: bytes) -> int:
        written.append(data)
        assert len(written) < 100, "it writes on and on for others"
        channel._put(b"another")
        return len(data)

    monkeypatch.setattr(originals, "write", write)
    channel._put(b"one")
    channel._put(b"two")
    assert channel.flush() is False, "there is more, and it is left"
    assert written[:2] == [b"one", b"two"]
    monkeypatch.undo()
    channel.drain(5.0)
    assert os.read(reading, 1 << 16) == b"another" * 2
    channel.abandon()
    os.close(reading)


def test_that_whoever_sends_rows_comes_back_though_others_go_on_noting() -> None:
    reading, writing = os.pipe()
    channel = Channel(writing)
    journal = Journal(channel)
    sent: list[bytes] = []

    def send(frame: bytes) -> None:
        sent.append(frame)
        assert len(sent) < 100, "it sends on and on for others"
        journal.note_of(1, Kind.LINE)

    channel.send_batch = send  # type: ignore[method-assign]
    journal.note_of(1, Kind.BEGIN)
    journal.flush()
    assert len(sent) == 1 and len(journal.rows) == FIELDS
    channel.abandon()
    os.close(reading)


def test_that_what_a_process_has_seen_goes_out_before_its_result_though_another_thread_is_sending(monkeypatch: pytest.MonkeyPatch) -> None:
    """A pool's worker is ended as soon as its last result is there: the task of that result was lost with it."""
    reading, writing = os.pipe()
    channel = Channel(writing)
    journal = Journal(channel)
    under_way, go_on = threading.Event(), threading.Event()
    send = channel.send_batch

    def send_slowly(frame: bytes) -> None:
        under_way.set()
        assert go_on.wait(10)
        send(frame)

    channel.send_batch = send_slowly  # type: ignore[method-assign]
    journal.rows.extend((1, 1, pack_code(Kind.BEGIN, 0), 0, 0))
    sampler = threading.Thread(target=journal.flush)
    sampler.start()
    assert under_way.wait(10)
    journal.rows.extend((2, 1, pack_code(Kind.TASK, 7), 0, 1))
    monkeypatch.setattr("concsim.lab.wire.journal.PATIENCE", 60)
    threading.Timer(0.02, go_on.set).start()
    journal.send_out()
    assert journal.rows == []
    told = os.read(reading, 1 << 16)
    assert told == encode_batch([1, 1, pack_code(Kind.BEGIN, 0), 0, 0]) + encode_batch([2, 1, pack_code(Kind.TASK, 7), 0, 1])
    sampler.join()
    channel.abandon()
    os.close(reading)
