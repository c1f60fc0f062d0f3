"""What happened, in one sentence, and after it what was not seen one by one."""

from __future__ import annotations

import time

from PySide6.QtCore import QEvent, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from concsim.bridge.run_model import RunModel
from concsim.bridge.stepper import Stepper
from concsim.control.command.summary import first_line, notes, sentence
from concsim.model.folding.history import FINISHED, NEW, WAITING
from concsim.model.words.phrases import Message
from concsim.ui.painting.theme import Theme
from concsim.ui.stepping.step_sentence import StepSentence
from concsim.ui.text.language import Language
from concsim.ui.text.sentence_label import SentenceLabel
from concsim.ui.views.shared.run_view import Throttle

LINES = 2
SHARE = 0.05


class SentenceBar(QWidget):
    """One sentence about the moment shown."""

    def __init__(
        self, run: RunModel, stepper: Stepper, language: Language, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._throttle = Throttle(SHARE)
        self._run, self._language = run, language
        self.steps = StepSentence(run, stepper, language, self)
        self.label = SentenceLabel(theme, LINES)
        self.label.setObjectName("sentence")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.label)
        self._last = ""
        run.changed.connect(self.refresh)
        run.reset.connect(self._on_reset)
        run.round_ended.connect(self._on_round_ended)
        language.changed.connect(self.refresh)
        self.refresh()

    @Slot()
    def _on_reset(self) -> None:
        self._last = ""
        self.refresh()

    @Slot(object)
    def say_difference(self, message: Message) -> None:
        """Say that a replayed schedule was not what it was."""
        self.steps.say_difference(message)
        self.refresh()

    def say_waiting(self, count: int) -> None:
        """Say that a schedule of so many steps was opened and waits."""
        self.steps.say_waiting(count)
        self.refresh()

    @Slot(object)
    def _on_round_ended(self, record: object) -> None:
        """Rounds may be short: what the last one came to stays until the next has ended."""
        self._last = self._text()

    @Slot()
    def refresh(self) -> None:
        """Say it again for the moment shown; not at every frame, where that would take long."""
        following = self._run.running and self._run.is_live and not self._run.is_stepped and self._run.state.ended is None
        if following and not self._throttle.is_due():
            return
        began = time.perf_counter()
        self._refresh()
        self._throttle.spent(time.perf_counter() - began)

    def _refresh(self) -> None:
        state = self._run.state
        if self._run.stepping:
            text, note, bad = self.steps.text(), self.steps.note(), self.steps.is_bad()
        else:
            text, note = self._text(), " ".join([*self._kept_words(), *notes(state, self._language.code)])
            bad = state.deadlock is not None
        tone = "danger" if bad else ""
        error = state.errors[0].message if state.errors else ""
        is_cut = "\n" in error.strip() and first_line(error) in text
        self.label.say(text, note, error.strip() if is_cut else "")
        if self.label.property("tone") != tone:
            self.label.setProperty("tone", tone)
            self.label.style().unpolish(self.label)
            self.label.style().polish(self.label)

    def _text(self) -> str:
        run, state = self._run, self._run.state
        if run.program is None:
            return self.tr("Choose a program.")
        if not run.history.rounds:
            blurb = self._language.pick(run.program.block.blurb)
            return blurb + " · " + self.tr("Press Run.") if blurb else self.tr("Press Run to see it live.")
        seconds = max(run.round_ended_at - run.round_began, 0) / 1e9
        said = sentence(run.program, state, self._language.code, seconds, whole=False)
        if said:
            return self._with_round(said)
        if self._last and run.is_live and run.session is not None and run.session.setting.repeat:
            return self._last
        return self._with_round(self._now())

    def _kept_words(self) -> list[str]:
        """What is shown where the moment asked for was not kept."""
        run = self._run
        if run.is_exact:
            return []
        text = self.tr("Only some moments of this are kept: this is how it was at {seconds:.3f} s.")
        return [text.format(seconds=max(run.state.time - run.began, 0) / 1e9)]

    def _with_round(self, text: str) -> str:
        number = self._run.state.round
        return self.tr("Round {n}. {text}").format(n=number, text=text) if number > 1 else text

    def _now(self) -> str:
        state = self._run.state
        actors = [one for one in state.actors.values() if one.number and one.state not in (NEW, FINISHED) and not one.stands_nowhere]
        waiting = sum(1 for one in actors if one.state == WAITING)
        if state.asking:
            return self.tr("The program waits for a line of input.")
        return self.tr("Alive: {n}, waiting: {m}.").format(n=len(actors), m=waiting)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.refresh()
        super().changeEvent(event)
