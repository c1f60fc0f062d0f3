# /// concsim
# title = { en = "Lost update", zh = "更新丢失" }
# topic = "races"
# order = 30
# blurb = { en = "Many threads add to one number, and some additions vanish", zh = "许多线程给同一个数加一，有些加法不见了" }
# watch = { total = "THREADS * ROUNDS" }
# charts = [{ kind = "drift", of = "total", over = "made" }, { kind = "sweep", of = "total", over = "THREADS" }]
# views = ["lanes", "code"]
# repeat = true
# summary.en = "{THREADS} {THREADS:thread was|threads were} to make {total_expected:,} {total_expected:increment|increments}; the total is {total:,}, so {total_drift:,} {total_drift:is|are} missing."
# summary.zh = "{THREADS} 个线程应当加 {total_expected:,} 次；总数是 {total:,}，少了 {total_drift:,} 次。"
# [parameters.THREADS]
# label = { en = "threads", zh = "线程数" }
# min = 1
# max = 64
# step = 1
# [parameters.ROUNDS]
# label = { en = "increments each", zh = "每个线程加几次" }
# min = 1
# max = 2_000_000
# step = 1
# [parameters.WAY]
# label = { en = "increment written as", zh = "加一的写法" }
# choices = ["plus_equals", "three_statements", "read_call_write", "property", "dict"]
# [parameters.SWITCH_INTERVAL]
# label = { en = "switch interval", zh = "切换间隔" }
# min = 0.0001
# max = 0.01
# step = 0.0001
# unit = "s"
# [expect]
# live = "finishes"
# step = { gil = "fails", free-threaded = "fails" }
# [expect.set]
# THREADS = 2
# ROUNDS = 2
# ///
"""Add one to a global from many threads at once, in one of five ways to write it."""

import sys
import threading

THREADS = 4
ROUNDS = 400_000
WAY = "read_call_write"
SWITCH_INTERVAL = 0.0005

total = 0
tally = {"total": 0}
made = [0] * THREADS  # how many each thread has made: its own place in the list, so no race
portion = 1_000
start_line = threading.Barrier(THREADS)


def plus_one(number):
    return number + 1


class Counter:
    @property
    def value(self):
        return total

    @value.setter
    def value(self, number):
        global total
        total = number


counter = Counter()


def plus_equals(times):
    global total
    for _ in range(times):
        total += 1


def three_statements(times):
    global total
    for _ in range(times):
        seen = total
        seen = seen + 1
        total = seen


def read_call_write(times):
    global total
    for _ in range(times):
        seen = total
        total = plus_one(seen)


def through_property(times):
    for _ in range(times):
        counter.value += 1


def through_dict(times):
    global total
    for _ in range(times):
        tally["total"] += 1
    total = tally["total"]


WAYS = {
    "plus_equals": plus_equals,
    "three_statements": three_statements,
    "read_call_write": read_call_write,
    "property": through_property,
    "dict": through_dict,
}


def work(me):
    start_line.wait()
    done = 0
    while done < ROUNDS:
        times = min(portion, ROUNDS - done)
        WAYS[WAY](times)
        done += times
        made[me] = done


def main():
    global total
    sys.setswitchinterval(SWITCH_INTERVAL)
    threads = [threading.Thread(target=work, args=(n,), name=f"worker-{n + 1}") for n in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if WAY == "dict":
        total = tally["total"]
    print(f"{WAY}: {total:,} of {THREADS * ROUNDS:,}, lost {THREADS * ROUNDS - total:,}")


if __name__ == "__main__":
    main()
