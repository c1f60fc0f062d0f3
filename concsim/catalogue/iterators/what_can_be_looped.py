# /// concsim
# title = { en = "What can be looped over?", zh = "什么可以遍历？" }
# topic = "iterators"
# order = 10
# blurb = { en = "Ask isinstance() first, then really loop", zh = "先问 isinstance()，再真的去遍历" }
# watch = { says_iterable = "", loops = "", mistaken = "", asked = "", looped = "", wrong = "2" }
# views = ["code", "memory"]
# summary.en = "{looped} of {asked} things could be looped over; isinstance() was wrong about {wrong} of them."
# summary.zh = "{asked} 样东西里有 {looped} 样可以遍历；isinstance() 说错了 {wrong} 样。"
# [parameters.BOOKS]
# label = { en = "books on each shelf", zh = "每个书架几本书" }
# min = 1
# max = 10
# step = 1
# [parameters.PAUSE]
# label = { en = "pause after each thing", zh = "每样之后停多久" }
# min = 0
# max = 2
# step = 0.1
# unit = "s"
# [expect]
# live = "finishes"
# ///
"""Ask isinstance() of each thing whether it can be looped over, and then try the loop."""

import collections
import time
from collections.abc import Iterable

BOOKS = 3
PAUSE = 0.4

says_iterable = {}  # what isinstance(thing, Iterable) answers
loops = {}  # what really happens
mistaken = {}  # about what isinstance() was wrong, and how
asked = 0
looped = 0
wrong = 0


class Shelf:
    def __init__(self):
        self.books = [f"book {number + 1}" for number in range(BOOKS)]


class ShelfThatPromises(Shelf):
    def __iter__(self):
        return None


class ShelfWithIter(Shelf):
    def __iter__(self):
        return iter(self.books)


class ShelfWithGetitem(Shelf):
    def __getitem__(self, place):
        return self.books[place]


def try_to_loop(thing):
    count = 0
    try:
        for item in thing:
            count += 1
    except TypeError as error:
        return f"TypeError: {error}"
    return f"{count} items"


def look_at(name, thing):
    global asked, looped, wrong
    says_iterable[name] = isinstance(thing, Iterable)
    loops[name] = try_to_loop(thing)
    works = loops[name].endswith("items")
    asked += 1
    looped += works
    if works != says_iterable[name]:
        wrong += 1
        mistaken[name] = f"{says_iterable[name]}, {'works' if works else 'fails'}"
    print(f"{name:17}  isinstance: {says_iterable[name]!s:5}  for: {loops[name]}")
    time.sleep(PAUSE)


def main():
    print(f"collections has the name Iterable: {hasattr(collections, 'Iterable')}")
    look_at("a number", 100)
    look_at("a text", "book")
    look_at("a list", [1, 2, 3])
    look_at("a dict", {"title": "Emma", "pages": 474})
    for kind in (Shelf, ShelfThatPromises, ShelfWithIter, ShelfWithGetitem):
        look_at(kind.__name__, kind())


if __name__ == "__main__":
    main()
