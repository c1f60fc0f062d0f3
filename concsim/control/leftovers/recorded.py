"""The recording of a run without a window: temporary, or moved to the place that was named when it is complete."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from concsim.control.command.whole_pieces import undivided
from concsim.control.labs.lab_command import remove_files_of
from concsim.control.leftovers.ledger import end_what_is_left, file_for_a_time
from concsim.control.leftovers.own_folder import RECORDINGS, RUNNING, Place, own_places
from concsim.control.leftovers.temporary import make_recording, remove, remove_cut_off
from concsim.control.sessions.session import describe
from concsim.model.errors import RecordingError
from concsim.model.files.target import Target
from concsim.model.programs.program import Program, ProgramError
from concsim.model.recordings.recording import copy_recording
from concsim.model.recordings.recording_writer import RecordingWriter
from concsim.model.words.phrases import Message, say, user_language

NOT_PLACED = 2


@dataclass
class Kept:
    """A recording under way; `was_placed` says afterwards whether it is where the person wanted it."""

    recording: RecordingWriter
    was_placed: bool = True
    complaints: list[Message] = field(default_factory=list)
    """What could not be done; said when a signal is answered again, for whoever reads it may not."""

    def finish(self, target: Target | None) -> None:
        """Close it; move it to *target*, or remove it."""
        try:
            self.recording.close()
        except RecordingError as error:
            self.complaints.append(Message("disk_full", {"why": str(error)}))
        if target is None:
            remove(self.recording.path)
        else:
            self.was_placed = self._place(target)

    def _place(self, target: Target) -> bool:
        """Move it into place; what is no better than what is there, or cannot be moved, is kept where it is."""
        recording = self.recording
        values = {"path": str(target.named), "kept": str(recording.path)}
        if not recording.is_whole and target.exists:
            self.complaints.append(Message("not_whole", values))
            return False
        try:
            with target.written(file_for_a_time) as aside:
                copy_recording(recording.path, aside)
        except (ProgramError, RecordingError, OSError) as error:
            why = (error.strerror if isinstance(error, OSError) else None) or str(error)
            self.complaints.append(Message("not_placed", {**values, "why": why.rstrip(".")}))
            return False
        except KeyboardInterrupt:  # asked to end twice
            self.complaints.append(Message("not_placed", {**values, "why": "it was asked to end"}))
            raise
        remove(recording.path)
        return True

    def status(self, status: int) -> int:
        """The exit status of a command whose outcome alone would give *status*."""
        return NOT_PLACED if status == 0 and not self.was_placed else status


@contextmanager
def recorded(program: Program, python: str, target: Target | None) -> Iterator[Kept]:
    """A recording to write into; at the end it is moved to *target*, or removed. Raises `ProgramError` where none can be made."""
    place, recording = _begin(program, python, RECORDINGS if target is not None else RUNNING)
    recording.is_wanted = target is not None
    kept = Kept(recording)
    try:
        yield kept
    finally:
        try:
            with undivided():
                kept.finish(target)
                place.leave()
        finally:
            for message in kept.complaints:
                print(f"concsim: {say(message, user_language())}", file=sys.stderr)


def _begin(program: Program, python: str, name: str) -> tuple[Place, RecordingWriter]:
    """A recording in the usual place; where that has no room, or cannot be written, in a temporary one."""
    end_what_is_left(remove_files_of)
    for usual in (True, False):
        place = Place(name, usual=usual)
        for running in own_places(RUNNING) if name == RUNNING else ():
            remove_cut_off(running)
        try:
            return place, _make(place, program, python)
        except RecordingError as error:
            why = error
            place.leave()
    raise ProgramError(Message("cannot_record", {"path": str(place.folder), "why": str(why)}))


def _make(place: Place, program: Program, python: str) -> RecordingWriter:
    recording = make_recording(place.folder, program)
    try:
        describe(recording, program, python)
    except RecordingError:
        recording.abandon()
        raise
    return recording
