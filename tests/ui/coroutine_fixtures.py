"""Runs of generators, greenlets and tasks for the views' tests, folded from records and rows without a lab."""

from __future__ import annotations

from concsim.bridge.run_model import RunModel
from concsim.model import events
from concsim.model.events import Kind, pack_place

from .views_fixtures import BEGAN, MS, actor, begin, fold, fold_rows

MAIN, SPEAKER, LISTENER, HUB = 1, 2, 3, 4
LETTERS = {"greenlet": "g", "task": "k", "generator": "i", "iterator": "i", "hub": "h", "loop": "l"}


def coroutine(
    run: RunModel, number: int, name: str, kind: str = "generator", parent: int = MAIN, process: int = 0, at: float = 0
) -> None:
    """A generator, greenlet, task, hub or loop; its id is its kind's letter and its number."""
    fold(
        run,
        events.ActorDeclared(
            BEGAN + int(at * MS), number, f"{LETTERS[kind]}{number}", name, kind, parent, process=process
        ),
    )


def text(run: RunModel, number: int, words: str) -> int:
    """A text that rows refer to."""
    fold(run, events.TextSeen(BEGAN, number, words))
    return number


def frame(run: RunModel, number: int, function: str, line: int, at: float, **values: str) -> None:
    """Where a function stands, and its local variables."""
    fold(run, events.FrameSeen(BEGAN + int(at * MS), number, function, pack_place(1, line), values))


def two_generators(run: RunModel) -> None:
    """main and two generators that have done nothing yet."""
    begin(run)
    fold(run, actor(MAIN, "main", "MainThread"))
    coroutine(run, SPEAKER, "speaker")
    coroutine(run, LISTENER, "listener")
    fold_rows(run, [(0, MAIN, Kind.BEGIN, 0, 1, 0)])


def talk(run: RunModel) -> None:
    """The speaker yields 'aa', which is sent to the listener; the listener yields nothing, and then returns 'over'."""
    two_generators(run)
    said, over = text(run, 501, "'aa'"), text(run, 502, "'over'")
    fold_rows(
        run,
        [
            (100, MAIN, Kind.SEND, SPEAKER, 9, 0), (200, SPEAKER, Kind.YIELD, MAIN, 3, said),
            (300, MAIN, Kind.SEND, LISTENER, 9, said), (400, LISTENER, Kind.YIELD, MAIN, 5, 0),
            (500, MAIN, Kind.SEND, LISTENER, 9, 0), (600, LISTENER, Kind.END, 0, 6, over),
            (600, LISTENER, Kind.YIELD, MAIN, 6, over), (700, MAIN, Kind.SEND, SPEAKER, 9, 0),
        ],
    )  # fmt: skip


def ping_pong(run: RunModel, turns: int, since: int = 0) -> None:
    """main and the speaker hand each other the thread so often, once a millisecond."""
    if not since:
        two_generators(run)
    rows = []
    for turn in range(since, since + turns):
        rows.append(
            (1 + turn, MAIN, Kind.SEND, SPEAKER, 9, 0) if turn % 2 == 0 else (1 + turn, SPEAKER, Kind.YIELD, MAIN, 3, 0)
        )
    fold_rows(run, rows)


def gevent(run: RunModel, greenlets: int = 3) -> None:
    """main, its hub and greenlets, numbered from 10, that are ready; main waits in the hub, which has the thread."""
    begin(run)
    fold(run, actor(MAIN, "main", "MainThread"))
    coroutine(run, HUB, "hub", "hub")
    for number in range(10, 10 + greenlets):
        coroutine(run, number, f"green-{number}", "greenlet")
    fold_rows(run, [(0, MAIN, Kind.BEGIN, 0, 1, 0), (1, HUB, Kind.BEGIN, 0, 0, 0)])
    fold_rows(run, [(1, number, Kind.READY, 0, 0, 0) for number in range(10, 10 + greenlets)])
    fold_rows(run, [(2, MAIN, Kind.SWITCH, HUB, 9, 0)])
