"""What lanes say in words: the legend, and what is under the mouse."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from concsim.bridge.run_model import RunModel
from concsim.model.events import STEP_NS
from concsim.model.folding.crowds import Crowd
from concsim.model.folding.entities import Actor
from concsim.model.folding.history import BLOCKED, FINISHED, MIXED, READY, RUNNING, SLEEPING, STATE_BITS, WAITING
from concsim.ui.text.actor_words import state_word
from concsim.ui.text.process_words import life_words
from concsim.ui.views.hub.hub_rows import HUBS
from concsim.ui.views.lanes.lane_band import counts_at, states_in_words
from concsim.ui.views.lanes.lane_ends import KILLED, any_bad_end, bad_end, bad_end_words
from concsim.ui.views.lanes.lane_frame import LOST
from concsim.ui.views.lanes.lane_groups import Group
from concsim.ui.views.shared.pixel_runs import STATE_MASK, Run, TimeScale, span_began
from concsim.ui.views.shared.time_axis import duration_text


def legend(run: RunModel) -> list[tuple[int, str]]:
    """The states that can be seen, with their words."""
    if not run.is_stepped:
        killed = [(KILLED, QCoreApplication.translate("LanesView", "killed or ended badly"))] if any_bad_end(run) else []
        states = [(state, live_word(state)) for state in (RUNNING, WAITING, SLEEPING, FINISHED)]
        blocked = [(BLOCKED, state_word(BLOCKED))] if any(one.kind in HUBS for one in run.known_actors.values()) else []
        return [*states, *blocked, *killed, (MIXED, state_word(MIXED))]
    words = [(state, state_word(state)) for state in (RUNNING, READY, WAITING, SLEEPING, FINISHED)]
    return [*words, (LOST, QCoreApplication.translate("LanesView", "lost update"))] if run.history.overs else words


def live_word(state: int) -> str:
    """A state's word in a live run: who waits for nothing may run, or be ready without a core or the interpreter."""
    return QCoreApplication.translate("LanesView", "running or ready") if state == RUNNING else state_word(state)


def group_words(group: Group, crowds: list[Crowd], moment: int) -> str:
    """How many of a group are in which state."""
    hint = QCoreApplication.translate("LanesView", "A click opens or closes them.")
    return f"{group.name}\n{states_in_words(counts_at(crowds, moment), state_word)}\n{hint}"


def lane_words(run: RunModel, actor: Actor, span: Run | None, scale: TimeScale) -> str:
    """An actor, and what it did in a span of its lane."""
    name = actor.name if actor.name == actor.id else f"{actor.name} ({actor.id})"
    if span is None:
        end = bad_end(run, actor.number) if actor.state == FINISHED else None
        return f"{name}\n{bad_end_words(end) if end else life_words(run.state.processes.get(actor.number), actor)}"
    return f"{name}\n{_span_words(run, actor, span, scale)}"


def _span_words(run: RunModel, actor: Actor, span: Run, scale: TimeScale) -> str:
    began = span_began(run.lanes[actor.number], scale, span)
    state, target = span.value & STATE_MASK, span.value >> STATE_BITS
    if run.is_stepped:
        text = QCoreApplication.translate("LanesView", "{state} since step {step}")
        text = text.format(state=state_word(state), step=began // STEP_NS)
    else:
        text = QCoreApplication.translate("LanesView", "{state} since {time}")
        text = text.format(state=live_word(state), time=duration_text(max(0, began - run.round_began)))
    end = bad_end(run, actor.number) if state == FINISHED else None
    if end is not None:
        return f"{text}\n{bad_end_words(end)}"
    if state != WAITING or not target:
        return text
    return f"{text}\n{_wait_words(run, target, actor.state == WAITING and actor.since == began)}"


def _wait_words(run: RunModel, target: int, now: bool) -> str:
    thing, name = run.state.things.get(target), run.state.name_of(target)
    if thing is None:
        return QCoreApplication.translate("LanesView", "waits for {name} to finish").format(name=name)
    if not now or not thing.owners:
        return QCoreApplication.translate("LanesView", "waits for {name}").format(name=name)
    comma = QCoreApplication.translate("LanesView", ", ")
    owners = comma.join(run.state.name_of(owner) for owner in list(thing.owners)[:3])
    return QCoreApplication.translate("LanesView", "waits for {name}, held by {owners}").format(name=name, owners=owners)
