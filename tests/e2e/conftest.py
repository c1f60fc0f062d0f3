"""The window as a person starts it, with settings of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from concsim.ui.application import Application, make_application

PATIENCE = 30_000


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
