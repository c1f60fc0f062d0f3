"""Runs a pytest command; a test that failed is run once more, alone.

``python .ci/tests.py FLAKY_FILE PYTHON COMMAND``: COMMAND is a line of shell that runs pytest, PYTHON the interpreter that runs a
test again. A test that passes then is *flaky*: its name is added to FLAKY_FILE and the run goes on. One that fails
again, too many at once, or a pytest that did not get as far as its tests fails the run.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

LAST_FAILED = Path(".pytest_cache/v/cache/lastfailed")
TESTS_FAILED = 1
MOST = 20
"""So many failures are no accident."""


def failed_tests() -> list[str]:
    """The ids of the tests that failed last, as pytest keeps them."""
    try:
        return list(json.loads(LAST_FAILED.read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return []


def passes_alone(python: str, test: str) -> bool:
    """Whether one test passes in a pytest of its own."""
    print(f"\n-- once more, alone: {test}", flush=True)
    # of a test that is marked long the command's own choice of marks must not be heard
    return subprocess.run([python, "-m", "pytest", "-q", "-p", "no:cacheprovider", test]).returncode == 0


def main(flaky_file: str, python: str, command: str) -> int:
    """The exit status: 0 where every test passed, at the latest the second time."""
    LAST_FAILED.unlink(missing_ok=True)
    status = subprocess.run(["bash", "-euo", "pipefail", "-c", command]).returncode
    failed = failed_tests()
    if status != TESTS_FAILED or not 0 < len(failed) <= MOST:
        return status
    flaky = [test for test in failed if passes_alone(python, test)]
    with Path(flaky_file).open("a", encoding="utf-8") as file:
        file.writelines(f"{test}\n" for test in flaky)
    return 0 if len(flaky) == len(failed) else TESTS_FAILED


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
