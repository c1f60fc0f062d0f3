"""A benchmark by itself: its words on the command line, its figures as rows or in a file."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from tests.benchmarks.figure import Figure, to_line
from tests.benchmarks.table import figure_row


def alone(figures: Callable[..., Iterator[Figure]], **words: Callable[[str], Any]) -> None:
    """Measure and print; *words* are those of the command line that figures() takes by name, and how each is read."""
    name = Path(sys.argv[0]).stem
    parser = argparse.ArgumentParser(prog=f"python -m tests.benchmarks.{name}")
    parser.add_argument("--quick", action="store_true", help="fewer repeats, shorter stretches")
    parser.add_argument("--figures", type=Path, metavar="FILE", help="write the figures there, a line of JSON each")
    for word, read in words.items():
        parser.add_argument(word, nargs="?", type=read)
    given = {key: value for key, value in vars(parser.parse_args()).items() if value is not None}
    quick, path = given.pop("quick"), given.pop("figures", None)
    for figure in figures(quick, **given):
        if path is None:
            print(figure_row(name, figure), flush=True)
        else:
            with path.open("a", encoding="utf-8") as file:
                file.write(to_line(figure))
