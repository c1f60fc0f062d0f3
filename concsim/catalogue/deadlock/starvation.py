# /// concsim
# title = { en = "Starvation", zh = "饥饿" }
# topic = "deadlock"
# order = 40
# blurb = { en = "A greedy thread lets go and takes again before anybody wakes", zh = "贪心的线程刚放手又拿起，别人还没醒来" }
# watch = { turns_left = "0", turns = "" }
# charts = [{ kind = "bars", of = "turns" }, { kind = "waiting" }]
# views = ["lanes", "code", "graph"]
# summary.en = "{GREEDY} greedy and {MODEST} modest threads shared {TURNS} {TURNS:turn|turns}, {turns_left} of them never taken; the bars show who got them."
# summary.zh = "{GREEDY} 个贪心线程和 {MODEST} 个谦让线程分 {TURNS} 次机会，还剩 {turns_left} 次没人用；柱子显示归了谁。"
# [parameters.GREEDY]
# label = { en = "greedy threads", zh = "贪心线程数" }
# min = 1
# max = 4
# step = 1
# [parameters.MODEST]
# label = { en = "modest threads", zh = "谦让线程数" }
# min = 1
# max = 8
# step = 1
# [parameters.TURNS]
# label = { en = "turns in all", zh = "机会总数" }
# min = 1
# max = 500
# step = 1
# [parameters.HOLD]
# label = { en = "one turn takes", zh = "一次用时" }
# min = 0
# max = 0.1
# step = 0.001
# unit = "s"
# [parameters.REST]
# label = { en = "a modest rest", zh = "谦让者歇多久" }
# min = 0
# max = 0.1
# step = 0.005
# unit = "s"
# [parameters.FAIR]
# label = { en = "draw a ticket", zh = "取号排队" }
# [expect]
# live = "finishes"
# step = { gil = "passes", free-threaded = "passes" }
# [expect.set]
# MODEST = 1
# TURNS = 2
# ///
"""Greedy and modest threads share one lock; with tickets, everybody's turn comes."""

import threading
import time

GREEDY = 1
MODEST = 2
TURNS = 100
HOLD = 0.03
REST = 0.01
FAIR = False

turns_left = TURNS
turns = {}


class TicketLock:
    """A lock that serves its callers in the order in which they asked."""

    def __init__(self):
        self.changed = threading.Condition()
        self.next_ticket = 0
        self.now_serving = 0

    def __enter__(self):
        with self.changed:
            ticket = self.next_ticket
            self.next_ticket += 1
            while ticket != self.now_serving:
                self.changed.wait()

    def __exit__(self, *exception):
        with self.changed:
            self.now_serving += 1
            self.changed.notify_all()


lock = TicketLock() if FAIR else threading.Lock()


def work(rest):
    global turns_left
    name = threading.current_thread().name
    while True:
        with lock:
            if turns_left == 0:
                return
            turns_left -= 1
            turns[name] += 1
            time.sleep(HOLD)
        if rest:
            time.sleep(rest)


def main():
    rests = {f"greedy-{n + 1}": 0 for n in range(GREEDY)}
    rests.update({f"modest-{n + 1}": REST for n in range(MODEST)})
    turns.update(dict.fromkeys(rests, 0))
    threads = [threading.Thread(target=work, args=(rest,), name=name) for name, rest in rests.items()]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for name, count in turns.items():
        print(f"{name}: {count} of {TURNS} turns")


if __name__ == "__main__":
    main()
