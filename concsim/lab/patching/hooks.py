"""The functions that what was put into a program's syntax tree calls. They are builtins, of names no program can write."""

from __future__ import annotations

import builtins
import gc
from typing import Any, Dict

_idle: Dict[str, Any] = {}


def put_hook(name: str, hook: Any, idle: Any) -> None:
    """Let the program find a hook. *idle* does for the program what the hook does, and nothing else."""
    _idle[name] = idle
    setattr(builtins, name, hook)


def retire_hooks() -> None:
    """Observe no more, and be found to the end.

    The interpreter puts its first builtins back before it lets go of the program's generators; they call us as they close.
    """
    if not _idle:
        return
    vars(builtins).update(_idle)
    maker = builtins.__build_class__
    for one in gc.get_objects():
        if type(one) is dict and one.get("__build_class__") is maker:
            one.update(_idle)
