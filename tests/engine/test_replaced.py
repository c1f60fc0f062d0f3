"""A program puts something of its own in the place of a library, a builtin or a hook: that is what it gets, or it is refused."""

from __future__ import annotations

import importlib
import subprocess
import sys
from pathlib import Path

import pytest

from concsim.engine.libraries.new_modules import NewModules
from concsim.engine.schedulers.round_robin import RoundRobin
from tests.engine.exploring import engine_for, execute, explore, result

AT_ONCE = """
class Thread:
    def __init__(self, target): self.target = target
    def start(self): self.target()
    def join(self): pass
"""
WORK = """
n = 0
def work():
    global n
    n += 1
threads = [threading.Thread(target=work) for _ in range(2)]
for one in threads: one.start()
for one in threads: one.join()
result = n
"""


@pytest.fixture(autouse=True)
def kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """A module that the program has put in a library's place goes afterwards."""
    import threading

    monkeypatch.setitem(sys.modules, "threading", threading)


@pytest.mark.parametrize("place", [
    "import sys, types\nmade = types.ModuleType('threading')\nmade.Thread = Thread\nsys.modules['threading'] = made\nimport threading",
    "import sys\nclass Made: Thread = Thread\nsys.modules['threading'] = Made\nimport threading",
    "import sys\nclass Made: Thread = Thread\nsys.modules['threading'] = Made\nfrom threading import Thread\nimport threading",
    "import threading\nthreading.Thread = Thread",
])  # fmt: skip
def test_that_what_stands_in_a_library_s_place_is_used(place: str) -> None:
    assert set(explore(AT_ONCE + place + WORK, result)) == {2}


def test_that_a_library_that_was_taken_away_comes_again_as_ours() -> None:
    assert set(explore("import sys, threading\nsys.modules.pop('threading', None)\nimport threading\n" + WORK, result)) == {1, 2}


def test_that_a_library_that_may_not_be_imported_is_not() -> None:
    refused = "import sys\nsys.modules['threading'] = None\ntry:\n    import threading\nexcept ModuleNotFoundError:\n    result = 'refused'\n"
    assert execute(refused, RoundRobin()).space["result"] == "refused"


def test_that_a_module_that_comes_while_another_goes_is_a_new_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As many modules are there as before: that there are others is seen all the same, and that one has come a second time."""
    monkeypatch.syspath_prepend(str(tmp_path))
    for name in ("library_a", "library_b"):
        (tmp_path / f"{name}.py").write_text("")
        monkeypatch.delitem(sys.modules, name, raising=False)
    (tmp_path / "own_one.py").write_text("import library_a\n")
    with engine_for("import own_one\n", path=tmp_path / "program.py", is_own=lambda name, path: "own_one" in path) as (engine, _):
        modules = NewModules()
        assert {"sys", "threading"} <= {name for name, _ in modules.take()}
        assert modules.take() == []
        assert engine.execute(RoundRobin()).outcome == "finished"
        assert "own_one" in sys.modules
        assert [name for name, _ in modules.take()] == ["library_a"]
        del sys.modules["library_a"]
        importlib.import_module("library_b")
        assert [name for name, _ in modules.take()] == ["library_b"]
        del sys.modules["library_b"]
        importlib.import_module("library_b")
        assert [name for name, _ in modules.take()] == ["library_b"]
        del sys.modules["library_b"]


@pytest.mark.parametrize(("call", "what"), [
    ("sys.settrace(look)", "sys.settrace"), ("sys.setprofile(look)", "sys.setprofile"),
    ("threading.settrace(look)", "sys.settrace"), ("threading.setprofile(look)", "sys.setprofile"),
])  # fmt: skip
def test_that_who_would_see_us_at_work_is_refused(call: str, what: str) -> None:
    ended = execute(f"import sys, threading\ndef look(*given): pass\n{call}\n" + WORK, RoundRobin()).ended
    assert (ended.outcome, ended.halt.values["what"], ended.halt.values["line"]) == ("not_controlled", what, 3)


def test_that_to_trace_no_longer_is_harmless() -> None:
    assert execute("import threading\nthreading.settrace(None)\nthreading.setprofile(None)\n" + WORK, RoundRobin()).ended.outcome == "finished"


def test_that_a_destructor_that_waits_for_ever_says_nothing_of_ours(tmp_path: Path) -> None:
    path = tmp_path / "program.py"
    path.write_text(
        "import threading\nlock = threading.Lock()\nclass Held:\n    def __del__(self):\n        with lock: pass\nbox = [Held()]\n"
        "def work():\n    with lock: box.clear()\nthread = threading.Thread(target=work)\nthread.start()\nthread.join()\n"
    )
    done = subprocess.run([sys.executable, "-m", "concsim", "step", "--all", path], capture_output=True, text=True, timeout=60)
    assert done.returncode == 3 and "deadlock: 1" in done.stdout
    assert "Aborted" not in done.stderr and "Traceback" not in done.stderr
