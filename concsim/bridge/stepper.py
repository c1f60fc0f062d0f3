"""The person's hand on a stepped run: what can be chosen at the moment shown, and the commands to choose, go back, go on.

Going back shows what was recorded. A choice made in the past begins a new run that repeats the steps up to there; the
old one stays on the screen until it has.
"""

from __future__ import annotations

import random
from collections import deque
from collections.abc import Callable

from PySide6.QtCore import QObject, Slot

from concsim.bridge.choices import Choices
from concsim.bridge.line_steps import LineSteps
from concsim.bridge.run_model import RunModel
from concsim.bridge.slow_motion import SlowMotion
from concsim.bridge.source_text import line_text
from concsim.model.events import STEP_NS, ChoiceOffered, pack_place
from concsim.model.files.schedule import Schedule, make_schedule
from concsim.model.folding.state import State
from concsim.model.folding.step_log import Taken
from concsim.model.orders import Person
from concsim.model.words.step_words import past_step, step_sentence

StartRun = Callable[[Person, "int | None"], None]
"""Starts a stepped run in which the person decides; with a number, one that repeats so many steps."""


class Stepper(Choices, QObject):
    """Commands to the stepped run on the screen. *start_run* is asked for a new one."""

    def __init__(self, run: RunModel, start_run: StartRun, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.run = run
        self._start_run = start_run
        self._queue: deque[tuple[str, str]] = deque()
        self._unanswered = 0
        self._branching = False
        self.has_chosen = False
        """Whether anything was chosen since the run began."""
        self._at_beginning = False
        self.lines = LineSteps(run)
        self._dice = random.Random(0)
        self.slow_motion = SlowMotion(self._step_slowly, self)
        run.changed.connect(self._on_changed)
        run.choice_offered.connect(self._on_choice_offered)
        run.running_changed.connect(self._on_running_changed)

    # what is shown

    @property
    def last_step(self) -> int:
        """How many steps were taken so far."""
        return len(self.run.steps)

    @property
    def is_newest(self) -> bool:
        """Whether the newest step is shown."""
        return self.step >= self.last_step

    @property
    def waits_for_choice(self) -> bool:
        """Whether the run is at the newest step shown, waiting for a choice."""
        offer = self.run.last_state.offer
        return self.run.running and offer is not None and not offer.ended and offer.step >= self.last_step

    def sentence(self, language: str) -> str:
        """What the step shown last did."""
        state = self.run.state
        return "" if state.taken is None else self._sentence(state, state.taken, language)

    def past_sentence(self, step: int, language: str) -> str:
        """What step number *step* did, said with the names that are known at the newest moment."""
        run = self.run
        return self._sentence(run.last_state, past_step(run.steps, run.history.overs, step), language)

    def _sentence(self, state: State, taken: Taken, language: str) -> str:
        site = state.site(taken.site) if self.by_line else None
        source = line_text(self.run, pack_place(site.file, site.line)) if site is not None else ""
        return step_sentence(state, language, taken, source)

    def schedule(self) -> Schedule | None:
        """The schedule up to the step shown."""
        if self.run.program is None or not self.last_step:
            return None
        return make_schedule(self.run.program, self.run.last_state, self.run.steps, self.step)

    # commands

    @property
    def begins(self) -> bool:
        """Whether a run is on its way to where it asks for the first time."""
        run = self.run
        return run.catching_up or (run.running and run.is_stepped and run.last_state.offer is None)

    @property
    def is_busy(self) -> bool:
        """Whether choices are under way whose outcome is not on the screen yet."""
        return bool(self._unanswered or self._queue or self.begins)

    def press(self, actor: str, until: str = "operation") -> None:
        """A button or key was pressed: choose the actor, unless it is plain that it cannot be.

        What is pressed ahead of the screen is not lost: the engine takes one order after the other, and passes over
        one that it cannot carry out.
        """
        ahead = self.is_busy and (self.is_newest or self.run.catching_up)
        if ahead or any(one.enabled for one in self.choices() if one.id == actor):
            self.choose(actor, until)

    def choose(self, actor: str, until: str = "operation") -> None:
        """Let an actor ("" for anybody) take the next step, or go on until "line", "change" or "end"."""
        if self.by_line:
            self.go_to(self.lines.after(self.step, until))
            return
        if self.begins:
            self._queue.append((actor, until))
        elif self.run.session is not None and self.run.running and self.is_newest:
            self.run.show_newest()
            self._send(actor, until)
        elif self.last_step or not self.run.running:
            self._branch(actor, until)

    def _send(self, actor: str, until: str) -> None:
        if self.run.session is not None:
            self._unanswered += 1
            self.has_chosen = True
            self.run.session.choose(actor, until)

    def _branch(self, actor: str, until: str) -> None:
        """Take another way from the step shown: its steps are run again in a new lab."""
        step = self.step
        ids = {one.number: one.id for one in self.run.last_state.actors.values()}
        choices = [ids.get(number, "?") for number in self.run.steps.actors(step)]
        self._branching = True
        try:
            self._begin(Person(tuple(choices)), step)
        finally:
            self._branching = False
        if self.begins:
            self._queue.append((actor, until))

    def _begin(self, person: Person, after: int | None) -> None:
        self._queue.clear()
        self._unanswered = 0
        self.has_chosen = person.after is not None
        self._start_run(person, after)

    @Slot(object)
    def _on_choice_offered(self, offer: ChoiceOffered) -> None:
        self._unanswered = max(self._unanswered - 1, 0)
        wanted = list(self._queue)
        self._queue.clear()
        for one in wanted if not offer.ended else ():
            self._send(*one)

    def back(self, until: str = "line") -> None:
        """Show the state one step earlier; of a run recorded by line, a turn earlier with "change"."""
        self.go_to(self.lines.before(self.step, until) if self.by_line else self.step - 1)

    def forward(self, until: str = "line") -> None:
        """Show the next recorded step, of a run recorded by line the end of the turn with "change".

        At the newest, let whoever alone can go on take one.
        """
        if not self.is_newest:
            self.go_to(self.lines.after(self.step, until) if self.by_line else self.step + 1)
            return
        if self.by_line:
            return
        able = [one for one in self.choices() if one.enabled]
        if len(able) == 1:
            self.choose(able[0].id)

    def go_to(self, step: int) -> None:
        """Show the state after a step."""
        self.slow_motion.pause()
        if self.run.catching_up:
            return
        if step >= self.last_step:
            self.run.show_newest()
        else:
            self.run.show_moment(max(step, 0) * STEP_NS)

    def restart(self) -> None:
        """Begin again from the first choice."""
        self.slow_motion.pause()
        self._at_beginning = False
        self._begin(Person(), None)

    @Slot()
    def _on_changed(self) -> None:
        """A run recorded by line goes on by itself; the person begins where it begins to do something."""
        if self._at_beginning or not self.by_line or not self.last_step or self.run.session is None:
            return
        first = self.lines.first_shown()
        moved = self.step > 0 and not self.run.is_live
        self._at_beginning = first is not None or moved or not self.run.running
        if not moved and (self.run.is_live or first):
            self.run.show_moment((first or 0) * STEP_NS)

    def replay(self, choices: tuple[str, ...]) -> None:
        """Begin anew with these choices; then the person chooses."""
        self.slow_motion.pause()
        self._begin(Person(tuple(choices)), None)

    # slow motion

    def _step_slowly(self, how: str) -> bool:
        """Take a step that slow motion has come to; whether there may be more."""
        if self.is_busy:
            return True
        if how == "on" and not self.is_newest:
            step = self.step + 1
            if step >= self.last_step:
                self.run.show_newest()
            else:
                self.run.show_moment(step * STEP_NS)
            return True
        return self.run.running if self.by_line else self._choose_for_person(how)

    def _choose_for_person(self, how: str) -> bool:
        """Let somebody go on, in turn or at random; whether anybody can."""
        able = [one for one in self.choices() if one.choice == "ready"] or [one for one in self.choices() if one.enabled]
        if not able or (self.is_newest and not self.waits_for_choice):
            return bool(able) and self.run.running
        after = [one for one in able if one.number > self.run.state.stepped.mover]
        chosen = self._dice.choice(able) if how == "random" else (after or able)[0]
        self.choose(chosen.id)
        return True

    @Slot(bool)
    def _on_running_changed(self, running: bool) -> None:
        if not running and not self._branching:
            self._queue.clear()
            self._unanswered = 0
            self.slow_motion.pause()
