"""What a stepped program prints: a line printed is a visible operation."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

from concsim.engine.actor import Actor, Untouched
from concsim.engine.primitives.primitive import Primitive
from concsim.model.events import OutputPrinted

LONGEST_TEXT = 60


class PrintedText(Untouched, io.TextIOBase):
    """``sys.stdout`` or ``sys.stderr``. All that one call prints is one operation, in however many pieces it comes."""

    def __init__(self, stream: str, write: Callable[[OutputPrinted], None]) -> None:
        super().__init__()
        self.stream, self._write = stream, write
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
        """Print it, in its place among all that is printed."""
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        if self.closed:
            raise ValueError("I/O operation on closed file.")
        world = Primitive.world
        actor = world.current
        if not text or actor is None or world.ending:
            return len(text)
        if actor.printing != (world.time, self.stream):
            world.visible("print", self)
            actor.printing, actor.printed = (world.time, self.stream), ""
        self._say(actor, text)
        return len(text)

    def _say(self, actor: Actor, text: str) -> None:
        world, before = Primitive.world, actor.printed
        actor.printed = (before + text)[:LONGEST_TEXT * 2]
        world.retell(_shown(before), _shown(actor.printed))
        place = actor.site.place if actor.site is not None else 0
        self._write(OutputPrinted(world.time, self.stream, text, actor.number, place))

    def flush(self) -> None:
        """Nothing is kept back."""


def _shown(text: str) -> str:
    return _shortened(repr(text.rstrip("\n"))) if text else ""


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
