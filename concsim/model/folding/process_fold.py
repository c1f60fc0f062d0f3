"""What is told of processes and frames: their beginning and end, what the system says of them, own functions as they stood."""

from __future__ import annotations

from concsim.model import events
from concsim.model.events import OS_STATES, Kind
from concsim.model.folding.actor_fold import ActorFold, Answers
from concsim.model.folding.entities import Actor, Frame
from concsim.model.folding.history import FINISHED, NEW, History
from concsim.model.folding.memory_fold import MemoryFold
from concsim.model.kinds import MOST_CORES

ENDED = OS_STATES.index("ended")


class ProcessFold:
    """Owns the frames; of the processes, which have memories, it tells the rest."""

    def __init__(self, history: History | None, cast: ActorFold, memory: MemoryFold) -> None:
        self.frames: dict[int, Frame] = {}
        self._history, self._cast, self._memory = history, cast, memory

    def answers(self) -> Answers:
        """What rows about what the system says of an actor change."""
        return {
            Kind.CORE: self._core, Kind.OS_STATE: self._os_state, Kind.RAN: self._ran, Kind.DELAYED: self._delayed,
            Kind.MEMORY: self._own_memory,
        }  # fmt: skip

    # records

    def see(self, record: events.ProcessSeen) -> None:
        """A process has begun, or more is known of it."""
        one = self._memory.process(record.actor)
        one.pid, one.parent_pid = record.pid or one.pid, record.parent_pid or one.parent_pid
        one.method, one.command = record.method or one.method, record.command or one.command

    def end(self, record: events.ProcessEnded) -> None:
        """A process has ended, and with it whoever lived in it."""
        one, actor = self._memory.process(record.actor), self._cast.actor(record.actor)
        one.ended = True
        one.silent |= record.silent
        if record.status is not None:
            one.status = record.status
        for other in self._cast.actors.values():
            inside = other.process == record.actor or other is actor
            if inside and other.state not in (FINISHED, NEW):
                other.ended = record.time
                self._cast.enter(record.time, other, FINISHED)
        actor.os_state = ENDED

    def see_frame(self, record: events.FrameSeen) -> None:
        """An own function of an actor, as it stands."""
        self.frames[record.actor] = Frame(record.actor, record.function, record.place, record.values, record.depth, record.time)
        self._cast.actor(record.actor).place = record.place

    # rows

    def _core(self, time: int, actor: Actor, target: int, value: float) -> None:
        if not 0 <= value < MOST_CORES:
            raise ValueError(f"there is no core {value:g}")
        actor.core = int(value)
        if self._history is not None:
            self._history.core(time, actor.number, actor.core)

    def _os_state(self, time: int, actor: Actor, target: int, value: float) -> None:
        if not 0 <= value < len(OS_STATES):
            raise ValueError(f"a process is in no state {value:g}")
        actor.os_state = int(value)
        if self._history is not None:
            self._history.os_state(time, actor.number, actor.os_state)

    def _ran(self, time: int, actor: Actor, target: int, value: float) -> None:
        actor.ran = value

    def _delayed(self, time: int, actor: Actor, target: int, value: float) -> None:
        actor.delayed = value

    def _own_memory(self, time: int, actor: Actor, target: int, value: float) -> None:
        self._memory.process(actor.number).memory = value
