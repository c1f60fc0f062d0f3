"""Who waits for what, kept by the waiting threads themselves, and the deadlocks among them.

A thread sets its wait before it blocks and clears it before it takes what it waited for, so at no moment does a wait
stand here that has been fulfilled. Every change raises the epoch; a verdict counts only if the epoch stood still while
it was reached.
"""

from __future__ import annotations

import signal
from collections import Counter
from types import FrameType
from typing import Any, Callable, Dict, List, Optional, Tuple

from concsim.lab.program.things import Things
from concsim.lab.wire import originals
from concsim.model.events import DeadlockSeen, Kind, Stuck, pack_code
from concsim.model.own_work import calls_to_wait
from concsim.model.wait_graph import Verdict, Wait, find_deadlock

Depends = Callable[[], Tuple[Tuple[int, ...], bool]]
"""The actors a wait depends on now, and whether the wait is still one: an object that is free makes it move."""

TRIES = 8
STALE = 500_000_000


class Pending:
    """One thread's wait. `look` says on whom it depends and whether what it waits for is there already."""

    __slots__ = ("handed", "held", "look", "needs_all", "owned", "place", "since", "target", "timed", "woken")

    def __init__(self, target: int, place: int, timed: bool, look: Depends, owned: bool, needs_all: bool, handed: bool) -> None:
        self.target, self.place, self.timed, self.look = target, place, timed, look
        self.owned, self.needs_all, self.handed = owned, needs_all, handed
        self.woken, self.held = False, True
        self.since = originals.monotonic_ns()


def _seconds(timeout: Optional[float]) -> float:
    return -1.0 if timeout is None or timeout < 0 else float(timeout)


def _moves_by_itself() -> Tuple[Tuple[int, ...], bool]:
    return (), True


class Waits:
    """The waits of all actors of this lab."""

    def __init__(self, things: Things) -> None:
        self._things = things
        self._journal = things.journal
        self.pending: Dict[int, Pending] = {}
        self.unseen: Callable[[], bool] = lambda: False
        self.doubtful: Callable[[int], bool] = lambda number: False
        self._doubted: Optional[Tuple[int, Verdict]] = None
        self.closed = False
        """No verdicts any more: the program's own threads have ended, and ``atexit`` may still wake a daemon."""
        self._epoch = 0
        self._counts: Counter[int] = Counter()
        self._turn = originals.allocate_lock()
        self._said: Optional[Tuple[bool, Tuple[Stuck, ...]]] = None
        things.on_end = self._on_end

    def restart(self) -> None:
        """Begin anew in a forked child: nobody waits there."""
        self._turn = originals.allocate_lock()
        self.pending.clear()
        self._said = self._doubted = None
        self.closed = False

    def begin(
        self,
        target: int,
        frame: Optional[FrameType],
        timeout: Optional[float],
        look: Depends,
        *,
        owned: bool = False,
        needs_all: bool = False,
        held: bool = True,
        quiet: bool = False,
    ) -> None:
        """The calling actor is about to wait for *target*; looks for a deadlock that this closes.

        *held*: those it depends on hold the target; a task that waits for a free worker depends on all and is held by none.
        """
        actor = self._journal.me()
        if not actor:
            return
        place = self._things.places.place_of(frame)
        seconds = _seconds(timeout)
        handed = not owned and self._things.is_handed(target)
        self._epoch += 1
        pending = Pending(target, place, seconds >= 0, look, owned, needs_all, handed)
        pending.held = held
        self.pending[actor] = pending
        if not quiet:
            self._journal.note(pack_code(Kind.WAIT, target), place, seconds)
        if seconds < 0 and self._may_close(pending):
            self.check()
        self._journal.flush()

    def _may_close(self, pending: Pending) -> bool:
        """Whether a deadlock can be closed by this wait: one on which it depends waits too, or nobody is left that moves.

        Looking at all waits costs as much as there are; a thousand threads that begin to wait would pay it a thousand times.
        """
        waiting, alive = self.pending.keys(), self._things.alive.keys()
        return any(one in waiting or one not in alive for one in pending.look()[0]) or alive <= waiting

    def sleep(self, frame: Optional[FrameType], seconds: float) -> None:
        """The calling actor is about to sleep."""
        actor = self._journal.me()
        if actor:
            place = self._things.places.place_of(frame)
            self._journal.note(pack_code(Kind.SLEEP, 0), place, seconds)
            self._journal.flush()

    def clear(self) -> None:
        """The calling actor's wait is over, or it will look for itself now."""
        self._epoch += 1
        self.pending.pop(self._journal.me(), None)

    def end(self, target: int, got: bool) -> None:
        """The calling actor goes on; *got* says whether it has what it waited for."""
        self.clear()
        if self._journal.me():
            self._journal.note(pack_code(Kind.WAKE, target), 0, 1.0 if got else 0.0)

    @calls_to_wait
    def outside(self, target: int, frame: Optional[FrameType], timeout: Optional[float], call: Callable[[], Any]) -> Any:
        """Make a call that waits for something outside this process, which moves by itself. What raises has not got it."""
        self.begin(target, frame, timeout, _moves_by_itself)
        got = False
        try:
            result = call()
            got = True
            return result
        finally:
            self.end(target, got)

    def wake(self, target: int, actors: Optional[List[int]] = None) -> None:
        """Somebody is about to let go on all who wait for *target*, or those *actors* of them."""
        self._epoch += 1
        among = None if actors is None else set(actors)
        for actor, pending in list(self.pending.items()):
            if pending.target == target and (among is None or actor in among):
                pending.woken, pending.since = True, originals.monotonic_ns()

    def count_of(self, target: int) -> int:
        """How many waited on *target* when the waits were last looked at."""
        return self._counts[target]

    def _look_at_all(self) -> Dict[int, Wait]:
        pending = self._count()
        return {actor: self._wait_of(one) for actor, one in pending.items()}

    def _count(self) -> Dict[int, Pending]:
        pending = dict(self.pending)
        self._counts = Counter(one.target for one in pending.values())
        return pending

    def _wait_of(self, pending: Pending) -> Wait:
        holders, free = pending.look()
        moving = pending.timed or pending.woken or free
        return Wait(
            pending.target, holders, pending.needs_all, pending.owned, pending.handed, moving, pending.place
        )

    def _verdict(self) -> Tuple[Optional[Verdict], Dict[int, Wait]]:
        for _ in range(TRIES):
            epoch = self._epoch
            alive = list(self._things.alive)
            waits = self._look_at_all()
            verdict = find_deadlock(alive, waits, self.unseen())
            if verdict is None or epoch == self._epoch:
                return verdict, waits
        return None, {}

    def check(self) -> None:
        """Outlook for a deadlock and say what has changed: seen, certain now, or withdrawn."""
        if self.closed:
            return
        with self._turn:
            verdict, waits = self._verdict()
            if verdict is not None and not self._is_sure(verdict, waits):
                return
            stuck: Tuple[Stuck, ...] = ()
            if verdict is not None:
                stuck = tuple(self._stuck(actor, waits) for actor in verdict.stuck)
            said = None if verdict is None else (verdict.certain, stuck)
            if said == self._said or (self._said is not None and self._said[0]):
                return
            self._said = said
            certainty = "withdrawn" if verdict is None else "certain" if verdict.certain else "suspected"
            self._journal.send(DeadlockSeen(originals.monotonic_ns(), certainty, stuck))

    def _is_sure(self, verdict: Verdict, waits: Dict[int, Wait]) -> bool:
        """A verdict that rests on a hot lock counts when the sampler comes to the same one with nothing changed."""
        if not any(self.doubtful(waits[actor].target) for actor in verdict.stuck):
            return True
        before, self._doubted = self._doubted, (self._epoch, verdict)
        return before == self._doubted

    def _stuck(self, actor: int, waits: Dict[int, Wait]) -> Stuck:
        wait = waits[actor]
        stuck_first = sorted(wait.holders, key=lambda holder: holder not in waits)
        pending = self.pending.get(actor)
        held = bool(stuck_first) and (pending is None or pending.held)
        return Stuck(actor, wait.target, stuck_first[0] if held else 0, wait.place)

    def refresh(self) -> None:
        """From the sampler: forget wake-ups that led nowhere, withdraw a suspicion that has opened."""
        stale = self._stale() if any(one.woken for one in list(self.pending.values())) else []
        for one in stale:
            one.woken, one.since = False, originals.monotonic_ns()
        if stale or self._doubted is not None or (self._said is not None and not self._said[0]):
            self.check()

    def _stale(self) -> List[Pending]:
        """Who was woken long ago and still waits. In turn with the checks, for both count."""
        limit = originals.monotonic_ns() - STALE
        with self._turn:
            return [one for one in self._count().values() if one.woken and one.since < limit and not one.look()[1]]

    def _on_end(self) -> None:
        self._epoch += 1
        if self.pending:
            self.check()


def signals_may_wake() -> bool:
    """Whether a signal handler or timer of the program may still act when all threads wait."""
    getitimer = getattr(signal, "getitimer", None)
    if getitimer is not None and getitimer(signal.ITIMER_REAL)[0]:
        return True
    handled = (signal.getsignal(number) for number in signal.valid_signals() if number != signal.SIGINT)
    return any(callable(handler) for handler in handled)
