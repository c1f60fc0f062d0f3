"""The lab while it records line by line: the live host with a clock that counts lines, and no sampler."""

from __future__ import annotations

from typing import Any, Dict, Optional

from concsim.lab.observers.coroutines.coroutines import Coroutines
from concsim.lab.running.host import Host
from concsim.lab.stepped.line_recorder import LineRecorder, StepClock
from concsim.lab.stepped.stall_watch import PERIOD, StallWatch
from concsim.lab.wire import originals
from concsim.lab.wire.channel import Channel
from concsim.lab.wire.commands import Commands
from concsim.lab.wire.own_threads import OwnThreads


class ListenerOnly(OwnThreads):
    """The sampler looks when a line is recorded, not in a thread of its own."""

    def start(self) -> None:
        """Start the listener."""
        self._start_listener()


class LineHost(Host):
    """One recorded run of one program."""

    def __init__(self, channel: Channel, commands: Commands, limit_steps: int) -> None:
        super().__init__(channel, commands)
        self._limit_steps = limit_steps
        self._clock = StepClock()
        self._clock.install()

    def _set_up(self, spec: Dict[str, Any]) -> None:
        super()._set_up(spec)
        self.threads = ListenerOnly(self.observing.sampler, self._commands, self._obey)
        self.threads.on_idle = StallWatch(self._clock, self.things, originals.get_ident()).look
        self.threads.idle_period = PERIOD
        self._recorder = LineRecorder(self.observing, self._clock, self.observers.part(Coroutines), self._limit_steps)

    def _launch_program(self) -> Optional[BaseException]:
        self._recorder.start()
        try:
            return super()._launch_program()
        finally:
            self._recorder.stop()
