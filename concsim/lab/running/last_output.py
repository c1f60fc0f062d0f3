"""What is printed while the interpreter takes itself apart: by ``__del__`` of what a module still holds, say.

By then modules have lost their names, the lab's among them. So what writes here has all it needs in itself.
"""

from __future__ import annotations

import codecs
import json.encoder
import os
from typing import Callable

from concsim.lab.wire import originals
from concsim.lab.wire.channel import Channel
from concsim.model.encoding import FRAME, RECORD, encode_record
from concsim.model.events import OutputPrinted

_MARK = "concsim text"


def make_writer(channel: Channel, stream: str, actor: int) -> Callable[[bytes], int]:
    """What sends one thread's printed bytes over a channel on which nothing else is said any more, and waits for it."""
    os.set_blocking(channel.fd, True)
    record = encode_record(OutputPrinted(originals.monotonic_ns(), stream, _MARK, actor))[FRAME.size :]
    head, tail = record.split(json.dumps(_MARK).encode())
    pack, decode, quote, write = FRAME.pack, codecs.utf_8_decode, json.encoder.encode_basestring_ascii, originals.write
    kind, fd = RECORD, channel.fd
    rest = b""

    def late(data: bytes) -> int:
        nonlocal rest
        text, read = decode(rest + data, "replace", False)
        rest = (rest + data)[read:]
        payload = head + quote(text).encode() + tail
        try:
            frame = pack(kind, len(payload)) + payload
            while frame:
                frame = frame[write(fd, frame) :]
        except OSError:  # nobody reads
            pass
        return len(data)

    return late
