# /// concsim
# title = { en = "The main thread waits", zh = "主线程会等待" }
# topic = "threads"
# order = 20
# blurb = { en = "The last line of main is not the end of the process", zh = "主线程的最后一行，不是进程的终点" }
# watch = { verses = "", steps = "" }
# charts = [{ kind = "count", of = "verses" }, { kind = "count", of = "steps" }]
# views = ["lanes", "code"]
# summary.en = "{verses} of {TIMES} {TIMES:verse was|verses were} sung and {steps} of {TIMES} {TIMES:step|steps} danced before the process ended."
# summary.zh = "进程结束之前，{TIMES} 段歌唱了 {verses} 段，{TIMES} 段舞跳了 {steps} 段。"
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
# [parameters.DAEMON]
# label = { en = "daemon threads", zh = "守护线程" }
# [expect]
# live = "finishes"
# step = { gil = "passes", free-threaded = "passes" }
# ///
"""Main starts two threads, prints its last line, and the process lives on until both have ended."""

import threading
import time

TIMES = 4
SING_PAUSE = 0.6
DANCE_PAUSE = 0.8
DAEMON = False

verses = 0
steps = 0


def sing():
    global verses
    for verse in range(1, TIMES + 1):
        print(f"singing verse {verse}")
        time.sleep(SING_PAUSE)
        verses = verse
    print("the singer has finished")


def dance():
    global steps
    for step in range(1, TIMES + 1):
        print(f"dancing step {step}")
        time.sleep(DANCE_PAUSE)
        steps = step
    print("the dancer has finished")


def main():
    threading.Thread(target=sing, name="singer", daemon=DAEMON).start()
    threading.Thread(target=dance, name="dancer", daemon=DAEMON).start()
    print("this is the last line of main")


if __name__ == "__main__":
    main()
