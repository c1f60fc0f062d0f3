"""The command line started in ways nobody should start it: a sentence and status 2, or it works; never a traceback."""

from __future__ import annotations

import itertools
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from concsim.cli import main
from concsim.control.command.headless import parse_processes
from concsim.model.files.json_text import json_text
from concsim.model.files.schedule import Schedule, from_json, to_json
from concsim.model.programs.program import ProgramError, read_program

LONG = "x" * 100_000
CONCSIM = f"{sys.executable} -m concsim"


def shell(line: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["bash", "-c", line], capture_output=True, text=True, cwd=cwd, timeout=60, stdin=subprocess.DEVNULL)


def hello(folder: Path) -> Path:
    path = folder / "hello.py"
    path.write_text("print('hello')\n")
    return path


@pytest.mark.parametrize(
    "words",
    [
        ["run", LONG], ["run", LONG + ".py"], ["run", "x/" * 5000], ["run", "a\0b"], ["run", "a\0b.py"], ["run", "\udcff.py"], ["run", "\ud800"],
        ["run", "-m", LONG], ["run", "-m", "x." * 5000 + "x"], ["run", "-m", "a\0b"], ["step", LONG], ["step", "-m", LONG],
        ["list", LONG], ["selftest", LONG], [LONG], [LONG + ".py"], ["a\0b"], ["--" + LONG], ["run", "--" + LONG],
        ["run", "threads.how_many", "--set", "TIMES=" + LONG * 10], ["run", "threads.how_many", "--set", LONG * 10],
        ["run", "threads.how_many", "--set", "TIMES=" + "9" * 5000], ["run", "threads.how_many", "--limit", "1e400"],
        ["run", "threads.how_many", "--limit", LONG], ["run", "threads.how_many", "--limit", "nan"],
        ["run", "threads.how_many", "--processes", "\u0663"], ["run", "threads.how_many", "--processes", "9" * 5000],
        ["run", "threads.how_many", "--recording-mb", "0"], ["run", "threads.how_many", "--recording-mb", "9" * 5000],
        ["run", "threads.how_many", "--python", LONG], ["run", "threads.how_many", "--python", "a\0b"],
        ["step", "races.mutex", "--random", "9" * 5001], ["step", "races.mutex", "--random", "\u0663"], ["step", "races.mutex", "--model", LONG],
        ["run", "a\nb.py"], ["run", "a\x1b[2J"], ["run", "-m", "a\rb"], ["a\nb"], ["run", "--a\nb"], ["step", "races.mutex", "--save", "no\n/x"],
        ["step", "races.mutex", "--random", "1\n2"], ["run", "threads.how_many", "--set", "TIMES=1\n2"], ["run", "threads.how_many", "--limit", "\u2028"],
        ["step", "races.mutex", "--replay", LONG], ["step", "races.mutex", "--random", "1", "--limit", "\u0663"],
    ],
    ids=lambda words: " ".join(word[:14].encode("ascii", "backslashreplace").decode().replace("\0", "NUL") for word in words),
)  # fmt: skip
def test_that_an_argument_nobody_should_give_is_answered_by_one_short_sentence(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    try:
        status = main(words)
    except SystemExit as error:
        status = error.code
    said = capsys.readouterr().err.strip()
    assert (status, said.count("\n")) == (2, 0)
    assert said.startswith("concsim: ") and len(said) < 1200


@pytest.mark.parametrize("text", ["0", "-1", "100001", "", " 5", "5_0", "\u00b2", "1" * 30])
def test_that_processes_are_a_number_in_plain_digits(text: str) -> None:
    with pytest.raises(ProgramError, match="whole number from 1"):
        parse_processes(text)


@pytest.mark.parametrize("codec", ["undefined", "rot13", "base64", "hex", "zlib", "punycode", "mbcs", "oem", "nonsense", "utf_32", "uu"])
def test_that_a_file_in_no_text_encoding_is_no_program(tmp_path: Path, codec: str) -> None:
    path = tmp_path / "coded.py"
    path.write_text(f"# coding: {codec}\nprint(1)\n")
    with pytest.raises(ProgramError, match="is not Python text"):
        read_program(path)


@pytest.mark.parametrize("codec", ["utf-16", "utf-7", "unicode_escape", "idna", "cp037"])
@pytest.mark.parametrize("text", ["print(1)", "x = '\\\\ud800'", "x = '+2AA-'"])
def test_that_a_file_in_a_strange_encoding_is_read_or_refused(tmp_path: Path, codec: str, text: str) -> None:
    path = tmp_path / "coded.py"
    path.write_text(f"# coding: {codec}\n{text}\n")
    try:
        assert read_program(path).path == path
    except ProgramError as error:
        assert "coded.py" in str(error)


@pytest.mark.parametrize("name", ["pipe", "pipe.py", "pipe.json", "pipe.concsim"])
def test_that_a_named_pipe_is_not_waited_for(tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    os.mkfifo(tmp_path / name)
    assert main([str(tmp_path / name)]) == 2
    assert "is not a file" in capsys.readouterr().err


CLOSED = [" ".join(one) for one in itertools.product(("", "<&-"), ("", ">&-"), ("", "2>&-"))]


@pytest.mark.parametrize("closed", CLOSED)
def test_that_it_works_whichever_standard_streams_are_closed(tmp_path: Path, closed: str) -> None:
    hello(tmp_path)
    done = shell(f"{CONCSIM} run hello.py {closed}", tmp_path)
    assert done.returncode == 0
    assert "Traceback" not in done.stderr
    assert done.stdout == ("" if ">&-" in closed.split() else "hello\n")
    assert ("Finished" in done.stderr) == ("2>&-" not in closed)


def test_that_a_program_finds_no_file_of_ours_in_place_of_a_closed_stream(tmp_path: Path) -> None:
    (tmp_path / "look.py").write_text("import os\nprint(os.readlink('/proc/self/fd/0'))\n")
    assert shell(f"{CONCSIM} run look.py <&-", tmp_path).stdout == "/dev/null\n"


@pytest.mark.parametrize("buffered", ["PYTHONUNBUFFERED=", "PYTHONUNBUFFERED=1"])
@pytest.mark.parametrize(
    "command",
    ["run hello.py", "run hello.py --json", "list", "list --json", "step races.mutex --random 1", "--version", "--help", "run --help", "step --help", "list --help", "selftest -h"],
)
def test_that_an_output_that_takes_nothing_is_said(tmp_path: Path, command: str, buffered: str) -> None:
    hello(tmp_path)
    done = shell(f"{buffered} {CONCSIM} {command} > /dev/full", tmp_path)
    assert (done.returncode, done.stderr.strip()) == (2, "concsim: The system refuses what concsim needs: No space left on device.")


@pytest.mark.parametrize(("command", "status"), [("run hello.py", 0), ("run nowhere", 2), ("run --nope", 2), ("step races.mutex --random 1", 0)])
def test_that_the_exit_status_holds_though_no_sentence_can_be_said(tmp_path: Path, command: str, status: int) -> None:
    hello(tmp_path)
    assert shell(f"{CONCSIM} {command} 2> /dev/full", tmp_path).returncode == status


@pytest.mark.parametrize("command", ["run hello.py", "run hello.py --json", "list --json", "step races.mutex --random 1", "--version", "run --help"])
def test_that_a_reader_who_goes_away_is_no_traceback(tmp_path: Path, command: str) -> None:
    hello(tmp_path)
    done = shell(f"({CONCSIM} {command}) | true", tmp_path)
    assert "Traceback" not in done.stderr and "Exception" not in done.stderr


@pytest.mark.parametrize("command", ["run {path}", "run -m json", "step races.mutex --random 1"])
def test_that_a_folder_that_is_gone_is_said(tmp_path: Path, command: str) -> None:
    (tmp_path / "gone").mkdir()
    words = command.format(path=hello(tmp_path))
    done = shell(f"cd gone && rmdir ../gone && {CONCSIM} {words}", tmp_path)
    assert (done.returncode, done.stderr.strip()) == (2, "concsim: The folder that concsim was started in is gone.")


@pytest.mark.parametrize("command", ["run hello.py", "step races.mutex --random 1"])
@pytest.mark.parametrize("descriptors", [5, 10, 14])
def test_that_few_descriptors_are_said_in_one_sentence(tmp_path: Path, command: str, descriptors: int) -> None:
    hello(tmp_path)
    done = shell(f"ulimit -n {descriptors} && {CONCSIM} {command}", tmp_path)
    lines = done.stderr.strip().splitlines()
    assert (done.returncode, len(lines)) == (2, 1), done.stderr
    assert "Too many open files" in lines[0] or "unable to open database file" in lines[0]  # SQLite's own words


# JSON


def test_that_json_has_no_numbers_that_json_has_not() -> None:
    values = {"a": [float("inf"), (float("-inf"),)], "b": {"c": float("nan"), "d": 1.5, "e": True, "f": None}, "g": "\ud800"}

    def refuse(name: str) -> None:
        raise AssertionError(name)

    read = json.loads(json_text(values, "ascii"), parse_constant=refuse)
    assert read == {"a": ["inf", ["-inf"]], "b": {"c": "nan", "d": 1.5, "e": True, "f": None}, "g": "\ud800"}


def test_that_a_schedule_is_json_whatever_its_parameters_are(tmp_path: Path) -> None:
    text = to_json(Schedule("x.py", "0", "gil", {"RATE": float("inf")}, 0, ("main",), ("read",)))
    assert "Infinity" not in text
    assert from_json(text, tmp_path).parameters == {"RATE": "inf"}


def test_that_a_run_prints_json_though_a_watched_number_is_none(tmp_path: Path) -> None:
    (tmp_path / "x.py").write_text("# /// concsim\n# watch = { a = '', b = '', c = '' }\n# ///\na = 1e999\nb = [a - a, a]\nc = {'x': -a}\n")
    done = shell(f"{CONCSIM} run x.py --json", tmp_path)
    assert done.returncode == 0 and "NaN" not in done.stdout and "Infinity" not in done.stdout
