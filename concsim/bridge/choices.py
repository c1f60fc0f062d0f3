"""What can be chosen at the moment shown: a button for every actor, with what it does next and why it cannot."""

from __future__ import annotations

from dataclasses import dataclass

from concsim.bridge.run_model import RunModel
from concsim.model.events import FIRST_SITE, LINES, STEP_NS, TIME_UP, TIME_UP_EARLY, Pending, unpack_place
from concsim.model.folding.entities import Actor
from concsim.model.folding.history import FINISHED, NEW, SLEEPING, WAITING
from concsim.model.folding.step_fold import WRITES, operation_of
from concsim.model.folding.step_log import StepRow
from concsim.model.words.phrases import Message, say
from concsim.model.words.step_words import blocked_words, pending_words


def digit_of(id: str) -> str:
    """The key of an actor, "" if it has none: 0 for main, 1 to 9 for the threads made first."""
    if id == "main":
        return "0"
    return id[1:] if id[:1] == "t" and id[1:] in tuple("123456789") else ""


@dataclass(frozen=True)
class Choice:
    """An actor's button; `pending` None if it is not known what it does next.

    `choice` is "ready", "blocked", "asleep", "held" or, in a run recorded by line, "suspended".
    """

    number: int
    id: str
    name: str
    choice: str
    pending: Pending | None

    @property
    def enabled(self) -> bool:
        """Whether it can be chosen: a sleeper can, for time may pass."""
        return self.choice in ("ready", "asleep")

    @property
    def site(self) -> int:
        """The number of the site of what it does next, or where it is suspended; -1 if that is not known."""
        place = self.pending.place if self.pending is not None else 0
        return place - FIRST_SITE if place >= FIRST_SITE else -1


class Choices:
    """Read from the run as it is shown; nothing is kept. At a past step, the run itself tells what each did next."""

    run: RunModel

    @property
    def step(self) -> int:
        """The number of the step shown as taken last; 0 before the first."""
        return self.run.moment // STEP_NS

    def choices(self) -> list[Choice]:
        """A button for every actor that has not ended, in order of creation."""
        if self.by_line:
            return self._recorded_choices()
        state = self.run.state
        offered = self._offered()
        alive = [one for one in state.actors.values() if one.number and one.state not in (FINISHED, NEW)]
        return [self._choice(one, offered.get(one.number)) for one in sorted(alive, key=lambda one: one.number)]

    def signs(self) -> dict[int, str]:
        """What stands for an actor on its button and at its line of the code, by number; one digit is its key as well.

        In a run recorded by line those that take a step are counted in the order of creation, whatever kind they are
        of; of threads, those with a key have a sign.
        """
        actors = self.run.known_actors
        if not self.by_line:
            return {number: sign for number, one in actors.items() if (sign := digit_of(one.id))}
        others = sorted(number for number in self.run.steps.takers() if number in actors and actors[number].id != "main")
        main = {number: "0" for number, one in actors.items() if one.id == "main"}
        return main | {number: str(place) for place, number in enumerate(others, 1)}

    @property
    def by_line(self) -> bool:
        """Whether the run was recorded line by line: there is nothing to choose, only to go through."""
        return self.run.last_state.model == LINES

    def _recorded_choices(self) -> list[Choice]:
        """Whoever took the next step can take it; all others are suspended."""
        steps, step, state = self.run.steps, self.step, self.run.state
        mover = steps.actor_of(step + 1) if step < len(steps) else 0
        alive = [one for one in state.actors.values() if one.number and one.state != FINISHED]
        found = []
        for one in sorted(alive, key=lambda one: one.number):
            choice = "ready" if one.number == mover else "suspended"
            row = steps.next_of(one.number, step)
            if row is None:
                continue
            pending = self._pending_of(row, choice) if choice == "ready" else self._suspended(one)
            found.append(Choice(one.number, one.id, one.name, choice, pending))
        return found

    def _suspended(self, actor: Actor) -> Pending | None:
        """Where an actor is suspended: the line that it goes on in, not the one after that. None if at none: it has not begun, say."""
        if actor.stands_nowhere:
            return None
        place, sites = unpack_place(actor.place), self.run.last_state.sites
        numbers = (number for number in (actor.site, *range(len(sites))) if number < len(sites))
        site = next((number for number in numbers if (sites[number].file, sites[number].line) == place), -1)
        return Pending(actor.number, "line", 0, site + FIRST_SITE, "suspended") if site >= 0 else None

    def _offered(self) -> dict[int, Pending]:
        """What the engine itself said at this step, if it was asked there."""
        for offer in (self.run.state.offer, self.run.last_state.offer):
            if offer is not None and offer.step == self.step:
                return {one.actor: one for one in offer.pending}
        return {}

    def _choice(self, actor: Actor, offered: Pending | None) -> Choice:
        if offered is not None:
            return Choice(actor.number, actor.id, actor.name, offered.choice, offered)
        choice = {WAITING: "blocked", SLEEPING: "asleep"}.get(actor.state, "ready")
        if choice == "blocked" and actor.timeout >= 0:
            choice = "asleep"
        if choice != "blocked" and self.run.state.stepped.alone not in (0, actor.number):
            choice = "held"
        return Choice(actor.number, actor.id, actor.name, choice, self._from_log(actor, choice))

    def _from_log(self, actor: Actor, choice: str) -> Pending | None:
        """What it did next, in the run as it went on; what it was about to do, where it did not."""
        row = self.run.steps.next_of(actor.number, self.step)
        if row is not None:
            return self._pending_of(row, choice)
        offer = self.run.last_state.offer
        found = [one for one in offer.pending if one.actor == actor.number] if offer is not None else []
        return found[0] if found else None

    def _pending_of(self, row: StepRow, choice: str) -> Pending:
        state = self.run.last_state
        operation, text = operation_of(row.kind, row.value)
        shown = state.texts.get(text, "") if text else str(int(row.value)) if row.kind == WRITES[0] else ""
        if operation == "read" or shown in (TIME_UP, TIME_UP_EARLY):
            shown = ""
        place = row.site + FIRST_SITE if row.site >= 0 else 0
        return Pending(row.actor, operation, row.target, place, choice, shown)

    def next_words(self, choice: Choice, language: str) -> str:
        """What the actor does when it is chosen: "write total = 1"."""
        return "" if choice.pending is None else pending_words(self.run.last_state, choice.pending, language)

    def why_not(self, choice: Choice, language: str) -> str:
        """Why the actor cannot be chosen, "" if it can."""
        if choice.choice == "suspended":
            actor = self.run.state.actor(choice.number)
            line = unpack_place(actor.place)[1]
            if line and actor.stands_nowhere:
                return say(Message("suspended_between"), language)
            return say(Message("suspended_at" if line else "suspended_new", {"line": line}), language)
        return blocked_words(self.run.state, choice.number, language, self.line_of(choice)) if choice.choice == "blocked" else ""

    def line_of(self, choice: Choice) -> int:
        """The line of what the actor does next, 0 if that is not known."""
        site = self.run.last_state.site(choice.site)
        return site.line if site is not None else 0

    def why_waits(self, choice: Choice, language: str) -> str:
        """What the actor waits for, "" if it does not."""
        waits = self.run.state.actor(choice.number).state == WAITING
        return blocked_words(self.run.state, choice.number, language, self.line_of(choice)) if waits else ""
