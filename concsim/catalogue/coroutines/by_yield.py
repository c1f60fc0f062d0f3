# /// concsim
# title = { en = "Taking turns by yield", zh = "用 yield 轮流执行" }
# topic = "coroutines"
# order = 10
# blurb = { en = "Two generators and a scheduler of nine lines", zh = "两个生成器，加一个九行的调度器" }
# watch = { order = "", switches = "2 * ROUNDS - 1", thread_count = "1", seconds = "" }
# charts = [{ kind = "bars", of = "seconds" }, { kind = "count", of = "switches" }]
# views = ["sequence", "lanes", "code"]
# summary.en = "{switches} {switches:switch|switches} in {thread_count} thread; together {seconds[together]:.1f} s, for one pause follows the other."
# summary.zh = "{thread_count} 个线程里换手 {switches} 次；合起来用了 {seconds[together]:.1f} 秒，因为停顿一个接着一个。"
# [parameters.ROUNDS]
# label = { en = "turns each", zh = "各轮几次" }
# min = 1
# max = 10
# step = 1
# [parameters.PAUSE]
# label = { en = "one turn takes", zh = "一轮用时" }
# min = 0
# max = 2
# step = 0.1
# unit = "s"
# [expect]
# live = "finishes"
# ///
"""Two generators take turns in one thread: each runs to its next yield, then the other goes on."""

import threading
import time
from collections import deque

ROUNDS = 4
PAUSE = 0.3

order = []  # who took each turn
switches = 0
threads = set()
thread_count = 0
seconds = {"singer": 0.0, "dancer": 0.0, "together": 0.0}


def take_turn(name, number):
    global switches
    switches += bool(order) and order[-1] != name
    order.append(name)
    threads.add(threading.current_thread())
    print(f"{name}: turn {number}")


def work(name):
    for number in range(1, ROUNDS + 1):
        take_turn(name, number)
        began = time.perf_counter()
        time.sleep(PAUSE)
        seconds[name] += time.perf_counter() - began
        yield


def run_in_turn(generators):
    ready = deque(generators)
    while ready:
        generator = ready.popleft()
        try:
            next(generator)
        except StopIteration:
            continue
        ready.append(generator)


def main():
    global thread_count
    began = time.perf_counter()
    singer, dancer = work("singer"), work("dancer")
    run_in_turn([singer, dancer])
    seconds["together"] = time.perf_counter() - began
    thread_count = len(threads)
    print(f"{len(order)} turns, {switches} switches, threads: {thread_count}")
    print(", ".join([f"{name} {spent:.2f} s" for name, spent in seconds.items()]))


if __name__ == "__main__":
    main()
