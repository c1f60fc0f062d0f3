"""What the benchmarks share: where the baselines are, medians, frame gaps of the real views."""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

BASELINES = Path(__file__).with_name("baselines")
REPEATS = int(os.environ.get("CONCSIM_REPEATS", "5"))
WAKE_MS = 20


def baseline(name: str) -> Path:
    """A baseline's file: a program of its own, without concsim."""
    return BASELINES / name


def repeats(quick: bool, quickly: int = 2) -> int:
    """How often a thing is measured."""
    return min(REPEATS, quickly) if quick else REPEATS


def median(values: Sequence[float]) -> float:
    """The median."""
    return statistics.median(values)


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which *share* of the values lie."""
    ordered = sorted(values)
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)] if ordered else 0.0


def say(text: str) -> None:
    """A line on how it goes, beside the figures."""
    print(f"  {text}", file=sys.stderr, flush=True)


def open_application() -> tuple[object, object]:
    """A real window with settings and recordings of its own, its charts ready."""
    from PySide6.QtCore import QSettings

    from concsim.ui.application import Application, make_application

    folder = Path(tempfile.mkdtemp(prefix="concsim-benchmark-"))
    application = make_application(sys.argv[:1])
    settings = QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat)
    built = Application(application, settings, folder)
    built.window.show()
    process_until(lambda: built.window.views_ready)
    return application, built


def process_until(condition: Callable[[], bool], seconds: float = 30.0) -> bool:
    """Let the window live until something holds; whether it came. It rests between its events, as in its own loop."""
    from PySide6.QtCore import QCoreApplication, QEventLoop, QTimer

    wake = QTimer(interval=WAKE_MS)  # with a limit of time of its own processEvents does not wait, and takes a core
    wake.start()
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    return True


class FrameGaps:
    """The time between completed paints of a view."""

    def __init__(self, view: object) -> None:
        self.gaps: list[float] = []
        self._last: float | None = None
        view.follows_clock = True  # type: ignore[attr-defined]  # else it rests while nothing happens, which is no gap
        original = type(view).paintEvent  # type: ignore[attr-defined]
        gaps = self

        class Timed(type(view)):  # type: ignore[misc]
            def paintEvent(self, event: object) -> None:
                original(self, event)
                gaps.painted()

        view.__class__ = Timed

    def painted(self) -> None:
        """A paint is complete."""
        now = time.perf_counter()
        if self._last is not None:
            self.gaps.append(now - self._last)
        self._last = now

    def resume(self) -> None:
        """The view was out of sight: the time until its next paint is no gap."""
        self._last = None

    def forget(self) -> None:
        """Begin to measure now."""
        self.gaps.clear()
        self._last = None
