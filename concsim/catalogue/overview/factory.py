# /// concsim
# title = { en = "A phone factory", zh = "手机工厂" }
# topic = "overview"
# order = 5
# blurb = { en = "Lines are processes, workers are threads, and waiting can be put to use", zh = "生产线是进程，工人是线程，等待的时间也能用上" }
# watch = { rate = "", made_by_line = "", made = "" }
# views = ["factory", "lanes", "code"]
# repeat = true
# summary.en = "{LINES} {LINES:line|lines} with {WORKERS} {WORKERS:worker|workers} each made {made} {made:phone|phones}, {rate:.1f} a second."
# summary.zh = "{LINES} 条生产线，每条 {WORKERS} 个工人，一共做了 {made} 部手机，每秒 {rate:.1f} 部。"
# [parameters.LINES]
# label = { en = "lines (processes)", zh = "生产线（进程）" }
# min = 1
# max = 8
# step = 1
# [parameters.WORKERS]
# label = { en = "workers on each line (threads)", zh = "每条线的工人（线程）" }
# min = 1
# max = 16
# step = 1
# [parameters.COMPUTE]
# label = { en = "computing for one phone", zh = "一部手机要计算" }
# min = 0
# max = 0.2
# step = 0.01
# unit = "s"
# [parameters.WAIT]
# label = { en = "waiting for one phone", zh = "一部手机要等待" }
# min = 0
# max = 0.5
# step = 0.01
# unit = "s"
# [parameters.USE_WAITING]
# label = { en = "use the waiting (greenlets)", zh = "等待时做别的（协程）" }
# [parameters.IN_HAND]
# label = { en = "phones a worker then has in hand", zh = "这时每个工人手上有几部" }
# min = 1
# max = 16
# step = 1
# [parameters.SECONDS]
# label = { en = "one round lasts", zh = "一轮多久" }
# min = 0.2
# max = 10
# step = 0.2
# unit = "s"
# [parameters.START]
# label = { en = "start method", zh = "启动方式" }
# choices = ["fork", "spawn", "forkserver"]
# [expect]
# live = "finishes"
# ///
"""A phone factory: processes are its lines, threads the workers, greenlets let a worker use the time it waits."""

import importlib.util
import multiprocessing
import sys
import threading
import time

LINES = 2
WORKERS = 3
COMPUTE = 0.02
WAIT = 0.06
USE_WAITING = False
IN_HAND = 4
SECONDS = 2.0
START = "fork"

made_by_line = {}
made = 0
rate = 0.0


def compute():
    """Work until this thread has really had a core for COMPUTE seconds."""
    enough = time.thread_time() + COMPUTE
    while time.thread_time() < enough:
        pass


def make_phones(line, phones, closing_time, wait):
    while time.monotonic() < closing_time:
        compute()
        wait(WAIT)
        with phones.get_lock():
            phones[line] += 1


def make_several_at_once(line, phones, closing_time):
    import gevent

    hands = [gevent.spawn(make_phones, line, phones, closing_time, gevent.sleep) for _ in range(IN_HAND)]
    gevent.joinall(hands, raise_error=True)


def work(line, phones, closing_time):
    if USE_WAITING:
        make_several_at_once(line, phones, closing_time)
    else:
        make_phones(line, phones, closing_time, time.sleep)


def run_line(line, phones, opening):
    opening.wait()
    closing_time = time.monotonic() + SECONDS
    names = [f"worker-{number + 1}" for number in range(WORKERS)]
    workers = [threading.Thread(target=work, args=(line, phones, closing_time), name=name) for name in names]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()


def count(phones, seconds):
    global made, rate
    for line, number in enumerate(phones[:]):
        made_by_line[f"line-{line + 1}"] = number
    if sum(made_by_line.values()) > made:
        made = sum(made_by_line.values())
        rate = made / seconds  # up to the last phone


def main():
    if USE_WAITING and importlib.util.find_spec("gevent") is None:
        sys.exit("USE_WAITING needs gevent, which is not installed: python -m pip install gevent")
    context = multiprocessing.get_context(START)
    phones = context.Array("i", LINES)
    opening = context.Barrier(LINES + 1)  # the lines and the boss
    lines = [
        context.Process(target=run_line, args=(line, phones, opening), name=f"line-{line + 1}") for line in range(LINES)
    ]
    for line in lines:
        line.start()
    opening.wait()
    began = time.monotonic()
    while any(line.is_alive() for line in lines):
        time.sleep(0.02)
        count(phones, time.monotonic() - began)
    for line in lines:
        line.join()
    count(phones, time.monotonic() - began)
    for name, number in made_by_line.items():
        print(f"{name} made {number} phones")
    print(f"{LINES} lines with {WORKERS} workers each: {rate:.1f} phones a second")


if __name__ == "__main__":
    main()
