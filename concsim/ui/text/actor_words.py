"""Words about actors: that of each state, in the person's language, and what they hold in their local variables."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from concsim.model.folding.history import BLOCKED, FINISHED, MIXED, NEW, READY, RUNNING, SLEEPING, WAITING
from concsim.model.folding.state import State

GLANCE = 3
"""So many local variables are read at a glance."""


def state_word(state: int) -> str:
    """A state's word; its colour and its shape come from `StateShapes`."""
    translate = QCoreApplication.translate
    words = {
        NEW: translate("ActorWords", "not started"), RUNNING: translate("ActorWords", "running"),
        WAITING: translate("ActorWords", "waiting"), SLEEPING: translate("ActorWords", "sleeping"),
        FINISHED: translate("ActorWords", "finished"), MIXED: translate("ActorWords", "changing quickly"),
        READY: translate("ActorWords", "ready"), BLOCKED: translate("ActorWords", "blocked"),
    }  # fmt: skip
    return words[state]


def locals_text(state: State, actor: int, most: int = GLANCE) -> str:
    """The local variables of an actor's innermost own function, as ``seen = 0, n = 3``; "" for none.

    Those of which only the type is known say nothing at a glance.
    """
    frame = state.frames.get(actor)
    if frame is None:
        return ""
    told = [f"{name} = {value}" for name, value in frame.values.items() if "<" not in value or value.startswith(("'", '"'))]
    return ", ".join(told[-most:])
