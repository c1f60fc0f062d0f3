"""What a wait-for graph says: the names of its nodes, the words of its arrows, and what is under the mouse."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from concsim.ui.views.shared.wait_edges import ACTOR, GROUP, HELD_BY, THING, Edge, Node, WaitGraph
from concsim.ui.views.shared.wait_words import edge_word

if TYPE_CHECKING:
    from concsim.model.folding.state import State


def name_of(state: State, node: Node, graph: WaitGraph) -> str:
    """A node's name."""
    if node.what == GROUP:
        return QCoreApplication.translate("GraphWords", "×{count} threads").format(count=graph.counts.get(node, 0))
    return state.name_of(node.number)


def kind_word(state: State, node: Node) -> str:
    """What a thing is."""
    if node.what != THING:
        return ""
    translate, thing = QCoreApplication.translate, state.things.get(node.number)
    if thing is None:  # whoever spins waits for what he reads
        return translate("GraphWords", "variable") if node.number in state.variables else ""
    words = {
        "lock": translate("GraphWords", "lock"), "rlock": translate("GraphWords", "reentrant lock"),
        "semaphore": translate("GraphWords", "semaphore"), "condition": translate("GraphWords", "condition"),
        "event": translate("GraphWords", "event"), "barrier": translate("GraphWords", "barrier"),
        "queue": translate("GraphWords", "queue"), "pool": translate("GraphWords", "pool"),
        "future": translate("GraphWords", "future"),
    }  # fmt: skip
    return words.get(thing.kind, thing.kind)


def edge_words(edge: Edge, bad: bool) -> tuple[str, ...]:
    """What an arrow says, at length and in short; where it is *bad*, the line too."""
    if edge.kind == HELD_BY or not bad or not edge.line:
        return (edge_word(edge.kind),)
    line = QCoreApplication.translate("GraphWords", "line {line}").format(line=edge.line)
    return QCoreApplication.translate("GraphWords", "waits for, {line}").format(line=line), line


def node_words(state: State, node: Node) -> str:
    """A node in words."""
    translate = QCoreApplication.translate
    if node.what == ACTOR:
        actor = state.actors[node.number]
        held = translate("GraphWords", ", ").join(state.name_of(number) for number in actor.holds)
        return translate("GraphWords", "{name}, holds {things}").format(name=actor.name, things=held) if held else actor.name
    waiters = len(state.waiters(node.number))
    return translate("GraphWords", "{name}: {count} waiting").format(name=state.name_of(node.number), count=waiters)
