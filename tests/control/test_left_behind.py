"""Runs that are stopped at a random moment leave nothing behind. The benchmark of this name does it a hundred times."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.benchmarks.left_behind import leftovers, process_programs, shared_things, what_stays
from tests.conftest import Run


def test_that_stopped_runs_of_process_programs_leave_nothing_behind() -> None:
    assert leftovers(process_programs(), 1, first_seed=1000) == []


@pytest.mark.long
@pytest.mark.timeout(900)
def test_that_many_stopped_runs_of_process_programs_leave_nothing_behind() -> None:
    assert leftovers(process_programs(), 12) == []


@pytest.mark.parametrize("method", ["fork", "spawn", "forkserver"])
def test_that_one_killed_while_it_names_shared_memory_leaves_no_file(run_source: Run, method: str) -> None:
    before = shared_things()
    ran = run_source(f"""
        import multiprocessing, os, signal

        def die_in_between(*_, **__):
            os.kill(os.getpid(), signal.SIGKILL)

        def work():
            os.unlink = die_in_between
            multiprocessing.Array("d", 100_000)
            print("it lived")

        if __name__ == "__main__":
            child = multiprocessing.get_context("{method}").Process(target=work)
            child.start()
            child.join()
            print(child.exitcode)
    """)
    assert ran.output == "-9\n"
    assert what_stays({one for one in shared_things() - before if one.startswith(("pym-", "concsim-"))}, 5.0) == set()


@pytest.mark.parametrize("theirs", [False, True], ids=["its own", "somebody else's"])
def test_that_one_killed_as_it_makes_named_shared_memory_leaves_no_file(run_source: Run, theirs: bool) -> None:
    name = f"mine-{os.getpid()}"
    path = Path("/dev/shm") / name
    if theirs:
        path.write_text("")
    ran = run_source(f"""
        import multiprocessing, os, signal, sys
        from multiprocessing import shared_memory

        def die_when_made(frame, event, argument):
            if event == "c_return" and getattr(argument, "__name__", "") == "shm_open":
                os.kill(os.getpid(), signal.SIGKILL)

        def work():
            sys.setprofile(die_when_made)
            try: shared_memory.SharedMemory("{name}", create=True, size=100)
            except FileExistsError: print("there is one")

        if __name__ == "__main__":
            child = multiprocessing.get_context("fork").Process(target=work)
            child.start()
            child.join()
            print(child.exitcode)
    """)
    assert ran.output == ("there is one\n0\n" if theirs else "-9\n")
    assert path.exists() == theirs
    path.unlink(missing_ok=True)


def test_that_shared_memory_that_was_there_before_stays(run_source: Run) -> None:
    path = Path("/dev/shm") / f"theirs-{os.getpid()}"
    path.write_text("precious")
    ran = run_source(f"""
        import _posixshmem, os
        from multiprocessing import shared_memory
        print(os.read(_posixshmem.shm_open("/{path.name}", os.O_CREAT | os.O_RDWR, mode=0o600), 20))
        os.close(_posixshmem.shm_open("/{path.name}-new", os.O_CREAT | os.O_RDWR, mode=0o600))
    """)
    assert ran.output == "b'precious'\n" and path.read_text() == "precious"
    assert not path.with_name(path.name + "-new").exists()
    path.unlink()


PROGRAM = """
import threading
total = 0
def work():
    global total
    total += 1
for _ in range(2): threading.Thread(target=work).start()
"""
KILLED_BEFORE_IT_IS_MOVED = """
import os, signal, sys
from concsim.model.files import target
target._sync = lambda path: os.kill(os.getpid(), signal.SIGKILL)
from concsim.cli import main
main(sys.argv[1:])
"""


KILLED_AT_ITS_BEGINNING = """
import os, signal, sys
from concsim.model.recordings import recording_writer
class Killed(dict):
    def __getitem__(self, key):
        os.kill(os.getpid(), signal.SIGKILL)
if sys.argv.pop(1) == "created":
    recording_writer.TABLES = Killed()
else:
    recording_writer.RecordingWriter.append = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
from concsim.cli import main
main(sys.argv[1:])
"""


@pytest.mark.parametrize("moment", ["created", "begun"])
@pytest.mark.parametrize("words", [["run", "p.py"], ["run", "p.py", "--record", "kept"]], ids=["run", "record"])
def test_that_a_recording_goes_at_the_next_start_if_it_was_only_created(tmp_path: Path, moment: str, words: list[str]) -> None:
    (tmp_path / "p.py").write_text(PROGRAM)
    environment = {**os.environ, "TMPDIR": str(tmp_path), "XDG_DATA_HOME": str(tmp_path / "home")}

    def run(*command: str) -> int:
        return subprocess.run([sys.executable, *command], cwd=tmp_path, env=environment, capture_output=True, timeout=60).returncode

    def recordings() -> list[Path]:
        return list((tmp_path / "home").rglob("*.concsim"))

    assert run("-c", KILLED_AT_ITS_BEGINNING, moment, *words) == -signal.SIGKILL
    assert len(recordings()) == 1
    assert run("-m", "concsim", "run", "threads.one_then_many") == 0
    # one that was begun, and that somebody has asked for, is the person's
    assert len(recordings()) == (moment == "begun" and "--record" in words)
    assert list((tmp_path / "home" / "concsim" / "concsim" / "running").iterdir()) == []


@pytest.mark.parametrize("words", [
    ["run", "p.py", "--record", "kept"], ["step", "p.py", "--random", "1", "--record", "kept"],
    ["step", "p.py", "--random", "1", "--save", "kept"], ["step", "p.py", "--all", "--save", "kept"],
])  # fmt: skip
def test_that_a_file_that_was_not_moved_yet_goes_at_the_next_start(tmp_path: Path, words: list[str]) -> None:
    (tmp_path / "p.py").write_text(PROGRAM if "--all" not in words else PROGRAM + "assert total == 3\n")
    mine = tmp_path / ".concsim-0123456789abcdef.part"
    mine.write_text("of a person")
    environment = {**os.environ, "TMPDIR": str(tmp_path), "XDG_DATA_HOME": str(tmp_path / "home")}

    def parts() -> list[Path]:
        return sorted(tmp_path.glob(".concsim-*"))

    def run(*command: str) -> int:
        return subprocess.run([sys.executable, *command], cwd=tmp_path, env=environment, capture_output=True, timeout=60).returncode

    assert run("-c", KILLED_BEFORE_IT_IS_MOVED, *words) == -signal.SIGKILL
    assert len(parts()) == 2 and not (tmp_path / "kept").exists()
    assert run("-m", "concsim", "run", "threads.one_then_many") == 0
    assert parts() == [mine]
    assert list((tmp_path / "home" / "concsim" / "concsim" / "running").iterdir()) == []
