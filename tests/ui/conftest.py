"""A real window for the tests that need one; for a view alone, a run that is folded into by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import QSettings

from concsim.bridge.run_model import RunModel
from concsim.ui.application import Application, make_application
from concsim.ui.painting.theme import Theme
from concsim.ui.stage.marks import Marks


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


@pytest.fixture
def run(qapp) -> RunModel:
    """What a view draws; nothing has happened yet."""
    return RunModel()


@pytest.fixture
def put(qtbot, run: RunModel) -> Callable[..., Any]:
    """Put a view of that run on the screen."""

    def put(kind: Callable[..., Any], width: int, height: int, scheme: str = "") -> Any:
        made = kind(run, Marks(), Theme())
        if scheme:
            made.theme.choose(scheme)
        made.resize(width, height)
        qtbot.addWidget(made)
        made.show()
        return made

    return put
