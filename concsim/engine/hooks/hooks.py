"""The hooks that instrumented code calls, made for one world."""

from __future__ import annotations

import builtins
import operator
import sys
from collections.abc import Callable
from typing import Any

from concsim.engine.hooks.call_hooks import CallHooks
from concsim.engine.hooks.container_hooks import ContainerHooks
from concsim.engine.hooks.effects import SeenInto
from concsim.engine.hooks.let_go_hooks import let_go_hooks
from concsim.engine.hooks.name_template import make_name_hooks
from concsim.engine.hooks.object_hooks import ObjectHooks
from concsim.engine.hooks.stepping import Stepping
from concsim.engine.hooks.touching import Touching
from concsim.engine.hooks.variables import Variables
from concsim.engine.hooks.visibility import MISSING
from concsim.engine.identity import identity
from concsim.engine.instrument.nodes import AUGMENTED
from concsim.engine.instrument.site import Site
from concsim.engine.world import World
from concsim.model.events import KIND_BITS, STEP_NS, Kind

Hook = Callable[..., Any]


def name_hooks(world: World, variables: Variables, recorded: bool = True) -> dict[str, Hook]:
    """Hooks for globals and cells; with *recorded* false they take steps that nobody reads of."""

    def code_of(site: Site) -> int:
        """A site's variable is known from its first visit on in an execution."""
        site.target = variables.number_of_global(site.space or {}, site.name)
        kind = {"read": Kind.READ, "write": Kind.WRITE, "delete": Kind.DELETE}[site.operation]
        site.code = kind | site.target << KIND_BITS
        return site.code

    names = {
        "world": world, "sites": world.sites, "log": world.log, "text": world.recorder.text, "shown": variables.show,
        "code_of": code_of, "builtin": builtin, "MISSING": MISSING, "STEP_NS": STEP_NS, "KIND_BITS": KIND_BITS,
        "READ": int(Kind.READ), "WRITE": int(Kind.WRITE), "DELETE": int(Kind.DELETE),
        "cells": variables.cells, "number_of_cell": variables.number_of_cell, "contents": contents, "unbound": unbound, "identity": identity,
        "kept": variables.held.kept, "let_go": variables.held.let_go,
    }  # fmt: skip
    return make_name_hooks(world.free_threaded, recorded, names)


def contents(cell: Any) -> Any:
    """What a cell holds, `MISSING` for nothing."""
    try:
        return cell.cell_contents
    except ValueError:
        return MISSING


def unbound(name: str) -> Any:
    """What a variable of an enclosing function means that has no value. Raises `NameError` as the interpreter does.

    Of ``name += 1`` a traceback marks the whole then, not the name alone.
    """
    raise NameError(f"cannot access free variable '{name}' where it is not associated with a value in enclosing scope", name=name)


def builtin(name: str) -> Any:
    """What a global that is not there means. Raises `NameError` as the interpreter does."""
    value = builtins.__dict__.get(name, MISSING)
    if value is MISSING:
        raise NameError(f"name '{name}' is not defined", name=name)
    return value


def make_hooks(world: World, variables: Variables, own_modules: set[str], is_own: Callable[[str], bool]) -> dict[str, Hook]:
    """All hooks by name, but those for names. *is_own* tells whether a file is the program's."""
    stepping = Stepping(world, variables)
    objects, containers = ObjectHooks(stepping, own_modules), ContainerHooks(stepping, own_modules, is_own)
    seen_into = SeenInto(is_own)
    calls = CallHooks(objects, containers, Touching(stepping, own_modules, seen_into), seen_into, own_modules)
    hooks = objects.by_name() | containers.by_name() | calls.by_name()
    hooks[".leave"] = stepping.leave
    hooks[".lap"] = lambda number: world.begin_lap((identity(sys._getframe(1)), number))
    if not world.free_threaded:
        hooks |= let_go_hooks(world, seen_into)
    hooks |= {name: getattr(operator, name[1:]) for name in AUGMENTED.values()}
    hooks[".slice"] = slice
    return hooks


QUIET: dict[str, Hook] = {
    ".read": lambda number: None, ".write": lambda number, value: value, ".forget": lambda number: None,
    ".cell": lambda number, holder: None, ".put_cell": lambda number, value, holder: value, ".drop_cell": lambda number, holder: None,
}  # fmt: skip
"""In place of the hooks for names while operations are no steps."""
