"""Blocks at the top of a program that somebody has changed: all that is said by them can be said, or one short sentence."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from concsim.control.command import listing
from concsim.control.command.summary import sentence, watched_of
from concsim.model.events import RoundEnded, RoundStarted, WatchSeen
from concsim.model.files.json_text import json_text
from concsim.model.folding.history import History
from concsim.model.folding.state import State
from concsim.model.programs.expectation import expected_of
from concsim.model.programs.program import Program, ProgramError, make_program, read_program
from tests.fuzz.strategies import changed_bytes, scalars
from tests.fuzz.test_files import FEW, MANY, QUIET

LONGEST_SENTENCE = 1_500
CONSTANTS = "N = 3\nRATE = 0.5\nNAME = 'abc'\nON = True\nMANY = 0x" + "f" * 3_000 + "\nENDLESS = 1e999\ntotal = 0\n"
NAMES = ("N", "RATE", "NAME", "ON", "MANY", "ENDLESS", "total", "M", "n", "{N}", "a.b", "a\nb", "\x1b[2J", "")
SOUND = {
    "title": {"en": "Mutex", "zh": "互斥锁"}, "name": "mine", "topic": "races", "order": 40, "blurb": {"en": "About it."},
    "watch": {"total": "N * 2", "box": ""}, "charts": [{"kind": "drift", "of": "total"}, {"kind": "sweep", "of": "total", "over": "N"}],
    "views": ["lanes", "code"], "faults": ["kill_worker"], "repeat": True, "summary": {"en": "{total} of {total_expected:,}, {N:lamp|lamps}"},
    "parameters": {
        "N": {"label": {"en": "n"}, "min": 1, "max": 64, "step": 1}, "RATE": {"min": 0, "max": 1.5, "unit": "s"}, "NAME": {"choices": ["abc", "d"]},
        "ON": {"live": True}, "MANY": {}, "ENDLESS": {"label": {}},
    },
    "expect": {"live": "any", "step": {"gil": "fails"}, "set": {"N": 2}},
}  # fmt: skip
KEYS = sorted({*SOUND, *SOUND["parameters"]["N"], "choices", "unit", "live", "kind", "of", "over", "capacity", "en", "zh", "step", "set", "gil"})  # type: ignore[index]
LITERALS = (
    "1979-05-27", "07:32:00", "1979-05-27T07:32:00Z", "inf", "-inf", "nan", "0x" + "f" * 1_000, "9" * 1_500, "1e308", "-0.0", "1e-320", "0o7", "[[[[]]]]",
    "{}", "[{}, 1]", "{ a = { b = { c = 1 } } }", "'''x'''", "truth", "\"\\uD800\"", "\"\\u0000\"", "[" * 500, "9007199254740993", "2.5", "-1", "1",
)  # fmt: skip
FORMATS = (
    "{total", "}", "{}", "{0}", "{N:>99999999999}", "{N:>300000000}", "{N!r:*^300000000}", "{total:.300000000f}", "{RATE:.9999999999f}", "{N:{MANY}}", "{N:{M}}", "{N.real}",
    "{N.__class__.__init__}", "{total[0]}", "{NAME:d}", "{NAME:x|y}", "{total_drift:+,.3f}", "{MANY}", "{MANY:,}", "{MANY:e}", "{ENDLESS:d}", "{N!z}", "{N:{N:{N:{N}}}}", "%s",
)  # fmt: skip
PARTS = ("N", "RATE", "NAME", "ON", "MANY", "ENDLESS", "M", "2", "1e308", "64", "'x'", "0", " + ", " * ", " / ", " // ", " % ", " ** ", " < ", " if ", " else ", "min(", "max(", ", ", ")", "(", "-", "not ", ":=", "lambda: ", "[", "\n", "\0")
FINALS = (0, 3, 10**400, -(10**400), 1.5, float("nan"), float("inf"), True, None, "x" * 3_000, [1, 2], {"a": 1}, [[]])


class Literal(str):
    """Text that stands in the TOML as it is."""


expressions = st.lists(st.sampled_from(PARTS), max_size=9).map("".join)
odd = st.one_of(scalars, st.sampled_from(LITERALS).map(Literal), st.sampled_from(FORMATS), st.sampled_from(NAMES), expressions)
values = st.recursive(odd, lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.sampled_from([*NAMES, *KEYS]), inner, max_size=3)), max_leaves=6)


scalar_literals = st.one_of(st.integers(-5, 70), st.floats(-2, 3), st.sampled_from([10**15, -(2**53), 2**53, 0.1, 1e-320, "abc", "d", True, "\n"]))
summaries = st.lists(st.one_of(st.sampled_from(FORMATS), st.sampled_from(["{N}", "{total}", "{total_drift:.2f}", "{RATE:lamp|lamps}", " of "])), max_size=4).map("".join)
fitting = st.one_of(
    st.tuples(st.just("watch"), st.dictionaries(st.sampled_from(["total", "N", "box"]), expressions, max_size=2)),
    st.tuples(st.just("summary"), st.dictionaries(st.sampled_from(["en", "zh"]), summaries, max_size=2)),
    st.tuples(st.sampled_from(["title", "blurb"]), st.dictionaries(st.sampled_from(["en", "zh"]), st.text(st.characters(codec="utf-8"), max_size=9), max_size=2)),
    st.tuples(st.just("parameters"), st.dictionaries(st.sampled_from(NAMES[:6]), st.one_of(
        st.dictionaries(st.sampled_from(["min", "max", "step"]), scalar_literals, max_size=3), st.fixed_dictionaries({"choices": st.lists(scalar_literals, max_size=3)}),
        st.fixed_dictionaries({"label": st.dictionaries(st.sampled_from(["en", "zh"]), st.just("n"))}),
    ), max_size=3)),
    st.tuples(st.just("expect"), st.fixed_dictionaries({"set": st.dictionaries(st.sampled_from(NAMES[:6]), scalar_literals, max_size=2)})),
    st.tuples(st.just("charts"), st.lists(st.fixed_dictionaries({"kind": st.sampled_from(["drift", "depth", "sweep", "bars"])}, optional={
        "of": st.sampled_from(NAMES), "over": st.sampled_from(NAMES), "capacity": st.sampled_from(NAMES)}), max_size=2)),
)  # fmt: skip
"""Parts of a block that are of the right kind, and perhaps wrong for these constants."""


def toml(value: Any) -> str:
    """A value as TOML on one line, as far as TOML has it."""
    if isinstance(value, Literal):
        return value
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{json.dumps(key)} = {toml(one)}" for key, one in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(toml, value)) + "]"
    if isinstance(value, int) and value.bit_length() > 10_000:
        return hex(value)
    return "null" if value is None else json.dumps(value)


def _holders(value: Any) -> list[Any]:
    """Every table and list in a value, itself among them."""
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [value, *(one for part in inner for one in _holders(part))] if isinstance(value, (dict, list)) else []


@st.composite
def changed_blocks(draw: st.DrawFn) -> str:
    """A program whose block is the sound one with some of its parts replaced, dropped or added."""
    block = {**json.loads(json.dumps(SOUND)), **dict(draw(st.lists(fitting, max_size=3)))}
    for _ in range(draw(st.sampled_from([0, 0, 0, 1, 1, 2, 3]))):
        holder = draw(st.sampled_from(_holders(block)))
        if isinstance(holder, list):
            holder.append(draw(values))
            continue
        key = draw(st.sampled_from([*holder, *holder, *KEYS, *NAMES]))
        if key in holder and draw(st.integers(0, 3)) == 0:
            del holder[key]
        else:
            holder[key] = draw(st.one_of(values, st.just({**holder})))
    rows = "".join(f"# {json.dumps(key)} = {toml(one)}\n" for key, one in block.items())
    return f"# /// concsim\n{rows}# ///\n{CONSTANTS}"


def one_sentence(error: ProgramError) -> None:
    said = str(error)
    assert 0 < len(said) < LONGEST_SENTENCE
    assert not any(unicodedata.category(one) in ("Cc", "Zl", "Zp") for one in said), said


def ended(program: Program, final: Any) -> State:
    """What was seen of a run that ended well, with this in what was watched."""
    state = State(History())
    state.fold_record(RoundStarted(1, 1, program.defaults()))
    for name in program.block.watch:
        state.fold_record(WatchSeen(2, name, str(final)[:20], final, True))
    state.fold_record(RoundEnded(3, 1, "finished", 0))
    return state


def judge_program(program: Program, final: Any) -> None:
    """Everything that is shown of it before and after a run."""
    for one in program.parameters:
        assert type(one.check(one.default)) is type(one.default)
        for value in (one.default, *one.choices):
            assert one.parse(str(value)) == value
        assert one.min is None or one.max is None or one.min <= one.default <= one.max
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(listing, "read_catalogue", lambda: (program,))
        json.loads(json_text(listing.as_data()))
        assert program.title("zh") in listing.as_text("zh")
    for name in program.block.watch:
        expected_of(program, name, program.defaults())
    state = ended(program, final)
    json.loads(json_text(watched_of(program, state)))
    for language in ("en", "zh"):
        assert len(sentence(program, state, language, 0.5)) < 100_000


def judge_text(source: str, final: Any) -> None:
    try:
        program = make_program(source, Path("x.py"))
    except ProgramError as error:
        one_sentence(error)
    else:
        judge_program(program, final)


def judge_bytes(folder: Path, data: bytes, final: Any) -> None:
    path = folder / "x.py"
    path.write_bytes(data)
    try:
        program = read_program(path)
    except ProgramError as error:
        one_sentence(error)
    else:
        judge_program(program, final)


bytes_of_blocks = changed_blocks().flatmap(lambda source: changed_bytes(source.encode("utf-8", "surrogatepass"), most=4))


def test_that_the_sound_block_is_one() -> None:
    rows = "".join(f"# {key} = {toml(one)}\n" for key, one in SOUND.items())
    program = make_program(f"# /// concsim\n{rows}# ///\n{CONSTANTS}", Path("x.py"))
    judge_program(program, 3)
    assert sentence(program, ended(program, 3), "en", 0.5) == "3 of 6, lamps"


@given(source=changed_blocks(), final=st.sampled_from(FINALS))
@settings(max_examples=FEW, **QUIET)
def test_that_changed_blocks_are_read_or_refused(source: str, final: Any) -> None:
    judge_text(source, final)


@pytest.mark.fuzz
@pytest.mark.timeout(600)
@given(source=changed_blocks(), final=st.sampled_from(FINALS))
@settings(max_examples=MANY, **QUIET)
def test_that_many_changed_blocks_are_read_or_refused(source: str, final: Any) -> None:
    judge_text(source, final)


@given(data=bytes_of_blocks, final=st.sampled_from(FINALS))
@settings(max_examples=FEW, **QUIET)
def test_that_blocks_with_changed_bytes_are_read_or_refused(tmp_path: Path, data: bytes, final: Any) -> None:
    judge_bytes(tmp_path, data, final)


@pytest.mark.fuzz
@pytest.mark.timeout(600)
@given(data=bytes_of_blocks, final=st.sampled_from(FINALS))
@settings(max_examples=MANY, **QUIET)
def test_that_many_blocks_with_changed_bytes_are_read_or_refused(tmp_path: Path, data: bytes, final: Any) -> None:
    judge_bytes(tmp_path, data, final)
