# /// concsim
# title = { en = "Two locks, two orders", zh = "两把锁，两种顺序" }
# topic = "deadlock"
# order = 10
# blurb = { en = "Each holds what the other wants", zh = "各拿一把，等着对方那一把" }
# watch = { got_both = "2" }
# charts = []
# views = ["lanes", "code", "graph"]
# summary.en = "Of two threads that needed both locks, {got_both} got them."
# summary.zh = "两个线程都需要两把锁，其中 {got_both} 个拿到了。"
# [parameters.PAUSE]
# label = { en = "pause between the locks", zh = "两次拿锁之间的停顿" }
# min = 0
# max = 3
# step = 0.1
# unit = "s"
# [parameters.MEET]
# label = { en = "meet with one lock in hand", zh = "各拿一把后碰头" }
# [expect]
# live = "deadlocks"
# step = { gil = "deadlocks", free-threaded = "deadlocks" }
# [expect.set]
# MEET = false
# ///
"""Thread a takes lock A and then B; thread b takes lock B and then A."""

import threading
import time

PAUSE = 1.0
MEET = True

lock_a = threading.Lock()
lock_b = threading.Lock()
meeting = threading.Barrier(2)
got_both = 0


def say(text):
    print(f"{threading.current_thread().name} {text}")


def pause():
    time.sleep(PAUSE)
    if MEET:
        meeting.wait()


def a_then_b():
    global got_both
    with lock_a:
        say("holds lock A and will ask for lock B")
        pause()
        with lock_b:
            got_both += 1
            say("holds both locks")


def b_then_a():
    global got_both
    with lock_b:
        say("holds lock B and will ask for lock A")
        pause()
        with lock_a:
            got_both += 1
            say("holds both locks")


def main():
    a = threading.Thread(target=a_then_b, name="thread-a")
    b = threading.Thread(target=b_then_a, name="thread-b")
    a.start()
    b.start()
    a.join()
    b.join()
    print("both threads have finished")


if __name__ == "__main__":
    main()
