"""The selftest's pictures: none of a person's is written over unasked, and that is found out before anything runs."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from concsim.cli import main
from concsim.control.command.pictures import picture_names, picture_targets
from concsim.model.programs.program import ProgramError


def refused(folder: Path, capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert main(["selftest", "--screenshots", str(folder), *words]) == 2
    seen = capsys.readouterr()
    assert seen.out == "" and seen.err.count("\n") == 1
    return seen.err


@pytest.mark.parametrize("name", ["races.mutex.png", "races.mutex-stepped.png", "iterators.send-by-line.png", "my-script.png"])
def test_that_a_picture_that_exists_is_kept_and_nothing_is_run(tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    (tmp_path / name).write_bytes(b"\x89PNG mine")
    assert f"{name} exists; name another folder, or say --force." in refused(tmp_path, capsys)
    assert os.listdir(tmp_path) == [name] and (tmp_path / name).read_bytes() == b"\x89PNG mine"


def test_that_force_is_for_plain_files_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    picture = tmp_path / "races.mutex.png"
    picture.write_bytes(b"mine")
    assert set(picture_targets(tmp_path, force=True)) == {*picture_names()}
    assert picture.read_bytes() == b"mine", "it is replaced when there is another"
    picture.unlink()
    picture.mkdir()
    assert "is no plain file" in refused(tmp_path, capsys, "--force")


@pytest.mark.parametrize("where", ["file", "file/below", "a\0b", "x" * 300])
def test_that_a_folder_that_cannot_be_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str], where: str) -> None:
    (tmp_path / "file").write_text("mine")
    assert "cannot be written" in refused(tmp_path / where, capsys)
    assert (tmp_path / "file").read_text() == "mine"


def test_that_other_files_are_in_nobodys_way(tmp_path: Path) -> None:
    (tmp_path / "holiday.png").write_bytes(b"mine")
    targets = picture_targets(tmp_path / "new" / "folder", force=False)
    assert len({one.path for one in targets.values()}) == len(targets)
    assert [*picture_targets(tmp_path, force=False)] == [*targets]


def test_that_a_picture_that_came_into_the_way_meanwhile_is_kept(tmp_path: Path) -> None:
    target = picture_targets(tmp_path, force=False)["races.mutex"]
    with pytest.raises(ProgramError, match="exists"), target.written() as aside:
        aside.write_bytes(b"new")
        target.path.write_bytes(b"mine")
    assert target.path.read_bytes() == b"mine"
