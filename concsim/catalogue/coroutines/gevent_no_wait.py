# /// concsim
# title = { en = "gevent: nobody waits", zh = "gevent：谁也不等待" }
# topic = "coroutines"
# order = 30
# blurb = { en = "Three greenlets that only compute run one after the other", zh = "三个只计算的 greenlet，一个做完才轮到下一个" }
# watch = { order = "", switches = "2", seconds = "" }
# charts = [{ kind = "bars", of = "seconds" }, { kind = "count", of = "switches" }]
# views = ["lanes", "hub", "sequence", "code"]
# summary.en = "{switches} {switches:switch|switches} among three greenlets: each ran to its end before the next began; together {seconds[together]:.1f} s."
# summary.zh = "三个 greenlet 只换手 {switches} 次：一个做完，下一个才开始；合起来 {seconds[together]:.1f} 秒。"
# [parameters.ROUNDS]
# label = { en = "turns of the longest", zh = "最久的一道轮几次" }
# min = 3
# max = 10
# step = 1
# [parameters.WORK]
# label = { en = "one turn computes for", zh = "一轮计算多久" }
# min = 0
# max = 2
# step = 0.1
# unit = "s"
# [expect]
# live = "finishes"
# ///
"""Three greenlets that compute and never wait: gevent has no moment to switch."""

import time

import gevent

ROUNDS = 5
WORK = 0.2

turns = {"tea": ROUNDS - 2, "rice": ROUNDS - 1, "soup": ROUNDS}
order = []  # which dish was stirred, turn by turn
switches = 0
seconds = dict.fromkeys([*turns, "together"], 0.0)


def take_turn(name, number):
    global switches
    switches += bool(order) and order[-1] != name
    order.append(name)
    print(f"{name}: stir {number}")


def compute(duration):
    number = 0
    end = time.perf_counter() + duration
    while time.perf_counter() < end:
        number += 1
    return number


def cook(dish):
    for number in range(1, turns[dish] + 1):
        take_turn(dish, number)
        began = time.perf_counter()
        compute(WORK)
        seconds[dish] += time.perf_counter() - began


def main():
    began = time.perf_counter()
    greenlets = [gevent.spawn(cook, dish) for dish in turns]
    for greenlet in greenlets:
        greenlet.join()
    seconds["together"] = time.perf_counter() - began
    print(f"{len(order)} turns, {switches} switches")
    print(", ".join([f"{name} {spent:.2f} s" for name, spent in seconds.items()]))


if __name__ == "__main__":
    main()
