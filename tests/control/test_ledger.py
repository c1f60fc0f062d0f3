"""What is left of runs that nobody watches over is ended, and nobody else is, whatever lies in the ledger's folder."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from concsim.control.leftovers.ledger import Ledger, end_what_is_left
from concsim.control.leftovers.own_folder import RUNNING, own_folder, own_places
from concsim.control.leftovers.owner import Owner, owner_of, this_process
from tests.control.test_left_alone import Running
from tests.control.test_stop import end_family, until

RESTS = [sys.executable, "-c", "import time; time.sleep(1000)"]
Write = Callable[..., Path]


@pytest.fixture
def victim() -> Iterator[subprocess.Popen[bytes]]:
    """Somebody who has nothing to do with any run; of a session of its own."""
    process = subprocess.Popen(RESTS, start_new_session=True)
    yield process
    process.kill()
    process.wait()


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Write:
    """Writes what a front end that has gone had written of a run."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))
    own_folder(RUNNING).mkdir(parents=True)

    def write(name: str = "concsim-1-abc", **words: Any) -> Path:
        gone = this_process()._replace(start="1")
        path = own_folder(RUNNING) / f"{name}.run"
        words = {key: value._asdict() if isinstance(value, Owner) else value for key, value in words.items()}
        path.write_text(json.dumps({"folder": str(tmp_path / name), "front": gone._asdict(), "known": [], **words}))
        return path

    return write


@pytest.mark.parametrize("word", ["known", "lab"])
@pytest.mark.parametrize("surely", [True, False], ids=["its own", "somebody else's"])
def test_that_only_who_is_surely_of_the_run_is_ended(victim: subprocess.Popen[bytes], write: Write, word: str, surely: bool) -> None:
    owner = owner_of(victim.pid) if surely else owner_of(victim.pid)._replace(start="")  # it had ended when it was looked at
    path = write(**{word: owner if word == "lab" else [owner._asdict()]})
    removed: list[str] = []
    end_what_is_left(removed.append)
    assert len(removed) == 1 and not path.exists()
    if surely:
        assert victim.wait(10) == -signal.SIGKILL
    else:
        assert victim.poll() is None


def test_that_the_lab_is_noted_while_it_lives(write: Write) -> None:
    lab = subprocess.Popen(RESTS, start_new_session=True)
    ledger = Ledger("/nowhere/concsim-1-abc")
    path = own_folder(RUNNING) / "concsim-1-abc.run"
    ledger.note(lab.pid, ())
    noted = json.loads(path.read_text())["lab"]
    assert noted["start"]
    lab.kill()
    until(lambda: not owner_of(lab.pid).start)  # nobody has asked for its end yet
    ledger.note(lab.pid, (this_process(),))
    assert json.loads(path.read_text())["lab"] == noted
    lab.wait()
    ledger.close()
    assert list(path.parent.iterdir()) == []


def test_that_another_who_cleans_up_at_the_same_time_is_no_harm(write: Write) -> None:
    paths = [write("concsim-1-abc"), write("concsim-2-abc")]
    removed: list[str] = []

    def remove(folder: str) -> None:
        removed.append(folder)
        for path in paths:
            path.unlink(missing_ok=True)

    end_what_is_left(remove)
    assert len(removed) == 1 and list(own_folder(RUNNING).iterdir()) == []


def test_that_what_was_half_written_goes_with_its_writer(write: Write) -> None:
    mine = own_folder(RUNNING) / f"concsim-1-abc.run.{os.getpid()}.new"
    gone = own_folder(RUNNING) / "concsim-1-abc.run.999999999.new"
    for path in (mine, gone):
        path.write_text("{")
    end_what_is_left(lambda folder: None)
    assert list(own_folder(RUNNING).iterdir()) == [mine]


def words_of(pid: int) -> list[str]:
    """What a process was started with, nothing if it has gone."""
    try:
        return psutil.Process(pid).cmdline()
    except psutil.NoSuchProcess:
        return []


def test_that_what_a_run_starts_is_known_though_nobody_reads_what_it_prints(tmp_path: Path) -> None:
    running = Running(tmp_path, ["run", "p.py"], """
        import os, subprocess, threading, time
        print("up", flush=True)
        threading.Thread(target=print, args=("z" * 300_000,), kwargs={"flush": True}, daemon=True).start()
        time.sleep(2)
        subprocess.Popen(["sleep", "1000"], start_new_session=True)
        time.sleep(1000)
        """)  # fmt: skip
    try:
        running.wait_until_up()
        (path,) = (tmp_path / "home").rglob("*.run")
        until(lambda: any("sleep" in words_of(one["pid"]) for one in json.loads(path.read_text())["known"]))
    finally:
        running.process.kill()
        running.process.communicate()
        end_family(str(tmp_path))


def test_that_of_a_run_with_many_short_processes_only_those_that_live_are_noted(tmp_path: Path) -> None:
    running = Running(tmp_path, ["run", "p.py"], """
        import subprocess, time
        made = [subprocess.Popen(["sleep", "0.7"]) for _ in range(40)]
        for one in made: one.wait()
        print("up", flush=True)
        time.sleep(1000)
        """)  # fmt: skip
    try:
        running.wait_until_up()
        (path,) = (tmp_path / "home").rglob("*.run")
        until(lambda: len(json.loads(path.read_text())["known"]) <= 2)
    finally:
        running.process.kill()
        running.process.communicate()
        end_family(str(tmp_path))


@pytest.fixture
def stand_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the folder is made that stands for one in a home that cannot be written."""
    monkeypatch.setenv("XDG_DATA_HOME", "/proc/nowhere")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path / f"concsim-{RUNNING}-of-{os.getuid()}"


def test_that_what_stands_for_an_unwritable_home_goes_with_the_last_who_needs_it(stand_in: Path) -> None:
    first, last = Ledger("/nowhere/concsim-1-abc"), Ledger("/nowhere/concsim-2-abc")
    first.close()
    assert [path.name for path in stand_in.iterdir()] == ["concsim-2-abc.run"]
    last.close()
    assert not stand_in.exists()


def test_that_a_folder_that_another_took_away_is_made_again(stand_in: Path) -> None:
    ledger = Ledger("/nowhere/concsim-1-abc")
    shutil.rmtree(stand_in)
    ledger.note(0, (this_process(),))
    assert [owner_words["pid"] for owner_words in json.loads((stand_in / "concsim-1-abc.run").read_text())["known"]] == [os.getpid()]
    ledger.close()


@pytest.mark.parametrize("what", ["folder", "file", "link to nothing"])
def test_that_one_folder_is_made_where_its_name_is_somebody_elses(stand_in: Path, what: str) -> None:
    if what == "folder":
        stand_in.mkdir(0o755)  # open to others: not ours
    elif what == "file":
        stand_in.touch()
    else:
        stand_in.symlink_to("nowhere")
    ledgers = [Ledger(f"/nowhere/concsim-{number}-abc") for number in range(3)]
    made = set(stand_in.parent.iterdir()) - {stand_in}
    (folder,) = made
    assert len(list(folder.iterdir())) == 3 and own_places(RUNNING)[1:] == [folder]
    for one in ledgers:
        one.close()
    assert list(stand_in.parent.iterdir()) == [stand_in]
