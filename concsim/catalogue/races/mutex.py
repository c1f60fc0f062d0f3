# /// concsim
# title = { en = "Mutex", zh = "互斥锁" }
# topic = "races"
# order = 40
# blurb = { en = "The same increments, one thread at a time", zh = "同样的加一，一次只进一个线程" }
# watch = { total = "THREADS * ROUNDS" }
# charts = [{ kind = "drift", of = "total" }, { kind = "waiting" }]
# views = ["lanes", "code", "graph"]
# summary.en = "{THREADS} {THREADS:thread was|threads were} to make {total_expected:,} {total_expected:increment|increments}; the total is {total:,}, so {total_drift:,} {total_drift:is|are} missing."
# summary.zh = "{THREADS} 个线程应当加 {total_expected:,} 次；总数是 {total:,}，少了 {total_drift:,} 次。"
# [parameters.THREADS]
# label = { en = "threads", zh = "线程数" }
# min = 1
# max = 16
# step = 1
# [parameters.ROUNDS]
# label = { en = "increments each", zh = "每个线程加几次" }
# min = 1
# max = 200
# step = 1
# [parameters.HOLD]
# label = { en = "between read and write", zh = "读与写之间" }
# min = 0
# max = 0.1
# step = 0.005
# unit = "s"
# [parameters.REST]
# label = { en = "outside the lock", zh = "锁外停留" }
# min = 0
# max = 0.1
# step = 0.005
# unit = "s"
# [parameters.LOCKED]
# label = { en = "use the lock", zh = "使用锁" }
# [expect]
# live = "finishes"
# step = { gil = "passes", free-threaded = "passes" }
# [expect.set]
# THREADS = 2
# ROUNDS = 2
# ///
"""Add one to a global from several threads, with a lock around the read and the write."""

import threading
import time

THREADS = 4
ROUNDS = 25
HOLD = 0.02
REST = 0.02
LOCKED = True

total = 0
mutex = threading.Lock()


def add_one():
    global total
    seen = total
    time.sleep(HOLD)
    total = seen + 1


def work():
    for _ in range(ROUNDS):
        time.sleep(REST)
        if LOCKED:
            with mutex:
                add_one()
        else:
            add_one()
    print(f"{threading.current_thread().name} is done and sees a total of {total}")


def main():
    threads = [threading.Thread(target=work, name=f"worker-{n + 1}") for n in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(f"final total: {total} of {THREADS * ROUNDS}")


if __name__ == "__main__":
    main()
