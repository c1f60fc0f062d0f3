"""What is not drawn while a run goes on: the window leaves the cores to the run."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget

from concsim.bridge.run_model import RunModel
from concsim.ui.painting.theme import Theme
from concsim.ui.stage.marks import Marks
from concsim.ui.text.steady_label import SteadyLabel
from concsim.ui.views.lanes.lanes_view import LanesView
from concsim.ui.views.memory.memory_view import MemoryView
from concsim.ui.views.shared.run_view import RunView
from tests.ui.views_fixtures import FIRST, MAIN, SECOND, actor, begin, fold


class Requests(QObject):
    """Counts how often a widget is asked to lay out its children."""

    def __init__(self, watched: QWidget) -> None:
        super().__init__(watched)
        self.count = 0
        watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.LayoutRequest
        return False


@pytest.fixture
def bar(qtbot) -> QWidget:
    made = QWidget()
    made.label = SteadyLabel()
    QHBoxLayout(made).addWidget(made.label)
    qtbot.addWidget(made)
    made.show()
    made.label.reserve("00:00.000 / 00:00.000")
    QApplication.processEvents()
    return made


def test_that_another_text_lays_nothing_out(bar: QWidget) -> None:
    requests = Requests(bar)
    for text in ("00:00.001 / 00:00.001", "00:00.002 / 00:00.002", ""):
        bar.label.show_text(text)
        QApplication.processEvents()
    assert requests.count == 0


def test_that_a_longer_text_has_its_room(bar: QWidget) -> None:
    bar.label.show_text("100:00:00.000 / 100:00:00.000")
    QApplication.processEvents()
    assert bar.label.width() >= bar.label.fontMetrics().horizontalAdvance(bar.label.text())


@pytest.mark.parametrize(("kind", "follows"), [(MemoryView, False), (LanesView, True)])
def test_that_only_what_follows_the_clock_is_drawn_while_nothing_happens(
    qtbot, monkeypatch: pytest.MonkeyPatch, run: RunModel, kind: type, follows: bool
) -> None:
    begin(run)
    fold(run, actor(MAIN, "main", "MainThread", ()), actor(FIRST, "t1", "adder", ()))
    monkeypatch.setattr(RunModel, "running", property(lambda self: True))
    view = kind(run, Marks(run), Theme(run))
    monkeypatch.setattr(view.throttle, "is_due", lambda: True)
    qtbot.addWidget(view)
    view.show()
    run.changed.emit()
    drawn: list[bool] = []
    monkeypatch.setattr(view, "refresh", lambda: drawn.append(True))
    run.changed.emit()
    assert bool(drawn) is follows
    fold(run, actor(SECOND, "t2", "late", ()))
    run.changed.emit()
    assert drawn


def test_a_view_that_cannot_draw_takes_nothing_with_it(qtbot):
    """Of a run of ours that is a fault, and heard of; a painter left open would be the end of the process."""
    run = RunModel()

    class Broken(RunView):
        def draw(self, painter):
            painter.translate(5, 5)
            raise KeyError("not drawn")

    view = Broken(run, Marks(run), Theme(run))
    qtbot.addWidget(view)
    view.resize(300, 100)
    picture = view.grab().toImage()
    ground = picture.pixelColor(0, 0)
    assert any(picture.pixelColor(x, y) != ground for x in range(300) for y in range(100)), "of a recording it is said"
    run.session = object()
    for _ in range(2):
        with pytest.raises(KeyError):
            view.grab()
    run.session = None
