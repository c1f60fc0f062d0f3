"""Every catalogue program is a plain script: alone in an empty folder, it runs under `python FILE`."""

import importlib.util
import re
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from .plain_runs import HANGS, NEEDS_PACKAGES, PRINTS, SMALL

CATALOGUE = Path(__file__).resolve().parents[2] / "concsim" / "catalogue"
PATIENCE = 90


def scenario_id(path):
    name = re.search(r'(?m)^# name = "(\w+)"$', path.read_text(encoding="utf-8"))
    return f"{path.parent.name}.{name[1] if name else path.stem}"


PROGRAMS = {scenario_id(path): path for path in sorted(CATALOGUE.glob("*/*.py"))}


def with_constants(source, constants):
    for name, value in constants.items():
        source, found = re.subn(rf"(?m)^{name} = .+$", f"{name} = {value!r}", source, count=1)
        assert found, f"{name} is not assigned at module level"
    return source


@pytest.fixture
def start(tmp_path):
    """Copy a program alone into an empty folder and start it there under plain Python, bare of all packages.

    Only a program that needs a package is given those of this Python, unless it is to be *bare* all the same.
    """

    def start(id, bare=None):
        bare = id not in NEEDS_PACKAGES if bare is None else bare
        copy = tmp_path / PROGRAMS[id].name
        source = PROGRAMS[id].read_text(encoding="utf-8")
        copy.write_text(with_constants(source, SMALL.get(id, {})), encoding="utf-8")
        return subprocess.Popen(
            [sys.executable, "-I", *(["-S"] if bare else []), "-u", copy.name],
            cwd=tmp_path,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
        )

    return start


def read_until(process, texts):
    """What the process prints until it has printed all *texts* or ended; it is killed when patience runs out."""
    watchdog = threading.Timer(PATIENCE, process.kill)
    watchdog.start()
    output = ""
    for line in process.stdout:
        output += line
        if all(text in output for text in texts):
            break
    watchdog.cancel()
    return output


@pytest.mark.parametrize("id", sorted(set(PROGRAMS) - HANGS))
def test_a_program_runs_and_ends_without_concsim(start, id):
    if id in NEEDS_PACKAGES and importlib.util.find_spec(NEEDS_PACKAGES[id]) is None:
        pytest.skip(f"this Python has no package {NEEDS_PACKAGES[id]}")
    with start(id) as process:
        try:
            output, _ = process.communicate(timeout=PATIENCE)
        finally:
            process.kill()

    assert process.returncode == 0, output
    assert "Traceback" not in output
    for text in PRINTS.get(id, []):
        assert text in output


@pytest.mark.parametrize("id", sorted(NEEDS_PACKAGES))
def test_a_program_without_its_package_names_it(start, id):
    with start(id, bare=True) as process:
        try:
            output, _ = process.communicate(timeout=PATIENCE)
        finally:
            process.kill()

    assert process.returncode == 1
    assert output.splitlines()[-1] == f"ModuleNotFoundError: No module named '{NEEDS_PACKAGES[id]}'"


@pytest.mark.parametrize("id", sorted(HANGS))
def test_a_program_that_deadlocks_does_so_without_concsim(start, id):
    with start(id) as process:
        try:
            output = read_until(process, PRINTS[id])
            with pytest.raises(subprocess.TimeoutExpired):
                process.wait(timeout=0.5)
        finally:
            process.kill()

    for text in PRINTS[id]:
        assert text in output


@pytest.mark.parametrize("id", sorted(PROGRAMS))
def test_a_program_imports_nothing_of_concsim(id):
    source = PROGRAMS[id].read_text(encoding="utf-8")

    assert not re.search(r"(?m)^\s*(?:import|from)\s+concsim\b", source)


@pytest.mark.skipif(sys.version_info < (3, 10), reason="the list of standard modules came with 3.10")
@pytest.mark.parametrize("id", sorted(PROGRAMS))
def test_a_file_does_not_hide_a_module_it_may_import(id):
    assert PROGRAMS[id].stem not in sys.stdlib_module_names | set(NEEDS_PACKAGES.values())


def test_every_small_run_is_of_a_program_that_exists():
    assert set(SMALL) | set(PRINTS) | set(NEEDS_PACKAGES) | HANGS <= set(PROGRAMS)
