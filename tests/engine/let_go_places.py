"""Constructs of the language between two readings: whether the interpreter lets another thread in there is seen by what is read."""

from __future__ import annotations

import textwrap

HEAD = """
import threading, operator
from contextlib import contextmanager, suppress
from decimal import Decimal
class Own:
    x = 0
    def __init__(self, v=0): self.v = v
    def __add__(self, other): return 1
    def __eq__(self, other): return True
    def __lt__(self, other): return True
    def __hash__(self): return 1
    def __getitem__(self, key): return 1
    def __setitem__(self, key, value): pass
    def __contains__(self, one): return True
    def __bool__(self): return True
    def __len__(self): return 1
    def __enter__(self): return self
    def __exit__(self, *error): pass
    def __format__(self, how): return ""
    def __call__(self): pass
    def __iter__(self): return iter((1,))
    def method(self): pass
    @property
    def seen(self): return 1
    @staticmethod
    def static(): pass
    @classmethod
    def of(cls): pass
def f(*given, **named): pass
def g():
    yield 1
    yield 2
def delegating(): yield from (1, 2)
@contextmanager
def manager(): yield 1
d, own, text, local, lock, other, reentrant = [0], Own(), "a", 1, threading.Lock(), threading.Lock(), threading.RLock()
gen, sent, decimal = g(), g(), Decimal(1)
next(sent)
n = 0
"""
BETWEEN = {
    "nothing": "pass", "a number": "n = 1 + local", "a text": "n = text + 'b'", "an f-string": "n = f'{text}{local}'", "a list": "n = [1, text]",
    "a slice": "n = text[0:1]", "unpacking": "x, y = 1, 2", "a comparison": "n = 1 < local < 3", "a test": "n = 1 if local else 2", "a match": "match local:\n    case 1: n = 2",
    "a builtin": "len(text)", "a type": "int(local)", "a builtin with a keyword": "int('1', base=10)", "a builtin with a star": "max(*(1, 2))",
    "a method in C": "text.upper()", "a method in C with a keyword": "text.split(sep='b')", "a function": "f()", "a function with a keyword": "f(a=1)",
    "a function with a star": "f(*(1, 2), **{})", "a method": "own.method()", "a static method": "Own.static()", "a class method": "own.of()", "a property": "own.seen",
    "an attribute": "own.v", "an attribute set": "own.v = 1", "an object made": "Own()", "a lambda": "(lambda: 1)()", "a call of an object": "own()",
    "an operator": "own + 1", "an equality": "own == 1", "an order": "own < 1", "an item": "own[0]", "an item set": "own[0] = 1", "a member": "1 in own", "a truth": "not own", "a length": "len(own)",
    "a format": "f'{own}'", "an operator of operator": "operator.add(1, 2)", "a sorting": "sorted([2, 1])", "a sorting with a function": "sorted([2, 1], key=lambda one: one)",
    "a map": "list(map(f, (1,)))", "a list comprehension": "[one for one in (1, 2)]", "a set comprehension": "{one for one in (1, 2)}", "a dict comprehension": "{one: 1 for one in (1, 2)}",
    "an empty comprehension": "[one for one in ()]", "a comprehension with a condition": "[one for one in (1, 2) if one > 5]", "a comprehension in another": "[[two for two in (1,)] for one in (1,)]",
    "a generator expression": "list(one for one in (1,))", "a generator expression that is not resumed": "n = (one for one in (1,))", "a generator": "next(gen)", "a generator that is sent to": "sent.send(1)",
    "a loop over a generator": "for one in g(): pass", "a loop over one that delegates": "for one in delegating(): pass", "an own iterator": "for one in own: pass",
    "a loop of one round": "for one in (1,): pass", "a loop of two rounds": "for one in (1, 2): pass", "a loop of no round": "for one in (): pass", "a loop that is left": "for one in (1, 2): break",
    "a loop that goes on": "for one in (1,): continue", "a range": "for one in range(2): pass", "a while of one round": "x = 1\nwhile x: x = 0", "a while of two rounds": "x = 2\nwhile x: x -= 1",
    "a while of no round": "x = 0\nwhile x: x = 0", "a while that is left": "while True: break", "a while that goes on": "x = 1\nwhile x:\n    x = 0\n    continue",
    "a try": "try: n = 1\nfinally: n = 2", "an exception": "try: raise ValueError\nexcept ValueError: pass", "an exception in C": "try: {}[1]\nexcept KeyError: pass",
    "an assertion": "assert local", "a class": "class Inner: x = 1", "a function made": "def inner(): pass", "a decorated one": "@staticmethod\ndef inner(): pass",
    "an operator of C": "decimal + 1", "an order of C": "decimal < 1",
    "an own manager": "with own: pass", "a manager of contextlib": "with manager(): pass", "a manager of C": "with memoryview(b'a'): pass", "an import": "import threading",
    "an import of a name": "from operator import add", "a deletion": "x = 1\ndel x", "a global": "global n\nn = 1", "an assignment in an expression": "(x := 1)", "a walrus of a call": "(x := len(text))",
    "a star": "x, *y = (1, 2, 3)", "a dict": "x = {**{'a': 1}, 'b': 2}", "a set": "x = {*(1, 2)}", "a chain of calls": "text.upper().lower()", "print": "print(end='')", "a super": "super(Own, own).__init__()",
    "isinstance": "isinstance(local, int)", "getattr": "getattr(own, 'v')", "getattr of a property": "getattr(own, 'seen')", "an exec": "exec('x = 1')", "an eval": "eval('1')",
    "a free lock taken": "lock.acquire()\nlock.release()", "a free reentrant lock": "reentrant.acquire()\nreentrant.release()", "a lock with": "with lock: pass", "two locks with": "with lock, other: pass",
}  # fmt: skip
"""What is done between the two readings."""
WHOLE = {
    "in a lock's block": "with lock: a = d[0]\nb = d[0]",
    "behind a lock's block": "with lock: pass\na = b = d[0]",
    "at a lock's block": "a = d[0]\nwith lock: b = d[0]",
    "at a reentrant lock's block": "a = d[0]\nwith reentrant: b = d[0]",
    "at two locks' block": "a = d[0]\nwith lock, other: b = d[0]",
    "between two locks' blocks": "with lock:\n    a = d[0]\n    with other: b = d[0]",
    "between an acquire and what follows": "a = d[0]\nlock.acquire()\nb = d[0]\nlock.release()",
    "between a test and its body": "a = d[0]\nx = 2\nwhile x and (a := d[0], 1)[1]:\n    b = d[0]\n    x -= 1",
    "between a body and its test": "x = 1\nb = 0\nwhile (b := d[0], x)[1]:\n    x = 0\n    a = d[0]",
    "between an item and its element": "a, b = [(d[0], d[0]) for one in (1, 2)][1]",
    "between two elements": "a, b = [d[0] for one in (1, 2)]",
    "before the first element": "a = d[0]\n(b,) = [d[0] for one in (1,)]",
    "between a condition and its element": "(a, b), *_ = [(x, d[0]) for one in (1,) if (x := d[0], 1)[1]]",
    "before a generator's element": "a = d[0]\n(b,) = (d[0] for one in (1,))",
    "between a generator's elements": "a, b = (d[0] for one in (1, 2))",
    "behind a function's last reading": "a = (lambda: d[0])()\nb = d[0]",
    "before a function's first reading": "a = d[0]\nb = (lambda: d[0])()",
    "behind an argument": "f(a := d[0], b := d[0])",
    "in a callee's arguments": "a = d[0]\nf(b := d[0])",
    "behind a yield": "for a in (d[0] for one in (1,)):\n    b = d[0]\n    break",
    "in an own manager's block": "with own:\n    a = d[0]\nb = d[0]",
    "at a manager's block": "a = d[0]\nwith own: b = d[0]",
    "in a library's manager's block": "with suppress(ValueError): a = d[0]\nb = d[0]",
    "in a block of a manager of C": "view = memoryview(b'a')\nwith view: a = d[0]\nb = d[0]",
    "at a block of a manager of C": "view = memoryview(b'a')\na = d[0]\nwith view: b = d[0]",
    "in a try": "try:\n    a = d[0]\nfinally: b = d[0]",
    "in a handler": "try:\n    a = d[0]\n    raise ValueError\nexcept ValueError: b = d[0]",
    "in a condition": "a = d[0]\nif a == a: b = d[0]",
    "between a test and its body behind a continue": "x = 2\na = b = 0\nwhile (a := d[0], x)[1]:\n    b = d[0]\n    x -= 1\n    if x == 1: break\n    continue",
    "behind a while's continue": "x = 2\na = b = 0\nwhile x:\n    x -= 1\n    if x:\n        a = d[0]\n        continue\n    b = d[0]",
    "behind a for's break in a handler": "for one in (1, 2):\n    try: {}[1]\n    except KeyError:\n        a = d[0]\n        break\nb = d[0]",
    "behind a for's break in a handler, with an else": "for one in (1, 2):\n    try: {}[1]\n    except KeyError:\n        a = d[0]\n        break\nelse: pass\nb = d[0]",
    "behind a for's break": "for one in (1, 2):\n    a = d[0]\n    break\nb = d[0]",
    "behind a while's break in a handler": "while True:\n    try: {}[1]\n    except KeyError:\n        a = d[0]\n        break\nb = d[0]",
    "behind a handler": "try: {}[1]\nexcept KeyError: a = d[0]\nb = d[0]",
    "behind a handler, with an else that raises": "try: {}[1]\nexcept KeyError: a = d[0]\nelse: raise ValueError\nb = d[0]",
    "behind a handler, in a loop": "for one in (1,):\n    try: {}[1]\n    except KeyError: a = d[0]\n    b = d[0]",
    "behind a handler with a name": "try: {}[1]\nexcept KeyError as error: a = d[0]\nb = d[0]",
    "behind a handler of several": "try: {}[1]\nexcept ValueError: pass\nexcept KeyError: a = d[0]\nb = d[0]",
    "behind a handler, with a finally": "try: {}[1]\nexcept KeyError: a = d[0]\nfinally: b = d[0]",
    "in a class with a base": "a = d[0]\nclass Inner(Own): b = d[0]\nb = Inner.b",
    "in a decorated class": "a = d[0]\n@(lambda made: made)\nclass Inner: b = d[0]\nb = Inner.b",
    "in a class": "a = d[0]\nclass Inner: b = d[0]\nb = Inner.b",
}
"""The two readings themselves are part of a construct."""
TAIL = """
def change(): d[0] = 1
threads = [threading.Thread(target=one) for one in (look, change)]
for one in threads: one.start()
for one in threads: one.join()
"""


def bodies() -> dict[str, str]:
    """Each construct's two readings, *a* and *b*, by its name."""
    return {name: f"a = d[0]\n{one}\nb = d[0]" for name, one in BETWEEN.items()} | WHOLE


def program(body: str) -> str:
    """One that looks twice, beside another thread that changes once: its result is what it has seen."""
    return f"{HEAD}def look():\n    global result\n{textwrap.indent(body, '    ')}\n    result = a, b\n{TAIL}"


NEVER = frozenset({
    "nothing", "a number", "a text", "an f-string", "a list", "a slice", "unpacking", "a comparison", "a test", "a match", "an attribute", "an attribute set",
    "a generator expression that is not resumed", "a loop of no round", "a loop that is left", "a while of no round", "a while that is left", "a try", "an exception",
    "an assertion", "a function made", "an import", "an import of a name", "a deletion", "a global", "an assignment in an expression", "a star", "a dict", "a set",
    "behind a lock's block", "between an item and its element", "between a condition and its element", "behind a function's last reading", "behind an argument",
    "in a callee's arguments", "behind a yield", "in a try", "in a handler", "in a condition", "an operator of C", "an order of C",
    "between a test and its body behind a continue", "behind a for's break", "behind a while's break in a handler", "behind a handler, with an else that raises",
})  # fmt: skip
"""Where nobody gets in."""
SINCE_3_14, SINCE_3_12, ONLY_3_12 = ("3.14",), ("3.12", "3.13", "3.14"), ("3.12",)
IN_SOME = {
    "an empty comprehension": ("3.11",), "before the first element": ("3.11",), "an exception in C": ONLY_3_12, "a while of one round": SINCE_3_14,
    "between a body and its test": SINCE_3_14, "between a test and its body": ("3.11", "3.12", "3.13"), "at a lock's block": SINCE_3_14,
    "at a reentrant lock's block": SINCE_3_14, "at two locks' block": SINCE_3_14, "between two locks' blocks": SINCE_3_14, "at a block of a manager of C": SINCE_3_14,
    "behind a for's break in a handler": SINCE_3_12, "behind a for's break in a handler, with an else": SINCE_3_12, "behind a handler": ONLY_3_12,
    "behind a handler, in a loop": ONLY_3_12, "behind a handler with a name": ONLY_3_12, "behind a handler of several": ONLY_3_12, "behind a handler, with a finally": ONLY_3_12,
}  # fmt: skip
"""Where somebody gets in with some versions alone; with all in what stands in neither."""
