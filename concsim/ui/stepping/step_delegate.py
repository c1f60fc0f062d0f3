"""How a step looks in the list of steps."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from concsim.bridge.stepper import Stepper
from concsim.ui.painting.theme import Theme
from concsim.ui.stepping.steps_model import Index, StepsModel
from concsim.ui.views.shared.run_view import faded


class StepDelegate(QStyledItemDelegate):
    """A step's number, sentence, and a bar at the left of the one that is shown."""

    def __init__(self, stepper: Stepper, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._stepper, self._theme = stepper, theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        view: QListView = self.parent()  # type: ignore[assignment]
        return QSize(100, round(view.fontMetrics().height() + 8))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        view: QListView = self.parent()  # type: ignore[assignment]
        colour, area = self._theme.colour, QRectF(option.rect)
        step = index.data(StepsModel.STEP)
        painter.save()
        painter.setFont(view.font())
        metrics = QFontMetricsF(view.font())
        if step == self._stepper.step:
            painter.fillRect(area, faded(colour("accent"), 0.16))
            painter.fillRect(QRectF(area.left(), area.top(), 3, area.height()), colour("accent"))
        if view.hasFocus() and view.currentIndex() == index:
            painter.setPen(colour("accent"))
            painter.drawRect(area.adjusted(0.5, 0.5, -0.5, -0.5))
        width = metrics.horizontalAdvance(str(max(index.model().rowCount(), 99))) + 16
        painter.setPen(colour("muted"))
        number = QRectF(area.left(), area.top(), width, area.height())
        painter.drawText(number, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, str(step))
        later = step > self._stepper.step
        painter.setPen(colour("danger" if index.data(StepsModel.BAD) else "muted" if later else "text"))
        room = QRectF(area.left() + width + 10, area.top(), area.width() - width - 14, area.height())
        text = metrics.elidedText(index.data(), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, text)
        painter.restore()
