"""What an actor's button says: what it does next, or why it cannot be chosen."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from concsim.bridge.choices import Choice
from concsim.bridge.stepper import Stepper
from concsim.model.folding.history import READY, RUNNING, SLEEPING, WAITING
from concsim.ui.text.actor_words import locals_text, state_word
from concsim.ui.text.language import Language

ITEMS = 12
"""So many local variables are shown in a tip."""


@dataclass(frozen=True)
class ChoiceWords:
    """What a button shows: `sign` is its digit or the actor's id, `state` a number of `concsim.model.folding.history`.

    `locals` are its function's local variables, those that fit to be read at a glance.
    """

    number: int
    id: str
    sign: str
    name: str
    state: int
    word: str
    below: str
    tip: str
    enabled: bool
    bad: bool = False
    locals: str = ""


class ChoiceSpeech:
    """Puts the choices of a stepper into words."""

    def __init__(self, stepper: Stepper, language: Language) -> None:
        self._stepper, self._language = stepper, language

    def of(self, choice: Choice, sign: str) -> ChoiceWords:
        """What the button of a choice shows; *sign* is its digit or the actor's id."""
        state = self._stepper.run.state
        stuck = state.deadlock is not None and any(one.actor == choice.number for one in state.deadlock.stuck)
        shape, below = self._shape(choice), self._below(choice)
        digit = sign if len(sign) == 1 else ""
        return ChoiceWords(
            choice.number, choice.id, sign or choice.id, choice.name, shape, self._word(choice, shape), below,
            self._tip(choice, digit, below), choice.enabled, stuck, locals_text(state, choice.number),
        )  # fmt: skip

    def _shape(self, choice: Choice) -> int:
        """The state whose sign it has."""
        actor = self._stepper.run.state.actors[choice.number]
        if choice.choice == "blocked":
            return WAITING
        if choice.choice == "asleep":
            return SLEEPING if actor.state == SLEEPING else WAITING
        return actor.state if actor.state in (RUNNING, READY) else READY

    def _word(self, choice: Choice, shape: int) -> str:
        translate = QCoreApplication.translate
        words = {"held": translate("ChoiceWords", "held"), "suspended": translate("ChoiceWords", "suspended")}
        return words.get(choice.choice) or state_word(shape)

    def _below(self, choice: Choice) -> str:
        """What it does next, or why it cannot be chosen."""
        translate = QCoreApplication.translate
        if choice.choice in ("blocked", "suspended"):
            return self._stepper.why_not(choice, self._language.code)
        following = self._stepper.next_words(choice, self._language.code)
        if choice.choice == "held":
            then = translate("ChoiceWords", "not let in here (GIL); next: {what}")
            return then.format(what=following) if following else translate("ChoiceWords", "not let in here (GIL)")
        if choice.choice == "asleep":
            if self._stepper.run.state.actors[choice.number].state == WAITING:
                why = self._stepper.why_waits(choice, self._language.code)
                return translate("ChoiceWords", "{why}; choose it and its time is up").format(why=why)
            then = translate("ChoiceWords", "time passes; {what}")
            return then.format(what=following) if following else translate("ChoiceWords", "time passes")
        return translate("ChoiceWords", "next: {what}").format(what=following) if following else ""

    def _tip(self, choice: Choice, digit: str, below: str) -> str:
        translate = QCoreApplication.translate
        name = choice.name if choice.name == choice.id else f"{choice.name} ({choice.id})"
        parts = [name, below, locals_text(self._stepper.run.state, choice.number, ITEMS)]
        if choice.choice == "held":
            parts.append(
                translate(
                    "ChoiceWords",
                    "The interpreter lets no other thread in at this place: it holds the GIL until the next call, loop or wait.",
                )
            )
        elif choice.choice == "asleep":
            parts.append(translate("ChoiceWords", "Choosing it lets the virtual time pass until it wakes."))
        if self._stepper.by_line and choice.enabled:
            keys = translate("ChoiceWords", "Key {digit}: on by a line; Alt+{digit}: until somebody else has the thread")
            parts.append(keys.format(digit=digit))
        elif digit and choice.enabled:
            keys = translate("ChoiceWords", "Key {digit}; Shift+{digit} by line, Alt+{digit} until a change")
            parts.append(keys.format(digit=digit))
        return "\n".join(part for part in parts if part)
