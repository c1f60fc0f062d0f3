"""What is a visible operation and what is not: the steps of small programs, written out."""

from __future__ import annotations

import pytest

from concsim.engine.schedulers.round_robin import RoundRobin
from tests.engine.exploring import execute

CASES = {
    "locals, builtins and globals that nobody rebinds are not visible": (
        "LIMIT = 3\ndef f(x):\n    y = x + LIMIT\n    return len(str(y))\nf(1)\n",
        [],
    ),
    "a global that a function rebinds is": (
        "n = 0\ndef f():\n    global n\n    n = n + 1\nf()\n",
        ["write n", "read n", "write n"],
    ),
    "an augmented assignment is a read and a write": (
        "n = 0\ndef f():\n    global n\n    n += 1\nf()\n",
        ["write n", "read n", "write n"],
    ),
    "a flag that main sets again and a function reads is visible": (
        "going = True\ndef f():\n    return going\nf()\ngoing = False\n",
        ["write going", "read going", "write going"],
    ),
    "a cell that an inner function rebinds is": (
        "def f():\n    n = 0\n    def g():\n        nonlocal n\n        n += 1\n    g()\n    return n\nf()\n",
        ["write n", "read n", "write n", "read n"],
    ),
    "attributes of the program's objects are": (
        "class Box: pass\nbox = Box()\nbox.n = 1\nbox.n += 1\ndel box.n\n",
        ["write box.n", "read box.n", "write box.n", "delete box.n"],
    ),
    "what __init__ gives a new object is not": (
        "class Box:\n    def __init__(self):\n        self.n = 1\n        self.m = self.n\nBox()\n",
        [],
    ),
    "unless the object gets away in it": (
        "boxes = []\nclass Box:\n    def __init__(self):\n        boxes.append(self)\n        self.n = 1\nBox()\n",
        ["call boxes", "write boxes[0].n"],
    ),
    "slots are fields, methods and properties are not": (
        "class Box:\n    __slots__ = ('n',)\n    @property\n    def p(self): return 1\n    def m(self): return 2\n"
        "box = Box()\nbox.n = 1\nbox.p, box.m()\n",
        ["write box.n"],
    ),
    "data of a class is a field of the class": (
        "class Box:\n    made = 0\ndef f():\n    Box.made += 1\nf()\n",
        ["read Box.made", "write Box.made"],
    ),
    "items of a shared container are": (
        "d = {}\ndef f():\n    d['k'] = 1\n    d['k'] += 1\n    del d['k']\nf()\n",
        ["write d['k']", "read d['k']", "write d['k']", "delete d['k']"],
    ),
    "membership, length, truth and iteration are reads": (
        "d = [1, 2]\ndef f():\n    1 in d\n    len(d)\n    if d: pass\n    for k in d: pass\n    d.pop(1)\nf()\n",
        ["read d", "read d", "read d", "read d", "read d", "read d", "call d"],
    ),
    "a container that one function alone knows is not shared": (
        "def f():\n    mine = []\n    mine.append(1)\n    for one in mine: pass\n    mine[0] = 2\n    return len(mine)\nf()\n",
        [],
    ),
    "one that it gives to somebody is": (
        "def g(x): x.append(1)\ndef f():\n    given = []\n    g(given)\n    given.append(2)\nf()\n",
        ["call list", "call list"],
    ),
    "a container that nobody changes is not shared": (
        "WAYS = {'a': 1}\nNAMES = ['x', 'y']\ndef f():\n    return WAYS['a'], [one for one in NAMES], 'x' in NAMES\nf()\n",
        [],
    ),
    "negative indexes name the same item": (
        "row = [1, 2]\ndef f():\n    row[-1] = 3\n    row[1] = 4\nf()\n",
        ["write row[1]", "write row[1]"],
    ),
    "what one call prints is one operation, in however many pieces": (
        "import sys\nprint('a', 'b')\nprint('c', end='')\nprint('d', file=sys.stderr)\nsys.stdout.write('e')\n",
        ["print ", "print ", "print ", "print "],
    ),
    "tuple targets are written one by one": (
        "class Box: pass\nbox = Box()\nn = 0\ndef f():\n    global n\n    n, box.m = 1, 2\nf()\n",
        ["write n", "write n", "write box.m"],
    ),
}


@pytest.mark.parametrize("model", ["gil", "free-threaded"])
@pytest.mark.parametrize("name", CASES)
def test_that_the_steps_are_those_that_another_thread_could_notice(name: str, model: str) -> None:
    source, expected = CASES[name]
    ran = execute(source, RoundRobin(), model=model)
    assert ran.ended.outcome == "finished", ran.ended
    assert [f"{operation} {what}" for _, operation, what in ran.steps()] == expected


PRIMITIVES = """
import queue, threading, time
lock, rlock, gate = threading.Lock(), threading.RLock(), threading.Event()
condition, permits = threading.Condition(), threading.Semaphore(2)
line = queue.Queue(1)
with lock: pass
with rlock:
    with rlock: pass
gate.set()
gate.wait()
gate.clear()
with condition:
    condition.notify()
    condition.wait(0.5)
with permits: pass
line.put("x")
line.get()
line.task_done()
line.join()
time.sleep(3)
thread = threading.Thread(target=print, name="other")
thread.start()
thread.join()
"""


def test_that_every_operation_of_a_primitive_is_a_step_under_the_programs_name() -> None:
    ran = execute(PRIMITIVES, RoundRobin())
    steps = [f"{operation} {what}" for actor, operation, what in ran.steps() if actor == "MainThread"]
    assert steps == [
        "acquire lock", "release lock", "acquire rlock", "acquire rlock", "release rlock", "release rlock",
        "set gate", "wait gate", "clear gate", "acquire condition.lock", "notify condition", "wait condition",
        "acquire condition", "release condition.lock", "acquire permits", "release permits", "put line", "get line",
        "done line", "join line", "sleep ", "start other", "join other",
    ]  # fmt: skip


def test_that_sleeping_costs_nothing_and_moves_the_clock() -> None:
    source = "import time\nbegan = time.monotonic()\ntime.sleep(3600)\ntook = time.monotonic() - began\n"
    ran = execute(source, RoundRobin())
    assert 3600 <= ran.space["took"] < 3600.01


def test_that_values_are_shown_without_running_the_programs_code() -> None:
    source = """
    class Loud:
        def __repr__(self): raise RuntimeError
        __str__ = __format__ = __hash__ = __eq__ = __len__ = __bool__ = __repr__
    x = None
    def f():
        global x
        x = Loud()
        x = [Loud(), {"k": Loud()}, (Loud(),)]
        x = {1: x}
    f()
    """
    ran = execute(source, RoundRobin())
    assert ran.ended.outcome == "finished", ran.ended
    texts = [one.text for one in ran.memory.records if type(one).__name__ == "TextSeen"]
    assert "[<Loud>, {'k': <Loud>}, (<Loud>,)]" in texts
