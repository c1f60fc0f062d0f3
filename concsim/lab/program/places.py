"""Which files are the program's own, where its threads are in them, and what it calls the things it makes."""

from __future__ import annotations

import os
import sysconfig
import zlib
from types import FrameType
from typing import Dict, Optional, Tuple

from concsim.lab.wire import originals
from concsim.lab.wire.journal import Journal
from concsim.model.events import LINE_BITS, MAX_LINE, SITE_FILE, FileSeen
from concsim.model.own_work import ROOT
from concsim.model.programs.naming import Namer

_FILES = SITE_FILE - 2


def _foreign_roots() -> Tuple[str, ...]:
    paths = {sysconfig.get_paths().get(name, "") for name in ("stdlib", "platstdlib", "purelib", "platlib")}
    own = {os.path.join(ROOT, name) for name in ("lab", "model", "engine", "control")}
    return tuple(os.path.realpath(path) + os.sep for path in paths | own if path)


class Places:
    """Places in the program's own files. A file is its own if it lies under the program's folder and in no library."""

    def __init__(self, journal: Journal, script: str) -> None:
        self._journal = journal
        self._folder = os.path.dirname(os.path.realpath(script)) + os.sep
        self._script = script
        self._foreign = _foreign_roots()
        self.bases: Dict[str, int] = {}
        self._namer = Namer()
        self.base_of(script)

    def base_of(self, filename: str) -> int:
        """A file's index shifted to make a place of it, -1 for files that are not the program's."""
        base = self.bases.get(filename)
        if base is None:
            base = self.bases[filename] = self._new_base(filename)
        return base

    def _new_base(self, filename: str) -> int:
        if filename.startswith("<") or not self._is_own(filename):
            return -1
        index = self._index_of(os.path.realpath(filename))
        self._journal.send(FileSeen(originals.monotonic_ns(), index, os.path.realpath(filename)))
        return index << LINE_BITS

    def _index_of(self, path: str) -> int:
        """The same in every process of the run, without asking any: 0 for the script, else made from the path."""
        taken = {base >> LINE_BITS for base in self.bases.values()}
        index = 0 if path == os.path.realpath(self._script) else 1 + zlib.crc32(path.encode("utf-8", "replace")) % _FILES
        while index in taken:
            index = 1 + index % _FILES
        return index

    def say_files(self) -> None:
        """Say them all again, on the channel of a forked child."""
        for filename, base in self.bases.items():
            if base >= 0:
                self._journal.send(FileSeen(originals.monotonic_ns(), base >> LINE_BITS, os.path.realpath(filename)))

    def _is_own(self, filename: str) -> bool:
        if filename == self._script:
            return True
        if not os.path.isabs(filename):  # code that was packed, or made up
            return False
        path = os.path.realpath(filename)
        if "site-packages" in path or "dist-packages" in path:
            return False
        return path.startswith(self._folder) and not path.startswith(self._foreign)

    def own_frame(self, frame: Optional[FrameType]) -> Optional[FrameType]:
        """The nearest frame of the program's own code, from *frame* outwards."""
        while frame is not None and self.base_of(frame.f_code.co_filename) < 0:
            frame = frame.f_back
        return frame

    def place_of(self, frame: Optional[FrameType]) -> int:
        """The place of the nearest own frame, 0 if there is none."""
        bases = self.bases
        while frame is not None:
            base = bases.get(frame.f_code.co_filename)
            if base is None:
                base = self.base_of(frame.f_code.co_filename)
            if base >= 0:
                return base | ((frame.f_lineno or 0) & MAX_LINE)
            frame = frame.f_back
        return 0

    def is_called_by_program(self, frame: Optional[FrameType], through: Tuple[str, ...] = ()) -> bool:
        """Whether the caller *frame* is the program's own, looking through frames of the files *through*."""
        while frame is not None and frame.f_code.co_filename in through:
            frame = frame.f_back
        return frame is not None and self.base_of(frame.f_code.co_filename) >= 0

    def name_at(self, frame: Optional[FrameType], kind: str) -> str:
        """What the program calls the thing it is making in *frame*: the name it is assigned to, else the line."""
        frame = self.own_frame(frame)
        if frame is None:
            return kind
        return self._namer.name_of(frame.f_code.co_filename, frame.f_lineno or 0, kind)
