# /// concsim
# title = { en = "The life of a pool", zh = "进程池的一生" }
# topic = "pools"
# order = 30
# blurb = { en = "apply and apply_async, close, terminate and join: which of them wait", zh = "apply 与 apply_async，close、terminate 与 join：哪些会等" }
# watch = { seconds = "", errors = "", finished = "", dropped = "" }
# charts = [{ kind = "bars", of = "seconds" }]
# views = ["pool", "lanes", "code"]
# summary.en = "apply() waited {seconds[apply]:.2f} s, apply_async() {seconds[apply_async]:.2f} s; terminate() dropped {dropped} of {TASKS} {TASKS:task|tasks}."
# summary.zh = "apply() 等了 {seconds[apply]:.2f} 秒，apply_async() 等了 {seconds[apply_async]:.2f} 秒；terminate() 丢下 {TASKS} 个任务中的 {dropped} 个。"
# [parameters.WORKERS]
# label = { en = "workers", zh = "工人数" }
# min = 1
# max = 8
# step = 1
# [parameters.TASKS]
# label = { en = "tasks", zh = "任务数" }
# min = 1
# max = 32
# step = 1
# [parameters.PAUSE]
# label = { en = "a task takes", zh = "一个任务用时" }
# min = 0.1
# max = 2
# step = 0.1
# unit = "s"
# [parameters.START]
# label = { en = "start method", zh = "启动方式" }
# choices = ["fork", "spawn", "forkserver"]
# [expect]
# live = "finishes"
# ///
"""What waits and what does not in the life of a Pool, what it refuses, and what terminate() drops."""

import multiprocessing
import time

WORKERS = 2
TASKS = 8
PAUSE = 0.5
START = "fork"

seconds = {}
errors = {}
finished = 0
dropped = 0


def task(number):
    time.sleep(PAUSE)
    return number


def call(name, method, *arguments):
    """Make a call; print how long it took, or what it refused."""
    began = time.monotonic()
    try:
        answer = method(*arguments)
    except ValueError as error:
        errors[name] = str(error)
        print(f"{name}: ValueError: {error}")
        return None
    seconds[name] = round(time.monotonic() - began, 4)
    print(f"{name}: came back after {seconds[name]:.2f} s")
    return answer


def close_and_join(pool):
    call("apply", pool.apply, task, (0,))
    result = call("apply_async", pool.apply_async, task, (1,))
    call("join before close", pool.join)
    call("close", pool.close)
    call("apply_async after close", pool.apply_async, task, (2,))
    call("join", pool.join)
    print(f"the task from before close() has been done: {result.ready()}")


def terminate_and_join(pool):
    global finished, dropped
    results = [pool.apply_async(task, (number,)) for number in range(TASKS)]
    results[0].wait()
    time.sleep(PAUSE / 2)
    call("terminate", pool.terminate)
    call("join after terminate", pool.join)
    finished = sum(result.ready() for result in results)
    dropped = TASKS - finished
    print(f"terminate(): {finished} of {TASKS} tasks had been done, {dropped} never will be")


def main():
    context = multiprocessing.get_context(START)
    closed = context.Pool(WORKERS)
    close_and_join(closed)
    terminated = context.Pool(WORKERS)
    terminate_and_join(terminated)


if __name__ == "__main__":
    main()
