# /// concsim
# title = { en = "Dining philosophers", zh = "哲学家就餐" }
# topic = "deadlock"
# order = 60
# blurb = { en = "A fork between every two, and each needs both", zh = "每两人之间一把叉子，每人都要两把" }
# watch = { meals = "PHILOSOPHERS * MEALS" }
# charts = []
# views = ["table", "lanes", "code"]
# summary.en = "{PHILOSOPHERS} philosophers ate {meals} of {meals_expected} {meals_expected:meal|meals}, the way {WAY}."
# summary.zh = "{PHILOSOPHERS} 位哲学家一共该吃 {meals_expected} 顿，吃了 {meals} 顿；拿法：{WAY}。"
# [parameters.PHILOSOPHERS]
# label = { en = "philosophers", zh = "哲学家人数" }
# min = 2
# max = 9
# step = 1
# [parameters.WAY]
# label = { en = "way of taking forks", zh = "怎么拿叉子" }
# choices = ["naive", "one_left_handed"]
# [parameters.MEALS]
# label = { en = "meals each", zh = "每人几顿" }
# min = 1
# max = 20
# step = 1
# [parameters.PAUSE]
# label = { en = "pause between the forks, and a meal", zh = "两次拿叉子之间的停顿，也是一顿饭的时间" }
# min = 0
# max = 3
# step = 0.1
# unit = "s"
# [parameters.MEET]
# label = { en = "naive: meet with one fork in hand", zh = "naive：各拿一把后碰头" }
# [expect]
# live = "deadlocks"
# step = { gil = "deadlocks", free-threaded = "deadlocks" }
# [expect.set]
# PHILOSOPHERS = 3
# MEALS = 1
# MEET = false
# ///
"""Philosophers sit round a table with a fork between every two of them; to eat, one needs the fork on either side."""

import threading
import time

PHILOSOPHERS = 5
WAY = "naive"
MEALS = 3
PAUSE = 0.7
MEET = True

forks = [threading.Lock() for _ in range(PHILOSOPHERS)]
tally = threading.Lock()
meeting = threading.Barrier(PHILOSOPHERS)
meals = 0


def pause():
    time.sleep(PAUSE)
    if MEET and WAY == "naive":
        meeting.wait()


def eat(name):
    global meals
    print(f"{name} eats")
    time.sleep(PAUSE)
    with tally:
        meals += 1


def dine(name, first, second):
    for _ in range(MEALS):
        with first:
            print(f"{name} has one fork")
            pause()
            with second:
                eat(name)


def seat(number):
    """The thread of a philosopher: right fork first, then the left one. (The first one's right fork is forks[-1].)"""
    first, second = forks[number - 1], forks[number]
    if WAY == "one_left_handed" and number == PHILOSOPHERS - 1:
        first, second = second, first
    name = f"philosopher-{number + 1}"
    return threading.Thread(target=dine, name=name, args=(name, first, second))


def main():
    threads = [seat(number) for number in range(PHILOSOPHERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(f"{meals} of {PHILOSOPHERS * MEALS} meals were eaten")


if __name__ == "__main__":
    main()
