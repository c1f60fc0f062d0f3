"""The time line: rewinds the recording of a run to any moment, in all views at once."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSlider, QToolButton, QWidget

from concsim.bridge.run_model import RunModel

POSITIONS = 10_000


class Timeline(QWidget):
    """Buttons, a slider over the whole recording, and the time shown."""

    def __init__(self, run: RunModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._run = run
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self._first = self._button("|◀", self._on_first)
        self._back = self._button("◀", self._on_back)
        self._forward = self._button("▶", self._on_forward)
        self._slider = QSlider(Qt.Orientation.Horizontal, minimum=0, maximum=POSITIONS)
        self._slider.setPageStep(POSITIONS // 20)
        self._slider.setSingleStep(POSITIONS // 200)
        self._slider.valueChanged.connect(self._on_slid)
        self._live = QToolButton(checkable=True, checked=True)
        self._live.clicked.connect(self._on_live)
        self._time = QLabel()
        self._time.setMinimumWidth(self.fontMetrics().horizontalAdvance("00:00.000 / 00:00.000 "))
        self._time.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        for widget in (self._first, self._back, self._forward):
            row.addWidget(widget)
        row.addWidget(self._slider, 1)
        row.addWidget(self._live)
        row.addWidget(self._time)
        run.changed.connect(self._on_changed)
        run.reset.connect(self._on_changed)
        self._retranslate()
        self._on_changed()

    def _button(self, sign: str, slot: object) -> QToolButton:
        button = QToolButton(text=sign)
        button.setAutoRepeat(True)
        button.clicked.connect(slot)
        return button

    def _span(self) -> int:
        return max(self._run.newest - self._run.began, 1)

    @Slot()
    def _on_changed(self) -> None:
        run = self._run
        there = bool(run.history.rounds)
        for widget in (self._first, self._back, self._forward, self._slider):
            widget.setEnabled(there)
        self._live.setEnabled(there)
        self._live.setChecked(run.is_live)
        shown = run.moment - run.began if there else 0
        with QSignalBlocker(self._slider):
            self._slider.setValue(POSITIONS if run.is_live else round(shown / self._span() * POSITIONS))
        whole = max(shown, self._span()) if there else 0
        self._time.setText(f"{_clock(shown)} / {_clock(whole)}" if there else "")

    @Slot(int)
    def _on_slid(self, position: int) -> None:
        if position >= POSITIONS:
            self._run.show_newest()
        else:
            self._run.show_moment(self._run.began + self._span() * position // POSITIONS)

    @Slot()
    def _on_first(self) -> None:
        self._run.show_moment(self._run.began)

    def _step(self, direction: int) -> None:
        self._run.show_moment(self._run.moment + direction * max(self._span() // 200, 1_000_000))

    @Slot()
    def _on_back(self) -> None:
        self._step(-1)

    @Slot()
    def _on_forward(self) -> None:
        self._step(1)

    @Slot()
    def _on_live(self) -> None:
        self._run.show_newest()
        self._live.setChecked(True)

    def _retranslate(self) -> None:
        self._live.setText(self.tr("● now"))
        for widget, name, key in (
            (self._first, self.tr("To the beginning"), "Ctrl+Home"),
            (self._back, self.tr("A little back"), "Ctrl+Left"),
            (self._forward, self.tr("A little forward"), "Ctrl+Right"),
            (self._live, self.tr("To the newest moment"), "Ctrl+End"),
        ):
            widget.setToolTip(f"{name} ({key})")
            widget.setAccessibleName(name)
            widget.setShortcut(key)
        self._slider.setToolTip(self.tr("Drag to rewind the recording"))
        self._slider.setAccessibleName(self.tr("Moment shown"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)


def _clock(nanoseconds: int) -> str:
    minutes, rest = divmod(nanoseconds, 60_000_000_000)
    return f"{minutes:02d}:{rest / 1e9:06.3f}"
