"""The one table of all benchmarks: each figure beside the figure to reach."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from tests.benchmarks.figure import Figure


@dataclass(frozen=True)
class Outcome:
    """The figures of a benchmark, and what kept it from giving all of them."""

    benchmark: str
    figures: Sequence[Figure] = field(default_factory=list)
    trouble: str = ""


def row(name: str, reached: str, to_reach: str, word: str) -> str:
    """A row; its columns do not depend on the other rows, so a benchmark can print its own as they come."""
    return f"{name:<64} {reached:>14}   {to_reach:<20} {word}".rstrip()


def figure_row(benchmark: str, figure: Figure) -> str:
    """The row of a figure."""
    return row(f"{benchmark}: {figure.name}", figure.reached, figure.to_reach, figure.word)


def _rows(outcome: Outcome) -> Iterator[str]:
    for figure in outcome.figures:
        yield figure_row(outcome.benchmark, figure)
    if outcome.trouble:
        yield row(outcome.benchmark, "-", "-", outcome.trouble)


def table(outcomes: Sequence[Outcome], quick: bool) -> str:
    """All rows under their heads, and below them what the quick form is."""
    lines = [row("benchmark", "figure", "to reach", "")]
    for outcome in outcomes:
        lines.extend(_rows(outcome))
    if quick:
        lines.append(_quick_line(outcomes))
    return "\n".join(lines)


def _quick_line(outcomes: Sequence[Outcome]) -> str:
    left_out = [f"{one.benchmark}: {figure.name}" for one in outcomes for figure in one.figures if figure.value is None]
    said = f"; left out: {', '.join(left_out)}" if left_out else ""
    return f"Quick: fewer repeats and shorter stretches, so a figure near its limit says little{said}."
