"""The running file: its text as it was run, a gutter with line numbers and a pointer for each actor."""

from __future__ import annotations

import time

from PySide6.QtCore import QEvent, QRect, Slot
from PySide6.QtGui import QPaintEvent, QResizeEvent, QTextCursor, QWheelEvent
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from concsim.bridge.run_model import RunModel
from concsim.bridge.stepper import Stepper
from concsim.model.folding.entities import Actor
from concsim.ui.code.code_places import live_pointers, marked_line, own_file_index
from concsim.ui.code.follower import Follower
from concsim.ui.code.gutter import Gutter
from concsim.ui.code.highlighter import Highlighter, token_spans
from concsim.ui.code.inline_values import paint_values
from concsim.ui.code.selections import Selection, line_selection, span_selection
from concsim.ui.code.step_marks import StepMarks
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
        self.values: dict[int, str] = {}
        """What the actors hold in their local variables, by the line at which they stand."""
        self.signs: dict[int, str] = {}
        """What stands for an actor of a stepped run, by number: what its button has."""
        self._follower = Follower(self)
        self._coloured = False
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
        self._gutter.has_drawn = False
        self._follower.let_go()
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
        stepped = self._run.is_stepped
        pointers = self._steps.pointers(own_file_index(self._run)) if stepped else live_pointers(self._run)
        if pointers != self.pointers or pointers or stepped:
            self.pointers = pointers
            self.signs = self._steps.signs() if stepped else {}
            self.values = self._steps.values(pointers) if stepped else {}
            self.viewport().update()
            self._gutter.update()
            self._mark_lines()
            if stepped:
                self._follow_step()
            else:
                self._follower.follow_live(pointers)

    def _follow_step(self) -> None:
        """Follow the step shown, of a run by line the line after it."""
        file = own_file_index(self._run)
        span = self._steps.following(file) or self._steps.taken(file)
        stuck = self._run.state.deadlock is not None and bool(self.pointers)
        lines = [span.line] if span is not None and not stuck else list(self.pointers)
        self._follower.follow_step(self._run.state.step, lines)

    @Slot()
    def _on_pointed(self) -> None:
        """The person looks at an actor's button: show what it would do."""
        self._mark_lines()
        span = self._steps.pending(self._marks.pointed_at, own_file_index(self._run)) if self._marks.pointed_at else None
        if span is not None:
            self._follower.bring_one([span.line])

    @Slot()
    def _on_held(self) -> None:
        self._follower.hold()

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._follower.hold()
        super().wheelEvent(event)

    def _mark_lines(self) -> None:
        document, colour = self.document(), self._theme.state_colour
        found = [line_selection(document, line, colour(actors[0].state), 40) for line, actors in self.pointers.items()]
        if line := marked_line(self._run, self._marks):
            found.append(line_selection(document, line, self._theme.colour("accent"), 60))
        if self._run.is_stepped:
            found += self._operation_selections()
        self.setExtraSelections([one for one in found if one is not None])

    def _operation_selections(self) -> list[Selection | None]:
        """The operation of the step shown, and lighter what the actor that is pointed at would do."""
        file, pointed, found = own_file_index(self._run), self._marks.pointed_at, []
        pending = self._steps.pending(pointed, file) if pointed else None
        if pending is not None:
            found.append(span_selection(self.document(), pending, self._theme.colour("accent"), 0.16, dashed=True))
        taken = self._steps.taken(file)
        if taken is not None:
            found.append(span_selection(self.document(), taken, self._theme.colour("accent"), 0.38))
        return found

    @Slot()
    def _on_marked(self) -> None:
        self._mark_lines()
        line = marked_line(self._run, self._marks)
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

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.values:
            paint_values(self, self._theme, self.values, self.blockBoundingGeometry, self.contentOffset())

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
