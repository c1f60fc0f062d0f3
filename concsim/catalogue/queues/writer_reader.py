# /// concsim
# title = { en = "A writer and a reader", zh = "一个写，一个读" }
# topic = "queues"
# order = 20
# blurb = { en = "How does the reader know that nothing more will come?", zh = "读的一方怎么知道不会再有了？" }
# watch = { written = "ITEMS", read = "ITEMS" }
# charts = [{ kind = "depth", of = "box", capacity = "CAPACITY" }, { kind = "count", of = "read" }, { kind = "count", of = "written" }]
# views = ["flow", "lanes", "code"]
# faults = ["kill_worker"]
# summary.en = "{written} of {ITEMS} {ITEMS:item was|items were} written, {read} {read:was|were} read."
# summary.zh = "{ITEMS} 个里写了 {written} 个，读到 {read} 个。"
# [parameters.WAY]
# label = { en = "the reader goes", zh = "读者何时离开" }
# choices = ["end_mark", "quits_when_empty"]
# [parameters.ITEMS]
# label = { en = "items", zh = "几个" }
# min = 1
# max = 100
# step = 1
# [parameters.CAPACITY]
# label = { en = "capacity", zh = "容量" }
# min = 1
# max = 20
# step = 1
# [parameters.WRITE_PAUSE]
# label = { en = "writing one takes", zh = "写一个用时" }
# min = 0
# max = 1
# step = 0.05
# unit = "s"
# [parameters.READ_PAUSE]
# label = { en = "reading one takes", zh = "读一个用时" }
# min = 0
# max = 1
# step = 0.05
# unit = "s"
# [parameters.HEAD_START]
# label = { en = "the reader comes later by", zh = "读者晚到" }
# min = 0
# max = 1.5
# step = 0.1
# unit = "s"
# [parameters.PATIENCE]
# label = { en = "each gives up after", zh = "等多久就放弃" }
# min = 0.2
# max = 10
# step = 0.2
# unit = "s"
# [parameters.START]
# label = { en = "start method", zh = "启动方式" }
# choices = ["fork", "spawn", "forkserver"]
# [expect]
# live = "finishes"
# ///
"""One process writes into a queue and another reads: until an end mark, or until it happens to find the queue empty."""

import multiprocessing
import os
import queue
import random
import time

WAY = "end_mark"
ITEMS = 12
CAPACITY = 5
WRITE_PAUSE = 0.2
READ_PAUSE = 0.1
HEAD_START = 0.8
PATIENCE = 2.0
START = "fork"

END = None  # the end mark: the last thing the writer puts

written = 0
read = 0


def put(box, item):
    """Whether there was room before our patience ran out."""
    try:
        box.put(item, timeout=PATIENCE)
    except queue.Full:
        print(f"writer: full for {PATIENCE} s, nobody reads any more, I give up", flush=True)
        return False
    return True


def write(box, counts):
    global written
    print(f"writer: my pid is {os.getpid()}", flush=True)
    while written < ITEMS and put(box, written + 1):
        written += 1
        counts[0] = written
        time.sleep(WRITE_PAUSE * random.uniform(0.5, 1.5))
    if WAY == "end_mark" and written == ITEMS:
        put(box, END)


def take(box):
    """The next item, or END when there is reason to go."""
    if WAY == "quits_when_empty" and box.empty():
        print("reader: the queue is empty, I go", flush=True)
        return END
    try:
        return box.get(timeout=PATIENCE)
    except queue.Empty:  # a writer that was killed puts no end mark
        print(f"reader: nothing for {PATIENCE} s, I give up", flush=True)
        return END


def read_all(box, counts):
    global read
    print(f"reader: my pid is {os.getpid()}", flush=True)
    time.sleep(HEAD_START)
    while (item := take(box)) is not END:
        read += 1
        counts[1] = read
        print(f"reader: item {item}", flush=True)
        time.sleep(READ_PAUSE * random.uniform(0.5, 1.5))


def main():
    global written, read
    context = multiprocessing.get_context(START)
    box = context.Queue(CAPACITY)
    counts = context.Array("i", 2, lock=False)  # written, read: each has one process that changes it
    writer = context.Process(target=write, args=(box, counts), name="writer")
    reader = context.Process(target=read_all, args=(box, counts), name="reader")
    writer.start()
    reader.start()
    while writer.is_alive() or reader.is_alive():
        written, read = counts
        time.sleep(0.02)
    writer.join()
    reader.join()
    written, read = counts
    print(f"{written} of {ITEMS} written, {read} read, {written - read} left in the queue")


if __name__ == "__main__":
    main()
