"""Small programs whose every effect must be the same plain and stepped: what they log, what they leave, how they end.

Each begins with `log`, which notes its argument and gives it back. A snippet may end with an exception: its traceback,
columns and all, is compared as well.
"""

from __future__ import annotations

from textwrap import dedent

PRELUDE = '''
LOG = []
def log(value):
    LOG.append(repr(value))
    return value
class Box:
    """Says what is done to it."""
    def __init__(self, **given):
        self.__dict__.update(given)
    def __setattr__(self, name, value):
        log(("set", name)); super().__setattr__(name, value)
    def __getattribute__(self, name):
        if not name.startswith("__"):
            log(("get", name))
        return super().__getattribute__(name)
class Store(dict):
    def __getitem__(self, key):
        log(("item", key)); return super().__getitem__(key)
    def __setitem__(self, key, value):
        log(("put", key)); super().__setitem__(key, value)
n = 0
items = [0, 1, 2, 3]
table = {"a": 1}
'''

TEXT = '''
== augmented global
def up():
    global n
    n += log(2); n -= 1; n *= 5; n **= 2; n //= 2; n %= 7; n <<= 3; n >>= 1; n |= 8; n &= 12; n ^= 5; n @= 3
try: up()
except TypeError as error: log(str(error))
log(n)
== augmented nonlocal
def outer():
    x = 1
    def inner():
        nonlocal x
        x += log(x) + 1
        return x
    return inner(), inner(), x
log(outer())
== augmented nonlocal, still operands
def outer():
    n, words, held = 1, "a", [1]
    def inner():
        nonlocal n, words, held
        n += 1; n *= 5; n -= n; n |= 9; words += "b"; held += (2, 3); held *= 2
        return n, words, held
    return inner(), inner(), n, words
log(outer())
== augmented nonlocal that cannot be
def outer():
    text = "a"
    def inner():
        nonlocal text
        text += 1
    inner()
outer()
== augmented nonlocal not yet bound
def outer():
    def inner():
        nonlocal later
        later += 1
    try: inner()
    except NameError as error: log((type(error), str(error), error.name))
    later = 1
outer()
== augmented nonlocal of the owner's, deleted
def outer():
    x = 1
    def inner():
        nonlocal x
        x += 1
    inner(); x += 1; log(x)
    del x
    x += 1
outer()
== augmented nonlocal, mangled
class Counter:
    def count(self):
        __n = 0
        def up():
            nonlocal __n
            __n += 1
            return __n
        return up(), up()
    def early(self):
        def up():
            nonlocal __n
            __n += 1
        up()
        __n = 0
log(Counter().count())
try: Counter().early()
except NameError as error: log((type(error), str(error), error.name))
== augmented attribute
box = Box(v=1)
def f():
    box.v += 1
    log(box.v)
    (log("holder"), box)[1].v += log(5)
    log(box.v)
f()
== augmented item
store = Store(a=1)
def f():
    store["a"] += 1
    store[log("a")] += log(2)
    items[log(0)] += 10
    items[-1] += 1
    items[log(1):log(3)] += [log(7)]
    items[1:2] *= 2
    table[log("a"), ][0] if False else None
f(); log(items); log(store)
== augmented item of what is not there
def f(): table["b"] += log(1)
f()
== augmented nested
grid = [[1, 2], [3, 4]]
def f(i):
    grid[i][log(1)] += grid[log(0)][i]
    grid[(j := 1)][j] -= j
    log(j)
f(0); log(grid)
== augmented with walrus and yield
def g():
    items[log(0)] += (yield log(1))
    items[(yield 2)] += (k := (yield 3)) + k
    table["a"] += yield
it = g(); log(next(it)); log(it.send(10)); log(it.send(1)); log(it.send(5))
try: it.send(100)
except StopIteration: pass
log(items); log(table)
== augmented mutable in tuple
pair = ([1], 2)
def f(): pair[0] += [3]
try: f()
except TypeError as error: log(str(error))
log(pair)
== augmented operators of a class
class V:
    def __init__(self, v): self.v = v
    def __iadd__(self, other): log(("iadd", other)); self.v += other; return self
    def __sub__(self, other): log("sub"); return V(self.v - other)
v = V(1)
def f():
    global v
    v += 1; v -= 2; log(v.v); v.v *= 3
f(); log(v.v)
== augmented undefined
def f():
    global missing
    missing += log(1)
f()
== unbound local
def f():
    x += 1
f()
== chained comparison
def f(a): return log(a) < log(n + 1) < log(5) != log(6) in [log(6)]
n = 1
log(f(0)); log(f(9))
== order of calls
def f(*given, **named): return (given, named)
log(f(log(1), *[log(2), log(3)], a=log(4), **{log("b"): log(5)}))
log({log("k"): log("v"), **{log("l"): log("w")}})
log((log(1), [log(2)], {log(3)}))
items[log(0)] = log(1)
(log(items))[log(0)], table[log("x")] = log(3), log(4)
log(items); log(table)
== order of attributes
box = Box(); other = Box(b=2)
def f():
    box.a = other.b
    box.c, other.d = other.b, box.a
    box.e = box.f = log(7)
f()
== comprehensions
def f():
    k = 10
    return [k + x for x in items if x], {x: k for x in table}, {x % 2 for x in items}, list(k * x for x in items)
log(f())
log([[y for y in range(x)] for x in items])
log([lambda: x for x in items][0]())
class C:
    k = 2
    values = [x for x in range(k)]
log(C.values)
== comprehension in a class sees no names of it
class C:
    k = 2
    values = [k for x in range(2)]
== walrus in a comprehension
def f():
    found = [last := x for x in items if (y := x) > 1]
    return found, last, y
log(f())
log([z := x for x in items]); log(z)
any((hit := x) > 1 for x in items); log(hit)
== deleting
class D: pass
d = D(); d.x = 1; d.y = 2
def f():
    global gone
    gone = 1
    del gone
    del d.x, items[log(1)], table["a"], items[1:]
    x = 1; del (x, d.y)
    try: log(x)
    except UnboundLocalError as error: log(str(error))
f(); log(items); log(table); log(vars(d))
def g(): del gone
g()
== deleting a cell
def f():
    x = 1
    def g(): return x
    del x
    return g()
f()
== star targets
def f():
    global n
    n, *items[:], (d["k"], *rest) = 1, 2, 3, (4, 5, 6)
    return rest
d = {}
log(f()); log(n); log(items); log(d)
for n, *box in [(1, 2, 3), "ab"]: log((n, box))
== partial failure of unpacking
def f():
    global n
    n, items[0], table["q"], items[9], table["r"] = 10, 11, 12, 13, 14
try: f()
except IndexError as error: log(str(error))
log(n); log(items); log(table)
== several targets
def f():
    global n
    n = items[n + 1] = table[n] = (a, n) = log((7, 8))
try: f()
except TypeError as error: log(str(error))
log(n); log(items); log(table)
n, (items[1], (n, *more)), table["s"] = log(1), (n, "xyz"), n
log(n); log(items); log(more); log(table)
for n, items[n] in [(1, "a"), (2, "b"), (9, "c")]: log(items)
== managers that need the one before
from contextlib import nullcontext as keep
def f():
    global n
    with keep(5) as n, keep(n + 1) as m, keep((n, m)) as (n, items[n]): return n, m
try: f()
except IndexError: log("index")
log(n); log(items)
== too few to unpack
def f():
    global n
    n, items[0] = [1]
f()
== closures
def make():
    count = 0
    def step(by=log(1)):
        nonlocal count
        count = count + by
        return lambda: count
    return step
a = make(); b = a(); a(5); log(b())
== free variable not yet bound
def f():
    def g(): return later
    g()
    later = 1
f()
== name mangling
class Account:
    __limit = 3
    def __init__(self): self.__held = 1; self.__x_ = 2
    def more(self):
        self.__held += Account.__limit
        def inner(__p): return __p
        global __secret
        __secret = self.__held
        return self.__held, inner(4), __secret
    class __Inner: pass
log(Account().more()); log(sorted(k for k in vars(Account) if "nner" in k)); log(sorted(vars(Account())))
log([k for k in globals() if "secret" in k])
== super without arguments
class A:
    def who(self): return "A"
    @classmethod
    def kind(cls): return cls.__name__
class B(A):
    def who(self): return "B" + super().who()
    @classmethod
    def kind(cls): return "k" + super().kind()
    def deep(self): return [__class__ for _ in range(1)], (lambda: super(B, self).who())()
log(B().who()); log(B.kind()); log(B().deep())
== decorators
def mark(tag):
    log(("made", tag))
    def deco(f): log(("used", tag)); return f
    return deco
@mark("outer")
@mark("inner")
def f(x=log("default"), *, k=log("kw")): return x
@mark("class")
class C(log(object), metaclass=log(type)): a = log("body")
log(f.__name__); log(f.__defaults__)
== class bodies
x = "global"
def f():
    x = "function"
    class C:
        before = x
        x = x
        def m(self): return x
        if True: y = [x for _ in "a"]
        x += "!"
        for z in items: pass
        del z
    return C.before, C.x, C().m(), C.y, hasattr(C, "z")
log(f())
== class name read before it is bound
class C:
    log(n); n = n + 1; log(n)
    del n
    log(n)
== metaclass
class M(type):
    @classmethod
    def __prepare__(mcs, name, bases, **kw): log((name, kw)); return Store()
    def __new__(mcs, name, bases, space, **kw): return super().__new__(mcs, name, bases, dict(space))
class C(metaclass=M, flag=log(1)):
    a = 1
    a += 1
    def f(self): return n
log(C.a)
== match
class P:
    __match_args__ = ("x", "y")
    def __init__(self, x, y): self.x, self.y = x, y
def f(value):
    global n
    match value:
        case P(x=0, y=n): return "origin", n
        case P(n, [first, *rest]) if log(first) > 1: return n, first, rest
        case {"k": n, **others}: return n, others
        case [1 | 2 as one, _]: return one
        case str() | None: return "text"
        case _: return log("nothing")
for one in (P(0, 5), P(1, [2, 3]), P(1, [0]), {"k": 1, "l": 2}, [2, 0], "t", 3.0): log(f(one))
log(n)
== try and finally
def f(how):
    for i in range(3):
        try:
            log(("try", i))
            if how == "return": return i
            if how == "break": break
            if how == "continue": continue
            if how == "raise": raise ValueError(i)
        except ValueError as error: log(error.args); error = 1
        else: log("else")
        finally: log("finally")
    else: log("no break")
for how in ("return", "break", "continue", "raise", ""): log(f(how))
== error in a handler
def f():
    try: table["missing"]
    except KeyError as error: raise RuntimeError("second") from error
f()
== error while handling
def f():
    try: items[10]
    finally: table["missing"]
f()
== except star
def f():
    try: raise ExceptionGroup("g", [ValueError(1), TypeError(2), KeyError(3)])
    except* (ValueError, KeyError) as group: log(group.exceptions)
    except* TypeError: log("type"); raise
f()
== with
class Manager:
    def __init__(self, name): self.name = name
    def __enter__(self): log(("in", self.name)); return [self.name, 2]
    def __exit__(self, *error): log(("out", self.name, error[0])); return self.name == "quiet"
def f():
    global n
    with Manager("a") as (n, items[0]), Manager("quiet") as table["m"]:
        log(n); raise KeyError
    log(table)
    with Manager("b") as box.value: return 1
box = type("X", (), {})()
log(f()); log(box.value)
with Manager("c"): 1 / 0
== generators
def g(a):
    try:
        got = yield log(a)
        log(got)
        more = yield from inner()
        log(more)
    except GeneratorExit: log("exit"); raise
    finally: log("closed")
def inner():
    x = yield 2
    return x * 2
one = g(1); log(next(one)); log(one.send("hi"))
try: one.send(21)
except StopIteration: log("stop")
two = g(2); next(two); two.close()
three = g(3); next(three)
three.throw(ValueError("thrown"))
== async functions
class Later:
    def __await__(self): got = yield "asked"; return got
async def work(): return (await Later()) + 1
async def numbers():
    for i in items: yield i; await Later()
async def main():
    global n
    n = await work()
    async for items[0] in numbers(): log(items[0])
    return [x async for x in numbers() if x], n
co = main(); log(co.send(None))
while True:
    try: log(co.send(4))
    except StopIteration as stop: log(stop.value); break
== f-strings
name, width = "Ada", 6
def f(): return f"{name=} {name!r:>{width}} {items[0] + n:03d} {table['a']=} {f'{n}'} {{}} {items}"
log(f())
== slots
class S:
    __slots__ = ("a", "b")
    def __init__(self): self.a = 1
s = S(); s.a += 1
log(s.a); s.c = 1
== slot that is not set
class S:
    __slots__ = ("a",)
s = S()
log(s.a)
== nothing of ours is seen
def f(a):
    b = a
    for c in items: items[c] += b
    global n
    n, d = 1, 2
    return sorted(locals()), sorted(k for k in dir() if not k.isidentifier())
log(f(1)); log([k for k in globals() if not k.isidentifier()])
class C:
    for k in items: pass
    table["a"] += 1
log([k for k in vars(C) if not k.isidentifier()]); log(f.__code__.co_argcount); log(f.__name__)
== finalizers
class F:
    def __init__(self, name): self.name = name
    def __del__(self): LOG.append(self.name)
def f():
    a = F("local"); b = [F("in a list")]
    log("leaving")
f(); log("left")
x = F("first"); x = F("second"); log("rebound"); del x; log("deleted")
== changed while iterating: dict
def f():
    for key in table: table[key * 2] = 1
f()
== changed while iterating: set
some = {1, 2}
def f():
    for one in some: some.add(one + 10)
f()
== changed while iterating: list
def f():
    for one in items:
        log(one)
        if len(items) < 8: items.append(one)
        else: items.pop()
f(); log(items)
== changed while iterating: deque
from collections import deque
line = deque([1, 2])
def f():
    for one in line: line.append(one)
f()
== iterators
def f():
    it = iter(items); log(next(it)); items.append(9); log(list(it)); items.append(10); log(list(it))
    log(list(reversed(items))); log(list(zip(items, table))); log(list(enumerate(items))); log(list(map(str, items)))
    log(sorted(items, reverse=True)); log(sum(items)); log(max(items)); log([*items, *table]); log({**table})
f()
== container methods
def f():
    items.append(log(4)); items.insert(0, log(5)); items.sort(key=lambda x: -x); log(items.pop()); log(items.index(4))
    table.update(b=2, **{"c": 3}); log(table.get("zz", log(0))); log(table.setdefault("d", [])); log(list(table.items()))
    items.extend(x for x in (7, 8)); log(items.__len__()); log(list.__len__(items)); items.remove(99)
f()
== missing method
def f(): items.push(log(1))
f()
== truth and membership
def f():
    empty = []
    log(not items or not table); log(items and table); log(3 in items and "a" not in table); log([] if empty else 1)
    while items and items.pop(): log(len(items))
    assert not items, log("message")
    assert items, log("message")
f()
== conditional and boolean values
a, b = [], {}
def f(): return (a or b or log(3)), (a and log(1)), (a if log(0) else b) is b
log(f())
== lambda defaults and conditions
fs = [lambda x=i: (x, n) for i in items]
log([g() for g in fs]); log((lambda *a, k=n: (a, k))(1, 2))
== global declared in a nested function
def f():
    def g():
        global fresh
        fresh = 1
    g()
    return fresh
log(f()); log("fresh" in globals())
== annotations
x: int = log(1)
y: "later"
items[0]: int = log(2)
class C:
    a: int = 3
    b: str
log(__annotations__); log(C.__annotations__)
def f(a: "text" = 1) -> "result": z: undefined = 2; return z
log(f.__annotations__); log(f())
== imports
import os.path as p, collections
from collections import OrderedDict as OD
from math import *
log(p.basename("a/b")); log(OD.__name__); log(floor(2.5)); log(collections.__name__)
import no_such_module
== property and descriptor
class T:
    def __init__(self): self._v = 1
    @property
    def v(self): log("get"); return self._v
    @v.setter
    def v(self, value): log("set"); self._v = value
    @v.deleter
    def v(self): log("del")
t = T()
def f(): t.v += 1; del t.v; return t.v
log(f()); t.w.x = 1
== getattr in a class
class G:
    def __getattr__(self, name): log(name); return 5
    def __delattr__(self, name): log(("del", name))
g = G()
def f(): g.a; g.b += 1; del g.c; return g.b
log(f())
== a lie about the class
class L:
    @property
    def __class__(self): log("asked"); return int
    @property
    def __dict__(self): log("asked for dict"); return {}
l = L(); l.x = 1; log(l.x); items[0] = l; log(items[0] is l)
== unhashable class
class Meta(type):
    __hash__ = None
    def __eq__(self, other): log("compared"); return True
class U(metaclass=Meta): pass
u = U(); u.x = 1; log(u.x)
def f(): u.x += 1; items[0] = u; return u.x
log(f())
== key of a class of the program's
class K:
    def __hash__(self): log("hash"); return 1
    def __eq__(self, other): log("eq"); return True
k = K()
def f(): table[k] = 1; table[k] += 1; return table[K()], k in table
log(f())
== error in the middle of a line
def f(值):
    return "中文" + str(items[0]) + table["没有"] + "后面"
f(1)
== error in a call's argument
def f(): log(items[0] + int("x" + str(n)))
f()
== error of an operator
def f():
    global n
    n += "text"
f()
== error of an attribute
def f(): return items[0].中文.more
f()
== error in a comprehension
def f(): return [1 / x for x in items]
f()
== deep recursion
def f(k):
    global n
    n += 1
    return f(k + 1)
try: f(0)
except RecursionError as error: log(str(error)[:32])
log(n > 100)
== exit
log("before")
raise SystemExit(3)
== caller's frame
import sys, collections
def who(): return sys._getframe(1).f_code.co_name
def f(): return who(), log(who())
log(f())
Point = collections.namedtuple("Point", "x y")
log(Point.__module__ == __name__); log(eval("n")); exec("n = 5"); log(n)
def g(): here = 1; return eval("here + 1"), sorted(vars())
log(g())
== logging and warnings know the line
import logging, warnings, io
stream = io.StringIO()
logger = logging.getLogger("snippet"); logger.handlers[:] = [logging.StreamHandler(stream)]; logger.propagate = False
logger.handlers[0].setFormatter(logging.Formatter("%(lineno)d %(funcName)s %(message)s"))
def f():
    logger.warning("careful")
    try: items[50]
    except IndexError: logger.exception("failed")
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter("always"); warnings.warn("old"); log(seen[0].lineno)
f(); log(stream.getvalue())
== tracebacks the program prints
import traceback, io
def inner(): return table["键"] + 1
def f():
    try: inner()
    except KeyError: return traceback.format_exc()
log(f())
def g(): return "".join(line for line in traceback.format_stack() if "snippet" in line)
log("def g" in g()); log([one.name for one in traceback.extract_stack() if "snippet" in one.filename])
stream = io.StringIO()
try: list(map(lambda x: x.no, items))
except AttributeError: traceback.print_exc(file=stream)
log(stream.getvalue())
'''

PARTS = [part.partition("\n") for part in dedent(TEXT).split("\n== ")[1:]]
SNIPPETS = {title: PRELUDE + body + "\n" for title, _, body in PARTS}
"""Program texts by what they are about."""
