# /// concsim
# title = { en = "Fibonacci by an iterator", zh = "用迭代器算斐波那契数列" }
# topic = "iterators"
# order = 30
# blurb = { en = "Memory of a stored list against an iterator", zh = "存成列表与用迭代器，各占多少内存" }
# watch = { memory = "", kilobytes = "", same_sums = "SIZES" }
# charts = [{ kind = "curves", of = "memory", over = "numbers" }, { kind = "bars", of = "kilobytes" }]
# views = ["frames", "code"]
# summary.en = "{LARGEST:,} numbers: the stored list holds {kilobytes[stored list]:,.1f} kB, the iterator {kilobytes[iterator]:,.1f} kB."
# summary.zh = "{LARGEST:,} 个数：存成列表占 {kilobytes[stored list]:,.1f} kB，迭代器占 {kilobytes[iterator]:,.1f} kB。"
# [parameters.LARGEST]
# label = { en = "most numbers", zh = "最多算几个数" }
# min = 10
# max = 20_000
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
"""Add up the first Fibonacci numbers, out of a stored list and out of an iterator, and measure the memory of both."""

import time
import tracemalloc

LARGEST = 10_000
SIZES = 10
PAUSE = 0.25

memory = {"stored list": [], "iterator": []}  # [how many numbers, bytes held]
kilobytes = {}  # of the largest size
same_sums = 0


class Fibonacci:
    def __init__(self, count):
        self.left = count
        self.now, self.then = 0, 1

    def __iter__(self):
        return self

    def __next__(self):
        if self.left == 0:
            raise StopIteration
        self.left -= 1
        number = self.now
        self.now, self.then = self.then, self.now + self.then
        return number


def stored_list(count):
    numbers = []
    now, then = 0, 1
    for _ in range(count):
        numbers.append(now)
        now, then = then, now + then
    return numbers


def bytes_held():
    """The memory that lines of this file asked for and have not given back."""
    here = bytes_held.__code__.co_filename
    traces = tracemalloc.take_snapshot().traces
    return sum([trace.size for trace in traces if trace.traceback[0].filename == here])


def add_up(way, count):
    """The sum of the numbers, and the bytes held when the last of them is in hand."""
    tracemalloc.start()
    total = held = 0
    for place, number in enumerate(way(count), 1):
        total += number
        if place == count:
            held = bytes_held()
    tracemalloc.stop()
    return total, held


def main():
    global same_sums
    for size in range(1, SIZES + 1):
        count = max(1, LARGEST * size // SIZES)
        list_sum, list_bytes = add_up(stored_list, count)
        iterator_sum, iterator_bytes = add_up(Fibonacci, count)
        same_sums += list_sum == iterator_sum
        memory["stored list"].append([count, list_bytes])
        memory["iterator"].append([count, iterator_bytes])
        kilobytes.update({"stored list": list_bytes / 1000, "iterator": iterator_bytes / 1000})
        print(f"{count:6,} numbers: stored list {list_bytes:10,} bytes, iterator {iterator_bytes:6,} bytes")
        time.sleep(PAUSE)
    print(f"the same sum at {same_sums} of {SIZES} sizes")


if __name__ == "__main__":
    main()
