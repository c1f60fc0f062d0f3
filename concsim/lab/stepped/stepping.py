"""The lab while it steps: the engine's log goes to the channel, and orders for it come from the command pipe.

Needs greenlet, and the Python that the window runs on.
"""

from __future__ import annotations

import atexit
import os
import re
import select
import sys
from collections import deque
from typing import Deque, Optional

from concsim.engine.actor import Halt, Scheduler
from concsim.engine.deadlocks import Deadlocks
from concsim.engine.execution import Ended, Engine
from concsim.engine.exploring import Exploring
from concsim.engine.schedulers.asking import Asking, offer
from concsim.engine.schedulers.replay import Replay
from concsim.engine.watching import Watching
from concsim.engine.world import World
from concsim.lab.running.auditing import Hooks
from concsim.lab.running.ending import End, end_with
from concsim.lab.running.interrupts import Interrupts
from concsim.lab.running.shown_errors import ShownErrors
from concsim.lab.stepped.channel_sink import ChannelSink
from concsim.lab.stepped.looking import Looking
from concsim.lab.stepped.making import make_engine, make_named, text_reader
from concsim.lab.wire import originals
from concsim.lab.wire.channel import Channel
from concsim.lab.wire.commands import Commands
from concsim.model.events import STEP_NS, ChoiceOffered, Remark
from concsim.model.orders import Choose, Every, Order, Person, Replayed, Scheduling, StepProgram, Stop

THREADS = re.compile(r"\b(threading|_thread|concurrent)\b")
STALL_NS = 800_000_000
LONGEST_STALL_NS = 10_000_000_000
LOOK_SECONDS = 0.25
DRAIN_SECONDS = 10.0


class SteppingHost:
    """One stepped run of one program."""

    def __init__(self, channel: Channel, commands: Commands) -> None:
        self._channel, self._commands = channel, commands
        self._orders: Deque[Choose] = deque()
        self._sink = ChannelSink(channel)
        self._bell = originals.allocate_lock()
        self._bell.acquire()
        self._waiting = True
        self._closing = False

    def run(self, order: StepProgram) -> End:
        """Step a program; how the interpreter is to end."""
        self._order, scheduling = order, order.scheduling
        self._alone = not isinstance(scheduling, Person)
        named, problem = make_named(scheduling)  # before the program's modules can be found: it may import some of the same name
        self._engine = self._make_engine()
        hooks = Hooks()
        hooks.patch()
        Interrupts().patch()
        ShownErrors().install()
        self._engine.world.on_forget.append(hooks.forget)
        atexit.register(self._last_words)
        originals.start_new_thread(self._listen, ())
        if isinstance(scheduling, Every):
            self._explore(scheduling)
            return End()
        if problem is not None:
            self._channel.send_record(problem)
            return End()
        scheduler = named or self._make_scheduler(scheduling)
        self._waiting = False
        ended = self._engine.execute(scheduler)
        self._waiting = True
        self._report(ended)
        return end_with(ended.status)

    def _make_engine(self) -> Engine:
        spec = self._order.spec
        engine = make_engine(self._order, self._sink)
        self._watching = Watching(engine, spec.get("watch", {}))
        self._deadlocks = Deadlocks(engine)
        if self._order.limit_steps:
            engine.world.limit = self._order.limit_steps * STEP_NS
        sys.stdin = text_reader(engine)
        return engine

    def _make_scheduler(self, asked: Optional[Scheduling]) -> Scheduler:
        if isinstance(asked, Replayed):
            return Replay(asked.choices)
        assert isinstance(asked, Person)
        # where threads are to come, what main does alone before them is no choice
        alone = asked.after is None and THREADS.search(self._engine.source) is not None
        person = Asking(self._ask, asked.seed, to_first_thread=alone)
        self._looking = Looking(person if asked.after is None else Replay(asked.after, person), self._engine, self._watching)
        return self._looking

    # orders

    def _ask(self, offered: ChoiceOffered) -> Choose:
        """Show what can be chosen and wait for an order, however long that takes."""
        self._watching.look()
        self._looking.begin_stretch()
        self._engine.recorder.send(offered)
        self._waiting = True
        self._channel.wait_for_room(0)  # nobody writes on while the main thread sleeps
        while not self._orders:
            self._bell.acquire()
        self._waiting = False
        return self._orders.popleft()

    def _listen(self) -> None:
        """The lab's own thread: takes commands, and notices a program that never comes to an operation."""
        seen, since, said = (-1, -1), originals.monotonic_ns(), False
        while not self._closing:
            ready = self._commands.has_more or select.select([self._commands.fd], [], [], LOOK_SECONDS)[0]
            if ready:
                command = self._commands.next()
                if command is None or not self._obey(command):
                    return
            now, at = originals.monotonic_ns(), (self._engine.executions, self._engine.world.time)
            if at != seen or self._waiting or self._sink.waits:
                seen, since, said = at, now, False
            elif now - since > STALL_NS and not said:
                said = True
                self._say_stalled()
            elif self._alone and now - since > LONGEST_STALL_NS:
                self._give_up()

    def _obey(self, order: Order) -> bool:
        if isinstance(order, Choose):
            self._orders.append(order)
            if self._bell.locked():
                self._bell.release()
        elif isinstance(order, Stop):
            self._channel.drain(0.2)
            os._exit(0)
        return True

    def _give_up(self) -> None:
        """Nobody sits before the window to press Stop."""
        seconds = LONGEST_STALL_NS // 1_000_000_000
        self._channel.send_record(Remark(self._engine.world.time, "stalled", {"seconds": seconds}))
        self._channel.drain(DRAIN_SECONDS)
        os._exit(0)

    def _say_stalled(self) -> None:
        world, places = self._engine.world, self._engine.places
        frame = next((one for one in map(places.own_frame, originals.current_frames().values()) if one is not None), None)
        name = world.current.name if world.current is not None else "?"
        values = {"actor": name, "line": frame.f_lineno if frame is not None else 0}
        self._channel.send_record(Remark(world.time, "no_visible_operation", values))

    # the end

    def _report(self, ended: Ended) -> None:
        """Say how it ended."""
        world = self._engine.world
        if ended.outcome in ("deadlock", "livelock"):
            self._deadlocks.report_all()
            self._say_spinning(world)
        elif ended.halt is not None:
            self._say_halted(ended.halt)
        self._watching.look(final=True)
        self._engine.recorder.send(offer(world, world.ready, ended=True))

    def _say_spinning(self, world: World) -> None:
        spinning = [one.name for one in world.actors if world.spinning.spins(one)]
        if spinning:
            self._engine.recorder.send(Remark(world.time, "livelock", {"actors": ", ".join(spinning)}))

    def _say_halted(self, halt: Halt) -> None:
        values = dict(halt.values)
        if "path" in values:
            values["path"] = os.path.basename(values["path"])
        code = {"limit": "step_limit"}.get(halt.why, halt.why)
        values.setdefault("steps", self._engine.world.step)
        self._engine.recorder.send(Remark(self._engine.world.time, code, values))

    def _explore(self, asked: Every) -> None:
        self._waiting = False
        exploring = Exploring(self._engine, self._watching, self._order.expected, asked)
        exploring.run(self._channel.send_record)
        self._engine.recorder.on = True
        if exploring.refused is not None:
            self._say_halted(exploring.refused)
        self._waiting = True

    def _last_words(self) -> None:
        self._closing = True
        self._channel.drain(DRAIN_SECONDS)
