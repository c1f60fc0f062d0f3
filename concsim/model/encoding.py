"""Frames: how events travel from a lab and lie in a recording.

A frame is one byte of type, four bytes of length, and the payload. A *batch* holds rows as five little-endian columns
after a header of count and first time: times (nanoseconds, 64 bits), actors, codes (kind and target) and places (32
bits each), values (64-bit floats). A *record* is one JSON object with its class's name under ``is``. Nothing is pickled.
"""

from __future__ import annotations

import dataclasses
import json
import struct
import sys
from array import array
from itertools import accumulate
from typing import Any, Iterator, List, NamedTuple, Sequence, Tuple

from concsim.model.events import FIELDS, KIND_BITS, KIND_MASK, RECORDS, Pending, Record, Row, Stuck

BATCH = 1
RECORD = 2
FRAME = struct.Struct("<BI")
HEADER = struct.Struct("<Iq")
ROW_WIDTH = 28
LARGEST = 1 << 28


class DamagedFrameError(ValueError):
    """A frame that is not of this format; the message says what is wrong."""


class Batch(NamedTuple):
    """Rows in columns; `times` never run backwards."""

    times: Sequence[int]
    actors: Sequence[int]
    codes: Sequence[int]
    places: Sequence[int]
    values: Sequence[float]

    def rows(self) -> Iterator[Row]:
        """The rows one by one."""
        for time, actor, code, place, value in zip(self.times, self.actors, self.codes, self.places, self.values):
            yield time, actor, code & KIND_MASK, code >> KIND_BITS, place, value


def _column(kind: str, values: Sequence[Any]) -> bytes:
    column = array(kind, values)
    if sys.byteorder == "big":
        column.byteswap()
    return column.tobytes()


def frame(kind: int, payload: bytes) -> bytes:
    """A payload with its type and length before it."""
    return FRAME.pack(kind, len(payload)) + payload


def encode_batch(flat: List[Any]) -> bytes:
    """The frame of rows given flat as time, actor, code, place, value, time, actor, …

    Times that run backwards (two threads noting at once) are moved up to the one before, as the order of the rows is
    the order of the events.
    """
    times = flat[0::FIELDS]
    if times != sorted(times):
        times = list(accumulate(times, max))
    parts = [
        HEADER.pack(len(times), times[0]),
        _column("q", times),
        _column("I", flat[1::FIELDS]),
        _column("I", flat[2::FIELDS]),
        _column("I", flat[3::FIELDS]),
        _column("d", flat[4::FIELDS]),
    ]
    return frame(BATCH, b"".join(parts))


def encode_columns(batch: Batch) -> bytes:
    """The payload of rows that are in columns already."""
    parts = [HEADER.pack(len(batch.times), batch.times[0])]
    parts += [_column(kind, column) for kind, column in zip("qIIId", batch)]
    return b"".join(parts)


def decode_batch(payload: bytes) -> Batch:
    """The batch of a payload. Raises `DamagedFrameError`."""
    if len(payload) < HEADER.size:
        raise DamagedFrameError("a batch shorter than its header")
    count, _ = HEADER.unpack_from(payload)
    if not count:
        raise DamagedFrameError("a batch without rows")
    if len(payload) != HEADER.size + count * ROW_WIDTH:
        raise DamagedFrameError(f"a batch of {count} rows with {len(payload)} bytes")
    columns = []
    start = HEADER.size
    for kind, width in (("q", 8), ("I", 4), ("I", 4), ("I", 4), ("d", 8)):
        column = array(kind)
        column.frombytes(payload[start : start + count * width])
        if sys.byteorder == "big":
            column.byteswap()
        columns.append(column)
        start += count * width
    return Batch(*columns)


def join(batches: Sequence[Batch]) -> Batch:
    """Several batches, one after the other, as one."""
    if len(batches) == 1:
        return batches[0]
    columns = [array(kind) for kind in "qIIId"]
    for batch in batches:
        for column, part in zip(columns, batch):
            column.extend(part)  # type: ignore[arg-type]
    return Batch(*columns)


def parts(batch: Batch, rows: int) -> Iterator[Batch]:
    """The batch in parts of so many rows."""
    if len(batch.times) <= rows:
        yield batch
        return
    for first in range(0, len(batch.times), rows):
        yield Batch(*(column[first : first + rows] for column in batch))  # type: ignore[arg-type]


def encode_record(record: Record) -> bytes:
    """The frame of a record."""
    fields = dataclasses.asdict(record)
    fields["is"] = type(record).__name__
    return frame(RECORD, json.dumps(fields, ensure_ascii=False).encode("utf-8", "surrogatepass"))


def decode_record(payload: bytes) -> Record:
    """The record of a payload. Raises `DamagedFrameError`."""
    try:
        fields = json.loads(payload.decode("utf-8", "surrogatepass"))
        cls = RECORDS[fields.pop("is")]
        if "stuck" in fields:
            fields["stuck"] = tuple(Stuck(**one) for one in fields["stuck"])
        if "pending" in fields:
            fields["pending"] = tuple(Pending(**one) for one in fields["pending"])
        for name in ("reaches", "numbers", "first_failure", "unseen"):
            if name in fields:
                fields[name] = tuple(fields[name])
        record: Record = cls(**fields)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise DamagedFrameError(f"not a record: {error}") from None
    return record


class FrameReader:
    """Cuts a stream of bytes into frames, however the bytes arrive."""

    def __init__(self) -> None:
        self._rest = bytearray()

    def feed(self, data: bytes) -> List[Tuple[int, bytes]]:
        """The frames completed by *data*, as (type, payload). Raises `DamagedFrameError`."""
        rest = self._rest
        rest += data
        frames = []
        start = 0
        while len(rest) - start >= FRAME.size:
            kind, length = FRAME.unpack_from(rest, start)
            if kind not in (BATCH, RECORD) or length > LARGEST:
                raise DamagedFrameError(f"no frame begins with type {kind} and length {length}")
            end = start + FRAME.size + length
            if end > len(rest):
                break
            frames.append((kind, bytes(rest[start + FRAME.size : end])))
            start = end
        del rest[:start]
        return frames
