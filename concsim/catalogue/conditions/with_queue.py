# /// concsim
# title = { en = "The market as a Queue", zh = "用 Queue 开市场" }
# name = "queue"
# topic = "conditions"
# order = 30
# blurb = { en = "queue.Queue does the waiting and the waking", zh = "等待与唤醒都交给 queue.Queue" }
# watch = { market = "", sold = "PRODUCERS * PRODUCTS" }
# charts = [{ kind = "depth", of = "market", capacity = "CAPACITY" }, { kind = "depth", of = "taken" }, { kind = "waiting" }]
# views = ["lanes", "code", "graph"]
# summary.en = "{PRODUCERS} {PRODUCERS:producer|producers} made {PRODUCTS} {PRODUCTS:product|products} each for a queue of {CAPACITY}; {sold} of {sold_expected} {sold_expected:was|were} counted as sold."
# summary.zh = "{PRODUCERS} 个生产者各生产 {PRODUCTS} 件，队列容量 {CAPACITY}；应卖 {sold_expected} 件，数到 {sold} 件。"
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
"""The market again: a queue.Queue waits when it is full or empty, and wakes whoever can go on."""

import queue
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

market = queue.Queue(CAPACITY)
taken = []
depths = []
sold = 0


def produce():
    for number in range(PRODUCTS):
        time.sleep(PRODUCE_PAUSE * random.uniform(0.5, 1.5))
        market.put(f"{threading.current_thread().name}/{number + 1}")
        depths.append(market.qsize())


def consume():
    while True:
        product = market.get()
        if product is END:
            return
        taken.append(product)
        time.sleep(CONSUME_PAUSE * random.uniform(0.5, 1.5))


def start(kind, count, work):
    threads = [threading.Thread(target=work, name=f"{kind}-{n + 1}") for n in range(count)]
    for thread in threads:
        thread.start()
    return threads


def main():
    global sold
    producers = start("producer", PRODUCERS, produce)
    consumers = start("consumer", CONSUMERS, consume)
    for producer in producers:
        producer.join()
    for _ in consumers:
        market.put(END)
    for consumer in consumers:
        consumer.join()
    sold = len(taken)
    print(f"made {PRODUCERS * PRODUCTS}, sold {sold}, different {len(set(taken))}")
    print(f"deepest {max(depths)} of {CAPACITY}, left over {market.qsize()}")


if __name__ == "__main__":
    main()
