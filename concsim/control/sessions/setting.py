"""How a session runs: what a person, or the command line, has chosen."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from concsim.model.orders import Person, Scheduling

NOTHING = subprocess.DEVNULL
MOST_PROCESSES = 256
"""How many processes a run may have at once where nobody says."""
LARGEST_LIMIT = 100_000
"""How many anybody may say."""
RECORDING_MB = 1_000
"""Megabytes that a recording may have, where nobody says, before what is older in it is thinned."""
MOST_MB = 1_000_000
"""How many anybody may say."""


@dataclass(frozen=True)
class StepOrder:
    """How a stepped run is scheduled; nobody decides in one that is recorded line by line."""

    model: str = "gil"
    scheduling: Scheduling | None = field(default_factory=Person)
    seed: int = 0
    limit_steps: int = 0
    expected: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Setting:
    """How a session runs: parameters, the Python, and when it ends by itself."""

    parameters: Mapping[str, Any] = field(default_factory=dict)
    python: str = ""
    repeat: bool = False
    limit: float | None = None
    end_on_deadlock: bool = False
    stdin: int | None = None
    """What the program reads: a terminal's descriptor, or `NOTHING`; None where `Session.write_input` gives it lines."""
    step: StepOrder | None = None
    processes: int = MOST_PROCESSES
    """How many processes a run may have at once."""
    recording_mb: int = RECORDING_MB
    """Megabytes of the recording; beyond them only some moments of what is older are kept."""
    plan: tuple[Mapping[str, Any], ...] = ()
    """Parameters of the rounds to come, for a sweep; the session ends after them."""
