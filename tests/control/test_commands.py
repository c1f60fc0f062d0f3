"""The command line beside `run`: list, the window where none can be, Pythons, languages."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from concsim.control.catalogue import find_module, find_program, read_catalogue
from concsim.control.labs.pythons import ask_python, find_pythons
from concsim.model.programs.handover import find_handed
from concsim.model.programs.program import ProgramError, parse


def concsim(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {key: value for key, value in os.environ.items() if key not in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY")}
    command = [sys.executable, "-m", "concsim", *words]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, env={**kept, **environment})


def test_that_list_gives_every_scenario_as_json() -> None:
    listed = json.loads(concsim("list", "--json").stdout)
    assert [one["id"] for one in listed] == [one.id for one in read_catalogue()]
    assert all(set(one) == {"id", "topic", "title", "parameters", "step"} for one in listed)
    update = next(one for one in listed if one["id"] == "races.lost_update")
    threads = next(one for one in update["parameters"] if one["name"] == "THREADS")
    assert (threads["min"], threads["max"], threads["default"]) == (1, 64, 4)
    assert update["step"] is True


def test_that_list_speaks_the_users_language() -> None:
    assert "更新丢失" in concsim("list", LC_ALL="zh_CN.UTF-8", PYTHONIOENCODING="utf-8").stdout
    assert "Lost update" in concsim("list", LC_ALL="C.UTF-8").stdout


@pytest.mark.parametrize("environment", [{}, {"DISPLAY": ":987"}])
def test_that_without_a_display_the_window_says_so_and_names_the_ways_out(environment: dict[str, str]) -> None:
    done = concsim(**environment)
    assert done.returncode == 2
    assert len(done.stderr.strip().splitlines()) == 1
    assert "concsim run" in done.stderr
    assert "QT_QPA_PLATFORM=offscreen" in done.stderr


def test_that_a_missing_library_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from concsim.control.command import display

    missing = tmp_path / "libqxcb.so"
    missing.write_bytes(b"not a library")
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.delenv("QT_QPA_PLATFORM", raising=False)
    monkeypatch.setattr(display, "_plugin", lambda: missing)
    message = display.why_no_window()
    assert message is not None
    assert message.code == "why_no_library"


@pytest.mark.parametrize(("words", "said"), [(["missing.py"], "no file"), (["."], "is a folder"), (["--nope"], "nope")])
def test_that_the_window_refuses_what_it_cannot_open(words: list[str], said: str) -> None:
    done = concsim(*words)
    assert (done.returncode, said in done.stderr) == (2, True)


def test_that_the_command_line_imports_no_qt() -> None:
    code = "import sys; from concsim.cli import main; main(['list']); print(any('PySide6' in name for name in sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert done.stdout.splitlines()[-1] == "False"


def test_that_pythons_are_found_and_asked() -> None:
    found = find_pythons()
    assert found[0].path == ""
    assert ask_python(sys.executable).version == found[0].version


def test_that_what_is_no_python_is_refused(tmp_path: Path) -> None:
    fake = tmp_path / "python"
    fake.write_text(f"#!{sys.executable}\nimport sys\nsys.version_info, sys.version = (2, 7), '2.7.18 (old)'\nexec(sys.argv[4])\n")
    fake.chmod(0o755)
    with pytest.raises(ProgramError, match=r"3\.9 or later"):
        ask_python(str(fake))


def test_that_a_module_is_found_without_being_imported(tmp_path: Path) -> None:
    package = tmp_path / "package"
    package.mkdir()
    (package / "__init__.py").write_text("raise SystemExit('imported')")
    (package / "__main__.py").write_text("print('main')")
    (package / "part.py").write_text("print('part')")
    assert find_module("package", tmp_path).path == package / "__main__.py"
    assert find_module("package.part", tmp_path).path == package / "part.py"
    with pytest.raises(ProgramError, match=r"no module package\.none"):
        find_module("package.none", tmp_path)


def test_that_a_program_is_found_by_id_or_path(tmp_path: Path) -> None:
    assert find_program("races.mutex").id == "races.mutex"
    path = tmp_path / "own.py"
    path.write_text("print(1)\n")
    assert find_program(str(path)).id == ""


@pytest.mark.parametrize(
    ("source", "handed"),
    [
        ("def f():\n    with a: pass\n    b.acquire(); b.release()\n", ()),
        ("def f():\n    gate.release()\ngate.acquire()\n", ("gate",)),
        ("Timer(1, gate.release)\ngate.acquire()\n", ("gate",)),
        ("class C:\n    def open(self):\n        self.door.release()\n", ("door",)),
        ("t = lambda: gates[1].release()\ngates[1].acquire()\n", ("gates",)),
    ],
)
def test_that_handed_over_locks_are_found_in_the_text(source: str, handed: tuple[str, ...]) -> None:
    assert find_handed(parse(source, Path("x.py"))) == handed


ODD = r'''
import sys, threading
def fail(): raise ValueError("\udc80 é 总")
one = threading.Thread(target=fail, name="half \ud800 é 总")
one.start(); one.join()
print("printed \ud800 é", file=sys.stderr)
'''


@pytest.mark.parametrize("encoding", ["utf-8", "ascii"])
@pytest.mark.parametrize(
    "words", [("run",), ("run", "--json"), ("step", "--random", "1"), ("step", "--random", "1", "--json"), ("step", "--all", "--json")]
)
def test_that_a_name_that_no_output_can_take_comes_out_escaped(tmp_path: Path, words: tuple[str, ...], encoding: str) -> None:
    (tmp_path / "odd.py").write_text(ODD, encoding="utf-8")
    done = concsim(words[0], str(tmp_path / "odd.py"), *words[1:], PYTHONIOENCODING=encoding + ":strict")
    assert done.returncode == 1 and "UnicodeEncodeError" not in done.stderr, done.stderr
    if "--json" in words:
        said = json.dumps([json.loads(line) for line in done.stdout.splitlines()])
        assert any(json.dumps(one)[1:-1] in said for one in ("half \ud800 é 总", "\udc80 é 总")), done.stdout
    else:
        assert "half \\ud800" in done.stdout + done.stderr
        assert "ended with ValueError" in done.stdout + done.stderr


def test_that_a_schedule_with_such_a_name_is_saved_and_replayed(tmp_path: Path) -> None:
    (tmp_path / "odd.py").write_text(ODD, encoding="utf-8")
    program, schedule = str(tmp_path / "odd.py"), str(tmp_path / "odd.json")
    assert concsim("step", program, "--random", "1", "--save", schedule).returncode == 1
    again = concsim("step", program, "--replay", schedule)
    assert (again.returncode, again.stderr.count("Traceback")) == (1, 1), again.stderr


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "utf-8"])
@pytest.mark.parametrize("words", [(), ("run",), ("step",), ("list",), ("selftest",)])
def test_that_help_can_be_shown_anywhere(words: tuple[str, ...], encoding: str) -> None:
    done = concsim(*words, "--help", PYTHONIOENCODING=encoding)
    assert done.returncode == 0 and "usage: concsim" in done.stdout and "Traceback" not in done.stderr
