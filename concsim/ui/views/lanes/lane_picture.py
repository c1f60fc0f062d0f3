"""The lanes of a stepped run as a picture: going back and forth changes nothing in them, so they are painted once."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPixmap

if TYPE_CHECKING:
    from concsim.ui.views.lanes.lane_sheet import LaneGeometry
    from concsim.ui.views.shared.pixel_runs import TimeScale
    from concsim.ui.views.shared.run_view import RunView


class LanePicture:
    """Keeps the picture for as long as it would come out the same."""

    def __init__(self, view: RunView) -> None:
        self._view = view
        self._kept: tuple[object, QPixmap] | None = None

    def forget(self) -> None:
        """Another run."""
        self._kept = None

    def picture(self, place: LaneGeometry, scale: TimeScale, words: object, paint: Callable[[QPainter], None]) -> QPixmap:
        """What *paint* paints with these places and words, or has painted."""
        key = self._key(place, scale, words)
        if self._kept is None or self._kept[0] != key:
            self._kept = key, self._painted(paint)
        return self._kept[1]

    def _key(self, place: LaneGeometry, scale: TimeScale, words: object) -> object:
        view = self._view
        run, marks = view.model, view.marks
        ended = run.history.rounds[-1].ended if run.history.rounds else 0
        return (
            run.history, len(run.steps), ended, place, scale, words, view.theme.colours, view.theme.point_size,
            marks.kind, marks.number, view.devicePixelRatioF(), view.size(),
        )  # fmt: skip

    def _painted(self, paint: Callable[[QPainter], None]) -> QPixmap:
        ratio = self._view.devicePixelRatioF()
        picture = QPixmap(self._view.size() * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        paint(painter)
        painter.end()
        return picture
