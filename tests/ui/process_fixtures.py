"""Runs of processes for the views' tests, folded from records and rows without a lab."""

from __future__ import annotations

from concsim.bridge.run_model import RunModel
from concsim.model import events
from concsim.model.events import OS_STATES, Kind

from .views_fixtures import BEGAN, MS, begin, fold, fold_exact, fold_rows

MAIN = 1
RUNNING, READY, WAITING, STOPPED, ENDED = range(len(OS_STATES))


def process(
    run: RunModel, number: int, name: str, parent: int = MAIN, kind: str = "process", method: str = "fork", at: int = 0
) -> None:
    """A process, begun unless it is a command's. Its pid is 1000 and its number; its id has its kind's letter."""
    letter = "main" if kind == "main" else f"p{number - MAIN}"
    fold(run, events.ActorDeclared(BEGAN + at * MS, number, letter, name, kind, parent, process=number))
    parents = 1_000 + parent if parent else 0
    fold(run, events.ProcessSeen(BEGAN + at * MS, number, 1_000 + number, parents, "main" if kind == "main" else method))
    fold_rows(run, [(at, number, Kind.BEGIN, 0, 1, 0)])


def see(run: RunModel, number: int, name: str, text: str, identity: int = 0x7F00, at: int = 1) -> None:
    """What a process's watched global is; number 0 for the program's own."""
    fold(run, events.WatchSeen(BEGAN + at * MS, name, text, None, False, identity, "list", number))


def family(run: RunModel, children: int = 2, kind: str = "process") -> None:
    """A program and its children, all by fork."""
    begin(run)
    process(run, MAIN, "MainThread", 0, "main")
    see(run, 0, "numbers", "[1, 2, 3]")
    for child in range(children):
        process(run, 2 + child, f"child-{child + 1}", kind=kind, at=10)


def end(run: RunModel, number: int, status: int | None, silent: bool = False, at: int = 500) -> None:
    """A process ends."""
    fold(run, events.ProcessEnded(BEGAN + at * MS, number, status, silent))


def os_rows(run: RunModel, rows: list[tuple[float, int, Kind, float]]) -> None:
    """What the operating system says: milliseconds, actor, kind, value."""
    fold_exact(run, [(int(ms * MS), actor, kind, 0, 0, value) for ms, actor, kind, value in rows])


def on_core(run: RunModel, number: int, core: int, since: float, until: float) -> None:
    """A process is on a core for a while, else ready."""
    os_rows(run, [(since, number, Kind.CORE, core), (since, number, Kind.OS_STATE, RUNNING), (until, number, Kind.OS_STATE, READY)])


def busy_machine(run: RunModel, count: int = 200, turns: int = 100) -> None:
    """Many processes that take turns on two cores."""
    family(run, count)
    rows = []
    for number in range(2, 2 + count):
        rows.append((11.0, number, Kind.CORE, float(number % 2)))
        for turn in range(turns):
            start = 20 + turn * count + number
            rows += [(start, number, Kind.OS_STATE, RUNNING), (start + 1.5, number, Kind.OS_STATE, READY)]
    os_rows(run, sorted(rows))
    last = 20 + (turns + 1) * count
    os_rows(run, [(last, number, kind, part * last * MS) for number in range(2, 2 + count) for kind, part in ((Kind.RAN, 0.3), (Kind.DELAYED, 0.6))])
    assert run.last_state.actors[2].ran


def pool(run: RunModel, workers: int = 3, tasks: int = 9, waiting: int = 4) -> None:
    """A pool of processes at work: each worker has done its share of the tasks but the last."""
    begin(run)
    process(run, MAIN, "MainThread", 0, "main")
    fold(run, events.ObjectDeclared(BEGAN, 900, "process pool", "pool", capacity=workers))
    fold_rows(run, [(1, MAIN, Kind.SUBMIT, 900, 3, tasks + waiting)])
    for worker in range(workers):
        process(run, 2 + worker, f"ForkPoolWorker-{worker + 1}", kind="worker", at=5)
    rows = []
    for task in range(tasks):
        start, number = 10 + 100 * (task // workers) + task % workers, 2 + task % workers
        rows.append((start, number, Kind.TASK, 900, 7, task + 1))
        if task + workers < tasks:
            rows.append((start + 80, number, Kind.TASK_DONE, 900, 7, task + 1))
    fold_rows(run, sorted(rows))


def queue(run: RunModel, texts: list[str], capacity: int = 4, taken: int = 0, number: int = 800, kind: str = "queue") -> None:
    """A queue that a writer (2) has put texts into, and a reader (3) has taken the first from, with numbers of its own."""
    if 2 not in run.last_state.actors:
        family(run)
    fold(run, events.ObjectDeclared(BEGAN, number, kind, f"box-{number}", place=number, capacity=capacity))
    for index, text in enumerate(texts):
        mine, theirs = number + 10_000 + index, number + 20_000 + index
        fold(run, events.TextSeen(BEGAN, mine, text), events.TextSeen(BEGAN, theirs, text))
        fold_rows(run, [(20 + index, 2, Kind.PUT, number, 5, index + 1), (20 + index, 2, Kind.ITEM, number, 0, mine)])
    for index in range(taken):
        depth = len(texts) - index - 1
        theirs = number + 20_000 + index
        fold_rows(run, [(60 + index, 3, Kind.GET, number, 8, depth), (60 + index, 3, Kind.ITEM, number, 0, -theirs)])
