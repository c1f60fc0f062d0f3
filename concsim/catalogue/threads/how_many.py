# /// concsim
# title = { en = "How many threads?", zh = "有几个线程？" }
# topic = "threads"
# order = 30
# blurb = { en = "Counting the threads alive while two of them work", zh = "两个线程工作时，数一数还活着的线程" }
# watch = { thread_count = "1" }
# charts = [{ kind = "count", of = "thread_count" }]
# views = ["lanes", "code"]
# summary.en = "The last count of living threads was {thread_count}; at the end only the main thread is left."
# summary.zh = "最后一次数到 {thread_count} 个活着的线程；到结束时只剩主线程。"
# [parameters.TIMES]
# label = { en = "verses and steps", zh = "唱几段、跳几段" }
# min = 1
# max = 10
# step = 1
# [parameters.SING_PAUSE]
# label = { en = "one verse takes", zh = "唱一段用时" }
# min = 0
# max = 2
# step = 0.1
# unit = "s"
# [parameters.DANCE_PAUSE]
# label = { en = "one step takes", zh = "跳一段用时" }
# min = 0
# max = 2
# step = 0.1
# unit = "s"
# [parameters.LOOK_EVERY]
# label = { en = "main looks every", zh = "主线程每隔多久数一次" }
# min = 0.01
# max = 1
# step = 0.01
# unit = "s"
# [expect]
# live = "finishes"
# step = { gil = "passes", free-threaded = "passes" }
# [expect.set]
# TIMES = 1
# ///
"""Count the threads that are alive while a singer and a dancer work."""

import threading
import time

TIMES = 3
SING_PAUSE = 0.5
DANCE_PAUSE = 0.9
LOOK_EVERY = 0.2

thread_count = 1


def sing():
    for verse in range(1, TIMES + 1):
        print(f"singing verse {verse}")
        time.sleep(SING_PAUSE)


def dance():
    for step in range(1, TIMES + 1):
        print(f"dancing step {step}")
        time.sleep(DANCE_PAUSE)


def count_until_alone():
    global thread_count
    said = 0
    while said != 1:
        thread_count = len(threading.enumerate())
        if thread_count != said:
            print(f"threads alive: {thread_count}")
            said = thread_count
        time.sleep(LOOK_EVERY)


def main():
    threading.Thread(target=sing, name="singer").start()
    threading.Thread(target=dance, name="dancer").start()
    count_until_alone()


if __name__ == "__main__":
    main()
