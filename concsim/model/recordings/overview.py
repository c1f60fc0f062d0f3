"""A history as bytes and back: what a recording opened again shows at once, before anything of it is folded.

A head of JSON, its length before it, and the columns one after the other as little-endian arrays. Nothing in it is
trusted when it is read.
"""

from __future__ import annotations

import dataclasses
import json
import struct
import sys
from array import array
from collections.abc import Iterable
from typing import Any

from concsim.model.events import OutputPrinted, RoundStarted
from concsim.model.files.json_size import check_holders
from concsim.model.folding.crowds import STATES, Crowd, Crowds
from concsim.model.folding.history import STATE_BITS, Arrow, History, RoundSummary, Series, Track
from concsim.model.kinds import MOST_CORES, OS_STATES
from concsim.model.pieces import Pieces, json_object, listed, whole
from concsim.model.recordings.checked_record import check_fields

_LENGTH = struct.Struct("<I")
_TRACKS = ("lanes", "holding", "tasks", "cores", "os_states")
_LATEST = 1 << 62
MOST_HOLDERS = 1_500_000
"""A list for each actor in each kind of track."""
_MOST = {"cores": MOST_CORES, "os_states": len(OS_STATES)}
_WIDTH = {"q": 8, "Q": 8, "d": 8, "I": 4}


class _Columns:
    """The columns of an overview, in the order in which they are put or taken."""

    def __init__(self, data: bytes = b"") -> None:
        self.data, self._at = data, 0
        self.parts: list[bytes] = []

    def put(self, column: array[Any]) -> int:
        if sys.byteorder == "big":
            column = column[:]
            column.byteswap()
        self.parts.append(column.tobytes())
        return len(column)

    def take(self, kind: str, count: Any) -> array[Any]:
        column = array(kind)
        size = count * _WIDTH[kind]
        if type(count) is not int or not 0 <= size <= len(self.data) - self._at:
            raise ValueError("a column is cut off")
        column.frombytes(self.data[self._at : self._at + size])
        self._at += size
        if sys.byteorder == "big":
            column.byteswap()
        return column

    def take_times(self, count: Any) -> array[int]:
        times = self.take("q", count)
        if times and (times[0] < 0 or times[-1] > _LATEST or any(map(int.__gt__, times, times[1:]))):
            raise ValueError("times run backwards")
        return times


def to_bytes(history: History) -> bytes:
    """The history as bytes. What a stepped run adds to it is not among them."""
    return whole(in_pieces(history))


def in_pieces(history: History) -> Pieces[bytes]:
    """`to_bytes`, a piece at a time."""
    columns = _Columns()
    # the columns stand in the order of the head
    head: dict[str, Any] = {}
    for name in _TRACKS:
        tracks = getattr(history, name)
        head[name] = yield from listed([number, _put_track(columns, track)] for number, track in tracks.items())
    head["series"] = yield from listed([name, _put_track(columns, series)] for name, series in history.all_series.items())
    crowds = history.crowds
    head["crowds"] = [[*key, crowd.now, crowd.grain, _put_crowd(columns, crowd)] for key, crowd in crowds.by_key.items()]
    lists = {name: head.pop(name) for name in _TRACKS}
    lists["crowd_of"] = ([actor, *key] for actor, key in crowds.key_of.items())
    lists["arrows"] = history.arrows
    lists["output"] = ([one.time, one.stream, one.text] for one in history.output)
    head["rounds"] = [dataclasses.asdict(one) for one in history.rounds]
    head["dropped"], head["grain"], head["room"] = history.output_dropped, history.grain, history.room
    text = (yield from json_object(lists, head)).encode()
    yield
    return b"".join([_LENGTH.pack(len(text)), text, *columns.parts])


def _put_track(columns: _Columns, track: Track | Series) -> int:
    columns.put(track.times)
    return columns.put(track.values)


def _put_crowd(columns: _Columns, crowd: Crowd) -> int:
    columns.put(crowd.counts)
    return columns.put(crowd.times)


def from_bytes(data: bytes) -> History:
    """The history of `to_bytes`. Raises one of `DAMAGE` for what is none."""
    if len(data) < _LENGTH.size:
        raise ValueError("it is cut off")
    (length,) = _LENGTH.unpack_from(data)
    text = data[_LENGTH.size : _LENGTH.size + length]
    check_holders(text, MOST_HOLDERS)
    head = json.loads(text)
    columns = _Columns(data[_LENGTH.size + length :])
    history = History()
    for name in _TRACKS:
        setattr(history, name, {_count(number): _take_track(columns, count, name) for number, count in head[name]})
    for name, count in head["series"]:
        series = history.all_series[_name(name)] = Series()
        series.times, series.values = columns.take_times(count), columns.take("d", count)
    history.crowds = _take_crowds(columns, head["crowds"], head["crowd_of"])
    history.arrows.extend(Arrow(*map(_count, one)) for one in head["arrows"])
    history.rounds = [_round(one) for one in head["rounds"]]
    for time, stream, text in head["output"]:
        printed = OutputPrinted(time, stream, text)
        check_fields(printed)
        history.printed(printed)
    history.output_dropped += _count(head["dropped"])
    history.grain, history.room = _count(head["grain"]), _count(head["room"])
    return history


def _count(value: Any) -> int:
    if type(value) is not int or not 0 <= value < _LATEST:
        raise ValueError(f"{value!r:.40} is no count")
    return value


def _name(value: Any) -> str:
    if type(value) is not str:
        raise ValueError("a name is no text")
    return value


def _take_track(columns: _Columns, count: Any, name: str) -> Track:
    track = Track()
    track.times, track.values = columns.take_times(count), columns.take("Q", count)
    if name == "lanes" and any(value & ((1 << STATE_BITS) - 1) >= STATES for value in track.values):
        raise ValueError("a lane has a state that there is not")
    if name in _MOST and max(track.values, default=0) > _MOST[name]:
        raise ValueError(f"there is no such thing among the {name}")
    return track


def _take_crowds(columns: _Columns, rows: Any, key_of: Iterable[Any]) -> Crowds:
    crowds = Crowds()
    for kind, process, now, grain, count in rows:
        crowd = crowds.by_key[_name(kind), _count(process)] = Crowd()
        crowd.counts, crowd.times = columns.take("I", count * STATES), columns.take_times(count)
        crowd.now, crowd.grain = [_count(one) for one in now], max(_count(grain), 1)
        if len(crowd.now) != STATES:
            raise ValueError("a crowd is counted by other states")
    crowds.key_of = {_count(actor): (_name(kind), _count(process)) for actor, kind, process in key_of}
    if not set(crowds.key_of.values()) <= set(crowds.by_key):
        raise ValueError("an actor belongs to a crowd that there is not")
    return crowds


def _round(values: dict[str, Any]) -> RoundSummary:
    check_fields(RoundStarted(values["began"], values["number"], values["parameters"]))
    finals = {_name(name): one for name, one in values["finals"].items() if one is None or type(one) in (int, float)}
    return RoundSummary(
        values["number"], values["began"], values["parameters"], _count(values["ended"]), _name(values["outcome"]), finals
    )
