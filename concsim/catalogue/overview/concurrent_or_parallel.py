# /// concsim
# title = { en = "Concurrent or parallel?", zh = "并发还是并行？" }
# topic = "overview"
# order = 30
# blurb = { en = "Computing tasks as processes and as threads, on the cores there are", zh = "计算任务做成进程、做成线程，在几个核上跑" }
# watch = { finished_after = "", seconds = "", cores = "" }
# charts = [{ kind = "curves", of = "finished_after", over = "tasks" }, { kind = "bars", of = "seconds" }]
# views = ["cores", "lanes", "code"]
# summary.en = "{TASKS} {TASKS:task|tasks} on {cores} {cores:core|cores} took {seconds[processes]:.2f} s as processes and {seconds[threads]:.2f} s as threads; one alone needs {COMPUTE} s."
# summary.zh = "{cores} 个核上的 {TASKS} 个任务：做成进程用 {seconds[processes]:.2f} 秒，做成线程用 {seconds[threads]:.2f} 秒；单独一个要 {COMPUTE} 秒。"
# [parameters.TASKS]
# label = { en = "up to how many tasks", zh = "最多几个任务" }
# min = 1
# max = 24
# step = 1
# [parameters.COMPUTE]
# label = { en = "one task computes for", zh = "一个任务要算" }
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
"""One computing task, then two at once, then three …: as processes and as threads."""

import multiprocessing
import os
import threading
import time

TASKS = 4
COMPUTE = 0.25
START = "fork"

context = multiprocessing.get_context(START)
finished_after = {"processes": [], "threads": []}  # [tasks at once, seconds until the last had finished]
seconds = {"processes": 0.0, "threads": 0.0}
cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()


def compute(number, gate, began, ended):
    gate.wait()  # all begin at once
    began[number] = time.monotonic()
    enough = time.thread_time() + COMPUTE
    while time.thread_time() < enough:  # until this task has had a core for so long
        pass
    ended[number] = time.monotonic()


def run_at_once(kind, make, make_gate, count):
    gate = make_gate(count)
    began, ended = context.Array("d", count, lock=False), context.Array("d", count, lock=False)
    tasks = [
        make(target=compute, args=(number, gate, began, ended), name=f"{kind}-{number + 1}-of-{count}")
        for number in range(count)
    ]
    for task in tasks:
        task.start()
    for task in tasks:
        task.join()
    return max(ended) - min(began)


def main():
    ways = [("processes", context.Process, context.Barrier), ("threads", threading.Thread, threading.Barrier)]
    print(f"{cores} cores; one task needs {COMPUTE} s of one of them")
    for count in range(1, TASKS + 1):
        for kind, make, make_gate in ways:
            seconds[kind] = run_at_once(kind, make, make_gate, count)
            finished_after[kind].append([count, round(seconds[kind], 4)])
        print(f"{count} at once: {seconds['processes']:.2f} s as processes, {seconds['threads']:.2f} s as threads")


if __name__ == "__main__":
    main()
