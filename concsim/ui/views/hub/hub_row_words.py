"""What is said of a greenlet or task in the hub's queue: until when it sleeps, or where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from concsim.model.events import LINES
from concsim.model.folding.entities import Actor
from concsim.model.folding.history import BLOCKED, FINISHED, READY, RUNNING, SLEEPING, WAITING
from concsim.ui.text.actor_words import state_word
from concsim.ui.views.hub.hub_rows import HubRow
from concsim.ui.views.hub.hub_words import line_words

if TYPE_CHECKING:
    from concsim.bridge.run_model import RunModel

LATE = 0.02


@dataclass(frozen=True)
class RowWords:
    """A row as it is shown: *left* is the share of the longest timer that is still to come, -1 without a timer.

    *short* stands where there is no room for the *words*, *least* where there is none for it either.
    """

    name: str
    id: str
    words: str
    short: str
    left: float = -1.0
    left_words: str = ""
    is_bad: bool = False
    least: str = ""


class HubRowWords:
    """The words of the rows that a hub serves."""

    def __init__(self, run: RunModel, hub: Actor | None) -> None:
        self._run, self._hub = run, hub

    def of(self, row: HubRow, longest: float) -> RowWords:
        """What a row says; *longest* is the longest time that anybody waits."""
        translate = QCoreApplication.translate
        actor, id = row.actor, row.actor.id if row.actor.id != row.actor.name else ""
        if row.wakes < 0 or self._run.is_stepped:
            return RowWords(actor.name, id, *self._state_words(actor))
        left = (row.wakes - self._run.moment) / 1e9
        until = f"+{max(row.wakes - self._run.round_began, 0) / 1e9:,.2f} s"
        short = translate("HubRowWords", "until {time}").format(time=until)
        if self._keeps_thread(actor):
            text = translate("HubRowWords", "keeps the thread at line {line}")
            return RowWords(actor.name, id, *line_words(self._run, actor, text), is_bad=True)
        if left < -LATE:
            late = translate("HubRowWords", "{time} late").format(time=f"{-left:,.2f} s")
            text = translate("HubRowWords", "was to wake at {time}").format(time=until)
            return RowWords(actor.name, id, text, short, 0.0, late, True, until)
        sleeps, waits = translate("HubRowWords", "sleeps until {time}"), translate("HubRowWords", "waits until {time} at the latest")
        text = sleeps if actor.state == SLEEPING else waits
        share, left_words = max(left, 0) / max(longest, 1e-9), f"{max(left, 0):,.2f} s"
        return RowWords(actor.name, id, text.format(time=until), short, share, left_words, least=until)

    def _keeps_thread(self, actor: Actor) -> bool:
        hub = self._hub
        return hub is not None and hub.state == BLOCKED and hub.blocked_by == actor.number

    def _state_words(self, actor: Actor) -> tuple[str, str]:
        """What an actor without a timer does, at length and in short."""
        translate = QCoreApplication.translate
        if actor.state == SLEEPING:
            text = translate("HubRowWords", "asleep for {time}").format(time=f"{actor.timeout:g} s")
            return text, f"{actor.timeout:g} s"
        word = state_word(actor.state)
        if actor.state == FINISHED:
            text = self._run.state.texts.get(actor.result, "") if actor.result else ""
            return (translate("HubRowWords", "finished, returned {value}").format(value=text) if text else word), word
        if actor.state == WAITING and actor.place:
            awaits, waits = translate("HubRowWords", "awaits at line {line}"), translate("HubRowWords", "waits at line {line}")
            return line_words(self._run, actor, awaits if actor.kind == "task" else waits)
        if actor.state == RUNNING and actor.place:
            comes, runs = translate("HubRowWords", "next: line {line}"), translate("HubRowWords", "runs line {line}")
            return line_words(self._run, actor, comes if self._run.state.model == LINES else runs)
        return (translate("HubRowWords", "ready: its turn comes") if actor.state == READY else word), word
