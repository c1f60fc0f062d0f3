# /// concsim
# title = { en = "One thread, then many", zh = "先一个线程，再多个" }
# topic = "threads"
# order = 10
# blurb = { en = "Five apologies one by one, then five at once", zh = "五次道歉：一次一次来，再一起来" }
# watch = { seconds = "" }
# charts = [{ kind = "bars", of = "seconds" }]
# views = ["lanes", "code"]
# summary.en = "{APOLOGIES} {APOLOGIES:apology|apologies} of {PAUSE} s each: one by one the pauses add up, in threads of their own they overlap."
# summary.zh = "{APOLOGIES} 次道歉，每次 {PAUSE} 秒：一次一次来，时间相加；各用一个线程，时间重叠。"
# [parameters.APOLOGIES]
# label = { en = "apologies", zh = "道歉次数" }
# min = 1
# max = 20
# step = 1
# [parameters.PAUSE]
# label = { en = "one apology takes", zh = "一次用时" }
# min = 0
# max = 2
# step = 0.1
# unit = "s"
# [expect]
# live = "finishes"
# step = { gil = "passes", free-threaded = "passes" }
# ///
"""Apologise several times: in one thread, then each time in a thread of its own."""

import threading
import time

APOLOGIES = 5
PAUSE = 0.5

seconds = {"one thread": 0.0, "many threads": 0.0}


def apologise(number):
    print(f"apology {number} from {threading.current_thread().name}")
    time.sleep(PAUSE)


def one_thread():
    for number in range(1, APOLOGIES + 1):
        apologise(number)


def many_threads():
    threads = []
    for number in range(1, APOLOGIES + 1):
        thread = threading.Thread(target=apologise, args=(number,), name=f"apology-{number}")
        thread.start()
        threads.append(thread)
    for thread in threads:
        thread.join()


def measure(label, way):
    began = time.perf_counter()
    way()
    seconds[label] = time.perf_counter() - began
    print(f"{label}: {seconds[label]:.2f} s")


def main():
    measure("one thread", one_thread)
    measure("many threads", many_threads)


if __name__ == "__main__":
    main()
