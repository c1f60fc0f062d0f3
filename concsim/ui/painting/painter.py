"""A painter that is ended whatever happens: one that is left open takes the whole window with it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget


@contextmanager
def painting(widget: QWidget) -> Iterator[QPainter]:
    """A painter on a widget, in its paint event."""
    painter = QPainter(widget)
    try:
        yield painter
    finally:
        painter.end()
