"""Recordings that were cut off: said at the start, listed, opened, and deleted only by the person's word."""

from __future__ import annotations

import contextlib
import tempfile

import psutil
import pytest

from concsim.control.leftovers.own_folder import RECORDINGS
from concsim.model.recordings.recording import Recording
from concsim.ui.pages.cut_off_recordings import CutOffDialog, _find
from tests.control.test_left_alone import Running
from tests.control.test_stop import family, until
from tests.control.test_temporary import cut_off


@pytest.fixture
def offered(built, tmp_path, qtbot):
    """Three of them, said in the notice, and their paths."""
    paths = [cut_off(tmp_path, f"{name}.py") for name in ("bank", "market", "philosophers")]
    built.cut_off.offer()
    qtbot.waitUntil(lambda: built.window.notice.isVisible())
    yield paths
    for dialog in built.window.findChildren(CutOffDialog):
        dialog.reject()


def shown_list(built):
    built.window.notice.action.click()
    return built.window.findChildren(CutOffDialog)[0]


def test_all_are_said_and_listed(built, offered):
    said = built.window.notice.label.text()
    assert said.startswith("concsim did not close properly. 3 recordings are still there; the oldest is kept until ")
    rows = shown_list(built).rows
    assert [rows.topLevelItem(row).text(0) for row in range(3)] == ["philosophers", "market", "bank"]
    assert all(rows.topLevelItem(0).text(column) for column in range(4))


def test_closing_the_notice_keeps_them(built, offered):
    built.window.notice._close.click()
    built.close()
    assert all(one.exists() for one in offered)


def test_one_is_opened_and_stays(built, offered):
    dialog = shown_list(built)
    dialog.open_button.click()
    assert built.window.stage.run.recording_path == offered[2]
    built.window.stage.run.close_run()
    built.close()
    assert all(one.exists() for one in offered)


def test_one_is_deleted_when_that_was_pressed_twice(built, offered):
    dialog = shown_list(built)
    dialog.delete_button.click()
    dialog.rows.setCurrentItem(dialog.rows.topLevelItem(1))
    dialog.delete_button.click()
    assert all(one.exists() for one in offered), "pressed once for each"
    dialog.delete_button.click()
    assert [one.exists() for one in offered] == [True, False, True]
    assert dialog.rows.topLevelItemCount() == 2 and dialog.delete_button.text() == "Delete"


def test_the_one_opened_can_be_saved(built, offered, tmp_path, qtbot):
    shown_list(built).open_button.click()
    target = tmp_path / "saved"
    built.save_recording(str(target))
    qtbot.waitUntil(target.exists)
    recording = Recording(target)
    assert "temporary" not in recording.meta
    recording.close()


def test_what_was_said_before_is_read_first(built, tmp_path):
    said = built.window.notice
    said.say("something could not be read")
    said.say_later("recordings are there", "Show…", lambda: None)
    assert said.label.text() == "something could not be read" and said.action.isHidden()
    said._close.click()
    assert said.label.text() == "recordings are there" and not said.isHidden() and not said.action.isHidden()
    said._close.click()
    assert said.isHidden()
    said.say_later("at once", "", None)
    assert said.label.text() == "at once" and not said.isHidden()


def test_a_recording_beside_an_unwritable_home_is_offered_afterwards(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", "/proc/nowhere")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    source = "import time\nprint('up', flush=True)\ntime.sleep(1000)\n"
    (tmp_path / "one").mkdir()
    (tmp_path / "tmp").mkdir()
    running = Running(tmp_path / "one", ["run", "p.py", "--record", "r.concsim"], source, XDG_DATA_HOME="/proc/nowhere", TMPDIR=str(tmp_path / "tmp"))
    running.wait_until_up()
    for one in (running.process, running.supervisor()):
        with contextlib.suppress(psutil.NoSuchProcess):  # it may have seen that the other has gone
            one.kill()
    running.process.communicate()
    (tmp_path / "given").mkdir()
    (found,) = _find(tmp_path / "given")
    assert found.name == "p" and found.path.parent.name.startswith(f"concsim-{RECORDINGS}-of-")
    until(lambda: not family(str(tmp_path / "one")))
    found.path.unlink()
