"""Small programs of any kind that ends: arithmetic, containers, calls, loops, comprehensions, exceptions."""

from __future__ import annotations

import re

from hypothesis import strategies as st

from tests.engine.snippets import PRELUDE

NAMES = st.sampled_from(["a", "b", "n"])
"""`n` is a global everywhere."""
HOLDERS = st.sampled_from(["items", "table", "store", "pair"])
LEAVES = st.integers(-3, 9).map(str) | NAMES | st.sampled_from(["'x'", "None", "items", "table", "box.v", "pair"])


def _more(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Expressions that consist of others."""
    return st.one_of(
        st.builds("({} {} {})".format, inner, st.sampled_from(["+", "-", "//", "%", "|", "<", "==", "in", "and", "or"]), inner),
        st.builds("log({})".format, inner), st.builds("{}[{}]".format, HOLDERS, inner), st.builds("({} if {} else {})".format, inner, inner, inner),
        st.builds("[{0}, *items[:2], {1}]".format, inner, inner), st.builds("{{{0}: {1}}}".format, inner, inner), st.builds("(b := {})".format, inner),
        st.builds("[log(x + {}) for x in items[:3] if {}]".format, NAMES, inner), st.builds("sum(x for x in {})".format, inner),
        st.builds("sorted({{k: {} for k in table}})".format, inner), st.builds("f({}, {})".format, inner, inner), st.builds("box.m({})".format, inner),
        st.builds("(lambda x, y={}: x)({})".format, inner, inner), st.builds("f'{{{}}}!'".format, NAMES), st.builds("len({})".format, inner),
        st.builds("next(g({}), {})".format, inner, inner),
    )  # fmt: skip


def _more_numbers(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Expressions that are numbers as long as the names are."""
    return st.one_of(
        st.builds("({} {} {})".format, inner, st.sampled_from(["+", "-", "|", "<", "and", "or"]), inner), st.builds("log({})".format, inner),
        st.builds("f({}, {})".format, inner, inner), st.builds("box.m({})".format, inner), st.builds("({} if {} else {})".format, inner, inner, inner),
        st.builds("sum([log(x + {}) for x in items[:3] if {}])".format, NAMES, inner), st.builds("(b := {})".format, inner),
        st.builds("(lambda x, y={}: x - y)({})".format, inner, inner), st.builds("next(g({}), {})".format, inner, inner), st.builds("items[{} % 3]".format, inner),
    )  # fmt: skip


NUMBERS = st.recursive(st.integers(-3, 9).map(str) | NAMES | st.sampled_from(["box.v", "items[0]", "table['a']", "store['a']", "len(items)"]), _more_numbers, max_leaves=5)
WILD = st.recursive(LEAVES, _more, max_leaves=5)
EXPRESSIONS = st.integers(0, 5).flatmap(lambda one: NUMBERS if one else WILD)
"""Most are sound, so that programs go on for a while."""
TARGETS = st.integers(0, 5).flatmap(lambda one: NAMES | st.sampled_from(["box.v", "items[1]", "table['a']", "store['a']"]) if one else _ANY)
_ANY = st.one_of(st.builds("{}[{}]".format, HOLDERS, LEAVES), st.just("a, *b"), st.just("items[1:2]"))
SIMPLE = st.one_of(
    st.builds("{} = {}".format, TARGETS, EXPRESSIONS),
    st.builds("{} {}= {}".format, st.sampled_from(["a", "n", "box.v", "items[0]", "table['a']"]), st.sampled_from("+-|%"), EXPRESSIONS),
    st.builds("log({})".format, EXPRESSIONS), st.builds("n {}= {}".format, st.sampled_from("+-|"), EXPRESSIONS), st.builds("print({})".format, EXPRESSIONS), st.builds("items.append({})".format, EXPRESSIONS),
    st.sampled_from(["del table['a']", "del items[1:2]", "del store['a']", "del box.v", "del b"]), st.builds("items.pop({})".format, LEAVES), st.builds("assert {}, {}".format, EXPRESSIONS, LEAVES), st.just("raise KeyError(a)"), st.just("log(f(a))"), st.just("a, box.v, *more = b, n, a"),
)  # fmt: skip


def _indented(lines: list[str]) -> list[str]:
    return ["    " + one for one in lines]


@st.composite
def _blocks(draw: st.DrawFn, depth: int = 2, loops: bool = False) -> list[str]:
    lines: list[str] = []
    for _ in range(draw(st.integers(1, 3))):
        way = draw(st.integers(0, 7)) if depth else 7
        inner = lambda loops=loops: _indented(draw(_blocks(depth - 1, loops)))  # noqa: E731
        if way == 0:
            lines += [f"for a in {draw(st.sampled_from(['range(3)', 'list(items)[:3]', 'list(table)', 'g(2)']))}:", *inner(True), "else:", *inner()]
        elif way == 1:
            lines += [f"if {draw(EXPRESSIONS)}:", *inner(), "else:", *inner()]
        elif way == 2:
            caught = draw(st.sampled_from(["Exception", "(KeyError, IndexError)", "TypeError"]))
            lines += ["try:", *inner(), f"except {caught} as error:", "    log(repr(error))", *inner(), "finally:", *inner()]
        elif way == 3:
            lines += [f"with manager({draw(LEAVES)}) as b:", *inner()]
        elif way == 4 and loops:
            lines.append(draw(st.sampled_from(["break", "continue"])))
        else:
            lines.append(draw(SIMPLE))
    return lines


BEGINNING = """
from contextlib import contextmanager
a, b, pair = 1, 2, ([1], 2)
store = Store(a=1)
class Own(Box):
    def m(self, x): self.v += 1; return x
box = Own(v=1)
@contextmanager
def manager(x):
    log("in")
    try: yield x
    finally: log("out")
def several(*given): return given
def g(x):
    for one in range(3): log((yield x * one))
"""


def _is_sound(source: str) -> bool:
    """Whether the compiler has nothing to say: its warnings are errors here."""
    try:
        compile(source, "program.py", "exec", dont_inherit=True)
    except SyntaxError:
        return False
    return True


@st.composite
def _programs(draw: st.DrawFn) -> str:
    inside = [f"n {draw(st.sampled_from('+-|'))}= {draw(NUMBERS)}", *draw(_blocks(1)), f"return {draw(EXPRESSIONS)}"]
    # how deep a recursion goes is not the language's
    function = ["def f(a, b=2, *more):", "    global n", *_indented([re.sub(r"\bf\(", "several(", line) for line in inside])]
    called = ["try:", "    log(f(3))", "except Exception as error:", "    log(repr(error))"]
    return PRELUDE + BEGINNING + "\n".join([*function, *called, *draw(_blocks())]) + "\n"


PROGRAMS = _programs().filter(_is_sound)
"""Each logs what it does, prints, and may end with an exception. Nothing multiplies: no number and no list gets large."""
