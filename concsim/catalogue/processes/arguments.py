# /// concsim
# title = { en = "Arguments and pids", zh = "参数与进程号" }
# topic = "processes"
# order = 30
# blurb = { en = "What a child is given, and who its parent is", zh = "子进程得到什么参数，父进程又是谁" }
# watch = { received = "", family = "" }
# views = ["tree", "lanes", "code"]
# summary.en = "The child's parent is process {family[parent of the child]}; it was started by process {family[starter of the child]}."
# summary.zh = "子进程的父进程是 {family[parent of the child]}，发起它的是 {family[starter of the child]}。"
# [parameters.PAUSE]
# label = { en = "the child stays for", zh = "子进程停留" }
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
"""A child is given arguments by place and by name, and asks who it is and who its parent is."""

import multiprocessing
import os
import time

PAUSE = 2.0
START = "fork"

received = {}
family = {}


def introduce(pids, title, *guests, **wishes):
    received.update(title=title, guests=list(guests), wishes=wishes)
    starter = multiprocessing.parent_process()
    pids.put((os.getpid(), os.getppid(), starter.pid))
    print(f"child: my pid is {os.getpid()}, my parent's is {os.getppid()}, {starter.pid} asked for me", flush=True)
    print(f"child: the title is {title}", flush=True)
    for number, guest in enumerate(guests, 1):
        print(f"child: guest {number} is {guest}", flush=True)
    for name, wish in wishes.items():
        print(f"child: {name} is {wish}", flush=True)
    time.sleep(PAUSE)


def main():
    context = multiprocessing.get_context(START)
    pids = context.SimpleQueue()
    guests = ("Ada", "Alan")
    child = context.Process(
        target=introduce, args=(pids, "dinner", *guests), kwargs={"drink": "tea", "seats": 4}, name="child"
    )
    print(f"parent: my pid is {os.getpid()}; before start() the child's is {child.pid}", flush=True)
    child.start()
    own, parent, starter = pids.get()
    family.update({"parent": os.getpid(), "child": own, "parent of the child": parent, "starter of the child": starter})
    child.join()
    print(f"parent: I have started process {child.pid}; is its parent me? {parent == os.getpid()}")


if __name__ == "__main__":
    main()
