"""A real window for the tests that need one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QSettings

from concsim.ui.application import Application, make_application


@pytest.fixture
def built(qtbot, tmp_path) -> Iterator[Application]:
    """The window in English and the light scheme, its views ready."""
    application = make_application(["concsim"])
    settings = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    settings.setValue("language", "en")
    settings.setValue("theme", "light")
    plain = application.font()
    made = Application(application, settings, tmp_path)
    made.window.show()
    qtbot.waitUntil(lambda: made.window.views_ready, timeout=30_000)
    yield made
    made.language.choose("en")
    made.close()
    made.window.deleteLater()
    application.setStyleSheet("")
    application.setFont(plain)
    application.processEvents()
