"""One who adds a thing adds files in one folder: tried on a copy of the package, to which a stranger's files are added."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

import concsim

SCHEDULER = '''
    """The newest of those who can go on."""
    from concsim.engine.actor import Actor, Halt
    from concsim.engine.world import World

    NAME, ARGUMENTS, HELP = "newest", "LEAST", "who was made last, from the actor of that number on"

    class Newest:
        def __init__(self, least: int) -> None:
            self._least = least

        def attach(self, world: World) -> None:
            self._world = world

        def choose(self, ready: list[Actor], current: Actor | None) -> Actor | Halt:
            able = [one for one in (ready or self._world.late) if one.number >= self._least]
            return able[-1] if able else Halt("schedule_ended")

    def make(arguments: str) -> Newest:
        if not arguments.isdecimal():
            raise ValueError("LEAST is a whole number")
        return Newest(int(arguments))
    '''
VIEW_INIT = '"""A view of a stranger\'s."""\n\nVIEW = "names_view.NamesView"\nNEEDS = ("system",)\n'
VIEW = '''
    """The names of all actors, one below the other."""
    from PySide6.QtGui import QPainter
    from concsim.ui.views.shared.run_view import RunView

    class NamesView(RunView):
        def draw(self, painter: QPainter) -> bool:
            for row, actor in enumerate(self.model.state.actors.values()):
                painter.drawText(16, 24 * (row + 1), actor.name)
            return bool(self.model.state.actors)
    '''
SCENARIO = '''
    # /// concsim
    # title = { en = "Mine", zh = "我的" }
    # blurb = { en = "Two who print", zh = "两个打印者" }
    # topic = "races"
    # order = 999
    # views = ["names"]
    # [expect]
    # live = "finishes"
    # ///
    import threading
    NUMBER = 2
    made = [threading.Thread(target=print, args=(at,), name=f"printer {at}") for at in range(NUMBER)]
    for one in made: one.start()
    for one in made: one.join()
    '''
OBSERVER = '''
    """Fibers: who runs one waits for it."""
    from concsim.lab.observers.coroutines.coroutines import Coroutines
    from concsim.lab.patching.methods import patch
    from concsim.lab.wire import originals
    from concsim.model.events import Kind

    class FiberObserver:
        modules = {"fibers": "_patch"}
        kinds = {"fiber": "y"}
        nature = {"fibers": ("coroutines",)}

        def __init__(self, coroutines: Coroutines) -> None:
            self._all, self._journal = coroutines, coroutines.journal

        def _patch(self, module):
            patch(module.Fiber, "run", self._make_run)

        def _make_run(self, original):
            def run(fiber):
                caller = self._journal.me()
                number = self._all.declare("fiber", fiber.work.__name__, originals.getframe(1))
                self._all.hand_over(Kind.SEND, caller, number, 0, 0)
                try:
                    return original(fiber)
                finally:
                    self._all.hand_over(Kind.YIELD, number, caller, 0, 0)
                    self._journal.note_of(number, Kind.END)
            return run
    '''
LIBRARY = """
    class Fiber:
        def __init__(self, work):
            self.work = work
        def run(self):
            return self.work()
    """
USER = """
    import fibers
    def sing():
        print("la")
    fibers.Fiber(sing).run()
    fibers.Fiber(sing).run()
    """
RECORDED = """
    import sys
    from pathlib import Path
    from concsim.model.programs.nature import views_of
    from concsim.model.programs.program import read_program
    from concsim.model.folding.state import State
    from concsim.model.recordings.recording import Recording, contents
    recording, state, arrows = Recording(Path(sys.argv[1])), State(), 0
    for frame in recording.frames(0):
        for content in contents(frame):
            (state.fold_batch if hasattr(content, "times") else state.fold_record)(content)
    recording.close()
    print(*(f"{one.id}:{one.kind}:{one.name}:{one.ended > 0}" for one in state.actors.values() if one.kind == "fiber"))
    print(*views_of(read_program(Path("p.py"))))
    """
WINDOW = '''
    import sys
    from pathlib import Path
    from PySide6.QtCore import QSettings
    from concsim.ui.application import Application, make_application

    application = make_application(["concsim"])
    made = Application(application, QSettings(sys.argv[1] + "/settings.ini", QSettings.Format.IniFormat), Path(sys.argv[1]))
    made.window.show()
    def until(condition):
        while not condition(): application.processEvents()
    until(lambda: made.window.views_ready)
    stage = made.window.show_scenario("races.mine")
    (view,) = stage.views
    before = view.has_drawn()
    stage.start()
    until(lambda: view.has_drawn() and not stage.is_running)
    print(type(view).__name__, before, view.has_drawn(), flush=True)
    made.close()
    '''


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a copy of concsim and what was added to it."""
    folder = tmp_path_factory.mktemp("copied")
    own = folder / "concsim"
    shutil.copytree(Path(concsim.__file__).parent, own, ignore=shutil.ignore_patterns("__pycache__"))
    added = {
        "engine/schedulers/newest.py": SCHEDULER, "lab/observers/coroutines/fibers.py": OBSERVER,
        "ui/views/names/__init__.py": VIEW_INIT, "ui/views/names/names_view.py": VIEW,
        "catalogue/races/mine.py": SCENARIO, "catalogue/races/mine.en.md": "# Mine\n", "catalogue/races/mine.zh.md": "# 我的\n",
    }  # fmt: skip
    for name, text in added.items():
        path = own / name
        assert not path.exists()
        path.parent.mkdir(exist_ok=True)
        path.write_text(textwrap.dedent(text).lstrip(), encoding="utf-8")
    return folder


def run(copied: Path, tmp_path: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """concsim as the copy has it."""
    environment = {**os.environ, "PYTHONPATH": str(copied), "QT_QPA_PLATFORM": "offscreen", "XDG_DATA_HOME": str(tmp_path)}
    return subprocess.run([sys.executable, *words], capture_output=True, text=True, cwd=tmp_path, env=environment, timeout=100)


def concsim_of(copied: Path, tmp_path: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """A command of the copy's."""
    return run(copied, tmp_path, "-m", "concsim", *words)


def test_that_a_scheduler_is_asked_for_by_its_name(copied: Path, tmp_path: Path) -> None:
    done = concsim_of(copied, tmp_path, "step", "races.mine", "--scheduler", "newest:1", "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.splitlines()[-1])["output"] == "0\n1\n"
    done = concsim_of(copied, tmp_path, "step", "races.mine", "--scheduler", "newest:99")
    assert done.returncode == 4, done.stderr
    for words, why in (("newest:x", "LEAST is a whole number"), ("oldest", "in-turn, names, newest, random")):
        done = concsim_of(copied, tmp_path, "step", "races.mine", "--scheduler", words)
        assert done.returncode == 2 and why in done.stderr and len(done.stderr.splitlines()) == 1
    assert "newest:LEAST (who was made last" in " ".join(concsim_of(copied, tmp_path, "step", "--help").stdout.split())


def test_that_a_scenario_is_listed_and_runs(copied: Path, tmp_path: Path) -> None:
    listed = json.loads(concsim_of(copied, tmp_path, "list", "--json").stdout)
    assert "races.mine" in json.dumps(listed)
    done = concsim_of(copied, tmp_path, "run", "races.mine", "--set", "NUMBER=3")
    assert (done.returncode, sorted(done.stdout.split())) == (0, ["0", "1", "2"]), done.stderr


def test_that_an_observer_sees_its_library_in_a_live_run(copied: Path, tmp_path: Path) -> None:
    for name, text in (("fibers.py", LIBRARY), ("p.py", USER)):
        (tmp_path / name).write_text(textwrap.dedent(text), encoding="utf-8")
    done = concsim_of(copied, tmp_path, "run", "p.py", "--record", "r.concsim")
    assert (done.returncode, done.stdout) == (0, "la\nla\n"), done.stderr
    seen, views = run(copied, tmp_path, "-c", textwrap.dedent(RECORDED), "r.concsim").stdout.splitlines()
    assert seen == "y1:fiber:sing:True y2:fiber:sing:True"
    assert views == "lanes sequence code"


def test_that_a_view_is_drawn_in_the_window(copied: Path, tmp_path: Path) -> None:
    done = run(copied, tmp_path, "-c", textwrap.dedent(WINDOW), str(tmp_path))
    assert done.stdout == "NamesView False True\n", done.stderr
    needed = "from concsim.model.programs.views import needed_by; print(*needed_by(('names',)), *needed_by(('lanes',)))"
    assert run(copied, tmp_path, "-c", needed).stdout == "system\n"


def test_that_a_view_that_is_not_there_is_named(copied: Path, tmp_path: Path) -> None:
    (tmp_path / "p.py").write_text('# /// concsim\n# views = ["nowhere"]\n# ///\nprint(1)\n')
    done = concsim_of(copied, tmp_path, "run", "p.py")
    assert done.returncode == 2 and "names, pool" in done.stderr
