"""The lab's commands: orders, a line each."""

from __future__ import annotations

import select
from typing import Callable, Optional

from concsim.lab.wire import originals
from concsim.lab.wire.own_descriptors import take
from concsim.model.orders import Order, decode_order


class Commands:
    """Reads commands from the pipe *fd*."""

    def __init__(self, fd: int) -> None:
        self.fd = take(fd)
        self._rest = b""

    def next(
        self, wake: Optional[int] = None, look: Optional[Callable[[], None]] = None, period: Optional[float] = None
    ) -> Optional[Order]:
        """The next order; None at end-of-file, or when *wake* has something to read. Meanwhile *look* is called every *period* seconds."""
        while b"\n" not in self._rest:
            if wake is not None:
                ready, _, _ = select.select([self.fd, wake], [], [], period)
                if wake in ready:
                    return None
                if not ready and look is not None:
                    look()
                if self.fd not in ready:
                    continue
            data = originals.read(self.fd, 65536)
            if not data:
                return None
            self._rest += data
        line, self._rest = self._rest.split(b"\n", 1)
        return decode_order(line)

    @property
    def has_more(self) -> bool:
        """Whether a whole command was read and not taken yet."""
        return b"\n" in self._rest
