"""A virtual thread: a greenlet, and what it will do when it is chosen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from concsim.model.own_work import Unwinding

if TYPE_CHECKING:
    from concsim.engine.instrument.site import Site
    from concsim.engine.world import World


class Awaited(Protocol):
    """Something actors can be kept waiting by: a lock, a queue, another actor …

    A program may derive classes from some: what begins with ``_concsim`` it will not have by accident.
    """

    silent: bool
    """Of no interest to the person: an operation on it is a step only where it has to wait."""
    in_c: bool
    """Its operations are written in C: with the GIL nobody gets in where one is called, unless it has to wait."""
    contenders: list[Actor]

    _concsim_looks: frozenset[str]
    """Its operations that change nothing of it, beside those that never do."""

    @property
    def number(self) -> int:
        """Its number in the log."""

    def _concsim_beside(self, operation: str) -> Sequence[tuple[Awaited, Any]]:
        """What else such an operation on it touches, and which field of that."""


class Untouched:
    """The half of an `Awaited` that most have: no operation of theirs only looks, and none touches anything else."""

    _concsim_looks: frozenset[str] = frozenset()

    def _concsim_beside(self, operation: str) -> Sequence[tuple[Awaited, Any]]:
        """Nothing else."""
        return ()


class Actor:
    """`site`, `target` and `text` tell its pending operation; `can` says whether that can be done now.

    `target` 0 means the site's own variable. `also` are other objects touched in the same step, which `also_read` says are
    only read. `thing` is the primitive that it is at an operation on. `deadline` is the virtual time at which its wait ends by itself,
    `hurried` whether that was let come while others could have gone on. `let_go`:
    since its last operation it has passed a place where CPython lets another thread in. `calls` says for a place in the
    text whether it is a Python function that is being called there. `calling`: calls and operators whose operands are being
    evaluated, by frame and site. `entered`: generators that it has resumed and that have not yielded.
    `path` names it in every execution that is equivalent: who started it, as the how-manieth, from "main" on; `started`, `made` and `met` count
    the actors that it has started, the primitives that it has made, and the objects that it was the first to come to.
    `printing`: the time and the stream of the call that prints, `printed` what it has printed.
    """

    __slots__ = (
        "also", "also_read", "awaits", "blocked", "calling", "calls", "can", "daemon", "deadline", "ended", "entered", "glet", "hurried", "id", "let_go", "made", "met", "name", "number", "operation",
        "path", "printed", "printing", "site", "started", "stash", "switch", "target", "text", "thing", "thread", "wanted",
    )  # fmt: skip

    def __init__(self, number: int, id: str, name: str, daemon: bool = False, path: str = "main") -> None:
        self.number, self.id, self.name, self.daemon, self.path = number, id, name, daemon, path
        self.started = self.made = self.met = 0
        self.glet: Any = None
        self.switch: Callable[[], Any] = lambda: None
        self.thread: Any = None
        self.site: Site | None = None
        self.operation = ""
        self.target = 0
        self.text = ""
        self.wanted: Any = None
        self.also: Sequence[Any] = ()
        self.also_read = False
        self.thing: Awaited | None = None
        self.awaits: Awaited | None = None
        self.can: Callable[[Actor], bool] | None = None
        self.deadline: float | None = None
        self.blocked = self.ended = self.hurried = False
        self.let_go = True
        self.stash: list[Any] = []
        self.calls: dict[int, bool] = {}
        self.calling: dict[tuple[int, int], Any] = {}
        self.entered: list[Any] = []
        self.printing: Any = None
        self.printed = ""

    @property
    def pending(self) -> tuple[str, int, str]:
        """Its next operation: word, number of the object or variable, text of the value if that is known."""
        site = self.site
        if self.operation or site is None:
            return self.operation, self.target if self.awaits is None else self.awaits.number, self.text
        return site.operation, self.target or site.target, self.text

    def path_of_next(self) -> str:
        """The path of an actor that it starts now."""
        self.started += 1
        return f"{self.path}.{self.started}"

    @property
    def choice(self) -> str:
        """ "ready", "blocked" or "asleep": whether it can be chosen."""
        if not self.blocked:
            return "ready"
        return "blocked" if self.deadline is None else "asleep"


class Scheduler(Protocol):
    """Decides who goes next, and does nothing else. It sees every actor's `pending` operation before it chooses."""

    def attach(self, world: World) -> None:
        """Told once per execution, before the first choice. The world is to be looked at."""

    def choose(self, ready: list[Actor], current: Actor | None) -> Actor | Halt:
        """One of *ready*, or of ``world.late``, for whom the world lets time pass; or a `Halt`, which ends the execution."""


class Halt(BaseException):
    """The execution is to end now: no choice will follow. Not an error of the program."""

    blocked = True
    """Nobody who can go on: whoever is handed a choice looks at this alone, for it does at every step."""

    def __init__(self, why: str, **values: Any) -> None:
        super().__init__(why)
        self.why, self.values = why, values


class Aborted(Unwinding):
    """Unwinds an actor of an execution that has ended."""
