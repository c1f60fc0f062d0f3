"""``time.sleep``: a sleeping thread waits for nobody and can wake others later."""

from __future__ import annotations

import functools
import time

from concsim.lab.program.things import Things
from concsim.lab.program.waits import Waits
from concsim.lab.wire import originals
from concsim.model.events import Kind, pack_code
from concsim.model.own_work import on_behalf, waits_inside


def observe_sleep(things: Things, waits: Waits) -> None:
    """Replace ``time.sleep`` by one that notes the sleeps of the program's actors."""
    actors, note = things.journal.actors, things.journal.note
    woke = pack_code(Kind.WAKE, 0)

    @waits_inside
    @on_behalf
    @functools.wraps(originals.sleep)
    def sleep(seconds: float, /) -> None:
        actor = actors.get(originals.get_ident())
        # who waits already does so by sleeping: subprocess with a timeout, say
        if actor is None or actor in waits.pending or not isinstance(seconds, (int, float)) or seconds <= 0:
            return originals.sleep(seconds)
        waits.sleep(originals.getframe(1), seconds)
        for tell in things.on_block:
            tell(seconds)
        try:
            originals.sleep(seconds)
        finally:
            note(woke, 0, 1)
        return None

    time.sleep = sleep  # type: ignore[assignment]
