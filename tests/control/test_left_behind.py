"""Runs that are stopped at a random moment leave nothing behind. The benchmark of this name does it a hundred times."""

from __future__ import annotations

import pytest

from tests.benchmarks.left_behind import leftovers, process_programs, shared_things, what_stays
from tests.conftest import Run


def test_that_stopped_runs_of_process_programs_leave_nothing_behind() -> None:
    assert leftovers(process_programs(), 1, first_seed=1000) == []


@pytest.mark.long
@pytest.mark.timeout(900)
def test_that_many_stopped_runs_of_process_programs_leave_nothing_behind() -> None:
    assert leftovers(process_programs(), 12) == []


@pytest.mark.parametrize("method", ["fork", "spawn", "forkserver"])
def test_that_one_killed_while_it_names_shared_memory_leaves_no_file(run_source: Run, method: str) -> None:
    before = shared_things()
    ran = run_source(f"""
        import multiprocessing, os, signal

        def die_in_between(*_, **__):
            os.kill(os.getpid(), signal.SIGKILL)

        def work():
            os.unlink = die_in_between
            multiprocessing.Array("d", 100_000)
            print("it lived")

        if __name__ == "__main__":
            child = multiprocessing.get_context("{method}").Process(target=work)
            child.start()
            child.join()
            print(child.exitcode)
    """)
    assert ran.output == "-9\n"
    assert what_stays({one for one in shared_things() - before if one.startswith(("pym-", "concsim-"))}, 5.0) == set()
