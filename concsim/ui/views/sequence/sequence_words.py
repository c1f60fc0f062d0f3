"""What a sequence diagram says: the words of its arrows, their times, and the legend."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from concsim.model.events import STEP_NS, Kind
from concsim.ui.text.actor_words import state_word
from concsim.ui.views.sequence.sequence_rows import END, Diagram, SequenceRow
from concsim.ui.views.shared.time_axis import duration_text

if TYPE_CHECKING:
    from concsim.bridge.run_model import RunModel


class SequenceWords:
    """The words of a run's diagram."""

    def __init__(self, run: RunModel) -> None:
        self._run = run

    def label(self, row: SequenceRow) -> str:
        """What an arrow or an end says."""
        translate, text = QCoreApplication.translate, self._value(row)
        if row.kind == END:
            return translate("SequenceWords", "returned {value}").format(value=text) if text else translate("SequenceWords", "ended")
        return text or ("next" if row.kind == Kind.SEND else "")

    def time(self, row: SequenceRow) -> str:
        """When a row was, as it stands beside it."""
        if self._run.is_stepped:
            return QCoreApplication.translate("SequenceWords", "step {step}").format(step=row.time // STEP_NS)
        return f"{max(row.time - self._run.round_began, 0) / 1e9:,.3f} s"

    def legend(self, diagram: Diagram) -> list[tuple[str, str]]:
        """The signs that are drawn, each with what it means."""
        translate, kinds = QCoreApplication.translate, {row.kind for row in diagram.rows}
        words = [
            ("call", translate("SequenceWords", "switches to, or resumes")),
            ("thread", translate("SequenceWords", "has the thread")),
        ]
        if Kind.YIELD in kinds:
            words.insert(1, ("back", translate("SequenceWords", "gives back")))
        words += [("end", translate("SequenceWords", "ended"))] if END in kinds else []
        left_out = translate("SequenceWords", "earlier ones are left out")
        return [*words, ("", left_out)] if diagram.left_out else words

    # under the mouse

    def told(self, row: SequenceRow) -> str:
        """A row in a sentence, with its time."""
        since = max(row.time - self._run.round_began, 0)
        time = self.time(row) if self._run.is_stepped else duration_text(since)
        name, value = self._run.state.name_of, self._value(row)
        sentence = self._sentence(row, bool(value))
        return f"{time}\n{sentence.format(source=name(row.source), target=name(row.target), value=value)}"

    def _sentence(self, row: SequenceRow, value: bool) -> str:
        translate = QCoreApplication.translate
        if row.kind == END:
            with_value = translate("SequenceWords", "{source} ended and returned {value}")
            return with_value if value else translate("SequenceWords", "{source} ended")
        if row.kind == Kind.SEND:
            with_value = translate("SequenceWords", "{source} sent {value} to {target}, which goes on")
            return with_value if value else translate("SequenceWords", "{source} asked {target} for its next value")
        if row.kind == Kind.YIELD:
            return self._yield_sentence(row, value)
        with_value = translate("SequenceWords", "{source} handed {value} and the thread to {target}")
        return with_value if value else translate("SequenceWords", "{source} handed the thread to {target}")

    def _yield_sentence(self, row: SequenceRow, value: bool) -> str:
        translate = QCoreApplication.translate
        if value:
            return translate("SequenceWords", "{source} gave {value} to {target}")
        if 0 < self._run.state.actors[row.source].ended <= row.time:
            return translate("SequenceWords", "{source} was over, and {target} went on")
        return translate("SequenceWords", "{source} gave the thread back to {target}")

    def actor(self, number: int) -> str:
        """Whose life line it is, and what it does."""
        actor = self._run.state.actors[number]
        name = actor.name if actor.name == actor.id else f"{actor.name} ({actor.id})"
        return f"{name}\n{state_word(actor.state)}"

    def _value(self, row: SequenceRow) -> str:
        return self._run.state.texts.get(row.text, "") if row.text else ""
