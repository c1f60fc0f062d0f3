"""What stays on the screen while another run repeats its first steps."""

from __future__ import annotations

from dataclasses import dataclass

from concsim.model.events import STEP_NS
from concsim.model.folding.history import History
from concsim.model.folding.state import State
from concsim.model.folding.step_log import StepLog


@dataclass(frozen=True)
class Held:
    """The run that was shown, as it was shown. The other repeats *until* steps."""

    state: State
    last_state: State
    history: History
    steps: StepLog
    until: int

    @property
    def moment(self) -> int:
        """The moment from which the other run goes another way."""
        return self.until * STEP_NS

    def is_caught_up(self, now: State) -> bool:
        """Whether the other run, which is at *now*, asks again."""
        return now.offer is not None and now.offer.step >= self.until
