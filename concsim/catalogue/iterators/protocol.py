# /// concsim
# title = { en = "iter, next, StopIteration", zh = "iter、next 与 StopIteration" }
# topic = "iterators"
# order = 20
# blurb = { en = "The for loop written out by hand", zh = "把 for 循环拆开来写" }
# watch = { taken = "", next_calls = "2 * (BOOKS + 1)" }
# charts = [{ kind = "count", of = "next_calls" }]
# views = ["frames", "sequence", "code"]
# summary.en = "Two loops over {BOOKS} {BOOKS:book|books} called __next__ {next_calls} times: one call more than there are books in each loop."
# summary.zh = "两个循环各取 {BOOKS} 本书，一共调用 __next__ {next_calls} 次：每个循环都比书多调一次。"
# [parameters.BOOKS]
# label = { en = "books", zh = "几本书" }
# min = 0
# max = 10
# step = 1
# [parameters.PAUSE]
# label = { en = "taking one takes", zh = "取一本用时" }
# min = 0
# max = 2
# step = 0.1
# unit = "s"
# [expect]
# live = "finishes"
# ///
"""What a for loop does: iter() once, next() again and again, and StopIteration at the end."""

import time

BOOKS = 3
PAUSE = 0.3

taken = {"for": [], "by hand": []}
next_calls = 0


class Shelf:
    def __init__(self, books):
        self.books = books

    def __iter__(self):
        print("    Shelf.__iter__: here is a new iterator")
        return ShelfIterator(self.books)


class ShelfIterator:
    def __init__(self, books):
        self.books = books
        self.place = 0

    def __iter__(self):
        return self

    def __next__(self):
        global next_calls
        next_calls += 1
        time.sleep(PAUSE)
        if self.place == len(self.books):
            print("    ShelfIterator.__next__: StopIteration")
            raise StopIteration
        book = self.books[self.place]
        self.place += 1
        print(f"    ShelfIterator.__next__: {book}, next place {self.place}")
        return book


def loop_with_for(shelf):
    for book in shelf:
        taken["for"].append(book)


def loop_by_hand(shelf):
    iterator = iter(shelf)
    while True:
        try:
            book = next(iterator)
        except StopIteration:
            break
        taken["by hand"].append(book)


def main():
    shelf = Shelf([f"book {number + 1}" for number in range(BOOKS)])
    print("with for:")
    loop_with_for(shelf)
    print("by hand:")
    loop_by_hand(shelf)
    print(f"the same items: {taken['for'] == taken['by hand']}, next() was called {next_calls} times")


if __name__ == "__main__":
    main()
