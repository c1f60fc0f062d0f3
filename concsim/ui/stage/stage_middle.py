"""The middle of a stage: pictures at the left, and at their right the code above the tabs with texts."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QWidget

from concsim.ui.stage.stage_views import StageViews, panel


class StageMiddle(QSplitter):
    """Gives the pictures three parts of what is to be had, and the texts two."""

    def __init__(self, pictures: StageViews, code: QWidget, tabs: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setChildrenCollapsible(False)
        texts = QSplitter(Qt.Orientation.Vertical, childrenCollapsible=False)
        texts.addWidget(panel(code))
        texts.addWidget(panel(tabs))
        texts.setSizes([300, 300])
        self.addWidget(pictures)
        self.addWidget(texts)
        self.setStretchFactor(0, 3)
        self.setStretchFactor(1, 2)
        self.setSizes([620, 420])
        for splitter in (pictures, texts, self):
            splitter.setHandleWidth(8)
