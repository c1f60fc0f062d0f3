"""The command line writes over no file of a person's, and a kill or a full disk leaves the old one whole."""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from concsim.model.files.target import kind_of
from concsim.model.recordings.recording import Recording
from concsim.model.recordings.recording_writer import RecordingWriter
from tests.control.test_bad_input import one_sentence

SOURCE = "import threading\ntotal = 0\ndef work():\n    global total\n    total += 1\nfor _ in range(2): threading.Thread(target=work).start()\n"
ENDLESS = "import time\nprint('up', flush=True)\nwhile True: time.sleep(0.01)\n"


def concsim(folder: Path, *words: str, **how: object) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "XDG_DATA_HOME": str(folder / "home")}
    command = [sys.executable, "-m", "concsim", *words]
    return subprocess.run(command, capture_output=True, text=True, cwd=folder, env=environment, timeout=60, stdin=subprocess.DEVNULL, **how)  # type: ignore[call-overload, no-any-return]


def contents(folder: Path) -> dict[str, bytes]:
    return {one.name: one.read_bytes() for one in folder.iterdir() if one.is_file()}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A person's folder: a program, notes, a recording, a schedule."""
    (tmp_path / "p.py").write_text(SOURCE)
    (tmp_path / "notes.concsim").write_text("my notes\n")
    RecordingWriter(tmp_path / "old.concsim").close()
    done = concsim(tmp_path, "step", "p.py", "--random", "1", "--save", "s.json")
    assert done.returncode == 0 and kind_of(tmp_path / "s.json")
    return tmp_path


@pytest.mark.parametrize("words", [
    "run p.py --record p.py", "run p.py --record p.py --force", "run p.py --record notes.concsim", "run p.py --record s.json",
    "step p.py --random 1 --save p.py --force", "step p.py --random 1 --save old.concsim", "step p.py --random 1 --record p.py",
    "step p.py --replay s.json --save s.json", "step p.py --replay s.json --record s.json --force",
    "step p.py --random 1 --save x --record x", "step p.py --all --save p.py", "run p.py --record /dev/full",
])  # fmt: skip
def test_that_what_is_a_persons_stays_as_it_is(folder: Path, words: str) -> None:
    before = contents(folder)
    done = concsim(folder, *words.split())
    assert done.returncode == 2 and one_sentence(done)
    assert contents(folder) == before


@pytest.mark.parametrize("words", [
    "run p.py --record new.concsim", "run p.py --record old.concsim", "run p.py --record notes.concsim --force",
    "step p.py --random 1 --record old.concsim",
])  # fmt: skip
def test_that_a_recording_is_written_where_it_may_be(folder: Path, words: str) -> None:
    done = concsim(folder, *words.split())
    assert done.returncode == 0, done.stderr
    recording = Recording(folder / words.split()[words.split().index("--record") + 1])
    assert recording.meta["source"] == SOURCE and "temporary" not in recording.meta
    assert list(recording.frames())
    recording.close()
    assert not [one for one in folder.rglob("*") if one.suffix == ".part" or "recordings" in one.parent.name], "nothing lies about"


def test_that_a_schedule_of_ours_is_written_over(folder: Path) -> None:
    assert concsim(folder, "step", "p.py", "--random", "2", "--save", "s.json").returncode == 0
    assert json.loads((folder / "s.json").read_text())["concsim"] == "schedule"


def test_that_a_kill_leaves_the_old_recording_whole(folder: Path) -> None:
    (folder / "p.py").write_text(ENDLESS)
    before = contents(folder)
    environment = {**os.environ, "XDG_DATA_HOME": str(folder / "home")}
    command = [sys.executable, "-m", "concsim", "run", "p.py", "--record", "old.concsim"]
    with subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL) as running:
        assert running.stdout is not None and running.stdout.readline() == b"up\n"
        running.send_signal(signal.SIGKILL)
    assert contents(folder) == before


def test_that_a_full_disk_leaves_the_old_recording_whole_and_says_where_the_new_one_is(folder: Path) -> None:
    (folder / "p.py").write_text("import os\nfor n in range(4000): print(os.urandom(250).hex())\n")
    before = (folder / "old.concsim").read_bytes()
    done = concsim(folder, "run", "p.py", "--record", "old.concsim", preexec_fn=_little_room)
    assert (folder / "old.concsim").read_bytes() == before
    assert "is not whole, and is kept at" in done.stderr and "Traceback" not in done.stderr
    (kept,) = (folder / "home").rglob("*.concsim")
    assert str(kept) in done.stderr


def test_that_one_that_could_not_be_placed_gives_another_status(folder: Path) -> None:
    (folder / "p.py").write_text("import os\nos.mkdir('new.concsim')\n")
    done = concsim(folder, "run", "p.py", "--record", "new.concsim")
    assert done.returncode == 2 and "is kept at" in done.stderr
    assert (folder / "new.concsim").is_dir()


def test_that_a_recording_that_cannot_be_begun_leaves_nothing(folder: Path) -> None:
    done = concsim(folder, "run", "p.py", preexec_fn=_no_room)
    assert done.returncode == 2 and one_sentence(done)
    assert [*(folder / "home").rglob("*.concsim*")] == []


def _no_room() -> None:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))


def _little_room() -> None:
    """No file may grow beyond a megabyte: writing fails as on a full disk."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, 1 << 20))
