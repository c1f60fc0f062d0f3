"""Who waits for what held by whom, and which of them can never go on. Runs on Python 3.9 and later.

An actor's wait *depends* on others: a thread waiting for a lock depends on its holder, one that joins depends on the
thread it joins. *Owned* waits can be ended by those actors alone (an RLock's owner, the thread that is joined). All
others (a Lock, a Semaphore, a Condition, an Event, a Queue, a Barrier) may be ended by anybody who still moves.
"""

from __future__ import annotations

from typing import (
    Callable,
    Dict,
    Hashable,
    Iterable,
    List,
    Mapping,
    NamedTuple,
    Optional,
    Sequence,
    Set,
    Tuple,
    TypeVar,
)

Node = TypeVar("Node", bound=Hashable)


class Wait(NamedTuple):
    """What one actor waits for.

    *holders* are the actors on whom it depends, *needs_all* whether it goes on only when every one of them has done its
    part (join) or when any one has (a semaphore's permits). *owned*: nobody else can end the wait. *handed*: the
    program is known to give this object back from another actor than took it. *moving*: it can go on by itself (it has
    a timeout, or was woken and has not run yet).
    """

    target: int
    holders: Tuple[int, ...] = ()
    needs_all: bool = False
    owned: bool = False
    handed: bool = False
    moving: bool = False
    place: int = 0


class Verdict(NamedTuple):
    """*certain*: it can never open again. *stuck*: the actors that cannot go on."""

    certain: bool
    stuck: Tuple[int, ...]


def _greatest(candidates: Set[int], waits: Dict[int, Wait], alive: Set[int]) -> Set[int]:
    """The largest set of actors of which each depends on its members alone (or on actors that have ended)."""
    stuck = set(candidates)
    changed = True
    while changed:
        changed = False
        for actor in tuple(stuck):
            wait = waits[actor]
            # a lock held by an actor that has ended stays held; a join on one is about to return
            blocked = [holder in stuck or (holder not in alive and not wait.needs_all) for holder in wait.holders]
            holds = (any if wait.needs_all else all)(blocked) if blocked else False
            if not holds:
                stuck.discard(actor)
                changed = True
    return stuck


def _joined_but_ended(wait: Wait, alive: Set[int]) -> bool:
    """A join on an actor that has ended is about to return."""
    return wait.needs_all and not any(holder in alive for holder in wait.holders)


def find_deadlock(alive: Iterable[int], waits: Dict[int, Wait], unseen: bool) -> Optional[Verdict]:
    """The deadlock among the *alive* actors with these *waits*, or None.

    *unseen* says that something outside the picture (a library's thread, a signal handler) may still act.

    Certain: nobody alive can move and nothing unseen can wake one, or a set of actors depending on each other by owned
    waits alone. Suspected: the same over locks and semaphores, which somebody else might still release.
    """
    living = set(alive)
    blocked = {
        actor
        for actor in living
        if actor in waits and not waits[actor].moving and not _joined_but_ended(waits[actor], living)
    }
    if blocked and blocked == living and not unseen:
        return Verdict(True, tuple(sorted(blocked)))
    owned = _greatest({actor for actor in blocked if waits[actor].owned}, waits, living)
    if owned:
        return Verdict(True, tuple(sorted(owned)))
    held = {actor for actor in blocked if waits[actor].holders and not waits[actor].handed}
    suspected = _greatest(held, waits, living)
    return Verdict(False, tuple(sorted(suspected))) if suspected else None


def cycle_from(start: Node, following: Callable[[Node], Optional[Node]]) -> List[Node]:
    """The cycle to which the way from *start* leads, where each depends on one other at most; [] if it ends."""
    path: List[Node] = []
    node: Optional[Node] = start
    while node is not None and node not in path:
        path.append(node)
        node = following(node)
    return path[path.index(node) :] if node is not None else []


def find_cycles(ways: Mapping[Node, Sequence[Node]]) -> Tuple[Tuple[Node, ...], ...]:
    """Cycles that share no node, each from its smallest node on, in order; *ways* are those on whom each depends."""
    found: List[Tuple[Node, ...]] = []
    done: Set[Node] = set()
    for start in sorted(ways):  # type: ignore[type-var]
        while start not in done and (cycle := _walk(start, ways, done)):
            first = cycle.index(min(cycle))  # type: ignore[type-var]
            found.append(tuple(cycle[first:] + cycle[:first]))
            done.update(cycle)
    return tuple(sorted(found))


def _walk(start: Node, ways: Mapping[Node, Sequence[Node]], done: Set[Node]) -> Optional[List[Node]]:
    """A cycle that can be reached from *start*; nodes from which there is none are added to *done*."""
    path, on_path = [start], {start}
    todo = [iter(ways.get(start, ()))]
    while todo:
        following = next((node for node in todo[-1] if node not in done), None)
        if following is None:
            todo.pop()
            dead = path.pop()
            on_path.discard(dead)
            done.add(dead)
        elif following in on_path:
            return path[path.index(following) :]
        else:
            path.append(following)
            on_path.add(following)
            todo.append(iter(ways.get(following, ())))
    return None
