"""Brings what happens in the code into sight, unless the person has scrolled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPlainTextEdit

if TYPE_CHECKING:
    from concsim.model.folding.entities import Actor


class Follower:
    """Scrolls a code view."""

    def __init__(self, view: QPlainTextEdit) -> None:
        self._view = view
        self._held = False
        self._followed = -1

    def hold(self) -> None:
        """The person has scrolled: what is in sight stays."""
        self._held = True

    def let_go(self) -> None:
        """Another run: follow it."""
        self._held = False

    def follow_live(self, pointers: dict[int, list[Actor]]) -> None:
        """Bring a pointer into sight if none is, a worker's if there are any."""
        if self._held or not pointers:
            return
        workers = [line for line, actors in pointers.items() if any(one.id != "main" for one in actors)]
        self.bring_one(workers or list(pointers))

    def follow_step(self, step: int, lines: list[int]) -> None:
        """Bring one of the lines of the step shown into sight; where the person has scrolled, once another is taken."""
        if step != self._followed:
            self._followed, self._held = step, False
        if not self._held:
            self.bring_one(lines)

    def bring_one(self, wanted: list[int]) -> None:
        """Bring one of these lines into sight if none is."""
        view = self._view
        first = view.firstVisibleBlock().blockNumber() + 1
        shown = view.viewport().height() // max(view.fontMetrics().lineSpacing(), 1)
        if wanted and not any(first <= line < first + shown - 1 for line in wanted):
            view.verticalScrollBar().setValue(max(min(wanted) - 1 - shown // 2, 0))
