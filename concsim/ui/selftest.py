"""``concsim selftest``: the real window, every scenario through its controls, each promised view looked at."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import QSettings
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication

from concsim.control.catalogue import read_catalogue
from concsim.control.command.display import why_no_window
from concsim.control.command.pictures import OWN_SCRIPT, stepped_name
from concsim.control.leftovers.ledger import file_for_a_time, folder_for_a_time
from concsim.control.sessions.step_kind import can_step, steps_by_line
from concsim.model.files.target import Target
from concsim.model.programs.program import ProgramError
from concsim.ui.application import Application, make_application
from concsim.ui.asked_to_end import AskedToEnd
from concsim.ui.patience import AskedError, Patience
from concsim.ui.stage.stage import Stage
from concsim.ui.stage_check import StageCheck, click

FOREIGN_IMPORTS = """
import threading
import asyncio, colorsys, csv, decimal, difflib, fractions, gettext, imaplib, statistics, wave
import sqlite3, unittest, xml.etree.ElementTree, zipfile, lzma, ctypes, multiprocessing.pool

def work():
    print("imported", len([asyncio, colorsys, csv, decimal, difflib, fractions, gettext, imaplib, statistics, wave]))

if __name__ == "__main__":
    threading.Thread(target=work, name="importer").start()
"""


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

    def __init__(self, folder: Path, pictures: Mapping[str, Target], patience: Patience) -> None:
        self._folder, self._pictures, self._patience = folder, pictures, patience
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
        charts = self._patience.until(lambda: window.views_ready)
        self._say("window", "" if charts else "the views did not come")
        for program in read_catalogue():
            stage = window.show_scenario(program.id)
            self._say(program.id, self._check(stage, program.id).live())
            stepped = self._check(stage, stepped_name(program))
            if steps_by_line(program):
                self._say(f"{program.id}, by line", stepped.lines())
            elif can_step(program):
                self._say(f"{program.id}, stepped", stepped.steps())
        self._own_script()

    def _check(self, stage: Stage, picture: str) -> StageCheck:
        return StageCheck(stage, self._picture(picture), self._patience)

    def _own_script(self) -> None:
        path = self._folder / "imports.py"
        path.write_text(FOREIGN_IMPORTS, encoding="utf-8")
        self.built.window.show_script(path)
        stage = self.built.window.script_page.stage
        click(stage.run_bar.run_button)
        self._patience.until(lambda: not stage.run.running)
        self._picture(OWN_SCRIPT)()
        self._say("my script imports what the app does not", "" if "imported 10" in stage.output.text else stage.output.text[-300:])


def selftest(pictures: Mapping[str, Target]) -> int:
    """Run the selftest, and write these pictures; 0 only if all held."""
    if why_no_window() is not None:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    with folder_for_a_time() as folder:
        patience = Patience()
        test = Selftest(folder, pictures, patience)
        patience.ending = ending = AskedToEnd()
        try:
            return test.run()
        except AskedError:
            return ending.status
        finally:
            patience.ending = None
            ending.close()
