# /// concsim
# title = { en = "What each costs", zh = "各要多少代价" }
# topic = "overview"
# order = 40
# blurb = { en = "To make, to switch to and to keep: a process, a thread, a greenlet, a generator", zh = "造一个、换一次、养一个：进程、线程、greenlet、生成器" }
# watch = { costs = "", microseconds = "" }
# views = ["costs", "code"]
# summary.en = "To make and end one takes {microseconds[process]:,.0f} µs for a process, {microseconds[thread]:,.1f} µs for a thread, {microseconds[generator]:,.2f} µs for a generator."
# summary.zh = "从造出到结束：进程 {microseconds[process]:,.0f} 微秒，线程 {microseconds[thread]:,.1f} 微秒，生成器 {microseconds[generator]:,.2f} 微秒。"
# [parameters.REPEATS]
# label = { en = "measurements of each", zh = "各测几次" }
# min = 3
# max = 200
# step = 1
# [parameters.SWITCHES]
# label = { en = "switches in a measurement", zh = "一次测量换手几回" }
# min = 100
# max = 10000
# step = 100
# [parameters.START]
# label = { en = "start method", zh = "启动方式" }
# choices = ["fork", "spawn", "forkserver"]
# [expect]
# live = "finishes"
# ///
"""Make, switch and keep processes, threads, greenlets and generators: measured in a plain Python that nobody watches."""

import json
import multiprocessing
import os
import statistics
import subprocess
import sys
import threading
import timeit

REPEATS = 50
SWITCHES = 1000
START = "fork"

costs = {}  # kind -> create, switch, memory -> median, low, high of so many repeats
microseconds = {}  # kind -> to make one and end it, the median


def spread(samples):
    if None in samples:
        return {}  # the system does not tell
    return {"median": statistics.median(samples), "low": min(samples), "high": max(samples), "repeats": len(samples)}


def seconds(action, times, parts=1):
    return spread([spent / times / parts for spent in timeit.repeat(action, repeat=repeats, number=times)])


def private_bytes():
    """The memory that this process shares with no other."""
    try:
        with open("/proc/self/smaps_rollup") as lines:
            return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Private_"))
    except OSError:
        return None


def memory(begin, count):
    """By how much this process grows with each of *count* that are kept, five times over."""
    kept, samples = [], []
    for _ in range(5):
        before = private_bytes()
        kept += [begin() for _ in range(count)]
        samples.append(before and (private_bytes() - before) / count)
    return spread(samples)


def run_and_end(one):
    one.start()
    one.join()


def nothing(turns=()):
    yield from turns


def measure_generator():
    def begin():
        generator = nothing(iter(int, 1))  # it has no end
        next(generator)
        return generator

    create = seconds(lambda: next(nothing(), None), 1000)
    return {"create": create, "switch": seconds(begin().__next__, switches, 2), "memory": memory(begin, 2000)}


def measure_greenlet():
    from greenlet import getcurrent, greenlet

    def hand_back():
        while True:
            main_greenlet.switch()

    def begin():
        one = greenlet(hand_back)
        one.switch()
        return one

    main_greenlet = getcurrent()
    create = seconds(lambda: greenlet(nothing).switch(), 1000)
    return {"create": create, "switch": seconds(begin().switch, switches, 2), "memory": memory(begin, 500)}


def hand_back_by_lock(ours, theirs):
    while theirs.acquire():
        ours.release()


def measure_thread():
    def begin():
        ours, theirs = threading.Lock(), threading.Lock()
        ours.acquire()
        theirs.acquire()
        threading.Thread(target=hand_back_by_lock, args=(ours, theirs), daemon=True).start()
        return ours, theirs

    ours, theirs = begin()
    create = seconds(lambda: run_and_end(threading.Thread(target=nothing)), 5)
    switch = seconds(lambda: (theirs.release(), ours.acquire()), switches, 2)
    return {"create": create, "switch": switch, "memory": memory(begin, 10)}


def hand_back_by_pipe(pipe):
    pipe.send(private_bytes())
    while pipe.recv():
        pipe.send(True)


def measure_process():
    context = multiprocessing.get_context(START)
    pipes = [context.Pipe() for _ in range(5)]
    processes = [context.Process(target=hand_back_by_pipe, args=(theirs,)) for _, theirs in pipes]
    for process in processes:
        process.start()
    samples = [ours.recv() for ours, _ in pipes]
    first = pipes[0][0]
    switch = seconds(lambda: (first.send(True), first.recv()), switches, 2)
    for (ours, _), process in zip(pipes, processes):
        ours.send(False)
        process.join()
    create = seconds(lambda: run_and_end(context.Process(target=nothing)), 1)
    return {"create": create, "switch": switch, "memory": spread(samples)}


def measure_all():
    """Measure, on one core so that a switch is a switch; print a line of JSON for each kind."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    for measure in (measure_generator, measure_greenlet, measure_process, measure_thread):  # fork before there are threads
        try:
            costs = measure()
        except ImportError:
            costs = None
        print(json.dumps([measure.__name__.removeprefix("measure_"), costs]), flush=True)


def main():
    command = [sys.executable, __file__, "measure", START, str(REPEATS), str(SWITCHES)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as plain_python:
        for line in plain_python.stdout:
            kind, measured = json.loads(line)
            if measured is None:
                print(f"{kind} is not installed")
                continue
            costs[kind] = measured
            microseconds[kind] = created = round(measured["create"]["median"] * 1e6, 3)
            switched = measured["switch"]["median"] * 1e6
            kept = f"{measured['memory']['median'] / 1024:,.1f} KiB" if measured["memory"] else "unknown here"
            print(f"{kind:9}: make and end {created:9,.2f} µs, switch {switched:6.2f} µs, memory {kept}")
    sys.exit(plain_python.returncode)


if __name__ == "__main__":
    if sys.argv[1:2] == ["measure"]:
        START, repeats, switches = sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
        measure_all()
    else:
        main()
