"""The primitives that the lab uses for itself, taken before the program runs.

Whatever a program does to ``threading``, ``time`` or ``os`` later (``monkey.patch_all()`` included), the lab keeps these.
"""

from __future__ import annotations

import _thread
import os
import sys
import time
from types import FrameType
from typing import Optional

get_ident = _thread.get_ident
get_native_id = _thread.get_native_id
allocate_lock = _thread.allocate_lock
start_new_thread = _thread.start_new_thread
make_rlock = _thread.RLock
make_local = _thread._local
monotonic_ns = time.monotonic_ns
thread_time = time.thread_time
sleep = time.sleep
write = os.write
close = os.close
read = os.read
getpid = os.getpid
quick_exit = os._exit
current_frames = sys._current_frames
quick_getframe = sys._getframe


def getframe(depth: int) -> Optional[FrameType]:
    """The frame so many calls above the caller's; None where C calls with no Python frame above (``atexit``, say)."""
    try:
        return quick_getframe(depth + 1)
    except ValueError:
        return None
