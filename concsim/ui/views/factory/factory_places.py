"""Where the parts of the factory's lines are: names, belts with the workers over them, pallets, numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QRectF

from concsim.ui.painting.lettering import Type
from concsim.ui.text.process_words import pid_words
from concsim.ui.views.factory.factory_figures import Line, phones_each
from concsim.ui.views.factory.factory_words import made_text

if TYPE_CHECKING:
    from concsim.ui.views.shared.run_view import RunView

PAD, GAP = 16, 8
NAME_MOST, BELT_LEAST, PALLET_MOST = 112, 72, 136
BELT = 10
BOX_LEAST, BOX_MOST, BOX_GAP = 60, 120, 6
CELL_MOST, CELL_LEAST = 18.0, 5.0
PHONE_WIDTH, PHONE_HEIGHT, PHONE_GAP = 5, 8, 2


class Columns(NamedTuple):
    """Where a line's parts are: the name, the belt, the pallet, and the number at its right."""

    name: tuple[float, float]
    belt: tuple[float, float]
    pallet: tuple[float, float]
    number: tuple[float, float]


class FactoryPlaces:
    """The places of these lines, up to *right* and each *height* high."""

    def __init__(self, view: RunView, lines: list[Line], right: float, height: float) -> None:
        self._type, self._scaled = Type(view), view.scaled
        self.is_low = height < view.scaled(48)
        self.columns = self._columns(lines, right)
        left, right = self.columns.pallet
        self.rows = max(int((height - 20) // (PHONE_HEIGHT + PHONE_GAP)), 1)
        self.across = max(int((right - left) // (PHONE_WIDTH + PHONE_GAP)), 0)
        self.each = phones_each(max((line.phones or 0 for line in lines), default=0), self.rows * self.across)
        """How many phones each that is drawn stands for."""

    def _columns(self, lines: list[Line], right: float) -> Columns:
        kind, scaled = self._type, self._scaled
        texts = [("bold", line.name) for line in lines] + [("small", pid_words(line.pid)) for line in lines]
        name = min(max(kind.width(font, text) for font, text in texts), scaled(NAME_MOST)) + GAP
        number = max(kind.width("bold", made_text(line)) for line in lines) + 2
        right -= PAD
        between = right - PAD - name - number - 4 * GAP
        pallet = min(between - scaled(BELT_LEAST), between * 0.32, scaled(PALLET_MOST))
        pallet = pallet if pallet >= 3 * (PHONE_WIDTH + PHONE_GAP) else 0.0
        end = right - number - (GAP + pallet if pallet else 0)
        return Columns(
            (PAD, PAD + name), (PAD + name + GAP, end - 2 * GAP), (end, end + pallet), (right - number, right)
        )

    def belt_area(self, area: QRectF) -> QRectF:
        """Where a line's belt is."""
        high = 4 if self.is_low else BELT
        return QRectF(self.columns.belt[0], area.bottom() - 6 - high, self.columns.belt[1] - self.columns.belt[0], high)

    def boxes(self, line: Line, area: QRectF) -> dict[int, QRectF]:
        """Where each worker is: in a row of boxes over the belt, or as small cells when they are many."""
        belt, count = self.belt_area(area), len(line.workers)
        room = QRectF(belt.left(), area.top() + 2, belt.width(), belt.top() - area.top() - 4)
        if not count or room.height() < CELL_LEAST:
            return {}
        width = min((room.width() + BOX_GAP) / count - BOX_GAP, self._scaled(BOX_MOST))
        if width >= self._scaled(BOX_LEAST) and room.height() >= self._type.height("small") + 2:
            step = width + BOX_GAP
            return {
                one.number: QRectF(round(room.left() + index * step), room.top(), round(width), room.height())
                for index, one in enumerate(line.workers)
            }
        return self._cells(line, room)

    def _cells(self, line: Line, room: QRectF) -> dict[int, QRectF]:
        count, side = len(line.workers), min(CELL_MOST, room.height())
        while side > CELL_LEAST and int(room.width() // (side + 3)) * int((room.height() + 3) // (side + 3)) < count:
            side -= 1
        across = max(int(room.width() // (side + 3)), 1)
        rows = -(-count // across)
        top = max(room.bottom() - rows * (side + 3) + 3, room.top())
        return {
            one.number: QRectF(
                round(room.left() + index % across * (side + 3)), round(top + index // across * (side + 3)), side, side
            )
            for index, one in enumerate(line.workers)
        }
