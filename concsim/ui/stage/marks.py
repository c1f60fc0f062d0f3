"""What is marked: one actor, one object or one line of code. Every view shows the same mark.

Beside it, what the person points at for the moment: an actor whose next operation is shown in the code.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal


class Marks(QObject):
    """The mark, set by a click in any view. `kind` is "actor", "thing", "line" or "" for none."""

    changed = Signal()
    pointed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.kind = ""
        self.number = 0
        self.pointed_at = 0

    def point_at(self, actor: int) -> None:
        """Point at an actor, 0 for none, without marking it."""
        if actor != self.pointed_at:
            self.pointed_at = actor
            self.pointed.emit()

    def mark(self, kind: str, number: int) -> None:
        """Mark one; marking it again takes the mark away."""
        same = (kind, number) == (self.kind, self.number)
        self.kind, self.number = ("", 0) if same else (kind, number)
        self.changed.emit()

    def clear(self) -> None:
        """Mark nothing."""
        if self.kind:
            self.kind, self.number = "", 0
            self.changed.emit()

    def is_actor(self, number: int) -> bool:
        """Whether this actor is marked."""
        return self.kind == "actor" and self.number == number

    def is_thing(self, number: int) -> bool:
        """Whether this object is marked."""
        return self.kind == "thing" and self.number == number
