"""The engine's log on its way out of the lab."""

from __future__ import annotations

from typing import Any, List

from concsim.lab.wire.channel import Channel
from concsim.model.encoding import encode_batch
from concsim.model.events import FIELDS, Record

BATCH = 4096 * FIELDS
"""So many numbers go out at once."""
ROOM = 4 << 20
"""Bytes that the channel may have waiting before the engine waits as well."""


class ChannelSink:
    """The engine's log, on its way to the channel. Nothing of it is ever dropped: the engine waits."""

    def __init__(self, channel: Channel) -> None:
        self._channel = channel
        self.waits = False
        """Whether the engine waits for its reader."""

    def _wait_for_room(self) -> None:
        self.waits = True
        self._channel.wait_for_room(ROOM)
        self.waits = False

    def rows(self, flat: List[Any]) -> None:
        """Send rows."""
        for begin in range(0, len(flat), BATCH):
            self._wait_for_room()
            self._channel.send_batch(encode_batch(flat[begin : begin + BATCH]))

    def record(self, record: Record) -> None:
        """Send a record."""
        self._wait_for_room()
        self._channel.send_record(record)
