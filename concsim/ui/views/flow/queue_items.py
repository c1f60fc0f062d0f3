"""What is in a queue between actors, and who waits at which end. No Qt."""

from __future__ import annotations

from typing import NamedTuple

from concsim.model.folding.entities import Actor, Thing
from concsim.model.folding.state import State

QUEUE_KINDS = ("queue", "simple queue", "joinable queue", "manager queue", "pipe")


class Waiters(NamedTuple):
    """Who waits for a queue: to put something in, to take something out, and those of whom that cannot be told."""

    to_put: tuple[Actor, ...]
    to_take: tuple[Actor, ...]
    either: tuple[Actor, ...]


def flows_of(state: State) -> list[Thing]:
    """The queues and pipes, by number. A direction of a pipe that nobody has used is left out beside one in use."""
    found = [one for _, one in sorted(state.things.items()) if one.kind in QUEUE_KINDS]
    waited = {one.waits_for for one in state.actors.values()}
    used = {one.number for one in found if one.kind != "pipe" or one.put or one.got or one.number in waited}
    places = {one.place for one in found if one.number in used and one.kind == "pipe"}
    for one in found:
        if one.number not in used and one.place not in places:
            used.add(one.number)
            places.add(one.place)
    return [one for one in found if one.number in used]


def items_in(state: State, thing: Thing) -> list[str]:
    """The texts of the items inside, oldest first, as far as they are known.

    The two ends of an item's way are noted by two processes, each with its own number for the same text; so what went
    out is taken away by its text.
    """
    texts = state.texts
    inside = [(number, texts.get(number, "")) for number in thing.items if number > 0]
    for number in thing.items:
        if number < 0:
            gone = texts.get(-number, "")
            index = next((at for at, (_, text) in enumerate(inside) if text == gone), None)
            if index is not None:
                del inside[index]
    depth = max(thing.depth, 0)
    return [text for _, text in inside[-depth:]] if depth else []


def waiters_of(state: State, thing: Thing) -> Waiters:
    """Who waits for it: a full one keeps those out who put, an empty one those who take."""
    waiting = tuple(state.waiters(thing.number))
    if thing.capacity and thing.depth >= thing.capacity:
        return Waiters(waiting, (), ())
    if thing.depth <= 0:
        return Waiters((), waiting, ())
    return Waiters((), (), waiting)
