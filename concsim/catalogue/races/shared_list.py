# /// concsim
# title = { en = "A shared list", zh = "共享的列表" }
# topic = "races"
# order = 20
# blurb = { en = "The same list handed to two threads", zh = "把同一个列表交给两个线程" }
# watch = { fruits = "", length_seen = "ADDITIONS + 3" }
# charts = [{ kind = "depth", of = "fruits" }]
# views = ["lanes", "code", "memory"]
# summary.en = "The appender was to add {ADDITIONS} {ADDITIONS:item|items} to a list of 3; the reader, handed the same list, counted {length_seen}."
# summary.zh = "appender 要往 3 项的列表里加 {ADDITIONS} 项；拿到同一个列表的 reader 数到 {length_seen} 项。"
# [parameters.ADDITIONS]
# label = { en = "items appended", zh = "追加几项" }
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
"""Hand one list to two threads: an argument is the same object on both sides."""

import threading
import time

ADDITIONS = 4
PAUSE = 0.5

fruits = ["apple", "pear", "plum"]
length_seen = 0


def append_to(items):
    print(f"appender: my list is object {id(items):#x}")
    for number in range(1, ADDITIONS + 1):
        items.append(f"fruit-{number}")
        time.sleep(PAUSE)


def read_after(appender, items):
    global length_seen
    appender.join()
    length_seen = len(items)
    print(f"reader: my list is object {id(items):#x}")
    print(f"reader: it holds {', '.join(items)}")


def main():
    print(f"main: my list is object {id(fruits):#x}")
    appender = threading.Thread(target=append_to, args=(fruits,), name="appender")
    reader = threading.Thread(target=read_after, args=(appender, fruits), name="reader")
    appender.start()
    reader.start()
    appender.join()
    reader.join()


if __name__ == "__main__":
    main()
