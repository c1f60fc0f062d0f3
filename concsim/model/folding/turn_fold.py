"""Who hands the thread, or a value, to whom: greenlets, generators, tasks and their hub or loop."""

from __future__ import annotations

from concsim.model.events import Kind
from concsim.model.folding.actor_fold import ActorFold, Answers
from concsim.model.folding.entities import Actor
from concsim.model.folding.history import BLOCKED, FINISHED, NEW, READY, RUNNING, SLEEPING, WAITING, Arrow, History


class TurnFold:
    """Rows about turns."""

    def __init__(self, history: History | None, cast: ActorFold) -> None:
        self._history, self._cast = history, cast

    def answers(self) -> Answers:
        """What rows about turns change."""
        return {Kind.SWITCH: self._switch, Kind.SEND: self._send, Kind.YIELD: self._yield, Kind.BLOCKED: self._blocked}

    def _hand_over(self, kind: Kind, time: int, actor: Actor, target: int, value: float, left: int) -> None:
        other, enter = self._cast.actor(target), self._cast.enter
        if actor.state != FINISHED:
            enter(time, actor, left, target if left == WAITING else 0)
        if other.state == NEW:
            other.began = time
        enter(time, other, RUNNING)
        self._draw(kind, time, actor, target, value)

    def _draw(self, kind: Kind, time: int, actor: Actor, target: int, value: float) -> None:
        if self._history is not None:
            self._history.arrows.append(Arrow(time, kind, actor.number, target, int(value)))

    def _switch(self, time: int, actor: Actor, target: int, value: float) -> None:
        other = self._cast.actor(target)
        if actor.state in (WAITING, SLEEPING, FINISHED):
            self._cast.enter(time, other, RUNNING)
            self._draw(Kind.SWITCH, time, actor, target, value)
            return
        self._hand_over(Kind.SWITCH, time, actor, target, value, WAITING if other.kind in ("hub", "loop") else READY)

    def _send(self, time: int, actor: Actor, target: int, value: float) -> None:
        self._hand_over(Kind.SEND, time, actor, target, value, WAITING)

    def _yield(self, time: int, actor: Actor, target: int, value: float) -> None:
        self._hand_over(Kind.YIELD, time, actor, target, value, READY)

    def _blocked(self, time: int, actor: Actor, target: int, value: float) -> None:
        hub = self._cast.actor(target)
        hub.blocked_by = actor.number if value else 0
        hub.kept_since = time - int(value)
        self._cast.enter(time, hub, BLOCKED if value else READY)
