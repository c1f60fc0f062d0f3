# /// concsim
# title = { en = "List or generator expression", zh = "列表推导式与生成器表达式" }
# topic = "iterators"
# order = 40
# blurb = { en = "Round brackets in place of square ones", zh = "方括号换成圆括号" }
# watch = { memory = "", kilobytes = "", items_seen = "", second_loop = "0" }
# charts = [{ kind = "curves", of = "memory", over = "squares" }, { kind = "bars", of = "items_seen" }]
# views = ["frames", "code"]
# summary.en = "{LARGEST:,} squares: the list holds {kilobytes[list]:,.1f} kB, the expression {kilobytes[expression]:,.1f} kB, and a second loop over it saw {second_loop} of them."
# summary.zh = "{LARGEST:,} 个平方数：列表占 {kilobytes[list]:,.1f} kB，生成器表达式占 {kilobytes[expression]:,.1f} kB；对它再遍历一遍，取到 {second_loop} 个。"
# [parameters.LARGEST]
# label = { en = "most squares", zh = "最多几个平方数" }
# min = 10
# max = 100_000
# step = 10
# [parameters.SIZES]
# label = { en = "measured at", zh = "测几个点" }
# min = 1
# max = 10
# step = 1
# [parameters.PAUSE]
# label = { en = "pause after each size", zh = "每个点之后停多久" }
# min = 0
# max = 2
# step = 0.05
# unit = "s"
# [expect]
# live = "finishes"
# [expect.set]
# LARGEST = 20
# SIZES = 2
# ///
"""The same squares as a list and as a generator expression: the memory of both, and a second loop over each."""

import time
import tracemalloc

LARGEST = 20_000
SIZES = 10
PAUSE = 0.25

memory = {"list": [], "expression": []}  # [how many squares, bytes held]
kilobytes = {}  # of the largest size
items_seen = {}
second_loop = -1


def as_list(count):
    return [number * number for number in range(count)]


def as_expression(count):
    return (number * number for number in range(count))


def bytes_held():
    """The memory that lines of this file asked for and have not given back."""
    here = bytes_held.__code__.co_filename
    traces = tracemalloc.take_snapshot().traces
    return sum([trace.size for trace in traces if trace.traceback[0].filename == here])


def measure(way, count):
    """The bytes held when a loop has the last square in hand."""
    tracemalloc.start()
    held = 0
    for place, square in enumerate(way(count), 1):
        if place == count:
            held = bytes_held()
    tracemalloc.stop()
    return held


def loop_twice(name, squares):
    for loop in ("first", "second"):
        items_seen[f"{name}, {loop} loop"] = sum(1 for square in squares)
        print(f"{name}, {loop} loop: {items_seen[f'{name}, {loop} loop']:,} items")


def main():
    global second_loop
    for size in range(1, SIZES + 1):
        count = max(1, LARGEST * size // SIZES)
        for name, way in (("list", as_list), ("expression", as_expression)):
            held = measure(way, count)
            memory[name].append([count, held])
            kilobytes[name] = held / 1000
        print(f"{count:6,} squares: list {memory['list'][-1][1]:9,} bytes, expression {held:5,} bytes")
        time.sleep(PAUSE)
    loop_twice("list", as_list(LARGEST))
    loop_twice("expression", as_expression(LARGEST))
    second_loop = items_seen["expression, second loop"]


if __name__ == "__main__":
    main()
