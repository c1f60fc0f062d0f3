# /// concsim
# title = { en = "Starting gun and meeting point", zh = "发令枪与集合点" }
# topic = "conditions"
# order = 50
# blurb = { en = "An Event starts everybody, a Barrier waits for everybody", zh = "Event 让大家一起跑，Barrier 等大家到齐" }
# watch = { started_early = "0", met = "", went_on_alone = "" }
# charts = [{ kind = "depth", of = "at_the_line", capacity = "RUNNERS" }, { kind = "waiting" }]
# views = ["lanes", "code", "graph"]
# summary.en = "{started_early} of {RUNNERS} runners started before the gun; {met} met at the line, {went_on_alone} found the barrier broken."
# summary.zh = "{RUNNERS} 名选手中 {started_early} 名抢跑；{met} 名在集合点会合，{went_on_alone} 名发现屏障已破。"
# [parameters.RUNNER]
# label = { en = "the last runner", zh = "最后一名选手" }
# choices = ["all_on_time", "one_late", "one_broken"]
# [parameters.RUNNERS]
# label = { en = "runners", zh = "选手数" }
# min = 2
# max = 12
# step = 1
# [parameters.PAUSE]
# label = { en = "the fastest run takes", zh = "最快者用时" }
# min = 0
# max = 2
# step = 0.1
# unit = "s"
# [expect]
# live = "finishes"
# step = { gil = "passes", free-threaded = "passes" }
# [expect.set]
# RUNNERS = 2
# ///
"""Runners wait for the starting gun (an Event), then for one another at a line (a Barrier)."""

import threading
import time

RUNNER = "all_on_time"
RUNNERS = 4
PAUSE = 0.8

gun = threading.Event()
line = threading.Barrier(RUNNERS)
started = []
at_the_line = []
together = []
alone = []
started_early = 0
met = 0
went_on_alone = 0


def run_time(number):
    if RUNNER == "one_late" and number == RUNNERS:
        return 4 * PAUSE
    return PAUSE * (1 + number / RUNNERS)


def race(number):
    name = threading.current_thread().name
    gun.wait()
    started.append(name)
    time.sleep(run_time(number))
    if RUNNER == "one_broken" and number == RUNNERS:
        print(f"{name} is hurt and breaks the barrier")
        line.abort()
        return
    at_the_line.append(name)
    try:
        line.wait()
        together.append(name)
    except threading.BrokenBarrierError:
        print(f"{name} finds the barrier broken")
        alone.append(name)


def main():
    global started_early, met, went_on_alone
    numbers = range(1, RUNNERS + 1)
    runners = [threading.Thread(target=race, args=(n,), name=f"runner-{n}") for n in numbers]
    for runner in runners:
        runner.start()
    time.sleep(PAUSE)
    started_early = len(started)
    print("bang")
    gun.set()
    for runner in runners:
        runner.join()
    met = len(together)
    went_on_alone = len(alone)
    print(f"started early {started_early}, met {met}, alone {went_on_alone}")


if __name__ == "__main__":
    main()
