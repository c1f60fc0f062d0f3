"""What the operating system says of an actor: where it is now, and how its time was split so far, also in words."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QCoreApplication

from concsim.model.folding.entities import Actor
from concsim.model.folding.history import FINISHED
from concsim.ui.views.states.os_diagram import OS_ENDED


class Shares(NamedTuple):
    """How an actor's time was split, in whole per cents."""

    running: int
    ready: int
    waiting: int


def shares_of(actor: Actor, moment: int) -> Shares | None:
    """The split of the time since it began, None before there is any."""
    elapsed = (actor.ended or moment) - actor.began
    if not actor.began or elapsed <= 0 or not (actor.ran or actor.delayed):
        return None
    whole = max(float(elapsed), actor.ran + actor.delayed)
    running, ready = round(100 * actor.ran / whole), round(100 * actor.delayed / whole)
    ready = min(ready, 100 - running)
    return Shares(running, ready, 100 - running - ready)


def state_of(actor: Actor) -> int:
    """Where it is now: what the system said last of one that has ended since is no more so."""
    return OS_ENDED if actor.state == FINISHED else actor.os_state


def shares_text(shares: Shares) -> str:
    """A split in words."""
    text = QCoreApplication.translate("OsShares", "{running} % running, {ready} % ready, {waiting} % waiting")
    return text.format(running=shares.running, ready=shares.ready, waiting=shares.waiting)


def short_shares(shares: Shares) -> str:
    """A split in figures."""
    return f"{shares.running} / {shares.ready} / {shares.waiting} %"
