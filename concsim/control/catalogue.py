"""The catalogue's programs, read from its folder; and any program a person names."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from concsim.control.module_search import source_of
from concsim.model.programs.program import Program, ProgramError, read_program
from concsim.model.words.phrases import Message

FOLDER = Path(__file__).resolve().parent.parent / "catalogue"
TOPICS = ("overview", "threads", "races", "deadlock", "conditions", "processes", "queues", "pools", "iterators", "coroutines")
STEPPED_TOPICS = ("threads", "races", "deadlock", "conditions")
"""Topics whose programs run on virtual threads when they are stepped."""
LINE_TOPICS = ("iterators", "coroutines")
"""Topics whose programs are recorded line by line when they are stepped."""


@cache
def read_topic(topic: str, folder: Path = FOLDER) -> tuple[Program, ...]:
    """The scenarios of a topic, by their `order`. Raises `ProgramError` for one that is wrong."""
    found = []
    for path in (folder / topic).glob("*.py"):
        program = read_program(path)
        found.append(dataclasses.replace(program, id=f"{topic}.{program.block.name or path.stem}"))
    return tuple(sorted(found, key=lambda one: (one.block.order, one.id)))


def topics(folder: Path = FOLDER) -> list[str]:
    """The topics that have scenarios, in the catalogue's order."""
    there = {path.name for path in folder.iterdir() if path.is_dir() and next(path.glob("*.py"), None)}
    return [*(one for one in TOPICS if one in there), *sorted(there - set(TOPICS))]


def read_catalogue() -> tuple[Program, ...]:
    """Every scenario, in the order of the topics."""
    return tuple(program for topic in topics() for program in read_topic(topic))


def topic_of(program: Program) -> str:
    """The topic of a catalogue program, "" for a person's own."""
    return program.id.partition(".")[0]


def find_scenario(id: str) -> Program | None:
    """The scenario of that id."""
    topic = id.partition(".")[0]
    return next((one for one in read_topic(topic) if one.id == id), None) if topic in topics() else None


def lesson_path(program: Program, language: str) -> Path | None:
    """The lesson beside a catalogue program, in English if there is none in the language."""
    if not program.id:
        return None
    for one in (language, "en"):
        path = program.path.with_name(f"{program.path.stem}.{one}.md")
        if path.is_file():
            return path
    return None


def find_program(name: str) -> Program:
    """The program a person means: a scenario's id or a path. Raises `ProgramError` with one sentence."""
    scenario = find_scenario(name)
    if scenario is not None:
        return scenario
    path = Path(name)
    # os.path's way of asking never raises, however long the name is
    looks_like_id = not os.path.exists(path) and path.suffix != ".py" and "/" not in name and "\\" not in name  # noqa: PTH110
    if looks_like_id:
        raise ProgramError(Message("no_such_scenario", {"name": name}))
    return read_program(path)


def find_module(name: str, directory: Path, others: Sequence[str] | None = None) -> Program:
    """The program that ``-m name`` runs from a folder, found without running anything. Raises `ProgramError`.

    *others* is the path of another Python, see `pythons.path_of`.
    """
    path = source_of(name, directory, others) if all(part.isidentifier() for part in name.split(".")) else None
    if path is None:
        raise ProgramError(Message("no_such_module", {"name": name}))
    return read_program(path, module=name)
