"""Calls of libraries that are done in several pieces, or come back to the program: nothing is proved of a program that makes one."""

from __future__ import annotations

import pytest

from concsim.engine.schedulers.round_robin import RoundRobin
from tests.engine.access_kinds import HEAD, TAIL
from tests.engine.exploring import engine_for

IN_PIECES = {
    "reduce": ("reduce", "import functools\nl = [1]\ndef f(a, b): return a + b\ndef one(): functools.reduce(f, l)"),
    "counter": ("update", "from collections import Counter\nc = Counter()\ndef one(): c.update([1])"),
    "mapping": ("setdefault", "from collections import UserDict\nd = UserDict()\ndef one(): d.setdefault(1, [])"),
    "weak": ("get", "import weakref\nd = weakref.WeakValueDictionary()\ndef one(): d.get(1)"),
    "bound": ("put", "from collections import UserDict\nd = UserDict()\nput = d.setdefault\ndef one(): put(1, [])"),
    "cache": ("made", "import functools\nkept = []\n@functools.lru_cache\ndef made(n): return [n]\ndef one(): made(1)"),
    "heap": (
        "heappush",
        "import heapq\nclass Item:\n    def __lt__(self, other): return True\nh = [Item()]\ndef one(): heapq.heappush(h, Item())",
    ),
}  # fmt: skip
IN_ONE = {
    "json": "import json\nd = {}\ndef one(): json.dumps(d)",
    "copy": "import copy\nd = []\ndef one(): copy.copy(d)",
    "heap of numbers": "import heapq\nd = []\ndef one(): heapq.heappush(d, 1)",
    "builtins": "d = []\ndef one(): sorted(d); len(d); list(d); sum(d); d.sort()",
    "counter": "from collections import Counter\nd = Counter()\ndef one(): d[1] += 1",
    "logging": "import logging\nlog = logging.getLogger('x')\nd = []\ndef one(): log.info('%s', d)",
    "text": "import re, textwrap\nd = 'a b'\ndef one(): re.sub('a', 'c', d); textwrap.dedent(d)",
    "math": "import math\nd = [1]\ndef one(): math.prod(d); math.sqrt(d[0])",
}


def unseen_in(source: str, model: str) -> dict[int, str]:
    """What was not seen into, by line."""
    with engine_for(source, model=model) as (engine, _):
        ended = engine.execute(RoundRobin())
        assert ended.errors == []
        return {line: what for (_, line), what in engine.world.unseen.items()}


@pytest.mark.parametrize("model", ["gil", "free-threaded"])
@pytest.mark.parametrize("name", IN_PIECES)
def test_that_what_is_done_in_pieces_is_named_with_its_line(name: str, model: str) -> None:
    called, source = IN_PIECES[name]
    lines = (HEAD + source + "\ntwo = one" + TAIL).splitlines()
    found = unseen_in("\n".join(lines), model)
    assert list(found) == [number for number, line in enumerate(lines, 1) if line.startswith("def one")]
    assert called in found.popitem()[1]


@pytest.mark.parametrize("model", ["gil", "free-threaded"])
@pytest.mark.parametrize("name", IN_ONE)
def test_that_what_is_done_in_one_piece_is_not(name: str, model: str) -> None:
    assert unseen_in(HEAD + IN_ONE[name] + "\ntwo = one" + TAIL, model) == {}


def test_that_nobody_comes_in_where_nobody_else_is() -> None:
    _, source = IN_PIECES["mapping"]
    assert unseen_in(source + "\none()\n", "gil") == {}
