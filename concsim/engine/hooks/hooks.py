"""The hooks that instrumented code calls, made for one world.

The hottest (reading, writing and augmenting a global) are written out in full: half of a step's time is the calls it makes.
"""

from __future__ import annotations

import builtins
import operator
from collections.abc import Callable
from typing import Any

from concsim.engine.hooks.object_hooks import ObjectHooks
from concsim.engine.hooks.variables import Variables
from concsim.engine.hooks.visibility import MISSING
from concsim.engine.instrument.nodes import AUGMENTED
from concsim.engine.instrument.site import Site
from concsim.engine.world import World
from concsim.model.events import KIND_BITS, STEP_NS, Kind

Hook = Callable[..., Any]


def name_hooks(world: World, variables: Variables) -> dict[str, Hook]:
    """Hooks for globals and cells."""
    sites, log = world.sites, world.log
    text, shown = world.recorder.text, variables.show

    def target_of(site: Site) -> int:
        if site.space is None or site.decision:
            return variables.number_of_cell(site.file.index, site.name)
        return variables.number_of_global(site.space, site.name)

    def code_of(site: Site) -> int:
        """A site's variable is known from its first visit on in an execution."""
        site.target = target_of(site)
        kind = {"read": Kind.READ, "write": Kind.WRITE, "delete": Kind.DELETE}[site.operation]
        site.code = kind | site.target << KIND_BITS
        return site.code

    def read(number: int) -> None:
        site = sites[number]
        actor = world.current
        actor.site = site
        code = site.code or code_of(site)
        chosen = world.choose(world.ready, actor)
        if chosen is not actor:
            world.current = chosen
            chosen.switch()
        time = world.time = world.time + STEP_NS
        value = site.space.get(site.name, MISSING)
        if type(value) is int:
            log((time, actor.number, code, site.place, value))
        else:
            log((time, actor.number, code + 1, site.place, 0 if value is MISSING else text(shown(value))))
        if time >= world.due:
            world.tick()

    def write(number: int, value: Any) -> Any:
        site = sites[number]
        actor = world.current
        actor.site, actor.wanted = site, value
        code = site.code or code_of(site)
        chosen = world.choose(world.ready, actor)
        if chosen is not actor:
            world.current = chosen
            chosen.switch()
        time = world.time = world.time + STEP_NS
        if type(value) is int:
            log((time, actor.number, code, site.place, value))
        else:
            log((time, actor.number, code + 1, site.place, text(shown(value))))
            actor.wanted = None
        if time >= world.due:
            world.tick()
        return value

    def read_in_turn(number: int) -> None:
        """The same where the interpreter model has a say."""
        site = sites[number]
        actor = world.current
        actor.site = site
        code = site.code or code_of(site)
        world.take_turn(actor)
        time = world.time = world.time + STEP_NS
        value = site.space.get(site.name, MISSING)
        if type(value) is int:
            log((time, actor.number, code, site.place, value))
        else:
            log((time, actor.number, code + 1, site.place, 0 if value is MISSING else text(shown(value))))

    def write_in_turn(number: int, value: Any) -> Any:
        """The same where the interpreter model has a say."""
        site = sites[number]
        actor = world.current
        actor.site, actor.wanted = site, value
        code = site.code or code_of(site)
        world.take_turn(actor)
        time = world.time = world.time + STEP_NS
        if type(value) is int:
            log((time, actor.number, code, site.place, value))
        else:
            log((time, actor.number, code + 1, site.place, text(shown(value))))
            actor.wanted = None
        return value

    def augment(reading: int, writing: int, operate: Hook, operand: Any) -> Any:
        """``name op= operand`` whose operand needs no hook: the read and the write in one call, for it is half the cost."""
        site = sites[reading]
        if world.quiet:
            value = site.space.get(site.name, MISSING)
            return operate(builtin(site.name) if value is MISSING else value, operand)
        actor = world.current
        actor.site = site
        code = site.code or code_of(site)
        chosen = world.choose(world.ready, actor)
        if chosen is not actor:
            world.current = chosen
            chosen.switch()
        time = world.time = world.time + STEP_NS
        value = site.space.get(site.name, MISSING)
        if type(value) is int:
            log((time, actor.number, code, site.place, value))
        else:
            log((time, actor.number, code + 1, site.place, 0 if value is MISSING else text(shown(value))))
            value = value if value is not MISSING else builtin(site.name)
        if time >= world.due:
            world.tick()
        value = operate(value, operand)
        site = sites[writing]
        actor.site, actor.wanted = site, value
        code = site.code or code_of(site)
        chosen = world.choose(world.ready, actor)
        if chosen is not actor:
            world.current = chosen
            chosen.switch()
        time = world.time = world.time + STEP_NS
        if type(value) is int:
            log((time, actor.number, code, site.place, value))
        else:
            log((time, actor.number, code + 1, site.place, text(shown(value))))
            actor.wanted = None
        if time >= world.due:
            world.tick()
        return value

    def augment_in_turn(reading: int, writing: int, operate: Hook, operand: Any) -> Any:
        """The same where the interpreter model has a say."""
        if not world.quiet:
            read_in_turn(reading)
        site = sites[reading]
        value = site.space.get(site.name, MISSING)
        value = operate(builtin(site.name) if value is MISSING else value, operand)
        return value if world.quiet else write_in_turn(writing, value)

    def forget(number: int) -> None:
        site = sites[number]
        actor = world.current
        actor.site = site
        code = site.code or code_of(site)
        world.take_turn(actor)
        time = world.time = world.time + STEP_NS
        log((time, actor.number, code, site.place, 0))

    def reach(number: int) -> None:
        """A cell is about to be read."""
        site = sites[number]
        actor = world.current
        actor.site, site.decision = site, 1
        world.take_turn(actor)

    def seen(number: int, value: Any) -> Any:
        """What the cell held: nobody else has moved since `reach`."""
        site = sites[number]
        code = site.code or code_of(site)
        time = world.time = world.time + STEP_NS
        if type(value) is int:
            log((time, world.current.number, code, site.place, value))
        else:
            log((time, world.current.number, code + 1, site.place, text(shown(value))))
        return value

    if not world.free_threaded:
        read, write, augment = read_in_turn, write_in_turn, augment_in_turn
    return {".augment": augment, ".read": read, ".write": write, ".forget": forget, ".reach": reach, ".seen": seen}


def builtin(name: str) -> Any:
    """What a global that is not there means. Raises `NameError` as the interpreter does."""
    value = builtins.__dict__.get(name, MISSING)
    if value is MISSING:
        raise NameError(f"name '{name}' is not defined", name=name)
    return value


def make_hooks(world: World, variables: Variables, own_modules: set[str]) -> dict[str, Hook]:
    """All hooks by name."""
    hooks = name_hooks(world, variables)
    hooks |= ObjectHooks(world, variables, own_modules).by_name()
    hooks |= {name: getattr(operator, name[1:]) for name in AUGMENTED.values()}
    hooks[".slice"] = slice
    return hooks


QUIET: dict[str, Hook] = {
    ".read": lambda number: None, ".write": lambda number, value: value, ".forget": lambda number: None,
    ".reach": lambda number: None, ".seen": lambda number, value: value,
}  # fmt: skip
"""In place of the hooks for names while operations are no steps."""
