"""Fifty million events through the bridge, and 200 starts and stops: what the window's process grows by and keeps.

Run as: python -m tests.benchmarks.endurance [EVENTS] [CYCLES]
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import psutil
from PySide6.QtCore import QTimer

from tests.benchmarks.alone import alone
from tests.benchmarks.bridge import Bridge
from tests.benchmarks.figure import Figure
from tests.benchmarks.measuring import process_until, say

MEGABYTE = 1 << 20
EVENTS = 50_000_000
CYCLES = 200
QUICK_CYCLES = 20


def grown(bridge: Bridge, wanted: int) -> float:
    """Megabytes that the window grows by while *wanted* events are folded and shown."""
    run, me = bridge.stage.run, psutil.Process()
    assert bridge.stage.program is not None
    values = {**bridge.stage.program.defaults(), "RATE": 1_200_000, "SECONDS": 3600.0}
    session, path = bridge.built.launcher.make_session(bridge.stage.program, values, False)
    run.start(session, path)
    process_until(lambda: run.state.count > wanted // 50, 600)
    before, began = me.memory_info().rss, time.monotonic()
    process_until(lambda: run.state.count > wanted, 3600)
    megabytes = (me.memory_info().rss - before) / MEGABYTE
    rate = run.state.count / (time.monotonic() - began)
    say(f"{run.state.count:,} events, {rate:,.0f}/s, {run.state.uncounted:,} only counted")
    bridge.stage.stop()
    process_until(lambda: not run.running)
    return megabytes


def kept(bridge: Bridge) -> dict[str, int]:
    """What a leak would raise."""
    me = psutil.Process()
    return {
        "processes": len(me.children(recursive=True)),
        "threads": threading.active_count(),
        "files": me.num_fds(),
        "timers": sum(timer.isActive() for timer in bridge.built.window.findChildren(QTimer)),
    }


def cycle(bridge: Bridge) -> None:
    """Start and stop once."""
    run = bridge.stage.run
    bridge.stage.start()
    process_until(lambda: run.state.count > 0)
    bridge.stage.stop()
    process_until(lambda: not run.running)


def leaked(bridge: Bridge, cycles: int) -> int:
    """How many processes, threads, files and timers are more than before after so many starts and stops."""
    for _ in range(3):
        cycle(bridge)
    before = kept(bridge)
    for _ in range(cycles):
        cycle(bridge)
    process_until(lambda: all(now <= before[name] for name, now in kept(bridge).items()), 10)
    after = kept(bridge)
    say(f"{cycles} starts and stops: {after} (before: {before})")
    return sum(max(0, now - before[name]) for name, now in after.items())


def figures(quick: bool, events: int = EVENTS, cycles: int = 0) -> Iterator[Figure]:
    """Both; the quick form starts and stops less often, and leaves out the events."""
    bridge = Bridge()
    cycles = cycles or (QUICK_CYCLES if quick else CYCLES)
    yield Figure(f"things that {cycles} starts and stops leave", leaked(bridge, cycles), "things", "at most", 0)
    megabytes = None if quick else grown(bridge, events)
    yield Figure(f"growth over {events:,} events", megabytes, "MB", "at most", 200)
    bridge.built.close()


if __name__ == "__main__":
    alone(figures, events=int, cycles=int)
