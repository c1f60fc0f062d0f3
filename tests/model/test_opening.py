"""Which lines of a program only set it up."""

from __future__ import annotations

from textwrap import dedent

import pytest

from concsim.model.programs.opening import opening_lines


def lines(source: str) -> list[int]:
    return sorted(opening_lines(dedent(source)))


def test_that_imports_definitions_and_constants_set_a_program_up() -> None:
    source = '''\
        """A program."""
        import time
        from queue import Queue
        ROUNDS, PAUSE = 4, 0.5
        turns = {"tea": ROUNDS - 2,
                 "soup": ROUNDS}
        seconds = dict.fromkeys([*turns, "together"], 0.0)

        class Shelf:
            size: int = 3

            def full(self):
                return True

        @staticmethod
        def cook(
            dish,
        ):
            time.sleep(PAUSE)

        if __name__ == "__main__":
            cook("tea")
    '''
    assert lines(source) == [1, 2, 3, 4, 5, 6, 7, 9, 10, 12, 15, 16, 17, 18, 21]


@pytest.mark.parametrize(
    "source",
    [
        "print()", "one = make()", "task = loop.create_task(f)", "total += 1", "for one in many: pass", "box[0] = 1",
        "squares = (n * n for n in range(3))", "pair = (one := 3), 4", "box.size: int = next(it)", "with lock: pass",
    ],
)  # fmt: skip
def test_that_what_does_something_is_not_among_them(source: str) -> None:
    assert lines(source) == []


def test_that_a_text_that_is_no_program_has_none() -> None:
    assert lines("def (") == []
