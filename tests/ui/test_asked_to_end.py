"""A signal closes the window properly, unless whoever started it wants it deaf to that."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from concsim.ui.asked_to_end import AskedToEnd
from tests.control.test_stop import family, until


@pytest.fixture
def ending(qtbot):
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    made = AskedToEnd()
    yield made
    made.close()
    signal.signal(signal.SIGHUP, before)


def test_a_signal_is_told_with_its_status(ending, qtbot):
    with qtbot.waitSignal(ending.asked, timeout=5_000):
        os.kill(os.getpid(), signal.SIGTERM)
    assert ending.status == 143


def test_one_that_was_ignored_from_the_beginning_still_is(ending, qtbot):
    os.kill(os.getpid(), signal.SIGHUP)
    with qtbot.waitSignal(ending.asked, timeout=5_000):
        os.kill(os.getpid(), signal.SIGINT)
    assert ending.status == 130
    assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN


def test_afterwards_signals_do_what_they_did(qtbot):
    before = signal.getsignal(signal.SIGTERM)
    AskedToEnd().close()
    assert signal.getsignal(signal.SIGTERM) is before


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT], ids=["term", "ctrl-c"])
@pytest.mark.parametrize("words", [["selftest"], []], ids=["selftest", "window"])
def test_that_the_real_window_ends_and_leaves_nothing(tmp_path: Path, words: list[str], number: signal.Signals) -> None:
    """It is asked as soon as its spare lab is there, in the midst of its start."""
    (tmp_path / "tmp").mkdir()
    environment = {
        **os.environ, "CONCSIM_TEST": str(tmp_path), "TMPDIR": str(tmp_path / "tmp"), "XDG_DATA_HOME": str(tmp_path / "home"),
        "XDG_CONFIG_HOME": str(tmp_path / "settings"), "QT_QPA_PLATFORM": "offscreen",
    }  # fmt: skip
    process = subprocess.Popen(
        [sys.executable, "-m", "concsim", *words], env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    until(lambda: len(family(str(tmp_path))) >= 3)
    process.send_signal(number)
    _, said = process.communicate(timeout=30)
    assert (process.returncode, b"Traceback" in said) == (128 + number, False), said
    until(lambda: not family(str(tmp_path)))
    assert [*(tmp_path / "tmp").iterdir(), *(tmp_path / "home").rglob("*.concsim"), *(tmp_path / "home").rglob("*.run")] == []
