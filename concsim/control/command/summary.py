"""What a run came to: the JSON object of the command line, and what happened in one sentence."""

from __future__ import annotations

import math
import re
import signal
from typing import Any

from concsim.model import events
from concsim.model.events import LINES, unpack_place
from concsim.model.folding.entities import STATE_WORDS, Process
from concsim.model.folding.state import State
from concsim.model.programs.expectation import expected_of
from concsim.model.programs.program import Program
from concsim.model.programs.verdict import DEADLOCK, FAILS, LIVELOCK, OPEN, PASSES, REFUSED, verdict_of
from concsim.model.words.phrases import Message, fill, say

MISSING = re.compile(r"No module named '([\w.]+)'.*", re.S)
MOST_BAD_ENDS = 2


def watched_of(program: Program, state: State) -> dict[str, dict[str, Any]]:
    """Each watched global's final value, as JSON or its text, and what was expected."""
    found: dict[str, dict[str, Any]] = {}
    for name in program.block.watch:
        watched = state.watched.get(name)
        final: Any = None
        if watched is not None:
            if watched.is_json:
                final = watched.value
            elif watched.text:
                final = {"repr": watched.text}
        found[name] = {"final": final, "expected": expected_of(program, name, state.parameters)}
    return found


def actors_of(state: State) -> list[dict[str, Any]]:
    """The actors in order of creation."""
    ids = {one.number: one.id for one in state.actors.values()}
    return [
        {"id": one.id, "name": one.name, "kind": one.kind, "parent": ids.get(one.parent) if one.parent else None, "state": STATE_WORDS[one.state]}
        for one in sorted(state.actors.values(), key=lambda one: one.number)
        if one.number
    ]


def deadlock_of(state: State) -> list[dict[str, Any]] | None:
    """Who is stuck, None without a deadlock."""
    if state.deadlock is None:
        return None
    found = []
    for one in state.deadlock.stuck:
        file, line = unpack_place(one.place)
        found.append(
            {
                "actor": state.actor(one.actor).id,
                "waits_for": _subject(state, one.waits_for),
                "held_by": state.actor(one.held_by).id if one.held_by and one.waits_for in state.things else None,
                "file": state.files.get(file) if one.place else None,
                "line": line or None,
            }
        )
    return found


def refused_of(state: State) -> dict[str, Any] | None:
    """What cannot be controlled, and where the program came to it; None if it did not."""
    for one in state.remarks:
        if one.code == "not_controlled":
            return {"what": one.values.get("what"), "file": one.values.get("path"), "line": one.values.get("line")}
    return None


def _subject(state: State, number: int) -> str:
    if number in state.things:
        return state.things[number].name
    return state.actor(number).id if number in state.actors else state.name_of(number)


def as_json(program: Program, state: State, outcome: str, seconds: float, output: str) -> dict[str, Any]:
    """The object that ``concsim run --json`` prints."""
    return {
        "program": program.name,
        "outcome": outcome,
        "seconds": round(seconds, 6),
        "parameters": state.parameters,
        "watched": watched_of(program, state),
        "actors": actors_of(state),
        "output": output,
        "events": state.count + state.uncounted,
        "sampled": bool(state.uncounted or any(one.sampled for one in state.things.values())),
        "deadlock": deadlock_of(state),
    }


def stuck_sentence(state: State, one: events.Stuck, language: str) -> str:
    """Who waits for what held by whom, at which line."""
    actor, waits_for = state.name_of(one.actor), state.name_of(one.waits_for)
    values = {
        "actor": actor, "waits_for": waits_for, "held_by": state.name_of(one.held_by), "line": unpack_place(one.place)[1],
    }  # fmt: skip
    if one.waits_for not in state.actors and one.waits_for not in state.things:
        code = "stuck_spins" if one.waits_for in state.variables else "stuck_goes_round"
    elif one.waits_for in state.actors:
        code = "stuck_join" if values["line"] else "stuck_end"
    elif not one.held_by:
        task = one.waits_for in state.things and state.things[one.waits_for].kind == "future"
        code = "stuck_task" if task else "stuck_nobody"
    else:
        code = "stuck_self" if one.held_by == one.actor else "stuck_held"
    return say(Message(code, values), language)


def deadlock_sentence(state: State, language: str) -> str:
    """The deadlock in one sentence; those who only wait for a stuck thread to end come last."""
    seen = state.deadlock
    if seen is None:
        return ""
    order = sorted(seen.stuck, key=lambda one: one.waits_for in state.actors)
    who = say(Message("between_stuck"), language).join(stuck_sentence(state, one, language) for one in order)
    return say(Message(f"{LIVELOCK if state.spins else DEADLOCK}_{seen.certainty}", {"who": who}), language)


def _numbers(program: Program, state: State) -> dict[str, Any]:
    values = dict(state.parameters)
    for name, one in watched_of(program, state).items():
        final, expected = one["final"], one["expected"]
        values[name], values[f"{name}_expected"] = final, expected
        if isinstance(final, (int, float)) and isinstance(expected, (int, float)):
            values[f"{name}_drift"] = _difference(expected, final)
    return values


def _difference(one: float, other: float) -> float:
    try:
        return one - other
    except OverflowError:  # a whole number beyond every float
        return math.inf if one > other else -math.inf


def first_line(text: str) -> str:
    """The first line that says something, on one line; an ellipsis where there are more."""
    lines = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
    return "" if not lines else lines[0] if len(lines) == 1 else f"{lines[0]} …"


def _failure(state: State, language: str, status: int | None, whole: bool) -> str:
    if state.errors:
        error = state.errors[0]
        values = {
            "actor": state.name_of(error.actor), "type": error.type,
            "text": error.message if whole else first_line(error.message),
            "line": unpack_place(error.place)[1],
        }  # fmt: skip
        missing = MISSING.fullmatch(error.message) if error.type == "ModuleNotFoundError" else None
        if missing is not None:
            values |= {"name": missing[1], "python": f" ({state.python})" if state.python else ""}
            return say(Message("failed_missing", values), language)
        code = {(True, True): "failed_error", (False, True): "failed_bare", (True, False): "failed_unplaced", (False, False): "failed_unplaced_bare"}
        return say(Message(code[bool(values["text"]), bool(values["line"])], values), language)
    if status is not None and status < 0:
        return say(Message("failed_signal", {"signal": signal_name(-status)}), language)
    return say(Message("failed_status", {"status": status if status is not None else "?"}), language)


def sentence(
    program: Program, state: State, language: str, seconds: float, limit: float | None = None, whole: bool = True
) -> str:  # fmt: skip
    """What happened, in one sentence; of an error's message only the first line unless *whole*."""
    ended = state.ended
    outcome = ended.outcome if ended else ""
    if state.deadlock is not None:
        return deadlock_sentence(state, language)
    if outcome == "failed":
        if ended and ended.status is None and not state.errors and any(one.code == "left_alone" for one in state.remarks):
            return ""  # that is said as a remark, and nobody knows more
        return _failure(state, language, ended.status if ended else None, whole)
    if outcome == "limit" and not state.model:
        return say(Message("limit", {"limit": limit or seconds}), language)
    if outcome == "stopped":
        return say(Message("stopped", {"seconds": seconds}), language)
    if outcome != "finished":
        return ""
    if filled := fill(program.block.summary, _numbers(program, state), language):
        return filled
    ended_in = Message("finished_steps", {"steps": state.step}) if state.model else Message("finished", {"seconds": seconds})
    return " ".join([say(ended_in, language), *_watched_words(program, state, language)])


def answer(program: Program, state: State, outcome: str) -> str:
    """The verdict on a stepped run that ended so."""
    return verdict_of(LIVELOCK if outcome == DEADLOCK and state.spins else outcome, watched_of(program, state))


def verdict_words(program: Program, state: State, outcome: str, language: str) -> str:
    """What the run says of its schedule. A run by line has none; whether it failed, and how, is in the sentence."""
    verdict = answer(program, state, outcome)
    if state.model == LINES:
        said = verdict == FAILS or (verdict == PASSES and bool(program.block.summary))
        return say(Message(f"line_{verdict}"), language) if outcome == "finished" and said else ""
    return "" if verdict in (OPEN, REFUSED) else say(Message(verdict), language)


def _watched_words(program: Program, state: State, language: str) -> list[str]:
    words = []
    for name, one in watched_of(program, state).items():
        code = "watched" if one["expected"] is None else "watched_expected"
        words.append(say(Message(code, {"name": name, **one}), language))
    return words


def notes(state: State, language: str) -> list[str]:
    """What the screen should say about how the run was seen: sampled locks, counted events, remarks."""
    said = [
        say(Message("sampled_lock", {"name": one.name}), language) for one in state.things.values() if one.sampled
    ]
    if state.uncounted:
        said.append(say(Message("aggregated", {"count": state.uncounted}), language))
    said += [say(_named(remark_message(one), state), language) for one in state.remarks if one.code != LIVELOCK]
    said += [say(one, language) for one in _bad_ends(state)]
    return list(dict.fromkeys(said))


def _named(message: Message, state: State) -> Message:
    """A remark about a process, with what the program calls it."""
    pid = message.values.get("pid")
    found = next((one for one in state.processes.values() if one.pid == pid), None) if pid else None
    name = state.actor(found.number).name if found is not None else "?"
    return Message(message.code, {**message.values, "name": name}) if pid else message


def _bad_ends(state: State) -> list[Message]:
    """How the program's own processes ended that did not just finish: with an exit status, or by a signal but SIGTERM."""
    if state.ended and state.ended.outcome not in ("finished", "failed"):
        return []  # it was ended from outside, and its processes with it
    from_outside = {one.values.get("pid") for one in state.remarks}
    told = state.errors[0].actor if state.errors and state.ended and state.ended.outcome == "failed" else None
    bad = [
        one for number, one in sorted(state.processes.items())
        if one.ended and one.status and one.status != -signal.SIGTERM
        and one.pid not in from_outside and number != told and state.actor(number).kind not in ("main", "command")
    ]  # fmt: skip
    said = [_bad_end(state.actor(one.number).name, one) for one in bad[:MOST_BAD_ENDS]]
    return said + ([Message("more_processes", {"count": len(bad) - MOST_BAD_ENDS})] if len(bad) > MOST_BAD_ENDS else [])


def _bad_end(name: str, process: Process) -> Message:
    status = process.status or 0
    if status > 0:
        return Message("process_failed", {"name": name, "status": status})
    return Message("process_killed", {"name": name, "signal": signal_name(-status)})


def signal_name(number: int) -> str:
    """A signal's name, or its number where it has none."""
    try:
        return signal.Signals(number).name
    except ValueError:
        return str(number)


def remark_message(remark: events.Remark) -> Message:
    """What a remark says."""
    values = dict(remark.values)
    if remark.code == "cannot_follow":
        values["why"] = Message(f"cannot_follow_{values.get('problem', 'blocked')}")
    return Message(remark.code, values)
