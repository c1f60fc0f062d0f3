"""Executions each in a process of its own, for a program that leaves something behind: forks of this one as it was before the first.

The *server* is forked before anything is executed. Once it is asked it keeps two *spares* forked from it, each of which waits for one
schedule to execute: one is forked while the other executes. What the program imports each imports anew: a library may read then what
the program has set before.
"""

from __future__ import annotations

import gc
import json
import mmap
import os
import warnings
from dataclasses import asdict
from typing import Any, NoReturn

from concsim.engine.schedulers.every import EverySchedule
from concsim.engine.trying import Here, Tried, look_around

DIED = "died"
"""The outcome of an execution whose process ended in the middle of it."""
_put, _get, _wait, _leave, _copy = os.write, os.read, os.wait, os._exit, os.fork
_dumps, _loads = json.dumps, json.loads
"""As they are before the program replaces them."""
SPARES = 2
WAITS, EXECUTES, ANSWERED, UNUSED = range(4)
"""What a spare notes of itself, in memory that the server shares; `UNUSED`: nobody will ask any more."""


class Apart:
    """The side of whoever tries. Made at once, used only if it is needed; `prepare` comes before the first `execute`."""

    def __init__(self, here: Here) -> None:
        self._engine = here.engine
        request, self._requests = os.pipe()
        answers, answer = os.pipe()
        self._pid = _fork()
        if not self._pid:
            os.close(self._requests)
            os.close(answers)
            _Server(here, request, answer).serve()
        os.close(request)
        os.close(answer)
        self._answers = os.fdopen(answers, "rb")

    def prepare(self) -> None:
        """Let the server get ready."""
        self._ask([])

    def execute(self, every: EverySchedule) -> Tried:
        """Once."""
        self._engine.executions += 1
        words = self._ask(every.state)
        every.state = words.pop("state", every.state)
        return Tried(**words)

    def _ask(self, words: Any) -> dict[str, Any]:
        _write(self._requests, words)
        return json.loads(self._answers.readline() or _DEAD)  # type: ignore[no-any-return]

    def close(self) -> None:
        """No more."""
        os.close(self._requests)
        self._answers.close()
        os.waitpid(self._pid, 0)


class _Server:
    """The other side: the whole life of the fork."""

    def __init__(self, here: Here, request: int, answer: int) -> None:
        self._here, self._request, self._answer = here, request, answer

    def serve(self) -> NoReturn:
        """Until nobody asks any more."""
        try:
            if _read(self._request) is not None:
                self._prepare()
                self._keep_spares()
        finally:
            _leave(0)

    def _prepare(self) -> None:
        look_around()
        self._here.engine.rehearse(EverySchedule())
        gc.freeze()  # what is there stays, and is not to be copied for the collector's marks
        _write(self._answer, {})

    def _keep_spares(self) -> None:
        turn, give_turn = os.pipe()
        _put(give_turn, b".")
        notes, spares, goes_on = mmap.mmap(-1, SPARES), dict[int, int](), True
        while spares or goes_on:
            while goes_on and len(spares) < SPARES:
                place = next(one for one in range(SPARES) if one not in spares.values())
                notes[place] = WAITS
                pid = _fork()
                if not pid:
                    self._execute_one(turn, give_turn, notes, place)
                spares[pid] = place
            pid, _ = _wait()
            if pid not in spares:  # a child of somebody else's
                continue
            note = notes[spares.pop(pid)]
            goes_on &= note != UNUSED
            if note == EXECUTES:  # whatever its exit status: that is the program's
                _put(self._answer, _DEAD)

    def _execute_one(self, turn: int, give_turn: int, notes: mmap.mmap, place: int) -> NoReturn:
        """The whole life of a spare. One at a time reads what is asked."""
        _get(turn, 1)
        state = _read(self._request)
        notes[place] = UNUSED if state is None else EXECUTES
        _put(give_turn, b".")
        if state is not None:
            every = EverySchedule()
            every.state = state
            tried = self._here.execute(every)
            _write(self._answer, {**asdict(tried), "state": every.state})
            notes[place] = ANSWERED
        _leave(0)


_DEAD = json.dumps(asdict(Tried(DIED, fails=True, cut=True))).encode() + b"\n"


def _write(descriptor: int, words: Any) -> None:
    data = _dumps(words).encode() + b"\n"
    while data:
        data = data[_put(descriptor, data) :]


def _read(descriptor: int) -> Any:
    """One line, and nothing of what comes after it: that is for another process. None at the end."""
    line = b""
    while not line.endswith(b"\n"):
        part = _get(descriptor, 1 << 16)
        if not part:
            return None
        line += part
    return _loads(line)


def _fork() -> int:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that there are threads beside is known: they do nothing that a fork would miss
        return _copy()
