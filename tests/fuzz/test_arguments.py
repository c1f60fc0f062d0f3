"""Command lines that nobody should type: an exit status that is documented, one short sentence, and no file touched unasked."""

from __future__ import annotations

import io
import itertools
import os
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from concsim.cli import main
from concsim.model.files.schedule import hash_of
from concsim.model.programs.program import read_program
from concsim.model.recordings.recording_writer import RecordingWriter
from concsim.model.words.phrases import shorten
from tests.fuzz.strategies import texts
from tests.fuzz.test_files import FEW, MANY, QUIET

PATIENT = {**QUIET, "deadline": None}
"""Some of the examples run a program, which takes as long as the machine takes."""
LONGEST_SENTENCE = 1_500
TINY = "import threading\nN = 2\nNAME = 'abc'\ntotal = 0\ndef work():\n    global total\n    total = N\none = threading.Thread(target=work)\none.start()\none.join()\n"
WHO = {"--schedule", "--random", "--replay", "--all"}
SCHEDULE = '{"concsim": "schedule", "version": 1, "program": "tiny.py", "sha256": "SHA", "model": "gil", "parameters": {}, "seed": 0, "choices": "main t1", "operations": [], "steps": []}'
NOT_OURS = ("tiny.py", "notes.txt", "theirs.concsim")
NEVER = ("tiny.py", "folder", "pipe", "closed/x", "nowhere/x", "")
PLACES = (*NOT_OURS, *NEVER, "old.concsim", "old.json", "link", "new", "./new", "new.concsim", "a\nb", "-", "--", "x" * 300)
PROGRAMS = ("nowhere.py", "nowhere", "folder", "pipe", "notes.txt", "old.concsim", "races.nothing", "races", ".", "..", "/", "/dev/zero", "", "-", "tiny", "./link")
NUMBERS = ("0", "1", "-1", "3", "0.5", "1e-9", "1e400", "nan", "inf", "9" * 5_000, "1_0", " 1", "٣", "0x10", "1e3", "")

odd = st.one_of(texts, st.sampled_from([*PLACES, *PROGRAMS, *NUMBERS]))
amounts = st.one_of(st.sampled_from(NUMBERS), odd)
numbers = st.sampled_from(["1", "3", "20"])
amounts = st.one_of(numbers, numbers, amounts)
places = st.one_of(st.sampled_from(PLACES), st.sampled_from(PLACES), odd.filter(lambda place: not place.startswith(("/", ".."))))
names = st.one_of(st.sampled_from(["N=3", "NAME=x", "N=-1"]), st.sampled_from(["N=3", "N=", "N", "=3", "N=x", "NAME=x", "NAME=a=b", "NAME=\udc80", "M=1", "N=" + "9" * 5_000, "N=0x1", "N=\n"]), odd)
seeds = st.one_of(st.sampled_from(["0", "7", "-3"]), amounts)
SHARED = {"--set": names, "--limit": amounts, "--record": places, "--force": None, "--json": None, "-m": st.sampled_from(["tiny", "nowhere", "json", "os.path", "a..b", "tiny.py", ".", ""])}
OPTIONS = {
    "list": {"--json": None, "--all": None},
    "run": {**SHARED, "--processes": amounts, "--recording-mb": amounts, "--python": st.sampled_from(["", "nowhere", "tiny.py", "folder", "/dev/null", "/bin/true", "a\0b", "x" * 5_000])},
    "step": {
        **SHARED, "--model": st.sampled_from(["gil", "free-threaded", "none", ""]), "--schedule": st.one_of(st.sampled_from(["t1 t1 t1", "main", "t9", "", " ", "t1 " * 5_000]), odd),
        "--random": seeds, "--replay": st.one_of(st.sampled_from(["old.json", "notes.txt", "pipe", "folder", "nowhere"]), odd), "--all": None, "--save": places,
    },
}  # fmt: skip
GUARDS = {"run": [["--record", "nowhere/x"], ["--record=folder"]], "step": [["--save", "nowhere/x"], ["--record", "folder"], ["--limit", "none"]], "list": [[]]}
"""Said at the end, it makes the command refuse the rest, so that few examples run the program."""


@dataclass(frozen=True)
class Line:
    """A command line, and the places that it names as the last ones to be written to."""

    words: list[str]
    written: frozenset[str]
    force: bool

    def __repr__(self) -> str:
        return " ".join(shorten(repr(word)) for word in self.words)


@st.composite
def lines(draw: st.DrawFn) -> Line:
    """A command, perhaps a program, options that are odd, repeated and contradictory."""
    command = draw(st.sampled_from(["run", "run", "step", "step", "list"]))
    options = draw(st.lists(st.sampled_from(sorted(OPTIONS[command])), max_size=5))
    words, forced = list[str](), False
    for name in options:
        value = OPTIONS[command][name]
        forced = forced or name == "--force"
        if value is None:
            words.append(name)
        elif draw(st.integers(0, 9)):
            words += [name, draw(value)]
        else:
            words.append(f"{name}={draw(value)}" if draw(st.booleans()) else name)
    if command != "list" or draw(st.integers(0, 4)) == 0:
        words[draw(st.integers(0, 1)) * len(words) :] += draw(st.one_of(*[st.just(["tiny.py"])] * 5, st.lists(st.one_of(st.sampled_from(PROGRAMS), odd), max_size=2)))
    guarded = draw(st.integers(0, 11)) > 0
    if command == "step" and not WHO & {*options} and draw(st.integers(0, 3)):
        words += draw(st.sampled_from([["--random", "1"], ["--all"], ["--schedule", "t1 t1"]]))
    words += draw(st.sampled_from(GUARDS[command])) if guarded else []
    if draw(st.integers(0, 9)) == 0:
        words += ["--", *draw(st.lists(odd, max_size=3))]
    return Line([command, *words], frozenset(_named(words)), forced)


def _named(words: list[str]) -> set[str]:
    """What stands after --record or --save."""
    own = words[: words.index("--")] if "--" in words else words
    return {name for before, name in itertools.pairwise(own) if before in ("--record", "--save")} | {
        word.partition("=")[2] for word in own if word.startswith(("--record=", "--save="))
    }


def furnish(folder: Path, recording: bytes) -> None:
    """What lies in the folder that the command is started in."""
    for name in os.listdir(folder):
        path = folder / name
        path.rmdir() if path.is_dir() and not path.is_symlink() else path.unlink()
    (folder / "tiny.py").write_text(TINY)
    (folder / "notes.txt").write_text("my notes")
    (folder / "theirs.concsim").write_text("not a recording")
    (folder / "old.json").write_text(SCHEDULE.replace("SHA", hash_of(read_program(folder / "tiny.py"))))
    (folder / "old.concsim").write_bytes(recording)
    (folder / "link").symlink_to("notes.txt")
    (folder / "folder").mkdir()
    os.mkfifo(folder / "pipe")


def contents(folder: Path) -> dict[str, tuple[int, bytes]]:
    """Everything in the folder: its kind and what it holds."""
    found = {}
    for path in folder.rglob("*"):
        data = path.read_bytes() if path.is_file() else b""
        found[str(path.relative_to(folder))] = (path.lstat().st_mode, data)
    return found


def obey(words: list[str]) -> tuple[int, str]:
    """The exit status of the command and what it says on standard error."""
    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", "backslashreplace", write_through=True) for _ in "oe")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stdout", out)
        patch.setattr(sys, "stderr", err)
        patch.setenv("CONCSIM_LANGUAGE", "en")
        try:
            status = main(words)
        except SystemExit as error:
            status = error.code  # type: ignore[assignment]
    return status, err.buffer.getvalue().decode()  # type: ignore[attr-defined]


def may_change(name: str, line: Line) -> bool:
    """Whether the command line asks for this file of the folder to be written."""
    spelled = {name, f"./{name}", *({"link"} if name == "notes.txt" else ())}
    return bool(spelled & line.written) and name not in NEVER and (line.force or name not in NOT_OURS)


def judge(folder: Path, recording: bytes, line: Line) -> None:
    furnish(folder, recording)
    before = contents(folder)
    status, said = obey(line.words)
    assert status in range(5)
    if status == 2:
        assert said.startswith("concsim: ") and said.count("\n") == 1 and len(said) < LONGEST_SENTENCE, said
    assert "Traceback" not in said
    after = contents(folder)
    touched = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
    assert not [name for name in touched if not may_change(name, line)]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that the command is started in."""
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def recording(tmp_path: Path) -> bytes:
    """A recording of ours."""
    path = tmp_path / "r.concsim"
    RecordingWriter(path).close()
    return path.read_bytes()


def test_that_a_sound_line_runs_the_program_and_writes_what_it_names(here: Path, recording: bytes) -> None:
    furnish(here, recording)
    before = contents(here)
    assert obey(["step", "tiny.py", "--random", "1", "--record", "new", "--save", "old.json"])[0] == 0
    after = contents(here)
    assert {name for name in after if before.get(name) != after[name]} == {"new", "old.json"}


@given(line=lines())
@settings(max_examples=FEW, **PATIENT)
def test_that_any_line_ends_with_a_status_and_a_sentence(here: Path, recording: bytes, line: Line) -> None:
    judge(here, recording, line)


@pytest.mark.fuzz
@pytest.mark.timeout(1_200)
@given(line=lines())
@settings(max_examples=MANY, **PATIENT)
def test_that_very_many_lines_end_with_a_status_and_a_sentence(here: Path, recording: bytes, line: Line) -> None:
    judge(here, recording, line)
