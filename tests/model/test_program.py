"""Programs are read, never run; blocks are checked key by key."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from concsim.model.programs.block import BlockError, read_block
from concsim.model.programs.expression import ExpressionError, evaluate
from concsim.model.programs.program import ProgramError, make_program, read_program
from concsim.model.words.phrases import say

SOURCE = """# /// concsim
# title = { en = "A title", zh = "标题" }
# watch = { total = "SIZE * 2" }
# [parameters.SIZE]
# min = 1
# max = 9
# ///
SIZE: int = 3
SIZE = 4
OTHER = 5
NAMES = ["no", "parameter"]
raise SystemExit("it was run")
"""


def test_that_a_program_is_read_without_being_run(tmp_path: Path) -> None:
    path = tmp_path / "a.py"
    path.write_text(SOURCE, encoding="utf-8")
    program = read_program(path)
    assert program.title("zh") == "标题"
    assert program.defaults() == {"SIZE": 3}


def test_that_a_script_without_a_block_has_all_its_constants() -> None:
    program = make_program("A = 1\nB = 'x'\nC = True\n_D = 2\ne = 3\nF = [1]\nG = A + 1\n", Path("x.py"))
    assert program.defaults() == {"A": 1, "B": "x", "C": True}


@pytest.mark.parametrize(
    ("text", "value"), [("4", 4), ("1_0", ValueError), ("10", ValueError), ("0", ValueError), ("x", ValueError)]
)
def test_that_a_typed_value_is_checked(text: str, value: object) -> None:
    parameter = make_program(SOURCE, Path("x.py")).parameter("SIZE")
    if value is ValueError:
        with pytest.raises(ValueError, match="SIZE"):
            parameter.parse(text)
    else:
        assert parameter.parse(text) == value


RANGED = """# /// concsim
# [parameters.RATE]
# {limits}
# ///
RATE = 0.5
"""


@pytest.mark.parametrize("limits", ["min = 0.0", "max = 1.0"])
def test_that_what_is_no_number_is_in_no_range(limits: str) -> None:
    with pytest.raises(ValueError, match=r"RATE is at (least|most) .*, not nan"):
        make_program(RANGED.format(limits=limits), Path("x.py")).parameter("RATE").parse("nan")
    free = make_program("RATE = 0.5\n", Path("x.py")).parameter("RATE")
    assert str(free.parse("nan")) == "nan"


def test_that_what_cannot_be_written_out_is_a_constant() -> None:
    assert make_program("A = 0x1" + "0" * 6000 + "\nB = 1\n", Path("x.py")).defaults() == {"B": 1}


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        ({"colour": 1}, "unknown key colour"),
        ({"order": "first"}, "order is a whole number"),
        ({"charts": [{"kind": "pie"}]}, r"charts\[0\].kind is one of"),
        ({"charts": [{"of": "x"}]}, "has no kind"),
        ({"charts": [{"kind": "drift", "size": 1}]}, r"unknown key charts\[0\].size"),
        ({"views": ["cloud"]}, "views is one of"),
        ({"title": {"fr": "titre"}}, "no language fr"),
        ({"parameters": {"A": {"low": 1}}}, "unknown key parameters.A.low"),
        ({"expect": {"live": "maybe"}}, "expect.live is one of"),
        ({"expect": {"step": {"gil": "no"}}}, "expect.step.gil is one of"),
        ({"repeat": 1}, "true or false"),
    ],
)
def test_that_a_wrong_block_names_its_key(keys: dict, words: str) -> None:
    with pytest.raises(BlockError, match=words):
        read_block(keys)


@pytest.mark.parametrize(
    ("text", "value"),
    [("A * B", 12), ("A if A > B else B", 4), ("max(A, B) - 1", 3), ("-A + 2 ** 3", 5), ("A // 2", 1), ("1", 1)],
)
def test_that_expectations_are_computed(text: str, value: int) -> None:
    assert evaluate(text, {"A": 3, "B": 4}) == value


@pytest.mark.parametrize(
    "text", ["__import__('os')", "A.real", "[1][0]", "C", "A +", "2 ** 10 ** 10", "(lambda: 1)()", "1 / 0", "f'{A}'", "(99 ** 64) ** 64", "'a' * 10 ** 9"]
)
def test_that_nothing_else_is(text: str) -> None:
    with pytest.raises(ExpressionError):
        evaluate(text, {"A": 3})


def test_that_a_program_error_says_its_line() -> None:
    with pytest.raises(ProgramError, match="line 2") as caught:
        make_program("x = 1\ny = = 2\n", Path("x.py"))
    assert caught.value.line == 2


def test_that_threads_may_parse_at_once() -> None:
    source = "x = " + "(" * 50 + "1" + ")" * 50 + "\n" + "def f(a):\n    return [a, {a: a}]\n" * 200
    with ThreadPoolExecutor(4) as pool:
        programs = list(pool.map(lambda _: make_program(source, Path("x.py")), range(40)))
    assert len(programs) == 40


def test_that_a_file_of_block_openings_is_read_at_once() -> None:
    assert make_program("# /// concsim\n" * 100_000, Path("x.py")).block.topic == ""


def test_that_a_text_that_the_parser_gives_up_on_is_named_with_a_reason(tmp_path: Path) -> None:
    path = tmp_path / "deep.py"
    path.write_text("x=" + "-" * 200_000 + "1\n")
    with pytest.raises(ProgramError) as refused:
        read_program(path)
    said = say(refused.value.message, "en")
    assert "deep.py is not a Python program: " in said and not said.endswith(": .")
