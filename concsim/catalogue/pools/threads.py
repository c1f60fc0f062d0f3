# /// concsim
# title = { en = "A pool of threads", zh = "线程池" }
# topic = "pools"
# order = 20
# blurb = { en = "Results in order, and a pool that waits for itself", zh = "结果按顺序；还有一个等自己的线程池" }
# watch = { in_order = "TASKS", done = "" }
# charts = [{ kind = "depth", of = "done", capacity = "TASKS" }, { kind = "bars", of = "tasks_by_worker" }, { kind = "waiting" }]
# views = ["lanes", "code", "graph"]
# summary.en = "{in_order} of {TASKS} {TASKS:result|results} came back in {TASKS:its place|their places} from a pool of {WORKERS}."
# summary.zh = "{WORKERS} 个工人的线程池：{TASKS} 个结果中有 {in_order} 个按原位取回。"
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
# label = { en = "the longest task takes", zh = "最长的任务用时" }
# min = 0
# max = 2
# step = 0.1
# unit = "s"
# [parameters.SELF_WAIT]
# label = { en = "tasks wait for tasks of their pool", zh = "任务等同一个池里的任务" }
# [expect]
# live = "finishes"
# step = { gil = "passes", free-threaded = "passes" }
# [expect.set]
# WORKERS = 2
# TASKS = 2
# ///
"""A pool runs tasks on a few threads; a task that waits for another task of its full pool waits for ever."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

WORKERS = 3
TASKS = 9
PAUSE = 1.0
SELF_WAIT = False

pool = ThreadPoolExecutor(WORKERS, thread_name_prefix="worker")
all_workers_busy = threading.Barrier(WORKERS)
tasks_by_worker = {}
done = []
in_order = 0


def task(number):
    time.sleep(PAUSE * (TASKS - number) / TASKS)  # the first task is the longest
    worker = threading.current_thread().name
    tasks_by_worker[worker] = tasks_by_worker.get(worker, 0) + 1
    done.append(number)
    return number


def task_of_a_task(number):
    all_workers_busy.wait()
    print(f"task {number} waits for a task of its own pool")
    return pool.submit(task, number).result()


def main():
    global in_order
    if SELF_WAIT:
        results = list(pool.map(task_of_a_task, range(WORKERS)))
    else:
        results = list(pool.map(task, range(TASKS)))
    in_order = sum(1 for place, result in enumerate(results) if place == result)
    print(f"finished in the order {done}")
    print(f"results in the order  {results}")
    pool.shutdown()


if __name__ == "__main__":
    main()
