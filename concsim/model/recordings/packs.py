"""Packs: the frames of a tenth of a second or more, compressed together; a row of a recording each.

Compressed, an event takes about five bytes where its row has twenty-eight, and the short frames of a slow program cost no
row of their own. Before each frame's payload stand its time, kind and length.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from concsim.model.errors import RecordingError

HEAD = struct.Struct("<qBI")
LEVEL = 1


class Frame(NamedTuple):
    """A stored frame: its place in the log, the time of its first event, its kind and payload."""

    seq: int
    time: int
    kind: int
    payload: bytes


def raw(frames: Iterable[Frame]) -> bytes:
    """Frames one after the other."""
    return b"".join(HEAD.pack(frame.time, frame.kind, len(frame.payload)) + frame.payload for frame in frames)


def deflate(data: bytes) -> bytes:
    """Compressed, quickly rather than well: it happens while the program runs."""
    return zlib.compress(data, LEVEL)


def inflate(data: bytes, most: int) -> bytes:
    """What was compressed, if it is no more than *most* bytes. Raises `RecordingError`."""
    inflater = zlib.decompressobj()
    try:
        found = inflater.decompress(data, most)
    except zlib.error as error:
        raise RecordingError(f"what is compressed in it is damaged: {error}") from None
    if not inflater.eof:
        raise RecordingError("what is compressed in it is cut off, or larger than anything that is written")
    return found


def frames_of(first: int, data: bytes) -> Iterator[Frame]:
    """The frames of a pack's bytes; the first has the place *first*. Raises `RecordingError`."""
    at = 0
    while at < len(data):
        try:
            time, kind, length = HEAD.unpack_from(data, at)
        except struct.error:
            raise RecordingError(f"frame {first}: it is cut off") from None
        at += HEAD.size
        if at + length > len(data):
            raise RecordingError(f"frame {first}: it is cut off")
        yield Frame(first, time, kind, data[at : at + length])
        at += length
        first += 1
