"""How a process of the run that is not the lab's own gets a channel of its own: it knocks at control's door.

The door is a Unix socket's address. Whoever comes says who it is in a line of JSON, and hears the first of its block of
numbers; from then on the connection is its channel. One killed in mid-write harms no other.
"""

from __future__ import annotations

import _socket  # the plain one, whatever the program has made of ``socket``
import json
import os
from typing import Any, Dict, NamedTuple, Optional

PATIENCE = 5.0


class Joined(NamedTuple):
    """A channel's descriptor and the first of the numbers."""

    fd: int
    first: int


def knock(address: str, words: Dict[str, Any]) -> Optional[Joined]:
    """Connect to the door; None if nobody opens."""
    line = _socket.socket(_socket.AF_UNIX, _socket.SOCK_STREAM)
    try:
        line.settimeout(PATIENCE)
        line.connect("\0" + address)
        line.send(json.dumps({"pid": os.getpid(), **words}).encode() + b"\n")
        answer = b""
        while not answer.endswith(b"\n"):
            part = line.recv(256)
            if not part:
                return None
            answer += part
        first = json.loads(answer)["first"]
        return Joined(line.detach(), first) if first else None
    except (OSError, ValueError, KeyError):
        return None
    finally:
        line.close()


def more_numbers(address: str) -> int:
    """The first of a further block of numbers, 0 for none."""
    joined = knock(address, {"wants": "numbers"})
    if joined is None:
        return 0
    os.close(joined.fd)
    return joined.first
