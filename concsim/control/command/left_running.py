"""Says once that a run goes on only for what its program has left behind: plain Python would have come back."""

from __future__ import annotations

import sys
import time

from concsim.model.folding.state import State
from concsim.model.words.phrases import Message, say, shorten, user_language

PATIENCE = 2.0
"""Seconds: most of what is left ends by itself in no time."""


class LeftRunning:
    """Looks now and then at a run under way."""

    def __init__(self) -> None:
        self._since: float | None = None
        self._said = False

    def look(self, state: State) -> None:
        """Say it, if the program's first process has been over for a while and others are not."""
        left = self._left(state)
        if not left or self._said:
            self._since = None
            return
        self._since = self._since or time.monotonic()
        if time.monotonic() - self._since > PATIENCE:
            self._said = True
            values = {"count": len(left), "names": shorten(", ".join(left))}
            print(f"concsim: {say(Message('left_running', values), user_language())}", file=sys.stderr, flush=True)

    @staticmethod
    def _left(state: State) -> list[str]:
        known = [(one, state.actors[one.number]) for one in state.processes.values() if one.number in state.actors]
        if not any(one.ended for one, actor in known if actor.kind == "main"):
            return []
        return [f"{one.command or actor.name} (pid {one.pid})" for one, actor in known if not one.ended]
