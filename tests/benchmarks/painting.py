"""How long the views of processes, pools, queues and the overview take to paint, with much in them.

The yardstick, in the same run, is a bare widget that draws 500 boxes with a word each. Run as: python -m
tests.benchmarks.painting
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from concsim.bridge.run_model import RunModel
from concsim.ui.application import make_application
from concsim.ui.painting.theme import Theme
from concsim.ui.stage.marks import Marks
from concsim.ui.views.cores.cores_view import CoresView
from concsim.ui.views.costs.costs_view import CostsView
from concsim.ui.views.factory.factory_view import FactoryView
from concsim.ui.views.flow.flow_view import FlowView
from concsim.ui.views.pool.pool_view import PoolView
from concsim.ui.views.shared.run_view import RunView
from concsim.ui.views.states.os_states_view import OsStatesView
from concsim.ui.views.tree.process_tree_view import ProcessTreeView
from tests.benchmarks.alone import alone
from tests.benchmarks.figure import Figure
from tests.benchmarks.measuring import median, say
from tests.ui import process_fixtures as made
from tests.ui.test_overview_views import factory, measured, rounds

TIMES = 15
QUICK_TIMES = 7
SIZE = (1_000, 700)
BOXES = 500


class Yardstick(QWidget):
    """What a view does at the least: boxes with words."""

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for index in range(BOXES):
            x, y = index % 25 * 40, index // 25 * 34
            painter.drawRoundedRect(x, y, 36, 30, 4, 4)
            painter.drawText(x + 4, y + 20, f"p{index}")
        painter.end()


def _queues(run: RunModel) -> None:
    for number in range(100):
        made.queue(run, [str(item) for item in range(30)], 32, number=100_000 * (number + 1))


def _factory(run: RunModel) -> None:
    rounds(run, 9)
    factory(run, 8, 16, number=10)


CASES: dict[type[RunView], Callable[[RunModel], None]] = {
    ProcessTreeView: lambda run: made.busy_machine(run, 200, 5),
    OsStatesView: lambda run: made.busy_machine(run, 200, 5),
    CoresView: lambda run: made.busy_machine(run, 200, 50),
    PoolView: lambda run: made.pool(run, 200, 20_000, waiting=100_000),
    FlowView: _queues,
    CostsView: measured,
    FactoryView: _factory,
}


def painting(widget: QWidget, times: int) -> float:
    """The median time of a painting, in seconds of this process."""
    widget.grab()
    found = []
    for _ in range(times):
        began = time.process_time()
        widget.grab()
        found.append(time.process_time() - began)
    return median(found)


def figures(quick: bool) -> Iterator[Figure]:
    """Each view's painting, against the yardstick's."""
    times = QUICK_TIMES if quick else TIMES
    make_application(sys.argv[:1])
    yardstick = Yardstick()
    yardstick.resize(*SIZE)
    plain = painting(yardstick, times)
    for kind, fill in CASES.items():
        run = RunModel()
        fill(run)
        view = kind(run, Marks(run), Theme(run))
        view.resize(*SIZE)
        view.show()
        took = painting(view, times)
        assert view.has_drawn()
        say(f"{kind.__name__}: {took * 1000:.1f} ms")
        yield Figure(f"{kind.__name__}, against {BOXES} boxes", took / plain, "times", "at most", 3)


if __name__ == "__main__":
    alone(figures)
