"""A lab process seen from outside: what its pipes say in whichever order."""

from __future__ import annotations

import selectors
from typing import Any

import pytest

from tests.conftest import Run


def test_that_the_end_may_be_heard_before_the_last_words_of_children(run_source: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is ready together is read in any order: here the supervisor's word first, then everything else."""
    select, words = selectors.DefaultSelector.select, []

    def end_first(self: selectors.BaseSelector, timeout: float | None = None) -> list[Any]:
        ready = select(self, timeout)
        ended = [one for one in ready if one[0].data == "control"]
        if not ended:
            return ready
        words.append(len(self.get_map()))
        return ended + [(key, selectors.EVENT_READ) for key in self.get_map().values() if key.data != "control"]

    monkeypatch.setattr(selectors.DefaultSelector, "select", end_first)
    ran = run_source(
        """
        import multiprocessing
        def child(number): print("child", number, flush=True)
        if __name__ == "__main__":
            context = multiprocessing.get_context("fork")
            children = [context.Process(target=child, args=(number,)) for number in range(3)]
            for one in children: one.start()
            for one in children: one.join()
        """
    )
    assert words, "nothing but the end was to be heard"
    assert ran.outcome == "finished"
    assert sorted(ran.output.splitlines()) == ["child 0", "child 1", "child 2"]
