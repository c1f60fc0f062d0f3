"""The window comes up whatever lies where its settings and recordings should be, and says in a sentence what is wrong."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray, QSettings

from concsim.control.sessions.setting import MOST_PROCESSES
from concsim.ui.application import Application, make_application
from concsim.ui.settings.preferences import Preferences
from concsim.ui.settings.settings_file import open_settings

pytestmark = pytest.mark.qt_log_ignore("QVariant::load", extend=True)
Start = Callable[[], Application]
NOBODY = 65534


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the settings lie."""
    folder = tmp_path / "config"
    folder.mkdir()
    return folder / "concsim.conf"


@pytest.fixture
def start(qtbot, path: Path, tmp_path: Path) -> Iterator[Start]:
    """Start the window with what lies there."""
    application = make_application(["concsim"])
    plain = application.font()
    (tmp_path / "recordings").mkdir()
    made: list[Application] = []

    def begin() -> Application:
        one = Application(application, open_settings(path), tmp_path / "recordings")
        made.append(one)
        one.window.show()
        qtbot.waitUntil(lambda: one.window.views_ready, timeout=30_000)
        return one

    yield begin
    for one in made:
        one.language.choose("en")
        one.close()
        one.window.deleteLater()
    application.setStyleSheet("")
    application.setFont(plain)
    application.processEvents()


def said(built: Application) -> str:
    notice = built.window.notice
    return notice.label.text() if notice.isVisible() else ""


def test_that_settings_are_kept_and_nothing_is_said_where_nothing_is_wrong(start: Start, path: Path) -> None:
    built = start()
    built.preferences.language, built.preferences.processes, built.preferences.recording_mb = "zh", 64, 300
    assert said(built) == ""
    again = Preferences(open_settings(path).settings)
    assert (again.language, again.processes, again.recording_mb, again.wrong) == ("zh", 64, 300, [])


WRONG = {
    "language": "klingon", "theme": ["light", "dark"], "big": "perhaps", "geometry": QByteArray(b"\xff\x00garbage"),
    "recent": "a\0b", "visited": ["races.mutex", "\0"], "processes": "many",
    "recording_mb": "-1",
}  # fmt: skip


@pytest.mark.parametrize(
    ("key", "value"),
    [*WRONG.items(), ("language", ["en", "zh"]), ("language", 3), ("theme", ""), ("processes", -5), ("processes", "1" * 400), ("processes", ["1", "2"]),
     ("processes", "1" * 5000), ("geometry", "left"), ("big", ["1"]), ("recent", QByteArray(b"x")), ("processes", 0)],
    ids=lambda one: str(one)[:20].replace("\0", "0"),
)  # fmt: skip
def test_that_a_wrong_value_gives_way_to_its_default(tmp_path: Path, key: str, value: object) -> None:
    settings = QSettings(str(tmp_path / "s.ini"), QSettings.Format.IniFormat)
    default = getattr(Preferences(settings), key)
    settings.setValue(key, value)
    settings.setValue("theme" if key != "theme" else "language", "dark" if key != "theme" else "zh")
    preferences = Preferences(settings)
    assert preferences.wrong == [key]
    assert getattr(preferences, key) == default
    assert (preferences.theme if key != "theme" else preferences.language) in ("dark", "zh")


def test_that_wrong_values_are_said_once_and_the_file_as_it_was_is_kept(start: Start, path: Path) -> None:
    settings = QSettings(str(path), QSettings.Format.IniFormat)
    for key, value in WRONG.items():
        settings.setValue(key, value)
    settings.sync()
    before = path.read_bytes()
    built = start()
    kept = path.with_name("concsim.conf.damaged")
    assert built.preferences.processes == MOST_PROCESSES
    assert str(kept) in said(built) and "language" in said(built) and "processes" in said(built)
    assert kept.read_bytes() == before
    settings.sync()
    assert Preferences(open_settings(path).settings).wrong == []


DAMAGED = {
    "garbage": b"\x80\x81\xff" * 100, "nothing but NUL": b"\0" * 64, "no settings": b"Dear diary\n", "foreign objects": b"[General]\ntheme=@Variant(\\0\\0\\0\\x7f)\n",
    "cut off": b"[General\nlanguage=zh\n", "much too long": b"a=1\n" * (1 << 19),
}  # fmt: skip


@pytest.mark.parametrize("key", ["recen/", "/", "a/b/", "[x]", "a=b", "#a", ";", "%", "\\", "ä", " a "])
def test_that_what_qt_writes_is_no_damage(path: Path, key: str) -> None:
    settings = QSettings(str(path), QSettings.Format.IniFormat)
    settings.setValue(key, "a value")
    settings.setValue("language", "zh")
    settings.sync()
    file = open_settings(path)
    assert not file.damaged and Preferences(file.settings).language == "zh"


@pytest.mark.parametrize("data", DAMAGED.values(), ids=DAMAGED.keys())
def test_that_a_damaged_file_is_put_aside_under_a_free_name(path: Path, data: bytes) -> None:
    path.write_bytes(data)
    taken = path.with_name("concsim.conf.damaged")
    taken.write_text("from an earlier day")
    file = open_settings(path)
    assert file.damaged and file.aside is not None
    assert (file.aside.read_bytes(), taken.read_text()) == (data, "from an earlier day")
    Preferences(file.settings).theme = "dark"
    assert Preferences(open_settings(path).settings).theme == "dark"


def make_folder(path: Path) -> None:
    path.mkdir()
    (path / "mine").write_text("mine")


OTHERS: dict[str, Callable[[Path], None]] = {
    "a folder": make_folder, "a named pipe": os.mkfifo, "a device": lambda path: path.symlink_to("/dev/zero"),
    "a link to itself": lambda path: path.symlink_to(path),
}  # fmt: skip


@pytest.mark.parametrize("make", OTHERS.values(), ids=OTHERS.keys())
def test_that_the_window_comes_up_though_its_settings_are_no_file(start: Start, path: Path, make: Callable[[Path], None]) -> None:
    make(path)
    before = path.lstat().st_ino
    built = start()
    aside = path.with_name("concsim.conf.damaged")
    assert str(aside) in said(built) and aside.lstat().st_ino == before
    built.preferences.theme = "dark"
    assert Preferences(open_settings(path).settings).theme == "dark"


def test_that_a_lock_that_cannot_be_had_holds_nobody_up(start: Start, path: Path) -> None:
    path.write_text("[General]\ntheme=dark\n")
    Path(f"{path}.lock").mkdir()
    built = start()
    assert "cannot be written" in said(built)
    built.preferences.theme = "light"
    assert built.preferences.theme == "light"


def test_that_settings_last_until_the_window_is_closed_where_they_cannot_be_written(start: Start, path: Path) -> None:
    path.parent.rmdir()
    path.parent.write_text("a file where a folder should be")
    built = start()
    assert f"cannot be written to {path}" in said(built)
    built.preferences.processes = 64
    assert built.preferences.processes == 64


def test_that_it_is_said_once_when_settings_can_no_longer_be_written(start: Start, path: Path) -> None:
    built = start()
    path.unlink(missing_ok=True)
    for left in path.parent.iterdir():
        left.unlink()
    path.parent.rmdir()
    path.parent.write_text("")
    built.preferences.theme = "dark"
    assert "cannot be written" in said(built)
    built.window.notice.hide()
    built.preferences.big = True
    assert said(built) == "" and built.preferences.big


def test_that_what_is_wrong_is_said_in_chinese_to_those_who_read_it(start: Start, path: Path) -> None:
    path.write_text("[General]\nlanguage=zh\ntheme=pink\n")
    assert said(start()).startswith("有误的设置已恢复默认值：theme。")


def name_of_one_who_is_gone(name: str) -> str:
    done = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, text=True)
    return f"{name}-{done.stdout.strip()}-0a.concsim"


STRANGE: dict[str, Callable[[Path], None]] = {
    "a dangling link": lambda path: path.symlink_to(path.with_name("nowhere")), "a folder": make_folder, "a named pipe": os.mkfifo,
}  # fmt: skip


@pytest.mark.parametrize("make", STRANGE.values(), ids=STRANGE.keys())
def test_that_the_window_comes_up_whatever_lies_among_its_recordings(start: Start, tmp_path: Path, make: Callable[[Path], None]) -> None:
    folder = tmp_path / "recordings"
    make(folder / name_of_one_who_is_gone("old"))
    make(folder / "other.concsim")
    built = start()
    assert built.window.isVisible() and built.window.show_scenario("races.mutex").program is not None


WITHOUT_A_HOME = """
    import os, sys
    os.environ.update(HOME={home!r}, QT_QPA_PLATFORM="offscreen", XDG_CONFIG_HOME="", XDG_DATA_HOME="")
    from concsim.ui.application import Application, make_application
    from concsim.ui.settings.settings_file import open_settings, settings_path
    import concsim.ui.pages.script_page, concsim.control.catalogue
    if {user}:
        os.setgroups([]); os.setgid({user}); os.setuid({user})
    application = make_application(["concsim"])
    built = Application(application, open_settings(settings_path()))
    built.window.show()
    application.processEvents()
    folder = built.launcher._folder
    print(built.window.isVisible(), folder.is_dir(), oct(folder.stat().st_mode & 0o777))
    print(built.window.notice.label.text())
    built.close()
    print(folder.exists())
"""


@pytest.mark.parametrize("where", ["", "me"], ids=["a file", "below a file"])
def test_that_the_window_comes_up_without_a_home(tmp_path: Path, where: str) -> None:
    (tmp_path / "file").write_text("")
    check_without_a_home(str(tmp_path / "file" / where), user=0)


@pytest.mark.skipif(os.getuid() != 0, reason="another user's home is needed")
def test_that_the_window_comes_up_where_home_is_somebody_elses() -> None:
    with tempfile.TemporaryDirectory() as home:
        os.chmod(home, 0o755)
        check_without_a_home(home, user=NOBODY)


def check_without_a_home(home: str, user: int) -> None:
    code = textwrap.dedent(WITHOUT_A_HOME.format(home=home, user=user))
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    lines = done.stdout.splitlines()
    assert lines[:1] == ["True True 0o700"], done.stderr
    assert "cannot be written" in lines[1] and "Recordings cannot be kept" in lines[1]
    assert lines[2] == "False" and "Traceback" not in done.stderr
