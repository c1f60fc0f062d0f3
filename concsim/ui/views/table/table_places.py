"""Where everything at a round table is drawn."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF

from concsim.ui.views.table.table_seats import Table, ring

Size = tuple[float, float]

GAP, ARROW = 6, 10
FLATTEST = 2.6
BOARD = 0.78


class Sizes(NamedTuple):
    """How large an actor, a lock and the heading are (the heading (0, 0) without one), and to what share of full size."""

    share: float
    actor: Size
    lock: Size
    heading: Size


@dataclass(frozen=True)
class Places:
    """Areas of the table's board, of actors and locks by their numbers, and of the heading in the middle."""

    share: float
    board: QRectF
    actors: dict[int, QRectF]
    locks: dict[int, QRectF]
    heading: QRectF

    def collide(self) -> bool:
        """Whether anything lies on anything else, or leaves no room for an arrow."""
        actors, locks = self.actors.values(), self.locks.values()
        alike = [*combinations(actors, 2), *combinations(locks, 2), *((self.heading, lock) for lock in locks)]
        if any(one.adjusted(-2, -2, 2, 2).intersects(two) for one, two in alike if not one.isEmpty()):
            return True
        near = [(one.adjusted(-ARROW, -ARROW, ARROW, ARROW), two) for one in locks for two in actors]
        return any(one.intersects(two) for one, two in near)


def arrange(room: QRectF, table: Table, sizes: Sizes, inside: float) -> Places:
    """Actors as far out as the room allows, locks *inside*, as a share of that; the heading above the middle."""
    centre, (width, height) = room.center(), sizes.actor
    high = max((room.height() - height) / 2, 1.0)
    wide = max(min((room.width() - width) / 2, high * FLATTEST), 1.0)
    actors = _around(centre, (wide, high), ring(len(table.seats)), sizes.actor)
    locks = _around(centre, (wide * inside, high * inside), ring(len(table.between), half=True), sizes.lock)
    down = QPointF(0, sizes.lock[1] + GAP)
    middle = {number: area_around(centre + down * (index + 0.5), sizes.lock) for index, number in enumerate(table.middle)}
    return Places(
        sizes.share, area_around(centre, (2 * wide * BOARD, 2 * high * BOARD)),
        dict(zip(table.seats, actors, strict=True)), dict(zip(table.between, locks, strict=True)) | middle,
        area_around(centre - QPointF(0, sizes.heading[1] / 2), sizes.heading),
    )  # fmt: skip


def area_around(centre: QPointF, size: Size) -> QRectF:
    """An area of a size around its centre."""
    return QRectF(centre.x() - size[0] / 2, centre.y() - size[1] / 2, *size)


def _around(centre: QPointF, radii: Size, ways: list[tuple[float, float]], size: Size) -> list[QRectF]:
    return [area_around(centre + QPointF(x * radii[0], y * radii[1]), size) for x, y in ways]
