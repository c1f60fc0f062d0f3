"""One round: what a lab says is recorded, and how it ended is judged."""

from __future__ import annotations

import time
from collections.abc import Sequence

from concsim.control.labs.door import Guest, exit_status_of
from concsim.control.labs.lab_process import LabError, LabProcess
from concsim.control.labs.os_watch import OsWatch
from concsim.control.sessions.between import Between
from concsim.control.sessions.judgement import Judgement
from concsim.control.sessions.log import Log
from concsim.control.sessions.merging import Merger, Piece
from concsim.control.sessions.setting import Setting
from concsim.model import events
from concsim.model.encoding import BATCH, RECORD, Batch, DamagedFrameError, decode_batch, decode_record, encode_record
from concsim.model.programs.nature import views_of
from concsim.model.programs.program import Program
from concsim.model.programs.views import SYSTEM, needed_by
from concsim.model.recordings.checked_record import LONGEST_TEXT, shortened


class Round:
    """Listens to one lab and knows how the round ends. *handed* are locks that are given back where nobody took them."""

    def __init__(self, lab: LabProcess, program: Program, setting: Setting, handed: Sequence[str], log: Log) -> None:
        self.lab, self._log = lab, log
        self.stopped = self.ended_itself = False
        """Whether somebody has ended it; whether its own rules have."""
        self._judgement = Judgement(setting.limit)
        self._ends_on_deadlock = setting.end_on_deadlock and setting.step is None
        self._merger: Merger | None = None
        self._speakers: dict[int, int] = {}
        self._farewells: set[int] = set()
        self._leaving: dict[int, int] = {}
        """The process ids of actors whose channel has ended without a last word."""
        self._homes: dict[int, int] = {}
        self._main = 0
        self._between = Between()
        self._looks_between = "multiprocessing" in program.source and not handed
        self._watch = OsWatch(SYSTEM in needed_by(views_of(program)) and setting.step is None)

    def stop(self) -> None:
        """End it, from any thread."""
        self.stopped = True
        self.lab.stop()

    def look_after(self) -> None:
        """What must go on though the session's own thread is kept waiting: the limit, and who is of the run."""
        self._end_if_due()
        self.lab.keep_going()

    def read_until_end(self) -> None:
        """Record all that the lab says until no process of it is left."""
        try:
            self._read()
        finally:
            self._watch.close()
        self._give_out(None)
        self._look_between()
        self._give_out(None)
        if self.lab.door.is_full:
            self._log.remark("child_unobserved")
        if self.lab.was_left_alone and not self.stopped:
            self._log.remark("left_alone")

    def _read(self) -> None:
        while not self.lab.ended:
            try:
                self.lab.read(self, 0.02 if self._merger is not None else 0.05)
            except LabError as error:
                self._damaged(str(error))
                break
            self._see_who_left()
            self._take_watched()
            self._give_out(time.monotonic_ns() - self._merger.held if self._merger is not None else None)
            self._look_between()
            self._end_if_due()
            self._log.flush()
        self._see_who_left(all_have=True)
        self._take_watched()

    def _damaged(self, why: str) -> None:
        self._judgement.damaged()
        self.lab.status = None
        self._log.remark("lab_spoke_wrongly", why=why)

    def _end_if_due(self) -> None:
        """End the round that has reached its limit, or a deadlock where that ends it.

        One that has gone is not ended, be it long ago: what it said may wait to be read by whoever reads what it prints.
        """
        if self.ended_itself or self.lab.has_gone:
            return
        if self._judgement.is_over_limit() or (self._ends_on_deadlock and self._judgement.is_deadlocked()):
            self.ended_itself = True
            self.lab.stop()

    def on_frame(self, source: int, kind: int, payload: bytes) -> None:
        """A frame: recorded as it is while one process speaks, in the order of time once there are more."""
        try:
            content = decode_batch(payload) if kind == BATCH else decode_record(payload)
        except DamagedFrameError as error:
            raise LabError(str(error)) from None
        if len(payload) > LONGEST_TEXT and not isinstance(content, Batch):
            content = shortened(content)
            payload = encode_record(content)[5:]
        if isinstance(content, events.ProcessEnded):
            if self._speakers.get(source) == content.actor:
                self._farewells.add(source)
        elif isinstance(content, events.ProcessSeen):
            self._speakers.setdefault(source, content.actor)  # the first that a process speaks of is itself
            self._watch.see_process(content.actor, content.pid, content.method == "main")
        elif isinstance(content, events.ActorDeclared):
            self._homes[content.number] = content.process or self._main
            if content.kind == "main":
                self._main = self._homes[content.number] = content.number
        elif isinstance(content, Batch):
            self._watch.see_begins(content, self._homes)
        piece = Piece(kind, payload, content)
        if self._merger is None:
            self._record(piece)
        else:
            self._merger.add(source, piece)

    def on_knock(self) -> None:
        """Before the first child is answered, and can speak, what the others say begins to be held back."""
        self._merger = self._merger or Merger()

    def on_gone(self, guest: Guest) -> None:
        """A child's channel has ended: without its last word it was killed, or is another program now."""
        source = guest.line.fileno()
        actor, said = self._speakers.pop(source, 0), source in self._farewells
        self._farewells.discard(source)
        if actor and not said:
            self._leaving[actor] = guest.pid

    def _see_who_left(self, all_have: bool = False) -> None:
        """Who has gone silently: dead, or on its way there; one that lives on is another program now, after an exec."""
        for actor, pid in list(self._leaving.items()):
            ended, status = exit_status_of(pid)
            if ended or all_have:
                del self._leaving[actor]
                record = events.ProcessEnded(time.monotonic_ns(), actor, status, silent=True)
                self.add_own(Piece(RECORD, encode_record(record)[5:], record))

    def _look_between(self) -> None:
        if self.ended_itself or self.stopped or not self._looks_between:  # those who are killed now let go of nothing
            return
        if self._merger is None or (self._judgement.has_deadlock and not self._between.speaks):
            return
        if (seen := self._between.verdict(time.monotonic_ns())) is not None:
            self.add_own(Piece(RECORD, encode_record(seen)[5:], seen))

    def _take_watched(self) -> None:
        for payload, batch in self._watch.read():
            self.add_own(Piece(BATCH, payload, batch), -2)

    def add_own(self, piece: Piece, source: int = -1) -> None:
        """Something that control itself has seen."""
        if self._merger is None:
            self._merger = Merger()
        self._merger.add(source, piece)

    def _give_out(self, until: int | None) -> None:
        if self._merger is not None:
            for piece in self._merger.take(until):
                self._record(piece)

    def _record(self, piece: Piece) -> None:
        content = piece.content
        if self._looks_between:
            self._between.see(content, self._homes)
        if isinstance(content, events.OutputPrinted) and not self._log.keep_output(content):
            return
        self._judgement.hear(content)
        self._log.add_frame(piece.kind, piece.payload, content)
        self._log.wait_for_reader()

    def on_text(self, stream: str, text: str) -> None:
        record = events.OutputPrinted(self._log.now(), stream, text)
        if self._log.keep_output(record):
            self._log.add(record)
            self._log.wait_for_reader()

    def outcome(self) -> str:
        """How it ended: finished, failed, deadlock, limit, refused, or stopped."""
        return self._judgement.outcome(self.lab.status, self.stopped)
