# /// concsim
# title = { en = "The wrong wake-up", zh = "错误的唤醒" }
# topic = "conditions"
# order = 20
# blurb = { en = "if in place of while, and one notify for two kinds of waiters", zh = "该用 while 却用 if；两类等待者，只叫醒一个" }
# watch = { surprises = "0", taken = "PAIRS * PRODUCTS", market = "" }
# charts = [{ kind = "depth", of = "market", capacity = "CAPACITY" }, { kind = "count", of = "surprises" }, { kind = "waiting" }]
# views = ["lanes", "code", "graph"]
# summary.en = "With the bug {BUG}: {taken} of {taken_expected} {taken_expected:product was|products were} taken, and {surprises} {surprises:time|times} a thread woke to find nothing to do."
# summary.zh = "错误选项 {BUG}：{taken_expected} 件产品取走 {taken} 件；有 {surprises} 次，线程醒来却无事可做。"
# [parameters.BUG]
# label = { en = "bug", zh = "错误" }
# choices = ["if_for_while", "one_notify", "none"]
# [parameters.PAIRS]
# label = { en = "producers, and consumers", zh = "生产者与消费者各几个" }
# min = 1
# max = 6
# step = 1
# [parameters.CAPACITY]
# label = { en = "capacity", zh = "容量" }
# min = 1
# max = 10
# step = 1
# [parameters.PRODUCTS]
# label = { en = "products each", zh = "每人生产几件" }
# min = 1
# max = 200
# step = 1
# [parameters.PRODUCE_PAUSE]
# label = { en = "making one takes", zh = "生产一件用时" }
# min = 0
# max = 1
# step = 0.01
# unit = "s"
# [parameters.CONSUME_PAUSE]
# label = { en = "using one takes", zh = "消费一件用时" }
# min = 0
# max = 1
# step = 0.01
# unit = "s"
# [expect]
# live = "any"
# step = { gil = "fails", free-threaded = "fails" }
# [expect.set]
# PAIRS = 2
# PRODUCTS = 1
# ///
"""The market with a bug of your choice in how it waits or how it wakes."""

import threading
import time

BUG = "if_for_while"
PAIRS = 3
CAPACITY = 1
PRODUCTS = 20
PRODUCE_PAUSE = 0.1
CONSUME_PAUSE = 0.02

market = []
condition = threading.Condition()
surprises = 0
taken = 0


def has_room():
    return len(market) < CAPACITY


def has_goods():
    return len(market) > 0


def wait_until(ready):
    if BUG == "if_for_while":
        if not ready():
            condition.wait()
    else:
        while not ready():
            condition.wait()


def wake():
    if BUG == "one_notify":
        condition.notify()
    else:
        condition.notify_all()


def surprised(text):
    global surprises
    surprises += 1
    if surprises == 1:
        print(f"{threading.current_thread().name} woke up, but {text}")


def put(product):
    with condition:
        wait_until(has_room)
        if not has_room():
            surprised("the market is full")
            return False
        market.append(product)
        wake()
        return True


def take():
    global taken
    with condition:
        wait_until(has_goods)
        if not has_goods():
            surprised("the market is empty")
            return False
        market.pop()
        taken += 1
        wake()
        return True


def produce():
    for product in range(PRODUCTS):
        time.sleep(PRODUCE_PAUSE)
        while not put(product):
            pass


def consume():
    for _ in range(PRODUCTS):
        while not take():
            pass
        time.sleep(CONSUME_PAUSE)


def main():
    threads = [threading.Thread(target=produce, name=f"producer-{n + 1}") for n in range(PAIRS)]
    threads += [threading.Thread(target=consume, name=f"consumer-{n + 1}") for n in range(PAIRS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(f"{taken} of {PAIRS * PRODUCTS} taken, {surprises} surprises")


if __name__ == "__main__":
    main()
