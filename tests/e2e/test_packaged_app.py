"""The packaged app: built here, then used as a person would who has nothing else."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from concsim.control.labs.pythons import find_pythons
from tests.control.test_stop import family, until

pytestmark = [pytest.mark.long, pytest.mark.timeout(1500)]
OWN_LIBRARIES = "/somebody's/own/libraries"

OWN_SCRIPT = """
import asyncio, concurrent.futures, multiprocessing, os, sqlite3, subprocess, sys, threading

def square(n):
    return n * n

async def later():
    return 3

def work():
    found.append(sqlite3.connect(":memory:").execute("select 6 * 7").fetchone()[0])

if __name__ == "__main__":
    found = []
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        found.append(sum(pool.map(square, range(4))))
    found.append(asyncio.run(later()))
    for way in ("spawn", "forkserver", "fork"):
        with multiprocessing.get_context(way).Pool(2) as pool:
            found += pool.map(square, [5])
    found.append(int(subprocess.check_output([sys.executable, "-c", "print(9)"])))
    print(found)
    exit(0)
"""

EVERY_MODULE = """
import importlib, sys

names = sys.stdlib_module_names - {"antigravity", "this", "idlelib", "turtledemo"}
names |= {"concurrent.futures.process", "encodings.gbk", "lib2to3.pygram", "unittest.mock", "xml.etree.ElementTree"}
names |= {"gevent.monkey", "gevent.pool", "greenlet", "zope.interface"}
for name in sorted(names):
    try:
        importlib.import_module(name)
    except ImportError:
        continue
    print(name)
"""

ENVIRONMENT = """
import os, sys, threading

def look():
    print(sys.version_info[:2], os.environ.get("LD_LIBRARY_PATH"), [name for name in os.environ if name.startswith("_PYI")])

threading.Thread(target=look).start()
"""

FOREVER = """
import multiprocessing, subprocess, threading, time

def work():
    while True:
        time.sleep(0.01)

if __name__ == "__main__":
    multiprocessing.get_context("spawn").Process(target=work).start()
    subprocess.Popen(["setsid", "sleep", "1000"])
    threading.Thread(target=work).start()
    print("ready", flush=True)
"""


def use(app: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    everything = {**os.environ, "QT_QPA_PLATFORM": "offscreen", **environment}
    return subprocess.run([str(app), *words], capture_output=True, text=True, env=everything, cwd=app.parents[2])


def run(app: Path, tmp_path: Path, source: str, *words: str, **environment: str) -> dict[str, Any]:
    script = tmp_path / "script.py"
    script.write_text(source, encoding="utf-8")
    done = use(app, "run", str(script), "--json", *words, **environment)
    assert done.returncode == 0, done.stdout + done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_its_selftest_passes(app: Path) -> None:
    done = use(app, "selftest")
    assert done.returncode == 0, done.stdout + done.stderr


def test_it_lists_and_runs_the_catalogue(app: Path) -> None:
    assert "races.mutex" in use(app, "list").stdout
    done = json.loads(use(app, "run", "races.mutex", "--json").stdout)
    assert done["outcome"] == "finished"
    assert done["watched"]["total"]["final"] == done["watched"]["total"]["expected"]


def test_it_steps_a_program_and_replays_the_schedule(app: Path, tmp_path: Path) -> None:
    saved = str(tmp_path / "schedule.json")
    first = use(app, "step", "deadlock.two_locks", "--random", "3", "--json", "--save", saved)
    assert first.returncode == 3, first.stdout + first.stderr
    again = use(app, "step", "deadlock.two_locks", "--replay", saved, "--json")
    assert (again.returncode, again.stdout) == (3, first.stdout)


def test_a_script_has_its_libraries_its_processes_and_its_python(app: Path, tmp_path: Path) -> None:
    done = run(app, tmp_path, OWN_SCRIPT)
    assert done["output"] == "[42, 14, 3, 25, 25, 25, 9]\n"
    assert [one["id"] for one in done["actors"] if one["kind"] in ("main", "thread")] == ["main", "t1", "t2", "t3"]
    assert {one["kind"] for one in done["actors"]} >= {"loop", "task"}


def test_it_has_every_standard_module_and_gevent(app: Path, tmp_path: Path) -> None:
    here = subprocess.check_output([sys.executable, "-W", "ignore", "-c", EVERY_MODULE], text=True)
    assert run(app, tmp_path, EVERY_MODULE)["output"].split() == here.split()


def test_files_are_told_by_their_true_names(app: Path, tmp_path: Path) -> None:
    source = "import sys, threading, enum, functools\nlate = threading.Lock()\nfor one in (threading, enum, functools):\n"
    source += "    print(one.__file__)\n    assert one.__file__.startswith(sys.prefix)\n    open(one.__file__).close()\n"
    source += "assert threading.Thread.run.__code__.co_filename == threading.__file__\n"
    source += "assert functools.partialmethod.__get__.__code__.co_filename == functools.__file__\n"
    assert len(run(app, tmp_path, source)["output"].splitlines()) == 3


def test_another_python_gets_its_own_libraries_back(app: Path, tmp_path: Path) -> None:
    other = next((one for one in find_pythons() if one.path), None)
    if other is None:
        pytest.skip("no other Python on this machine can run a lab")
    version = tuple(int(part) for part in other.version.split(".")[:2])
    for own in ({}, {"LD_LIBRARY_PATH": OWN_LIBRARIES}):
        done = run(app, tmp_path, ENVIRONMENT, "--python", other.path, **own)
        assert done["output"] == f"{version} {own.get('LD_LIBRARY_PATH')} []\n"
        assert [one["id"] for one in done["actors"]] == ["main", "t1"]


def test_its_own_python_gets_them_too(app: Path, tmp_path: Path) -> None:
    done = run(app, tmp_path, ENVIRONMENT, LD_LIBRARY_PATH=OWN_LIBRARIES)
    assert done["output"].endswith(f" {OWN_LIBRARIES} []\n")


def test_a_limit_leaves_nothing_behind(app: Path, tmp_path: Path) -> None:
    script = tmp_path / "forever.py"
    script.write_text(FOREVER, encoding="utf-8")
    assert use(app, "run", str(script), "--limit", "2", CONCSIM_TEST="packaged limit").returncode == 4
    until(lambda: not family("packaged limit"))


def test_a_kill_leaves_nothing_behind(app: Path, tmp_path: Path) -> None:
    script = tmp_path / "forever.py"
    script.write_text(FOREVER, encoding="utf-8")
    environment = {**os.environ, "CONCSIM_TEST": "packaged kill"}
    with subprocess.Popen([str(app), "run", str(script)], stdout=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        until(lambda: len(family("packaged kill")) >= 5)  # concsim, supervisor, lab, the program's child, the detached one
        process.send_signal(signal.SIGKILL)
        process.wait()
    until(lambda: not family("packaged kill"))
