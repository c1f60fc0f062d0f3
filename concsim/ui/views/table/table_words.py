"""What a table says of an actor or a lock at it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from concsim.model.folding.history import WAITING
from concsim.ui.text.actor_words import state_word
from concsim.ui.views.shared.wait_edges import THING, Node

if TYPE_CHECKING:
    from concsim.model.folding.state import State


def node_words(state: State, node: Node) -> str:
    """An actor or lock in words."""
    return _lock_words(state, node.number) if node.what == THING else _actor_words(state, node.number)


def _lock_words(state: State, number: int) -> str:
    translate, name = QCoreApplication.translate, state.name_of(number)
    owners = translate("TableWords", ", ").join(state.name_of(one) for one in state.things[number].owners)
    if not owners:
        return translate("TableWords", "{name}, free").format(name=name)
    return translate("TableWords", "{name}, held by {owner}").format(name=name, owner=owners)


def _actor_words(state: State, number: int) -> str:
    translate, actor = QCoreApplication.translate, state.actors[number]
    comma = translate("TableWords", ", ")
    lines = [f"{actor.name}{comma}{state_word(actor.state)}"]
    if actor.holds:
        things = comma.join(state.name_of(one) for one in actor.holds)
        lines.append(translate("TableWords", "holds {things}").format(things=things))
    if actor.state == WAITING and actor.waits_for:
        lines.append(translate("TableWords", "waits for {thing}").format(thing=state.name_of(actor.waits_for)))
    return "\n".join(lines)
