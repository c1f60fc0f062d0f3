"""Who goes next: a button and a digit key for every actor, in order of creation."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from concsim.bridge.stepper import Stepper
from concsim.control.sessions.step_kind import steps_by_line
from concsim.ui.painting.theme import Theme
from concsim.ui.stage.marks import Marks
from concsim.ui.stepping.choice_button import ChoiceButton
from concsim.ui.stepping.choice_words import ChoiceSpeech
from concsim.ui.text.language import Language

GAP = 8
LEAST, LEAST_BIG, MOST = 176, 136, 360
ROWS, BIG_ROWS = 2, 1
KEYS = (("", ""), ("Shift+", "line"), ("Alt+", "change"))
"""What goes before a digit, and how far the choice then goes; "" as far as the switch says."""


class ChoiceBar(QFrame):
    """Draws what the stepper offers at the moment shown; `pressed` with an actor's id and how far it is to go."""

    pressed = Signal(str, str)

    def __init__(self, stepper: Stepper, marks: Marks, language: Language, theme: Theme) -> None:
        super().__init__()
        self._stepper, self._marks, self._theme = stepper, marks, theme
        self._speech = ChoiceSpeech(stepper, language)
        self.buttons: list[ChoiceButton] = []
        self._shown = self._kept = 0
        self._word = QLabel(objectName="muted")
        self._inner = QWidget()
        self._scroll = QScrollArea(frameShape=QFrame.Shape.NoFrame, widgetResizable=False)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(self._inner)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._word)
        column.addWidget(self._scroll)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._make_keys()
        stepper.run.changed.connect(self.refresh)
        stepper.run.reset.connect(self.refresh)
        language.changed.connect(self.refresh)
        theme.changed.connect(self._on_theme)
        self._retranslate()

    def _make_keys(self) -> None:
        for before, until in KEYS:
            for digit in range(10):
                key = QShortcut(QKeySequence(f"{before}{digit}"), self)
                key.setProperty("digit", str(digit))
                key.setProperty("until", until)
                key.activated.connect(self._on_key)

    # showing

    @Slot()
    def refresh(self) -> None:
        """Show the choices of the moment."""
        if not self.isVisible():
            return
        choices = self._stepper.choices()
        focused = self._focused()
        self._word.setText(self._empty_word() if not choices else "")
        changed = len(choices) != self._shown
        while len(self.buttons) < len(choices):
            self.buttons.append(self._make_button())
        self._shown = len(choices)
        signs = self._stepper.signs()
        for button, choice in zip(self.buttons, choices, strict=False):
            button.show_words(self._speech.of(choice, signs.get(choice.number, "")))
        if changed:
            self._arrange()
        if focused:
            self._keep_focus(focused)

    def _focused(self) -> int:
        """The actor whose button has the keyboard's place, 0 if none has; of a button that is gone, as long as nothing else has it."""
        if self.hasFocus():
            return self._kept
        return next((one.words.number for one in self.buttons if one.has_place and one.words is not None), 0)

    def _keep_focus(self, actor: int) -> None:
        """The keyboard's place stays with the actor's button, or, while there is none, here."""
        self._kept = actor
        shown = self.buttons[: self._shown]
        button = next((one for one in shown if one.words is not None and one.words.number == actor), None)
        if button is None:
            self.setFocus()
        elif not button.has_place:
            button.take_focus()

    def _empty_word(self) -> str:
        if self._stepper.by_line:
            return self.tr("The program has ended. Go back to any line.")
        if steps_by_line(self._stepper.run.program):
            return self.tr("Whose turn it is appears here, at each line of the recording.")
        if self._stepper.run.state.ended is not None:
            return self.tr("Every thread has ended. Go back to a step to choose another way from there.")
        return self.tr("A button for each thread appears here.")

    def _make_button(self) -> ChoiceButton:
        button = ChoiceButton(self._marks, self._theme, self._inner)
        button.clicked.connect(self._on_clicked)
        return button

    # placing

    def _arrange(self) -> None:
        """In columns of one width; what does not fit into two rows is scrolled to."""
        buttons = self.buttons[: self._shown]
        for button in self.buttons[self._shown :]:
            button.hide()
        scaled = self._theme.point_size / 10
        room = max(self.width() - (self._scroll.verticalScrollBar().sizeHint().width() + 2), 1)
        least = int((LEAST_BIG if self._theme.big else LEAST) * scaled)
        columns = max(1, min(len(buttons) or 1, (room + GAP) // (least + GAP)))
        width = min(int(MOST * scaled), (room - GAP * (columns - 1)) // columns)
        height = self._row_height()
        for index, button in enumerate(buttons):
            button.setGeometry(index % columns * (width + GAP), index // columns * (height + GAP), width, height)
            button.show()
        rows = -(-len(buttons) // columns)
        self._inner.resize(room, max(rows * (height + GAP) - GAP, height))
        self._scroll.verticalScrollBar().setSingleStep(height + GAP)
        self._word.setVisible(not buttons)
        self._scroll.setVisible(bool(buttons))
        shown = max(min(rows, BIG_ROWS if self._theme.big else ROWS), 1)
        self.setFixedHeight(shown * (height + GAP) - GAP)

    def _row_height(self) -> int:
        if not self.buttons:
            self.buttons.append(self._make_button())
            self.buttons[0].hide()
        self.buttons[0].ensurePolished()  # the style sheet says how large type is
        return self.buttons[0].sizeHint().height()

    def sizeHint(self) -> QSize:
        return QSize(400, self._row_height())

    def minimumSizeHint(self) -> QSize:
        return QSize(100, self._row_height())

    # pressing

    @Slot()
    def _on_clicked(self) -> None:
        button = self.sender()
        if isinstance(button, ChoiceButton) and button.words is not None and button.is_on:
            self.pressed.emit(button.words.id, "")

    @Slot()
    def _on_key(self) -> None:
        key = self.sender()
        digit, signs = key.property("digit"), self._stepper.signs()
        found = [choice.id for choice in self._stepper.choices() if signs.get(choice.number) == digit]
        if found:
            self.pressed.emit(found[0], key.property("until"))

    # Qt

    @Slot()
    def _on_theme(self) -> None:
        self._arrange()
        for button in self.buttons:
            button.update()

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Who goes next"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def showEvent(self, event: QEvent) -> None:  # type: ignore[override]
        super().showEvent(event)  # type: ignore[arg-type]
        self.refresh()
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
            self.refresh()
        elif event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._arrange()
        super().changeEvent(event)
