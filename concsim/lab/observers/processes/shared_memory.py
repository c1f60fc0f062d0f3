"""Shared memory with a name outlives every process: what the program made is written down, for whoever cleans up.

multiprocessing's resource tracker removes it too, unless the program took it out of the tracker's list.
"""

from __future__ import annotations

import os
from typing import Any

from concsim.lab.patching.methods import patch
from concsim.lab.running.own_process import OwnProcess
from concsim.model.own_work import on_behalf, own_work

LIST = "shared-memory"
"""The file in the run's folder: each line the number of the file, or what is known instead, and its name."""
ABOUT_TO, NOT_MADE = "about-to-make", "not-made"


class SharedMemory:
    """Patches the function by which the standard library makes it."""

    modules = {"_posixshmem": "_patch_module"}

    def __init__(self, own: OwnProcess) -> None:
        self._own = own

    def _patch_module(self, module: Any) -> None:
        patch(module, "shm_open", self._make_open)

    def _make_open(self, original: Any) -> Any:
        @on_behalf
        def shm_open(path: Any, flags: Any, *mode: Any, **named: Any) -> int:
            anew = flags & os.O_CREAT and (flags & os.O_EXCL or not _exists(path))
            if anew:
                self._note(path, ABOUT_TO)  # it may be killed before it can say what it made
            try:
                descriptor: int = original(path, flags, *mode, **named)
            except BaseException:
                if anew:
                    self._note(path, NOT_MADE)
                raise
            if anew:
                self._note_made(path, descriptor)
            return descriptor

        return shm_open

    @own_work
    def _note_made(self, path: str, descriptor: int) -> None:
        self._note(path, str(os.fstat(descriptor).st_ino))

    @own_work
    def _note(self, path: str, what: str) -> None:
        folder = self._own.spec.get("folder", "")
        if not folder or not isinstance(path, str) or "\n" in path:
            return
        try:
            os.makedirs(folder, 0o700, exist_ok=True)
            line = "%s %s\n" % (what, path.lstrip("/"))
            to = os.open(os.path.join(folder, LIST), os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o600)
            os.write(to, os.fsencode(line))
            os.close(to)
        except (OSError, ValueError):  # then it stays as it would without us
            pass


@own_work
def _exists(path: Any) -> bool:
    """Whether there is such shared memory; what was there before the run is not the run's."""
    return isinstance(path, str) and os.path.lexists("/dev/shm/" + path.lstrip("/"))
