"""Random programs of two threads that call builtins, operators and library functions on shared objects."""

from __future__ import annotations

from hypothesis import strategies as st

HEAD = """
import bisect, collections, copy, functools, heapq, itertools, json, operator, string, threading
class Box: pass
l, h, q = [3, 1], [1, 2], collections.deque([1, 2])
d, s, c = {'a': 1}, {1}, collections.Counter(a=1)
o = Box()
o.n = 0
it = iter([7, 8, 9])
logs = {}
"""
STATEMENTS = (
    "l.append(me)", "x = l.pop()", "l.sort()", "x = sum(l)", "l[:] = sorted(l)", "l += [me]", "x = max(l, default=0)", "l.insert(0, len(l))",
    "heapq.heappush(h, me)", "x = heapq.heappop(h)", "x = heapq.nsmallest(1, h)", "bisect.insort(l, me)", "x = bisect.bisect(l, 1)",
    "d.update(a=me)", "x = dict(d)", "x = d.setdefault('c', me)", "x = list(d.items())", "d['c'] = len(d)", "x = d.pop('a', None)", "x = {**d}", "x = d | {'z': 0}",
    "x = [k for k in d]", "for k in list(d): d[k] += 1", "x = 'c' in d", "del d['a']", "x = d.popitem()",
    "s.add(len(s))", "x = s & {1, 2}", "s.update(l)", "x = 1 in s", "q.append(len(q))", "q.rotate(1)", "x = q.popleft()", "q.extend(l)",
    "c.update([me])", "c['a'] += 1", "x = c.most_common(1)", "x = next(it)", "x = list(it)", "o.n += 1", "setattr(o, 'n', getattr(o, 'n') + 1)",
    "x = vars(o).get('n')", "o.__dict__['n'] = me", "x = hasattr(o, 'm')", "o.m = me", "x = copy.copy(l)", "x = json.dumps(d)", "x = operator.itemgetter('a')(d)",
    "x = functools.reduce(operator.add, l)", "x = list(itertools.chain(l, q))", "x = list(map(str, l))", "x = list(zip(l, h))", "x = any(v > 2 for v in l)",
    "x = [v for v in l if v in s]", "x = ','.join(map(str, l))", "x = f'{l} {d}'", "x = l == [3, 1]", "x = l + h", "x = l * 2", "x, *_ = l", "x = [*l, *h]",
    "x = l[-1]", "l[0] = len(h)", "del l[0]", "x = reversed(l)", "x = list(reversed(l))", "x = list(enumerate(l))", "x = str(c)", "x = '{a}'.format(**d)",
    "x = operator.add(o.n, 1); o.n = x", "x = max(d.values(), default=0); d['n'] = x + 1", "x = len(l); l.append(x)", "x = collections.ChainMap(d).get('a')",
    "x = string.Template('$a').safe_substitute(d)", "x = copy.deepcopy(d)", "x = tuple(l); h.extend(x)", "x = frozenset(l)", "x = sorted(d, key=d.get)", "x = all(l)",
)  # fmt: skip
TAIL = """
def run(me, work):
    log = []
    try: work(me, log.append)
    except Exception as error: log.append(type(error).__name__)
    logs[me] = log
threads = [threading.Thread(target=run, args=(me, work)) for me, work in enumerate((work_0, work_1))]
for thread in threads: thread.start()
for thread in threads: thread.join()
result = [l, h, list(q), sorted(d.items()), sorted(s), sorted(c.items(), key=str), sorted(vars(o).items()), sorted(logs.items())]
"""


def _work(me: int, statements: list[str]) -> str:
    lines = [f"def work_{me}(me, log):"]
    for one in statements:
        lines.append(f"    {one}")
        if one.startswith("x"):
            lines.append("    log(repr(x)[:40])" if one[4:] != "reversed(l)" else "    log(list(x))")
    return "\n".join(lines) + "\n"


def program(first: list[str], second: list[str]) -> str:
    """The program in which one thread executes *first* and another *second*."""
    return HEAD + _work(0, first) + _work(1, second) + TAIL


_BODIES = st.lists(st.sampled_from(STATEMENTS), min_size=1, max_size=2)
PROGRAMS = st.builds(program, _BODIES, _BODIES)
