"""A step every so often, until there is none to take or somebody pauses."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal, Slot

SLOW_MS = 600


class SlowMotion(QObject):
    """*take_step* is called with how it plays, and says whether to go on."""

    changed = Signal(bool)
    """It has begun or ended."""

    def __init__(self, take_step: Callable[[str], bool], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.playing = ""
        """ "" or how it plays: "on" through what was recorded and then in turn, "random"."""
        self._take_step = take_step
        self._timer = QTimer(self, interval=SLOW_MS)
        self._timer.setObjectName("slow motion")
        self._timer.timeout.connect(self._on_tick)

    def play(self, how: str = "on", milliseconds: int = SLOW_MS) -> None:
        """Take a step every so often: the recorded ones first, then ones chosen in turn or at random."""
        self.playing = how
        self._timer.start(milliseconds)
        self.changed.emit(True)

    def set_speed(self, milliseconds: int) -> None:
        """How long it rests between two steps."""
        self._timer.setInterval(milliseconds)

    @Slot()
    def pause(self) -> None:
        """End it."""
        if self.playing:
            self.playing = ""
            self._timer.stop()
            self.changed.emit(False)

    @Slot()
    def _on_tick(self) -> None:
        if not self._take_step(self.playing):
            self.pause()
