"""Recordings that were cut off are all found, told by a mark inside, and removed by the person's word or their age alone."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from concsim.control.leftovers import temporary
from concsim.control.leftovers.owner import lives, this_process
from concsim.control.leftovers.temporary import DAY, DAYS, cut_off_in, make_recording, note_said, remove_outdated
from concsim.model.programs.program import make_program
from concsim.model.recordings.recording import Recording, copy_recording
from concsim.model.recordings.recording_writer import RecordingWriter

KILLED = """
import os, sys
sys.path[:] = {path!r}
from pathlib import Path
from concsim.control.sessions.session import describe
from concsim.control.leftovers.temporary import make_recording
from concsim.model.programs.program import make_program
program = make_program("x = 1\\n", Path({name!r}))
recording = make_recording(Path({folder!r}), program)
describe(recording, program, "")
recording.append(1, 2, b'{{"is": "FileSeen", "time": 1, "index": 1, "path": "x.py"}}')
recording.flush()
print(recording.path, flush=True)
os.kill(os.getpid(), 9)
"""


def cut_off(folder: Path, name: str = "mine.py") -> Path:
    """A recording whose process was killed."""
    source = KILLED.format(path=sys.path, folder=str(folder), name=name)
    done = subprocess.run([sys.executable, "-c", source], capture_output=True, text=True)
    return Path(done.stdout.strip())


def test_that_all_that_were_cut_off_are_found_and_kept(tmp_path: Path) -> None:
    paths = [cut_off(tmp_path, f"{number}.py") for number in range(3)]
    found = cut_off_in(tmp_path)
    assert [one.path for one in found] == paths[::-1] and [one.name for one in found] == ["2", "1", "0"]
    remove_outdated(tmp_path)
    assert all(one.exists() for one in paths)
    recording = Recording(paths[0])
    assert len(list(recording.frames())) == 1
    recording.close()


def test_that_one_whose_process_lives_is_nobody_elses(tmp_path: Path) -> None:
    recording = make_recording(tmp_path, make_program("x = 1\n", tmp_path / "p.py"))
    assert cut_off_in(tmp_path) == []
    recording.close()


def test_that_what_only_looks_like_ours_is_not_touched(tmp_path: Path) -> None:
    """A person's own files: of a name like ours, saved recordings, links, a recording that somebody copied."""
    RecordingWriter(tmp_path / "mine-2024-abc.concsim").close()
    (tmp_path / "notes-999999999-abc.concsim").write_text("my notes")
    (tmp_path / "link-999999999-abc.concsim").symlink_to("/nowhere")
    os.mkfifo(tmp_path / "pipe-999999999-abc.concsim")
    (tmp_path / "folder-999999999-abc.concsim").mkdir()
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    copy_recording(cut_off(elsewhere), tmp_path / "saved-999999999-abc.concsim")
    (tmp_path / "linked.concsim").symlink_to(cut_off(elsewhere))
    before = sorted(one.name for one in tmp_path.iterdir())
    assert cut_off_in(tmp_path) == []
    remove_outdated(tmp_path)
    assert sorted(one.name for one in tmp_path.iterdir()) == before


def test_that_the_time_they_are_kept_counts_from_when_it_was_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = cut_off(tmp_path)
    with sqlite3.connect(path) as db:
        db.execute("UPDATE meta SET value = json_set(value, '$.began', 1) WHERE name = 'temporary'")
    db.close()
    remove_outdated(tmp_path)
    assert path.exists(), "old, but nobody was told"
    now = time.time()
    note_said(cut_off_in(tmp_path))
    (said,) = cut_off_in(tmp_path)
    assert now + DAYS * DAY <= said.until <= time.time() + DAYS * DAY
    note_said(cut_off_in(tmp_path))
    assert cut_off_in(tmp_path)[0].until == said.until, "the first word counts"
    monkeypatch.setattr(temporary.time, "time", lambda: said.until + 1)
    remove_outdated(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_that_one_written_elsewhere_lives_until_it_was_not_touched_for_long(tmp_path: Path) -> None:
    """Homes are shared by machines and containers, whose process numbers mean nothing here."""
    path = cut_off(tmp_path)
    with sqlite3.connect(path) as db:
        db.execute("UPDATE meta SET value = json_set(value, '$.space', 'another machine') WHERE name = 'temporary'")
    db.close()
    assert cut_off_in(tmp_path) == []
    temporary.remove_cut_off(tmp_path)
    assert path.exists()
    long_ago = time.time() - 8 * DAY
    for one in tmp_path.iterdir():
        os.utime(one, (long_ago, long_ago))
    assert [one.path for one in cut_off_in(tmp_path)] == [path]


def test_that_a_word_said_by_a_wrong_clock_does_not_count(tmp_path: Path) -> None:
    path = cut_off(tmp_path)
    with sqlite3.connect(path) as db:
        db.execute("UPDATE meta SET value = json_set(value, '$.said', 5) WHERE name = 'temporary'")
    db.close()
    remove_outdated(tmp_path)
    assert path.exists()
    now = time.time()
    note_said(cut_off_in(tmp_path))
    assert cut_off_in(tmp_path)[0].until >= now + DAYS * DAY


def test_that_a_process_is_told_from_whoever_gets_its_number() -> None:
    me = this_process()
    assert lives(me)
    assert not lives(me._replace(boot="another start of the machine"))
    assert not lives(me._replace(start="1"))
    assert lives(me._replace(space="another machine"))
