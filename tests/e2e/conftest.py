"""What the tests of the whole share: the window as a person starts it, and the packaged app, built once."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from concsim.ui.application import Application, make_application

PATIENCE = 30_000

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("PyInstaller", reason="the packaged app is built with PyInstaller, which is not installed")
    folder = tmp_path_factory.mktemp("packaged app")
    places = ["--distpath", str(folder / "dist"), "--workpath", str(folder / "build")]
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", *places, str(ROOT / "build.spec")]
    built = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    assert built.returncode == 0, built.stderr[-3000:]
    return folder / "dist" / "concsim" / "concsim"


@pytest.fixture
def built(tmp_path: Path, qapp: QApplication, qtbot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Application]:
    """In English, whatever the machine speaks."""
    monkeypatch.setenv("CONCSIM_LANGUAGE", "en")
    look = qapp.style().name(), qapp.palette(), qapp.font()
    make_application([])
    settings = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    made = Application(qapp, settings, tmp_path)
    made.window.show()
    qtbot.waitUntil(lambda: made.window.views_ready, timeout=PATIENCE)
    yield made
    made.close()
    made.deleteLater()
    qapp.setStyleSheet("")
    qapp.setStyle(look[0])
    qapp.setPalette(look[1])
    qapp.setFont(look[2])
