"""The word of each actor state, in the person's language."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from concsim.model.folding.history import BLOCKED, FINISHED, MIXED, NEW, READY, RUNNING, SLEEPING, WAITING


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
