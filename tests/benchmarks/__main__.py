"""All benchmarks, one after the other, and one table of their figures: python -m tests.benchmarks [NAME…] [--quick]"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.benchmarks.running import benchmarks, measure
from tests.benchmarks.table import Outcome, table

WHOLE_SECONDS = 3_600.0
"""The limit of each in the whole form."""
QUICK_SECONDS = 75.0
"""The limit of each in the quick form."""
ALL_QUICK_SECONDS = 290.0
"""The limit of all together in the quick form."""


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description="Print each figure beside the figure to reach.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"those to run, else all: {', '.join(benchmarks())}")
    parser.add_argument("--quick", action="store_true", help="a coarser table within five minutes")
    arguments = parser.parse_args()
    unknown = [one for one in arguments.names if one not in benchmarks()]
    if unknown:
        parser.error(f"there is no benchmark {', '.join(unknown)}; there are {', '.join(benchmarks())}")
    return arguments


def _outcomes(names: Sequence[str], quick: bool, folder: Path) -> Iterator[Outcome]:
    end = time.monotonic() + ALL_QUICK_SECONDS
    for name in names:
        print(f"== {name}", file=sys.stderr, flush=True)
        seconds = min(QUICK_SECONDS, end - time.monotonic()) if quick else WHOLE_SECONDS
        yield measure(name, quick, seconds, folder) if seconds > 0 else Outcome(name, trouble="no time left for it")


def main() -> int:
    """Run those named, or all. A missed figure is told in the table; the status tells that one did not give its figures."""
    arguments = _arguments()
    with tempfile.TemporaryDirectory(prefix="concsim-figures-", ignore_cleanup_errors=True) as folder:
        outcomes = list(_outcomes(arguments.names or benchmarks(), arguments.quick, Path(folder)))
    print(table(outcomes, arguments.quick))
    return 1 if any(one.trouble for one in outcomes) else 0


if __name__ == "__main__":
    sys.exit(main())
