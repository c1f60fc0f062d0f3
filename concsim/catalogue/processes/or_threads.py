# /// concsim
# title = { en = "Processes or threads?", zh = "进程还是线程？" }
# topic = "processes"
# order = 60
# blurb = { en = "The same job both ways: time, memory, what is shared, and what a crash takes down", zh = "同一件事两种做法：时间、内存、共享什么、一个崩溃会带倒谁" }
# watch = { counter = "", seconds = "", kilobytes_each = "", counted = "", survivors = "" }
# charts = [{ kind = "bars", of = "seconds" }, { kind = "bars", of = "kilobytes_each" }, { kind = "bars", of = "counted" }, { kind = "bars", of = "survivors" }]
# views = ["lanes", "tree", "code"]
# faults = ["kill_worker"]
# summary.en = "Threads {seconds[threads]:.2f} s, processes {seconds[processes]:.2f} s; after one of {WORKERS} crashed, {survivors[threads]} {survivors[threads]:thread|threads} and {survivors[processes]} {survivors[processes]:process|processes} went on."
# summary.zh = "线程 {seconds[threads]:.2f} 秒，进程 {seconds[processes]:.2f} 秒；{WORKERS} 个里崩了一个之后，还剩 {survivors[threads]} 个线程、{survivors[processes]} 个进程。"
# [parameters.WORKERS]
# label = { en = "workers", zh = "工人数" }
# min = 2
# max = 16
# step = 1
# [parameters.COMPUTE]
# label = { en = "computing for each", zh = "每个要算" }
# min = 0
# max = 2
# step = 0.1
# unit = "s"
# [parameters.PAUSE]
# label = { en = "survivors go on for", zh = "活下来的再干多久" }
# min = 0.2
# max = 2
# step = 0.1
# unit = "s"
# [parameters.START]
# label = { en = "start method", zh = "启动方式" }
# choices = ["fork", "spawn", "forkserver"]
# [expect]
# live = "finishes"
# ///
"""The same job by threads and by processes: how long, how much memory, what is shared, what a crash takes down."""

import multiprocessing
import os
import signal
import threading
import time

WORKERS = 4
COMPUTE = 0.4
PAUSE = 0.5
START = "fork"

context = multiprocessing.get_context(START)
counter = 0
counter_lock = threading.Lock()
seconds = {}
kilobytes_each = {}
counted = {}
survivors = {}


def private_kilobytes():
    """The memory that this process shares with no other; 0 where the system does not tell."""
    try:
        with open("/proc/self/smaps_rollup") as lines:
            return sum(int(line.split()[1]) for line in lines if line.startswith("Private_"))
    except OSError:
        return 0


def work(number, kilobytes):
    global counter
    enough = time.thread_time() + COMPUTE
    while time.thread_time() < enough:
        pass
    with counter_lock:
        counter += 1
    kilobytes[number] = private_kilobytes()  # of the process this worker is, or is in


def work_together(kind, make):
    global counter
    counter = 0
    kilobytes = context.Array("i", WORKERS, lock=False)
    workers = [make(target=work, args=(n, kilobytes), name=f"{kind}-{n + 1}") for n in range(WORKERS)]
    before = private_kilobytes()
    began = time.perf_counter()
    for worker in workers:
        worker.start()
    grown = (private_kilobytes() - before) / WORKERS
    for worker in workers:
        worker.join()
    seconds[kind] = time.perf_counter() - began
    kilobytes_each[kind] = grown if kind == "threads" else sum(kilobytes) / WORKERS
    counted[kind] = counter
    print(
        f"{kind}: {seconds[kind]:.2f} s, {kilobytes_each[kind]:,.0f} kB each, the parent's counter says {counter} of {WORKERS}"
    )


def live_on(number, alive):
    time.sleep(PAUSE)
    alive[number] = 1


def crash(number, alive):
    os.kill(os.getpid(), signal.SIGKILL)


def start_crew(make, alive):
    """The last one crashes, and with it the process that it is or is in."""
    crew = [make(target=live_on, args=(n, alive), name=f"survivor-{n + 1}") for n in range(WORKERS - 1)]
    crew.append(make(target=crash, args=(WORKERS - 1, alive), name="crasher"))
    for one in crew:
        one.start()
    for one in crew:
        one.join()


def host_threads(alive):
    start_crew(threading.Thread, alive)


def main():
    work_together("threads", threading.Thread)
    work_together("processes", context.Process)
    alive = context.Array("b", WORKERS, lock=False)
    host = context.Process(target=host_threads, args=(alive,), name="host")
    host.start()
    host.join()
    survivors["threads"] = sum(alive)
    print(f"a thread crashed: {sum(alive)} of the {WORKERS - 1} others went on; exit code {host.exitcode}")
    alive = context.Array("b", WORKERS, lock=False)
    start_crew(context.Process, alive)
    survivors["processes"] = sum(alive)
    print(f"a process crashed: {sum(alive)} of the {WORKERS - 1} others went on")


if __name__ == "__main__":
    main()
