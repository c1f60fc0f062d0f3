# /// concsim
# title = { en = "Semaphore", zh = "信号量" }
# topic = "conditions"
# order = 40
# blurb = { en = "A few seats, more guests", zh = "座位少，客人多" }
# watch = { at_table = "", served = "GUESTS", most_at_table = "" }
# charts = [{ kind = "depth", of = "at_table", capacity = "SEATS" }, { kind = "waiting" }]
# views = ["lanes", "code", "graph"]
# summary.en = "{served} of {GUESTS} {GUESTS:guest|guests} ate at a table of {SEATS} {SEATS:seat|seats}; the most counted at once was {most_at_table}."
# summary.zh = "{GUESTS} 位客人中 {served} 位用了餐，座位 {SEATS} 个；同时在座最多数到 {most_at_table} 位。"
# [parameters.SEATS]
# label = { en = "seats", zh = "座位" }
# min = 1
# max = 12
# step = 1
# [parameters.GUESTS]
# label = { en = "guests", zh = "客人" }
# min = 1
# max = 32
# step = 1
# [parameters.MEAL]
# label = { en = "a meal takes", zh = "一餐用时" }
# min = 0
# max = 2
# step = 0.1
# unit = "s"
# [expect]
# live = "finishes"
# step = { gil = "passes", free-threaded = "passes" }
# [expect.set]
# SEATS = 1
# GUESTS = 2
# ///
"""A semaphore lets as many guests in as there are seats; the others wait for a seat to be free."""

import random
import threading
import time

SEATS = 3
GUESTS = 12
MEAL = 0.7

seats = threading.Semaphore(SEATS)
at_table = []
head_counts = []
served = 0
most_at_table = 0


def eat(guest):
    with seats:
        at_table.append(guest)
        head_counts.append(len(at_table))
        time.sleep(MEAL * random.uniform(0.5, 1.5))
        at_table.remove(guest)


def main():
    global served, most_at_table
    names = [f"guest-{n + 1}" for n in range(GUESTS)]
    guests = [threading.Thread(target=eat, args=(name,), name=name) for name in names]
    for guest in guests:
        guest.start()
    for guest in guests:
        guest.join()
    served = len(head_counts)
    most_at_table = max(head_counts)
    print(f"{served} guests served, at most {most_at_table} at a table of {SEATS}")


if __name__ == "__main__":
    main()
