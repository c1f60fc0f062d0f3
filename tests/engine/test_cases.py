"""Small programs after public bug reports, each with what is true of it over all schedules, model by model."""

from __future__ import annotations

import re
import signal
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from concsim.engine.execution import Ended
from concsim.engine.schedulers.round_robin import RoundRobin
from tests.engine.exploring import execute, explore

CASES = Path(__file__).parents[1] / "data" / "cases" / "step"
TRUTHS = {
    (path.stem, model): truth
    for path in sorted(CASES.glob("*.py"))
    for model, truth in re.findall(r"(gil|free-threaded)=(\w+)", path.read_text().partition("\n")[0])
}


def how(ended: Ended, space: Mapping[str, Any]) -> str:
    return {"finished": "passes", "failed": "fails"}.get(ended.outcome, ended.outcome)


@pytest.mark.parametrize(("name", "model"), TRUTHS)
def test_that_every_schedule_together_say_what_is_true(name: str, model: str) -> None:
    outcomes = set(explore((CASES / f"{name}.py").read_text(), how, model=model))
    assert outcomes == ({"passes"} if TRUTHS[name, model] == "passes" else {"passes", "fails"})


def test_that_what_is_printed_in_pieces_comes_in_order() -> None:
    assert execute((CASES / "m15_partial_print.py").read_text(), RoundRobin()).output == "1 2 3 \n"


@pytest.mark.parametrize("model", ["gil", "free-threaded"])
def test_that_signals_are_refused_with_the_line(model: str) -> None:
    ended = execute((CASES / "m6_signal.py").read_text(), RoundRobin(), model=model).ended
    assert ended.halt is not None
    assert (ended.outcome, ended.halt.values["what"], ended.halt.values["line"]) == ("not_controlled", "signal", 7)


@pytest.mark.parametrize("line", ["signal.signal(signal.SIGINT, signal.SIG_IGN)", "signal.getsignal(signal.SIGINT)", "signal.signal(signal.SIGTERM, signal.SIG_DFL)"])
def test_that_letting_signals_be_is_not_refused(line: str) -> None:
    before = {one: signal.getsignal(one) for one in (signal.SIGINT, signal.SIGTERM)}
    try:
        assert execute(f"import signal\n{line}\n", RoundRobin()).ended.outcome == "finished"
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@pytest.mark.parametrize("many", [500, 10_000])
def test_that_a_thread_may_begin_the_next_as_often_as_it_likes(many: int) -> None:
    source = (CASES / "m14_start_chain.py").read_text().replace("500", str(many))
    assert execute(source, RoundRobin()).output == f"{many}\n"
