"""A piece of work that Ctrl-C, or a request to end, does not cut in two: it is heard when the piece is done."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

NUMBERS = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def undivided() -> Iterator[None]:
    """What is done here is short. A signal that comes meanwhile is answered afterwards, as it would have been; a second at once."""
    if threading.current_thread() is not threading.main_thread():  # no other hears of signals
        yield
        return
    came: list[tuple[int, FrameType | None]] = []
    # one that is ignored, or has its default, is left to the system
    before = {int(number): found for number in NUMBERS if callable(found := signal.getsignal(number))}

    def hear(number: int, frame: FrameType | None) -> None:
        if came:
            before[number](number, frame)
        came.append((number, frame))

    for number in before:
        signal.signal(number, hear)
    try:
        yield
    finally:
        for number, answer in before.items():
            signal.signal(number, answer)
        for number, frame in came[:1]:
            before[number](number, frame)
