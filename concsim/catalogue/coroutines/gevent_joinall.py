# /// concsim
# title = { en = "Named greenlets and joinall", zh = "有名字的 greenlet 与 joinall" }
# topic = "coroutines"
# order = 70
# blurb = { en = "Wait for all of them in one call, with a limit", zh = "一次调用等所有人，还可以设上限" }
# watch = { order = "", switches = "", seconds = "", served = "" }
# charts = [{ kind = "bars", of = "seconds" }, { kind = "count", of = "switches" }]
# views = ["lanes", "hub", "sequence", "code"]
# summary.en = "{switches} {switches:switch|switches}; joinall() came back after {seconds[together]:.1f} s, {served} of 3 dishes done."
# summary.zh = "换手 {switches} 次；joinall() 在 {seconds[together]:.1f} 秒后返回，三道里做好了 {served} 道。"
# [parameters.ROUNDS]
# label = { en = "turns of the longest", zh = "最久的一道轮几次" }
# min = 3
# max = 10
# step = 1
# [parameters.PAUSE]
# label = { en = "one turn waits for", zh = "一轮等多久" }
# min = 0
# max = 2
# step = 0.1
# unit = "s"
# [parameters.PATIENCE]
# label = { en = "joinall() waits at most", zh = "joinall() 最多等多久" }
# min = 0
# max = 30
# step = 0.1
# unit = "s"
# [expect]
# live = "finishes"
# ///
"""Three greenlets with names of their own; joinall() waits for all of them, but not for ever."""

# ruff: noqa: E402  (the patch comes before the other imports on purpose)
from gevent import monkey

monkey.patch_all()

import time

import gevent

ROUNDS = 5
PAUSE = 0.5
PATIENCE = 30.0

turns = {"tea": ROUNDS - 2, "rice": ROUNDS - 1, "soup": ROUNDS}
order = []  # which dish was stirred, turn by turn
switches = 0
seconds = dict.fromkeys([*turns, "together"], 0.0)
served = 0  # dishes done when joinall() came back


def take_turn(name, number):
    global switches
    switches += bool(order) and order[-1] != name
    order.append(name)
    print(f"{name}: stir {number}")


def cook(turns_needed):
    dish = gevent.getcurrent().name
    for number in range(1, turns_needed + 1):
        take_turn(dish, number)
        began = time.perf_counter()
        time.sleep(PAUSE)
        seconds[dish] += time.perf_counter() - began
    return f"{dish} after {turns_needed} turns"


def spawn(dish):
    greenlet = gevent.spawn(cook, turns[dish])
    greenlet.name = dish
    return greenlet


def main():
    global served
    began = time.perf_counter()
    greenlets = [spawn(dish) for dish in turns]
    for greenlet in gevent.joinall(greenlets, timeout=PATIENCE):
        served += 1
        print(f"served: {greenlet.value}")
    print("not done:", [greenlet.name for greenlet in greenlets if not greenlet.ready()])
    seconds["together"] = time.perf_counter() - began
    print(f"{len(order)} turns, {switches} switches")
    print(", ".join([f"{name} {spent:.2f} s" for name, spent in seconds.items()]))


if __name__ == "__main__":
    main()
