"""What .ci/run does with a test that fails once."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parents[1] / ".ci" / "tests.py"
ONCE = """
from pathlib import Path

def test_that_passes():
    pass

def test_that_fails_once():
    seen = Path(__file__).with_name("seen")
    if not seen.exists():
        seen.touch()
        raise AssertionError("the first time")
"""
ALWAYS = ONCE + "\ndef test_that_always_fails():\n    raise AssertionError\n"


def run_tests(folder: Path, source: str, command: str = "") -> tuple[int, list[str], str]:
    """The exit status, the flaky tests named, and what was printed."""
    (folder / "test_it.py").write_text(textwrap.dedent(source))
    (folder / "pytest.ini").write_text("[pytest]\n")
    flaky = folder / "flaky"
    command = command or f"{sys.executable} -m pytest -q -p no:pytest-qt"
    words = [sys.executable, str(SCRIPT), str(flaky), sys.executable, command]
    done = subprocess.run(words, cwd=folder, capture_output=True, text=True)
    return done.returncode, flaky.read_text().splitlines() if flaky.exists() else [], done.stdout + done.stderr


def test_that_one_that_passes_alone_is_named_as_flaky(tmp_path: Path) -> None:
    command = f"{sys.executable} -m pytest -q -n 2"
    assert run_tests(tmp_path, ONCE, command)[:2] == (0, ["test_it.py::test_that_fails_once"])


def test_that_one_that_fails_twice_fails_the_run(tmp_path: Path) -> None:
    status, flaky, _ = run_tests(tmp_path, ALWAYS)
    assert status == 1 and flaky == ["test_it.py::test_that_fails_once"]


@pytest.mark.parametrize(("source", "command", "status"), [
    ("def test_nothing(): pass", "", 0), ("def broken(:", "", 2), (ONCE, "exit 3", 3), ("", f"{sys.executable} -m pytest -q", 5),
])  # fmt: skip
def test_that_what_is_no_failed_test_keeps_its_status(tmp_path: Path, source: str, command: str, status: int) -> None:
    found = run_tests(tmp_path, source, command)
    assert found[:2] == (status, []), found[2]


def test_that_many_failures_are_no_accident(tmp_path: Path) -> None:
    many = "import pytest\n\n@pytest.mark.parametrize('n', range(30))\ndef test_one(n):\n    assert False\n"
    status, flaky, printed = run_tests(tmp_path, many)
    assert status == 1 and not flaky and "once more" not in printed
