"""``concsim step``: what it prints, its exit statuses, schedules as files, and what it refuses."""

from __future__ import annotations

import concurrent.futures
import json
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import Any

import pytest

from concsim.model.events import OPERATIONS

RACE = """
import threading
total = 0
def work():
    global total
    for _ in range(1):
        total += 1
a = threading.Thread(target=work, name="a")
b = threading.Thread(target=work, name="b")
a.start(); b.start(); a.join(); b.join()
print("总数", total)
"""
WATCHED = """
# /// concsim
# title = { en = "Race" }
# watch = { total = "2" }
# ///
""" + RACE
KEYS = ["step", "actor", "operation", "object", "value", "file", "line", "column"]
LOSING = "main main main t1 t2 t1 t2 main main main main"


class Done:
    """A finished command."""

    def __init__(self, status: int, output: str, errors: str) -> None:
        self.status, self.output, self.errors = status, output, errors

    @property
    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.output.splitlines()]


def step(*words: str, cwd: Path | None = None, status: int | None = None) -> Done:
    done = subprocess.run(
        [sys.executable, "-m", "concsim", "step", *words], capture_output=True, text=True, timeout=60, cwd=cwd,
        stdin=subprocess.DEVNULL,
    )  # fmt: skip
    if status is not None:
        assert done.returncode == status, done.stdout[-2000:] + done.stderr
    assert "/concsim/" not in done.stderr, done.stderr
    return Done(done.returncode, done.stdout, done.stderr)


@pytest.fixture
def script(tmp_path: Path) -> Any:
    def write(source: str, name: str = "program.py") -> str:
        (tmp_path / name).write_text(textwrap.dedent(source), encoding="utf-8")
        return str(tmp_path / name)

    return write


def test_that_json_is_a_line_a_step_and_one_for_the_end(script) -> None:
    path = script(WATCHED)
    done = step(path, "--model", "free-threaded", "--schedule", LOSING, "--json", status=1)
    *steps, last = done.lines
    assert [list(one) for one in steps] == [KEYS] * len(steps)
    assert [one["step"] for one in steps] == list(range(1, len(steps) + 1))
    assert {one["operation"] for one in steps} <= set(OPERATIONS)
    assert [one["actor"] for one in steps] == LOSING.split()
    read, written = steps[3], steps[5]
    assert (read["operation"], read["object"], read["value"]) == ("read", "total", 0)
    assert (written["operation"], written["object"], written["value"]) == ("write", "total", 1)
    assert (written["file"], written["line"], written["column"]) == (path, 12, 8)
    assert last == {
        "outcome": "finished", "verdict": "fails", "steps": 11, "output": "总数 1\n",
        "watched": {"total": {"final": 1, "expected": 2}}, "deadlock": None, "refused": None,
    }  # fmt: skip


def test_that_columns_count_characters(script) -> None:
    path = script("x = 1\ndef f():\n    global x\n    s = '好好好'; x = 2\nf()\n")
    written = [one for one in step(path, "--random", "1", "--json").lines if one.get("operation") == "write"]
    assert [(one["line"], one["column"]) for one in written] == [(1, 0), (4, 15)]


def test_that_main_may_be_left_out_of_a_schedule(script) -> None:
    done = step(script(RACE), "--model", "free-threaded", "--schedule", "t1 t2 t1 t2", "--json", status=0)
    assert [one["actor"] for one in done.lines[:-1] if one["actor"] != "main"] == ["t1", "t2", "t1", "t2"]
    assert done.lines[-1]["output"] == "总数 1\n"


def test_that_a_schedule_that_ends_early_says_so_and_decides_nothing(script) -> None:
    done = step(script(RACE), "--model", "free-threaded", "--schedule", "main main main t1", "--json", status=4)
    assert (done.lines[-1]["outcome"], done.lines[-1]["verdict"], done.lines[-1]["steps"]) == ("limit", "open", 4)


def test_that_without_json_each_step_is_a_sentence(script) -> None:
    done = step(script(RACE), "--model", "free-threaded", "--schedule", LOSING, status=0)
    assert "    7  b wrote total = 1, over a's 1: one update lost." in done.output.splitlines()
    assert done.output.index("总数 1") > done.output.index("b wrote total")


def test_that_the_gil_lets_nobody_in_between_a_read_and_its_write(script) -> None:
    done = step(script(RACE), "--schedule", LOSING, status=2)
    assert done.errors == "concsim: The schedule cannot be followed: step 5 is t2's, but the interpreter lets nobody else in there.\n"


def test_that_exceptions_and_deadlocks_have_their_exit_status(script) -> None:
    step(script("import threading\nt = threading.Thread(target=lambda: 1 / 0)\nt.start()\nt.join()\n"), "--random", "1", status=1)
    done = step("deadlock.two_locks", "--random", "1", "--json", status=3)
    assert done.lines[-1]["verdict"] == "deadlocks"
    assert {one["actor"] for one in done.lines[-1]["deadlock"]} == {"main", "t1", "t2"}
    step(script("raise SystemExit(7)"), "--random", "1", status=1)
    step(script("raise SystemExit(0)"), "--random", "1", status=0)


def test_that_every_schedule_is_counted_by_outcome(script) -> None:
    done = step(script(WATCHED), "--model", "free-threaded", "--all", "--json", status=1)
    (found,) = done.lines
    assert list(found) == ["executions", "outcomes", "first_failure", "early_timeouts", "verdict", "complete", "unseen", "model", "refused", "isolated"]
    assert (found["verdict"], found["complete"], found["unseen"], found["model"]) == ("fails", True, [], "free-threaded")
    assert found["executions"] == sum(found["outcomes"].values())
    assert set(found["outcomes"]) == {"total=1", "total=2"}
    again = step(script(WATCHED), "--model", "free-threaded", "--schedule", found["first_failure"], "--json", status=1)
    assert again.lines[-1]["verdict"] == "fails"
    assert step(script(WATCHED), "--all", "--json", status=0).lines[0]["first_failure"] is None


def test_that_a_search_cut_short_says_that_it_has_proved_nothing(script) -> None:
    done = step(script(WATCHED), "--all", "--limit", "2", status=4)
    assert "this proves nothing yet" in done.output
    (found,) = step(script(WATCHED), "--all", "--limit", "2", "--json").lines
    assert (found["verdict"], found["complete"]) == ("open", False)


def test_that_it_holds_where_every_schedule_was_tried_and_says_of_which_interpreter(script) -> None:
    (found,) = step(script(WATCHED), "--all", "--json", status=0).lines
    assert (found["verdict"], found["complete"]) == ("holds", True)
    assert found["model"] == f"gil-3.{sys.version_info[1]}"
    assert f"CPython 3.{sys.version_info[1]}" in step(script(WATCHED), "--all", status=0).output
    assert step(script(WATCHED), "--all", "--json", "--model", "gil-3.14", status=0).lines[0]["model"] == "gil-3.14"


def test_that_nothing_is_proved_where_something_was_not_seen_into(script) -> None:
    source = WATCHED + "eval('total')\n"
    (found,) = step(script(source), "--all", "--json", status=4).lines
    assert (found["verdict"], found["complete"]) == ("open", True)
    (line,) = found["unseen"]
    assert line.endswith(f":{len(source.splitlines())} eval")
    assert line in step(script(source), "--all", status=4).output


def test_that_a_search_cut_short_counts_what_it_has_tried(script) -> None:
    assert step(script(WATCHED), "--all", "--limit", "2", "--json").lines[0]["executions"] == 2


def test_that_the_first_deadlock_found_can_be_saved_and_replayed(tmp_path: Path) -> None:
    saved = tmp_path / "stuck.json"
    step("deadlock.two_locks", "--all", "--save", str(saved), status=3)
    done = step("deadlock.two_locks", "--replay", str(saved), "--json", status=3)
    assert done.lines[-1]["outcome"] == "deadlock"


def test_that_a_saved_schedule_gives_the_same_run_to_the_last_byte(script, tmp_path: Path) -> None:
    saved = tmp_path / "schedule.json"
    first = step("conditions.market", "--random", "9", "--save", str(saved), "--json", status=0)
    assert step("conditions.market", "--replay", str(saved), "--json", status=0).output == first.output


def save(path: str, tmp_path: Path, **changes: Any) -> str:
    saved = tmp_path / "schedule.json"
    step(path, "--random", "3", "--save", str(saved))
    data = json.loads(saved.read_text()) | changes
    saved.write_text(json.dumps({name: value for name, value in data.items() if value is not None}))
    return str(saved)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"concsim": "recording"}, "it was not made by concsim"),
        ({"version": 99}, "its version is 99"),
        ({"version": "1"}, "its version is '1', this concsim reads 1"),
        ({"choices": None}, '"choices" is missing'),
        ({"model": "green"}, "\"model\" is 'green'"),
        ({"steps": [0, 999]}, "step 2 refers to operation 999"),
        ({"steps": [0]}, "choices but 1 steps"),
        ({"parameters": {"NOT_THERE": 1}}, "The schedule has NOT_THERE=1: "),
        ({"choices": "main main main t9", "steps": []}, "step 4 is t9's, but there is no such thread then"),
    ],
)
def test_that_a_damaged_schedule_is_refused_with_what_and_where(script, tmp_path: Path, changes: dict[str, Any], said: str) -> None:
    path = script(RACE)
    done = step(path, "--replay", save(path, tmp_path, **changes), status=2)
    assert said in done.errors
    assert done.errors.count("\n") == 1


def test_that_a_long_parameter_is_saved_whole(script, tmp_path: Path) -> None:
    path, saved, text = script("TEXT = 'a'\nprint(len(TEXT))\n"), tmp_path / "s.json", "a" * 120_000
    assert step(path, "--set", f"TEXT={text}", "--random", "1", "--save", str(saved), "--json", status=0).lines[-1]["output"] == "120000\n"
    assert json.loads(saved.read_text())["parameters"] == {"TEXT": text}
    assert step(path, "--replay", str(saved), "--json", status=0).lines[-1]["output"] == "120000\n"


def test_that_a_schedule_for_something_else_is_refused(script, tmp_path: Path) -> None:
    saved = save(script(RACE), tmp_path)
    done = step("deadlock.two_locks", "--replay", saved, status=2)
    assert "not for deadlock.two_locks" in done.errors
    done = step(script(RACE + "\n# changed\n"), "--replay", saved, status=2)
    assert "another version" in done.errors
    (tmp_path / "no.json").write_text("{,")
    assert "line 1" in step(script(RACE), "--replay", str(tmp_path / "no.json"), status=2).errors
    (tmp_path / "no.json").write_text(f'{{"concsim": "schedule", "version": {"9" * 10_000}}}')
    assert "a number in it has thousands of digits" in step(script(RACE), "--replay", str(tmp_path / "no.json"), status=2).errors
    assert "no.such" in step(script(RACE), "--replay", str(tmp_path / "no.such.json"), status=2).errors


CHANCES = {
    "os.urandom()": "import os\nvalue = os.urandom(4)",
    "uuid.uuid4()": "from uuid import uuid4\nvalue = str(uuid4())",
    "datetime.now()": "from datetime import datetime\nvalue = str(datetime.now())",
    "id()": "value = id(object()) >> 4, [id(object()) for _ in range(50)]",
    "the order of a set of objects": """
class Thing:
    def __init__(self, n): self.n = n
things = {Thing(n) for n in range(40)}
value = [thing.n for thing in things]
""",
}


def test_that_a_schedule_of_fewer_operations_is_refused_in_one_sentence(script, tmp_path: Path) -> None:
    path = script("n = 0\ndef f():\n    global n\n    n += 1\nf()\n")
    saved = save(path, tmp_path)
    kept = json.loads(Path(saved).read_text())
    assert kept.pop("vocabulary") > 1
    Path(saved).write_text(json.dumps(kept))
    assert step(path, "--replay", saved).status == 0  # where it still fits it is followed
    kept["operations"] = [one.replace("write", "call") for one in kept["operations"]]
    Path(saved).write_text(json.dumps(kept))
    done = step(path, "--replay", saved, status=2)
    assert "an older concsim, which saw fewer of the program's operations" in done.errors and "Step " not in done.errors


def test_that_executions_in_processes_of_their_own_are_told_of_in_words_and_in_json(script) -> None:
    path = script("import os\nos.environ['SHOP'] = 'open'\nn = 0\ndef f():\n    global n\n    n += 1\n" + TWO_THREADS)
    said = step(path, "--all").output
    assert "What an execution leaves in os.environ is not there for the next: each had a process of its own" in said
    (told,) = step(path, "--all", "--json").lines
    assert (told["isolated"]["what"], told["isolated"]["line"]) == ("os.environ", 2) and told["isolated"]["rate"] > 0
    assert step(script("import threading\n"), "--all", "--json").lines[0]["isolated"] is None


TWO_THREADS = """
import threading
threads = [threading.Thread(target=f) for _ in range(2)]
for one in threads: one.start()
for one in threads: one.join()
"""
STARTERS = """
import threading
total = 0
def leaf():
    global total
    total += 1
def starter():
    thread = threading.Thread(target=leaf)
    thread.start()
    thread.join()
threads = [threading.Thread(target=starter) for _ in range(2)]
for one in threads: one.start()
for one in threads: one.join()
"""


def test_that_a_schedule_keeps_actors_by_who_started_them(script, tmp_path: Path) -> None:
    """Labels are handed out as actors are started: under another label the same actor is found all the same."""
    path = script(STARTERS)
    saved = Path(save(path, tmp_path))
    kept = json.loads(saved.read_text())
    assert sorted(kept["actors"].values()) == ["main", "main.1", "main.1.1", "main.2", "main.2.1"]
    other = {"t3": "t4", "t4": "t3"}
    kept["choices"] = " ".join(other.get(one, one) for one in kept["choices"].split())
    kept["actors"] = {other.get(one, one): path for one, path in kept["actors"].items()}
    saved.write_text(json.dumps(kept))
    done = step(path, "--replay", saved)
    assert done.status == 0 and "differs" not in done.errors
    del kept["actors"]
    saved.write_text(json.dumps(kept))
    assert step(path, "--replay", saved).status == 2, "by labels it cannot be followed"


@pytest.mark.parametrize("what", CHANCES)
def test_that_what_depends_on_chance_is_found_on_replay_and_named(script, tmp_path: Path, what: str) -> None:
    path = script("seen = None\ndef keep(value):\n    global seen\n    seen = value\n" + CHANCES[what] + "\nkeep(str(value))\n")
    saved = save(path, tmp_path)
    for _ in range(5):  # addresses may happen to be the same
        done = step(path, "--replay", saved)
        if done.status == 2:
            break
    assert done.status == 2
    assert "is not what it was" in done.errors
    assert f"depends on {what} (line " in done.errors


def test_that_a_file_that_has_changed_is_found_on_replay_and_named(script, tmp_path: Path) -> None:
    (tmp_path / "data.txt").write_text("one")
    path = script(f"seen = None\ndef keep():\n    global seen\n    seen = open({str(tmp_path / 'data.txt')!r}).read()\nkeep()\n")
    saved = save(path, tmp_path)
    assert step(path, "--replay", saved).status == 0
    (tmp_path / "data.txt").write_text("two")
    assert "depends on open() (line 4)" in step(path, "--replay", saved, status=2).errors


def test_that_a_file_the_program_writes_is_named(script, tmp_path: Path) -> None:
    path = script(f"with open({str(tmp_path / 'out.txt')!r}, 'w') as file:\n    file.write('x')\n")
    assert "Line 1 writes" in step(path, "--random", "1", status=0).errors


@pytest.mark.parametrize(
    ("source", "what", "line"),
    [
        ("import socket\nsocket.socket()\n", "socket", 2),
        ("import subprocess\n\nsubprocess.run(['true'])\n", "subprocess", 3),
        ("import os\nos.system('true')\n", "subprocess", 2),
        ("import os\nos.fork()\n", "os.fork", 2),
        ("x = 1\nimport multiprocessing\n", "multiprocessing", 2),
        ("import asyncio\n", "asyncio", 1),
        ("from concurrent.futures import ProcessPoolExecutor\n", "multiprocessing", 1),
        pytest.param(
            "from concurrent.futures import InterpreterPoolExecutor\n", "subinterpreters", 1,
            marks=pytest.mark.skipif("InterpreterPoolExecutor" not in concurrent.futures.__all__, reason="new in Python 3.14"),
        ),
        ("import importlib\nreal = importlib.import_module('threading')\nreal.Thread(target=print).start()\n", "a real thread", 3),
    ],
)
def test_that_what_cannot_be_controlled_is_named_and_not_run(script, source: str, what: str, line: int) -> None:
    done = step(script(source + "\nprint('went on')\n"), "--random", "1", status=2)
    assert f"Line {line} uses {what}" in done.errors
    assert "Run this program live" in done.errors
    assert "went on" not in done.output


CASES = Path(__file__).parents[1] / "data" / "cases" / "step"


@pytest.mark.parametrize("model", ["gil", "free-threaded"])
@pytest.mark.parametrize("seed", range(3))
def test_that_the_lock_of_a_library_excludes(model: str, seed: int) -> None:
    done = step(CASES / "m9_logging_mutex.py", "--random", str(seed), "--model", model, "--json", status=0)
    assert done.lines[-1]["verdict"] == "passes"


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="the lock is gone")
def test_that_a_deadlock_with_a_lock_inside_a_library_is_told() -> None:
    done = step(CASES / "08_cached_property.py", "--random", "1", status=3)
    assert "second waits for phil held by first (line 16)" in done.errors
    assert "first waits for rlock of functools held by second (line 22)" in done.errors


@pytest.mark.parametrize("how", [["--random", "1"], ["--all"]])
def test_that_signals_are_refused_whoever_decides(how: list[str]) -> None:
    assert "Line 7 uses signal" in step(CASES / "m6_signal.py", *how, status=2).errors


def test_that_modules_beside_the_program_are_stepped_as_well(script, tmp_path: Path) -> None:
    script("count = 0\ndef bump():\n    global count\n    count += 1\n", "counting.py")
    path = script("""
    import threading
    import counting
    from counting import bump
    threads = [threading.Thread(target=bump) for _ in range(2)]
    for thread in threads: thread.start()
    for thread in threads: thread.join()
    print(counting.count)
    """)
    done = step(path, "--model", "free-threaded", "--schedule", "t1 t2 t1 t2", "--json", status=0)
    assert done.lines[-1]["output"] == "1\n"
    assert {Path(one["file"]).name for one in done.lines[:-1]} == {"program.py", "counting.py"}


def test_that_a_module_with_arguments_is_stepped(script, tmp_path: Path) -> None:
    script("import sys\nprint(__name__, sys.argv[1:], __spec__.name)\n", "tool.py")
    done = step("-m", "tool", "--random", "1", "--json", "--", "a", "b", cwd=tmp_path, status=0)
    assert done.lines[-1]["output"] == "__main__ ['a', 'b'] tool\n"


def test_that_a_spin_loop_ends_once_the_others_have_moved(script) -> None:
    path = script("""
    import threading
    done = False
    def work():
        global done
        done = True
    threading.Thread(target=work).start()
    while not done:
        pass
    """)
    step(path, "--random", "4", status=0)


def test_that_a_busy_wait_for_the_clock_ends(script) -> None:
    step(script("import time\nend = time.monotonic() + 3600\nwhile time.monotonic() < end:\n    pass\n"), "--random", "1", status=0)


@pytest.mark.parametrize(
    "words",
    [["--random", "1"], ["program.py"], ["program.py", "--random", "x"], ["program.py", "--random", "1", "--all"],
     ["program.py", "--random", "1", "--model", "none"], ["no.such", "--random", "1"], [".", "--random", "1"],
     ["program.py", "--random", "1", "--limit", "0"],
     ["program.py", "--random", "1", "--limit", "0.5"], ["program.py", "--random", "1", "--set", "X=1"]],
)  # fmt: skip
def test_that_bad_usage_is_one_sentence(script, tmp_path: Path, words: list[str]) -> None:
    script(RACE)
    done = step(*words, cwd=tmp_path, status=2)
    assert done.errors.startswith("concsim: ")
    assert done.output == ""


def test_that_a_syntax_error_has_its_line(script) -> None:
    assert "line 2" in step(script("x = 1\nif:\n"), "--random", "1", status=2).errors


def test_that_texts_no_terminal_can_show_are_shown_somehow(script) -> None:
    step(script("print('a\\ud800b')\n"), "--random", "1", status=0)


def test_that_a_reader_that_takes_its_time_ends_nothing(script) -> None:
    """More than a pipe holds is printed before anybody reads."""
    path = script("n = 0\ndef f():\n    global n\n    while n < 30_000:\n        n += 1\nf()\n")
    command = [sys.executable, "-m", "concsim", "step", path, "--random", "1", "--json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        first = running.stdout.readline()
        lines = running.stdout.readlines()
    assert json.loads(first)["step"] == 1
    assert json.loads(lines[-1])["outcome"] == "finished"


def test_that_steps_can_be_limited(script) -> None:
    path = script("n = 0\ndef f():\n    global n\n    while True:\n        n += 1\nf()\n")
    done = step(path, "--random", "1", "--limit", "5000", status=4)
    assert "The limit of 5" in done.errors + done.output
    assert step(path, "--random", "1", "--limit", "7", "--json", status=4).lines[-1]["steps"] == 7


@pytest.mark.long
def test_that_a_program_without_an_operation_is_said_and_given_up(script) -> None:
    done = step(script("x = 0\nwhile True:\n    y = x\n"), "--random", "1", status=4)
    assert "line 3" in done.errors or "line 1" in done.errors or "line 2" in done.errors


def test_that_a_livelock_is_told(script) -> None:
    spinner = script("import threading\nflag = False\ndef one():\n    while not flag: pass\ndef two():\n    global flag\n    flag = False\n"
        "threads = [threading.Thread(target=one, name='spinner'), threading.Thread(target=two)]\nfor t in threads: t.start()\nfor t in threads: t.join()\n")
    done = step(spinner, "--random", "1", status=3)
    assert "Livelock: spinner looks again and again at flag, which nobody is left to change (line 4); MainThread waits" in done.errors
    assert "This schedule ends in a livelock." in done.errors and "eadlock" not in done.errors
    last = step(spinner, "--random", "1", "--json", status=3).lines[-1]
    assert (last["verdict"], [one["waits_for"] for one in last["deadlock"]]) == ("livelocks", ["t1", "flag"])
    assert step(spinner, "--all", "--json", status=3).lines[0]["verdict"] == "livelocks"


def test_that_a_livelock_on_what_is_no_variable_says_who_goes_round(script) -> None:
    spinner = script("import threading\nflag = False\ndef one():\n    while not flag: pass\nthread = threading.Thread(target=one, name='spinner')\nthread.start()\nthread.join()\n")
    assert "Livelock: spinner goes round a loop again and again, which nobody is left to end" in step(spinner, "--random", "1", status=3).errors


@pytest.mark.parametrize("how", [("--all",), ("--random", "1")])
def test_that_what_is_refused_is_answered_in_json_with_its_line(script, how) -> None:
    done = step(script("import signal\n\nsignal.alarm(1)\n"), *how, "--json", status=2)
    assert done.lines[-1]["verdict"] == "refused" and done.lines[-1]["refused"]["what"] == "signal" and done.lines[-1]["refused"]["line"] == 3


TASKS = """
import asyncio
async def cook(dish):
    await asyncio.sleep(0)
    return dish
async def main():
    print(await cook("tea"))
asyncio.run(main())
"""


ENDLESS_TASKS = """
import asyncio
async def main():
    n = 0
    while True:
        n += 1
        await asyncio.sleep(0)
asyncio.run(main())
"""
STUCK_TASKS = """
import asyncio
async def main():
    await asyncio.Event().wait()
asyncio.run(main())
"""


def test_that_a_program_of_tasks_ends_with_its_limit(script) -> None:
    done = step(script(ENDLESS_TASKS), "--limit", "30", "--json", status=4)
    assert (done.lines[-1]["outcome"], done.lines[-1]["steps"]) == ("limit", 30)


@pytest.mark.parametrize("limit", [(), ("--limit", "100")])
def test_that_tasks_that_wait_for_ever_are_told_and_ended(script, limit: tuple[str, ...]) -> None:
    done = step(script(STUCK_TASKS), *limit, status=4)
    assert "No line runs any more: the program waits at line 5." in done.errors


def test_that_tasks_that_wait_for_a_timer_are_waited_for(script) -> None:
    done = step(script(STUCK_TASKS.replace("Event().wait()", "sleep(3.5)")), status=0)
    assert "No line" not in done.errors


def test_that_a_program_of_tasks_is_stepped_by_line(script) -> None:
    done = step(script(TASKS), status=0)
    assert "main: line 7: print(await cook(\"tea\"))" in done.output and "\ntea\n" in done.output
    assert "schedule" not in done.output + done.errors
    *lines, last = step(script(TASKS), "--json", status=0).lines
    assert {one["operation"] for one in lines} == {"line"} and last["outcome"] == "finished"


def test_that_a_schedule_that_names_nobody_of_the_program_is_not_followed() -> None:
    done = step("iterators.send", "--schedule", "t1 t1", status=2)
    assert done.errors == "concsim: The schedule names t1, and the program has ended without anybody of that name.\n"
    assert step("iterators.send", "--random", "1", "--set", "PAUSE=0", status=0).errors.endswith("This schedule passes.\n")


def test_that_trying_all_of_a_program_that_cannot_be_controlled_is_refused(script) -> None:
    source = "import multiprocessing\nmultiprocessing.Queue()\n"
    for more in ([], ["--json"]):
        done = step(script(source), "--all", *more, status=2)
        assert "multiprocessing" in done.errors and "line 1" in done.errors.lower()
        assert ("executions" in done.output) == bool(more)  # in JSON it is answered as well: that there were none


def test_that_lines_past_the_limit_end_a_recording_as_the_limit() -> None:
    last = step("iterators.send", "--set", "PAUSE=0", "--limit", "5", "--json", status=4).lines[-1]
    assert (last["outcome"], last["verdict"], last["steps"]) == ("limit", "open", 5)


def test_that_of_a_program_stepped_by_line_there_is_no_schedule_to_save(tmp_path: Path) -> None:
    done = step("iterators.send", "--save", str(tmp_path / "none.json"), status=2)
    assert "there is no schedule to save" in done.errors and not done.output and not list(tmp_path.iterdir())


def test_that_a_program_of_generators_says_how_it_ended_and_nothing_of_a_schedule() -> None:
    done = step("iterators.send", "--set", "PAUSE=0", status=0)
    assert done.errors.splitlines()[-1] == "concsim: The program ended."


def test_that_somebody_must_say_who_goes_next_where_there_is_a_choice(script) -> None:
    assert step(script(RACE), status=2).errors == "concsim: Say who goes next: --schedule, --random, --scheduler, --replay or --all.\n"


def test_that_a_long_text_that_is_printed_ends_in_an_ellipsis_where_it_is_cut(script) -> None:
    done = step(script(f"print({'x' * 99!r})\nprint({'y' * 58!r})\n"), "--random", "1", status=0)
    assert f"printed '{'x' * 58}…." in done.output and f"printed '{'y' * 58}'." in done.output


def test_that_a_function_of_a_library_is_said_to_be_about_what_it_is_handed(script) -> None:
    source = "import heapq, threading\nheap = [1]\ndef one():\n    heapq.heappush(heap, 2)\n    x = heap\n    x += [3]\nthreading.Thread(target=one, name='one').start()\n"
    done = step(script(source), "--random", "1", status=0)
    assert "one called heappush([1], 2), which is about heap." in done.output
    assert "one did heap += [3]." in done.output
    assert [one["value"] for one in step(script(source), "--random", "1", "--json").lines if one.get("operation") == "call"] == ["heappush([1], 2)", "+= [3]"]
