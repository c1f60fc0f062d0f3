"""What happened in a stepped run, in one sentence: the step taken, how it ended, what to do next."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from concsim.bridge.run_model import RunModel
from concsim.bridge.stepper import Stepper
from concsim.control.command.summary import answer, notes, remark_message, sentence, verdict_words
from concsim.control.sessions.step_kind import steps_by_line
from concsim.model.events import Remark
from concsim.model.programs.verdict import FAILS, PASSES
from concsim.model.words.phrases import Message
from concsim.ui.text.language import Language

SAID_FIRST = ("cannot_follow", "not_controlled", "stepping_needs", "no_visible_operation", "step_limit")


class StepSentence(QObject):
    """The sentence and the note after it, for the moment shown."""

    def __init__(self, run: RunModel, stepper: Stepper, language: Language, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._run, self._stepper, self._language = run, stepper, language
        self._difference: Message | None = None
        self._waiting = 0
        run.reset.connect(self._on_reset)
        run.differed.connect(self._on_differed)

    @Slot()
    def _on_reset(self) -> None:
        self._difference = None
        self._waiting = 0

    @Slot(int)
    def _on_differed(self, step: int) -> None:
        """A run that was repeated took another way: what it used that may differ from run to run is the likely cause."""
        chances = [one for one in self._run.last_state.remarks if one.code == "chance"]
        why = Message("chance_seen", chances[-1].values) if chances else Message("chance_unseen")
        self.say_difference(Message("repeat_differs", {"step": step, "chance": why}))

    def say_difference(self, message: Message) -> None:
        """Say that a run was not what it was before, until another one is on the screen."""
        self._difference = message

    def say_waiting(self, count: int) -> None:
        """Say that a schedule of *count* steps was opened, until a run is on the screen."""
        self._waiting = count

    def is_bad(self) -> bool:
        """Whether the moment shown is one of harm: a deadlock, a lost update, an error, a schedule that cannot be followed."""
        state = self._run.state
        failed = state.ended is not None and (state.ended.outcome == "failed" or bool(self._verdict() == "fails"))
        lost = state.taken is not None and state.taken.lost and state.ended is None
        return state.deadlock is not None or failed or lost or self._hindrance() is not None or self._difference is not None

    def _hindrance(self) -> Remark | None:
        """What keeps the run from going on, if something does."""
        said = [one for one in self._run.last_state.remarks if one.code in SAID_FIRST]
        if not said or (not self._run.is_live and said[-1].code != "cannot_follow"):
            return None
        newest = said[-1]
        went_on = newest.code == "no_visible_operation" and (self._stepper.waits_for_choice or not self._run.running)
        return None if went_on else newest

    def _verdict(self) -> str:
        program, state = self._run.program, self._run.state
        if program is None or state.ended is None:
            return ""
        return answer(program, state, state.ended.outcome)

    def text(self) -> str:
        """The sentence."""
        run, state = self._run, self._run.state
        if run.program is None:
            return self.tr("Choose a program.")
        if self._difference is not None:
            return self._language.say(self._difference)
        if run.catching_up:
            return self.tr("Taking the steps up to here again: {percent} %.").format(percent=round(run.caught_up * 100))
        if not run.history.rounds:
            return self._before()
        hindrance = self._hindrance()
        if hindrance is not None:
            return self._language.say(remark_message(hindrance))
        said = sentence(run.program, state, self._language.code, 0.0, whole=False)
        if said and (state.ended is None or state.ended.outcome != "stopped"):
            return said
        return self._step()

    def _before(self) -> str:
        program = self._run.program
        if self._run.running:
            return self.tr("The program starts…")
        if self._waiting:
            if self._waiting == 1:
                return self.tr("A schedule of one step. Nothing has run yet: press Replay to take it.")
            said = self.tr("A schedule of {count} steps. Nothing has run yet: press Replay to take them.")
            return said.format(count=f"{self._waiting:,}")
        blurb = self._language.pick(program.block.blurb) if program is not None else ""
        start = self.tr("Press Start: the program stops where there is a choice who goes next.")
        if steps_by_line(program):
            start = self.tr("Press Start: the program is recorded line by line; then go through it, forwards and back.")
        return f"{blurb} · {start}" if blurb else start

    def _step(self) -> str:
        state = self._run.state
        if state.asking:
            return self.tr("The program waits for a line of input.")
        said = self._stepper.sentence(self._language.code)
        if self._at_first_choice():
            return self.tr("Choose who goes next: press a thread's button or its digit.")
        if not said and self._run.running:
            return self.tr("The program starts…")
        return said or self.tr("Before the first step.")

    def _at_first_choice(self) -> bool:
        """Whether the person has not chosen yet: until then the engine took the steps that were alone possible."""
        return self._stepper.waits_for_choice and not self._stepper.has_chosen and self._stepper.is_newest

    def note(self) -> str:
        """What stands after the sentence."""
        state = self._run.state
        code = self._language.code
        hindrance = self._hindrance()
        first = self._language.say(remark_message(hindrance)) if hindrance is not None else ""
        parts = [one for one in notes(state, code) if one != first]
        if self._at_first_choice() and self._stepper.step:
            parts.insert(0, self._stepper.sentence(code))
        if state.ended is not None and state.ended.outcome == "stopped":
            parts.insert(0, self.tr("Stopped; choosing from any step goes on from there."))
        if self._run.program is not None and self._verdict() in (PASSES, FAILS):
            outcome = state.ended.outcome if state.ended is not None else ""
            parts.insert(0, verdict_words(self._run.program, state, outcome, code))
        return " ".join(one for one in parts if one)
