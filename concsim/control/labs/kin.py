"""Which processes are of one run: looked for while it goes on, written down, ended where nobody watches over them."""

from __future__ import annotations

import threading
import time

from concsim.control.labs.lab_command import remove_files_of
from concsim.control.leftovers.ledger import Ledger
from concsim.control.leftovers.left_alone import below, end_left_alone, go_on, is_stopped
from concsim.control.leftovers.owner import Owner, is_known_to_live, owner_of

LOOK_SECONDS = 0.25


class Kin:
    """Those below the supervisor *pid*, and those who have knocked at the door. From any thread."""

    def __init__(self, pid: int, folder: str) -> None:
        self.session = 0
        """The session of the lab, as the system numbers it; 0 while it is not known."""
        self._pid, self._folder = pid, folder
        self._known: set[Owner] = set()
        self._ledger: Ledger | None = None
        self._looked = time.monotonic()
        self._turn = threading.Lock()

    def begin(self) -> None:
        """From now on there is something to write down: the lab runs a program."""
        self._ledger = Ledger(self._folder, self._pid)
        self._ledger.note(self.session, self._known)

    def add(self, pid: int) -> None:
        """One that says it is of the run."""
        with self._turn:
            self._known.add(owner_of(pid))

    def look(self) -> None:
        """Look now and then who there is; a supervisor that its program has stopped goes on."""
        with self._turn:
            if time.monotonic() - self._looked <= LOOK_SECONDS:
                return
            self._looked = time.monotonic()
            now = {owner_of(pid) for pid in below(self._pid)}
            self._known = {one for one in self._known | now if is_known_to_live(one)}
            if self._ledger is not None:
                self._ledger.note(self.session, self._known)
            if is_stopped(self._pid):
                go_on(self._pid)

    def end(self) -> None:
        """End all of them: their supervisor has gone."""
        end_left_alone(self.session, self._known)
        remove_files_of(self._folder)

    def forget(self) -> None:
        """Nobody is left."""
        if self._ledger is not None:
            self._ledger.close()
