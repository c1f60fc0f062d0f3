"""The benchmarks' one table, and that each benchmark gets into it however it ends."""

from __future__ import annotations

import importlib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from tests.benchmarks import running
from tests.benchmarks.alone import alone
from tests.benchmarks.figure import Figure, from_lines, to_line
from tests.benchmarks.running import ROOT, benchmarks, run
from tests.benchmarks.table import Outcome, table

FAST = Figure("start", 80.456, "ms", "at most", 100)
SLOW = Figure("stop", 2.5, "s", "at most", 1)
LEFT_OUT = Figure("growth", None, "MB", "at most", 200)
LIMIT = 60.0


def _cells(text: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.split("  ") if cell.strip()] for line in text.splitlines()]


def test_that_each_figure_stands_beside_the_figure_to_reach() -> None:
    assert _cells(table([Outcome("window", [FAST, SLOW])], quick=False)) == [
        ["benchmark", "figure", "to reach"],
        ["window: start", "80.46 ms", "at most 100 ms", "met"],
        ["window: stop", "2.50 s", "at most 1 s", "MISSED"],
    ]


def test_that_a_benchmark_with_trouble_keeps_the_figures_it_gave() -> None:
    hung = Outcome("window", [FAST], "did not end in 60 s")
    crashed = Outcome("stepping", [], "crashed (status 1)")
    assert _cells(table([hung, crashed], quick=False))[1:] == [
        ["window: start", "80.46 ms", "at most 100 ms", "met"],
        ["window", "-", "-", "did not end in 60 s"],
        ["stepping", "-", "-", "crashed (status 1)"],
    ]


def test_that_the_columns_of_all_rows_begin_at_the_same_place() -> None:
    lines = table([Outcome("window", [FAST, SLOW, LEFT_OUT], "crashed (status 1)")], quick=False).splitlines()
    ends = ("met", "MISSED", "left out", "crashed (status 1)")
    assert len({line.index(end) for line, end in zip(lines[1:], ends, strict=True)}) == 1
    assert lines[0].index("to reach") == lines[1].index("at most")


def test_that_the_quick_table_says_in_its_last_line_what_is_left_out() -> None:
    whole, quick = (table([Outcome("window", [FAST, LEFT_OUT])], quick=one).splitlines() for one in (False, True))
    assert quick[: len(whole)] == whole
    assert _cells(whole[-1]) == [["window: growth", "-", "at most 200 MB", "left out"]]
    assert quick[len(whole):] == [quick[-1]]
    assert quick[-1].endswith("left out: window: growth.")


@pytest.mark.parametrize(("bound", "below", "above"), [("at most", "met", "MISSED"), ("at least", "MISSED", "met")])
def test_that_a_limit_is_met_where_it_is_reached_exactly(bound: str, below: str, above: str) -> None:
    words = [Figure("rate", value, "times", bound, 5).word for value in (4.999, 5.0, 5.001)]  # type: ignore[arg-type]
    assert words == [below, "met", above]


def test_that_figures_come_back_from_their_lines_and_a_cut_line_is_none() -> None:
    text = "".join(to_line(one) for one in (FAST, SLOW, LEFT_OUT))
    assert from_lines(text) == [FAST, SLOW, LEFT_OUT]
    assert from_lines(text[:-1]) == [FAST, SLOW]


def _run(tmp_path: Path, source: str, seconds: float = LIMIT, figures: str = to_line(FAST)) -> Outcome:
    path = tmp_path / "figures.jsonl"
    path.write_text(figures, encoding="utf-8")
    return run("window", [sys.executable, "-c", source], path, seconds)


def test_that_one_that_ends_well_is_no_trouble(tmp_path: Path) -> None:
    assert _run(tmp_path, "") == Outcome("window", [FAST])


def test_that_one_that_hangs_did_not_end_and_nothing_of_it_runs_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "LAST_SECONDS", 0.1)
    inner = f"import signal; signal.pause()  # {tmp_path}"
    source = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {inner!r}])"
    assert _run(tmp_path, source, 1.0) == Outcome("window", [FAST], "did not end in 1 s")
    assert [one.pid for one in psutil.process_iter(["cmdline"]) if str(tmp_path) in " ".join(one.info["cmdline"] or [])] == []


@pytest.mark.parametrize(("source", "trouble"), [
    ("raise SystemExit(3)", "crashed (status 3)"),
    ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "crashed (SIGKILL)"),
])
def test_that_one_that_fails_has_crashed(tmp_path: Path, source: str, trouble: str) -> None:
    assert _run(tmp_path, source) == Outcome("window", [FAST], trouble)


def test_that_one_without_a_figure_is_not_taken_for_well(tmp_path: Path) -> None:
    assert _run(tmp_path, "", figures="").trouble == "crashed (no figure)"


def test_that_every_benchmark_has_figures_and_nothing_else_is_one() -> None:
    found = {one: importlib.import_module(f"tests.benchmarks.{one}") for one in benchmarks()}
    assert "start" in found and "measuring" not in found
    assert [one for one, module in found.items() if not callable(getattr(module, "figures", None))] == []


def test_that_a_file_with_figures_is_a_benchmark(tmp_path: Path) -> None:
    (tmp_path / "new.py").write_text("def figures(quick):\n    yield 1\n")
    (tmp_path / "shared.py").write_text("def percentile(values):\n    return 1\n")
    assert benchmarks(tmp_path) == ["new"]


def test_that_a_benchmark_by_itself_prints_its_rows_or_writes_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def figures(quick: bool, starts: int = 100) -> Iterator[Figure]:
        yield Figure(f"{starts} starts{' at once' * quick}", 0.5, "s", "at most", 1)

    monkeypatch.setattr(sys, "argv", ["window.py", "--quick", "7"])
    alone(figures, starts=int)
    assert _cells(capsys.readouterr().out) == [["window: 7 starts at once", "0.50 s", "at most 1 s", "met"]]
    path = tmp_path / "figures.jsonl"
    monkeypatch.setattr(sys, "argv", ["window.py", "--figures", str(path)])
    alone(figures, starts=int)
    assert capsys.readouterr().out == ""
    assert from_lines(path.read_text(encoding="utf-8")) == [Figure("100 starts", 0.5, "s", "at most", 1)]


def test_that_a_name_that_is_no_benchmark_is_said_in_a_sentence() -> None:
    done = subprocess.run([sys.executable, "-m", "tests.benchmarks", "nothing"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 2 and done.stdout == ""
    assert "there is no benchmark nothing; there are bridge," in done.stderr
