"""The recording of a run without a window: temporary, or moved to the place that was named when it is complete."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from concsim.control.own_folder import leave, recordings_folder, running_folder
from concsim.control.session import describe
from concsim.control.temporary import make_recording, remove, remove_cut_off
from concsim.model.errors import RecordingError
from concsim.model.phrases import Message, say, user_language
from concsim.model.program import Program, ProgramError
from concsim.model.recording import RecordingWriter, copy_recording
from concsim.model.target import Target


@contextmanager
def recorded(program: Program, python: str, target: Target | None) -> Iterator[RecordingWriter]:
    """A recording to write into; at the end it is moved to *target*, or removed. Raises `ProgramError` where none can be made."""
    folder = recordings_folder() if target is not None else running_folder()
    if target is None:
        remove_cut_off(folder)
    try:
        recording = make_recording(folder, program)
    except RecordingError as error:
        path = target.named if target is not None else folder
        raise ProgramError(Message("cannot_record", {"path": str(path), "why": str(error)})) from None
    describe(recording, program, python)
    try:
        yield recording
    finally:
        _close(recording)
        if target is not None:
            _place(recording, target)
        else:
            remove(recording.path)
            leave(folder)


def _close(recording: RecordingWriter) -> None:
    try:
        recording.close()
    except RecordingError as error:
        _complain(Message("disk_full", {"why": str(error)}))


def _place(recording: RecordingWriter, target: Target) -> None:
    """Move it into place; what is no better than what is there, or cannot be moved, is kept where it is, and that is said."""
    values = {"path": str(target.named), "kept": str(recording.path)}
    if not recording.is_whole and target.exists:
        _complain(Message("not_whole", values))
        return
    try:
        with target.written() as aside:
            copy_recording(recording.path, aside)
    except ProgramError as error:
        _complain(Message("not_placed", {**values, "why": str(error).rstrip(".")}))
    except (RecordingError, OSError) as error:
        why = (error.strerror if isinstance(error, OSError) else None) or str(error)
        _complain(Message("not_placed", {**values, "why": why}))
    else:
        remove(recording.path)


def _complain(message: Message) -> None:
    print(f"concsim: {say(message, user_language())}", file=sys.stderr)
