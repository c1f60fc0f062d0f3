"""What the lab does to a module when the program imports it, and not before.

A lab that imported every library it can observe would be slow to start, and its programs would find modules imported
that they never asked for.
"""

from __future__ import annotations

import sys
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any, Callable, Dict, List, Optional

from concsim.model.own_work import on_behalf

Action = Callable[[Any], None]


class _Loader:
    """A module's own loader, followed by the actions; everything else is the loader's own business."""

    def __init__(self, loader: Any, take: Callable[[], List[Action]]) -> None:
        self._loader, self._take = loader, take

    def create_module(self, spec: ModuleSpec) -> Any:
        return self._loader.create_module(spec)

    @on_behalf
    def exec_module(self, module: ModuleType) -> None:
        for one in (module, module.__spec__):  # the module is as it would be without us
            if one is not None:
                setattr(one, "__loader__" if one is module else "loader", self._loader)
        self._loader.exec_module(module)
        for action in self._take():
            action(module)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._loader, name)


class ImportWatch:
    """A finder that finds nothing itself: it lets the others find, and adds the actions to what they found."""

    def __init__(self) -> None:
        self._waiting: Dict[str, List[Action]] = {}

    def install(self) -> None:
        """Be asked before all other finders."""
        sys.meta_path.insert(0, self)  # type: ignore[arg-type]

    def when_imported(self, name: str, action: Action) -> None:
        """Call *action* with the module once it is imported; now, if it is already."""
        module = sys.modules.get(name)
        if module is not None:
            action(module)
        else:
            self._waiting.setdefault(name, []).append(action)

    @on_behalf
    def find_spec(self, name: str, path: Any = None, target: Any = None) -> Optional[ModuleSpec]:
        """The import system asks: the spec of a module that somebody waits for. Who asks need not import it."""
        if name not in self._waiting:
            return None
        for finder in sys.meta_path:
            find = getattr(finder, "find_spec", None)
            spec = find(name, path, target) if find is not None and finder is not self else None
            if spec is not None:
                if spec.loader is not None:
                    spec.loader = _Loader(spec.loader, lambda: self._waiting.pop(name, []))
                return spec  # type: ignore[no-any-return]
        return None
