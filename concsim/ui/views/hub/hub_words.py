"""What a hub or an event loop says of itself: its name, and what it does now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from concsim.bridge.source_text import line_number, line_text
from concsim.model.folding.entities import Actor
from concsim.model.folding.history import BLOCKED, FINISHED, RUNNING, WAITING
from concsim.ui.text.actor_words import state_word
from concsim.ui.text.kind_words import kind_word
from concsim.ui.views.hub.hub_rows import HubRow, holder_of, hubs_of

if TYPE_CHECKING:
    from concsim.bridge.run_model import RunModel


class HubWords:
    """The words of a hub that serves these rows."""

    def __init__(self, run: RunModel, hub: Actor, rows: list[HubRow]) -> None:
        self._run, self._hub, self._rows = run, hub, rows

    def name(self) -> str:
        """What the hub is called, and that it is one of several."""
        hub = self._hub
        others = len(hubs_of(self._run.state)) - 1
        name = hub.name if hub.name == hub.id else f"{hub.name} · {hub.id}"
        if not others:
            return name
        text = QCoreApplication.translate("HubWords", "{name} (one of {count}; mark an actor to see its own)")
        return text.format(name=name, count=others + 1)

    def sentences(self) -> list[tuple[str, str, str]]:
        """What it does, each with its font and its colour."""
        translate = QCoreApplication.translate
        hub, holder = self._hub, holder_of(self._run.state, self._hub, self._rows)
        if hub.state == BLOCKED:
            return self._blocked_words(holder)
        if hub.state == WAITING:
            text = translate("HubWords", "idle: waits for the next timer or event")
            return [(text, "bold", "text"), (self._next_words(), "small", "muted")]
        if hub.state == RUNNING:
            return [(translate("HubWords", "runs a callback, or chooses who goes next"), "bold", "text")]
        if hub.state == FINISHED:
            return [(translate("HubWords", "finished"), "bold", "muted")]
        if holder is not None:
            text = translate("HubWords", "{kind} {name} has the thread").format(kind=kind_word(holder.kind), name=holder.name)
            return [(text, "bold", "text"), (self._goes_on_words(), "small", "muted")]
        return [(state_word(hub.state), "bold", "text")]

    def _goes_on_words(self) -> str:
        translate = QCoreApplication.translate
        if self._hub.kind == "loop":
            return translate("HubWords", "the event loop goes on when it gives the thread back")
        return translate("HubWords", "the hub goes on when it gives the thread back")

    def _blocked_words(self, holder: Actor | None) -> list[tuple[str, str, str]]:
        translate = QCoreApplication.translate
        hub = self._hub
        name = holder.name if holder is not None and holder is not hub else translate("HubWords", "a callback of its own")
        if self._run.is_stepped:
            text = translate("HubWords", "BLOCKED by {name}").format(name=name)
        else:
            time = f"{max(self._run.moment - (hub.kept_since or hub.since), 0) / 1e9:,.2f}\u00a0s"
            text = translate("HubWords", "BLOCKED by {name} for {time}").format(name=name, time=time)
        words = [(text, "bold", "danger")]
        if holder is not None and holder.place:
            line, _ = line_words(self._run, holder, translate("HubWords", "it keeps the thread at line {line}"))
            words.append((line, "small", "text"))
        return words

    def _next_words(self) -> str:
        wakes = [row.wakes for row in self._rows if row.wakes >= 0]
        if not wakes or self._run.is_stepped:
            return ""
        left = f"{max(min(wakes) - self._run.moment, 0) / 1e9:,.2f}\u00a0s"
        return QCoreApplication.translate("HubWords", "the next timer rings in {time}").format(time=left)


def line_words(run: RunModel, actor: Actor, text: str) -> tuple[str, str]:
    """A text about an actor's line, with the line's own text and without."""
    source = line_text(run, actor.place)
    words = text.format(line=line_number(actor.place))
    colon = QCoreApplication.translate("HubWords", ": ")
    return (f"{words}{colon}{source}" if source else words), words
