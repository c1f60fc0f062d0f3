"""What a spawned process does before multiprocessing's own code: it puts the observers in place and joins the run."""

from __future__ import annotations

import atexit
import json
import os
import sys
from typing import Any, Dict, List

from concsim.lab.own_imports import forget_hidden
from concsim.lab.running.launch import begin_path
from concsim.lab.running.observers import Observers
from concsim.lab.running.observing import Observing, set_switch_interval
from concsim.lab.running.own_process import OwnProcess
from concsim.lab.wire.channel import Channel
from concsim.lab.wire.numbers import Numbers
from concsim.lab.wire.own_threads import OwnThreads

DRAIN_SECONDS = 5.0


def prepare(arguments: List[str]) -> str:
    """Make this process one of the run; the code that it is to run."""
    spec = _read_spec(arguments[1])
    at = arguments.index("-c", 2)
    code = arguments[at + 1]
    sys.argv[:] = ["-c", *arguments[at + 2 :]]
    begin_path("")
    forget_hidden()
    _observe(spec)
    return code


def _read_spec(word: str) -> Dict[str, Any]:
    if not word.startswith("{"):
        with open(word, encoding="ascii") as file:
            word = file.read()
    return json.loads(word)  # type: ignore[no-any-return]


def _observe(spec: Dict[str, Any]) -> None:
    nowhere = os.open(os.devnull, os.O_WRONLY)
    observing = Observing(Channel(nowhere), spec, spec["path"], {}, silent=True)
    set_switch_interval(spec)
    own = OwnProcess(observing, spec, 0)
    observing.patch()
    own.patch()
    Observers(observing, own).observe(spec)
    own.is_server_child = bool(spec["server"])
    own.watch_forks(OwnThreads(observing.sampler, None, lambda command: None))
    observing.journal.numbers = Numbers(0, 0, lambda: 0)
    if not spec["server"]:
        if spec["actor"]:
            own.join(spec["actor"], spec["id"], "spawn", spec["parent"])
        atexit.register(lambda: _last_words(own))


def _last_words(own: OwnProcess) -> None:
    # the sampler's thread would be cut off in the midst of a look, and what it looks at would never go
    own.observing.sampler.stop()
    own.say_end(own.status)
    own.observing.last_words(DRAIN_SECONDS)
