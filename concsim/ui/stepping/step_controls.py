"""The controls of stepping beside Start: interpreter model, how far a choice goes, slow motion, chance, schedules."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QMenu, QSlider, QToolButton, QWidget

from concsim.bridge.slow_motion import SLOW_MS
from concsim.bridge.stepper import Stepper
from concsim.model.programs.block import MODELS
from concsim.model.programs.program import Program
from concsim.ui.painting.segments import Segments

FAST_MS, SLOWEST_MS = 40, 2000
REACHES = ("operation", "line", "change")


def first_model(program: Program | None) -> str:
    """The model that a program's stepping begins with: the one in which it shows what it is there to show."""
    expected = program.block.expect.get("step", {}) if program is not None else {}
    goes_wrong = [model for model in MODELS if expected.get(model) in ("fails", "deadlocks")]
    return goes_wrong[0] if goes_wrong else MODELS[0]


class StepControls(QWidget):
    """Says what the person wants; the stage and the stepper do it."""

    model_chosen = Signal(str)
    save_wanted = Signal()
    open_wanted = Signal()
    copy_wanted = Signal()

    def __init__(self, stepper: Stepper, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stepper = stepper
        self.by_line = False
        """Whether the controls are those of a run recorded by line."""
        self._model_label, self._reach_label = QLabel(), QLabel()
        self.model_box = QComboBox()
        for code in MODELS:
            self.model_box.addItem("", code)
        self.reach = Segments(REACHES)
        self.play_button, self.random_button = QToolButton(checkable=True), QToolButton(checkable=True)
        self.speed = QSlider(Qt.Orientation.Horizontal, minimum=0, maximum=100, value=self._position(SLOW_MS))
        self.speed.setFixedWidth(72)
        self.schedule_button = QToolButton(popupMode=QToolButton.ToolButtonPopupMode.InstantPopup)
        self._make_menu()
        self.hide()
        self.groups = [
            self._group(self._model_label, self.model_box), self._group(self._reach_label, self.reach),
            self._group(self.schedule_button),
        ]  # fmt: skip
        self.choosers = (self.groups[0], self.groups[2])
        """What a run recorded by line has no use for: its order is its own."""
        self.players = self._group(self.play_button, self.random_button, self.speed)
        """What belongs beside back and forward."""
        self._connect()
        self._retranslate()

    @staticmethod
    def _group(*widgets: QWidget) -> QWidget:
        group = QWidget()
        row = QHBoxLayout(group)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for widget in widgets:
            row.addWidget(widget)
        return group

    def _make_menu(self) -> None:
        menu = QMenu(self.schedule_button)
        self.save_action, self.open_action, self.copy_action = (menu.addAction("") for _ in range(3))
        for action, signal in (
            (self.save_action, self.save_wanted), (self.open_action, self.open_wanted),
            (self.copy_action, self.copy_wanted),
        ):  # fmt: skip
            action.triggered.connect(signal)
        menu.aboutToShow.connect(self._on_menu)
        self.schedule_button.setMenu(menu)

    def _connect(self) -> None:
        self.model_box.activated.connect(self._on_model)
        self.play_button.clicked.connect(self._on_play)
        self.random_button.clicked.connect(self._on_random)
        self.speed.valueChanged.connect(self._on_speed)
        self._stepper.slow_motion.changed.connect(self._on_playing_changed)

    @property
    def model(self) -> str:
        """The interpreter model chosen."""
        return str(self.model_box.currentData())

    def show_model(self, model: str) -> None:
        """Show this model as chosen, without saying so."""
        self.model_box.setCurrentIndex(max(self.model_box.findData(model), 0))

    def show_by_line(self, by_line: bool) -> None:
        """A run recorded by line has no operations to step by, and no chance."""
        self.random_button.setVisible(not by_line)
        self.reach.buttons["operation"].setVisible(not by_line)
        if by_line:
            self.reach.show_code("line")
        elif not self._stepper.by_line and self.by_line:
            self.reach.show_code("operation")
        self.by_line = by_line
        self._retranslate()

    def show_labels(self, shown: bool) -> None:
        """Whether there is room for labels beside the controls, which have names and tooltips as well."""
        self._model_label.setVisible(shown)
        self._reach_label.setVisible(shown)

    # slow motion

    @staticmethod
    def _position(milliseconds: int) -> int:
        """Where the speed stands for a rest between steps; the right end is the shortest."""
        return round(100 * (SLOWEST_MS - milliseconds) / (SLOWEST_MS - FAST_MS))

    @property
    def rest(self) -> int:
        """The rest between two steps, in milliseconds."""
        share = int(self.speed.value()) / 100
        return round(SLOWEST_MS - share * (SLOWEST_MS - FAST_MS))

    def _toggle(self, how: str) -> None:
        if self._stepper.slow_motion.playing == how:
            self._stepper.slow_motion.pause()
        else:
            self._stepper.slow_motion.play(how, self.rest)
        self._show_playing()

    @Slot()
    def _on_play(self) -> None:
        self._toggle("on")

    @Slot()
    def _on_random(self) -> None:
        self._toggle("random")

    @Slot(int)
    def _on_speed(self, _: int) -> None:
        self._stepper.slow_motion.set_speed(self.rest)

    @Slot(bool)
    def _on_playing_changed(self, _: bool) -> None:
        self._show_playing()

    def _show_playing(self) -> None:
        for button, how in ((self.play_button, "on"), (self.random_button, "random")):
            button.setChecked(self._stepper.slow_motion.playing == how)
        self._name_players()

    # slots

    @Slot(int)
    def _on_model(self, _: int) -> None:
        self.model_chosen.emit(self.model)

    @Slot()
    def _on_menu(self) -> None:
        there = self._stepper.step > 0
        self.save_action.setEnabled(there)
        self.copy_action.setEnabled(there)

    # words

    def _name_players(self) -> None:
        pause, playing = self.tr("❚❚ Pause"), self._stepper.slow_motion.playing
        for button, how, text, tip, key in (
            (self.play_button, "on", self.tr("▶ Slowly"),
             self.tr("Run on in slow motion: what was recorded, then each thread in turn"), "P"),
            (self.random_button, "random", self.tr("⚄ At random"),
             self.tr("Run on in slow motion, in random order"), "R"),
        ):  # fmt: skip
            button.setText(pause if playing == how else text)
            button.setAccessibleName(button.text())
            button.setToolTip(f"{tip} ({key})")
            button.setShortcut(key)

    def _retranslate(self) -> None:
        self._model_label.setText(self.tr("Interpreter"))
        gil = self.tr("With the GIL another thread gets in only where CPython lets go: at a call, at the end of a loop's body, or while it waits.")
        free = self.tr("Without the GIL (free-threaded Python) another thread gets in before every access to something shared.")
        for index, (text, tip) in enumerate(((self.tr("with the GIL"), gil), (self.tr("free-threaded"), free))):
            self.model_box.setItemText(index, text)
            self.model_box.setItemData(index, tip, Qt.ItemDataRole.ToolTipRole)
        self.model_box.setToolTip(f"<p>{gil}</p><p>{free}</p>")
        self.model_box.setAccessibleName(self.tr("Interpreter model"))
        self._reach_label.setText(self.tr("Step by"))
        for code, text, tip in (
            ("operation", self.tr("operation"), self.tr("A choice takes one operation that another thread could notice (F8)")),
            ("line", self.tr("line"), self.tr("A choice goes on until the thread comes to another line (F8; or Shift and the digit)")),
            ("change", self.tr("change"), self.tr("A choice goes on until the thread is about to change something (F8; or Alt and the digit)")),
        ):  # fmt: skip
            self.reach.name(code, text, tip)
        if self.by_line:
            self.reach.name("line", self.tr("line"), self.tr("Go on by one line (F8)"))
            self.reach.name("change", self.tr("turn"), self.tr("Go on until somebody else has the thread (F8; or Alt and the digit)"))
        self.speed.setAccessibleName(self.tr("Speed of slow motion"))
        self.speed.setToolTip(self.tr("Speed of slow motion: slower at the left, faster at the right"))
        self.schedule_button.setText(self.tr("Schedule ▾"))
        self.schedule_button.setAccessibleName(self.tr("Schedule"))
        self.schedule_button.setToolTip(self.tr("Save, open or copy which thread took each step (F3)"))
        self.schedule_button.setShortcut("F3")
        self.save_action.setText(self.tr("Save the schedule…"))
        self.open_action.setText(self.tr("Open a schedule…"))
        self.copy_action.setText(self.tr("Copy as a command line"))
        self._name_players()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

