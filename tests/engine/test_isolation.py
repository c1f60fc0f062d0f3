"""Each execution begins as the first one did, whatever an earlier one has left in a library, in the process or on the disk."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import pytest

from concsim.engine.apart import DIED, Apart
from concsim.engine.exploring import Exploring
from concsim.engine.schedulers.every import EverySchedule
from concsim.engine.trying import Here
from concsim.engine.watching import Watching
from concsim.model.events import Remark
from concsim.model.orders import Every
from tests.engine.exploring import engine_for

THREADS = """
import threading
n = 0
def work():
    global n
    n = 1
threads = [threading.Thread(target=work) for _ in range(2)]
for one in threads: one.start()
for one in threads: one.join()
"""
LEAVING = {
    "a handler of logging": "import logging\nlog = logging.getLogger('shop')\nlog.addHandler(logging.NullHandler())\nassert len(log.handlers) == 1\n",
    "an environment variable": "import os\nassert 'SHOP' not in os.environ\nos.environ['SHOP'] = 'open'\n",
    "the working directory": "import os\nassert not os.getcwd().endswith('inner')\nos.mkdir('inner') if not os.path.exists('inner') else None\nos.chdir('inner')\n",
    "the path of modules": "import sys\nassert '/shop' not in sys.path\nsys.path.append('/shop')\n",
    "a filter of warnings": "import warnings\nn = len(warnings.filters)\nwarnings.simplefilter('error')\nassert warnings.filters[0][2] is Warning\nwarnings.filters.insert(0, 'mark') if 'mark' not in warnings.filters else 1 / 0\n",
    "an attribute of a library's module": "import json\nassert not hasattr(json, 'shop')\njson.shop = 1\n",
    "an attribute of a library's class": "import json\nassert not hasattr(json.JSONDecoder, 'shop')\njson.JSONDecoder.shop = 1\n",
    "what is to be done at the end": "import atexit\nassert atexit._ncallbacks() < 1000\natexit.register(print)\n",
    "a module in a library's place": "import sys\nassert not hasattr(sys.modules['colorsys'], 'shop')\nclass Other:\n    shop = 1\nsys.modules['colorsys'] = Other\n",
    "a library's module that is gone": "import sys\nassert 'colorsys' in sys.modules\ndel sys.modules['colorsys']\n",
    "an item of a library's list": "import logging\nassert 7 not in logging.root.handlers\nlogging.root.handlers.append(7)\n",
    "an item of a library's dict": "import colorsys, json.encoder\nassert 'shop' not in json.encoder.ESCAPE_DCT\njson.encoder.ESCAPE_DCT['shop'] = 1\n",
    "an attribute of a library's object": "import logging\nassert logging.root.level != 7\nlogging.root.level = 7\n",
    "a limit": "import sys\nassert sys.getrecursionlimit() != 4321\nsys.setrecursionlimit(4321)\n",
}
CLEAN = ["", "import json\njson.dumps({'a': 1})\n", "import math\nmath.sqrt(2)\n", "import re\nre.sub('a', 'b', 'c')\n", "import collections\nd = collections.UserDict()\nd[1] = 2\n",
    "import sys\nassert sys.getswitchinterval() < 0.1\nsys.setswitchinterval(0.2)\n",
    "import sys\nassert 'colorsys' in sys.modules and not sys.argv[1000:]\nimport this_was_made_for_stepping\n",
    "import logging\nlogging.lastResort.level\n"]  # put back by the engine


def explored(source: str) -> tuple[Exploring, list[Any]]:
    said: list[Any] = []
    with engine_for(source) as (engine, _):
        made = Exploring(engine, Watching(engine, {}), {}, Every())
        made.run(said.append)
        return made, said


@pytest.fixture(autouse=True)
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """What the first execution leaves stays in this process: it goes afterwards."""
    import colorsys
    import json
    import json.encoder
    import logging
    import sys
    import warnings

    monkeypatch.chdir(tmp_path)
    (tmp_path / "this_was_made_for_stepping.py").write_text("")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setitem(sys.modules, "colorsys", colorsys)
    monkeypatch.setattr(logging.root, "level", logging.root.level)
    monkeypatch.setattr(logging.root, "handlers", list(logging.root.handlers))
    environment, path, limit = dict(os.environ), list(sys.path), sys.getrecursionlimit()
    with warnings.catch_warnings():
        yield
    os.environ.clear()
    os.environ.update(environment)
    sys.path[:] = path
    sys.setrecursionlimit(limit)
    sys.modules.pop("this_was_made_for_stepping", None)
    json.encoder.ESCAPE_DCT.pop("shop", None)
    logging.getLogger("shop").handlers.clear()
    for holder in (json, json.JSONDecoder):
        holder.__dict__.get("shop") and delattr(holder, "shop")


@pytest.mark.parametrize("left", LEAVING)
def test_that_no_execution_finds_what_another_has_left(left: str) -> None:
    made, said = explored(LEAVING[left] + THREADS)
    assert set(made.outcomes) == {"finished"} and made.complete and made.executions > 1
    (remark,) = [one for one in said if isinstance(one, Remark)]
    assert remark.code == "isolated" and remark.values["rate"] > 0


def test_that_a_library_that_is_imported_sees_what_the_program_has_set_before(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    library = tmp_path_factory.mktemp("library")
    (library / "this_was_imported_for_stepping.py").write_text("import os\nshop = os.environ.get('SHOP')\n")
    monkeypatch.syspath_prepend(str(library))
    made, _ = explored("import os\nos.environ['SHOP'] = 'open'\nimport this_was_imported_for_stepping as one\nassert one.shop == 'open'\n" + THREADS)
    sys.modules.pop("this_was_imported_for_stepping")
    assert made.executions > 4 and set(made.outcomes) == {"finished"}


@pytest.mark.parametrize("source", CLEAN)
def test_that_executions_that_leave_nothing_stay_in_one_process(source: str) -> None:
    made, said = explored(source + THREADS)
    assert set(made.outcomes) == {"finished"}
    assert not [one for one in said if isinstance(one, Remark)]


def test_that_the_line_is_told_that_came_to_what_was_left() -> None:
    _, said = explored("import logging\n\nlogging.root.level = 7\n" + THREADS)
    (remark,) = [one for one in said if isinstance(one, Remark)]
    assert (remark.values["what"], remark.values["line"]) == ("logging.root", 3)


def test_that_both_ways_try_the_same_schedules() -> None:
    source = THREADS.replace("n = 1", "n = n + 1") + "result = n\n"
    found: list[list[tuple[str, tuple[str, ...]]]] = []
    with engine_for(source) as (engine, _):
        engine.recorder.on = False
        here = Here(engine, Watching(engine, {"result": False}), {})
        apart = Apart(here)
        apart.prepare()
        try:
            for executor in (here, apart):
                every, seen = EverySchedule(), []
                while True:
                    seen.append((executor.execute(every).outcome, tuple(every.choices)))
                    if not every.advance():
                        break
                found.append(seen)
        finally:
            apart.close()
    assert found[0] == found[1] and len(found[0]) > 5


@pytest.mark.parametrize("status", [0, 3])
def test_that_one_that_ends_its_process_is_told(status: int) -> None:
    made, _ = explored("import os, logging\nlogging.getLogger('shop').addHandler(logging.NullHandler())\n" + THREADS.replace("n = 1", "n = n + 1") + f"if n == 1: os._exit({status})\n")
    assert set(made.outcomes) == {"finished", DIED} and not made.complete, "what it would have come to is not known"
    assert made.first_failure


def test_that_a_program_may_replace_what_speaks_to_the_process_of_an_execution(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("write", "read"):  # the first execution replaces them here
        monkeypatch.setattr(os, name, getattr(os, name))
    made, _ = explored("import os\nos.environ['SHOP'] = 'open'\nos.write = os.read = lambda *given: 0\n" + THREADS)
    assert set(made.outcomes) == {"finished"} and made.executions > 4
