"""The truth to hold of the overview's scenarios that need no process."""


def test_sing_and_dance_together_take_the_longer_part_and_apart_the_sum(run_program, final):
    result = run_program("overview.sing_and_dance", TIMES=3, SING_PAUSE=0.3, DANCE_PAUSE=0.3)

    assert result["outcome"] == "finished"
    seconds = final(result, "seconds")
    assert seconds["one after the other"] >= 1.8
    assert seconds["together"] >= 0.9
    assert seconds["together"] < 0.8 * seconds["one after the other"]


def test_sing_and_dance_prints_every_verse_and_step_both_times(run_program):
    output = run_program("overview.sing_and_dance", TIMES=2, SING_PAUSE=0.01, DANCE_PAUSE=0.01)["output"]

    for line in ("singing verse 1", "singing verse 2", "dancing step 1", "dancing step 2"):
        assert output.count(line) == 2


def test_sing_and_dance_has_a_thread_for_each_part(run_program):
    result = run_program("overview.sing_and_dance", TIMES=1, SING_PAUSE=0.01, DANCE_PAUSE=0.01)

    assert {actor["name"] for actor in result["actors"]} >= {"singer", "dancer"}
