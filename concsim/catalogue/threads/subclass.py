# /// concsim
# title = { en = "A subclass of Thread", zh = "继承 Thread" }
# topic = "threads"
# order = 40
# blurb = { en = "start() and run() are not the same call", zh = "start() 和 run() 不是一回事" }
# watch = { verses_sung_in = "" }
# charts = [{ kind = "bars", of = "verses_sung_in" }]
# views = ["lanes", "code"]
# summary.en = "Three singers with {VERSES} {VERSES:verse|verses} each: the bars count verses by the thread that ran them, not by the object that owns them."
# summary.zh = "三位歌手，每人 {VERSES} 段：柱子按真正执行代码的线程计数，不按对象计数。"
# [parameters.VERSES]
# label = { en = "verses each", zh = "每人几段" }
# min = 1
# max = 10
# step = 1
# [parameters.PAUSE]
# label = { en = "one verse takes", zh = "一段用时" }
# min = 0
# max = 2
# step = 0.1
# unit = "s"
# [parameters.RUN_BY_MISTAKE]
# label = { en = "call run() on the soprano", zh = "对女高音误调 run()" }
# [expect]
# live = "finishes"
# step = { gil = "passes", free-threaded = "passes" }
# [expect.set]
# VERSES = 1
# ///
"""Subclasses of Thread: start() runs the code in the new thread, run() in the caller's."""

import threading
import time

VERSES = 3
PAUSE = 0.5
RUN_BY_MISTAKE = True

verses_sung_in = {}


class Singer(threading.Thread):
    def run(self):
        here = threading.current_thread().name
        for verse in range(1, VERSES + 1):
            print(f"{self.name} sings verse {verse} in thread {here}")
            verses_sung_in[here] = verse
            time.sleep(PAUSE)


def main():
    tenor = Singer(name="tenor")
    unnamed = Singer()
    soprano = Singer(name="soprano")
    tenor.start()
    unnamed.start()
    if RUN_BY_MISTAKE:
        soprano.run()
    else:
        soprano.start()
    print("main goes on")


if __name__ == "__main__":
    main()
