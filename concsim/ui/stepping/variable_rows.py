"""What a stepped program shares, a row each: variables with who read and wrote them last, locks and queues with their owners.

Of a run recorded by line: the watched globals. And of each actor's innermost own function the local variables.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from concsim.model.events import LINES
from concsim.model.folding.entities import Thing, Variable
from concsim.model.folding.history import FINISHED
from concsim.ui.text.watched_words import value_text

if TYPE_CHECKING:
    from concsim.model.folding.state import State

UNSEEN = "–"


@dataclass(frozen=True)
class Row:
    """A row as it is shown; `read_at` and `written_at` are steps, 0 for none. A *wide* one has nothing but its value."""

    number: int
    name: str
    value: str
    read: str = ""
    read_at: int = 0
    written: str = ""
    written_at: int = 0
    wide: bool = False


def rows_of(state: State) -> tuple[list[Row], int]:
    """The variables in the order in which they were first touched, then the locks and queues; and what the step touched."""
    taken = state.taken
    if state.model == LINES:
        return _watched_rows(state) + _local_rows(state), taken.actor if taken is not None else 0
    rows = [_variable_row(state, one) for one in state.variables.values() if one.name != "?"]
    rows += [_thing_row(state, one) for one in state.things.values()]
    rows += _local_rows(state)
    return rows, taken.target if taken is not None else 0


def _variable_row(state: State, one: Variable) -> Row:
    value = state.text_of(one) or UNSEEN
    read, written = _who(state, one.reader, one.read_at), _who(state, one.writer, one.written_at)
    return Row(one.id, one.name, value, read, one.read_at, written, one.written_at)


def _watched_rows(state: State) -> list[Row]:
    watched = state.watched.values()
    return [Row(0, one.name, value_text(one) or UNSEEN, wide=True) for one in watched]


def _local_rows(state: State) -> list[Row]:
    """The local variables by actor: its innermost own function's, of a run recorded by line kept between its turns."""
    ended = {number for number, one in state.actors.items() if one.state == FINISHED} if state.model != LINES else ()
    return [
        Row(actor, f"{state.name_of(actor)} · {name}", value, wide=True)
        for actor, frame in state.frames.items() if actor not in ended
        for name, value in frame.values.items()
    ]  # fmt: skip


def _who(state: State, actor: int, step: int) -> str:
    if not actor or not step:
        return ""
    return f"{state.name_of(actor)} · {step}"


def _thing_row(state: State, one: Thing) -> Row:
    translate = QCoreApplication.translate
    comma = translate("VariableRows", ", ")
    parts = []
    if one.owners:
        names = comma.join(state.name_of(number) for number in one.owners)
        parts.append(translate("VariableRows", "held by {names}").format(names=names))
    elif one.kind in ("lock", "rlock"):
        parts.append(translate("VariableRows", "free"))
    if one.kind in ("queue", "semaphore", "event"):
        parts.append(str(one.depth))
    if waiters := state.waiters(one.number):
        names = comma.join(waiter.name for waiter in waiters)
        parts.append(translate("VariableRows", "awaited by {names}").format(names=names))
    return Row(one.number, one.name, "; ".join(parts) or UNSEEN, wide=True)
