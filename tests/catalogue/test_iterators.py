"""The truth to hold of every scenario about iterators and generators."""

import pytest


def test_a_loop_and_isinstance_disagree_about_two_shelves_only(run_program, final):
    result = run_program("iterators.what_can_be_looped", BOOKS=4, PAUSE=0)

    says, loops = final(result, "says_iterable"), final(result, "loops")
    assert len(says) == final(result, "asked") == 8
    surprises = {name: says[name] for name in says if says[name] != loops[name].endswith("items")}
    assert surprises == {"ShelfThatPromises": True, "ShelfWithGetitem": False}
    assert result["watched"]["wrong"] == {"final": 2, "expected": 2}
    assert final(result, "mistaken") == {
        "ShelfThatPromises": "True, fails", "ShelfWithGetitem": "False, works",
    }  # fmt: skip


def test_what_a_loop_over_each_thing_comes_to(run_program, final):
    loops = final(run_program("iterators.what_can_be_looped", BOOKS=5, PAUSE=0), "loops")

    promise = loops.pop("ShelfThatPromises")
    assert promise.startswith("TypeError: ")
    assert "NoneType" in promise
    assert loops == {
        "a number": "TypeError: 'int' object is not iterable",
        "a text": "4 items",
        "a list": "3 items",
        "a dict": "2 items",
        "Shelf": "TypeError: 'Shelf' object is not iterable",
        "ShelfWithIter": "5 items",
        "ShelfWithGetitem": "5 items",
    }


def test_the_name_that_old_texts_import_from_collections_is_gone(run_program):
    output = run_program("iterators.what_can_be_looped", BOOKS=1, PAUSE=0)["output"]

    assert output.startswith("collections has the name Iterable: False\n")


@pytest.mark.parametrize("books", [0, 5])
def test_a_for_loop_and_the_loop_written_out_take_the_same_items(run_program, final, books):
    result = run_program("iterators.protocol", BOOKS=books, PAUSE=0)

    taken = final(result, "taken")
    assert taken["for"] == taken["by hand"] == [f"book {number + 1}" for number in range(books)]


def test_each_loop_calls_next_once_more_than_there_are_items(run_program, final):
    result = run_program("iterators.protocol", BOOKS=4, PAUSE=0)

    assert result["watched"]["next_calls"] == {"final": 10, "expected": 10}
    first, second = result["output"].split("by hand:\n")
    for loop in (first, second):
        assert loop.count("Shelf.__iter__") == loop.count("StopIteration") == 1
        assert loop.count("next place") == 4


def test_fibonacci_out_of_an_iterator_has_the_same_sums_and_stays_small(run_program, final):
    result = run_program("iterators.fibonacci", LARGEST=4000, SIZES=4, PAUSE=0)

    assert result["watched"]["same_sums"] == {"final": 4, "expected": 4}
    stored, iterator = final(result, "memory")["stored list"], final(result, "memory")["iterator"]
    assert [count for count, _ in stored] == [count for count, _ in iterator] == [1000, 2000, 3000, 4000]
    assert stored[-1][1] > 4 * stored[0][1]
    assert stored[-1][1] > 50 * iterator[-1][1]
    assert all(0 < size < 10_000 for _, size in iterator)


def test_a_generator_expression_holds_the_same_memory_at_every_size(run_program, final):
    result = run_program("iterators.expression", LARGEST=8000, SIZES=4, PAUSE=0)

    stored, expression = final(result, "memory")["list"], final(result, "memory")["expression"]
    assert [count for count, _ in stored] == [count for count, _ in expression] == [2000, 4000, 6000, 8000]
    assert stored[-1][1] > 3 * stored[0][1]
    sizes = [size for _, size in expression]
    assert all(0 < size < 5_000 for size in sizes)
    assert max(sizes) - min(sizes) < 1_000


def test_a_second_loop_over_a_generator_expression_is_empty(run_program, final):
    result = run_program("iterators.expression", LARGEST=100, SIZES=1, PAUSE=0)

    assert result["watched"]["second_loop"] == {"final": 0, "expected": 0}
    assert final(result, "items_seen") == {
        "list, first loop": 100, "list, second loop": 100,
        "expression, first loop": 100, "expression, second loop": 0,
    }  # fmt: skip


def test_a_return_value_travels_in_stop_iteration_and_through_yield_from(run_program, final):
    result = run_program("iterators.yield_and_return", ROUNDS=5, PAUSE=0)

    assert final(result, "yielded") == [1, 2, 3, 4, 5]
    for name in ("returned", "passed_on"):
        assert result["watched"][name] == {"final": 15, "expected": 15}
    assert "a for loop sees [1, 2, 3, 4, 5] and no 15" in result["output"]


def test_a_generator_keeps_its_line_and_locals_between_two_calls(run_program):
    lines = run_program("iterators.yield_and_return", ROUNDS=3, PAUSE=0)["output"].splitlines()

    assert "GEN_CREATED" in lines[0]
    suspended = [line for line in lines if "GEN_SUSPENDED at line" in line]
    places = {line.split("at line ")[1].split()[0] for line in suspended}
    assert len(places) == 1
    assert [line.split("with ")[1] for line in suspended] == [
        f"{{'last': 3, 'total': {total}, 'number': {number}}}" for number, total in [(1, 1), (2, 3), (3, 6)]
    ]
    assert "GEN_CLOSED" in lines[4]


def test_values_sent_in_come_out_as_balances(run_program, final):
    result = run_program("iterators.send", ROUNDS=3, PAUSE=0)

    assert final(result, "sent") == [None, 10, 20, 30]
    assert final(result, "got") == [0, 10, 30, 60]
    assert result["watched"]["balance"] == {"final": 60, "expected": 60}
    assert "next() is send(None): got 60 again" in result["output"]
    assert result["output"].endswith("account: closed\n")


def test_the_first_value_sent_must_be_none(run_program, final):
    result = run_program("iterators.send", ROUNDS=1, PAUSE=0)

    assert final(result, "refused") == "TypeError: can't send non-None value to a just-started generator"
