"""``concsim selftest``: the real window, every scenario through its controls, each promised view looked at."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication

from concsim.control.catalogue import read_catalogue
from concsim.control.command.display import why_no_window
from concsim.control.command.pictures import OWN_SCRIPT, stepped_name
from concsim.control.command.summary import sentence
from concsim.control.leftovers.ledger import file_for_a_time, folder_for_a_time
from concsim.control.sessions.step_kind import can_step, steps_by_line
from concsim.model.files.target import Target
from concsim.model.programs.program import ProgramError
from concsim.ui.application import Application, make_application
from concsim.ui.asked_to_end import AskedToEnd
from concsim.ui.stage.run_bar import LIVE, STEP
from concsim.ui.stage.stage import Stage

PATIENCE = 20.0
A_MOMENT = 0.8
SOME_STEPS = 12
FOREIGN_IMPORTS = """
import threading
import asyncio, colorsys, csv, decimal, difflib, fractions, gettext, imaplib, statistics, wave
import sqlite3, unittest, xml.etree.ElementTree, zipfile, lzma, ctypes, multiprocessing.pool

def work():
    print("imported", len([asyncio, colorsys, csv, decimal, difflib, fractions, gettext, imaplib, statistics, wave]))

if __name__ == "__main__":
    threading.Thread(target=work, name="importer").start()
"""


class _AskedError(Exception):
    """Somebody wants it to end."""


_asked: list[AskedToEnd] = []
"""Who hears signals while it goes on: one that comes while Qt calls Python cannot be raised there."""


def _until(condition: Callable[[], bool], seconds: float = PATIENCE) -> bool:
    end = time.monotonic() + seconds
    while not condition():
        if any(one.status for one in _asked):
            raise _AskedError
        if time.monotonic() > end:
            return False
        QTest.qWait(10)
    return True


def _click(button: QAbstractButton) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def _undrawn(stage: Stage) -> list[str]:
    views = [*stage.views, stage.code]
    return [type(one).__name__ for one in views if not one.has_drawn()]  # type: ignore[attr-defined]


def _has_failed(stage: Stage) -> bool:
    return any(one.outcome == "failed" for one in stage.run.history.rounds)


def _why_undrawn(stage: Stage) -> str:
    """Which views were not drawn, or why: a run that failed says it itself; "" if all were."""
    undrawn = _undrawn(stage)
    if not undrawn:
        return ""
    if _has_failed(stage) and stage.program is not None:
        return sentence(stage.program, stage.run.last_state, "en", 0.0, whole=False) or stage.sentence.label.text()
    return f"not drawn: {', '.join(undrawn)}"


def _check(stage: Stage, picture: Callable[[], None]) -> str:
    """Run what is on the stage by its buttons; what was missing, "" if nothing."""
    _click(stage.run_bar.run_button)
    began = time.monotonic()
    _until(lambda: not _undrawn(stage) or (_has_failed(stage) and not stage.run.running))
    missing = _why_undrawn(stage)
    _until(lambda: time.monotonic() - began > A_MOMENT or not stage.run.running)
    picture()
    if stage.run.running:
        _click(stage.run_bar.stop_button)
    if not _until(lambda: not stage.run.running):
        missing = missing or "it did not stop"
    if not stage.run.state.count:
        missing = missing or "no events"
    return missing


def _check_steps(stage: Stage, picture: Callable[[], None]) -> str:
    """Step what is on the stage by its buttons, there and back; what was missing, "" if nothing."""
    _click(stage.run_bar.mode.buttons[STEP])
    _click(stage.run_bar.run_button)
    if not _until(lambda: stage.stepper.waits_for_choice or bool(stage.stepper.last_step and not stage.run.running)):
        return f"no choice was offered: {stage.sentence.label.whole}"
    for turn in range(SOME_STEPS):
        able = [one for one in stage.choice_bar.buttons if one.isVisible() and one.is_on]
        if not able or not stage.run.running:
            break
        before = stage.stepper.last_step
        _click(able[turn % len(able)])
        _until(lambda before=before: (stage.stepper.last_step > before and not stage.stepper.is_busy) or not stage.run.running)  # type: ignore[misc]
    stage.tabs.setCurrentWidget(stage.steps)
    QApplication.processEvents()
    if _undrawn(stage):  # some are about how it ends
        stage.stepper.slow_motion.play("random", 1)
    _until(lambda: not _undrawn(stage))
    missing = _why_undrawn(stage)
    stage.stepper.slow_motion.pause()
    _until(lambda: not stage.stepper.is_busy and stage.is_running == stage.run.running)
    picture()
    last = stage.stepper.last_step
    missing = missing or ("" if last else "no step was taken")
    for go, wanted in ((stage.stepper.back, last - 1), (stage.stepper.forward, last)):
        go()
        QApplication.processEvents()
        if stage.stepper.step != wanted:
            missing = missing or f"at step {stage.stepper.step}, not {wanted}"
    if stage.steps.model.rowCount() != last or not stage.sentence.label.text():
        missing = missing or "the steps were not told"
    if stage.run.running:
        _click(stage.run_bar.stop_button)
    if not _until(lambda: not stage.run.running):
        missing = missing or "it did not stop"
    _click(stage.run_bar.mode.buttons[LIVE])
    return missing


def _check_lines(stage: Stage, picture: Callable[[], None]) -> str:
    """Record what is on the stage by line and go through it by the buttons; what was missing, "" if nothing."""
    _click(stage.run_bar.mode.buttons[STEP])
    _click(stage.run_bar.run_button)
    if not _until(lambda: stage.stepper.last_step > 0 and not stage.is_running):
        return f"no line was recorded: {stage.sentence.label.whole}"
    missing = "" if stage.stepper.step == (stage.stepper.lines.first_shown() or 0) else f"it begins at step {stage.stepper.step}"
    last = stage.stepper.last_step
    stage.stepper.go_to(last * 2 // 3)
    stage.tabs.setCurrentWidget(stage.steps)
    QApplication.processEvents()
    if _undrawn(stage):  # some are about how it ends
        stage.stepper.go_to(last)
        _until(lambda: not _undrawn(stage))
        stage.stepper.go_to(last * 2 // 3)
    picture()
    missing = missing or _why_undrawn(stage)
    able = [one for one in stage.choice_bar.buttons if one.isVisible() and one.is_on]
    before = stage.stepper.step
    if not able:
        return missing or "nobody can go on in the middle"
    _click(able[0])
    if stage.stepper.step != before + 1 or not stage.sentence.label.text():
        missing = missing or f"at step {stage.stepper.step}, not {before + 1}"
    _click(stage.run_bar.mode.buttons[LIVE])
    return missing


def write_picture(picture: QPixmap, target: Target) -> str:
    """Write it whole or not at all; why it could not be written, "" if it was."""
    try:
        with target.written(file_for_a_time) as aside:
            if not picture.save(str(aside), "PNG"):
                raise OSError(f"{target.named} could not be written")  # and what is there of it is removed
    except (ProgramError, OSError) as error:
        return str(error)
    return ""


class Selftest:
    """Goes through everything and says a line each."""

    def __init__(self, folder: Path, pictures: Mapping[str, Target]) -> None:
        self._folder, self._pictures = folder, pictures
        self._failed = 0
        threading.excepthook = self._on_thread_failed
        application = make_application(sys.argv[:1])
        settings = QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat)
        self.built = Application(application, settings, folder)
        self.built.window.show()

    def _on_thread_failed(self, failure: threading.ExceptHookArgs) -> None:
        name = failure.thread.name if failure.thread is not None else "a thread"
        self._say(name, f"{failure.exc_type.__name__}: {failure.exc_value}")

    def _picture(self, name: str) -> Callable[[], None]:
        def take() -> None:
            if self._pictures:
                self._say_unwritten(name, write_picture(self.built.window.grab(), self._pictures[name]))

        return take

    def _say_unwritten(self, name: str, why: str) -> None:
        if why:
            self._say(f"{name}, its picture", why)

    def _say(self, name: str, missing: str) -> None:
        self._failed += bool(missing)
        print(f"{'FAIL' if missing else 'ok  '} {name}{': ' + missing if missing else ''}", flush=True)

    def run(self) -> int:
        """Everything; the exit status."""
        try:
            self._try_all()
        finally:
            self.built.close()
            QApplication.processEvents()
        return 1 if self._failed else 0

    def _try_all(self) -> None:
        window = self.built.window
        charts = _until(lambda: window.views_ready)
        self._say("window", "" if charts else "the views did not come")
        for program in read_catalogue():
            stage = window.show_scenario(program.id)
            self._say(program.id, _check(stage, self._picture(program.id)))
            stepped = stepped_name(program)
            if steps_by_line(program):
                self._say(f"{program.id}, by line", _check_lines(stage, self._picture(stepped)))
            elif can_step(program):
                self._say(f"{program.id}, stepped", _check_steps(stage, self._picture(stepped)))
        self._own_script()

    def _own_script(self) -> None:
        path = self._folder / "imports.py"
        path.write_text(FOREIGN_IMPORTS, encoding="utf-8")
        self.built.window.show_script(path)
        stage = self.built.window.script_page.stage
        _click(stage.run_bar.run_button)
        _until(lambda: not stage.run.running)
        self._picture(OWN_SCRIPT)()
        self._say("my script imports what the app does not", "" if "imported 10" in stage.output.text else stage.output.text[-300:])


def selftest(pictures: Mapping[str, Target]) -> int:
    """Run the selftest, and write these pictures; 0 only if all held."""
    if why_no_window() is not None:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    with folder_for_a_time() as folder:
        test = Selftest(folder, pictures)
        ending = AskedToEnd()
        _asked.append(ending)
        try:
            return test.run()
        except _AskedError:
            return ending.status
        finally:
            _asked.remove(ending)
            ending.close()
