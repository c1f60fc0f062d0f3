"""Virtual ``concurrent.futures``: CPython's own source for futures and thread pools, on virtual threads and queues."""

from __future__ import annotations

import concurrent.futures
import concurrent.futures._base
import concurrent.futures.thread
import importlib.util
from types import ModuleType
from typing import Any

from concsim.engine.primitives.visible_futures import make_visible

REFUSED_POOLS = {"ProcessPoolExecutor": "multiprocessing", "InterpreterPoolExecutor": "subinterpreters"}

def make_futures(modules: dict[str, ModuleType]) -> dict[str, ModuleType]:
    """The package ``concurrent`` and what is in it, for a stepped program. Process pools are not among it."""
    base = _load(concurrent.futures._base, "concurrent.futures._base", modules, {})
    futures = ModuleType("concurrent.futures", concurrent.futures.__doc__)
    futures.__path__ = []
    futures._base = base  # type: ignore[attr-defined]
    thread = _load(concurrent.futures.thread, "concurrent.futures.thread", modules, {"_base": base})
    make_visible(base, thread)
    for name in concurrent.futures._base.__dict__:
        if not name.startswith("_") and name in concurrent.futures.__all__:
            setattr(futures, name, getattr(base, name))
    futures.thread = thread  # type: ignore[attr-defined]
    futures.ThreadPoolExecutor = thread.ThreadPoolExecutor  # type: ignore[attr-defined]
    futures.__getattr__ = _only_threads  # type: ignore[method-assign]
    package = ModuleType("concurrent")
    package.__path__ = []
    package.futures = futures  # type: ignore[attr-defined]
    return {
        "concurrent": package, "concurrent.futures": futures, "concurrent.futures._base": base,
        "concurrent.futures.thread": thread,
    }  # fmt: skip


def _only_threads(name: str) -> Any:
    if name in REFUSED_POOLS and name in concurrent.futures.__all__:
        from concsim.engine.refusal import refuse

        refuse(REFUSED_POOLS[name])
    raise AttributeError(f"module 'concurrent.futures' has no attribute {name!r}")


def _load(real: ModuleType, name: str, modules: dict[str, ModuleType], more: dict[str, ModuleType]) -> ModuleType:
    """A second copy of a module of the standard library, in which threads and queues are virtual."""
    spec = real.__spec__
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    source = spec.loader.get_source(spec.name)  # type: ignore[attr-defined]
    code = compile(source, spec.origin or name, "exec", dont_inherit=True)
    virtual = {**modules, **more}

    def import_virtual(name: str, space: Any = None, names: Any = None, fromlist: Any = (), level: int = 0) -> Any:
        if level == 0 and name in virtual:
            return virtual[name]
        if name == "concurrent.futures" and fromlist and set(fromlist) <= set(more):
            return _Named(more)
        return __import__(name, space, names, fromlist, level)

    import builtins

    module.__dict__["__builtins__"] = {**vars(builtins), "__import__": import_virtual}
    exec(code, module.__dict__)
    return module


class _Named:
    """What ``from concurrent.futures import _base`` takes its names from."""

    def __init__(self, names: dict[str, ModuleType]) -> None:
        self.__dict__.update(names)
