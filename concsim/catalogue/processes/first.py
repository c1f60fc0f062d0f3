# /// concsim
# title = { en = "A first process", zh = "第一个进程" }
# topic = "processes"
# order = 20
# blurb = { en = "Parent and child at work at the same time", zh = "父进程和子进程同时干活" }
# watch = { together = "" }
# views = ["lanes", "tree", "code"]
# summary.en = "Parent and child were both at work for {together:.2f} s."
# summary.zh = "父进程和子进程同时在干活的时间有 {together:.2f} 秒。"
# [parameters.ROUNDS]
# label = { en = "lines each", zh = "各印几行" }
# min = 1
# max = 20
# step = 1
# [parameters.PAUSE]
# label = { en = "from line to line", zh = "每行间隔" }
# min = 0
# max = 2
# step = 0.1
# unit = "s"
# [parameters.START]
# label = { en = "start method", zh = "启动方式" }
# choices = ["fork", "spawn", "forkserver"]
# [expect]
# live = "finishes"
# ///
"""A parent starts a child; both print in their own time."""

import multiprocessing
import os
import time

ROUNDS = 5
PAUSE = 0.5
START = "fork"

together = 0.0


def print_lines(who):
    """Print and pause; from when to when."""
    began = time.monotonic()
    for number in range(1, ROUNDS + 1):
        print(f"{who}, pid {os.getpid()}: line {number}", flush=True)
        time.sleep(PAUSE)
    return began, time.monotonic()


def be_a_child(times):
    times[:] = print_lines("child")


def main():
    global together
    context = multiprocessing.get_context(START)
    times = context.Array("d", 2)
    child = context.Process(target=be_a_child, args=(times,), name="child")
    child.start()
    began, ended = print_lines("parent")
    child.join()
    together = max(0.0, min(ended, times[1]) - max(began, times[0]))
    print(f"both were at work for {together:.2f} s")


if __name__ == "__main__":
    main()
