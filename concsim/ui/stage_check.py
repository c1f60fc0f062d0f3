"""What a selftest does with a program on the stage: run it, step it, go through its lines, by the stage's own buttons."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication

from concsim.control.command.summary import sentence
from concsim.ui.patience import Patience
from concsim.ui.stage.run_bar import LIVE, STEP
from concsim.ui.stage.stage import Stage
from concsim.ui.stepping.choice_button import ChoiceButton

A_MOMENT = 0.8
SOME_STEPS = 12


def click(button: QAbstractButton) -> None:
    """Click it as a person does."""
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def first_said(missing: list[str]) -> str:
    """The first that says anything, "" if none does."""
    return next(filter(None, missing), "")


class StageCheck:
    """Checks what is on a stage. Each check says what was missing, "" if nothing was; *picture* is taken in the middle."""

    def __init__(self, stage: Stage, picture: Callable[[], None], patience: Patience) -> None:
        self._stage, self._picture, self._until = stage, picture, patience.until

    def live(self) -> str:
        """Run it."""
        stage = self._stage
        click(stage.run_bar.run_button)
        began = time.monotonic()
        self._until(lambda: not self._undrawn() or (self._has_failed() and not stage.run.running))
        missing = [self._why_undrawn()]
        self._until(lambda: time.monotonic() - began > A_MOMENT or not stage.run.running)
        self._picture()
        missing += [self._stop(), "" if stage.run.state.count else "no events"]
        return first_said(missing)

    def steps(self) -> str:
        """Step it, there and back."""
        stage, stepper = self._stage, self._stage.stepper
        click(stage.run_bar.mode.buttons[STEP])
        click(stage.run_bar.run_button)
        if not self._until(lambda: stepper.waits_for_choice or bool(stepper.last_step and not stage.run.running)):
            return f"no choice was offered: {stage.sentence.label.whole}"
        self._take_steps()
        stage.tabs.setCurrentWidget(stage.steps)
        QApplication.processEvents()
        if self._undrawn():  # some are about how it ends
            stepper.slow_motion.play("random", 1)
        self._until(lambda: not self._undrawn())
        missing = [self._why_undrawn()]
        stepper.slow_motion.pause()
        self._until(lambda: not stepper.is_busy and stage.is_running == stage.run.running)
        self._picture()
        missing += [self._there_and_back(), self._stop()]
        click(stage.run_bar.mode.buttons[LIVE])
        return first_said(missing)

    def lines(self) -> str:
        """Record it by line and go through it."""
        stage, stepper = self._stage, self._stage.stepper
        click(stage.run_bar.mode.buttons[STEP])
        click(stage.run_bar.run_button)
        if not self._until(lambda: stepper.last_step > 0 and not stage.is_running):
            return f"no line was recorded: {stage.sentence.label.whole}"
        missing = ["" if stepper.step == (stepper.lines.first_shown() or 0) else f"it begins at step {stepper.step}"]
        self._show_middle()
        self._picture()
        missing.append(self._why_undrawn())
        able, before = self._able(), stepper.step
        if not able:
            return first_said([*missing, "nobody can go on in the middle"])
        click(able[0])
        if stepper.step != before + 1 or not stage.sentence.label.text():
            missing.append(f"at step {stepper.step}, not {before + 1}")
        click(stage.run_bar.mode.buttons[LIVE])
        return first_said(missing)

    # parts of checks

    def _stop(self) -> str:
        stage = self._stage
        if stage.run.running:
            click(stage.run_bar.stop_button)
        return "" if self._until(lambda: not stage.run.running) else "it did not stop"

    def _able(self) -> list[ChoiceButton]:
        return [one for one in self._stage.choice_bar.buttons if one.isVisible() and one.is_on]

    def _take_steps(self) -> None:
        """Some steps, everybody in turn."""
        stage, stepper = self._stage, self._stage.stepper
        for turn in range(SOME_STEPS):
            able = self._able()
            if not able or not stage.run.running:
                return
            before = stepper.last_step
            click(able[turn % len(able)])
            self._until(lambda before=before: (stepper.last_step > before and not stepper.is_busy) or not stage.run.running)  # type: ignore[misc]

    def _there_and_back(self) -> str:
        """Go a step back and forth again, and look whether all steps are told."""
        stage, stepper = self._stage, self._stage.stepper
        last = stepper.last_step
        missing = ["" if last else "no step was taken"]
        for go, wanted in ((stepper.back, last - 1), (stepper.forward, last)):
            go()
            QApplication.processEvents()
            if stepper.step != wanted:
                missing.append(f"at step {stepper.step}, not {wanted}")
        if stage.steps.model.rowCount() != last or not stage.sentence.label.text():
            missing.append("the steps were not told")
        return first_said(missing)

    def _show_middle(self) -> None:
        """Go to two thirds of the steps, by way of the end where a view is about that."""
        stepper, last = self._stage.stepper, self._stage.stepper.last_step
        stepper.go_to(last * 2 // 3)
        self._stage.tabs.setCurrentWidget(self._stage.steps)
        QApplication.processEvents()
        if self._undrawn():
            stepper.go_to(last)
            self._until(lambda: not self._undrawn())
            stepper.go_to(last * 2 // 3)

    # what was drawn

    def _undrawn(self) -> list[str]:
        views = [*self._stage.views, self._stage.code]
        return [type(one).__name__ for one in views if not one.has_drawn()]  # type: ignore[attr-defined]

    def _has_failed(self) -> bool:
        return any(one.outcome == "failed" for one in self._stage.run.history.rounds)

    def _why_undrawn(self) -> str:
        """Which views were not drawn, or why: a run that failed says it itself; "" if all were."""
        stage, undrawn = self._stage, self._undrawn()
        if not undrawn:
            return ""
        if self._has_failed() and stage.program is not None:
            return sentence(stage.program, stage.run.last_state, "en", 0.0, whole=False) or stage.sentence.label.text()
        return f"not drawn: {', '.join(undrawn)}"
