"""The watched globals, in the memory of each process."""

from __future__ import annotations

from concsim.model import events
from concsim.model.events import Kind
from concsim.model.folding.actor_fold import ActorFold, Answers
from concsim.model.folding.entities import Actor, Process, Watched
from concsim.model.folding.history import History


class MemoryFold:
    """Owns the watched globals and the processes, each of which has its own."""

    def __init__(self, history: History | None, cast: ActorFold) -> None:
        self.watched: dict[str, Watched] = {}
        """Those of the lab's own process, by name."""
        self.watch_names: dict[int, str] = {}
        self.watch_process: dict[int, int] = {}
        self.processes: dict[int, Process] = {}
        self._history, self._cast = history, cast

    def answers(self) -> Answers:
        """What rows about a watched global change."""
        return {Kind.VALUE: self.note}

    def process(self, number: int) -> Process:
        """The process whose actor has that number, made up if it was not declared."""
        found = self.processes.get(number)
        if found is None:
            found = self.processes[number] = Process(number)
        return found

    def memory_of(self, number: int) -> dict[str, Watched]:
        """The watched globals in a process; those of the lab's own for 0 and for its main actor."""
        one = self.processes.get(number)
        is_main = not number or self._cast.actor(number).kind == "main"
        return self.watched if one is None or is_main else one.watched

    def note(self, time: int, actor: Actor, target: int, value: float) -> None:
        """A watched global's number was seen."""
        name, process = self.watch_names.get(target, "?"), self.watch_process.get(target, 0)
        memory = self.watched if not process else self.memory_of(process)
        watched = memory.get(name)
        if watched is None:
            watched = memory[name] = Watched(name)
        watched.number = value
        if self._history is not None:
            self._history.series(f"{self._cast.actor(process).id}:{name}" if process else name, time, value)

    def declare(self, record: events.ObjectDeclared) -> bool:
        """A watched global is told of; whether it is one of the lab's own process."""
        self.watch_names[record.number] = record.name
        if record.process:
            self.watch_process[record.number] = record.process
            return False
        self.watched.setdefault(record.name, Watched(record.name))
        return True

    def see(self, record: events.WatchSeen) -> None:
        """A watched global's value was seen as text."""
        watched = self._watched_of(record)
        watched.text, watched.value, watched.is_json = record.text, record.value, record.is_json
        watched.identity, watched.type = record.identity, record.type

    def _watched_of(self, record: events.WatchSeen) -> Watched:
        """The one that a record is about, in the memory of its process."""
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
        actor = self._cast.actor
        parent = self.memory_of(actor(actor(record.process).parent).process).get(record.name)
        return parent is not None and (parent.identity, parent.text) == (record.identity, record.text)
