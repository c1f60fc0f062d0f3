"""A hook before each operation changes nothing that a program can see, and says exactly what the operation was."""

from __future__ import annotations

import io
import linecache
import logging
import re
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

pytest.importorskip("greenlet")

from concsim.engine.execution import Ended, Engine
from concsim.engine.schedulers.random_order import RandomOrder
from concsim.engine.schedulers.round_robin import RoundRobin
from concsim.model.events import (
    KIND_BITS,
    LINE_BITS,
    OPERATION_SPAN,
    OPERATIONS,
    STEP_NS,
    STEPS,
    ErrorRaised,
    Kind,
    ObjectDeclared,
    OutputPrinted,
    TextSeen,
)
from tests.engine.random_programs import PROGRAMS
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
    """What a program did: what it logged, the simple globals it leaves, the traceback it ended with, and what it printed."""

    log: list[str]
    left: dict[str, str]
    error: str
    output: str = ""


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
    error, output = "", io.StringIO()
    try:
        with redirect_stdout(output):
            exec(compile(source, str(path), "exec", dont_inherit=True), space)
    except SystemExit as raised:
        error = f"exit {raised.code}"
    except BaseException as raised:
        raised.__traceback__ = raised.__traceback__.tb_next if raised.__traceback__ else None
        error = "".join(traceback.format_exception(raised))
    finally:
        sys.modules["__main__"] = before
        logging.getLogger("snippet").handlers.clear()
    return Effects(space.get("LOG", []), left_by(space), error, output.getvalue())


def run_stepped(path: Path, source: str, model: str) -> Effects:
    sink = Kept()
    with engine_for(path, source, model, sink) as engine:
        ended = engine.execute(RoundRobin())
        found = Effects(list(engine.space["LOG"]), left_by(engine.space), error_of(ended, sink), printed(sink))
    logging.getLogger("snippet").handlers.clear()
    return found


def printed(sink: Kept) -> str:
    return "".join(one.text for one in sink.records if isinstance(one, OutputPrinted) and one.stream == "stdout")


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
    assert (found.error, found.output) == (expected.error, expected.output)
    if title != "deep recursion":  # how deep it goes is not the language's
        assert found.left == expected.left


@given(source=PROGRAMS, model=st.sampled_from(MODELS))
@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.filter_too_much])
def test_that_any_program_does_the_same_plain_and_stepped(tmp_path: Path, source: str, model: str) -> None:
    linecache.clearcache()  # files written in one moment, of one length, are the same to it
    path = tmp_path / "snippet.py"
    expected = run_plain(path, source)
    assert run_stepped(path, source, model) == expected


# what a step says


@dataclass
class Step:
    """One visible operation as the log has it, and the text in the program that its site marks."""

    operation: str
    name: str
    value: Any
    line: int
    column: int
    text: str


def steps_of(path: Path, source: str, model: str = "free-threaded") -> list[Step]:
    sink = Kept()
    with engine_for(path, source, model, sink) as engine:
        ended = engine.execute(RoundRobin())
        assert ended.outcome == "finished", ended
        sites = list(engine.world.sites)
    texts = {one.number: one.text for one in sink.records if isinstance(one, TextSeen)}
    names = {one.number: one.name for one in sink.records if isinstance(one, ObjectDeclared)}
    lines = source.split("\n")
    steps = []
    for at in range(0, len(sink.flat), 5):
        _, _, code, place, value = sink.flat[at : at + 5]
        kind = Kind(code & (1 << KIND_BITS) - 1)
        if kind not in STEPS:
            continue
        site = sites[place & (1 << LINE_BITS) - 1]
        text = lines[site.line - 1][site.column : site.end_column if site.end_line == site.line else None]
        if kind == Kind.DO:
            operation, value = OPERATIONS[int(value) % OPERATION_SPAN], texts.get(int(value) // OPERATION_SPAN, "")
        else:
            operation = kind.name.partition("_")[0].lower()
            value = value if kind in (Kind.READ, Kind.WRITE, Kind.DELETE) else texts.get(int(value), "")
        steps.append(Step(operation, names.get(code >> KIND_BITS, ""), value, site.line, site.column, text))
    return steps


STEPPED = """\
import threading
总数 = 0
class Account:
    def __init__(self): self.held = 1
account = Account()
shared = {"甲": [1, 2]}
lock = threading.Lock()
def work(x):
    global 总数
    文 = "中文字"; 总数 = 总数 + x
    总数 += len("中文"); account.held -= 总数
    shared["甲"].append(文 and account.held)
    del shared["甲"]
    with lock: 总数 = "完"
work(1)
"""

EXPECTED = [
    ('write', '总数', 0, 2, 0, '总数 = 0'),
    ('read', '总数', 0, 10, 20, '总数'),
    ('write', '总数', 1, 10, 15, '总数 = 总数 + x'),
    ('read', '总数', 1, 11, 4, '总数'),
    ('write', '总数', 3, 11, 4, '总数 += len("中文")'),
    ('read', 'account.held', 1, 11, 21, 'account.held'),
    ('read', '总数', 3, 11, 37, '总数'),
    ('write', 'account.held', -2, 11, 21, 'account.held -= 总数'),
    ('read', "shared['甲']", '[1, 2]', 12, 4, 'shared["甲"]'),
    ('read', 'account.held', -2, 12, 29, 'account.held'),
    ('call', "shared['甲']", 'append(-2)', 12, 4, 'shared["甲"].append(文 and account.held)'),
    ('delete', "shared['甲']", 0, 13, 8, 'shared["甲"]'),
    ('acquire', 'lock', '', 14),
    ('write', '总数', "'完'", 14, 15, '总数 = "完"'),
    ('release', 'lock', '', 14),
]  # fmt: skip


@pytest.mark.parametrize("model", MODELS)
def test_that_a_step_names_its_operation_variable_value_and_place_in_characters(tmp_path: Path, model: str) -> None:
    steps = steps_of(tmp_path / "stepped.py", STEPPED, model)
    found = [(one.operation, one.name, one.value, one.line, one.column, one.text) for one in steps]
    assert [one[: len(wanted)] for one, wanted in zip(found, EXPECTED, strict=True)] == EXPECTED


# tracebacks


def test_that_tracebacks_leave_the_engine_out_only_while_it_runs(tmp_path: Path) -> None:
    # raised by the iterator that stands for the dictionary's
    source = "import traceback\nd = {1: 2}\ndef f():\n  for k in d: d[-k] = 1\n"
    source += "try: f()\nexcept RuntimeError: text = traceback.format_exc()\n"
    with engine_for(tmp_path / "raises.py", source, "gil", Kept()) as engine:
        walks = traceback.walk_tb
        engine.execute(RoundRobin())
        assert engine.space["text"].count("File") == 2 and "concsim" not in engine.space["text"]
        assert traceback.walk_tb is not walks
    assert traceback.walk_tb is walks


def test_that_the_carets_stand_below_the_error_after_chinese_text(tmp_path: Path) -> None:
    sink = Kept()
    source = 'def f(d): return "中文" + d["键"] + "尾"\nf({})\n'
    with engine_for(tmp_path / "raises.py", source, "free-threaded", sink) as engine:
        assert engine.execute(RoundRobin()).error == "KeyError: '键'"
    text = next(one.traceback for one in sink.records if isinstance(one, ErrorRaised))
    assert text == run_plain(tmp_path / "raises.py", source).error
    assert 'return "中文" + d["键"] + "尾"' in text


def test_that_an_error_that_ends_a_thread_is_shown_without_the_engine(tmp_path: Path) -> None:
    said: list[str] = []
    source = "import threading\ndef f(): int('x')\nt = threading.Thread(target=f)\nt.start()\nt.join()\n"
    with engine_for(tmp_path / "raises.py", source, "free-threaded", Kept()) as engine:
        engine.print = lambda record: said.append(record.text)
        assert engine.execute(RoundRobin()).error.startswith("ValueError")
    text = "".join(said)
    assert text.startswith("Exception in thread Thread-1 (f):\nTraceback") and text.count("File") == 1
    assert "raises.py\", line 2, in f" in text


ENDS = """
import threading, weakref
seen = []
class Last:
    def __init__(self, name): self.name = name
    def __del__(self):
        global total
        total = total + 1
        seen.append(self.name)
total = 0
local = threading.local()
def work(one):
    local.kept = Last("local")
    def inner(): return one
    return inner
threads = [threading.Thread(target=work, args=(Last("argument"),)) for _ in range(2)]
for one in threads: one.start()
for one in threads: one.join()
class Own(threading.Thread):
    def run(self): self.kept = Last("thread")
Own().start()
while len(seen) < 5: pass
"""


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("seed", range(5))
def test_that_finalizers_run_to_their_end_when_a_thread_ends(tmp_path: Path, model: str, seed: int) -> None:
    with engine_for(tmp_path / "ends.py", ENDS, model, Kept()) as engine:
        engine.world.limit = 20_000 * STEP_NS
        ended = engine.execute(RandomOrder(seed))
        assert (ended.outcome, ended.halt) == ("finished", None)
        assert sorted(engine.space["seen"]) == ["argument", "argument", "local", "local", "thread"]
