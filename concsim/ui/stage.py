"""The stage: one program, its controls, its views, its code and lesson, its time line."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QLabel, QSplitter, QTabWidget, QVBoxLayout, QWidget

from concsim.bridge.run_model import RunModel
from concsim.model.errors import RecordingError
from concsim.model.program import Program, ProgramError, read_source
from concsim.ui.code.code_view import CodeView
from concsim.ui.language import Language
from concsim.ui.launcher import Launcher
from concsim.ui.marks import Marks
from concsim.ui.panels import LessonView, OutputView, VariablesView
from concsim.ui.run_bar import RunBar
from concsim.ui.sentence_bar import SentenceBar
from concsim.ui.sweep import sweep_plan
from concsim.ui.theme import Theme
from concsim.ui.timeline import Timeline

ViewMaker = Callable[[], QWidget]
TAB_KEYS = ("Ctrl+1", "Ctrl+2", "Ctrl+3")


def panel(inner: QWidget, title: QLabel | None = None) -> QFrame:
    """A framed panel around a view."""
    frame = QFrame(objectName="panel")
    column = QVBoxLayout(frame)
    column.setContentsMargins(1, 1, 1, 1)
    column.setSpacing(0)
    if title is not None:
        title.setContentsMargins(8, 4, 8, 0)
        column.addWidget(title)
    column.addWidget(inner)
    return frame


def rows_of(views: list[QWidget]) -> list[list[QWidget]]:
    """Views one below the other; from four on, those after the first in pairs."""
    if len(views) < 4:
        return [[view] for view in views]
    rest = views[1:]
    return [views[:1], *(rest[start : start + 2] for start in range(0, len(rest), 2))]


def is_on_disk(program: Program) -> bool:
    """Whether the program's file still holds the text that is shown."""
    try:
        return read_source(program.path) == program.source
    except ProgramError:
        return False


class Stage(QWidget):
    """Where one program is run and watched."""

    failed = Signal(str)

    def __init__(self, launcher: Launcher, language: Language, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("stage")
        self._launcher, self._language, self._theme = launcher, language, theme
        self.run = RunModel(self)
        self.marks = Marks(self)
        self.run_bar = RunBar(language)
        self.sentence = SentenceBar(self.run, language, theme)
        self.timeline = Timeline(self.run)
        self.code = CodeView(self.run, self.marks, theme)
        self.lesson = LessonView(self.run, language, theme)
        self.output = OutputView(self.run, theme)
        self.variables = VariablesView(self.run)
        self.views: list[QWidget] = []
        self._views_ready = self.is_running = False
        self._lay_out()
        self._connect()
        self._retranslate()

    def _lay_out(self) -> None:
        self._pictures = QSplitter(Qt.Orientation.Vertical, childrenCollapsible=False)
        self.tabs = QTabWidget(documentMode=True)
        self.tabs.tabBar().setDrawBase(False)
        for widget in (self.lesson, self.output, self.variables):
            self.tabs.addTab(widget, "")
        self._texts = QSplitter(Qt.Orientation.Vertical, childrenCollapsible=False)
        self._texts.addWidget(panel(self.code))
        self._texts.addWidget(panel(self.tabs))
        self._texts.setSizes([300, 300])
        self._middle = QSplitter(Qt.Orientation.Horizontal, childrenCollapsible=False)
        self._middle.addWidget(self._pictures)
        self._middle.addWidget(self._texts)
        self._middle.setStretchFactor(0, 3)
        self._middle.setStretchFactor(1, 2)
        self._middle.setSizes([620, 420])
        for splitter in (self._pictures, self._texts, self._middle):
            splitter.setHandleWidth(8)
        self._empty = QLabel(objectName="empty", alignment=Qt.AlignmentFlag.AlignCenter, wordWrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._empty, 1)
        column.addWidget(self.run_bar)
        column.addWidget(self.sentence)
        column.addWidget(self._middle, 1)
        column.addWidget(self.timeline)

    def _connect(self) -> None:
        self.run_bar.run_wanted.connect(self.start)
        self.run_bar.stop_wanted.connect(self.stop)
        self.run_bar.sweep_wanted.connect(self.sweep)
        self.run_bar.parameters.value_changed.connect(self._on_value_changed)
        self.run.running_changed.connect(self.run_bar.show_running)
        self.run.running_changed.connect(self._on_running_changed)
        self.run.failed.connect(self._on_run_failed)
        self.run.input_wanted.connect(self._on_input_wanted)
        self.output.line_entered.connect(self._on_line_entered)
        for index, keys in enumerate(TAB_KEYS):
            key = QShortcut(QKeySequence(keys), self)
            key.setProperty("tab", index)
            key.activated.connect(self._on_tab_key)

    @Slot()
    def _on_tab_key(self) -> None:
        self.tabs.setCurrentIndex(self.sender().property("tab"))

    @property
    def program(self) -> Program | None:
        """The program on the stage."""
        return self.run.program

    def show_program(self, program: Program | None) -> None:
        """Put a program on the stage, not running."""
        self._leave_run()
        self.run.recording_path = None
        self.run_bar.show_program(program)
        self.marks.clear()
        self.run.show_program(program)
        self._make_views()
        self.tabs.setCurrentWidget(self.lesson)
        self._empty.setVisible(program is None)
        for widget in (self.run_bar, self.sentence, self._middle, self.timeline):
            widget.setVisible(program is not None)

    def show_recording(self, program: Program, path: Any) -> None:
        """Show a stored run. Raises `RecordingError`."""
        self.show_program(program)
        self.run.show_recording(program, path)

    # views

    def let_views_in(self) -> None:
        """Views may be made now: the window is on the screen, and their libraries may be imported."""
        if not self._views_ready:
            self._views_ready = True
            self.code.colour_in()
            self.lesson.open_book()
            if self.program is not None:
                self._make_views()

    def _make_views(self) -> None:
        while self._pictures.count():
            old = self._pictures.widget(0)
            old.setParent(None)
            old.deleteLater()
        self.views = [make() for make in self._view_makers()]
        self._pictures.setVisible(bool(self.views))
        rows = rows_of(self.views)
        for row in rows:
            beside = QSplitter(Qt.Orientation.Horizontal, childrenCollapsible=False)
            beside.setHandleWidth(8)
            for view in row:
                beside.addWidget(panel(view))
            beside.setSizes([1000] * len(row))
            self._pictures.addWidget(beside)
        self._pictures.setSizes([1000] * len(rows))

    def _view_makers(self) -> list[ViewMaker]:
        program = self.program
        if program is None or not self._views_ready:
            return []
        from concsim.ui.views.bankers_view import BankersView
        from concsim.ui.views.chart_view import ChartView
        from concsim.ui.views.lanes_view import LanesView
        from concsim.ui.views.memory_view import MemoryView
        from concsim.ui.views.table_view import TableView
        from concsim.ui.views.wait_graph_view import WaitGraphView

        kinds: dict[str, Callable[..., QWidget]] = {
            "lanes": LanesView, "graph": WaitGraphView, "memory": MemoryView, "bankers": BankersView, "table": TableView,
        }  # fmt: skip
        makers: list[ViewMaker] = []
        for name in program.block.views:
            kind = kinds.get(name)
            if kind is not None:
                makers.append(lambda kind=kind: kind(self.run, self.marks, self._theme))  # type: ignore[misc]
        for chart in program.block.charts:
            makers.append(lambda chart=chart: ChartView(self.run, self.marks, self._theme, chart))  # type: ignore[misc]
        return makers

    # running

    @Slot()
    def start(self) -> None:
        """Run the program with the values set."""
        self._start()

    @Slot()
    def sweep(self) -> None:
        """Run one round for each value of the parameter that the sweep chart is drawn over."""
        if self.program is not None:
            self._start(sweep_plan(self.program))

    def _start(self, plan: tuple[dict[str, Any], ...] = ()) -> None:
        program = self.program
        if program is None:
            return
        if not program.id and not is_on_disk(program):
            why = self.tr("{name} has changed or is gone since it was opened. Open it again to run it.")
            self.failed.emit(why.format(name=program.path.name))
            return
        self._leave_run()
        try:
            values = self.run_bar.parameters.values
            session, path = self._launcher.make_session(program, values, self.run_bar.repeat_box.isChecked(), plan)
        except RecordingError as error:
            self.failed.emit(self.tr("The run cannot be recorded: {why}.").format(why=str(error).rstrip(".")))
            return
        self.run.start(session, path)
        QTimer.singleShot(0, self._warm)

    @Slot()
    def _warm(self) -> None:
        if self.run_bar.repeat_box.isChecked():
            return
        self._launcher.labs.warm(self._launcher.python)

    @Slot()
    def stop(self) -> None:
        """End the run; what it did stays."""
        self.run.stop()

    def _leave_run(self) -> None:
        session = self.run.session
        self.run.close_run()
        if session is not None:
            self._launcher.discard(session)

    @Slot(str, object)
    def _on_value_changed(self, name: str, value: Any) -> None:
        if self.run.session is not None and self.run.running:
            self.run.session.set_parameter(name, value)

    @Slot(bool)
    def _on_running_changed(self, running: bool) -> None:
        self.is_running = running
        if running and self.run.program is not None and not self.run.program.id:
            self.tabs.setCurrentWidget(self.output)

    @Slot(str)
    def _on_run_failed(self, why: str) -> None:
        self.failed.emit(self.tr("The recording cannot be read: {why}.").format(why=why.rstrip(".")))

    @Slot(bool)
    def _on_input_wanted(self, wanted: bool) -> None:
        if wanted:
            self.tabs.setCurrentWidget(self.output)

    @Slot(str)
    def _on_line_entered(self, text: str) -> None:
        if self.run.session is not None:
            self.run.session.write_input(text)

    def close_stage(self) -> None:
        """End everything this stage started."""
        self._leave_run()

    def _retranslate(self) -> None:
        for index, text in enumerate((self.tr("Lesson"), self.tr("Output"), self.tr("Variables"))):
            self.tabs.setTabText(index, text)
            self.tabs.setTabToolTip(index, f"{text} ({TAB_KEYS[index]})")
        self.tabs.tabBar().setAccessibleName(self.tr("Lesson, output and variables"))
        self._empty.setText(self.tr("Open a Python script, or drop one here, to run it and watch its threads."))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)
