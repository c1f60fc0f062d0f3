"""What a stepped program prints: a line printed is a visible operation."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

from concsim.engine.primitives.primitive import Primitive
from concsim.model.events import OutputPrinted

LONGEST_TEXT = 60


class PrintedText(io.TextIOBase):
    """``sys.stdout`` or ``sys.stderr``. Parts of a line are kept per actor until the line is whole."""

    def __init__(self, stream: str, write: Callable[[OutputPrinted], None]) -> None:
        super().__init__()
        self.stream, self._write = stream, write
        self._parts: dict[int, list[str]] = {}
        self.number, self.silent, self.in_c, self.contenders = 0, False, False, []  # type: ignore[var-annotated]

    encoding = "utf-8"  # type: ignore[assignment]
    errors = "backslashreplace"  # type: ignore[assignment]

    @property
    def name(self) -> str:
        """As the plain stream's."""
        return f"<{self.stream}>"

    @property
    def buffer(self) -> Any:
        """For programs that write bytes."""
        return _Bytes(self)

    def reconfigure(self, **how: Any) -> None:
        """Lines are whole, and any text can be shown: there is nothing to change."""

    def fileno(self) -> int:
        """The plain stream's."""
        return 1 if self.stream == "stdout" else 2

    def writable(self) -> bool:
        """It is."""
        return True

    def write(self, text: str) -> int:
        """Print a whole line at once; keep what is not one yet."""
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        if self.closed:
            raise ValueError("I/O operation on closed file.")
        if not text:
            return 0
        actor = Primitive.world.current
        parts = self._parts.setdefault(actor.number if actor is not None else 0, [])
        parts.append(text)
        if "\n" in text:
            self._print(parts)
        return len(text)

    def flush(self) -> None:
        """Print what there is of a line."""
        actor = Primitive.world.current
        parts = self._parts.get(actor.number if actor is not None else 0)
        if parts:
            self._print(parts)

    def flush_all(self) -> None:
        """At the end: print every unfinished line, nobody asked."""
        for parts in self._parts.values():
            if parts:
                self._send(0, 0, "".join(parts))
                parts.clear()

    def _print(self, parts: list[str]) -> None:
        world = Primitive.world
        text = "".join(parts)
        parts.clear()
        if world.current is None or world.ending:
            return
        world.visible("print", self, text=_shortened(repr(text.rstrip("\n"))))
        site = world.current.site
        self._send(world.current.number, site.place if site is not None else 0, text)

    def _send(self, actor: int, place: int, text: str) -> None:
        self._write(OutputPrinted(Primitive.world.time, self.stream, text, actor, place))


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST_TEXT else text[: LONGEST_TEXT - 1] + "…"


class _Bytes:
    """The binary side of a printed stream."""

    def __init__(self, stream: PrintedText) -> None:
        self._stream = stream

    def write(self, data: Any) -> int:
        self._stream.write(bytes(data).decode("utf-8", "backslashreplace"))
        return len(data)

    def flush(self) -> None:
        self._stream.flush()
