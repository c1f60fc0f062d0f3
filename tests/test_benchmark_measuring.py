"""What the benchmarks measure with does not itself take what they measure."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from tests.benchmarks.measuring import process_until


def test_that_waiting_rests_while_nothing_happens(qapp: QApplication) -> None:
    looks: list[int] = []
    assert not process_until(lambda: bool(looks.append(1)), 0.3)
    assert 2 <= len(looks) < 1_000


def test_that_what_an_event_brings_about_is_seen(qapp: QApplication) -> None:
    came: list[int] = []
    QTimer.singleShot(0, lambda: came.append(1))
    assert process_until(lambda: bool(came), 60)
