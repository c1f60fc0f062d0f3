# /// concsim
# title = { en = "Sing and dance", zh = "又唱又跳" }
# topic = "overview"
# order = 20
# blurb = { en = "Two jobs one after the other, then at the same time", zh = "两件事先后做，再同时做" }
# watch = { seconds = "" }
# charts = [{ kind = "bars", of = "seconds" }]
# views = ["lanes", "code"]
# summary.en = "One after the other needs {TIMES} × ({SING_PAUSE} + {DANCE_PAUSE}) s; together, only the longer of the two."
# summary.zh = "先后做需要 {TIMES} ×（{SING_PAUSE} + {DANCE_PAUSE}）秒；同时做只需要较长的那一份。"
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
# [expect]
# live = "finishes"
# step = { gil = "passes", free-threaded = "passes" }
# ///
"""Sing and dance: first one after the other, then as two threads."""

import threading
import time

TIMES = 3
SING_PAUSE = 0.6
DANCE_PAUSE = 0.4

seconds = {"one after the other": 0.0, "together": 0.0}


def sing():
    for verse in range(1, TIMES + 1):
        print(f"singing verse {verse}")
        time.sleep(SING_PAUSE)


def dance():
    for step in range(1, TIMES + 1):
        print(f"dancing step {step}")
        time.sleep(DANCE_PAUSE)


def one_after_the_other():
    sing()
    dance()


def together():
    singer = threading.Thread(target=sing, name="singer")
    dancer = threading.Thread(target=dance, name="dancer")
    singer.start()
    dancer.start()
    singer.join()
    dancer.join()


def measure(label, way):
    began = time.perf_counter()
    way()
    seconds[label] = time.perf_counter() - began
    print(f"{label}: {seconds[label]:.2f} s")


def main():
    measure("one after the other", one_after_the_other)
    measure("together", together)


if __name__ == "__main__":
    main()
