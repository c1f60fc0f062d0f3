"""The truth to hold of the scenario about pools of threads."""


def test_results_of_a_pool_of_threads_are_in_the_order_of_the_tasks(run_program, final):
    result = run_program("pools.threads", PAUSE=0.1)

    assert result["outcome"] == "finished"
    assert result["watched"]["in_order"] == {"final": 9, "expected": 9}
    assert sorted(final(result, "done")) == list(range(9))


def test_a_pool_of_threads_has_no_more_threads_than_workers(run_program):
    result = run_program("pools.threads", WORKERS=2, PAUSE=0.02)

    workers = [actor for actor in result["actors"] if actor["name"].startswith("worker")]
    assert 1 <= len(workers) <= 2


def test_a_full_pool_that_waits_for_itself_is_called_a_deadlock(run_program, final):
    result = run_program("pools.threads", SELF_WAIT=True, PAUSE=0.01)

    assert result["outcome"] == "deadlock"
    assert len(result["deadlock"]) >= 3
    assert final(result, "in_order") == 0
