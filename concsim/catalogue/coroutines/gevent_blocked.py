# /// concsim
# title = { en = "gevent blocked by time.sleep", zh = "被 time.sleep 卡住的 gevent" }
# topic = "coroutines"
# order = 50
# blurb = { en = "A call that gevent knows nothing of stops everybody", zh = "gevent 不认识的调用，会让所有人停下" }
# watch = { order = "", switches = "2", seconds = "" }
# charts = [{ kind = "bars", of = "seconds" }, { kind = "count", of = "switches" }]
# views = ["lanes", "hub", "sequence", "code"]
# summary.en = "{switches} {switches:switch|switches}; the dishes wait {seconds[tea]:.1f}, {seconds[rice]:.1f} and {seconds[soup]:.1f} s, together {seconds[together]:.1f} s."
# summary.zh = "换手 {switches} 次；三道菜各等 {seconds[tea]:.1f}、{seconds[rice]:.1f}、{seconds[soup]:.1f} 秒，合起来 {seconds[together]:.1f} 秒。"
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
# [expect]
# live = "finishes"
# ///
"""Three greenlets that wait by time.sleep(): the thread sleeps, and the hub with it."""

import time

import gevent

ROUNDS = 5
PAUSE = 0.5

turns = {"tea": ROUNDS - 2, "rice": ROUNDS - 1, "soup": ROUNDS}
order = []  # which dish was stirred, turn by turn
switches = 0
seconds = dict.fromkeys([*turns, "together"], 0.0)


def take_turn(name, number):
    global switches
    switches += bool(order) and order[-1] != name
    order.append(name)
    print(f"{name}: stir {number}")


def cook(dish):
    for number in range(1, turns[dish] + 1):
        take_turn(dish, number)
        began = time.perf_counter()
        time.sleep(PAUSE)
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
