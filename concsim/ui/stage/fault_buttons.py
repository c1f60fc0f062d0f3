"""Buttons that bring about a fault in the program: what then happens is real."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from concsim.bridge.run_model import RunModel
from concsim.model.folding.history import FINISHED
from concsim.model.programs.block import FAULTS
from concsim.model.programs.program import Program
from concsim.ui.stage.marks import Marks

KEYS = {"kill_worker": "F9", "fill_queue": "F11", "block_hub": "F12"}
KILLABLE = ("worker", "process", "manager", "fork")


class FaultButtons(QWidget):
    """A button for each fault that the program's lesson wants, on while it runs."""

    failed = Signal(str)

    def __init__(self, run: RunModel, marks: Marks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._run, self._marks = run, marks
        self.buttons = {fault: QPushButton(objectName="fault") for fault in FAULTS}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for fault, button in self.buttons.items():
            row.addWidget(button)
            button.setProperty("fault", fault)
            button.clicked.connect(self._on_clicked)
        run.running_changed.connect(self._on_running_changed)
        self.show_program(None, False)
        self._retranslate()

    def show_program(self, program: Program | None, stepping: bool) -> None:
        """Show the buttons of a program; stepping knows no faults."""
        wanted = program.block.faults if program is not None and not stepping else ()
        for fault, button in self.buttons.items():
            button.setVisible(fault in wanted)
        self.setVisible(bool(wanted))
        self._on_running_changed(False)

    def victim(self) -> tuple[int, int]:
        """The actor and process id of the process that would be killed: the marked one, else one that is at work.

        (0, 0) where there is none.
        """
        state = self._run.last_state
        alive = [
            one for one in state.actors.values()
            if one.kind in KILLABLE and one.state != FINISHED and one.number in state.processes and state.processes[one.number].pid
        ]  # fmt: skip
        chosen = [one for one in alive if self._marks.is_actor(one.number)] or [one for one in alive if one.task] or alive
        return (chosen[-1].number, state.processes[chosen[-1].number].pid) if chosen else (0, 0)

    @Slot()
    def _on_clicked(self) -> None:
        fault = self.sender().property("fault")
        if self._run.session is None:
            return
        actor, pid = self.victim() if fault == "kill_worker" else (0, 0)
        if fault == "kill_worker" and not pid:
            self.failed.emit(self.tr("There is no process to kill yet."))
            return
        self._run.session.bring_fault(fault, actor, pid)

    @Slot(bool)
    def _on_running_changed(self, running: bool) -> None:
        for button in self.buttons.values():
            button.setEnabled(running)

    def _retranslate(self) -> None:
        for fault, text, tip in (
            ("kill_worker", self.tr("✕ Kill a process"), self.tr("End the marked process, or one that is at work, with SIGKILL")),
            ("fill_queue", self.tr("Fill the queue"), self.tr("Put fillers into the program's queue until it is full")),
            ("block_hub", self.tr("Block the hub"), self.tr("Let the hub's thread sleep for a second, as a call that does not give way would")),
        ):
            button = self.buttons[fault]
            button.setText(text)
            button.setAccessibleName(text)
            button.setToolTip(f"{tip} ({KEYS[fault]})")
            button.setShortcut(KEYS[fault])

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)
