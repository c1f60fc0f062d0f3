"""A schedule as data: which actor took each step of a program, and what each step was. Saved and shared as JSON.

The choices decide the run; the steps only tell whether a replay does what was done when the schedule was made.
Opening one runs nothing.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from concsim.model.files.json_size import TooManyPartsError, check_holders
from concsim.model.files.json_text import json_text
from concsim.model.files.plain_file import NoPlainFileError, read_plain
from concsim.model.files.target import Noted, Target
from concsim.model.folding.state import State
from concsim.model.folding.step_fold import operation_of
from concsim.model.folding.step_log import StepLog, StepRow
from concsim.model.interpreters import MODELS
from concsim.model.programs.program import Program, ProgramError
from concsim.model.words.phrases import Message, shorten

VERSION = 1
VOCABULARY = 3
"""Which operations are steps. It goes up when more of them are seen, or others: a schedule of an older one may not fit any more."""
OLDEST = 1
"""That of schedules that do not say it."""
LONGEST = 16 << 20
MOST_PARTS = 1_000
"""Lists and tables in it: it has a handful, and each takes a hundred times its text."""


@dataclass(frozen=True)
class Schedule:
    """`choices` names the actor of every step; `steps` says in a few words what each was, empty if that is not known.

    `vocabulary` says which operations were steps when it was made. `paths` say for each id who started that actor, as the how-manieth: that
    is the same in an execution that differs before; a schedule of an earlier version does not say it.
    """

    program: str
    sha256: str
    model: str
    parameters: Mapping[str, Any] = field(default_factory=dict)
    seed: int = 0
    choices: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    vocabulary: int = VOCABULARY
    paths: Mapping[str, str] = field(default_factory=dict)

    @property
    def chosen(self) -> tuple[str, ...]:
        """The choices by path, as far as paths are known."""
        return tuple(self.paths.get(one, one) for one in self.choices)


def hash_of(program: Program) -> str:
    """What tells one version of a program's source from another."""
    return hashlib.sha256(program.source.encode("utf-8", "surrogatepass")).hexdigest()


def describe_step(state: State, row: StepRow) -> str:
    """A step in a few words that are the same in every language: operation, object, value, line."""
    operation, text = operation_of(row.kind, row.value)
    site = state.site(row.site)
    value = state.texts.get(text, "") if text else ("" if operation not in ("read", "write") or not _has_number(row) else str(int(row.value)))
    name = state.name_of(row.target) if row.target else ""
    return " ".join(part for part in (operation, name, f"= {value}" if value else "", f"@{site.line}" if site else "") if part)


def _has_number(row: StepRow) -> bool:
    from concsim.model.events import Kind

    return row.kind in (Kind.READ, Kind.WRITE)


def make_schedule(program: Program, state: State, log: StepLog, until: int | None = None) -> Schedule:
    """The schedule of a stepped run, or of its first *until* steps."""
    ids = {one.number: one.id for one in state.actors.values()}
    count = len(log) if until is None else min(until, len(log))
    return Schedule(
        program.name, hash_of(program), state.model, dict(state.parameters), 0,
        tuple(ids.get(number, "?") for number in log.actors(count)),
        tuple(describe_step(state, log.row(step)) for step in range(1, count + 1)), paths=_paths_of(state),
    )  # fmt: skip


def _paths_of(state: State) -> dict[str, str]:
    """Each actor's path, by its id: its starter's, and as the how-manieth it was started."""
    paths, counts = dict[int, str](), Counter[int]()
    for actor in state.actors.values():
        counts[actor.parent] += 1
        paths[actor.number] = f"{paths[actor.parent]}.{counts[actor.parent]}" if actor.parent in paths else actor.id
    return {state.actors[number].id: path for number, path in paths.items()}


def to_json(schedule: Schedule) -> str:
    """The schedule as the text of a file. Steps that repeat are kept once."""
    table = {text: index for index, text in enumerate(dict.fromkeys(schedule.steps))}
    return json_text(
        {
            "concsim": "schedule", "version": VERSION, "vocabulary": schedule.vocabulary, "program": schedule.program, "sha256": schedule.sha256,
            "model": schedule.model, "parameters": dict(schedule.parameters), "seed": schedule.seed,
            "choices": " ".join(schedule.choices), "actors": dict(schedule.paths), "operations": list(table),
            "steps": [table[text] for text in schedule.steps],
        },
        indent=1,
    )  # fmt: skip


def save_schedule(schedule: Schedule, target: Target, noted: Noted = nullcontext) -> None:
    """Write a schedule to a file, which *noted* is told of. Raises `ProgramError`."""
    try:
        with target.written(noted) as aside:
            aside.write_text(to_json(schedule) + "\n", encoding="utf-8")
    except OSError as error:
        raise ProgramError(Message("cannot_save", {"path": str(target.named), "why": error.strerror or str(error)})) from None


def read_schedule(path: Path) -> Schedule:
    """The schedule in a file. Raises `ProgramError` with what is wrong and where."""
    try:
        data = read_plain(path, LONGEST)
        if data is None:
            raise ProgramError(_bad(path, f"it is longer than {LONGEST >> 20} MB"))
        return from_json(data.decode("utf-8"), path)
    except NoPlainFileError:
        raise ProgramError(Message("not_a_file", {"path": str(path)})) from None
    except OSError as error:
        raise ProgramError(Message("unreadable", {"path": str(path), "why": error.strerror or str(error)})) from None
    except UnicodeDecodeError:
        raise ProgramError(_bad(path, "it is not text")) from None


def from_json(text: str, path: Path) -> Schedule:
    """The schedule of `to_json`. Raises `ProgramError`."""
    try:
        check_holders(text.encode("utf-8", "surrogatepass"), MOST_PARTS)
        data = json.loads(text)
    except json.JSONDecodeError as error:
        raise ProgramError(_bad(path, f"line {error.lineno}: {error.msg}"), error.lineno) from None
    except TooManyPartsError as error:
        raise ProgramError(_bad(path, str(error))) from None
    except ValueError:
        raise ProgramError(_bad(path, "a number in it has thousands of digits")) from None
    except RecursionError:
        raise ProgramError(_bad(path, "it is nested too deeply")) from None
    if not isinstance(data, dict) or data.get("concsim") != "schedule":
        raise ProgramError(_bad(path, "it was not made by concsim"))
    if data.get("version") != VERSION:
        raise ProgramError(_bad(path, f"its version is {shorten(repr(data.get('version')))}, this concsim reads {VERSION}"))
    vocabulary = data.setdefault("vocabulary", OLDEST)
    if type(vocabulary) is not int or not OLDEST <= vocabulary <= VOCABULARY:
        raise ProgramError(_bad(path, f"its vocabulary is {shorten(repr(vocabulary))}, this concsim knows {OLDEST} to {VOCABULARY}"))
    return _checked(data, path)


_KINDS: dict[str, type | tuple[type, ...]] = {
    "program": str, "sha256": str, "model": str, "parameters": dict, "seed": int, "choices": str, "operations": list,
    "steps": list,
}  # fmt: skip


def _checked(data: dict[str, Any], path: Path) -> Schedule:
    for name, kind in _KINDS.items():
        if not isinstance(data.get(name), kind) or isinstance(data[name], bool):
            raise ProgramError(_bad(path, f'"{name}" is missing or of the wrong kind'))
    if data["model"] not in MODELS:
        raise ProgramError(_bad(path, f'"model" is {data["model"]!r}, not "gil" or "free-threaded"'))
    if not all(isinstance(one, (bool, int, float, str)) for one in data["parameters"].values()):
        raise ProgramError(_bad(path, "a parameter is neither a number, a text nor true or false"))
    choices, table, steps = tuple(data["choices"].split()), data["operations"], data["steps"]
    for place, index in enumerate(steps):
        if type(index) is not int or not 0 <= index < len(table) or not isinstance(table[index], str):
            raise ProgramError(_bad(path, f"step {place + 1} refers to operation {index!r}, which is not there"))
    if steps and len(steps) != len(choices):
        raise ProgramError(_bad(path, f"it has {len(choices)} choices but {len(steps)} steps"))
    paths = data.get("actors", {})
    if not isinstance(paths, dict) or not all(isinstance(one, str) for one in paths.values()):
        raise ProgramError(_bad(path, '"actors" is of the wrong kind'))
    return Schedule(
        data["program"], data["sha256"], data["model"], data["parameters"], data["seed"], choices,
        tuple(table[index] for index in steps), data["vocabulary"], paths,
    )  # fmt: skip


def _bad(path: Path, why: str) -> Message:
    return Message("bad_schedule", {"path": str(path), "why": why})


def check_fits(schedule: Schedule, program: Program) -> None:
    """Raise `ProgramError` if the schedule is for another program, or for another version of this one."""
    if schedule.sha256 == hash_of(program):
        return
    if Path(schedule.program).name != Path(program.name).name:
        raise ProgramError(Message("other_program", {"theirs": schedule.program, "ours": program.name}))
    raise ProgramError(Message("other_version", {"name": program.name}))
