# /// concsim
# title = { en = "The same in asyncio", zh = "用 asyncio 再做一遍" }
# name = "asyncio"
# topic = "coroutines"
# order = 80
# blurb = { en = "Tasks on an event loop, and a call that stalls it", zh = "事件循环上的任务，以及一个让循环停住的调用" }
# watch = { order = "", switches = "", seconds = "", latest = "" }
# charts = [{ kind = "bars", of = "seconds" }, { kind = "count", of = "switches" }]
# views = ["lanes", "hub", "sequence", "code"]
# summary.en = "{switches} {switches:switch|switches}; together {seconds[together]:.1f} s; no task was woken more than {latest:.2f} s late."
# summary.zh = "换手 {switches} 次；合起来 {seconds[together]:.1f} 秒；任务被叫醒时最多迟了 {latest:.2f} 秒。"
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
# [parameters.BLOCKING]
# label = { en = "the soup blocks the loop", zh = "汤会卡住事件循环" }
# [expect]
# live = "finishes"
# ///
"""Three tasks on asyncio's event loop; the soup may wait by a call that blocks the whole loop."""

import asyncio
import time

ROUNDS = 5
PAUSE = 0.5
BLOCKING = False

turns = {"tea": ROUNDS - 2, "rice": ROUNDS - 1, "soup": ROUNDS}
order = []  # which dish was stirred, turn by turn
switches = 0
seconds = dict.fromkeys([*turns, "together"], 0.0)
latest = 0.0  # how much later than asked for a task was woken, at worst


def take_turn(name, number):
    global switches
    switches += bool(order) and order[-1] != name
    order.append(name)
    print(f"{name}: stir {number}")


async def wait(dish):
    global latest
    began = time.perf_counter()
    if BLOCKING and dish == "soup":
        time.sleep(PAUSE)
    else:
        await asyncio.sleep(PAUSE)
    waited = time.perf_counter() - began
    seconds[dish] += waited
    latest = max(latest, waited - PAUSE)


async def cook(dish):
    for number in range(1, turns[dish] + 1):
        take_turn(dish, number)
        await wait(dish)


async def cook_all():
    tasks = [asyncio.create_task(cook(dish), name=dish) for dish in turns]
    for task in tasks:
        await task


def main():
    began = time.perf_counter()
    asyncio.run(cook_all())
    seconds["together"] = time.perf_counter() - began
    print(f"{len(order)} turns, {switches} switches")
    print(f"a task was woken at most {latest:.2f} s late")
    print(", ".join([f"{name} {spent:.2f} s" for name, spent in seconds.items()]))


if __name__ == "__main__":
    main()
