"""A figure of a benchmark beside the figure to reach, and as a line of JSON: so a benchmark hands it on."""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass
from typing import Literal

Bound = Literal["at most", "at least"]


@dataclass(frozen=True)
class Figure:
    """What was measured; no value if the quick form leaves it out."""

    name: str
    value: float | None
    unit: str
    bound: Bound
    limit: float

    @property
    def met(self) -> bool:
        """Whether it was measured and keeps its limit."""
        if self.value is None:
            return False
        return self.value <= self.limit if self.bound == "at most" else self.value >= self.limit

    @property
    def word(self) -> str:
        """How it stands to its limit."""
        if self.value is None:
            return "left out"
        return "met" if self.met else "MISSED"

    @property
    def reached(self) -> str:
        """The value with its unit."""
        return "-" if self.value is None else f"{number(self.value)} {self.unit}"

    @property
    def to_reach(self) -> str:
        """The limit in words."""
        return f"{self.bound} {number(self.limit)} {self.unit}"


def number(value: float) -> str:
    """A number as it is read: whole ones whole, others with as many places as say something."""
    if value == int(value) or value >= 1_000:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 100 else f"{value:.2f}"


def to_line(figure: Figure) -> str:
    """As a line of JSON."""
    return json.dumps(dataclasses.asdict(figure)) + "\n"


def from_lines(text: str) -> list[Figure]:
    """The figures of a text; a last line that was not written to its end is none."""
    return [Figure(**json.loads(line)) for line in text.splitlines(keepends=True) if line.endswith("\n")]
