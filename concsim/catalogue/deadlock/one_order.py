# /// concsim
# title = { en = "One order for all", zh = "统一的顺序" }
# topic = "deadlock"
# order = 30
# blurb = { en = "Both threads take A, then B: no cycle can close", zh = "两个线程都先拿 A 再拿 B：环闭合不了" }
# watch = { got_both = "2 * ROUNDS" }
# charts = [{ kind = "count", of = "got_both" }, { kind = "waiting" }]
# views = ["lanes", "code", "graph"]
# summary.en = "Both locks were taken {got_both} of {got_both_expected} {got_both_expected:time|times}, always in the same order."
# summary.zh = "两把锁一共应当拿 {got_both_expected} 次，拿到了 {got_both} 次，顺序始终相同。"
# [parameters.ROUNDS]
# label = { en = "rounds each", zh = "每个线程几轮" }
# min = 1
# max = 20
# step = 1
# [parameters.PAUSE]
# label = { en = "pause between the locks", zh = "两次拿锁之间的停顿" }
# min = 0
# max = 3
# step = 0.1
# unit = "s"
# [expect]
# live = "finishes"
# step = { gil = "passes", free-threaded = "passes" }
# ///
"""Two threads need two locks; whatever they are for, lock A is taken before lock B."""

import threading
import time

ROUNDS = 2
PAUSE = 0.7

lock_a = threading.Lock()
lock_b = threading.Lock()
got_both = 0


def use_both():
    global got_both
    name = threading.current_thread().name
    with lock_a:
        print(f"{name} holds lock A and will ask for lock B")
        time.sleep(PAUSE)
        with lock_b:
            got_both += 1
            print(f"{name} holds both locks")


def work():
    for _ in range(ROUNDS):
        use_both()


def main():
    a = threading.Thread(target=work, name="thread-a")
    b = threading.Thread(target=work, name="thread-b")
    a.start()
    b.start()
    a.join()
    b.join()
    print("both threads have finished")


if __name__ == "__main__":
    main()
