"""Recordings that somebody has changed, in the real window: it shows what it can, says what is wrong, and lives."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from concsim.model.encoding import RECORD, encode_record
from concsim.model.programs.program import make_program
from concsim.ui.application import Application
from tests.fuzz.test_files import QUIET, SOUND, frames, written
from tests.fuzz.test_kept import kept, recorded

FEW, MANY = 40, 1_000
BLOCK = """# /// concsim
# watch = { total = "3" }
# charts = [{ kind = "drift", of = "total" }, { kind = "depth", of = "box" }, { kind = "waiting" }]
# views = ["lanes", "code", "graph", "memory", "tree", "states", "cores", "pool", "flow", "sequence", "frames", "hub"]
# ///
total = 0
N = 3
"""


def judge(built: Application, tmp_path, made) -> None:
    """Open one of these frames."""
    look_at(built, written(tmp_path / "a.concsim", made))


def look_at(built: Application, path) -> None:
    """Open it, let it fold, draw all of it, rewind to the middle."""
    window = built.window
    window.tabs.setCurrentWidget(window.script_page)
    stage = window.script_page.stage
    stage.show_recording(make_program(BLOCK, path.with_name("x.py")), path, None)
    run = stage.run
    for _ in range(200):
        run.frame()
        QApplication.processEvents()
        if run.is_at_rest:
            break
    assert run.is_at_rest, "it is still being read"
    window.grab()
    run.show_moment((run.began + run.newest) // 2)
    window.grab()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # what a window's own loop does: the views before go


def test_that_a_sound_one_is_shown_whole(built, tmp_path) -> None:
    judge(built, tmp_path, [(one.time, RECORD, encode_record(one)[5:]) for one in SOUND])
    run = built.window.script_page.stage.run
    assert run.folds == len(SOUND) and run.last_state.actors[2].name == "worker"


@pytest.mark.qt_log_ignore(".*", extend=True)
@given(made=frames())
@settings(max_examples=FEW, **QUIET)
def test_that_the_window_lives_whatever_it_is_shown(built, tmp_path, made) -> None:
    judge(built, tmp_path, made)


@pytest.mark.fuzz
@pytest.mark.timeout(1_200)
@pytest.mark.qt_log_ignore(".*", extend=True)
@given(made=frames())
@settings(max_examples=MANY, **QUIET)
def test_that_the_window_lives_whatever_it_is_shown_a_thousand_times(built, tmp_path, made) -> None:
    judge(built, tmp_path, made)


@pytest.mark.qt_log_ignore(".*", extend=True)
@given(made=kept())
@settings(max_examples=FEW, **QUIET)
def test_that_the_window_lives_whatever_was_kept(built, tmp_path, made) -> None:
    look_at(built, recorded(tmp_path / "a.concsim", *made))


@pytest.mark.fuzz
@pytest.mark.timeout(1_200)
@pytest.mark.qt_log_ignore(".*", extend=True)
@given(made=kept())
@settings(max_examples=MANY, **QUIET)
def test_that_the_window_lives_whatever_was_kept_a_thousand_times(built, tmp_path, made) -> None:
    look_at(built, recorded(tmp_path / "a.concsim", *made))
