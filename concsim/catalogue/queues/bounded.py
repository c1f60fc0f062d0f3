# /// concsim
# title = { en = "A queue with room for three", zh = "只装得下三个的队列" }
# topic = "queues"
# order = 10
# blurb = { en = "Every call of a bounded multiprocessing.Queue, and what it answers", zh = "有容量的 multiprocessing.Queue：每个调用，每个答复" }
# watch = { taken = "", results = "", wrong_answers = "" }
# charts = [{ kind = "depth", of = "box", capacity = "CAPACITY" }]
# views = ["flow", "lanes", "code"]
# faults = ["fill_queue"]
# summary.en = "Right after a put(), empty() was wrong {wrong_answers} {wrong_answers:time|times} out of {TRIES}."
# summary.zh = "刚 put() 完就问 empty()，{TRIES} 次里答错 {wrong_answers} 次。"
# [parameters.CAPACITY]
# label = { en = "capacity", zh = "容量" }
# min = 1
# max = 10
# step = 1
# [parameters.TIMEOUT]
# label = { en = "put() waits at most", zh = "put() 最多等" }
# min = 0.1
# max = 5
# step = 0.1
# unit = "s"
# [parameters.PAUSE]
# label = { en = "the neighbour comes after", zh = "邻居多久后来取" }
# min = 0
# max = 5
# step = 0.1
# unit = "s"
# [parameters.TRIES]
# label = { en = "times that empty() is asked", zh = "问 empty() 几次" }
# min = 1
# max = 1000
# step = 1
# [parameters.START]
# label = { en = "start method", zh = "启动方式" }
# choices = ["fork", "spawn", "forkserver"]
# [expect]
# live = "finishes"
# ///
"""A queue between processes that has room for so many: what each call answers when it is full and when it is empty."""

import multiprocessing
import queue
import time

CAPACITY = 3
TIMEOUT = 1.0
PAUSE = 0.5
TRIES = 100
START = "fork"

context = multiprocessing.get_context(START)
taken = []
results = []  # call, answer or exception, seconds
wrong_answers = 0


def call(words, method, *arguments):
    """Make a call and print what came of it; whether it raised nothing."""
    began = time.monotonic()
    answer = error = None
    try:
        answer = method(*arguments)
    except (queue.Full, queue.Empty, NotImplementedError) as one:  # macOS cannot tell qsize()
        error = type(one).__name__
    results.append([words, error or repr(answer), round(time.monotonic() - began, 3)])
    print(f"{words:28} -> {error or repr(answer):8} after {results[-1][2]:.2f} s")
    if words.startswith("get") and not error:
        taken.append(answer)
    return error is None


def fill(box):
    for number in range(1, CAPACITY + 1):
        call(f"put({number}, timeout)", box.put, number, True, TIMEOUT)


def be_a_neighbour(box, meeting):
    meeting.wait()
    time.sleep(PAUSE)
    print(f"the neighbour takes {box.get()!r}", flush=True)


def ask_when_full(box):
    fill(box)
    call("full()", box.full)
    call("qsize()", box.qsize)
    call("put('more', timeout)", box.put, "more", True, TIMEOUT)
    call("put_nowait('more')", box.put_nowait, "more")


def take_everything(box):
    while call("get(timeout)", box.get, True, TIMEOUT / 2):
        pass
    call("empty()", box.empty)
    call("get_nowait()", box.get_nowait)
    print(f"taken in the order {taken}")


def wait_for_the_neighbour(box, meeting):
    fill(box)
    meeting.wait()
    call("put('late', timeout)", box.put, "late", True, TIMEOUT)


def ask_right_after_a_put(endless):
    """put() only hands the item to a thread that writes it into a pipe; empty() looks whether the pipe is empty."""
    global wrong_answers
    for number in range(TRIES):
        endless.put(number)
        wrong_answers += endless.empty()
        endless.get()
    print(f"right after a put(), empty() said True {wrong_answers} times out of {TRIES}")


def main():
    box = context.Queue(CAPACITY)
    endless = context.Queue(-1)  # nought or less: no bound
    meeting = context.Barrier(2)
    neighbour = context.Process(target=be_a_neighbour, args=(box, meeting), name="neighbour")
    neighbour.start()
    ask_when_full(box)
    take_everything(box)
    wait_for_the_neighbour(box, meeting)
    neighbour.join()
    ask_right_after_a_put(endless)
    for number in range(100):
        endless.put(number)
    call("full() of 100, no bound", endless.full)
    for _ in range(100):
        endless.get()


if __name__ == "__main__":
    main()
