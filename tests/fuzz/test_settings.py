"""Settings files that somebody has changed: the window has a value for all it asks, and what was damaged is kept."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QByteArray, QSettings

from concsim.control.sessions.setting import LARGEST_LIMIT, MOST_MB
from concsim.ui.settings.damaged_file import keep_copy
from concsim.ui.settings.preferences import Preferences
from concsim.ui.settings.settings_file import SettingsFile, open_settings
from concsim.ui.settings.stored_values import GEOMETRY_BEGINS, THEMES
from concsim.ui.text.language import LANGUAGES
from tests.fuzz.strategies import changed_bytes, texts
from tests.fuzz.test_files import MANY, QUIET

pytestmark = [pytest.mark.usefixtures("qapp"), pytest.mark.qt_log_ignore("QVariant::load", extend=True)]
FEW = 60
"""Fewer than elsewhere: each is written to the disk several times."""
KEYS = ("language", "theme", "big", "geometry", "recent", "visited", "processes", "recording_mb", "%41", "a/b", "", "LANGUAGE", "General/theme", "\\x")
VALUES = (
    "en", "zh", "dark", "true", "1", "0", "-1", "64", "1e3", "9" * 5_000, "@ByteArray(\\x1\\xd9\\xd0\\xcb\\0\\x3)", "@ByteArray(", "@ByteArray(x)", "@Invalid()", "@Rect(0 0 1 1)",
    "@Size(1 1)", "@Point(9999999999 x)", "@Variant(\\0\\0\\0\\x7f\\0\\0\\0\\x5x\\0)", "@DateTime(\\0)", "@String(x)", "@@en", "a, b, c", "a, @Invalid(), 3", '"quoted', '"a" b', "\\x0", "a\\0b",
    "\\xd800", "\\", "\\\r\n", "=", "; not", "/etc/passwd", "/dev/zero", "%(here)s", "~", '"/a", "/b"', "@",
)  # fmt: skip
PLAIN = st.sampled_from(VALUES)
rows = st.one_of(
    st.tuples(st.sampled_from(KEYS), st.one_of(PLAIN, PLAIN, texts, st.lists(PLAIN, max_size=4).map(", ".join))).map("=".join),
    st.sampled_from(["[General]", "[%General]", "[General", "[]", "[other]", "; words", "# words", "words", "=x", "\\", "\0", "\ufeff"]), texts,
)  # fmt: skip
SOUND = b"[General]\nbig=1\ngeometry=@ByteArray(\\x1\\xd9\\xd0\\xcb\\0\\x3)\nlanguage=zh\nprocesses=64\nrecent=/a, /b\nrecording_mb=300\ntheme=dark\nvisited=races.mutex\n"


@st.composite
def contents(draw: st.DrawFn) -> bytes:
    """A file of rows, or a sound one with some bytes changed."""
    if draw(st.booleans()):
        return draw(changed_bytes(SOUND))
    joined = draw(st.sampled_from(["\n", "\n", "\r\n", "\r"])).join(["[General]", *draw(st.lists(rows, max_size=8))])
    encoding = draw(st.sampled_from(["utf-8", "utf-8", "utf-8", "utf-16", "latin-1"]))
    return draw(changed_bytes(joined.encode(encoding, "replace" if encoding == "latin-1" else "surrogatepass"), most=1))


def check_values(one: Preferences) -> None:
    """Each property has a value that the window can use."""
    assert one.language in LANGUAGES and one.theme in THEMES
    assert type(one.big) is bool and type(one.geometry) is QByteArray
    assert one.geometry.isEmpty() or one.geometry.data().startswith(GEOMETRY_BEGINS)
    assert 0 < one.processes <= LARGEST_LIMIT and 0 < one.recording_mb <= MOST_MB
    assert all(isinstance(path, Path) and path.is_file() for path in one.recent)
    assert all(type(id_) is str for id_ in one.visited)


def use(one: Preferences, script: Path) -> None:
    """What a person does with them, which is remembered."""
    one.forget(one.wrong)
    assert one.wrong == []
    one.language, one.theme, one.big, one.processes = "zh", "light", True, 7
    one.remember_script(script)
    one.visit("races.mutex")
    check_values(one)
    assert (one.language, one.theme, one.big, one.processes) == ("zh", "light", True, 7)
    assert one.recent[0] == script and "races.mutex" in one.visited


def check_kept(file: SettingsFile, data: bytes) -> None:
    """Damaged ones lie aside as they were; others lie where they lay."""
    assert file.kept
    if file.damaged:
        assert file.aside is not None and file.aside.read_bytes() == data
        assert not file.path.exists()
    else:
        assert file.aside is None and file.path.read_bytes() == data


def judge(folder: Path, data: bytes) -> None:
    shutil.rmtree(folder / "config", ignore_errors=True)
    path = folder / "config" / "concsim.conf"
    path.parent.mkdir()
    path.write_bytes(data)
    script = folder / "mine.py"
    script.touch()
    file = open_settings(path)
    check_kept(file, data)
    preferences = Preferences(file.settings, file.kept)
    check_values(preferences)
    assert set(preferences.wrong) <= set(KEYS)
    if not file.damaged:
        copy = keep_copy(path)
        assert copy is not None and copy.read_bytes() == data
        copy.unlink()
    use(preferences, script)
    again = open_settings(path)
    assert not again.damaged, "what we have written is no file of settings"
    check_values(Preferences(again.settings))
    assert again.settings.status() == QSettings.Status.NoError
    assert (Preferences(again.settings).theme, Preferences(again.settings).recent[0]) == ("light", script)
    assert {one for one in os.listdir(path.parent) if ".damaged" in one} == ({file.aside.name} if file.aside is not None else set())


@given(data=contents())
@settings(max_examples=FEW, **QUIET)
def test_that_any_settings_file_gives_a_value_for_everything(tmp_path: Path, data: bytes) -> None:
    judge(tmp_path, data)


@pytest.mark.fuzz
@pytest.mark.timeout(600)
@given(data=contents())
@settings(max_examples=MANY, **QUIET)
def test_that_very_many_settings_files_give_a_value_for_everything(tmp_path: Path, data: bytes) -> None:
    judge(tmp_path, data)
