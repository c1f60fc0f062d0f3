"""Small racy programs: two threads run ``work(0)`` and ``work(1)``, and ``outcome()`` tells what came of it.

``call()`` stands for any call: a function that runs for a moment and touches nothing shared, so that a real thread can
really be interrupted in it. `SAFE` names those that lose nothing under the GIL of CPython 3.10 and later; `UNSEEN` the
outcomes that the engine reaches and a real run practically never shows, with the reason.
"""

from __future__ import annotations

PRELUDE = """
def call(value=None):
    for _ in range(SPIN):
        pass
    return value
"""

PROGRAMS = {
    "plus_equals": """
        n = 0
        def work(me):
            global n
            n += 1
        def outcome(): return n
        """,
    "three_statements": """
        n = 0
        def work(me):
            global n
            t = n
            t = t + 1
            n = t
        def outcome(): return n
        """,
    "read_call_write": """
        n = 0
        def work(me):
            global n
            t = n
            call()
            n = t + 1
        def outcome(): return n
        """,
    "call_in_expression": """
        n = 0
        def work(me):
            global n
            n = call(n) + 1
        def outcome(): return n
        """,
    "getter_returns": """
        n = 0
        def get():
            return n
        def work(me):
            global n
            call()
            n = get() + 1
        def outcome(): return n
        """,
    "builtin_call_between": """
        n = 0
        def work(me):
            global n
            t = n
            sum(range(SPIN * 2))
            n = t + 1
        def outcome(): return n
        """,
    "attribute": """
        class Box: pass
        box = Box()
        box.n = 0
        def work(me):
            box.n += 1
        def outcome(): return box.n
        """,
    "property": """
        class Box:
            def __init__(self): self._n = 0
            @property
            def n(self):
                call()
                return self._n
            @n.setter
            def n(self, value):
                call()
                self._n = value
        box = Box()
        def work(me):
            box.n += 1
        def outcome(): return box.n
        """,
    "list_item": """
        counts = [0]
        def work(me):
            counts[0] += 1
        def outcome(): return counts[0]
        """,
    "dict_item": """
        counts = {"n": 0}
        def work(me):
            counts["n"] += 1
        def outcome(): return counts["n"]
        """,
    "hashed_key": """
        class Key:
            def __hash__(self):
                call()
                return 7
            def __eq__(self, other):
                return True
        key = Key()
        counts = {key: 0}
        def work(me):
            counts[key] += 1
        def outcome(): return counts[key]
        """,
    "check_then_set": """
        d = {}
        sold = [0, 0]
        def work(me):
            if "lamp" not in d:
                d["lamp"] = me
                sold[me] = 1
        def outcome(): return sum(sold)
        """,
    "check_call_set": """
        d = {}
        sold = [0, 0]
        def work(me):
            if "lamp" not in d:
                call()
                d["lamp"] = me
                sold[me] = 1
        def outcome(): return sum(sold)
        """,
    "loop_between": """
        n = 0
        def work(me):
            global n
            t = n
            for _ in range(SPIN):
                pass
            n = t + 1
        def outcome(): return n
        """,
    "while_between": """
        n = 0
        def work(me):
            global n
            t = n
            i = 0
            while i < SPIN:
                i += 1
            n = t + 1
        def outcome(): return n
        """,
    "comprehension_between": """
        n = 0
        def work(me):
            global n
            t = n
            [i for i in range(SPIN)]
            n = t + 1
        def outcome(): return n
        """,
    "generator_resumed": """
        n = 0
        def steps():
            call()
            yield 1
            call()
            yield 2
        def work(me):
            global n
            source = steps()
            t = n
            next(source)
            n = t + 1
        def outcome(): return n
        """,
    "append": """
        items = []
        def work(me):
            call()
            items.append(me)
        def outcome(): return tuple(sorted(items))
        """,
    "locked": """
        lock = threading.Lock()
        n = 0
        def work(me):
            global n
            with lock:
                t = n
                call()
                n = t + 1
        def outcome(): return n
        """,
    "swapped_pair": """
        a, b = 0, 0
        def work(me):
            global a, b
            a = me
            b = me
        def outcome(): return a == b
        """,
    "pair_with_call": """
        a, b = 0, 0
        def work(me):
            global a, b
            a = me
            call()
            b = me
        def outcome(): return a == b
        """,
    "deleted_item": """
        d = {"k": 1}
        def work(me):
            if "k" in d:
                call()
                try:
                    del d["k"]
                except KeyError:
                    missed[me] = 1
        missed = [0, 0]
        def outcome(): return sum(missed)
        """,
}

SAFE = {
    "plus_equals", "three_statements", "getter_returns", "attribute", "list_item", "dict_item", "check_then_set",
    "append", "locked", "swapped_pair",
}  # fmt: skip
RIGHT = {
    "append": (0, 1), "check_then_set": 1, "check_call_set": 1, "swapped_pair": True, "pair_with_call": True,
    "deleted_item": 0,
}  # fmt: skip
"""What `outcome` is when nothing goes wrong, 2 where it is not named here."""

ENGINE = """
import threading
SPIN = 2
{prelude}
{program}
threads = tuple(threading.Thread(target=work, args=(me,)) for me in range(2))
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
result = outcome()
"""

REAL = """
import collections, json, sys, threading, time, _thread
sys.setswitchinterval(1e-6)
SOURCE = {source!r}
CODE = compile(SOURCE, "program", "exec")
found = collections.Counter()
until = time.monotonic() + {seconds}
runs = 0

def run_once(spins):
    space = {{"threading": threading, "SPIN": spins}}
    exec(CODE, space)
    work = space["work"]
    ended = [_thread.allocate_lock(), _thread.allocate_lock()]
    def run(me):
        try:
            work(me)
        finally:
            ended[me].release()
    for lock in ended:
        lock.acquire()
    for me in range(2):
        _thread.start_new_thread(run, (me,))
    for lock in ended:
        lock.acquire()
    return repr(space["outcome"]())

wanted = {wanted!r}
while time.monotonic() < until and (runs < {enough} or not wanted <= set(found)):
    for spins in (0, 1_000, 3_000, 9_000):
        found[run_once(spins)] += 1
        runs += 1
print(json.dumps([runs, found]))
"""
