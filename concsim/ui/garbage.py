"""When the window looks for cycles that nobody uses any more: never while a run goes on, for a crowd makes that a jerk."""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, Slot

RARELY = 1_000_000


class Garbage(QObject):
    """Leaves the youngest objects to Python, and looks at all of them once a run has ended."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        young, middle, _ = gc.get_threshold()
        gc.set_threshold(young, middle, RARELY)

    @Slot(bool)
    def look(self, running: bool) -> None:
        """A run has begun or ended."""
        if not running:
            gc.collect()
