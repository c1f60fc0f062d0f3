"""Virtual ``threading.Barrier``."""

from __future__ import annotations

import threading as real_threading
from collections.abc import Callable
from typing import Any

from concsim.engine.actor import Actor
from concsim.engine.primitives.primitive import Primitive
from concsim.model.events import Kind

BrokenBarrierError = real_threading.BrokenBarrierError


class _Meeting:
    """One filling of the barrier: who is there, and how it ended."""

    def __init__(self) -> None:
        self.there: list[Actor] = []
        self.open = self.broken = False


class Barrier(Primitive):
    """Arriving is one operation; for all but the last, going on is another."""

    def __init__(self, parties: int, action: Callable[[], Any] | None = None, timeout: float | None = None) -> None:
        if parties < 1:
            raise ValueError("parties must be > 0")
        self._parties, self._action, self._timeout = parties, action, timeout
        self._meeting = _Meeting()
        self._leaving: list[_Meeting] = []
        self._broken = False
        self.declare("barrier", parties)

    def wait(self, timeout: float | None = None) -> int:
        """As ``threading.Barrier.wait``."""
        timeout = self._timeout if timeout is None else timeout
        world = self.world
        world.visible("wait", self, lambda actor: self._broken or not self._leaving, timeout)
        if self._broken:
            raise BrokenBarrierError
        meeting, actor = self._meeting, world.current
        meeting.there.append(actor)
        index = len(meeting.there) - 1
        try:
            if index + 1 == self._parties:
                self._open(meeting)
            else:
                self._await(meeting, timeout)
            return index
        finally:
            self._leave(meeting, actor)

    def _open(self, meeting: _Meeting) -> None:
        # from now on nobody joins: who comes while the action runs waits for the next meeting
        self._leaving.append(meeting)
        self._meeting = _Meeting()
        try:
            if self._action is not None:
                self._action()
        except BaseException:
            self._leaving.remove(meeting)
            self._break(meeting)
            raise
        meeting.open = True
        self.note(Kind.SET, 1)
        self.changed()

    def _await(self, meeting: _Meeting, timeout: float | None) -> None:
        self.world.visible("wait", self, lambda actor: meeting.open or meeting.broken, timeout, text="opens")
        if meeting.broken:
            raise BrokenBarrierError
        if not meeting.open:
            self._break(meeting)
            raise BrokenBarrierError

    def _leave(self, meeting: _Meeting, actor: Actor) -> None:
        meeting.there.remove(actor)
        if meeting in self._leaving and not meeting.there:
            self._leaving.remove(meeting)
            self.changed()

    def _break(self, meeting: _Meeting) -> None:
        meeting.broken = self._broken = True
        self.note(Kind.SET, -1)
        self.changed()

    def reset(self) -> None:
        """As ``threading.Barrier.reset``: whoever waits gets a `BrokenBarrierError`."""
        self.world.visible("reset", self)
        old, self._meeting, self._broken = self._meeting, _Meeting(), False
        if old.there:
            old.broken = True
        self.note(Kind.SET, 0)
        self.changed()

    def abort(self) -> None:
        """As ``threading.Barrier.abort``."""
        self.world.visible("abort", self)
        self._break(self._meeting)

    @property
    def parties(self) -> int:
        """How many must arrive."""
        return self._parties

    @property
    def n_waiting(self) -> int:
        """How many have arrived and wait."""
        self.world.visible("read", self)
        return 0 if self._meeting.open else len(self._meeting.there)

    @property
    def broken(self) -> bool:
        """Whether it is broken."""
        self.world.visible("read", self)
        return self._broken

    def __repr__(self) -> str:
        name = f"{type(self).__module__}.{type(self).__qualname__}"
        if self._broken:
            return f"<{name} at {id(self):#x}: broken>"
        return f"<{name} at {id(self):#x}: waiters={len(self._meeting.there)}/{self._parties}>"


Barrier.__module__ = "threading"
