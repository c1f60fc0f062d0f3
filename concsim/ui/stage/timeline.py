"""The time line: rewinds the recording of a run to any moment, in all views at once; a stepped run by whole steps."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from concsim.bridge.run_model import RunModel
from concsim.bridge.stepper import Stepper
from concsim.ui.stage.moment_slider import MomentSlider
from concsim.ui.stepping.step_controls import StepControls
from concsim.ui.text.steady_label import SteadyLabel

POSITIONS = 10_000


class Timeline(QWidget):
    """Buttons, a slider over the whole recording, and the time or the step shown."""

    def __init__(self, run: RunModel, stepper: Stepper, controls: StepControls, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._run, self._stepper, self._controls, self._players = run, stepper, controls, controls.players
        self._steps = False
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self._first = self._button("|◀", self._on_first)
        self._back = self._button("◀", self._on_back)
        self._forward = self._button("▶", self._on_forward)
        self._slider = MomentSlider()
        self._slider.setRange(0, POSITIONS)
        self._slider.valueChanged.connect(self._on_slid)
        self._live = QToolButton(checkable=True, checked=True)
        self._live.clicked.connect(self._on_live)
        self._time = SteadyLabel()
        self._time.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        for widget in (self._first, self._back, self._forward):
            row.addWidget(widget)
        row.addWidget(self._players)
        row.addWidget(self._slider, 1)
        row.addWidget(self._live)
        row.addWidget(self._time)
        self._keys = [self._key(keys, button) for keys, button in (
            ("Left", self._back), ("Backspace", self._back), ("Right", self._forward), ("Home", self._first),
            ("End", self._live),
        )]  # fmt: skip
        run.changed.connect(self._on_changed)
        run.reset.connect(self._on_changed)
        self.show_steps(False)

    def _button(self, sign: str, slot: object) -> QToolButton:
        button = QToolButton(text=sign)
        button.setAutoRepeat(True)
        button.clicked.connect(slot)
        return button

    def _key(self, keys: str, button: QToolButton) -> QShortcut:
        """A key that answers at once, and as often as it is pressed: a button's own shortcut rests after each."""
        key = QShortcut(QKeySequence(keys), self, enabled=False)
        key.activated.connect(button.click)
        return key

    def show_steps(self, steps: bool) -> None:
        """Count steps, in Step mode, or time."""
        self._steps = steps
        for key in self._keys:
            key.setEnabled(steps)
        self._players.setVisible(steps)
        sample = "00:00.000 / 00:00.000 " if not steps else ""
        self._time.reserve(sample)
        self._retranslate()
        self._on_changed()

    def _span(self) -> int:
        return max(self._run.newest - self._run.began, 1)

    @Slot()
    def _on_changed(self) -> None:
        run = self._run
        there = bool(run.history.rounds)
        for widget in (self._first, self._back, self._forward, self._slider):
            widget.setEnabled(there)
        self._live.setEnabled(there)
        self._players.setEnabled(there)
        self._live.setChecked(run.is_live)
        if self._steps:
            self._show_step(there)
        else:
            self._show_time(there)

    def _show_time(self, there: bool) -> None:
        run = self._run
        shown = run.moment - run.began if there else 0
        self._place(POSITIONS, POSITIONS if run.is_live else round(shown / self._span() * POSITIONS), POSITIONS // 200)
        whole = max(shown, self._span()) if there else 0
        self._show_thinned()
        self._time.show_text(f"{_clock(shown)} / {_clock(whole)}" if there else "")

    def _show_thinned(self) -> None:
        run = self._run
        thinned = max(run.thinned_until - run.began, 0)
        if (thinned > 0) != (self._slider.thinned > 0):
            self._slider.setToolTip(self._slider_words(thinned > 0))
        self._slider.show_thinned(thinned / self._span())

    def _slider_words(self, thinned: bool) -> str:
        if self._steps:
            return self.tr("Drag to go to any step")
        words = self.tr("Drag to rewind the recording")
        return words + "\n" + self.tr("Dotted: of this only some moments are kept") if thinned else words

    def _show_step(self, there: bool) -> None:
        step, last = (self._stepper.step, self._stepper.last_step) if there else (0, 0)
        self._place(max(last, 1), step, 1)
        self._first.setEnabled(step > 0)
        self._back.setEnabled(step > 0)
        self._forward.setEnabled(there and (step < last or self._stepper.waits_for_choice))
        self._live.setEnabled(there and step < last)
        text = self.tr("step {step} of {count}").format(step=step, count=f"{last:,}")
        self._time.show_text(text if there else "")

    def _place(self, most: int, value: int, step: int) -> None:
        with QSignalBlocker(self._slider):
            self._slider.setMaximum(most)
            self._slider.setSingleStep(step)
            self._slider.setPageStep(max(most // 20, 1))
            self._slider.setValue(value)

    @Slot(int)
    def _on_slid(self, position: int) -> None:
        if self._steps:
            self._stepper.go_to(position)
        elif position >= POSITIONS:
            self._run.show_newest()
        else:
            self._run.show_moment(self._run.began + self._span() * position // POSITIONS)

    @Slot()
    def _on_first(self) -> None:
        if self._steps:
            self._stepper.go_to(0)
        else:
            self._run.show_moment(self._run.began)

    def _step(self, direction: int) -> None:
        self._run.show_moment(self._run.moment + direction * max(self._span() // 200, 1_000_000))

    @Slot()
    def _on_back(self) -> None:
        if self._steps:
            self._stepper.back(self._controls.reach.code)
        else:
            self._step(-1)

    @Slot()
    def _on_forward(self) -> None:
        if self._steps:
            self._stepper.forward(self._controls.reach.code)
        else:
            self._step(1)

    @Slot()
    def _on_live(self) -> None:
        if self._steps:
            self._stepper.go_to(self._stepper.last_step)
        else:
            self._run.show_newest()
        self._live.setChecked(True)

    def _words(self) -> tuple[tuple[QToolButton, str, str, str], ...]:
        """Each button's name, its shortcut, and its keys in words."""
        if self._steps:
            back, forward = self.tr("One step back"), self.tr("One step forward; at the newest, if only one thread can go on, it does")
            if self._controls.by_line:
                back, forward = self.tr("Back by a line or a turn, as chosen above"), self.tr("Forward by a line or a turn, as chosen above")
            return (
                (self._first, self.tr("To the beginning"), "", "Home"),
                (self._back, back, "", self.tr("Left or Backspace")),
                (self._forward, forward, "", self.tr("Right")),
                (self._live, self.tr("To the newest step"), "", "End"),
            )  # fmt: skip
        return (
            (self._first, self.tr("To the beginning"), "Ctrl+Home", "Ctrl+Home"),
            (self._back, self.tr("A little back"), "Ctrl+Left", "Ctrl+Left"),
            (self._forward, self.tr("A little forward"), "Ctrl+Right", "Ctrl+Right"),
            (self._live, self.tr("To the newest moment"), "Ctrl+End", "Ctrl+End"),
        )

    def _retranslate(self) -> None:
        self._live.setText("▶|" if self._steps else self.tr("● now"))
        for widget, name, key, keys in self._words():
            widget.setToolTip(f"{name} ({keys})")
            widget.setAccessibleName(name)
            widget.setShortcut(key)
        self._slider.setToolTip(self._slider_words(self._slider.thinned > 0))
        self._slider.setAccessibleName(self.tr("Step shown") if self._steps else self.tr("Moment shown"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
            self._on_changed()
        super().changeEvent(event)


def _clock(nanoseconds: int) -> str:
    minutes, rest = divmod(nanoseconds, 60_000_000_000)
    return f"{minutes:02d}:{rest / 1e9:06.3f}"
