# /// concsim
# title = { en = "Memory of its own", zh = "各有各的内存" }
# topic = "processes"
# order = 50
# blurb = { en = "A child appends to a list, and nobody else sees it", zh = "子进程往列表里加东西，别人都看不到" }
# watch = { numbers = "", seen = "" }
# views = ["tree", "lanes", "code"]
# summary.en = "The adding child saw {seen[adder]}, the parent {seen[parent]}, the other child {seen[reader]}."
# summary.zh = "追加的子进程看到 {seen[adder]}，父进程看到 {seen[parent]}，另一个子进程看到 {seen[reader]}。"
# [parameters.ADDITIONS]
# label = { en = "numbers the child appends", zh = "子进程追加几个" }
# min = 0
# max = 10
# step = 1
# [parameters.PAUSE]
# label = { en = "each child stays for", zh = "每个子进程停留" }
# min = 0
# max = 5
# step = 0.5
# unit = "s"
# [parameters.START]
# label = { en = "start method", zh = "启动方式" }
# choices = ["fork", "spawn", "forkserver"]
# [expect]
# live = "finishes"
# ///
"""One child appends to a global list; the parent and another child look at theirs."""

import multiprocessing
import os
import time

ADDITIONS = 2
PAUSE = 1.5
START = "fork"

numbers = [1, 2, 3]
seen = {}


def tell(who):
    print(f"{who}, pid {os.getpid()}: my list is {numbers}", flush=True)


def append(report):
    for number in range(ADDITIONS):
        numbers.append(100 + number)
    tell("adder")
    report.put(numbers)
    time.sleep(PAUSE)


def read(report):
    tell("reader")
    report.put(numbers)
    time.sleep(PAUSE)


def main():
    context = multiprocessing.get_context(START)
    report = context.SimpleQueue()
    numbers.append(4)  # before there is a child: does a child find it?
    tell("parent, at first")
    for name, work in (("adder", append), ("reader", read)):
        child = context.Process(target=work, args=(report,), name=name)
        child.start()
        seen[name] = report.get()
        child.join()
        tell(f"parent, after the {name}")
    seen["parent"] = list(numbers)
    for who in seen:
        print(f"the {who} saw {len(seen[who])} numbers")


if __name__ == "__main__":
    main()
