"""Sentences with numbers in them: one step, two steps."""

from __future__ import annotations

import re
import tracemalloc
from typing import Any

import pytest

from concsim.control.catalogue import read_catalogue
from concsim.model.words.phrase_table import PHRASES
from concsim.model.words.phrases import LONGEST_SAID, Message, fill, put_in, say

ONE_OF_MANY = re.compile(r"\b1 (?!was\b|times as\b|process\b)(?:[a-z]{2,}s|are|were)\b")
NEVER_ONE = {"asked": 9, "next_calls": 2, "requests": 2}
"""What no run of a program counts to only 1."""

COUNTING = [
    code for code, (english, _) in PHRASES.items() if re.search(r"{(count|steps|executions)\b", english) and "more than {" not in english
]


class One(int):
    """A number that is 1, and a table of such numbers."""

    def __getitem__(self, _: str) -> One:
        return self

COUNTING = [
    code for code, (english, _) in PHRASES.items() if re.search(r"{(count|steps|executions)\b", english) and "more than {" not in english
]


class Ones(dict[str, Any]):
    """Values that are all 1."""

    def __missing__(self, _: str) -> One:
        return One(1)


@pytest.mark.parametrize(("count", "said"), [(0, "0 steps were"), (1, "1 step was"), (2, "2 steps were"), (None, "None steps were")])
def test_that_a_word_is_chosen_by_a_number(count: int | None, said: str) -> None:
    assert put_in("{count} {count:step was|steps were}", {"count": count}) == said
    assert fill({"en": "{count} {count:step was|steps were}"}, {"count": count}, "en") == said


@pytest.mark.parametrize("program", read_catalogue(), ids=lambda one: one.id)
def test_that_no_summary_says_one_of_many(program) -> None:
    least = {one.name: one.default if isinstance(one.default, str) else One(max(one.min or 1, 1)) for one in program.parameters}
    said = put_in(program.block.summary["en"], Ones({**least, **NEVER_ONE}))
    assert not ONE_OF_MANY.search(said), said


@pytest.mark.parametrize("code", COUNTING)
def test_that_no_phrase_says_one_of_many(code: str) -> None:
    said = say(Message(code, {"count": 1, "steps": 1, "executions": 1}), "en")
    assert not ONE_OF_MANY.search(said), said


@pytest.mark.parametrize("text", ["{n:>300000000}", "{n!r:*^300000000}", "{n:.300000000f}", "{n:{wide}}", "{n:>9999999999999999999}", "{n:0>٣٠٠٠٠٠٠٠}"])
def test_that_no_summary_fills_the_memory_with_a_width(text: str) -> None:
    tracemalloc.start()
    try:
        assert fill({"en": text}, {"n": 3, "wide": 10**8}, "en") == "3"
        assert tracemalloc.get_traced_memory()[1] < 1 << 20
    finally:
        tracemalloc.stop()
    assert fill({"en": "{n:>5}|{n:.2f}"}, {"n": 3}, "en") == "    3|3.00"


def test_that_a_summary_is_no_longer_than_what_is_said_elsewhere() -> None:
    assert len(fill({"en": "{n}" * 10_000}, {"n": "x" * 100}, "en")) < 2 * LONGEST_SAID


@pytest.mark.parametrize("control", ["\n", "\r", "\x1b", "\0", "\x85", "\u2028", "\u202e", "\t", "\x7f"], ids=ascii)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_that_a_name_with_a_control_character_is_said_on_one_line(control: str, language: str) -> None:
    inner = Message("why_no_library", {"library": f"c{control}d"})
    said = say(Message("unreadable", {"path": f"a{control}b", "why": inner}), language)
    written = control.encode("unicode_escape").decode()
    assert control not in said and f"a{written}b" in said and f"c{written}d" in said


def test_that_a_programs_own_lines_are_said_as_they_stand() -> None:
    assert "x = 1\t# one" in say(Message("step_line_source", {"actor": "main", "line": 1, "source": "x = 1\t# one"}), "en")
    assert "one\ntwo" in say(Message("failed_error", {"actor": "main", "type": "E", "text": "one\ntwo", "line": 1}), "en")
