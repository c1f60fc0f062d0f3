"""What is said when a run is over."""

from __future__ import annotations

from pathlib import Path

import pytest

from concsim.control.command.summary import notes, sentence
from concsim.control.command.summary import sentence as whole_sentence
from concsim.model.events import ActorDeclared, ErrorRaised, RoundEnded, RoundStarted, WatchSeen
from concsim.model.folding.history import History
from concsim.model.folding.state import State
from concsim.model.programs.program import make_program
from tests.conftest import Ran, Run

FAMILY = """
import multiprocessing, os, signal

def work(how):
    if how == "killed":
        os.kill(os.getpid(), signal.SIGKILL)
    if how == "raises":
        raise ValueError("no")
    raise SystemExit(how)

if __name__ == "__main__":
    context = multiprocessing.get_context("fork")
    children = [context.Process(target=work, args=(how,), name=f"child-{how}") for how in HOWS]
    for one in children: one.start()
    for one in children: one.join()
"""


def said(ran: Ran, language: str = "en") -> list[str]:
    return notes(ran.state, language)


@pytest.mark.parametrize(
    ("how", "sentence"),
    [
        ("killed", "child-killed was killed by SIGKILL."),
        ("raises", None),
        (3, "child-3 ended with exit status 3."),
        (0, None),
    ],
)
def test_that_a_process_that_ended_badly_is_named(run_source: Run, how: object, sentence: str | None) -> None:
    assert said(run_source(f"HOWS = [{how!r}]\n{FAMILY}")) == ([sentence] if sentence else [])


@pytest.mark.parametrize(
    ("message", "place", "sentence"),
    [
        ("no", 7, "t1 ended with E: no (line 7)."),
        ("", 7, "t1 ended with E (line 7)."),
        ("no", 0, "t1 ended with E: no."),
        ("", 0, "t1 ended with E."),
    ],
)
def test_that_of_an_exception_is_said_what_there_is(message: str, place: int, sentence: str) -> None:
    state = State()
    state.fold_record(RoundStarted(1, 1))
    state.fold_record(ActorDeclared(1, 1, "t1", "t1", "thread"))
    state.fold_record(ErrorRaised(2, 1, "E", message, place))
    state.fold_record(RoundEnded(3, 1, "failed", 1))
    program = make_program("", Path("p.py"))
    for language, words in (("en", sentence), ("zh", "E")):
        assert words in whole_sentence(program, state, language, 1.0)


def test_that_what_the_program_ends_by_itself_is_no_news(run_source: Run) -> None:
    ran = run_source("""
        import multiprocessing, time
        if __name__ == "__main__":
            child = multiprocessing.get_context("fork").Process(target=time.sleep, args=(60,))
            child.start()
            child.terminate()
            child.join()
    """)
    assert said(ran) == []


def test_that_a_process_that_became_another_program_and_ended_well_is_no_news(run_source: Run) -> None:
    ran = run_source("""
        import os, subprocess
        child = os.fork()
        if not child:
            os.execv("/bin/true", ["true"])
        os.waitpid(child, 0)
        try:
            subprocess.run(["sleep", "60"], timeout=0.1)
        except subprocess.TimeoutExpired:
            print("handled")
    """)
    assert (ran.output, said(ran)) == ("handled\n", [])


def test_that_many_are_counted(run_source: Run) -> None:
    ran = run_source(f"HOWS = [1, 2, 3, 4]\n{FAMILY}")
    assert said(ran)[-1] == "2 more processes ended in such a way."
    assert said(ran, "zh")[0] == "child-1 以退出码 1 结束。"


@pytest.mark.parametrize(("final", "drift"), [(10**400, "-inf"), (-(10**400), "inf"), (2, "-1.5")], ids=["above", "below", "near"])
def test_that_a_final_value_beyond_every_float_has_a_drift(final: int, drift: str) -> None:
    source = "# /// concsim\n# watch = { total = 'RATE' }\n# summary = { en = '{total_drift}' }\n# ///\nRATE = 0.5\n"
    program, state = make_program(source, Path("x.py")), State(History())
    state.fold_record(RoundStarted(1, 1, program.defaults()))
    state.fold_record(WatchSeen(2, "total", "", final, True))
    state.fold_record(RoundEnded(3, 1, "finished", 0))
    assert sentence(program, state, "en", 0.5) == drift
