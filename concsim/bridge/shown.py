"""What a run shows: the state at the moment shown, its history, its lanes. Views read these when told that they changed."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from concsim.bridge.held import Held
from concsim.bridge.scrubber import Scrubber
from concsim.control.sessions.follower import Folding, Follower
from concsim.model.events import ErrorRaised
from concsim.model.folding.crowds import Crowd, Key
from concsim.model.folding.entities import Actor, Process
from concsim.model.folding.history import Arrow, History, Track
from concsim.model.folding.state import State
from concsim.model.folding.step_log import StepLog
from concsim.model.programs.program import Program

if TYPE_CHECKING:
    from concsim.bridge.stored import Stored
    from concsim.control.sessions.session import Session


class Shown:
    """What a run shows. It has the parts: who follows the run, the moment gone to, the run that is held meanwhile."""

    def __init__(self) -> None:
        self.program: Program | None = None
        self.session: Session | None = None
        """What runs; None for a recording that was opened."""
        self.recording_path: Path | None = None
        self._stored: Stored | None = None
        self._held: Held | None = None
        self.scrubber = Scrubber()
        self._errors: tuple[list[ErrorRaised] | None, int, dict[int, ErrorRaised]] = (None, 0, {})
        self._begin(History(), Folding())

    def _begin(self, history: History, folding: Folding, follower: Follower | None = None) -> None:
        """Show another run, or none."""
        self._history, self._folding = history, folding
        self.follower = follower or Follower(State(history), folding)

    @property
    def _newest(self) -> State:
        return self.follower.state

    @property
    def state(self) -> State:
        """The state at the moment shown."""
        if self._held is not None:
            return self._held.state
        return self.scrubber.state or self._newest

    @property
    def history(self) -> History:
        """What views draw over time."""
        return self._history if self._held is None else self._held.history

    @property
    def steps(self) -> StepLog:
        """All steps of a stepped run."""
        return self._folding.steps if self._held is None else self._held.steps

    @property
    def last_state(self) -> State:
        """The state at the newest moment, whatever moment is shown."""
        return self._newest if self._held is None else self._held.last_state

    @property
    def is_exact(self) -> bool:
        """Whether the moment shown is the one asked for: where the recording was thinned it is the last one before."""
        return self.scrubber.is_exact

    @property
    def is_seeking(self) -> bool:
        """Whether the moment that was asked for is still being looked for: what is shown is what was before."""
        return self.scrubber.is_seeking

    @property
    def folds(self) -> int:
        """How many records and batches have been folded: while it stands still, nothing has happened."""
        return self.follower.folds

    @property
    def behind(self) -> int:
        """How many frames of the run are not shown yet."""
        return self.follower.behind

    @property
    def is_stepped(self) -> bool:
        """Whether the run on the screen is a stepped one."""
        if self.session is not None and self.session.setting.step is not None:
            return True
        return bool(self._newest.model)

    @property
    def catching_up(self) -> bool:
        """Whether a run behind the one shown repeats its first steps."""
        return self._held is not None

    @property
    def caught_up(self) -> float:
        """How far a run that repeats another's first steps has come, 1 when it has caught up."""
        return 1.0 if self._held is None else min(len(self._folding.steps) / max(self._held.until, 1), 1.0)

    @property
    def is_live(self) -> bool:
        """Whether the newest moment is shown."""
        return self.scrubber.moment is None

    @property
    def running(self) -> bool:
        """Whether a session is under way."""
        return self.session is not None and self.session.running

    @property
    def moment(self) -> int:
        """The moment shown, in nanoseconds of the recording's clock; while a run goes on, now."""
        if self._held is not None:
            return self._held.moment
        if self.scrubber.moment is not None:
            return self.scrubber.moment
        if self.is_stepped:
            return self._newest.time
        if self.running and self._newest.ended is None:
            return max(self._newest.time, time.monotonic_ns())
        return self._newest.time

    @property
    def began(self) -> int:
        """When the recording began."""
        return self.history.rounds[0].began if self.history.rounds else self._span[0]

    @property
    def newest(self) -> int:
        """The time of the newest event; of a recording that is opened also before it has been folded so far."""
        return max(self.last_state.time, self._span[1])

    @property
    def _span(self) -> tuple[int, int]:
        """The times of the first and the last frame of a recording that was opened."""
        return (0, 0) if self._stored is None else self._stored.span

    @property
    def thinned_until(self) -> int:
        """Before this time only some moments are kept; 0 while all are."""
        if self.session is not None:
            return self.session.recording.thinned_until
        return 0 if self._stored is None else self._stored.thinned_until

    @property
    def round_began(self) -> int:
        """When the round shown began."""
        found = self.history.round_at(self.moment)
        return found.began if found else self.began

    @property
    def round_ended_at(self) -> int:
        """When the round shown ended; the newest moment while it goes on."""
        found = self.history.round_at(self.moment)
        if found is not None and found.ended:
            return found.ended
        return self.moment if self.is_live else max(self._newest.time, self.moment)

    def _lanes_history(self) -> History:
        past = self.scrubber.round.history if self.scrubber.round is not None else None
        return self.history if past is None else past

    @property
    def lanes(self) -> dict[int, Track]:
        """Each actor's states in the round shown, by number."""
        return self._lanes_history().lanes

    @property
    def holding(self) -> dict[int, Track]:
        """How many locks each actor held in the round shown."""
        return self._lanes_history().holding

    @property
    def tasks(self) -> dict[int, Track]:
        """Which pool task each actor worked on in the round shown."""
        return self._lanes_history().tasks

    @property
    def cores(self) -> dict[int, Track]:
        """The core each process or thread was on in the round shown, plus one."""
        return self._lanes_history().cores

    @property
    def os_states(self) -> dict[int, Track]:
        """What the operating system said of each in the round shown: index in ``OS_STATES``, plus one."""
        return self._lanes_history().os_states

    @property
    def arrows(self) -> Sequence[Arrow]:
        """Who handed the thread or a value to whom in the round shown, also after the moment shown; the newest of them."""
        return self._lanes_history().arrows

    @property
    def crowds(self) -> dict[Key, Crowd]:
        """How many actors of each kind and process were in which state; nothing while there are few."""
        return self._lanes_history().crowds.by_key

    @property
    def known_actors(self) -> dict[int, Actor]:
        """Every actor of the round shown, those that begin after the moment shown as well; for names, not states."""
        return self.last_state.actors if self.scrubber.round is None else self.scrubber.round.actors

    @property
    def known_processes(self) -> dict[int, Process]:
        """Every process of the round shown, as it stood last."""
        return self.last_state.processes if self.scrubber.round is None else self.scrubber.round.processes

    @property
    def known_errors(self) -> dict[int, ErrorRaised]:
        """The exception that ended an actor in the round shown, be it after the moment shown, by the actor's number."""
        errors = self.last_state.errors if self.scrubber.round is None else self.scrubber.round.errors
        if self._errors[0] is not errors or self._errors[1] != len(errors):
            self._errors = errors, len(errors), {one.actor: one for one in errors}
        return self._errors[2]
