"""Records, rows and whole stories of a run, of any kind that there can be."""

from __future__ import annotations

from dataclasses import fields
from typing import Any, get_args

from hypothesis import strategies as st

from concsim.model import events
from concsim.model.encoding import Batch, decode_batch, encode_batch
from concsim.model.events import (
    ALONE,
    LINE_BITS,
    OPERATION_SPAN,
    OPERATIONS,
    OS_STATES,
    SITE_FILE,
    STEP_NS,
    STEPS,
    Kind,
    Pending,
    Record,
    Stuck,
    pack_code,
    pack_place,
)

UNSIGNED = st.integers(0, 2**32 - 1)
TIMES = st.integers(0, 2**62)
TEXTS = st.text(st.characters(exclude_categories=()), max_size=8)
"""Surrogates as well: names of files that are not UTF-8 have them."""
FLOATS = st.floats(allow_nan=False)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | FLOATS | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3), max_leaves=4,
)  # fmt: skip
OF_TYPE: dict[str, st.SearchStrategy[Any]] = {
    "int": st.integers(), "float": FLOATS, "str": TEXTS, "bool": st.booleans(), "Any": JSON, "Optional[int]": st.none() | st.integers(),
    "Dict[str, Any]": st.dictionaries(TEXTS, JSON, max_size=2), "Dict[str, int]": st.dictionaries(TEXTS, st.integers(), max_size=3),
    "Dict[str, str]": st.dictionaries(TEXTS, TEXTS, max_size=3),
    "Tuple[int, ...]": st.lists(st.integers(), max_size=6).map(tuple), "Tuple[str, ...]": st.lists(TEXTS, max_size=4).map(tuple),
}  # fmt: skip
"""By the type that a field of a record names."""


def records_of(cls: type) -> st.SearchStrategy[Any]:
    """Records of a class, each field of any value of its type."""
    return st.builds(cls, **{one.name: OF_TYPE[str(one.type)] for one in fields(cls)})


for _part in (Stuck, Pending):
    OF_TYPE[f"Tuple[{_part.__name__}, ...]"] = st.lists(records_of(_part), max_size=3).map(tuple)


@st.composite
def flat_rows(draw: st.DrawFn) -> list[Any]:
    """Rows as they are noted, flat; their times do not run backwards."""
    times = sorted(draw(st.lists(st.integers(-(2**63), 2**63 - 1), min_size=1, max_size=12)))
    return [one for time in times for one in (time, draw(UNSIGNED), draw(UNSIGNED), draw(UNSIGNED), draw(st.floats()))]


# stories: what is folded

THREAD, HUB, CHILD, INSIDE, NOBODY = 1, 2, 3, 4, 6
ACTORS = st.sampled_from([THREAD, HUB, CHILD, INSIDE, NOBODY])
LOCK, RLOCK, SEMAPHORE, QUEUE, POOL, POOL_OF_PROCESSES, TOTAL, CHILDS_TOTAL, VARIABLE, UNKNOWN = range(11, 21)
TARGETS = st.sampled_from([0, THREAD, HUB, CHILD, INSIDE, *range(LOCK, UNKNOWN + 1)])
PLACES = st.sampled_from([0, pack_place(1, 3), pack_place(1, 9), *(SITE_FILE << LINE_BITS | number for number in (0, 1, 9))])
SMALL, COUNTS = st.integers(-1, 3), st.integers(0, 3)
VALUES: dict[int, st.SearchStrategy[Any]] = {
    Kind.CORE: st.integers(0, 7), Kind.OS_STATE: st.integers(0, len(OS_STATES) - 1),
    Kind.OWNER: st.sampled_from([0, THREAD, CHILD]), Kind.BLOCKED: st.sampled_from([0, 5_000]),
    Kind.DO: st.builds(lambda word, text: word + OPERATION_SPAN * text, st.integers(0, len(OPERATIONS) - 1), st.integers(0, 2)),
    Kind.WAIT: st.sampled_from([-1, 0.25]), Kind.SLEEP: st.sampled_from([0.25, 2.5]), Kind.VALUE: st.integers(-5, 9) | st.just(0.5),
    Kind.PUT: SMALL, Kind.GET: SMALL, Kind.SET: SMALL, Kind.ITEM: st.integers(1, 2) | st.integers(-2, -1), Kind.WRITE: SMALL, Kind.READ: SMALL,
}  # fmt: skip
BEGINNING: list[Any] = [
    events.FileSeen(1, 1, "/p/x.py"), events.SitesSeen(1, 0, (1, 3, 0, 3, 9, 1, 9, 2, 9, 8)), events.TextSeen(1, 1, "'Ada'"), events.TextSeen(1, 2, "'Bob'"),
    events.ActorDeclared(1, THREAD, "main", "MainThread", "main"), events.ActorDeclared(1, HUB, "h", "hub", "hub", THREAD),
    events.ActorDeclared(1, CHILD, "p1", "child", "process", THREAD, reaches=("total",), process=CHILD), events.ProcessSeen(1, CHILD, 77, 76, "fork"),
    events.ActorDeclared(1, INSIDE, "t1", "inside", "thread", CHILD, process=CHILD),
    events.ObjectDeclared(1, LOCK, "lock", "lock"), events.ObjectDeclared(1, RLOCK, "rlock", "rlock"),
    events.ObjectDeclared(1, SEMAPHORE, "semaphore", "permits", capacity=2), events.ObjectDeclared(1, QUEUE, "queue", "box", capacity=5),
    events.ObjectDeclared(1, POOL, "pool", "pool"), events.ObjectDeclared(1, POOL_OF_PROCESSES, "process pool", "pool of processes"),
    events.ObjectDeclared(1, TOTAL, "watch", "total"), events.ObjectDeclared(1, CHILDS_TOTAL, "watch", "total", process=CHILD),
    events.ObjectDeclared(1, VARIABLE, "variable", "total"),
]  # fmt: skip
_WORDS = st.sampled_from(["", "a", "é"])
_PARAMETERS = st.dictionaries(st.sampled_from(["N", "WAY"]), st.integers(0, 9) | st.booleans() | _WORDS, max_size=2)
_TOLD: dict[type, dict[str, st.SearchStrategy[Any]]] = {
    events.RoundEnded: {"number": st.just(1), "outcome": st.sampled_from(["finished", "stopped"]), "status": st.none() | SMALL},
    events.ActorDeclared: {
        "number": ACTORS, "id": _WORDS, "name": _WORDS, "kind": st.sampled_from(["thread", "process", "task", "iterator"]), "parent": ACTORS | st.just(0),
        "daemon": st.booleans(), "reaches": st.just(("total",)) | st.just(()), "process": st.sampled_from([0, CHILD]),
    },
    events.ObjectDeclared: {
        "number": st.integers(LOCK, UNKNOWN), "kind": st.sampled_from(["lock", "semaphore", "queue", "watch", "variable"]), "name": st.sampled_from(["total", "b"]),
        "place": PLACES, "capacity": st.integers(0, 3), "lock": st.sampled_from([0, LOCK]), "process": st.sampled_from([0, CHILD]),
    },
    events.WatchSeen: {
        "name": st.sampled_from(["total", "b"]), "text": _WORDS, "value": JSON, "is_json": st.booleans(), "identity": SMALL, "process": st.sampled_from([0, CHILD, INSIDE]),
    },
    events.InputWanted: {"actor": ACTORS | st.just(0), "wanted": st.booleans()},
    events.ErrorRaised: {"actor": ACTORS, "type": _WORDS, "message": _WORDS, "place": PLACES, "traceback": _WORDS},
    events.DeadlockSeen: {
        "certainty": st.sampled_from(["certain", "suspected", "withdrawn"]), "stuck": st.lists(st.builds(Stuck, ACTORS, TARGETS, ACTORS, PLACES), max_size=2).map(tuple),
    },
    events.Aggregated: {"until": st.integers(0, 99), "count": st.integers(0, 9)},
    events.Sampled: {"target": st.integers(LOCK, UNKNOWN), "on": st.booleans()},
    events.Remark: {"code": _WORDS, "values": st.dictionaries(_WORDS, SMALL, max_size=2)},
    events.OutputPrinted: {"stream": st.sampled_from(["stdout", "stderr"]), "text": TEXTS},
    events.SitesSeen: {"first": st.integers(0, 2), "numbers": st.lists(st.integers(0, 9), min_size=5, max_size=5).map(tuple)},
    events.TextSeen: {"number": st.integers(1, 3), "text": _WORDS},
    events.ChoiceOffered: {
        "step": st.integers(0, 9), "clock": st.just(0.5), "ended": st.booleans(),
        "pending": st.lists(st.builds(Pending, ACTORS, st.just("read"), TARGETS, PLACES, st.just("ready"), _WORDS, st.just(-1.0)), max_size=2).map(tuple),
    },
    events.Explored: {"executions": st.integers(0, 9), "outcomes": st.just({"finished": 3})},
    events.ProcessSeen: {"actor": ACTORS, "pid": st.integers(0, 3), "parent_pid": st.integers(0, 3), "method": st.sampled_from(["", "fork", "spawn"]), "command": _WORDS},
    events.ProcessEnded: {"actor": ACTORS, "status": st.none() | SMALL, "silent": st.booleans()},
    events.FrameSeen: {"actor": ACTORS, "function": _WORDS, "place": PLACES, "values": st.dictionaries(_WORDS, _WORDS, max_size=2), "depth": st.integers(0, 3)},
    events.FileSeen: {"index": st.integers(0, 2), "path": _WORDS},
    events.RoundStarted: {"number": st.just(2), "parameters": _PARAMETERS, "python": _WORDS, "model": st.sampled_from(["", "gil"])},
}  # fmt: skip
"""What a record in the middle of a run can say of those that were declared at its beginning, and of others."""
assert _TOLD.keys() == set(events.RECORDS.values())


_ABOUT_ACTORS = {Kind.START, Kind.SWITCH, Kind.SEND, Kind.YIELD, Kind.BLOCKED}
_OF_STEPS = [*sorted(STEPS), Kind.READY, Kind.WAIT, Kind.ACQUIRE, Kind.RELEASE]


@st.composite
def _row(draw: st.DrawFn, time: int, kinds: list[Kind]) -> list[Any]:
    kind = draw(st.sampled_from(kinds))
    target = draw(ACTORS if kind in _ABOUT_ACTORS else st.just(ALONE) | TARGETS if kind is Kind.READY else TARGETS)
    return [time, draw(ACTORS), pack_code(kind, target), draw(PLACES), float(draw(VALUES.get(kind, COUNTS)))]


@st.composite
def stories(draw: st.DrawFn, model: str | None = None) -> list[Any]:
    """A run told from its beginning: records, and lists of rows, each a flat one, that follow each other."""
    model = draw(st.sampled_from(["", "gil", "free-threaded"])) if model is None else model
    story: list[Any] = [events.RoundStarted(1, 1, draw(_PARAMETERS), "3.13", model), *BEGINNING]
    time, tick = 1, STEP_NS if model else 1_000
    kinds = _OF_STEPS if model and draw(st.booleans()) else [*Kind]
    for _ in range(draw(st.integers(1, 4))):
        rows = []
        for _ in range(draw(st.integers(1, 8))):
            time += tick * draw(st.integers(0, 3))
            rows.append(draw(_row(time, kinds)))
        story.append(rows)
        if draw(st.booleans()):
            cls = draw(st.sampled_from([*_TOLD]))
            story.append(draw(st.builds(cls, st.just(time), **_TOLD[cls])))
    return story


def batch(rows: list[list[Any]]) -> Batch:
    """Rows as they come from a lab."""
    return decode_batch(encode_batch([one for row in rows for one in row])[5:])


def is_record(part: Any) -> bool:
    """Whether a part of a story is one, and not rows."""
    return isinstance(part, get_args(Record))
