"""Fifty million events through the bridge, and 200 starts and stops: what the window's process grows by and keeps.

Run as: python -m tests.benchmarks.endurance [EVENTS] [CYCLES]
"""

from __future__ import annotations

import sys
import threading
import time

import psutil
from PySide6.QtCore import QTimer

from tests.benchmarks.bridge import Bridge
from tests.benchmarks.measuring import process_until

MEGABYTE = 1 << 20


def events(bridge: Bridge, wanted: int) -> float:
    """Megabytes that the window grows by while *wanted* events are folded and shown."""
    run, me = bridge.stage.run, psutil.Process()
    assert bridge.stage.program is not None
    values = {**bridge.stage.program.defaults(), "RATE": 1_200_000, "SECONDS": 3600.0}
    session, path = bridge.built.launcher.make_session(bridge.stage.program, values, False)
    run.start(session, path)
    process_until(lambda: run.state.count > wanted // 50, 600)
    before, began = me.memory_info().rss, time.monotonic()
    process_until(lambda: run.state.count > wanted, 3600)
    grown = (me.memory_info().rss - before) / MEGABYTE
    rate = run.state.count / (time.monotonic() - began)
    print(f"  {run.state.count:,} events, {rate:,.0f}/s, {run.state.uncounted:,} only counted", flush=True)
    bridge.stage.stop()
    process_until(lambda: not run.running)
    return grown


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


def main() -> None:
    """Print both."""
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 50_000_000
    cycles = int(sys.argv[2]) if len(sys.argv) > 2 else 200
    bridge = Bridge()
    for _ in range(3):
        cycle(bridge)
    before = kept(bridge)
    for _ in range(cycles):
        cycle(bridge)
    settled = process_until(lambda: all(now <= before[name] for name, now in kept(bridge).items()), 10)
    print(f"endurance: {cycles} starts and stops keep {'nothing' if settled else kept(bridge)} (before: {before})", flush=True)
    grown = events(bridge, wanted)
    print(f"endurance: ratio {grown / 200:.2f} of the limit, grown by {grown:.0f} MB (to reach: at most 200)", flush=True)
    bridge.built.close()


if __name__ == "__main__":
    main()
