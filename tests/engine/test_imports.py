"""Modules that several threads import: one loads, the others wait for it, as the interpreter's own locks of imports have it."""

from __future__ import annotations

import _thread
import builtins
import importlib
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from concsim.engine.schedulers.round_robin import RoundRobin
from tests.engine.exploring import engine_for, explore, result
from tests.engine.test_cases import CASES

REAL = [_thread.allocate_lock, _thread.start_new_thread]
"""In a list: the names of a module would be given virtual ones."""
MODELS = ["gil", "free-threaded"]
IMPORTERS = """
import threading
def load_one():
    import load_one
    seen.append(load_one.ready)
def load_other():
    import {other}
    seen.append({other}.ready)
seen = []
threads = [threading.Thread(target=one) for one in (load_one, load_other)]
for one in threads: one.start()
for one in threads: one.join()
result = tuple(seen)
"""
SLOW = "import time\ntime.sleep(0.1)\nready = True\n"


@pytest.fixture(autouse=True)
def modules_as_before() -> Iterator[None]:
    """What a test's programs have imported is no longer there for the next."""
    before = set(sys.modules)
    yield
    for name in set(sys.modules) - before:
        if name.startswith("load_") or name in ("shop", "depot"):
            del sys.modules[name]


@pytest.mark.parametrize("model", MODELS)
def test_that_an_import_of_what_waits_for_the_importer_is_a_deadlock(model: str, monkeypatch: pytest.MonkeyPatch) -> None:
    path = CASES / "19_import_deadlock" / "main.py"
    monkeypatch.syspath_prepend(str(path.parent))
    assert set(explore(path.read_text(), result, path=path, model=model)) == {"deadlock"}


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("modules", [{"load_one": SLOW}, {"load_one": SLOW + "import load_other\n", "load_other": SLOW + "import load_one\n"}], ids=["one", "a circle"])
def test_that_who_imports_what_another_loads_waits_for_it(
    model: str, modules: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, text in modules.items():
        (tmp_path / f"{name}.py").write_text(text)
    monkeypatch.syspath_prepend(str(tmp_path))
    source = IMPORTERS.format(other=list(modules)[-1])
    assert set(explore(source, result, path=tmp_path / "program.py", model=model)) == {(True, True)}


def test_that_imports_have_their_own_locks_again_afterwards() -> None:
    real = sys.modules["_frozen_importlib"]._ModuleLock
    with engine_for("import threading\n") as (engine, _):
        engine.execute(RoundRobin())
    assert sys.modules["_frozen_importlib"]._ModuleLock is real
    assert importlib.import_module("colorsys")


ASIDE = """
import threading
def load():
    import load_aside
thread = threading.Thread(target=load)
thread.start()
aside()
thread.join()
result = True
"""


def test_that_a_thread_of_the_lab_s_own_that_imports_meanwhile_is_nobody_in_the_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "load_aside.py").write_text(SLOW)
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(builtins, "aside", lambda: run_aside(lambda: importlib.import_module("load_aside")), raising=False)
    assert set(explore(ASIDE, result, path=tmp_path / "program.py")) == {True}


def run_aside(call: Callable[[], object]) -> None:
    """In a thread of the system's, to its end."""
    make_lock, start = REAL
    done = make_lock()
    done.acquire()
    errors: list[BaseException] = []

    def run() -> None:
        try:
            call()
        except BaseException as error:
            errors.append(error)
        finally:
            done.release()

    start(run, ())
    assert done.acquire(timeout=30) and not errors, errors
