# /// concsim
# title = { en = "A shared global", zh = "共享的全局变量" }
# topic = "races"
# order = 10
# blurb = { en = "One thread adds to a global, another reads it", zh = "一个线程改全局变量，另一个线程读它" }
# watch = { number = "START + ADDITIONS", number_read = "START + ADDITIONS" }
# charts = [{ kind = "count", of = "number" }]
# views = ["lanes", "code", "memory"]
# summary.en = "The number began at {START} and ended at {number}; the reader, in its own thread, read {number_read}."
# summary.zh = "数字从 {START} 开始，最后是 {number}；另一个线程里的 reader 读到 {number_read}。"
# [parameters.START]
# label = { en = "first value", zh = "初始值" }
# min = 0
# max = 100
# step = 1
# [parameters.ADDITIONS]
# label = { en = "additions", zh = "加几次" }
# min = 1
# max = 20
# step = 1
# [parameters.PAUSE]
# label = { en = "pause after each", zh = "每次之后停顿" }
# min = 0
# max = 2
# step = 0.1
# unit = "s"
# [expect]
# live = "finishes"
# step = { gil = "passes", free-threaded = "passes" }
# ///
"""One thread adds to a global, a second thread reads the same global."""

import threading
import time

START = 10
ADDITIONS = 5
PAUSE = 0.5

number = START
number_read = 0


def add():
    global number
    for _ in range(ADDITIONS):
        number += 1
        print(f"adder: number is now {number}")
        time.sleep(PAUSE)


def read_after(adder):
    global number_read
    adder.join()
    number_read = number
    print(f"reader: number is {number_read}")


def main():
    print(f"main: number is {number}")
    adder = threading.Thread(target=add, name="adder")
    reader = threading.Thread(target=read_after, args=(adder,), name="reader")
    adder.start()
    reader.start()
    adder.join()
    reader.join()


if __name__ == "__main__":
    main()
