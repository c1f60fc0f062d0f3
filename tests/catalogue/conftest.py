"""Run a scenario the way a person does on the command line."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
EXIT_STATUS = {"finished": 0, "failed": 1, "deadlock": 3, "limit": 4}


@pytest.fixture
def run_program():
    """Run the scenario *id* with these parameters; its JSON as a dict."""

    def run(id, limit=30, **parameters):
        command = [sys.executable, "-m", "concsim", "run", id, "--limit", str(limit), "--json"]
        for name, value in parameters.items():
            command += ["--set", f"{name}={str(value).lower() if isinstance(value, bool) else value}"]
        done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, timeout=limit + 60)
        assert done.stdout, done.stderr
        print(done.stdout)  # told if the test fails: a run that was stuck once may not be again
        result = json.loads(done.stdout)
        assert done.returncode == EXIT_STATUS[result["outcome"]]
        return result

    return run


@pytest.fixture
def final():
    """The final value of a watched global in a result."""
    return lambda result, name: result["watched"][name]["final"]


@pytest.fixture(params=["fork", "spawn", "forkserver"])
def start_method(request):
    """Each way to start a process."""
    return request.param


@pytest.fixture
def soon():
    """Whether *holds* does within a few tries: for times that something else on the machine may spoil once."""
    return lambda holds, tries=4: any(holds() for _ in range(tries))
