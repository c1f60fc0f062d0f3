# /// concsim
# title = { en = "A pool uses its workers again", zh = "进程池反复用同一批工人" }
# topic = "pools"
# order = 10
# blurb = { en = "Ten tasks on five processes; and what becomes of a task whose worker is killed", zh = "五个进程做十个任务；工人被杀，它的任务又会怎样" }
# watch = { workers_at_first = "WORKERS", tasks_by_pid = "", done = "TASKS", lost = "" }
# charts = [{ kind = "bars", of = "tasks_by_pid" }, { kind = "count", of = "done" }]
# views = ["pool", "lanes", "code"]
# faults = ["kill_worker"]
# summary.en = "{done} of {TASKS} {TASKS:task was|tasks were} done by a pool of {WORKERS}; {done_drift} {done_drift:was|were} lost."
# summary.zh = "{WORKERS} 个工人的进程池做完了 {TASKS} 个任务中的 {done} 个，丢了 {done_drift} 个。"
# [parameters.WORKERS]
# label = { en = "workers", zh = "工人数" }
# min = 1
# max = 16
# step = 1
# [parameters.TASKS]
# label = { en = "tasks", zh = "任务数" }
# min = 1
# max = 64
# step = 1
# [parameters.PAUSE]
# label = { en = "a task takes about", zh = "一个任务大约用时" }
# min = 0
# max = 3
# step = 0.1
# unit = "s"
# [parameters.PATIENCE]
# label = { en = "a task is given up after", zh = "等多久就当它丢了" }
# min = 0.5
# max = 10
# step = 0.5
# unit = "s"
# [parameters.START]
# label = { en = "start method", zh = "启动方式" }
# choices = ["fork", "spawn", "forkserver"]
# [expect]
# live = "finishes"
# ///
"""Tasks on a Pool: few processes, each used again and again. A task whose worker is killed is lost for ever."""

import multiprocessing
import os
import random
import threading
import time

WORKERS = 5
TASKS = 10
PAUSE = 0.8
PATIENCE = 2.0
START = "fork"

workers_at_first = 0
tasks_by_pid = {}
done = 0
lost = []


def task(number):
    print(f"task {number} begins in process {os.getpid()}", flush=True)
    time.sleep(PAUSE * random.uniform(0.5, 1.5))
    return os.getpid()


def collect(number, result):
    """Wait for a task as long as it may take, it has begun when the one before it has ended, and a little patience."""
    global done
    try:
        pid = str(result.get(PAUSE * 1.5 + PATIENCE))
    except multiprocessing.TimeoutError:
        lost.append(number)
        print(f"task {number} never came back: lost")
        return
    done += 1
    tasks_by_pid[pid] = tasks_by_pid.get(pid, 0) + 1


def end(pool):
    if lost:
        pool.terminate()  # after close(), join() would wait for the lost tasks for ever
    else:
        pool.close()
    pool.join()


def end_in_time(pool):
    """End the pool, by force if need be: a worker killed while idle may have held the lock of the task queue."""
    ending = threading.Thread(target=end, args=(pool,), name="ending", daemon=True)
    ending.start()
    ending.join(PATIENCE)
    if ending.is_alive():
        print("the pool does not end: a worker was killed with the lock of the task queue in its hands", flush=True)
        for worker in multiprocessing.active_children():
            worker.kill()
        os._exit(0)


def main():
    global workers_at_first
    context = multiprocessing.get_context(START)
    pool = context.Pool(WORKERS)
    workers_at_first = len(multiprocessing.active_children())
    print(f"before the first task there are {workers_at_first} workers")
    results = [pool.apply_async(task, (number,)) for number in range(1, TASKS + 1)]
    for number, result in enumerate(results, 1):
        collect(number, result)
    for pid, count in tasks_by_pid.items():
        print(f"process {pid} did {count} tasks")
    print(f"{done} of {TASKS} tasks done by {len(tasks_by_pid)} processes, lost {lost}")
    end_in_time(pool)


if __name__ == "__main__":
    main()
