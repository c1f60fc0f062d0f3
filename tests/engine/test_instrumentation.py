"""A hook before each operation changes nothing that a program can see, and says exactly what the operation was."""

from __future__ import annotations

import logging
import re
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("greenlet")

from concsim.engine.execution import Ended, Engine
from concsim.engine.schedulers.round_robin import RoundRobin
from concsim.model.events import ErrorRaised
from tests.engine.snippets import SNIPPETS

pytestmark = pytest.mark.qt_no_exception_capture  # programs that end with an exception do so on purpose
MODELS = ("free-threaded", "gil")


class Kept:
    """Keeps what the recorder says."""

    def __init__(self) -> None:
        self.flat: list[Any] = []
        self.records: list[Any] = []

    def rows(self, flat: list[Any]) -> None:
        self.flat += flat

    def record(self, record: Any) -> None:
        self.records.append(record)


@contextmanager
def engine_for(path: Path, source: str, model: str, sink: Kept) -> Iterator[Engine]:
    path.write_text(source, encoding="utf-8")
    engine = Engine(str(path), source, sink, model=model)
    try:
        yield engine
    finally:
        engine.dispose()


@dataclass
class Effects:
    """What a program did: what it logged, the simple globals it leaves, and the traceback it ended with."""

    log: list[str]
    left: dict[str, str]
    error: str


def left_by(space: dict[str, Any]) -> dict[str, str]:
    plain = (int, str, list, dict, tuple, float)
    return {
        name: re.sub("at 0x[0-9a-f]+", "", repr(value))
        for name, value in space.items()
        if any(type(value) is one for one in plain) and not name.startswith("_")
    }


def run_plain(path: Path, source: str) -> Effects:
    path.write_text(source, encoding="utf-8")
    space: dict[str, Any] = {"__name__": "__main__"}
    before = sys.modules["__main__"]
    error = ""
    try:
        exec(compile(source, str(path), "exec", dont_inherit=True), space)
    except SystemExit as raised:
        error = f"exit {raised.code}"
    except BaseException as raised:
        raised.__traceback__ = raised.__traceback__.tb_next if raised.__traceback__ else None
        error = "".join(traceback.format_exception(raised))
    finally:
        sys.modules["__main__"] = before
        logging.getLogger("snippet").handlers.clear()
    return Effects(space["LOG"], left_by(space), error)


def run_stepped(path: Path, source: str, model: str) -> Effects:
    sink = Kept()
    with engine_for(path, source, model, sink) as engine:
        ended = engine.execute(RoundRobin())
        found = Effects(list(engine.space["LOG"]), left_by(engine.space), error_of(ended, sink))
    logging.getLogger("snippet").handlers.clear()
    return found


def error_of(ended: Ended, sink: Kept) -> str:
    raised = [one for one in sink.records if isinstance(one, ErrorRaised)]
    if raised:
        return str(raised[0].traceback)
    assert ended.halt is None, ended
    return f"exit {ended.status}" if ended.status else ""


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("title", SNIPPETS)
def test_that_a_program_does_the_same_plain_and_stepped(tmp_path: Path, title: str, model: str) -> None:
    path = tmp_path / "snippet.py"
    expected = run_plain(path, SNIPPETS[title])
    found = run_stepped(path, SNIPPETS[title], model)
    assert found.log == expected.log
    assert found.error == expected.error
    if title != "deep recursion":  # how deep it goes is not the language's
        assert found.left == expected.left
