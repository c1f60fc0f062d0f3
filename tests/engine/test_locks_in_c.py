"""What holds a lock in C while it calls the program: it excludes no virtual thread, and is refused with its line."""

from __future__ import annotations

import pytest

from concsim.engine.schedulers.round_robin import RoundRobin
from tests.engine.exploring import execute

RAW = """
import io, threading
class Raw(io.RawIOBase):
    n = 0
    def readable(self): return True
    def writable(self): return True
    def seekable(self): return True
    def seek(self, offset, whence=0): return 0
    def readinto(self, into): return 0
    def write(self, data):
        self.n += 1
        return len(data)
class Own(io.BufferedWriter):
    def __init__(self): super().__init__(Raw(), 4)
class Bare(io.BufferedWriter): pass
raw = Raw()
"""
USE = """
def work(): out.write(b"a" * 6)
threads = [threading.Thread(target=work) for _ in range(2)]
for one in threads: one.start()
for one in threads: one.join()
"""


@pytest.mark.parametrize(
    ("made", "line"),
    [
        ("io.BufferedWriter(raw, 4)", 17), ("io.BufferedWriter(raw=raw)", 17), ("io.BufferedRandom(raw)", 17), ("io.BufferedRWPair(raw, raw)", 17),
        ("Bare(raw)", 17), ("Own()", 14), ("io.TextIOWrapper(io.BufferedWriter(raw))", 17), ("(lambda make: make(raw))(io.BufferedWriter)", 17),
    ],
)  # fmt: skip
def test_that_a_buffer_over_a_stream_of_the_program_s_own_is_refused(made: str, line: int) -> None:
    """A second thread found the first at work inside, and was told of a reentrant call, where a real one waits."""
    ended = execute(RAW + f"out = {made}\n" + USE, RoundRobin()).ended
    assert ended.halt is not None
    assert (ended.outcome, ended.halt.values["what"], ended.halt.values["line"]) == ("not_controlled", "a buffer of io over Raw", line)


@pytest.mark.parametrize("made", ["io.BytesIO()", "io.BufferedWriter(io.BytesIO())", "raw"])
def test_that_other_streams_are_not(made: str) -> None:
    assert execute(RAW + f"out = {made}\n" + USE, RoundRobin()).ended.outcome == "finished"
