"""No file of a person's is written over unasked, and what is written is whole or not there."""

from __future__ import annotations

import os
import socket
import stat
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from concsim.model.files import plain_file
from concsim.model.files.target import PICTURE, RECORDING, SCHEDULE, Target, check_apart, kind_of
from concsim.model.programs.program import ProgramError
from concsim.model.recordings.recording_writer import RecordingWriter

OURS = '{\n "concsim": "schedule",\n "version": 1\n}\n'


def recording_at(path: Path) -> Path:
    RecordingWriter(path).close()
    return path


def test_that_ours_are_known_by_their_content_not_their_name(tmp_path: Path) -> None:
    schedule, lookalike = tmp_path / "notes.txt", tmp_path / "mine.concsim"
    schedule.write_text(OURS)
    lookalike.write_text("my notes")
    assert kind_of(schedule) == SCHEDULE and kind_of(recording_at(tmp_path / "data")) == RECORDING
    assert kind_of(lookalike) == kind_of(tmp_path) == kind_of(tmp_path / "nothing") == ""


def test_that_a_recording_that_was_cut_off_is_known_as_one(tmp_path: Path) -> None:
    writer = RecordingWriter(tmp_path / "a.concsim")
    assert kind_of(writer.path) == RECORDING
    writer.close()


def test_that_what_exists_is_kept_unless_it_is_ours_of_the_same_kind(tmp_path: Path) -> None:
    notes, schedule, recording = tmp_path / "a.concsim", tmp_path / "b.concsim", recording_at(tmp_path / "c.json")
    notes.write_text("my notes")
    schedule.write_text(OURS)
    for path, kind in ((notes, RECORDING), (notes, SCHEDULE), (schedule, RECORDING), (recording, SCHEDULE)):
        with pytest.raises(ProgramError, match="--force"):
            Target(path, kind)
        Target(path, kind, force=True)
    Target(schedule, SCHEDULE)
    Target(recording, RECORDING)


def in_the_way(folder: Path, what: str) -> Path:
    path = folder / what
    if what == "fifo":
        os.mkfifo(path)
    elif what == "folder":
        path.mkdir()
    elif what == "socket":
        with socket.socket(socket.AF_UNIX) as one:
            one.bind(str(path))
    elif what == "link to a device":
        path.symlink_to("/dev/null")
    elif what == "device":
        return Path("/dev/full")
    return path


@pytest.mark.parametrize("what", ["fifo", "folder", "socket", "link to a device", "device"])
def test_that_nothing_but_a_plain_file_is_ever_replaced(tmp_path: Path, what: str) -> None:
    path = in_the_way(tmp_path, what)
    before = path.lstat()
    with pytest.raises(ProgramError, match="no plain file"):
        Target(path, RECORDING, force=True)
    assert (path.lstat().st_ino, path.lstat().st_mode) == (before.st_ino, before.st_mode)


@pytest.mark.parametrize("way", ["itself", "link", "hard link", "another spelling"])
def test_that_what_is_in_use_is_never_replaced(tmp_path: Path, way: str) -> None:
    program, path = tmp_path / "p.py", tmp_path / "other"
    program.write_text(OURS)
    if way == "link":
        path.symlink_to(program)
    elif way == "hard link":
        path.hardlink_to(program)
    else:
        path = program if way == "itself" else tmp_path / "." / ".." / tmp_path.name / "p.py"
    with pytest.raises(ProgramError, match="the program itself"):
        Target(path, SCHEDULE, force=True, kept=[program])
    assert program.read_text() == OURS


def test_that_a_link_stays_and_what_it_leads_to_is_written(tmp_path: Path) -> None:
    real, link = tmp_path / "real.json", tmp_path / "link.json"
    link.symlink_to(real)
    with Target(link, SCHEDULE).written() as aside:
        aside.write_text("new")
    assert link.is_symlink() and real.read_text() == "new"


def test_that_the_old_one_stays_whole_when_writing_fails(tmp_path: Path) -> None:
    path = tmp_path / "s.json"
    path.write_text(OURS)
    with pytest.raises(OSError, match="full"), Target(path, SCHEDULE).written() as aside:
        aside.write_text("half")
        raise OSError("the disk is full")
    assert path.read_text() == OURS and list(tmp_path.iterdir()) == [path]


def test_that_what_came_into_the_way_meanwhile_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "s.json"
    target = Target(path, SCHEDULE)
    with pytest.raises(ProgramError, match="--force"), target.written() as aside:
        aside.write_text("new")
        path.write_text("somebody else's")
    assert path.read_text() == "somebody else's" and list(tmp_path.iterdir()) == [path]


def test_that_what_comes_into_the_way_in_the_last_moment_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = Target(tmp_path / "s.json", SCHEDULE)
    monkeypatch.setattr(target, "check", lambda: target.path.exists() or target.path.write_text("somebody else's"))
    monkeypatch.setattr(Target, "exists", False)
    with pytest.raises(ProgramError, match="--force"), target.written() as aside:
        aside.write_text("new")
    assert target.path.read_text() == "somebody else's" and len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize("kind", [RECORDING, SCHEDULE, PICTURE])
def test_that_an_empty_file_is_somebodys_too(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "__init__.py"
    path.touch()
    with pytest.raises(ProgramError, match="exists"):
        Target(path, kind)
    with Target(path, kind, force=True).written() as aside:
        aside.write_text("new")
    assert path.read_text() == "new"


def test_that_the_mode_of_the_old_one_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "s.json"
    path.write_text(OURS)
    path.chmod(0o640)
    with Target(path, SCHEDULE).written() as aside:
        aside.write_text("new")
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


@pytest.mark.parametrize("path", ["/no/such/folder/x", "a\0b", "x" * 300, "x/" * 3000])
def test_that_a_place_where_nothing_can_be_written_is_said_before_the_run(path: str) -> None:
    with pytest.raises(ProgramError, match="cannot be written"):
        Target(Path(path), RECORDING)


def test_that_two_things_are_not_written_to_one_file(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "x")
    one, other = Target(tmp_path / "x", RECORDING), Target(tmp_path / "link", SCHEDULE)
    with pytest.raises(ProgramError, match="both"):
        check_apart(one, other)
    check_apart(one, None)


@pytest.mark.parametrize("left", ["wal", "journal"])
@pytest.mark.parametrize("force", [False, True])
def test_that_what_sqlite_has_left_beside_it_is_not_taken_for_a_part_of_the_new_one(tmp_path: Path, left: str, force: bool) -> None:
    path = recording_at(tmp_path / "r.concsim")
    killed = f"""
        import os, sqlite3
        db = sqlite3.connect({str(path)!r}, isolation_level=None)
        db.execute("PRAGMA journal_mode = {'wal' if left == 'wal' else 'delete'}")
        db.execute("PRAGMA cache_size = 1")
        db.execute("BEGIN")
        db.execute("CREATE TABLE theirs (x)")
        for _ in range(3000): db.execute("INSERT INTO theirs VALUES (zeroblob(500))")
        {'db.execute("COMMIT")' if left == 'wal' else ''}
        os.kill(os.getpid(), 9)
        """
    subprocess.run([sys.executable, "-c", textwrap.dedent(killed)], check=False)
    beside = path.with_name(f"{path.name}-{left}")
    kept = beside.read_bytes()
    assert kept
    with pytest.raises(ProgramError, match="move it away first"):
        Target(path, RECORDING, force=force)
    assert beside.read_bytes() == kept
    beside.write_text("somebody's notes, which SQLite passes over")
    Target(path, RECORDING)


def test_that_a_file_of_the_kernels_that_has_nothing_to_say_is_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ours, theirs = os.pipe()
    os.set_blocking(ours, False)
    monkeypatch.setattr(plain_file, "_open", lambda path: os.dup(ours))
    assert plain_file.head_of(tmp_path, 10) == b""
    with pytest.raises(OSError, match="nothing to be read"):
        plain_file.read_plain(tmp_path, 10)
    os.close(ours)
    os.close(theirs)


@pytest.mark.parametrize("kind", [RECORDING, SCHEDULE])
def test_that_the_root_is_a_folder_as_any_other(kind: str) -> None:
    with pytest.raises(ProgramError, match="no plain file"):
        Target(Path("/"), kind)
