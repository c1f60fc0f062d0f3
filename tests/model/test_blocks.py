"""Blocks that nobody should write are refused in one sentence that names the key; nothing that is said is long."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from concsim.model.programs.expression import ExpressionError, evaluate
from concsim.model.programs.program import Program, ProgramError, make_program
from concsim.model.words.phrases import LONGEST, Message, say, short_message

CONSTANTS = "N = 3\nNAME = 'abc'\nON = True\nRATE = 0.5\ntotal = 0\n"


def program(block: str, constants: str = CONSTANTS) -> Program:
    rows = "".join(f"# {row}\n" for row in block.splitlines())
    return make_program(f"# /// concsim\n{rows}# ///\n{constants}", Path("x.py"))


def refusal(block: str, constants: str = CONSTANTS) -> str:
    with pytest.raises(ProgramError) as caught:
        program(block, constants)
    said = say(caught.value.message, "en")
    assert len(said) < 700 and "\n" not in said
    return said


HUGE = "1" + "0" * 400


@pytest.mark.parametrize(
    ("block", "words"),
    [
        (f"order = {HUGE}", "order is a number between"),
        (f"[parameters.N]\nmin = {HUGE}", "parameters.N.min is a number between"),
        (f"[parameters.N]\nstep = {HUGE}", "parameters.N.step is a number between"),
        ("[parameters.N]\nmax = inf", "parameters.N.max is a number between"),
        ("[parameters.N]\nmax = nan", "parameters.N.max is a number between"),
        ("[parameters.N]\nmin = 0.5", "parameters.N.min is a whole number"),
        ("[parameters.N]\nmin = 5\nmax = 1", "min is above its max"),
        ("[parameters.N]\nstep = 0", "step is above 0"),
        ("[parameters.RATE]\nstep = -0.1", "step is above 0"),
        ("[parameters.NAME]\nmin = 3", "NAME is a text"),
        ("[parameters.ON]\nmax = 1", "ON is true or false"),
        ("[parameters.ON]\nstep = 1", "ON is true or false"),
        ("[parameters.N]\nchoices = []", "choices is empty"),
        ("[parameters.N]\nchoices = [3, 'three']", "of type int, not str"),
        ("[parameters.NAME]\nchoices = [1, 2]", "of type str, not int"),
        ("[parameters.NAME]\nchoices = ['abc', 2020-01-01]", "of type str, not date"),
        ("[parameters.NAME]\nchoices = ['abc', ['d']]", "of type str, not list"),
        ("[parameters.N]\nchoices = [3, 3]", "twice"),
        ("[parameters.N]\nmin = 1\nchoices = [3, 0]", "at least 1"),
        ("[parameters.N]\nchoices = [4, 5]", "one of 4, 5, not 3"),
        ("views = ['lanes', 'lanes']", "views names lanes twice"),
        ("title = 2020-01-01", "title is a table of texts"),
        ("title = { en = 10:00:00 }", "title is a table of texts"),
        ("order = 2020-01-01T00:00:00Z", "order is a whole number"),
        ("watch = { 'to tal' = '' }", "no name of a global"),
        ("watch = { '' = '' }", "no name of a global"),
        ("charts = [{ kind = 'drift', of = 'a b' }]", "no name of a global"),
        ("charts = [{ kind = 'drift', of = 'total', over = 'a.b' }]", "no name of a global"),
        ("charts = [{ kind = 'sweep', of = 'total', over = 'NAME' }]", "NAME is no whole number"),
        ("charts = [{ kind = 'sweep', of = 'total' }]", "no parameter to go over"),
        ("charts = [{ kind = 'sweep', of = 'total', over = 'M' }]", "no parameter is called M"),
        ("charts = [{ kind = 'depth', of = 'total', capacity = 'NAME' }]", "NAME is no number"),
        ("[expect.set]\nN = 'many'", "expect.set.N: N is of type int"),
        ("[expect.set]\nM = 1", "no parameter is called M"),
        ("[expect.set]\nN = 2020-01-01", "expect.set.N"),
        ("[parameters.N]\nmax = 4\n[expect.set]\nN = 5", "at most 4"),
        ("[watch]\ntotal = '(0-8)**0.5'", "watch.total: the expectation is no real number"),
        ("[watch]\ntotal = '1e308*10'", "grows too large"),
        ("[watch]\ntotal = '1e999'", "grows too large"),
        ("[watch]\ntotal = '1e999 - 1e999'", "no real number"),
        ("[watch]\ntotal = '2 ** 64 ** 1 * 2 ** 64 * 10 ** 60 * 10 ** 60 * 10 ** 60 * 10 ** 60 * 10 ** 60'", "grows too large"),
        ("[watch]\ntotal = 'N * M'", "no parameter is called M"),
        ("[watch]\ntotal = 'N if N else M'", "no parameter is called M"),
        ("[watch]\ntotal = 'N +'", "watch.total"),
        ("[watch]\ntotal = 'N / (N - 3)'", "zero"),
        (f"[watch]\ntotal = '{'(' * 900 + 'N' + ')' * 900}'", "watch.total"),
        (f"[watch]\ntotal = '{'-' * 1900}N'", "watch.total"),
        (f"order = {'9' * 1900}", "number"),
        (f"order = {'[' * 1800}", "block at line 1"),
        ("order = 1\norder = 2", "block at line 1"),
        ("order", "block at line 1"),
        ("title.en = 'a'\n" + "# much\n" * 20_000, "longer than 64 KB"),
        (f"title.en = '{'a' * 3000}'", "longer than 2000 characters"),
        (f"[{'.'.join('a' * 900)}]", "unknown key a"),
        (f"{'k' * 1500} = 1", "unknown key k"),
    ],
    ids=lambda one: one[:50],
)  # fmt: skip
def test_that_a_block_nobody_should_write_is_refused_in_one_short_sentence(block: str, words: str) -> None:
    assert words in refusal(block)


def test_that_more_digits_than_python_reads_are_no_traceback() -> None:
    assert "block at line 1" in refusal("".join(["order = [", *["1" * 1500 + "_" for _ in range(1)], "]"]))
    assert "number" in refusal("order = 0x" + "f" * 1900)


def test_that_a_block_of_eight_megabytes_is_refused_at_once() -> None:
    assert "longer than 64 KB" in refusal("a.a.a.a.a.a = 1\n" * (8 << 20 >> 4))


@pytest.mark.parametrize(
    ("block", "name", "value"),
    [
        ("[watch]\ntotal = 'N > 2'", "total", True),
        ("[watch]\ntotal = 'NAME'", "total", "abc"),
        ("[watch]\ntotal = 'min(N, 2) if ON else 0'", "total", 2),
    ],
)
def test_that_an_expectation_may_be_of_any_type_that_a_parameter_has(block: str, name: str, value: object) -> None:
    read = program(block)
    assert evaluate(read.block.watch[name], read.defaults()) == value


def test_that_choices_become_the_type_of_the_parameter() -> None:
    choices = program("[parameters.RATE]\nchoices = [0.5, 1]").parameter("RATE").choices
    assert [type(one) for one in choices] == [float, float]


def test_that_a_whole_number_too_large_to_be_shown_is_no_parameter() -> None:
    assert program("order = 1", "A = 1e999\nB = 0x" + "f" * 5000 + "\nC = -1e999\nD = 1\n").defaults() == {"A": math.inf, "C": -math.inf, "D": 1}


@pytest.mark.parametrize("typed", ["nan", "inf", "-inf", "1e999"])
def test_that_a_number_that_json_has_not_is_the_persons_choice_where_no_range_is_named(typed: str) -> None:
    free = program("order = 1").parameter("RATE")
    assert str(free.parse(typed)) == str(float(typed)) == str(free.check(str(float(typed))))
    with pytest.raises(ValueError, match=r"RATE is at (least|most)"):
        program("[parameters.RATE]\nmin = 0\nmax = 1").parameter("RATE").parse(typed)


@pytest.mark.parametrize("value", [10**5000, -(10**5000)], ids=["above 0", "below 0"])
@pytest.mark.parametrize("name", ["RATE", "N"])
def test_that_a_number_of_very_many_digits_is_refused_by_any_parameter(name: str, value: int) -> None:
    with pytest.raises(ValueError, match="of a size that can be shown"):
        program("order = 1").parameter(name).check(value)


def test_that_a_whole_number_may_be_beyond_every_float_and_no_other_may() -> None:
    assert program("order = 1").parameter("N").check(10**400) == 10**400
    with pytest.raises(ValueError, match="RATE is a number of a size that can be shown"):
        program("order = 1").parameter("RATE").check(10**400)


@pytest.mark.parametrize("text", ["(0-8)**0.5", "1e308*10", "((0-8)**0.5) * 2", "1e999 - 1e999", "2 ** 64 * 10 ** 60 ** 1 * 10.0 ** 64 * 10.0 ** 64 * 10.0 ** 64 * 10.0 ** 64"])
def test_that_an_expectation_is_a_finite_real_number(text: str) -> None:
    with pytest.raises(ExpressionError):
        evaluate(text, {})


# what is said


@pytest.mark.parametrize("language", ["en", "zh"])
def test_that_a_long_value_has_its_middle_left_out_wherever_it_is_said(language: str) -> None:
    message = Message("unreadable", {"path": "a" * 200_000 + "z", "why": Message("no_such_file", {"path": "b" * 200_000})})
    said = say(short_message(message), language)
    assert len(said) < 3 * LONGEST
    assert "a … a" in said and "z" in said and "b … b" in said
    assert say(ProgramError(message).message, language) == said
    assert len(say(message, language)) < 50_000, "nothing that is said is endless"


@pytest.mark.parametrize("value", [10**5000, -(10**5000)], ids=["above 0", "below 0"])
def test_that_a_number_of_very_many_digits_can_be_said(value: int) -> None:
    assert len(say(Message("step_write", {"actor": "t1", "name": "n", "value": value}), "en")) < 2 * LONGEST
    assert len(say(Message("aggregated", {"count": value}), "en")) < 2 * LONGEST


def test_that_a_sentence_is_said_though_a_value_is_of_another_kind_than_it_should_be() -> None:
    assert "many" in say(Message("aggregated", {"count": "many"}), "en")
    assert "soon" in say(Message("finished", {"seconds": "soon"}), "en")


def test_that_a_schedule_to_be_copied_is_said_whole() -> None:
    schedule = "t1 t2 " * 400
    assert schedule in say(Message("first_failure", {"schedule": schedule}), "en")
