"""The hooks for globals and for variables that closures share, written once: from a template, for each interpreter model, with and without a record.

They are called at every step and half of a step's time is the calls it makes, so what they share stands in each of them.
A line in brackets stands for the lines of `_PIECES` or of the variant that is made.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from textwrap import indent
from typing import Any

_HOOKS = """
def read(number):
    site = sites[number]
    [read it]

def write(number, value):
    site = sites[number]
    [write it]
    return value

def augment(reading, writing, operate, operand):
    site = sites[reading]
    if world.quiet:
        value = site.space.get(site.name, MISSING)
        return operate(builtin(site.name) if value is MISSING else value, operand)
    [read it]
    value = operate(builtin(site.name) if value is MISSING else value, operand)
    site = sites[writing]
    [write it]
    return value

def forget(number):
    site = sites[number]
    [be there]
    [ask]
    [step]
    [note nothing]

def cell(number, holder):
    [be at cell]
    [read cell]

def put_cell(number, value, holder):
    [be at cell]
    [write cell]
    return value

def augment_cell(number, writing, operate, operand, holder):
    if world.quiet:
        value = contents(holder.__closure__[0])
        return operate(unbound(sites[number].name) if value is MISSING else value, operand)
    [be at cell]
    [read cell]
    value = operate(unbound(site.name) if value is MISSING else value, operand)
    if kept:
        let_go()
    actor.site = site = sites[writing]
    actor.target = target
    [write cell]
    return value

def drop_cell(number, holder):
    [be at cell]
    [ask]
    [step]
    [left cell]
    code = target << KIND_BITS | DELETE
    [note nothing]
"""
"""``augment`` is ``name op= operand`` whose operand needs no hook, ``augment_cell`` the same of a variable of an enclosing
function: the read and the write in one call, half of its cost.

A cell is told by *holder*, a function that does nothing but hold it: two closures of one function have two of them.
"""
_PIECES = {
    "be there": """
actor = world.current
actor.site = site
code = site.code or code_of(site)
""",
    "be at cell": """
if kept:
    let_go()
site = sites[number]
cell = holder.__closure__[0]
actor = world.current
actor.site = site
actor.target = target = cells.get(identity(cell)) or number_of_cell(cell, site.name)
""",
    "left cell": "actor.target = 0",
    "read cell": """
[turn]
[step]
[left cell]
code = target << KIND_BITS | READ
value = contents(cell)
[note]
[tick]
""",
    "write cell": """
actor.wanted = value
[turn]
[step]
[left cell]
code = target << KIND_BITS | WRITE
[note]
actor.wanted = None
[tick]
""",
    "read it": """
[be there]
[turn]
[step]
value = site.space.get(site.name, MISSING)
[note]
[tick]
""",
    "write it": """
[be there]
actor.wanted = value
[turn]
[step]
[note]
actor.wanted = None
[tick]
""",
    "step": "time = world.time = world.time + STEP_NS",
    "ask": "world.take_turn(actor)",
}
_TURN = {
    "turn": """
chosen = world.choose(world.ready, actor)
if chosen is not actor:
    if chosen.blocked:
        chosen = world.settle(chosen)
    world.current = chosen
    chosen.switch()
""",
    "tick": """
if time >= world.due:
    world.tick()
""",
}
"""Everybody may come in at every step: the turn is written out."""
_TURN_OF_MODEL = {"turn": "[ask]", "tick": ""}
"""The interpreter model has a say in who comes in; what is due is looked after there."""
_NOTE = {
    "note": """
if type(value) is int:
    log((time, actor.number, code, site.place, value))
else:
    log((time, actor.number, code + 1, site.place, 0 if value is MISSING else text(shown(value))))
""",
    "note nothing": "log((time, actor.number, code, site.place, 0))",
}
_NO_NOTE = {"note": "", "note nothing": ""}
NAMES = (".augment", ".read", ".write", ".forget", ".cell", ".put_cell", ".augment_cell", ".drop_cell")
KNOWN = "world, sites, log, text, shown, code_of, builtin, cells, number_of_cell, contents, unbound, kept, let_go, "
KNOWN += "identity, MISSING, STEP_NS, KIND_BITS, READ, WRITE, DELETE"
_PIECE = re.compile(r"^( *)\[(.+)\]$", re.MULTILINE)


def _write_out(text: str, pieces: Mapping[str, str]) -> str:
    def put_in(found: re.Match[str]) -> str:
        lines = _write_out(pieces[found[2]], pieces).strip().splitlines()
        return "\n".join(found[1] + line for line in lines)

    return _PIECE.sub(put_in, text)


def source_of(*, free_threaded: bool, recorded: bool) -> str:
    """The text of the hooks for one model, with or without a record of what is done."""
    turn = _TURN if free_threaded else _TURN_OF_MODEL
    hooks = _write_out(_HOOKS, {**_PIECES, **turn, **(_NOTE if recorded else _NO_NOTE)})
    # inside a function: what they know is then in cells, which are found faster than globals
    return f"def make({KNOWN}):{indent(hooks, '    ')}    return {{{', '.join(f'{name!r}: {name[1:]}' for name in NAMES)}}}\n"


_CODES = {
    (model, recorded): compile(source_of(free_threaded=model, recorded=recorded), __file__, "exec", dont_inherit=True)
    for model in (False, True) for recorded in (False, True)
}  # fmt: skip


def make_name_hooks(free_threaded: bool, recorded: bool, names: Mapping[str, Any]) -> dict[str, Callable[..., Any]]:
    """The hooks by name, over what they are to know: ``world``, ``sites``, ``log`` and so on."""
    space: dict[str, Any] = {}
    exec(_CODES[free_threaded, recorded], space)
    made: dict[str, Callable[..., Any]] = space["make"](**names)
    return made
