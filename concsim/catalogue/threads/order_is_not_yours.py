# /// concsim
# title = { en = "The order is not yours", zh = "顺序不由你定" }
# topic = "threads"
# order = 50
# blurb = { en = "The same threads again and again, and the orders they finish in", zh = "同样的线程一遍遍执行，结束的顺序各不相同" }
# watch = { orders = "", complete_rounds = "ROUNDS" }
# charts = [{ kind = "bars", of = "orders" }, { kind = "count", of = "complete_rounds" }]
# views = ["lanes", "code"]
# summary.en = "{complete_rounds} of {ROUNDS} {ROUNDS:round|rounds} ran; in each of them all {THREADS} threads finished, in an order nobody chose."
# summary.zh = "{ROUNDS} 轮中完成了 {complete_rounds} 轮；每一轮 {THREADS} 个线程都结束了，顺序不是谁定的。"
# [parameters.THREADS]
# label = { en = "threads", zh = "线程数" }
# min = 2
# max = 4
# step = 1
# [parameters.ROUNDS]
# label = { en = "rounds", zh = "轮数" }
# min = 1
# max = 1000
# step = 1
# [parameters.PAUSE]
# label = { en = "each thread's work", zh = "每个线程的工作" }
# min = 0
# max = 0.1
# step = 0.005
# unit = "s"
# [expect]
# live = "finishes"
# step = { gil = "passes", free-threaded = "passes" }
# [expect.set]
# ROUNDS = 1
# ///
"""Start the same threads in the same order, round after round, and count the orders they finish in."""

import threading
import time

THREADS = 3
ROUNDS = 200
PAUSE = 0.01

orders = {}
complete_rounds = 0


def work(number, finished):
    time.sleep(PAUSE)
    finished.append(number)


def one_round():
    finished = []
    threads = []
    for number in range(1, THREADS + 1):
        thread = threading.Thread(target=work, args=(number, finished), name=f"runner-{number}")
        thread.start()
        threads.append(thread)
    for thread in threads:
        thread.join()
    return finished


def main():
    global complete_rounds
    for _ in range(ROUNDS):
        finished = one_round()
        order = "-".join(str(number) for number in finished)
        orders[order] = orders.get(order, 0) + 1
        if sorted(finished) == list(range(1, THREADS + 1)):
            complete_rounds += 1
    for order in sorted(orders, key=orders.get, reverse=True):
        print(f"{order}: {orders[order]} times")
    print(f"complete rounds: {complete_rounds} of {ROUNDS}")


if __name__ == "__main__":
    main()
