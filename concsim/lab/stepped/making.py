"""Makes what a stepped run needs: the engine with the program in it, the scheduler that was asked for by name, its input."""

from __future__ import annotations

import os
import sys
from typing import Any, Dict, Optional, Tuple

from concsim.engine.actor import Scheduler
from concsim.engine.execution import Engine
from concsim.engine.schedulers import make_scheduler
from concsim.lab.own_imports import forget_hidden, library_first
from concsim.lab.program.places import Places
from concsim.lab.running.launch import begin_path, find_module
from concsim.lab.running.streams import AskedStream
from concsim.lab.stepped.channel_sink import ChannelSink
from concsim.model.events import Record, Remark
from concsim.model.orders import Named, Scheduling, StepProgram
from concsim.model.programs.sources import decode_source


def make_engine(order: StepProgram, sink: ChannelSink) -> Engine:
    """The engine with the program of *order* loaded, and the path as the program is to have it."""
    spec = order.spec
    os.chdir(spec["directory"])
    path = spec["path"]
    folder = spec["directory"] if spec.get("module") else os.path.dirname(os.path.realpath(path))
    before = list(sys.path)
    begin_path(folder)
    module_spec = None
    if spec.get("module"):
        forget_hidden()
        path, module_spec = find_module(spec["module"])
    sys.argv[:] = [path, *spec.get("arguments", [])]
    with open(path, "rb") as file:
        source = decode_source(file.read())
    places = Places(_Silent(), path)  # type: ignore[arg-type]
    sys.path[:] = before
    library_first()  # what the engine makes of the library is made of the library
    engine = Engine(
        path, source, sink, model=order.model, parameters=spec.get("parameters", {}),
        seed=order.seed, is_own=lambda name, origin: places._is_own(origin),
    )  # fmt: skip
    sys.path[:] = before
    begin_path(folder)
    forget_hidden()
    engine.dress = lambda space: _dress(space, module_spec)
    return engine


def make_named(asked: Optional[Scheduling]) -> Tuple[Optional[Scheduler], Optional[Remark]]:
    """The scheduler that was asked for by its name, if one was; or why there is none."""
    if not isinstance(asked, Named):
        return None, None
    before = library_first()
    try:
        return make_scheduler(asked.name, asked.arguments), None
    except (LookupError, ValueError) as error:
        typed = asked.name + (":" + asked.arguments if asked.arguments else "")
        return None, Remark(0, "bad_scheduler", {"text": typed, "why": str(error)})
    finally:
        sys.path[:] = before


class _Silent:
    """Stands for the journal where places are only asked which files are the program's own."""

    def send(self, record: Record) -> None:
        """Nobody hears it."""


class _Asked:
    """What a stream that asks for input needs of a lab."""

    def __init__(self, engine: Engine) -> None:
        self.journal = self
        self._engine = engine

    def me(self) -> int:
        """Who asks."""
        current = self._engine.world.current
        return current.number if current is not None else 0

    def send(self, record: Any) -> None:
        """Say that input is wanted, or has come, at the time of the run's own clock."""
        self._engine.recorder.send(type(record)(self._engine.world.time, record.actor, record.wanted))


def text_reader(engine: Engine) -> Any:
    """Standard input, which says when it is read from."""
    import io

    asked = AskedStream(0, _Asked(engine))  # type: ignore[arg-type]
    return io.TextIOWrapper(io.BufferedReader(asked), encoding="utf-8")


def _dress(space: Dict[str, Any], spec: Optional[Any]) -> None:
    space["__spec__"] = spec
    space["__package__"] = spec.name.rpartition(".")[0] if spec is not None else None
