"""The running file: its text as it was run, a gutter with line numbers and a pointer for each actor."""

from __future__ import annotations

import time
from pathlib import Path

from PySide6.QtCore import QEvent, QRect, Slot
from PySide6.QtGui import (
    QColor,
    QResizeEvent,
    QTextCharFormat,
    QTextCursor,
    QTextFormat,
    QWheelEvent,
)
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QWidget

from concsim.bridge.run_model import RunModel
from concsim.bridge.stepper import Stepper
from concsim.model.events import unpack_place
from concsim.model.folding.entities import Actor
from concsim.model.folding.history import FINISHED, NEW
from concsim.ui.code.gutter import Gutter
from concsim.ui.code.highlighter import Highlighter, token_spans
from concsim.ui.code.step_marks import Span, StepMarks, cursor_over
from concsim.ui.painting.theme import Theme
from concsim.ui.stage.marks import Marks
from concsim.ui.views.shared.run_view import Throttle


class CodeView(QPlainTextEdit):
    """Read-only code of the program on the stage."""

    def __init__(
        self, run: RunModel, stepper: Stepper, marks: Marks, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._throttle = Throttle()
        self._run, self._marks, self._theme = run, marks, theme
        self._steps = StepMarks(stepper)
        self.setReadOnly(True)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self._gutter = Gutter(self, marks, theme)
        self._highlighter = Highlighter(self.document(), theme)
        self.pointers: dict[int, list[Actor]] = {}
        """The actors by line."""
        self.signs: dict[int, str] = {}
        """What stands for an actor of a stepped run, by number: what its button has."""
        self._held = self._coloured = False
        self._followed = -1
        self.verticalScrollBar().sliderPressed.connect(self._on_held)
        self.updateRequest.connect(self._on_update_request)
        run.changed.connect(self._on_changed)
        run.reset.connect(self._on_reset)
        marks.changed.connect(self._on_marked)
        marks.pointed.connect(self._on_pointed)
        theme.changed.connect(self._on_theme)
        self._on_theme()
        self._retranslate()

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Code"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def has_drawn(self) -> bool:
        """Whether an actor's pointer was drawn."""
        return self._gutter.has_drawn

    @Slot()
    def _on_reset(self) -> None:
        self._gutter.has_drawn = self._held = False
        program = self._run.program
        source = program.source if program is not None else ""
        if source != self.toPlainText():
            self.setPlainText(source)
            self._highlighter.show_spans(token_spans(source) if source and self._coloured else {})
            self._skip_block()
        self._on_changed()

    def colour_in(self) -> None:
        """Colour the code from now on: the window is on the screen."""
        self._coloured = True
        source = self.toPlainText()
        self._highlighter.show_spans(token_spans(source) if source else {})

    def _skip_block(self) -> None:
        """Begin at the program, below the block that describes it."""
        program = self._run.program
        lines = program.source.split("\n") if program is not None else []
        first = lines.index("# ///") + 1 if "# ///" in lines and "# /// concsim" in lines else 0
        bar = self.verticalScrollBar()
        bar.setValue(min(first, bar.maximum()) if first else 0)
        self.moveCursor(QTextCursor.MoveOperation.Start)
        bar.setValue(first)

    @Slot()
    def _on_changed(self) -> None:
        following = self._run.running and self._run.is_live and not self._run.is_stepped
        if not self.isVisible() or (following and not self._throttle.is_due()):
            return
        began = time.perf_counter()
        self._show_pointers()
        self._throttle.spent(time.perf_counter() - began)

    def _show_pointers(self) -> None:
        pointers = self._find_pointers()
        if pointers != self.pointers or pointers or self._run.is_stepped:
            self.pointers = pointers
            self.signs = self._steps.signs() if self._run.is_stepped else {}
            self._gutter.update()
            self._mark_lines()
            self._follow()

    def _follow(self) -> None:
        """Bring a pointer into sight if none is, a worker's if there are any, unless the person has scrolled."""
        if self._run.is_stepped:
            self._follow_step()
            return
        if self._held or not self.pointers:
            return
        workers = [line for line, actors in self.pointers.items() if any(one.id != "main" for one in actors)]
        self._bring_one(workers or list(self.pointers))

    def _bring_one(self, wanted: list[int]) -> None:
        """Bring one of these lines into sight if none is."""
        first = self.firstVisibleBlock().blockNumber() + 1
        shown = self.viewport().height() // max(self.fontMetrics().lineSpacing(), 1)
        if wanted and not any(first <= line < first + shown - 1 for line in wanted):
            self.verticalScrollBar().setValue(max(min(wanted) - 1 - shown // 2, 0))

    def _follow_step(self) -> None:
        """Bring the step shown into sight, of a run by line the line after it; where the person has scrolled, once another is taken."""
        file = self._own_file_index()
        span = self._steps.following(file) or self._steps.taken(file)
        taken = self._run.state.step
        if taken != self._followed:
            self._followed, self._held = taken, False
        if not self._held:
            stuck = self._run.state.deadlock is not None and bool(self.pointers)
            self._bring_one([span.line] if span is not None and not stuck else list(self.pointers))

    @Slot()
    def _on_pointed(self) -> None:
        """The person looks at an actor's button: show what it would do."""
        self._mark_lines()
        span = self._steps.pending(self._marks.pointed_at, self._own_file_index()) if self._marks.pointed_at else None
        if span is not None:
            self._bring_one([span.line])

    @Slot()
    def _on_held(self) -> None:
        self._held = True

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._held = True
        super().wheelEvent(event)

    def _find_pointers(self) -> dict[int, list[Actor]]:
        if self._run.is_stepped:
            return self._steps.pointers(self._own_file_index())
        found: dict[int, list[Actor]] = {}
        state = self._run.state
        script = self._own_file_index()
        for actor in state.actors.values():
            if actor.place and actor.state != NEW and actor.state != FINISHED and not actor.stands_nowhere:
                file, line = unpack_place(actor.place)
                if line and file == script:
                    found.setdefault(line, []).append(actor)
        return found

    def _own_file_index(self) -> int:
        program = self._run.program
        path = str(program.path.resolve()) if program is not None else ""
        for index, name in self._run.state.files.items():
            if name == path or Path(name).name == Path(path).name:
                return index
        return 0

    def _mark_lines(self) -> None:
        selections = []
        for line, actors in self.pointers.items():
            colour = QColor(self._theme.state_colour(actors[0].state))
            colour.setAlpha(40)
            selections.append(self._line_selection(line, colour))
        if line := self._marked_line():
            colour = self._theme.colour("accent")
            colour.setAlpha(60)
            selections.append(self._line_selection(line, colour))
        if self._run.is_stepped:
            selections += self._operation_selections()
        self.setExtraSelections([one for one in selections if one is not None])

    def _operation_selections(self) -> list[QTextEdit.ExtraSelection | None]:
        """The operation of the step shown, and lighter what the actor that is pointed at would do."""
        file, pointed = self._own_file_index(), self._marks.pointed_at
        pending = self._steps.pending(pointed, file) if pointed else None
        found = [self._span_selection(pending, 0.16, dashed=True)] if pending is not None else []
        taken = self._steps.taken(file)
        return [*found, self._span_selection(taken, 0.38)] if taken is not None else found

    def _span_selection(self, span: Span, share: float, dashed: bool = False) -> QTextEdit.ExtraSelection | None:
        cursor = cursor_over(self.document(), span)
        if cursor is None:
            return None
        colour, selection = self._theme.colour("accent"), QTextEdit.ExtraSelection()
        look = selection.format  # type: ignore[attr-defined]
        look.setUnderlineColor(colour)
        style = QTextCharFormat.UnderlineStyle
        look.setUnderlineStyle(style.DashUnderline if dashed else style.SingleUnderline)
        colour.setAlphaF(share)
        look.setBackground(colour)
        selection.format, selection.cursor = look, cursor  # type: ignore[attr-defined]
        return selection

    def _marked_line(self) -> int:
        marks, state = self._marks, self._run.state
        if marks.kind == "line":
            return marks.number
        if marks.kind == "thing" and marks.number in state.things:
            return unpack_place(state.things[marks.number].place)[1]
        if marks.kind == "actor" and marks.number in state.actors:
            return unpack_place(state.actors[marks.number].place)[1]
        return 0

    def _line_selection(self, line: int, colour: QColor) -> QTextEdit.ExtraSelection | None:
        block = self.document().findBlockByNumber(line - 1)
        if not block.isValid():
            return None
        selection = QTextEdit.ExtraSelection()
        selection.format.setBackground(colour)  # type: ignore[attr-defined]
        selection.format.setProperty(QTextFormat.Property.FullWidthSelection, True)  # type: ignore[attr-defined]
        selection.cursor = QTextCursor(block)  # type: ignore[attr-defined]
        return selection

    @Slot()
    def _on_marked(self) -> None:
        self._mark_lines()
        line = self._marked_line()
        if line and self._marks.kind != "line":
            self.show_line(line)

    def show_line(self, line: int) -> None:
        """Scroll so that a line can be seen."""
        block = self.document().findBlockByNumber(line - 1)
        if block.isValid():
            self.setTextCursor(QTextCursor(block))
            self.ensureCursorVisible()

    @Slot()
    def _on_theme(self) -> None:
        self.setFont(self._theme.mono())
        families = ", ".join(f"'{one}'" for one in self._theme.mono().families())
        self.setStyleSheet(f"font-family: {families}; font-size: {self._theme.point_size}pt;")
        self._highlighter.rehighlight()
        self.setViewportMargins(self._gutter.wanted_width(), 0, 0, 0)

    # the gutter

    @Slot(QRect, int)
    def _on_update_request(self, rect: QRect, dy: int) -> None:
        if dy:
            self._gutter.scroll(0, dy)
        else:
            self._gutter.update(0, rect.y(), self._gutter.width(), rect.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        area = self.contentsRect()
        self.setViewportMargins(self._gutter.wanted_width(), 0, 0, 0)
        self._gutter.setGeometry(QRect(area.left(), area.top(), self._gutter.wanted_width(), area.height()))
