"""Baseline for the engine: two greenlets in turn, hooks placed by hand before each read and write, nothing recorded.

Prints microseconds per step. Run as: python bare_greenlets.py [STEPS]
"""

import sys
import time

import greenlet

STEPS = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
total = 0
steps = 0
turn = 0
workers = []


def hook():
    global steps, turn
    steps += 1
    turn = (turn + 1) % len(workers)
    workers[turn].switch()


def work(rounds):
    global total
    for _ in range(rounds):
        hook()
        seen = total
        hook()
        total = seen + 1


workers += [greenlet.greenlet(lambda: work(STEPS // 4)) for _ in range(2)]
began = time.perf_counter()
workers[0].switch()
took = time.perf_counter() - began
print(f"{took / steps * 1e6:.4f}")
