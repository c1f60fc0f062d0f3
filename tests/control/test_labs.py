"""The spare lab is there to be given out."""

from __future__ import annotations

from concsim.control.labs.labs import Labs
from tests.control.test_stop import until


def test_that_the_lab_that_was_warmed_is_the_one_given_out() -> None:
    labs = Labs()
    labs.warm()
    spare = labs._spare
    assert spare is not None
    until(lambda: not spare.waits or spare.is_up)  # its supervisor has said that it is up
    given = labs.take()
    assert given is spare
    given.close()
    labs.close()


def test_that_a_spare_that_has_gone_is_not_given_out() -> None:
    labs = Labs()
    labs.warm()
    spare = labs._spare
    assert spare is not None
    spare._process.kill()
    until(lambda: not spare.waits)
    given = labs.take()
    assert given is not spare
    given.close()
    labs.close()
