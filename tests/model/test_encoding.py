"""What is encoded comes back as it was, however the bytes arrive."""

from __future__ import annotations

from itertools import accumulate
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from concsim.model.encoding import (
    BATCH,
    FRAME,
    RECORD,
    DamagedFrameError,
    FrameReader,
    decode_batch,
    decode_record,
    encode_batch,
    encode_columns,
    encode_record,
    join,
    parts,
)
from concsim.model.events import RECORDS, pack_code
from tests.model.strategies import flat_rows, records_of

PAYLOAD = FRAME.size


def same(rows: Any) -> Any:
    """Rows that can be compared: NaN as well."""
    return [tuple(map(repr, one)) for one in rows]


@pytest.mark.parametrize("name", RECORDS)
@given(data=st.data())
@settings(max_examples=30)
def test_that_a_record_comes_back_as_it_was(name: str, data: st.DataObject) -> None:
    record = data.draw(records_of(RECORDS[name]))
    assert decode_record(encode_record(record)[PAYLOAD:]) == record


@given(flat_rows())
def test_that_rows_come_back_as_they_were(flat: list[Any]) -> None:
    told = decode_batch(encode_batch(flat)[PAYLOAD:]).rows()
    again = [(time, actor, pack_code(kind, target), place, value) for time, actor, kind, target, place, value in told]
    assert same(again) == same(zip(*[iter(flat)] * 5, strict=True))


@given(flat_rows(), st.randoms(use_true_random=False))
def test_that_times_do_not_run_backwards_and_the_order_stays(flat: list[Any], random: Any) -> None:
    rows = [flat[at : at + 5] for at in range(0, len(flat), 5)]
    random.shuffle(rows)
    made = decode_batch(encode_batch([one for row in rows for one in row])[PAYLOAD:])
    assert list(made.times) == list(accumulate((row[0] for row in rows), max))
    assert list(made.codes) == [row[2] for row in rows]


@given(flat_rows(), st.integers(1, 13))
def test_that_a_batch_in_parts_and_joined_again_is_the_same(flat: list[Any], size: int) -> None:
    payload = encode_batch(flat)[PAYLOAD:]
    cut = list(parts(decode_batch(payload), size))
    assert all(0 < len(one.times) <= size for one in cut)
    assert encode_columns(join(cut)) == payload


FRAMES = st.sampled_from(sorted(RECORDS)).flatmap(lambda name: records_of(RECORDS[name])).map(encode_record) | flat_rows().map(encode_batch)


@given(st.lists(FRAMES, max_size=5), st.data())
def test_that_frames_are_cut_however_the_bytes_arrive(frames: list[bytes], data: st.DataObject) -> None:
    stream = b"".join(frames)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(stream)), max_size=12)))
    reader, found = FrameReader(), list[Any]()
    for start, end in zip([0, *cuts], [*cuts, len(stream)], strict=True):
        found += reader.feed(stream[start:end])
        whole = [one for one, until in zip(frames, accumulate(map(len, frames)), strict=True) if until <= end]
        assert len(found) == len(whole), "a frame is there once its last byte is"
    assert [FRAME.pack(kind, len(payload)) + payload for kind, payload in found] == frames


@given(st.lists(FRAMES, max_size=3), st.integers(0, 255).filter(lambda kind: kind not in (BATCH, RECORD)))
def test_that_what_is_no_frame_is_noticed_after_those_that_are(frames: list[bytes], kind: int) -> None:
    reader = FrameReader()
    assert len(reader.feed(b"".join(frames))) == len(frames)
    with pytest.raises(DamagedFrameError, match=f"type {kind}"):
        reader.feed(FRAME.pack(kind, 0))
