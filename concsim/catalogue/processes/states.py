# /// concsim
# title = { en = "Ready, running, waiting", zh = "就绪、执行、等待" }
# topic = "processes"
# order = 10
# blurb = { en = "More processes than cores, some computing, some sleeping", zh = "进程比核多，有的在算，有的在睡" }
# watch = { cpu_seconds = "", elapsed = "", cores = "" }
# charts = [{ kind = "bars", of = "cpu_seconds" }]
# views = ["states", "lanes", "code"]
# summary.en = "In {elapsed:.1f} s on {cores} {cores:core|cores} nobody can compute for more than {elapsed:.1f} s, nor all together for more than {cores} × {elapsed:.1f} s."
# summary.zh = "{cores} 个核、{elapsed:.1f} 秒：一个进程最多算 {elapsed:.1f} 秒，合起来最多 {cores} × {elapsed:.1f} 秒。"
# [parameters.EXTRA]
# label = { en = "computing processes beyond the number of cores", zh = "计算的进程比核多几个" }
# min = 0
# max = 8
# step = 1
# [parameters.SLEEPING]
# label = { en = "sleeping processes", zh = "睡觉的进程" }
# min = 0
# max = 8
# step = 1
# [parameters.SECONDS]
# label = { en = "how long", zh = "多久" }
# min = 0.2
# max = 20
# step = 0.2
# unit = "s"
# [parameters.NAP]
# label = { en = "one nap", zh = "一觉多长" }
# min = 0.05
# max = 2
# step = 0.05
# unit = "s"
# [parameters.START]
# label = { en = "start method", zh = "启动方式" }
# choices = ["fork", "spawn", "forkserver"]
# [expect]
# live = "finishes"
# ///
"""More processes than cores: a computing one is running or ready, a sleeping one is waiting."""

import multiprocessing
import os
import time

EXTRA = 2
SLEEPING = 2
SECONDS = 4.0
NAP = 0.5
START = "fork"

cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
cpu_seconds = {}  # how long each process has had a core
elapsed = 0.0


def compute_until(end):
    while time.monotonic() < end:
        pass


def sleep_until(end):
    while time.monotonic() < end:
        time.sleep(NAP)


def live(way, slot, used):
    had = time.process_time()  # to start up has taken some already
    way(time.monotonic() + SECONDS)
    used[slot] = time.process_time() - had


def main():
    global elapsed
    context = multiprocessing.get_context(START)
    ways = [(compute_until, f"computing-{number + 1}") for number in range(cores + EXTRA)]
    ways += [(sleep_until, f"sleeping-{number + 1}") for number in range(SLEEPING)]
    used = context.Array("d", len(ways), lock=False)
    processes = [context.Process(target=live, args=(way, slot, used), name=name) for slot, (way, name) in enumerate(ways)]
    print(f"{cores} cores, {cores + EXTRA} computing processes, {SLEEPING} sleeping ones")
    began = time.monotonic()
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    elapsed = time.monotonic() - began
    for process, seconds in zip(processes, used):
        cpu_seconds[process.name] = round(seconds, 4)
        print(f"{process.name}, pid {process.pid}: had a core for {seconds:.2f} of {SECONDS:.2f} s")
    print(f"together {sum(used):.2f} s; {cores} cores have no more than {cores * elapsed:.2f} s to give")


if __name__ == "__main__":
    main()
