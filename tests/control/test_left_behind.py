"""Runs that are stopped at a random moment leave nothing behind. The benchmark of this name does it a hundred times."""

from __future__ import annotations

import pytest

from tests.benchmarks.left_behind import leftovers, process_programs


def test_that_stopped_runs_of_process_programs_leave_nothing_behind() -> None:
    assert leftovers(process_programs(), 1, first_seed=1000) == []


@pytest.mark.long
@pytest.mark.timeout(900)
def test_that_many_stopped_runs_of_process_programs_leave_nothing_behind() -> None:
    assert leftovers(process_programs(), 12) == []
