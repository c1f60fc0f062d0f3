"""Prints a stepped run as it comes: each step a sentence, or a line of JSON."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

from concsim.control.command.printing import json_line
from concsim.control.sessions.log import KEPT_OUTPUT
from concsim.model.encoding import Batch
from concsim.model.events import KIND_MASK, SCRIPT, STEPS, OutputPrinted, Record, Remark
from concsim.model.files.schedule import VOCABULARY, Schedule, describe_step
from concsim.model.folding.state import State
from concsim.model.folding.step_fold import READS, operation_of
from concsim.model.folding.step_log import StepLog, StepRow
from concsim.model.words.phrases import Message, say
from concsim.model.words.step_words import step_sentence


class StepPrinter:
    """Folds a stepped run row by row.

    *planned* is the schedule that is replayed; *source* the text of a program stepped by line.
    Where a remark of one of *last* comes, `on_last` is called: nothing after it is of interest.
    """

    def __init__(self, as_json: bool, language: str, planned: Schedule | None = None, source: str = "", last: tuple[str, ...] = ()) -> None:
        self._as_json, self._language, self._planned = as_json, language, planned
        self._lines, self._last = source.splitlines(), last
        self.on_last: Callable[[], None] = lambda: None
        self.log = StepLog()
        self.difference: Message | None = None
        self._kept: list[str] = []
        self._size = 0
        self._waiting: list[tuple[State, StepRow]] = []

    @property
    def text(self) -> str:
        """What the program printed."""
        return "".join(self._kept)

    def _hear(self, record: Record) -> None:
        """What is to be said at once: printed text, and a program that does not come to an operation."""
        if isinstance(record, OutputPrinted):
            if self._size <= KEPT_OUTPUT:
                self._kept.append(record.text)
            self._size += len(record.text)
            if not self._as_json:
                self._print(record.text, sys.stderr if record.stream == "stderr" else sys.stdout, end="")
        elif isinstance(record, Remark) and record.code in self._last:
            self.on_last()
        elif isinstance(record, Remark) and record.code == "no_visible_operation":
            print(f"concsim: {say(Message(record.code, record.values), self._language)}", file=sys.stderr, flush=True)

    def fold(self, state: State, content: Batch | Record) -> None:
        """Fold what came, and print the steps in it."""
        if not isinstance(content, Batch):
            state.fold_record(content)
            self._hear(content)
            return
        first = len(self.log) + 1
        self.log.add(content)
        if self.difference is not None:
            state.fold_batch(content)
            return
        begins = [index for index, code in enumerate(content.codes) if code & KIND_MASK in STEPS]
        ends = [*begins[1:], len(content.codes)]  # what a step brought follows it: a lock that it got, say
        begin = 0
        for step, end in enumerate(ends if begins else (), first):
            state.fold_rows(content, range(begin, end))
            begin = end
            self._step(state, step)
        state.fold_rows(content, range(begin, len(content.codes)))

    def _step(self, state: State, step: int) -> None:
        row = self.log.row(step)
        if self._planned is not None and self.difference is None and step <= len(self._planned.steps):
            found = describe_step(state, row)
            if found != self._planned.steps[step - 1]:
                self.difference = difference(state, self._planned, step, found)
                return
        if self._as_json:
            self._print(json_line(step_object(state, row)), sys.stdout)
        else:
            source = self._source(state, row.site)
            self._print(f"{step:5}  {step_sentence(state, self._language, source=source)}", sys.stdout)

    def _source(self, state: State, number: int) -> str:
        """The text of the line of a step, where it is one of the program's own file."""
        site = state.site(number)
        own = site is not None and site.file == SCRIPT and 0 < site.line <= len(self._lines)
        return self._lines[site.line - 1].strip() if site is not None and own else ""

    def _print(self, text: str, stream: Any, end: str = "\n") -> None:
        stream.write(text + end)
        stream.flush()


def difference(state: State, schedule: Schedule, step: int, found: str) -> Message:
    """What to say where a replayed step is not what the schedule says."""
    if schedule.vocabulary < VOCABULARY:
        return Message("older_schedule")
    chances = [one for one in state.remarks if one.code == "chance"]
    said = Remark(0, "chance_seen", chances[-1].values) if chances else Remark(0, "chance_unseen")
    values = {"step": step, "expected": schedule.steps[step - 1], "found": found, "chance": Message(said.code, said.values)}
    return Message("step_differs", values)


def step_object(state: State, row: StepRow) -> dict[str, Any]:
    """A step as ``concsim step --json`` prints it."""
    operation, text = operation_of(row.kind, row.value)
    site = state.site(row.site)
    value: Any = state.texts.get(text) if text else None
    if operation == "call":
        value = value.strip() if value else value
    elif row.kind in (*READS,) or operation == "write":
        value = int(row.value) if not text and not _is_text(row) else value
    return {
        "step": row.step, "actor": state.actor(row.actor).id, "operation": operation,
        "object": state.name_of(row.target) if row.target else None, "value": value,
        "file": state.files.get(site.file) if site else None, "line": site.line if site else None,
        "column": site.column if site else None,
    }  # fmt: skip


def _is_text(row: StepRow) -> bool:
    from concsim.model.events import Kind

    return row.kind in (Kind.READ_TEXT, Kind.WRITE_TEXT)
