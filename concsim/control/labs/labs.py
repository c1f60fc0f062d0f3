"""Labs kept warm: a spare one waits for its program, so that Run answers at once."""

from __future__ import annotations

import threading

from concsim.control.labs.lab_process import LabProcess


class Labs:
    """Gives out lab processes and keeps a spare for the Python used last.

    With a *niceness* they give way where the window wants a core as well: it has to paint while they compute.
    """

    def __init__(self, keep_spare: bool = True, niceness: int = 0) -> None:
        self._keep, self._niceness = keep_spare, niceness
        self._turn = threading.Lock()
        self._spare: LabProcess | None = None
        self._closed = False

    def warm(self, python: str = "", stepping: bool = False) -> None:
        """Have a spare for this Python ready. Errors show when it is taken."""
        with self._turn:
            if self._closed or not self._keep or (self._spare is not None and self._fits(self._spare, python, stepping)):
                return
            old, self._spare = self._spare, None
            try:
                self._spare = LabProcess(python, stepping=stepping, niceness=self._niceness)
            except Exception:
                self._spare = None
        if old is not None:
            old.close()

    @staticmethod
    def _fits(spare: LabProcess, python: str, stepping: bool) -> bool:
        return spare.python == python and spare.stepping == stepping

    def take(self, python: str = "", stepping: bool = False) -> LabProcess:
        """A lab for this Python, the spare if it fits. Raises `LabError`."""
        with self._turn:
            spare, self._spare = self._spare, None
        if spare is not None and self._fits(spare, python, stepping) and spare.waits:
            return spare
        if spare is not None:
            spare.close()
        return LabProcess(python, stepping=stepping, niceness=self._niceness)

    def close(self) -> None:
        """End the spare."""
        with self._turn:
            self._closed = True
            spare, self._spare = self._spare, None
        if spare is not None:
            spare.close()
