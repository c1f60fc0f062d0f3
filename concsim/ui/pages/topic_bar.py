"""The bar of the window's tabs: closer together where they would not fit, a dot on those that run out of sight."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Slot
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QTabBar, QTabWidget

from concsim.ui.painting.painter import painting
from concsim.ui.painting.style import TAB_PAD
from concsim.ui.painting.theme import Theme

DOT, EDGE = 3.5, 4


class TopicBar(QTabBar):
    """A tab for each topic."""

    def __init__(self, theme: Theme, tabs: QTabWidget) -> None:
        super().__init__(tabs)
        self._theme, self._tabs = theme, tabs
        self.running: frozenset[int] = frozenset()
        """The tabs that have a dot."""
        self.setExpanding(False)
        self.setDrawBase(False)
        tabs.installEventFilter(self)
        theme.changed.connect(self.fit, Qt.ConnectionType.QueuedConnection)  # when the style sheet is in force

    def show_running(self, running: Collection[int]) -> None:
        """Mark those tabs; what is painted over a tab makes none wider."""
        self.running = frozenset(running)
        for index in range(self.count()):
            title = self.tabText(index).replace("&&", "&")
            self.setAccessibleTabName(index, self.tr("{name}, running").format(name=title) if index in self.running else "")
        self.update()

    @Slot()
    def fit(self) -> None:
        """Move the tabs closer together if they would not fit beside what is in the corner."""
        corner = self._tabs.cornerWidget(Qt.Corner.TopRightCorner)
        room = self._tabs.width() - (corner.sizeHint().width() if corner is not None else 0)
        tight = self._wanted() > room
        if bool(self.property("tight")) != tight:
            self.setProperty("tight", tight)
            self.style().unpolish(self)
            self.style().polish(self)
            self._tabs.setTabPosition(self._tabs.tabPosition())  # it is laid out anew

    def _wanted(self) -> int:
        """The width of the tabs in ordinary distances."""
        font = QFont(self._theme.font())
        font.setPointSizeF(self._theme.point_size)
        width = QFontMetrics(font).horizontalAdvance
        titles = [self.tabText(index).replace("&&", "&") for index in range(self.count())]
        return sum(width(title) + 2 * TAB_PAD + 2 for title in titles)

    # Qt

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The tabs have another width: at a resize of the window they still have their old one."""
        if watched is self._tabs and event.type() == QEvent.Type.Resize:
            self.fit()
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self.running:
            return
        with painting(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.colour("accent"))
            for index in self.running:
                corner = QPointF(self.tabRect(index).topRight())
                painter.drawEllipse(corner + QPointF(-EDGE - DOT, EDGE + DOT), DOT, DOT)
