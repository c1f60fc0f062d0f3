# /// concsim
# title = { en = "Give up and try again", zh = "超时就放手重来" }
# topic = "deadlock"
# order = 20
# blurb = { en = "acquire(timeout=…), release, retry", zh = "acquire(timeout=…)，放手，再试" }
# watch = { got_both = "", retries = "" }
# charts = [{ kind = "bars", of = "retries" }, { kind = "count", of = "got_both" }, { kind = "waiting" }]
# views = ["lanes", "code", "graph"]
# summary.en = "With {PATIENCE} timeouts, {got_both} of 2 threads got both locks within {TRIES} {TRIES:try|tries} each."
# summary.zh = "超时方式 {PATIENCE}：每个线程最多试 {TRIES} 次，2 个线程中有 {got_both} 个拿到了两把锁。"
# [parameters.PATIENCE]
# label = { en = "timeouts", zh = "超时" }
# choices = ["equal", "random"]
# [parameters.TIMEOUT]
# label = { en = "timeout", zh = "超时时间" }
# min = 0
# max = 2
# step = 0.05
# unit = "s"
# [parameters.PAUSE]
# label = { en = "work, and undoing it", zh = "做事与撤销用时" }
# min = 0
# max = 1
# step = 0.05
# unit = "s"
# [parameters.TRIES]
# label = { en = "tries at most", zh = "最多试几次" }
# min = 1
# max = 50
# step = 1
# [expect]
# live = "finishes"
# step = { gil = "passes", free-threaded = "passes" }
# [expect.set]
# TRIES = 2
# ///
"""Two threads take two locks in opposite orders, but give up waiting, let go and try again."""

import random
import threading
import time

PATIENCE = "random"
TIMEOUT = 0.5
PAUSE = 0.1
TRIES = 7

lock_a = threading.Lock()
lock_b = threading.Lock()
retries = {"thread-a": 0, "thread-b": 0}
got_both = 0


def patience():
    if PATIENCE == "equal":
        return TIMEOUT
    return random.uniform(0, TIMEOUT)


def take_both(first, second):
    global got_both
    with first:
        time.sleep(PAUSE)  # do some work under the first lock
        if not second.acquire(timeout=patience()):
            time.sleep(PAUSE)  # undo it before letting go
            return False
        got_both += 1
        second.release()
        return True


def work(first, second):
    name = threading.current_thread().name
    for _ in range(TRIES):
        if take_both(first, second):
            print(f"{name} got both locks after {retries[name]} retries")
            return
        retries[name] += 1
        time.sleep(patience())
    print(f"{name} gave up after {TRIES} tries")


def main():
    a = threading.Thread(target=work, args=(lock_a, lock_b), name="thread-a")
    b = threading.Thread(target=work, args=(lock_b, lock_a), name="thread-b")
    a.start()
    b.start()
    a.join()
    b.join()
    print(f"{got_both} of 2 threads got both locks")


if __name__ == "__main__":
    main()
