"""What can be chosen: as the engine offers it, as the run itself tells of a past step, and where all was recorded."""

from __future__ import annotations

import pytest

from concsim.bridge.choices import Choice, Choices, digit_of
from concsim.bridge.shown import Shown
from concsim.model.encoding import decode_batch, encode_batch
from concsim.model.events import (
    ALONE,
    LINE_BITS,
    LINES,
    SITE_FILE,
    STEP_NS,
    ActorDeclared,
    ChoiceOffered,
    FileSeen,
    Kind,
    ObjectDeclared,
    Pending,
    RoundStarted,
    SitesSeen,
    pack_code,
)

MAIN, FIRST, SECOND, TOTAL, LOCK = 1, 2, 3, 4, 5
SITE = SITE_FILE << LINE_BITS


class Bench:
    """A run folded by hand, and what can be chosen in it."""

    def __init__(self, model: str = "gil") -> None:
        self.shown, self.choices, self.step = Shown(), Choices(), 0
        self.choices.run = self.shown  # type: ignore[assignment]
        for record in (
            RoundStarted(0, 1, {}, "", model), FileSeen(0, 0, "/p/x.py"), SitesSeen(0, 0, (0, 7, 4, 7, 9, 0, 8, 4, 8, 9)),
            ActorDeclared(0, MAIN, "main", "MainThread", "main"), ActorDeclared(0, SECOND, "t2", "second", "thread", MAIN),
            ActorDeclared(0, FIRST, "t1", "first", "thread", MAIN), ObjectDeclared(0, TOTAL, "variable", "total"), ObjectDeclared(0, LOCK, "lock", "lock"),
        ):  # fmt: skip
            self.shown.last_state.fold_record(record)

    def take(self, actor: int, kind: int, target: int, value: float = 0, site: int = 0, *more: tuple[int, int, int, float]) -> None:
        self.step += 1
        flat = [self.step * STEP_NS, actor, pack_code(kind, target), SITE | site, value]
        for other, also, what, number in more:
            flat += [self.step * STEP_NS, other, pack_code(also, what), 0, number]
        batch = decode_batch(encode_batch(flat)[5:])
        self.shown.last_state.fold_batch(batch)
        self.shown.steps.add(batch)

    def offer(self, *pending: Pending) -> None:
        self.shown.last_state.fold_record(ChoiceOffered(self.step * STEP_NS, self.step, 0.0, pending))

    def by_id(self) -> dict[str, Choice]:
        return {one.id: one for one in self.choices.choices()}

    def kinds(self) -> dict[str, str]:
        return {name: one.choice for name, one in self.by_id().items()}


@pytest.mark.parametrize(("id", "digit"), [("main", "0"), ("t1", "1"), ("t9", "9"), ("t10", ""), ("t", ""), ("t0", ""), ("p1", ""), ("", "")])
def test_that_main_and_the_first_nine_threads_have_a_key(id: str, digit: str) -> None:
    assert digit_of(id) == digit


def test_that_what_the_engine_offers_is_on_the_buttons_in_the_order_of_creation() -> None:
    bench = Bench()
    bench.take(MAIN, Kind.WRITE, TOTAL, 0, 0, (FIRST, Kind.READY, 0, 0), (SECOND, Kind.READY, 0, 0))
    bench.offer(
        Pending(MAIN, "join", FIRST, SITE, "blocked"), Pending(SECOND, "sleep", 0, SITE, "asleep"), Pending(FIRST, "write", TOTAL, SITE | 1, "ready", "1"),
    )  # fmt: skip
    found = bench.by_id()
    assert list(found) == ["main", "t1", "t2"] and bench.choices.step == 1
    assert [one.enabled for one in found.values()] == [False, True, True]
    assert (bench.choices.next_words(found["t1"], "en"), found["t1"].site, bench.choices.line_of(found["t1"])) == ("write total = 1", 1, 8)
    assert bench.choices.signs() == {MAIN: "0", FIRST: "1", SECOND: "2"}


def test_that_without_an_offer_the_state_tells_who_can_be_chosen() -> None:
    bench = Bench()
    bench.take(FIRST, Kind.WRITE, TOTAL, 1, 0, (SECOND, Kind.WAIT, LOCK, -1), (MAIN, Kind.WAIT, LOCK, 2.5))
    assert bench.kinds() == {"main": "asleep", "t1": "ready", "t2": "blocked"}
    second = bench.by_id()["t2"]
    assert bench.choices.why_not(second, "en").startswith("waits for lock") and not second.enabled and second.site == -1
    assert bench.choices.why_waits(second, "en") == bench.choices.why_not(second, "en")
    assert bench.choices.why_waits(bench.by_id()["t1"], "en") == "" == bench.choices.why_not(bench.by_id()["t1"], "en")
    bench.take(FIRST, Kind.READ, TOTAL, 1, 0, (FIRST, Kind.READY, ALONE, 0))
    assert bench.kinds() == {"main": "held", "t1": "ready", "t2": "blocked"}
    bench.take(FIRST, Kind.READ, TOTAL, 1, 0, (SECOND, Kind.END, 0, 0))
    assert list(bench.kinds()) == ["main", "t1"], "who has ended has no button"


def test_that_who_has_not_begun_has_no_button() -> None:
    bench = Bench()
    bench.take(FIRST, Kind.WRITE, TOTAL, 1)
    assert list(bench.kinds()) == ["t1"]


def test_that_in_a_recording_by_line_only_who_took_the_next_step_can() -> None:
    bench = Bench(LINES)
    bench.take(MAIN, Kind.LINE_STEP, 0, 0, 0)
    bench.take(FIRST, Kind.LINE_STEP, 0, 0, 1)
    bench.take(MAIN, Kind.LINE_STEP, 0, 0, 1)
    assert bench.choices.by_line and bench.kinds() == {}, "nothing comes after the last step"
    earlier = Bench(LINES)
    earlier.take(MAIN, Kind.LINE_STEP, 0, 0, 0)
    for actor, site in ((FIRST, 1), (MAIN, 1)):  # taken, and not shown yet
        earlier.shown.steps.add(decode_batch(encode_batch([9 * STEP_NS, actor, pack_code(Kind.LINE_STEP, 0), SITE | site, 0.0])[5:]))
    found = earlier.by_id()
    assert {name: one.choice for name, one in found.items()} == {"main": "suspended", "t1": "ready"}
    assert (found["t1"].site, found["main"].site) == (1, 0), "where it is suspended, not where it goes on to"
    assert earlier.choices.why_not(found["main"], "en") == "is suspended at line 7"
    assert earlier.choices.signs() == {MAIN: "0", FIRST: "1"}
