"""Going through lanes by keyboard: Up and Down mark an actor, Right opens a group, Left closes all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from concsim.ui.views.lanes.lane_groups import Group, LaneGroups

if TYPE_CHECKING:
    from concsim.ui.stage.marks import Marks


class LaneKeys:
    """Knows which row the keyboard is at."""

    def __init__(self, groups: LaneGroups, marks: Marks) -> None:
        self._groups, self._marks = groups, marks
        self._at: int | None = None

    def forget(self) -> None:
        """Another run."""
        self._at = None

    def go(self, step: int) -> int | None:
        """Go so many rows down and mark who is there; the row, None where there are none."""
        rows = self._groups.rows()
        if not rows:
            return None
        marked = rows.index_of(self._marks.number) if self._marks.kind == "actor" else None
        at = self._at if marked is None else marked
        index = min(max(at + step, 0), len(rows) - 1) if at is not None else (0 if step > 0 else len(rows) - 1)
        self._at, row = index, rows[index]
        if isinstance(row, Group):
            self._marks.clear()
        elif not self._marks.is_actor(row.number):
            self._marks.mark("actor", row.number)
        return index

    def open(self) -> None:
        """Open the group that the keyboard is at, or the first one that is closed."""
        rows = self._groups.rows()
        row = rows[self._at] if self._at is not None and self._at < len(rows) else None
        if isinstance(row, Group) and not row.opened:
            self._groups.toggle(row)
        else:
            self._groups.open_next()

    def close(self) -> None:
        """Gather all groups again."""
        self._groups.close_all()
