"""A step in words: what it did, in one sentence, and what an actor will do next."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from concsim.model.events import FIRST_SITE, TIME_UP, TIME_UP_EARLY, Kind, Pending, unpack_place
from concsim.model.folding.state import State
from concsim.model.folding.step_fold import READS, WRITES, operation_of
from concsim.model.folding.step_log import StepLog, Taken
from concsim.model.words.phrases import Message, say

LONGEST_SOURCE = 80
TIMES_UP = {TIME_UP: "timeout", TIME_UP_EARLY: "timeout_early"}


def step_sentence(state: State, language: str, taken: Taken | None = None, source: str = "") -> str:
    """What the last step (or *taken*) did: "worker-2 wrote total = 1, over worker-1's 1: one update lost".

    *source* is the text of the line of a run recorded by line: "generator: line 47: saved += amount".
    """
    taken = taken or state.taken
    return "" if taken is None else say(step_message(state, taken, source), language)


def past_step(log: StepLog, overs: Mapping[int, Taken], step: int) -> Taken:
    """What step number *step* did."""
    row = log.row(step)
    return overs.get(step) or Taken(step, row.actor, row.kind, row.target, row.value, row.site)


def step_message(state: State, taken: Taken, source: str = "") -> Message:
    """The same as a code and its values."""
    operation, text = operation_of(taken.kind, taken.value)
    values: dict[str, Any] = {
        "actor": state.name_of(taken.actor),
        "name": state.name_of(taken.target),
        "value": state.texts.get(text, "") if taken.kind not in (Kind.READ, Kind.WRITE) else str(int(taken.value)),
    }
    if taken.kind in READS:
        return Message("step_read" if values["value"] else "step_read_unseen", values)
    if taken.kind in WRITES:
        return _write(state, taken, values)
    code = f"step_{operation}"
    if operation == "line":
        values["line"] = _line_of(state, taken.site)
        if source:
            code, values["source"] = "step_line_source", shortened(source)
    if operation in ("acquire", "wait", "join", "get", "put") and values["value"] in TIMES_UP:
        code = f"step_{TIMES_UP[values['value']]}"
    elif operation == "acquire" and values["value"] == "no":
        code = "step_acquire_failed"
    elif operation == "notify":
        code = "step_notify_all" if values["value"] == "all" else "step_notify"
    elif operation == "read":
        code = "step_ask"
    elif operation == "call":
        code, values["value"] = _call(code, values["value"])
    elif operation == "wait" and values["value"] == "opens":
        code = "step_went_on"
    return Message(code, values)


def _write(state: State, taken: Taken, values: dict[str, Any]) -> Message:
    before = state.value_text(taken.over_value, taken.over_is_text)
    if taken.over_actor:
        values |= {"other": state.name_of(taken.over_actor), "before": before}
        return Message("step_write_lost" if taken.lost else "step_write_over", values)
    return Message("step_write" if values["value"] else "step_write_unseen", values)


def shortened(source: str) -> str:
    """A line of code as it stands in a sentence."""
    return source if len(source) <= LONGEST_SOURCE else source[: LONGEST_SOURCE - 1].rstrip() + "…"


def _call(code: str, text: str) -> tuple[str, str]:
    """A call of a method, or, where the text begins with a blank, of a function or an operator."""
    if not text.startswith(" "):
        return code, text
    return code + ("_of" if text[1:2].isidentifier() else "_operator"), text.strip()


def _line_of(state: State, number: int) -> int:
    site = state.site(number)
    return site.line if site is not None else 0


def pending_words(state: State, pending: Pending, language: str) -> str:
    """What an actor does when it is chosen: "write total = 1"; "" if that is not known."""
    if not pending.operation:
        return ""
    name = state.name_of(pending.target) if pending.target else ""
    values: dict[str, Any] = {"name": name, "value": pending.text}
    if pending.operation == "line":
        values["line"] = _line_of(state, pending.place - FIRST_SITE)
    code = f"next_{pending.operation}"
    if pending.operation == "write" and not pending.text:
        code = "next_write_unseen"
    if pending.operation == "call":
        code, values["value"] = _call(code, pending.text)
    return say(Message(code, values), language)


def blocked_words(state: State, actor: int, language: str, line: int = 0) -> str:
    """Why an actor cannot be chosen: what it waits for, held by whom, at which *line* (0: where it was seen last)."""
    one = state.actors.get(actor)
    if one is None:
        return ""
    thing = state.things.get(one.waits_for)
    values: dict[str, Any] = {"name": state.name_of(one.waits_for)}
    if one.waits_for in state.actors:
        return say(Message("blocked_join", values), language)
    if thing is not None and thing.owners:
        holder = state.actor(next(iter(thing.owners)))
        values |= {"holder": holder.name, "line": line or unpack_place(one.place)[1]}
        return say(Message("blocked_self" if holder.number == actor else "blocked_held", values), language)
    return say(Message("blocked_nobody", values), language)
