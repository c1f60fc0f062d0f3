"""What the engine cannot control is named and ends the run: it is never silently run wrong."""

from __future__ import annotations

import sys
from typing import Any, NoReturn

from concsim.engine.actor import Halt
from concsim.engine.libraries import import_locks, real_threads
from concsim.engine.libraries.locks import LIBRARY_LOCKS
from concsim.engine.primitives.primitive import Primitive
from concsim.model.events import Remark

REFUSED_MODULES = {
    "multiprocessing": "multiprocessing", "asyncio": "asyncio", "gevent": "gevent", "greenlet": "greenlet",
    "eventlet": "eventlet", "trio": "trio", "subinterpreters": "subinterpreters",
}  # fmt: skip
REFUSED_EVENTS = {
    "socket.__new__": "socket", "subprocess.Popen": "subprocess", "os.system": "subprocess", "os.fork": "os.fork",
    "os.forkpty": "os.fork", "os.posix_spawn": "subprocess", "os.spawn": "subprocess", "os.exec": "os.exec",
    "sys.settrace": "sys.settrace", "sys.setprofile": "sys.setprofile", "sys.monitoring.register_callback": "sys.monitoring",
}  # fmt: skip
LEAVING = frozenset({
    "os.chdir", "os.mkdir", "os.rmdir", "os.remove", "os.rename", "os.link", "os.symlink", "os.truncate", "os.chmod", "os.chown", "os.utime",
    "os.putenv", "os.unsetenv", "shutil.rmtree", "shutil.move", "shutil.copyfile", "tempfile.mkstemp", "tempfile.mkdtemp", "sqlite3.connect",
})  # fmt: skip
"""What leaves something in the process or on the disk."""
_CALLED = {"os.putenv": "os.environ", "os.unsetenv": "os.environ"}
"""What the program calls it, where that is another name than the event's."""
_add_hook = sys.addaudithook
_written: set[str] = set()
_state = {"installed": False, "on": False}


def refuse(what: str, **values: Any) -> NoReturn:
    """End the run, naming *what* and the line that wanted it."""
    world, places = Primitive.world, Primitive.places
    frame = places.own_frame(sys._getframe(1))
    line = frame.f_lineno if frame is not None else 0
    path = frame.f_code.co_filename if frame is not None else ""
    world.halt(Halt("not_controlled", what=what, line=line, path=path, **values))
    raise AssertionError("an execution that was ended went on")


def refuse_event(event: str) -> None:
    """The program does by a virtual module what raises this audit event by the real one."""
    if event in REFUSED_EVENTS:
        refuse(REFUSED_EVENTS[event])


def _audit(event: str, arguments: tuple[Any, ...], heard: frozenset[str] = frozenset({"open", *LEAVING, *REFUSED_EVENTS})) -> None:
    if event not in heard or not _state["on"]:  # it is called for every event of the process: most are none of these
        return
    if event == "open":
        _name_written_file(*arguments[:2])
    elif event in LEAVING:
        frame = Primitive.places.own_frame(sys._getframe(1))
        Primitive.world.left.setdefault(_CALLED.get(event, event), frame.f_lineno if frame is not None else 0)
    elif event in REFUSED_EVENTS:
        _state["on"] = False  # what ends the run may do the same things
        refuse(REFUSED_EVENTS[event])


def _name_written_file(path: Any, mode: Any) -> None:
    """Files that the program writes are named: taking another way from an earlier step writes them again."""
    if not isinstance(path, str) or not isinstance(mode, str) or not set(mode) & set("wax+") or path in _written:
        return
    frame = Primitive.places.own_frame(sys._getframe(2))
    if frame is not None and not path.endswith(".pyc"):
        _written.add(path)
        Primitive.world.left.setdefault("open()", frame.f_lineno)
        values = {"path": path, "line": frame.f_lineno}
        Primitive.world.recorder.send(Remark(Primitive.world.time, "writes_file", values))


def watch_system(on: bool) -> None:
    """Refuse, from now on or no longer, what would leave the engine's control. An audit hook cannot be taken away."""
    if on and not _state["installed"]:
        _state["installed"] = True
        _add_hook(_audit)
    _state["on"] = on
    _written.clear()
    for stand_in in (real_threads, import_locks):
        (stand_in.watch if on else stand_in.forget)()
    (LIBRARY_LOCKS.begin if on else LIBRARY_LOCKS.end)()
