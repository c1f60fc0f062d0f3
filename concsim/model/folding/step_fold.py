"""What only a stepped run has: sites, texts, variables, the step taken last and what is offered next."""

from __future__ import annotations

from concsim.model import events
from concsim.model.events import ALONE, OPERATION_SPAN, OPERATIONS, STEP_NS, Kind, pack_place
from concsim.model.folding.actor_fold import ActorFold, Answers
from concsim.model.folding.entities import Actor, Site, Variable
from concsim.model.folding.history import READY, RUNNING, History
from concsim.model.folding.memory_fold import MemoryFold
from concsim.model.folding.step_log import Taken

READS = (Kind.READ, Kind.READ_TEXT)
WRITES = (Kind.WRITE, Kind.WRITE_TEXT)


class StepFold:
    """Owns the variables and what was done with them; empty for a live run."""

    def __init__(self, history: History | None, cast: ActorFold, memory: MemoryFold, texts: dict[int, str]) -> None:
        self._history, self._cast, self._memory = history, cast, memory
        self.model = ""
        self.texts = texts
        self.sites: list[Site] = []
        self.variables: dict[int, Variable] = {}
        self.taken: Taken | None = None
        self.offer: events.ChoiceOffered | None = None
        self.explored: events.Explored | None = None
        self.mover = 0
        self.alone = 0
        """Who alone can take the next step because the interpreter model lets nobody else in; 0 for nobody."""
        self.watch_of: dict[int, int] = {}
        """The number of the watched global that a variable is."""

    def answers(self) -> Answers:
        """What the rows of steps change."""
        return {
            Kind.READY: self._ready, Kind.READ: self._read, Kind.READ_TEXT: self._read_text, Kind.WRITE: self._write,
            Kind.WRITE_TEXT: self._write_text, Kind.DELETE: self._delete, Kind.CALL: self._call, Kind.DO: self._do,
            Kind.LINE_STEP: self._line_step,
        }  # fmt: skip

    def at_site(self, actor: Actor, number: int) -> None:
        """The actor was at a site."""
        actor.site = number
        if number < len(self.sites):
            site = self.sites[number]
            actor.place = pack_place(site.file, site.line)

    def site(self, number: int) -> Site | None:
        """The site of that number."""
        return self.sites[number] if 0 <= number < len(self.sites) else None

    def value_text(self, value: float, is_text: bool) -> str:
        """A value as rows carry it, as text; "" if it was not seen."""
        return self.texts.get(int(value), "") if is_text else str(int(value))

    def text_of(self, variable: Variable) -> str:
        """A variable's value as text; a watched container's as it was seen last."""
        watch = self._memory.watched.get(self._memory.watch_names.get(self.watch_of.get(variable.id, 0), ""))
        if watch is not None and watch.text and variable.is_text:
            return watch.text
        return self.value_text(variable.value, variable.is_text)

    # rows

    def variable(self, number: int) -> Variable:
        """The variable of that number, made up if it was not declared."""
        found = self.variables.get(number)
        if found is None:
            found = self.variables[number] = Variable(number)
        return found

    def _ready(self, time: int, actor: Actor, target: int, value: float) -> None:
        if target == ALONE:
            self.alone = actor.number
        else:
            self._cast.enter(time, actor, READY)

    def _move(self, time: int, actor: Actor) -> None:
        self.alone = 0
        if self.mover != actor.number:
            before = self._cast.actors.get(self.mover)
            if before is not None and before.state == RUNNING:
                self._cast.enter(time, before, READY)
            self.mover = actor.number
        if actor.state != RUNNING:
            self._cast.enter(time, actor, RUNNING)

    def _read(self, time: int, actor: Actor, target: int, value: float, kind: int = Kind.READ) -> None:
        self._move(time, actor)
        variable, step = self.variables.get(target) or self.variable(target), time // STEP_NS
        variable.reader, variable.read_at = actor.number, step
        variable.seen[actor.number] = step
        if kind == Kind.READ or value:
            variable.value, variable.is_text = value, kind == Kind.READ_TEXT
        self.taken = Taken(step, actor.number, kind, target, value, actor.site)

    def _read_text(self, time: int, actor: Actor, target: int, value: float) -> None:
        self._read(time, actor, target, value, Kind.READ_TEXT)

    def _write(self, time: int, actor: Actor, target: int, value: float, kind: int = Kind.WRITE) -> None:
        self._move(time, actor)
        variable, step, number = self.variables.get(target) or self.variable(target), time // STEP_NS, actor.number
        seen = variable.seen.get(number, 0)
        lost = variable.writer != number and 0 < seen < variable.written_at
        over = variable.writer if lost or (not seen and variable.writer != number) else 0
        self.taken = Taken(step, number, kind, target, value, actor.site, over, variable.value, variable.is_text, lost)
        if over and self._history is not None:
            self._history.overs[step] = self.taken
        variable.value, variable.is_text = value, kind == Kind.WRITE_TEXT
        variable.writer, variable.written_at = number, step
        variable.seen[number] = step
        watch = self.watch_of.get(target)
        if watch is not None and kind == Kind.WRITE:
            self._memory.note(time, actor, watch, value)

    def _write_text(self, time: int, actor: Actor, target: int, value: float) -> None:
        self._write(time, actor, target, value, Kind.WRITE_TEXT)

    def _delete(self, time: int, actor: Actor, target: int, value: float) -> None:
        self._move(time, actor)
        variable, step = self.variable(target), time // STEP_NS
        variable.writer, variable.written_at = actor.number, step
        variable.value, variable.is_text = 0.0, True
        self.taken = Taken(step, actor.number, Kind.DELETE, target, value, actor.site)

    def _call(self, time: int, actor: Actor, target: int, value: float) -> None:
        self._move(time, actor)
        variable, step = self.variable(target), time // STEP_NS
        variable.writer, variable.written_at = actor.number, step
        variable.value, variable.is_text = 0.0, True  # what the call has left in it was not seen
        self.taken = Taken(step, actor.number, Kind.CALL, target, value, actor.site)

    def _do(self, time: int, actor: Actor, target: int, value: float) -> None:
        self._move(time, actor)
        self.taken = Taken(time // STEP_NS, actor.number, Kind.DO, target, value, actor.site)

    def _line_step(self, time: int, actor: Actor, target: int, value: float) -> None:
        self._move(time, actor)
        self.taken = Taken(time // STEP_NS, actor.number, Kind.LINE_STEP, target, value, actor.site)

    # records

    def declare_variable(self, record: events.ObjectDeclared) -> None:
        """A variable was touched for the first time."""
        self.variable(record.number).name = record.name
        for number, name in self._memory.watch_names.items():
            if name == record.name:
                self.watch_of[record.number] = number

    def link_watch(self, number: int, name: str) -> None:
        """A watched global was declared: the variable of its name may be known already."""
        for variable in self.variables.values():
            if variable.name == name:
                self.watch_of[variable.id] = number

    def see_sites(self, record: events.SitesSeen) -> None:
        """Sites from a number on."""
        numbers = record.numbers
        self.sites[record.first :] = [Site(*numbers[at : at + 5]) for at in range(0, len(numbers), 5)]

    def see_text(self, record: events.TextSeen) -> None:
        """A text by its number."""
        self.texts[record.number] = record.text

    def see_offer(self, record: events.ChoiceOffered) -> None:
        """The engine asks who goes next."""
        self.offer = record

    def see_explored(self, record: events.Explored) -> None:
        """How many schedules were tried."""
        self.explored = record


def operation_of(kind: int, value: float) -> tuple[str, int]:
    """A step row's operation by its word, and the number of its text."""
    if kind == Kind.DO:
        number = int(value)
        return OPERATIONS[number % OPERATION_SPAN], number // OPERATION_SPAN
    if kind in READS:
        return "read", int(value) if kind == Kind.READ_TEXT else 0
    if kind in WRITES:
        return "write", int(value) if kind == Kind.WRITE_TEXT else 0
    if kind == Kind.LINE_STEP:
        return "line", 0
    return ("delete", 0) if kind == Kind.DELETE else ("call", int(value))
