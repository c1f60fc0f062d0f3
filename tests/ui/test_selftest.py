"""What the selftest says of a program that could not run."""

from __future__ import annotations

import pytest

from concsim.ui.selftest import _check, _check_lines

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)
MISSING = """
# /// concsim
# watch = { done = "" }
# charts = [{ kind = "bars", of = "done" }]
# ///
import not_installed_anywhere
import asyncio
done = {}
"""


@pytest.mark.parametrize("check", [_check, _check_lines])
def test_a_failed_run_says_why_and_not_which_views_are_empty(built, tmp_path, monkeypatch, check):
    monkeypatch.setattr("concsim.ui.selftest.PATIENCE", 5.0)
    path = tmp_path / "mine.py"
    path.write_text(MISSING)
    assert built.window.show_script(path)
    missing = check(built.window.script_page.stage, lambda: None)
    assert "not_installed_anywhere" in missing and "not drawn" not in missing
