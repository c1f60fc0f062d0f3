"""The lab's end of the channel: what it thinks is queued is what is queued."""

from __future__ import annotations

import os

from concsim.lab.channel import OUTBOX_BYTES, Channel
from concsim.model.encoding import encode_batch
from concsim.model.events import Kind, pack_code


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
