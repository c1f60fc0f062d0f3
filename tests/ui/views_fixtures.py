"""Runs for the views' tests, folded from records and batches as the bridge would, without a lab."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from concsim.bridge.run_model import RunModel
from concsim.model import events
from concsim.model.encoding import Batch
from concsim.model.events import Kind, pack_code, pack_place
from concsim.model.programs.program import Program, read_program

MS = 1_000_000
BEGAN = 5_000 * MS
MAIN, FIRST, SECOND = 1, 2, 3
LOCK_A, LOCK_B, WATCH = 11, 12, 20


def fold(run: RunModel, *records: events.Record) -> None:
    """Fold records."""
    run.follower.add((0, record) for record in records)
    run.follower.complete()


def fold_batch(run: RunModel, batch: Batch) -> None:
    """Fold a batch."""
    run.follower.add([(0, batch)])
    run.follower.complete()


def fold_rows(run: RunModel, rows: list[tuple[int, int, Kind, int, int, float]]) -> None:
    """Fold rows of (milliseconds since the round began, actor, kind, target, line, value)."""
    fold_exact(run, [(int(ms * MS), actor, kind, target, line, value) for ms, actor, kind, target, line, value in rows])


def fold_exact(run: RunModel, rows: list[tuple[int, int, Kind, int, int, float]]) -> None:
    """Fold rows of (nanoseconds since the round began, actor, kind, target, line, value)."""
    fold_batch(
        run,
        Batch(
            [BEGAN + row[0] for row in rows],
            [row[1] for row in rows],
            [pack_code(row[2], row[3]) for row in rows],
            [pack_place(1, row[4]) if row[4] else 0 for row in rows],
            [float(row[5]) for row in rows],
        ),
    )


def actor(number: int, id: str, name: str, reaches: tuple[str, ...] = ()) -> events.ActorDeclared:
    """A thread."""
    return events.ActorDeclared(BEGAN, number, id, name, "main" if id == "main" else "thread", reaches=reaches)


def thing(number: int, name: str, kind: str = "lock", capacity: int = 0) -> events.ObjectDeclared:
    """A lock, or another object."""
    return events.ObjectDeclared(BEGAN, number, kind, name, capacity=capacity)


def begin(run: RunModel, parameters: dict[str, Any] | None = None, number: int = 1, at: int = 0) -> None:
    """Begin a round."""
    fold(run, events.RoundStarted(BEGAN + at * MS, number, dict(parameters or {})))
    fold(run, events.FileSeen(BEGAN + at * MS, 1, "/program.py"))


def program_of(tmp_path: Path, watch: str, body: str = "THREADS = 4\nROUNDS = 50_000\n") -> Program:
    """A program with a block that watches *watch* (the inside of a TOML table)."""
    path = tmp_path / "program.py"
    path.write_text(f"# /// concsim\n# watch = {{ {watch} }}\n# ///\n{body}")
    return read_program(path)


def two_locks(run: RunModel, certainty: str | None = "certain") -> None:
    """Two threads that each hold the lock the other waits for, and main joining the first."""
    begin(run)
    fold(run, actor(MAIN, "main", "MainThread"), actor(FIRST, "t1", "thread-a"), actor(SECOND, "t2", "thread-b"))
    fold(run, thing(LOCK_A, "lock_a"), thing(LOCK_B, "lock_b"))
    fold_rows(
        run,
        [
            (0, MAIN, Kind.BEGIN, 0, 1, 0), (20, FIRST, Kind.BEGIN, 0, 20, 0),
            (30, FIRST, Kind.ACQUIRE, LOCK_A, 21, 1), (40, SECOND, Kind.BEGIN, 0, 30, 0),
            (45, MAIN, Kind.WAIT, FIRST, 50, -1), (50, SECOND, Kind.ACQUIRE, LOCK_B, 31, 1),
            (60, FIRST, Kind.SLEEP, 0, 22, 0.2), (70, SECOND, Kind.SLEEP, 0, 32, 0.2),
            (260, FIRST, Kind.WAKE, 0, 22, 1), (275, SECOND, Kind.WAKE, 0, 32, 1),
            (300, FIRST, Kind.WAIT, LOCK_B, 24, -1), (330, SECOND, Kind.WAIT, LOCK_A, 34, -1),
        ],
    )  # fmt: skip
    if certainty:
        stuck = (
            events.Stuck(FIRST, LOCK_B, SECOND, pack_place(1, 24)),
            events.Stuck(SECOND, LOCK_A, FIRST, pack_place(1, 34)),
        )
        fold(run, events.DeadlockSeen(BEGAN + 335 * MS, certainty, stuck))
    fold_rows(run, [(800, MAIN, Kind.LINE, 0, 50, 0)])


def many_actors(run: RunModel, count: int = 1_000) -> None:
    """Threads that run, wait for one lock and run again."""
    begin(run)
    fold(run, thing(9_999, "lock"))
    fold(run, *(actor(number, f"t{number}", f"worker-{number}") for number in range(1, count + 1)))
    rows = []
    for number in range(1, count + 1):
        rows += [
            (number * 0.1, number, Kind.BEGIN, 0, 3, 0), (number * 0.1 + 20, number, Kind.WAIT, 9_999, 4, -1),
            (number * 0.1 + 60, number, Kind.WAKE, 9_999, 4, 1),
        ]  # fmt: skip
    fold_rows(run, sorted(rows))
    fold_rows(run, [(200, 1, Kind.END, 0, 9, 0)])


def many_spans(run: RunModel, spans: int = 100_000, actors: int = 1) -> None:
    """Actors that change between running and waiting every ten microseconds."""
    begin(run)
    fold(run, thing(LOCK_A, "lock_a"))
    fold(run, *(actor(100 + n, f"t{n + 1}", f"worker-{n + 1}") for n in range(actors)))
    fold_exact(run, [(n, 100 + n, Kind.BEGIN, 0, 1, 0) for n in range(actors)])
    kinds = (Kind.WAIT, Kind.WAKE)
    each = spans // actors
    rows = [
        (10_000 * (step + 1) + n, 100 + n, kinds[step % 2], LOCK_A, 2, -1) for step in range(each) for n in range(actors)
    ]
    fold_exact(run, rows)


def lost_updates(run: RunModel, rounds: int = 1, values: int = 200, ended: bool = True) -> None:
    """Rounds in which four threads count to 200,000 and lose some."""
    for number in range(1, rounds + 1):
        at = (number - 1) * 1_000
        threads = 1 + number % 4
        begin(run, {"THREADS": threads, "ROUNDS": 50_000}, number, at)
        fold(run, events.ObjectDeclared(BEGAN, WATCH, "watch", "total"))
        fold(run, *(actor(n, f"t{n}", f"worker-{n}", ("total",)) for n in range(1, threads + 1)))
        fold_rows(run, [(at + n, n, Kind.BEGIN, 0, 1, 0) for n in range(1, threads + 1)])
        final = threads * 50_000 * (1 - 0.11 * (threads - 1) - 0.004 * (number % 3))
        rows = [(at + 5 + 880 * i / values, 1, Kind.VALUE, WATCH, 2, round(final * i / values)) for i in range(values + 1)]
        fold_rows(run, rows)
        last = round(final)
        fold(run, events.WatchSeen(BEGAN + (at + 890) * MS, "total", str(last), last, True, 0x7F00AA1F40, "int"))
        if ended or number < rounds:
            fold(run, events.RoundEnded(BEGAN + (at + 900) * MS, number, "finished", 0))


def market(run: RunModel, puts: int = 60) -> None:
    """A queue of ten places that fills and empties."""
    begin(run, {"CAPACITY": 10})
    fold(run, actor(MAIN, "t1", "producer"), actor(FIRST, "t2", "consumer"), thing(LOCK_A, "market", "queue", 10))
    rows = [(0, MAIN, Kind.BEGIN, 0, 1, 0), (1, FIRST, Kind.BEGIN, 0, 1, 0)]
    depth = 0
    for step in range(puts):
        depth = min(10, depth + 1) if step % 17 < 11 else max(0, depth - 1)
        kind = Kind.PUT if step % 17 < 11 else Kind.GET
        rows.append((10 + 12 * step, MAIN, kind, LOCK_A, 5, depth))
    rows += [(800, FIRST, Kind.WAIT, LOCK_A, 8, -1), (1_400, MAIN, Kind.LINE, 0, 9, 0)]
    fold_rows(run, rows)


def watch(run: RunModel, name: str, value: Any, kind: str, number: float | None, identity: int = 0x7F3A1F40) -> None:
    """A watched global with a value."""
    fold(run, events.WatchSeen(run.last_state.time, name, repr(value), value, True, identity, kind))
    run.last_state.watched[name].number = number
