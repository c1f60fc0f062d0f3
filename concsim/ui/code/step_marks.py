"""Where the code view marks a stepped run: each actor's next operation, and the exact columns of an operation."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtGui import QTextCursor, QTextDocument

from concsim.bridge.stepper import Stepper
from concsim.model.folding.entities import Actor, Site
from concsim.ui.text.actor_words import locals_text


class Span(NamedTuple):
    """An operation's place in the text of the file, lines from 1, columns from 0 in characters."""

    line: int
    column: int
    end_line: int
    end_column: int


def utf16_column(text: str, column: int) -> int:
    """Qt counts UTF-16 units: a column in characters as one of Qt's."""
    return column + sum(1 for one in text[:column] if ord(one) > 0xFFFF)


def cursor_over(document: QTextDocument, span: Span) -> QTextCursor | None:
    """A cursor that selects a span, None where the document has no such line.

    Of one over many lines, a ``with`` and all that is in it, say, the first is enough.
    """
    block = document.findBlockByNumber(span.line - 1)
    if not block.isValid():
        return None
    text = block.text()
    last = utf16_column(text, span.end_column) if span.end_line == span.line else len(text.encode("utf-16-le")) // 2
    begin = block.position() + min(utf16_column(text, span.column), block.length() - 1)
    end = block.position() + min(last, block.length() - 1)
    cursor = QTextCursor(document)
    cursor.setPosition(begin)
    cursor.setPosition(max(end, begin), QTextCursor.MoveMode.KeepAnchor)
    return cursor


class StepMarks:
    """Reads the stepper for the file that is shown."""

    def __init__(self, stepper: Stepper) -> None:
        self._stepper = stepper

    def _site(self, number: int, file: int) -> Site | None:
        site = self._stepper.run.last_state.site(number)
        return site if site is not None and site.file == file and site.line else None

    def signs(self) -> dict[int, str]:
        """What stands for each actor."""
        return self._stepper.signs()

    def pointers(self, file: int) -> dict[int, list[Actor]]:
        """The actors by the line of what they do next, or at which they are suspended."""
        found: dict[int, list[Actor]] = {}
        state = self._stepper.run.state
        for choice in self._stepper.choices():
            site = self._site(choice.site, file)
            if site is not None:
                found.setdefault(site.line, []).append(state.actors[choice.number])
        return found

    def values(self, pointers: dict[int, list[Actor]]) -> dict[int, str]:
        """What the actors at each line hold in their local variables, told by their signs where there are several."""
        state, signs, found = self._stepper.run.state, self._stepper.signs(), {}
        for line, actors in pointers.items():
            held = [(one, locals_text(state, one.number)) for one in actors]
            texts = [f"{signs.get(one.number, one.id)}: {text}" for one, text in held if text]
            if texts:
                found[line] = "   ".join(texts)
        return found

    def taken(self, file: int) -> Span | None:
        """The operation of the step shown."""
        taken = self._stepper.run.state.taken
        site = self._site(taken.site, file) if taken is not None else None
        return _span(site)

    def following(self, file: int) -> Span | None:
        """In a run recorded by line: the line that is run next."""
        choices = self._stepper.choices() if self._stepper.by_line else []
        ready = next((one for one in choices if one.enabled), None)
        return _span(self._site(ready.site, file)) if ready is not None else None

    def pending(self, actor: int, file: int) -> Span | None:
        """What an actor does next."""
        choice = next((one for one in self._stepper.choices() if one.number == actor), None)
        return _span(self._site(choice.site, file)) if choice is not None else None


def _span(site: Site | None) -> Span | None:
    return None if site is None else Span(site.line, site.column, site.end_line, site.end_column)
