# /// concsim
# title = { en = "The price of a lock", zh = "锁的代价" }
# topic = "races"
# order = 70
# blurb = { en = "No lock, a lock at every step, one lock around it all", zh = "不加锁、每一步加锁、整段加锁" }
# watch = { seconds = "", lost = "", lost_under_a_lock = "0" }
# charts = [{ kind = "bars", of = "seconds" }, { kind = "bars", of = "lost" }, { kind = "waiting" }]
# views = ["lanes", "code", "graph"]
# summary.en = "{THREADS} {THREADS:thread|threads} × {STEPS:,} {STEPS:step|steps}, three ways: under a lock {lost_under_a_lock:,} {lost_under_a_lock:step was|steps were} lost."
# summary.zh = "{THREADS} 个线程 × {STEPS:,} 步，三种做法：加锁的两种一共丢了 {lost_under_a_lock:,} 步。"
# [parameters.THREADS]
# label = { en = "threads", zh = "线程数" }
# min = 1
# max = 16
# step = 1
# [parameters.STEPS]
# label = { en = "steps each", zh = "每个线程几步" }
# min = 1
# max = 1_000_000
# step = 1
# [expect]
# live = "finishes"
# step = { gil = "passes", free-threaded = "passes" }
# [expect.set]
# THREADS = 2
# STEPS = 1
# ///
"""The same work with no lock, with a lock around each step, and with one lock around the whole."""

import threading
import time

THREADS = 4
STEPS = 200_000

total = 0
lost_under_a_lock = 0
seconds = {}
lost = {}
lock = threading.Lock()


def plus_one(number):
    return number + 1


def no_lock():
    global total
    for _ in range(STEPS):
        total = plus_one(total)


def lock_each_step():
    global total
    for _ in range(STEPS):
        with lock:
            total = plus_one(total)


def lock_the_whole():
    with lock:
        no_lock()


def measure(label, way):
    global total
    total = 0
    began = time.perf_counter()
    threads = [threading.Thread(target=way, name=f"{label}-{n + 1}") for n in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seconds[label] = time.perf_counter() - began
    lost[label] = THREADS * STEPS - total
    print(f"{label}: {seconds[label]:.3f} s, lost {lost[label]:,}")


def main():
    global lost_under_a_lock
    measure("no-lock", no_lock)
    measure("lock-each-step", lock_each_step)
    measure("lock-the-whole", lock_the_whole)
    lost_under_a_lock = lost["lock-each-step"] + lost["lock-the-whole"]


if __name__ == "__main__":
    main()
