"""``concsim step``: a stepped run without a window."""

from __future__ import annotations

import dataclasses
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from concsim.control.command.explored import ANSWER_EXIT, print_explored, print_refused, tell_explored
from concsim.control.command.headless import EXIT, check_started, find, follow, parse_settings
from concsim.control.command.printing import escape_what_cannot_be_shown, json_line
from concsim.control.command.schedulers import named_scheduler
from concsim.control.command.step_printer import StepPrinter
from concsim.control.command.streams import own_terminal
from concsim.control.command.summary import answer, deadlock_of, notes, refused_of, sentence, verdict_words, watched_of
from concsim.control.labs.labs import Labs
from concsim.control.leftovers.ledger import file_for_a_time
from concsim.control.leftovers.recorded import Kept, recorded
from concsim.control.sessions.session import Session
from concsim.control.sessions.setting import NOTHING, Setting, StepOrder
from concsim.control.sessions.step_kind import steps_by_line
from concsim.control.sessions.step_order import first_values, step_order
from concsim.model.events import LINES
from concsim.model.files.schedule import Schedule, check_fits, hash_of, make_schedule, read_schedule, save_schedule
from concsim.model.files.target import RECORDING, SCHEDULE, Target, check_apart
from concsim.model.folding.history import History
from concsim.model.folding.state import State
from concsim.model.orders import Every, Named, Replayed, Scheduling
from concsim.model.programs.program import Program, ProgramError
from concsim.model.programs.verdict import OPEN, verdict_on_all
from concsim.model.words.phrases import Message, say, shorten, user_language

NAMES = "names"
"""The scheduler that follows actors' names one by one."""
STEP_EXIT = EXIT | {"refused": 2}


@dataclass
class StepWish:
    """What ``concsim step`` was asked for, as typed."""

    program: str = ""
    module: str = ""
    settings: list[str] = field(default_factory=list)
    model: str | None = None
    schedule: str | None = None
    random: int | None = None
    scheduler: str | None = None
    replay: Path | None = None
    every: bool = False
    limit: str | None = None
    save: Path | None = None
    record: Path | None = None
    force: bool = False
    as_json: bool = False
    arguments: list[str] = field(default_factory=list)


def step(wish: StepWish) -> int:
    """Step the program; the exit status. Raises `ProgramError` for bad input."""
    escape_what_cannot_be_shown()
    program = find(wish.program, wish.module, wish.arguments)
    by_line = _goes_by_line(program, wish)
    replayed = read_schedule(wish.replay) if wish.replay is not None else None
    if replayed is not None:
        check_fits(replayed, program)
    parameters = _parameters(program, wish.settings, replayed)
    order = _order(program, wish, replayed, parameters)
    if by_line:
        order = dataclasses.replace(order, model=LINES, scheduling=None)
    record, save = _targets(program, wish)
    last = ("no_line", "line_limit") if wish.limit is not None else ("no_line",)
    printer = StepPrinter(wish.as_json, user_language(), replayed, program.source if by_line else "", last)
    terminal = own_terminal()
    setting = Setting(parameters, end_on_deadlock=True, stdin=NOTHING if terminal is None else terminal, step=order)
    state, session, kept = _run(program, setting, record, printer)
    if wish.every:
        return kept.status(_say_explored(program, state, wish.as_json, save, session))
    if printer.difference is not None:
        print(f"concsim: {say(printer.difference, user_language())}", file=sys.stderr)
        return STEP_EXIT["refused"]
    if save is not None:
        save_schedule(make_schedule(program, state, printer.log), save, file_for_a_time)
    _check_names(order.scheduling, state, session.outcome)
    return kept.status(_say_ended(program, state, printer, session, wish.as_json))


def _goes_by_line(program: Program, wish: StepWish) -> bool:
    """Whether the program is recorded line by line, in its own order, for nobody is to choose. Raises `ProgramError`."""
    if wish.every or any(one is not None for one in (wish.schedule, wish.random, wish.replay, wish.scheduler)):
        return False
    if not steps_by_line(program):
        raise ProgramError(Message("who_chooses"))
    if wish.save is not None:
        raise ProgramError(Message("no_schedule", {"name": program.name}))
    return True


def _parameters(program: Program, settings: list[str], replayed: Schedule | None) -> dict[str, Any]:
    """The parameters stepping begins with: small ones, if the program's block names them."""
    values = first_values(program)
    if replayed is not None:
        for name, value in replayed.parameters.items():
            try:
                values[name] = program.parameter(name).check(value)
            except (KeyError, ValueError) as error:
                raise ProgramError(Message("bad_kept_setting", {"text": f"{name}={value}", "why": str(error)})) from None
    return values | parse_settings(program, settings, over={})


def _order(program: Program, wish: StepWish, replayed: Schedule | None, parameters: dict[str, Any]) -> StepOrder:
    model = wish.model or (replayed.model if replayed is not None else "gil")
    steps = _count(wish.limit) if wish.limit is not None and not wish.every else 0
    seed = replayed.seed if replayed is not None else 0
    return step_order(program, parameters, _scheduling(wish, replayed), model, seed, steps)


def _scheduling(wish: StepWish, replayed: Schedule | None) -> Scheduling:
    if replayed is not None:
        return Replayed(replayed.chosen)
    if wish.schedule is not None:
        return Named(NAMES, wish.schedule)
    if wish.every:
        return Every(_count(wish.limit))
    if wish.scheduler is not None:
        return named_scheduler(wish.scheduler)
    return Named("random", str(wish.random or 0))


def _count(text: str | None) -> int:
    """A limit as a count; 0 for none. Raises `ProgramError`."""
    if text is None:
        return 0
    if not text.isascii() or not text.isdigit() or int(text[:18]) < 1:
        raise ProgramError(Message("bad_count", {"text": text}))
    return int(text[:18])


def _run(program: Program, setting: Setting, record: Target | None, printer: StepPrinter) -> tuple[State, Session, Kept]:
    with recorded(program, "", record) as kept:
        session = Session(program, setting, Labs(keep_spare=False), kept.recording)
        state = State(None if record is None else History())
        printer.on_last = session.stop
        try:
            follow(session, state, printer)
        finally:
            session.stop()
            session.join(5)
    check_started(state)
    return state, session, kept


def _check_names(scheduling: Scheduling | None, state: State, outcome: str) -> None:
    """A program that ended without one who was to go on has not followed the schedule. Raises `ProgramError`."""
    names = scheduling.arguments.split() if isinstance(scheduling, Named) and scheduling.name == NAMES else ()
    strangers = set(names) - {one.id for one in state.actors.values()}
    if strangers and outcome == "finished":
        raise ProgramError(Message("nobody_called", {"names": shorten(", ".join(sorted(strangers)))}))


def _targets(program: Program, wish: StepWish) -> tuple[Target | None, Target | None]:
    """Where the recording and the schedule are to be written. Raises `ProgramError` where they may not be."""
    kept = [program.path, *([wish.replay] if wish.replay is not None else [])]
    record = None if wish.record is None else Target(wish.record, RECORDING, force=wish.force, kept=kept)
    save = None if wish.save is None else Target(wish.save, SCHEDULE, force=wish.force, kept=kept)
    check_apart(record, save)
    return record, save


def _say_ended(program: Program, state: State, printer: StepPrinter, session: Session, as_json: bool) -> int:
    outcome = "limit" if any(one.code in ("line_limit", "no_line") for one in state.remarks) else session.outcome
    if as_json:
        last = {
            "outcome": outcome, "verdict": answer(program, state, outcome), "steps": len(printer.log), "output": printer.text,
            "watched": watched_of(program, state), "deadlock": deadlock_of(state), "refused": refused_of(state),
        }  # fmt: skip
        print(json_line(last))
    language = user_language()
    verdict = verdict_words(program, state, outcome, language)
    words = [sentence(program, state, language, 0.0), *_late_notes(state, language), verdict]
    _tell([word for word in words if word], as_json, outcome)
    return STEP_EXIT[outcome] if state.model == LINES or outcome == "stopped" else ANSWER_EXIT[answer(program, state, outcome)]


def _tell(lines: list[str], as_json: bool, outcome: str) -> None:
    if as_json and outcome != "refused":
        return
    for line in lines:
        print(f"concsim: {line}", file=sys.stderr if as_json or not sys.stdout.isatty() else sys.stdout)


def _say_explored(program: Program, state: State, as_json: bool, save: Target | None, session: Session) -> int:
    found = state.stepped.explored
    if found is None:
        _tell(notes(state, user_language()), as_json, "refused")
        if as_json and session.outcome == "refused" and session.setting.step is not None:
            print_refused(refused_of(state), session.setting.step.model)
        return STEP_EXIT.get(session.outcome, 1)
    order = session.setting.step
    assert order is not None
    if as_json:
        print_explored(found, order.model, state.remarks)
    else:
        tell_explored(found, order.model, notes(state, user_language()))
    if save is not None and found.first_failure:
        schedule = Schedule(program.name, hash_of(program), order.model, dict(session.setting.parameters), 0, found.first_failure)
        save_schedule(schedule, save, file_for_a_time)
    verdict = verdict_on_all(found)
    return EXIT["stopped"] if verdict == OPEN and session.was_interrupted else ANSWER_EXIT[verdict]


def _late_notes(state: State, language: str) -> list[str]:
    """Remarks that were not said when they came."""
    said_at_once = [say(Message(one.code, one.values), language) for one in state.remarks if one.code == "no_visible_operation"]
    return [one for one in notes(state, language) if one not in said_at_once]
