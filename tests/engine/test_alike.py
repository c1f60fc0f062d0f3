"""Small programs that do the same under plain Python and stepped, in every model: each did not once."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from concsim.engine.schedulers.round_robin import RoundRobin
from tests.engine.exploring import execute

PROGRAMS = {
    "an iterator that is not iterable": """
        class It:
            n = 0
            def __next__(s):
                s.n += 1
                if s.n > 3: raise StopIteration
                return s.n
        class C:
            def __iter__(s): return It()
        print([x for x in C()], list(x for x in C()))
        """,
    "who calls __iter__": """
        import sys
        class V:
            def __iter__(s):
                print(sys._getframe(1).f_code.co_name, sys._getframe(1).f_lineno)
                return iter([1])
        def t():
            return [x for x in V()], list(x for x in V()), {x: x for x in V() if not x}
        t()
        """,
    "when an item goes": """
        class O:
            def __init__(s, i): s.i = i
            def __iter__(s): return iter((s.i,))
            def __del__(s): print('del', s.i)
        [print('got', a) for a, in (O(i) for i in range(3))]
        """,
    "a module that goes": """
        import types, weakref, sys, gc
        class O: pass
        m = types.ModuleType('tmpm'); m.o = O(); w = weakref.ref(m.o); wm = weakref.ref(m)
        sys.modules['tmpm'] = m
        import wave, tmpm
        del sys.modules['tmpm'], m, tmpm; gc.collect()
        print(w() is None, wm() is None)
        """,
    "arguments that change an earlier one": """
        import threading
        D={0:1}
        def f():
            print(list(zip(D, [D.setdefault(99, 1)])), list(enumerate(D, D.pop(99))))
        t=threading.Thread(target=f);t.start();t.join()
        """,
    "a key among the modules that is no name": """
        import sys, types
        sys.modules[5] = types.ModuleType('x')
        import wave
        print(wave.__name__)
        del sys.modules[5]
        """,
    "a name that is none": """
        print(__import__('json', {'__name__': ['x']}, None, [], 0).__name__)
        """,
    "conditions": """
        n=[]
        print([x for x in range(5) if x % 2 if n.append(x) is None], n, {k: v for k, v in zip('ab', range(2)) if v}, [x for y in range(3) for x in range(y)])
        """,
}


@pytest.mark.parametrize("model", ["gil-3.11", "gil-3.14", "free-threaded"])
@pytest.mark.parametrize("name", PROGRAMS)
def test_that_a_program_does_the_same_plain_and_stepped(name: str, model: str, tmp_path: Path) -> None:
    source = textwrap.dedent(PROGRAMS[name])
    path = tmp_path / "program.py"
    path.write_text(source)
    plain = subprocess.run([sys.executable, path], capture_output=True, text=True, timeout=60, check=True).stdout
    assert plain
    assert execute(source, RoundRobin(), path=path, model=model).output == plain
