# /// concsim
# title = { en = "yield and return", zh = "yield 与 return" }
# topic = "iterators"
# order = 50
# blurb = { en = "A frame kept between calls, and a value at the end", zh = "两次调用之间保留的栈帧，以及最后的返回值" }
# watch = { yielded = "", returned = "ROUNDS * (ROUNDS + 1) // 2", passed_on = "ROUNDS * (ROUNDS + 1) // 2" }
# charts = [{ kind = "depth", of = "yielded", capacity = "ROUNDS" }]
# views = ["sequence", "frames", "code"]
# summary.en = "The generator yielded {yielded}; StopIteration carried its return value, {returned}."
# summary.zh = "生成器先后产出 {yielded}；返回值 {returned} 由 StopIteration 带回。"
# [parameters.ROUNDS]
# label = { en = "numbers", zh = "几个数" }
# min = 1
# max = 8
# step = 1
# [parameters.PAUSE]
# label = { en = "finding one takes", zh = "算一个用时" }
# min = 0
# max = 2
# step = 0.1
# unit = "s"
# [expect]
# live = "finishes"
# ///
"""A generator that yields numbers and returns their sum: where it stands between two calls, and where the sum goes."""

import inspect
import time

ROUNDS = 4
PAUSE = 0.3

yielded = []
returned = None
passed_on = None


def add_up(last):
    total = 0
    for number in range(1, last + 1):
        time.sleep(PAUSE)
        total += number
        yield number
    return total


def describe(generator):
    state = inspect.getgeneratorstate(generator)
    if generator.gi_frame is None:
        return f"{state}, its frame is gone"
    return f"{state} at line {generator.gi_frame.f_lineno} with {dict(inspect.getgeneratorlocals(generator))}"


def ask_by_next():
    global returned
    generator = add_up(ROUNDS)
    print(f"made:      {describe(generator)}")
    while True:
        try:
            number = next(generator)
        except StopIteration as end:
            returned = end.value
            break
        yielded.append(number)
        print(f"yielded {number}: {describe(generator)}")
    print(f"ended:     {describe(generator)}")
    print(f"StopIteration brought {returned}")


def relay(last):
    global passed_on
    passed_on = yield from add_up(last)


def ask_by_for():
    seen = []
    for number in relay(ROUNDS):
        seen.append(number)
    print(f"a for loop sees {seen} and no {returned}; yield from has it: {passed_on}")


def main():
    ask_by_next()
    ask_by_for()


if __name__ == "__main__":
    main()
