"""A program under the engine: loaded once, executed as often as wanted, each time from the beginning."""

from __future__ import annotations

import builtins
import gc
import logging
import sys
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

from concsim.engine.actor import Aborted, Actor, Halt, Scheduler
from concsim.engine.ending import end_by
from concsim.engine.hooks.hooks import QUIET, make_hooks, name_hooks
from concsim.engine.hooks.variables import Variables
from concsim.engine.instrument.compiling import parse
from concsim.engine.loading import IsOwn, Loading
from concsim.engine.places import Places
from concsim.engine.primitives.chance import Chance
from concsim.engine.primitives.modules import make_modules
from concsim.engine.primitives.primitive import connect
from concsim.engine.primitives.thread import THREADS, MainThread
from concsim.engine.recorder import Recorder, Sink
from concsim.engine.refusal import watch_system
from concsim.engine.spinning import Spinning
from concsim.engine.streams import PrintedText
from concsim.engine.world import World
from concsim.model.events import LINE_BITS, ErrorRaised, OutputPrinted
from concsim.model.interpreters import places_of
from concsim.model.own_work import own_work
from concsim.model.tracebacks import Tracebacks


@dataclass
class Ended:
    """How one execution ended. `outcome` is "finished", "failed", "deadlock" or what halted it."""

    outcome: str
    status: int = 0
    steps: int = 0
    error: str = ""
    halt: Halt | None = None
    errors: list[str] = field(default_factory=list)


class Engine:
    """Runs one program on virtual threads. One per process: what it replaces, it replaces for all of it."""

    def __init__(
        self, path: str, source: str, sink: Sink, *, model: str = "free-threaded",
        parameters: Mapping[str, Any] | None = None, seed: int = 0, is_own: IsOwn | None = None,
    ) -> None:  # fmt: skip
        self.path, self.source, self.model = path, source, model
        self.recorder = Recorder(sink)
        self.world = World(self.recorder, places_of(model))
        self.places = Places(self.world)
        self.variables = Variables(self.world, self.recorder)
        self.world.spinning = Spinning(self.world, self.variables)
        self.chance = Chance(seed)
        self.tracebacks = Tracebacks()
        connect(self.world, self.places)
        self.modules = make_modules(self.chance)
        self.loading = Loading(self.world, self.places, self.modules, is_own or self._lies_beside)
        self.loading.on_import["random"] = self.chance.begin
        self.space: dict[str, Any] = {}
        self.dress: Callable[[dict[str, Any]], None] = lambda space: None
        self.print: Callable[[OutputPrinted], None] = self.recorder.print_out
        self._errors: list[str] = []
        self._status = self.executions = 0
        THREADS.on_error = self._note_error
        self.world.on_forget += [THREADS.clear, self.chance.clear, self.world.spinning.clear]
        self._install_hooks()
        file = self.loading.file(path, source, self.space)
        self._code = self.loading.instrument(parse(source, path, parameters or {}), file)

    def _lies_beside(self, name: str, path: str) -> bool:
        folder = Path(self.path).resolve().parent
        return folder in Path(path).resolve().parents and "site-packages" not in path

    def _install_hooks(self) -> None:
        hooks = make_hooks(self.world, self.variables, self.loading.own_modules, self.places.files.__contains__)
        self._name_hooks = {recorded: name_hooks(self.world, self.variables, recorded) for recorded in (True, False)}
        builtins.__dict__.update(hooks)
        self.world.on_hush = self._hush

    def _hush(self, on: bool) -> None:
        """Let the hooks of names be the quiet ones: they are too hot to look each time whether they are to be quiet."""
        builtins.__dict__.update(QUIET if on else self._name_hooks[self.recorder.on])

    def execute(self, scheduler: Scheduler) -> Ended:
        """Run the program once from its beginning to its end, or until *scheduler* or a deadlock ends it."""
        world = self.world
        self.executions += 1
        world.clear()
        self._hush(False)
        self._errors.clear()
        self._status = 0
        self.variables.spaces = [self.space]
        self._begin_streams()
        self.loading.forget_modules()
        self.loading.install()
        self.tracebacks.install()
        self.loading.declare_files()
        watch_system(True)
        switch_interval = sys.getswitchinterval()
        gc.callbacks.append(self.variables.held.collect)
        try:
            world.run(self._main, scheduler)
        except Halt as halt:
            return Ended(halt.why, 1, world.step, "", halt, list(self._errors))
        finally:
            gc.callbacks.remove(self.variables.held.collect)
            sys.setswitchinterval(switch_interval)
            watch_system(False)
            world.hush(True)
            self._end_streams()
            self.recorder.flush()
        outcome = "failed" if self._errors or self._status else "finished"
        return Ended(outcome, self._status, world.step, self._errors[0] if self._errors else "", None, list(self._errors))

    def rehearse(self, scheduler: Scheduler) -> None:
        """Execute a program that does nothing: what the first execution does for all that follow is done, and nothing else."""
        program, self._code = self._code, compile("", self.path, "exec")
        try:
            self.execute(scheduler)
        finally:
            self._code = program
            self.executions -= 1

    def abandon(self) -> None:
        """Unwind what is left of an execution that did not finish."""
        if all(one.ended for one in self.world.actors):
            return
        before = logging.root.manager.disable
        logging.disable()  # libraries would log the end of their threads
        try:
            self.world.abandon()
        finally:
            logging.disable(before)

    def dispose(self) -> None:
        """Unwind what is left of an execution and give back what was taken over."""
        self.abandon()
        self.loading.remove()
        self.tracebacks.remove()
        sys.modules.pop("__main__", None) if self._main_module is not None and self._main_before is None else None
        if self._main_before is not None:
            sys.modules["__main__"] = self._main_before

    _main_module: ModuleType | None = None
    _main_before: ModuleType | None = None

    # the program's main thread

    def _main(self) -> None:
        actor = self.world.current
        MainThread(actor)
        self._fill_namespace()
        try:
            error = self._run_code()
            if error is not None and not self.world.ending:
                if not issubclass(type(error), SystemExit):
                    self._note_error(actor, error)
                self._status = end_by(error)
        finally:
            if not self.world.ending:
                THREADS.run_at_exit()
            actor.thread._finish(actor)

    def _run_code(self) -> BaseException | None:
        """What ends the program's code, once nobody handles it any more."""
        try:
            exec(self._code, self.space)
        except Aborted:
            pass
        except BaseException as error:  # the program's own; nothing of ours is raised here
            return error
        return None

    def _fill_namespace(self) -> None:
        module = ModuleType("__main__")
        self.space.clear()
        self.space.update(module.__dict__)
        self.space.update(__file__=self.path, __builtins__=builtins, __name__="__main__")
        self.dress(self.space)
        if self._main_before is None:
            self._main_before = sys.modules.get("__main__")
        self._main_module = _Main(self.space)
        sys.modules["__main__"] = self._main_module

    @own_work
    def _note_error(self, actor: Actor, error: BaseException) -> None:
        """An exception has ended an actor."""
        self._errors.append(f"{type(error).__name__}: {_message(error)}")
        place = 0
        for frame, line in traceback.walk_tb(error.__traceback__):
            file = self.places.files.get(frame.f_code.co_filename)
            if file is not None:
                place = file.index << LINE_BITS | line
        text = "".join(traceback.format_exception(type(error), error, error.__traceback__))
        self.recorder.send(ErrorRaised(self.world.time, actor.number, type(error).__name__, _message(error), place, text))

    # what it prints

    def _begin_streams(self) -> None:
        self._plain = (sys.stdout, sys.stderr)
        self._streams = (PrintedText("stdout", self._say), PrintedText("stderr", self._say))
        sys.stdout, sys.stderr = self._streams  # type: ignore[assignment]

    def _say(self, record: OutputPrinted) -> None:
        if self.recorder.on:
            self.print(record)

    def _end_streams(self) -> None:
        sys.stdout, sys.stderr = self._plain


class _Main(ModuleType):
    """``__main__`` over the program's namespace, which stays the same dictionary from execution to execution."""

    def __init__(self, space: dict[str, Any]) -> None:
        super().__init__("__main__")
        object.__setattr__(self, "_space", space)

    def __getattribute__(self, name: str) -> Any:
        space = object.__getattribute__(self, "_space")
        if name == "__dict__":
            return space
        try:
            return space[name]
        except KeyError:
            raise AttributeError(f"module '__main__' has no attribute {name!r}") from None

    def __setattr__(self, name: str, value: Any) -> None:
        object.__getattribute__(self, "_space")[name] = value

    def __delattr__(self, name: str) -> None:
        del object.__getattribute__(self, "_space")[name]


def _message(error: BaseException) -> str:
    try:
        return str(error)
    except BaseException as inner:  # a person's __str__ may do anything
        return f"<{type(inner).__name__} in __str__>"
