"""A real interpreter made to pause wherever it looks whether to let go of the GIL: what a program can come to there.

The switch interval is huge, so that the GIL changes hands only where a thread blocks; `pausing_runner` sleeps at random, in front of
an instruction that follows one with such a look: the entry of a function, a loop's back edge, a call of what is no Python function.
What a few hundred runs show is possible; what they do not show is likely not, which is no proof.
"""

from __future__ import annotations

import json
import subprocess
import sys
import textwrap
from collections.abc import Sequence
from pathlib import Path

RUNNER = Path(__file__).with_name("pausing_runner.py")


def all_paused_outcomes(sources: Sequence[str], python: str = "", runs: int = 150, seed: int = 1) -> list[set[str]]:
    """What runs of each of *sources* end with: the exceptions, by name and joined; "" for a run that ends well.

    A program's global ``result`` is joined to them. *python* is a path, this interpreter's own if it is "".
    """
    given = json.dumps([[textwrap.dedent(one) for one in sources], runs, seed])
    done = subprocess.run([python or sys.executable, RUNNER], input=given, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    return [set(found) for found in json.loads(done.stdout.splitlines()[-1])]


def paused_outcomes(source: str, runs: int = 150, seed: int = 1) -> set[str]:
    """The same of one, by this interpreter."""
    return all_paused_outcomes([source], runs=runs, seed=seed)[0]
