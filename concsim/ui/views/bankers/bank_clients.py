"""The threads behind a bank's clients: they have the clients' names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from concsim.model.folding.entities import Actor
from concsim.ui.text.actor_words import state_word
from concsim.ui.views.bankers.bank_state import Bank

if TYPE_CHECKING:
    from concsim.model.folding.state import State


def clients_of(state: State, bank: Bank) -> dict[str, Actor]:
    """The threads by the names of their accounts."""
    names = {one.name for one in bank.accounts}
    return {one.name: one for one in state.actors.values() if one.name in names}


def is_stuck(state: State, actor: Actor) -> bool:
    """Whether a thread is part of a deadlock."""
    return state.deadlock is not None and any(one.actor == actor.number for one in state.deadlock.stuck)


def client_word(state: State, actor: Actor) -> str:
    """What a thread does."""
    return QCoreApplication.translate("BankWords", "deadlock") if is_stuck(state, actor) else state_word(actor.state)
