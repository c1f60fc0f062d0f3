"""The half of a state about processes and coroutines: memories, frames, who handed the thread to whom."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar

from concsim.model import events
from concsim.model.events import OS_STATES, Kind
from concsim.model.folding.history import BLOCKED, FINISHED, NEW, READY, RUNNING, SLEEPING, WAITING, Arrow
from concsim.model.folding.parts import Actor, Frame, Process, Watched
from concsim.model.kinds import MOST_CORES

if TYPE_CHECKING:
    from concsim.model.folding.history import History
    from concsim.model.folding.parts import Thing

ITEMS_KEPT = 64
ENDED = OS_STATES.index("ended")


class Peopled:
    """What runs of processes, greenlets, generators and tasks have more."""

    history: History | None
    actors: dict[int, Actor]
    texts: dict[int, str]
    watched: dict[str, Watched]
    actor: Callable[[int], Actor]
    thing: Callable[[int], Thing]
    _enter: Callable[..., None]

    def clear_processes(self) -> None:
        """Begin a round."""
        self.processes: dict[int, Process] = {}
        self.frames: dict[int, Frame] = {}
        self.watch_process: dict[int, int] = {}

    def process(self, number: int) -> Process:
        """The process whose actor has that number, made up if it was not declared."""
        found = self.processes.get(number)
        if found is None:
            found = self.processes[number] = Process(number)
        return found

    def memory_of(self, number: int) -> dict[str, Watched]:
        """The watched globals in a process; those of the lab's own for 0 and for its main actor."""
        one = self.processes.get(number)
        return self.watched if one is None or self._is_main(number) else one.watched

    def _is_main(self, number: int) -> bool:
        return not number or self.actor(number).kind == "main"

    # rows

    def _hand_over(self, kind: Kind, time: int, actor: Actor, target: int, value: float, left: int) -> None:
        other = self.actor(target)
        if actor.state != FINISHED:
            self._enter(time, actor, left, target if left == WAITING else 0)
        if other.state == NEW:
            other.began = time
        self._enter(time, other, RUNNING)
        if self.history is not None:
            self.history.arrows.append(Arrow(time, kind, actor.number, target, int(value)))

    def _switch(self, time: int, actor: Actor, target: int, value: float) -> None:
        waits = actor.state in (WAITING, SLEEPING)
        if waits or actor.state == FINISHED:
            self._enter(time, self.actor(target), RUNNING)
            if self.history is not None:
                self.history.arrows.append(Arrow(time, Kind.SWITCH, actor.number, target, int(value)))
            return
        hub = self.actor(target).kind in ("hub", "loop")
        self._hand_over(Kind.SWITCH, time, actor, target, value, WAITING if hub else READY)

    def _send(self, time: int, actor: Actor, target: int, value: float) -> None:
        self._hand_over(Kind.SEND, time, actor, target, value, WAITING)

    def _yield(self, time: int, actor: Actor, target: int, value: float) -> None:
        self._hand_over(Kind.YIELD, time, actor, target, value, READY)

    def _blocked(self, time: int, actor: Actor, target: int, value: float) -> None:
        hub = self.actor(target)
        hub.blocked_by = actor.number if value else 0
        hub.kept_since = time - int(value)
        self._enter(time, hub, BLOCKED if value else READY)

    def _core(self, time: int, actor: Actor, target: int, value: float) -> None:
        if not 0 <= value < MOST_CORES:
            raise ValueError(f"there is no core {value:g}")
        actor.core = int(value)
        if self.history is not None:
            self.history.core(time, actor.number, actor.core)

    def _os_state(self, time: int, actor: Actor, target: int, value: float) -> None:
        if not 0 <= value < len(OS_STATES):
            raise ValueError(f"a process is in no state {value:g}")
        actor.os_state = int(value)
        if self.history is not None:
            self.history.os_state(time, actor.number, actor.os_state)

    def _ran(self, time: int, actor: Actor, target: int, value: float) -> None:
        actor.ran = value

    def _delayed(self, time: int, actor: Actor, target: int, value: float) -> None:
        actor.delayed = value

    def _memory(self, time: int, actor: Actor, target: int, value: float) -> None:
        self.process(actor.number).memory = value

    def _item(self, time: int, actor: Actor, target: int, value: float) -> None:
        """Two processes note the two ends of an item's way, each with a number of its own for the text.

        The later end may be noted first: it stands negative until the other comes.
        """
        items, text = self.thing(target).items, self.texts.get(abs(int(value)))
        for index, one in enumerate(items):
            if (one > 0) != (value > 0) and self.texts.get(abs(one)) == text:
                del items[index]
                return
        items.append(int(value))
        del items[: len(items) - ITEMS_KEPT]

    PROCESS_ANSWERS: ClassVar[dict[int, Any]] = {
        Kind.SWITCH: _switch, Kind.SEND: _send, Kind.YIELD: _yield, Kind.BLOCKED: _blocked, Kind.CORE: _core,
        Kind.OS_STATE: _os_state, Kind.RAN: _ran, Kind.DELAYED: _delayed, Kind.MEMORY: _memory, Kind.ITEM: _item,
    }  # fmt: skip

    # records

    def fold_process_record(self, record: events.Record) -> bool:
        """Fold a record of this half; whether it was one."""
        match record:
            case events.ProcessSeen():
                one = self.process(record.actor)
                one.pid, one.parent_pid = record.pid or one.pid, record.parent_pid or one.parent_pid
                one.method, one.command = record.method or one.method, record.command or one.command
            case events.ProcessEnded():
                self._end_process(record)
            case events.FrameSeen():
                self.frames[record.actor] = Frame(
                    record.actor, record.function, record.place, record.values, record.depth, record.time
                )
                self.actor(record.actor).place = record.place
            case _:
                return False
        return True

    def _end_process(self, record: events.ProcessEnded) -> None:
        one, actor = self.process(record.actor), self.actor(record.actor)
        one.ended = True
        one.silent |= record.silent
        if record.status is not None:
            one.status = record.status
        for other in self.actors.values():
            inside = other.process == record.actor or other is actor
            if inside and other.state not in (FINISHED, NEW):
                other.ended = record.time
                self._enter(record.time, other, FINISHED)
        actor.os_state = ENDED

    def see_watch_of(self, record: events.WatchSeen) -> Watched:
        """The watched global that a record is about, in the memory of its process."""
        memory = self.memory_of(record.process) if record.process else self.watched
        if record.process and record.process not in self.processes:
            memory = self.process(record.process).watched
        found = memory.get(record.name)
        if found is None:
            found = memory[record.name] = Watched(record.name)
        if not found.text:
            found.copied = self._is_copy(record)
        elif found.text != record.text:
            found.copied = False
        return found

    def _is_copy(self, record: events.WatchSeen) -> bool:
        """Whether this is what a fork copied: the same object at the same place as in the parent."""
        if not record.process or self.process(record.process).method not in ("fork", "os.fork"):
            return False
        parent = self.memory_of(self.actor(self.actor(record.process).parent).process).get(record.name)
        return parent is not None and (parent.identity, parent.text) == (record.identity, record.text)
