"""Baseline for executions: two greenlets that do nothing but switch to each other.

Prints microseconds per switch. Run as: python greenlet_switch.py [SWITCHES]
"""

import sys
import time

import greenlet

SWITCHES = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000


def bounce():
    while True:
        home.switch()


home = greenlet.getcurrent()
other = greenlet.greenlet(bounce)
began = time.process_time()
for _ in range(SWITCHES // 2):
    other.switch()
print(f"{(time.process_time() - began) / SWITCHES * 1e6:.4f}")
