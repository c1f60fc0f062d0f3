"""The map of CONTRIBUTING.md shows files that there are."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def test_that_every_station_of_the_two_ways_is_a_file():
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    (drawn,) = re.findall(r"```text\n(an event.*?)```", text, re.S)
    stations = re.findall(r"\b(\d+) ([a-z]+/[a-z_/]+)\b", drawn)
    assert len(stations) == 19 and all(1 <= int(number) <= 10 for number, _ in stations)
    assert [path for _, path in stations if not (ROOT / "concsim" / f"{path}.py").is_file()] == []
