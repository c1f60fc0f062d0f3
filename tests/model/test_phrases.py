"""Sentences with numbers in them: one step, two steps."""

from __future__ import annotations

import re
from typing import Any

import pytest

from concsim.control.catalogue import read_catalogue
from concsim.model.phrase_table import PHRASES
from concsim.model.phrases import Message, fill, put_in, say

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
