"""The bar of the window's tabs: closer together where they would not fit."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QTabBar, QTabWidget

from concsim.ui.style import TAB_PAD
from concsim.ui.theme import Theme


class TopicBar(QTabBar):
    """A tab for each topic."""

    def __init__(self, theme: Theme, tabs: QTabWidget) -> None:
        super().__init__(tabs)
        self._theme, self._tabs = theme, tabs
        self.setExpanding(False)
        self.setDrawBase(False)
        theme.changed.connect(self.fit, Qt.ConnectionType.QueuedConnection)  # when the style sheet is in force

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
