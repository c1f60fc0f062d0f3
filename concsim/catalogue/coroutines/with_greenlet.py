# /// concsim
# title = { en = "Greenlets that switch", zh = "greenlet：自己切换" }
# name = "greenlet"
# topic = "coroutines"
# order = 20
# blurb = { en = "Each hands the thread to the other by name", zh = "指名道姓，把线程交给对方" }
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
"""Two greenlets take turns in one thread: each switches straight to the other."""

import threading
import time

from greenlet import greenlet

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
    began = time.perf_counter()
    time.sleep(PAUSE)
    seconds[name] += time.perf_counter() - began


def sing():
    for verse in range(1, ROUNDS + 1):
        take_turn("singer", verse)
        dancer.switch()


def dance():
    for step in range(1, ROUNDS + 1):
        take_turn("dancer", step)
        singer.switch()


singer = greenlet(sing)
dancer = greenlet(dance)


def main():
    global thread_count
    began = time.perf_counter()
    singer.switch()  # comes back when a greenlet ends: main is the parent of both
    print(f"back in main: singer ended {singer.dead}, dancer ended {dancer.dead}")
    while not dancer.dead:
        dancer.switch()  # it is still suspended in its last switch()
    print(f"once more:    singer ended {singer.dead}, dancer ended {dancer.dead}")
    seconds["together"] = time.perf_counter() - began
    thread_count = len(threads)
    print(f"{len(order)} turns, {switches} switches, threads: {thread_count}")
    print(", ".join([f"{name} {spent:.2f} s" for name, spent in seconds.items()]))


if __name__ == "__main__":
    main()
