"""What stays on the screen while another run repeats its first steps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from concsim.model.events import STEP_NS

if TYPE_CHECKING:
    from concsim.bridge.run_model import RunModel


class Held:
    """What stays on the screen while another run repeats its first steps."""

    def __init__(self, run: RunModel, until: int) -> None:
        self.until = until
        self.state, self.newest, self.history, self.steps = run.state, run.last_state, run.history, run.steps
        self.moment = until * STEP_NS
