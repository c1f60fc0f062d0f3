"""What the selftest says of a program that could not run."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QImage, QPixmap

from concsim.control.command.pictures import picture_targets
from concsim.ui.patience import Patience
from concsim.ui.selftest import write_picture
from concsim.ui.stage_check import StageCheck

MISSING = """
# /// concsim
# watch = { done = "" }
# charts = [{ kind = "bars", of = "done" }]
# ///
import not_installed_anywhere
import asyncio
done = {}
"""


@pytest.mark.parametrize("check", [StageCheck.live, StageCheck.lines])
def test_a_failed_run_says_why_and_not_which_views_are_empty(built, tmp_path, check):
    path = tmp_path / "mine.py"
    path.write_text(MISSING)
    assert built.window.show_script(path)
    missing = check(StageCheck(built.window.script_page.stage, lambda: None, Patience(5.0)))
    assert "not_installed_anywhere" in missing and "not drawn" not in missing


def test_that_a_picture_is_written_whole_and_over_nothing(built, tmp_path):
    folder = tmp_path / "pictures"
    target = picture_targets(folder, force=False)["my script"]
    assert write_picture(built.window.grab(), target) == ""
    assert QImage(str(folder / "my-script.png")).size() == built.window.grab().size()
    assert write_picture(built.window.grab(), target).endswith("exists; name another folder, or say --force.")
    assert write_picture(QPixmap(), picture_targets(folder, force=True)["my script"]).endswith("could not be written")
    assert [one.name for one in folder.iterdir()] == ["my-script.png"] and not QImage(str(folder / "my-script.png")).isNull()
