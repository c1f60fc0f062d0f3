# /// concsim
# title = { en = "The market", zh = "市场" }
# topic = "conditions"
# order = 10
# blurb = { en = "Producers and consumers with one Condition", zh = "一个 Condition 上的生产者与消费者" }
# watch = { market = "", sold = "PRODUCERS * PRODUCTS", deepest = "" }
# charts = [{ kind = "depth", of = "market", capacity = "CAPACITY" }, { kind = "drift", of = "sold" }, { kind = "waiting" }]
# views = ["lanes", "code", "graph"]
# summary.en = "{sold} of {sold_expected} {sold_expected:product was|products were} sold; at its fullest the market held {deepest} of {CAPACITY}."
# summary.zh = "{sold_expected} 件产品卖出 {sold} 件；市场最满时有 {deepest} 件，容量 {CAPACITY}。"
# [parameters.PRODUCERS]
# label = { en = "producers", zh = "生产者" }
# min = 1
# max = 8
# step = 1
# [parameters.CONSUMERS]
# label = { en = "consumers", zh = "消费者" }
# min = 1
# max = 8
# step = 1
# [parameters.CAPACITY]
# label = { en = "capacity", zh = "容量" }
# min = 1
# max = 20
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
# step = 0.05
# unit = "s"
# live = true
# [parameters.CONSUME_PAUSE]
# label = { en = "using one takes", zh = "消费一件用时" }
# min = 0
# max = 1
# step = 0.05
# unit = "s"
# live = true
# [expect]
# live = "finishes"
# step = { gil = "passes", free-threaded = "passes" }
# [expect.set]
# PRODUCERS = 1
# CONSUMERS = 2
# PRODUCTS = 1
# CAPACITY = 1
# ///
"""Producers wait while the market is full, consumers while it is empty."""

import collections
import random
import threading
import time

PRODUCERS = 2
CONSUMERS = 2
CAPACITY = 5
PRODUCTS = 20
PRODUCE_PAUSE = 0.2
CONSUME_PAUSE = 0.25

END = object()  # one for each consumer, when the day is over

market = collections.deque()
condition = threading.Condition()
taken = []
sold = 0
deepest = 0


def put(product):
    global deepest
    with condition:
        while len(market) >= CAPACITY:
            condition.wait()
        market.append(product)
        deepest = max(deepest, len(market))
        condition.notify_all()


def take():
    with condition:
        while not market:
            condition.wait()
        product = market.popleft()
        condition.notify_all()
        return product


def produce():
    for number in range(PRODUCTS):
        time.sleep(PRODUCE_PAUSE * random.uniform(0.5, 1.5))
        put(f"{threading.current_thread().name}/{number + 1}")


def consume():
    global sold
    while True:
        product = take()
        if product is END:
            return
        with condition:
            taken.append(product)
            sold += 1
        time.sleep(CONSUME_PAUSE * random.uniform(0.5, 1.5))


def start(kind, count, work):
    threads = [threading.Thread(target=work, name=f"{kind}-{n + 1}") for n in range(count)]
    for thread in threads:
        thread.start()
    return threads


def main():
    producers = start("producer", PRODUCERS, produce)
    consumers = start("consumer", CONSUMERS, consume)
    for producer in producers:
        producer.join()
    for _ in consumers:
        put(END)
    for consumer in consumers:
        consumer.join()
    print(f"made {PRODUCERS * PRODUCTS}, sold {sold}, different {len(set(taken))}")
    print(f"deepest {deepest} of {CAPACITY}, left over {len(market)}")


if __name__ == "__main__":
    main()
