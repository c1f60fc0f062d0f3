"""Processes that do not inherit the lab: spawn's and forkserver's. They are started by way of `spawned`.

multiprocessing starts both, and its resource tracker, as ``python -c CODE`` through one function. There ``-c CODE`` is
made ``spawned.py SPEC -c CODE``: the child joins the run, puts the parameters in when it imports the program, and goes
on with the code.
"""

from __future__ import annotations

import json
import os
import sys
from typing import Any, Dict, List, Mapping

from concsim.lab.patching.methods import patch
from concsim.lab.running.launch import compile_program, find_module
from concsim.lab.running.own_process import OwnProcess
from concsim.model.own_work import ROOT, own_work

ACTOR = "concsim_actor"
LONGEST_WORD = 100_000
FOLLOWED = ("multiprocessing.spawn", "multiprocessing.forkserver")


@own_work
def _make_folder(path: str) -> None:
    os.makedirs(path, 0o700, exist_ok=True)


class Spawning:
    """Patches multiprocessing in the parent and, as every process may be one, in the child."""

    modules = {
        "multiprocessing.util": "_patch_util",
        "multiprocessing.heap": "_patch_heap",
        "multiprocessing.spawn": "_patch_spawn",
    }

    def __init__(self, own: OwnProcess) -> None:
        self._own = own

    def _patch_util(self, module: Any) -> None:
        patch(module, "spawnv_passfds", self._make_spawnv)
        patch(module, "get_temp_dir", self._make_temp_dir)

    def _make_temp_dir(self, original: Any) -> Any:
        """multiprocessing's own files lie in the run's folder, which goes with the run however that ends."""

        def get_temp_dir() -> str:
            import tempfile
            from multiprocessing.process import current_process

            config = current_process()._config  # type: ignore[attr-defined]
            folder = self._own.spec.get("folder", "")
            if folder and config.get("tempdir") is None:
                _make_folder(folder)
                config["tempdir"] = tempfile.mkdtemp(prefix="pymp-", dir=folder)
            return original()  # type: ignore[no-any-return]

        return get_temp_dir

    def _patch_heap(self, module: Any) -> None:
        if hasattr(module.Arena, "_choose_dir"):
            patch(module.Arena, "_choose_dir", self._make_choose_dir)

    def _make_choose_dir(self, original: Any) -> Any:
        """Shared memory has a name for a moment, and whoever is killed in it leaves a file: in a folder of the run."""

        def _choose_dir(arena: Any, size: int) -> str:
            place: str = original(arena, size)
            folder = self._own.spec.get("folder", "")
            if not folder or place not in arena._dir_candidates:
                return place
            own = os.path.join(place, os.path.basename(folder))
            try:
                _make_folder(own)
            except OSError:
                return place
            return own

        return _choose_dir

    def _patch_spawn(self, module: Any) -> None:
        patch(module, "get_preparation_data", self._make_data)
        patch(module, "prepare", self._make_prepare)
        module.runpy = _Runner(module.runpy, self._own)

    # the parent

    def _make_spawnv(self, original: Any) -> Any:
        def spawnv_passfds(path: Any, args: Any, passfds: Any) -> Any:
            words = [os.fsdecode(one) for one in args]
            return original(path, self._by_way_of_us(words, self._own.starting), passfds)

        return spawnv_passfds

    def _by_way_of_us(self, words: List[str], started: Any) -> List[str]:
        frozen = getattr(sys, "frozen", False)
        if frozen and "--multiprocessing-fork" in words:
            at = words.index("--multiprocessing-fork")
            code = "from multiprocessing.spawn import spawn_main; spawn_main(%s)" % ", ".join(words[at + 1 :])
            words = [*words[:at], "-c", code, "--multiprocessing-fork"]
        if "-c" not in words:
            return words
        at = words.index("-c")
        code = words[at + 1]
        if not any("from %s import" % name in code for name in FOLLOWED):
            return words
        server = FOLLOWED[1] in code
        spec = {**self._own.spec_for_children(), "actor": 0 if server else started.number, "server": server}
        # a library's process says nothing, but must understand the states of locks and queues that it is given
        spec["id"], spec["parent"] = started.id, self._own.main
        ours = [os.path.join(ROOT, "lab", "spawned.py"), self._as_word(spec), *words[at:]]
        return [words[0], "--run-file", *ours] if frozen else [*words[:at], *ours]

    @own_work
    def _as_word(self, spec: Dict[str, Any]) -> str:
        """The spec as an argument, or where it can be read: an argument has its longest length."""
        text = json.dumps(spec)
        folder = spec.get("folder", "")
        if len(text) < LONGEST_WORD or not folder:
            return text
        _make_folder(folder)
        path = os.path.join(folder, "spec-%d-%d" % (os.getpid(), spec["actor"]))
        with open(path, "w", encoding="ascii") as file:
            file.write(text)
        return path

    def _make_data(self, original: Any) -> Any:
        def get_preparation_data(name: str) -> Dict[str, Any]:
            data: Dict[str, Any] = original(name)
            started = self._own.starting
            if started.number:
                data[ACTOR] = (started.number, started.id, started.method, self._own.main)
            return data

        return get_preparation_data

    # the child

    def _make_prepare(self, original: Any) -> Any:
        def prepare(data: Dict[str, Any]) -> None:
            actor = data.pop(ACTOR, None)
            if self._own.is_server_child:
                self._own.is_server_child = False
                if actor is not None:
                    number, id_, method, parent = actor
                    self._own.join(number, id_, method, parent)
            original(data)

        return prepare


class _Runner:
    """``runpy`` for multiprocessing.spawn alone: the program's own file is run with its parameters put in."""

    def __init__(self, runpy: Any, own: OwnProcess) -> None:
        self._runpy, self._own = runpy, own

    def __getattr__(self, name: str) -> Any:
        return getattr(self._runpy, name)

    def run_path(self, path: str, init_globals: Any = None, run_name: str = "") -> Dict[str, Any]:
        """The program's globals after its file was run as *run_name*."""
        if os.path.realpath(path) != os.path.realpath(self._own.spec["path"]):
            return self._runpy.run_path(path, init_globals, run_name)  # type: ignore[no-any-return]
        names: Dict[str, Any] = {
            "__name__": run_name, "__file__": path, "__doc__": None, "__loader__": None, "__package__": "", "__spec__": None, "__cached__": None
        }
        return self._run(path, names)

    def run_module(self, name: str, init_globals: Any = None, run_name: str = "", alter_sys: bool = False) -> Dict[str, Any]:
        """The same for a program started with ``-m``."""
        if name != _module_name(self._own.spec):
            return self._runpy.run_module(name, init_globals, run_name, alter_sys)  # type: ignore[no-any-return]
        path, spec = find_module(self._own.spec["module"])
        names: Dict[str, Any] = {
            "__name__": run_name, "__file__": path, "__doc__": None, "__loader__": spec.loader,
            "__package__": spec.name.rpartition(".")[0], "__spec__": spec, "__cached__": None,
        }  # fmt: skip
        return self._run(path, names)

    def _run(self, path: str, names: Dict[str, Any]) -> Dict[str, Any]:
        from types import ModuleType

        code = compile_program(path, self._own.spec.get("parameters", {}), bool(self._own.spec.get("generators")))
        module = ModuleType(names["__name__"])
        module.__dict__.update(names)
        before = sys.modules.get(names["__name__"])
        sys.modules[names["__name__"]] = module
        try:
            self._kept = module  # its functions live in its globals
            self._own.look_in(module.__dict__, lambda: self.__dict__.pop("_kept", None))
            exec(code, module.__dict__)
        finally:
            if before is not None:
                sys.modules[names["__name__"]] = before
        return dict(module.__dict__)


def _module_name(spec: Mapping[str, Any]) -> str:
    if not spec.get("module"):
        return ""
    try:
        return str(find_module(spec["module"])[1].name)
    except ImportError:
        return ""
