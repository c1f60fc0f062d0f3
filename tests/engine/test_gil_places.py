"""Where others get in with the GIL: construct by construct and version by version, as the interpreters that are there have it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pytest

from concsim.control.labs.pythons import Python
from concsim.engine.execution import Ended
from concsim.engine.hooks.effects import SeenInto
from concsim.engine.hooks.hooks import make_hooks
from concsim.engine.hooks.let_go_hooks import let_go_hooks
from concsim.model.interpreters import VERSIONS
from tests.conftest import ALL_PYTHONS
from tests.engine import access_kinds
from tests.engine.exploring import engine_for, explore, result
from tests.engine.let_go_places import IN_SOME, NEVER, bodies, program
from tests.engine.pausing import all_paused_outcomes
from tests.engine.test_accesses_seen import exceptions

MODELS = [f"{major}.{minor}" for major, minor in VERSIONS]
ONE_OF_EACH = {".".join(one.version.split(".")[:2]): one for one in reversed(ALL_PYTHONS) if not one.free_threaded}
"""An interpreter of each version, the running one's own where it is that."""
UNLIKE = {
    "cached_property": "up to 3.11 the library has a lock in it",
    "abc mixin": "the interpreter pauses in the library as well",
    "generator shared": "3.12.1 ends by SIGSEGV",
}


@pytest.mark.parametrize("version", MODELS)
@pytest.mark.parametrize("name", bodies())
def test_where_others_get_in(name: str, version: str) -> None:
    lets_go = version in IN_SOME[name] if name in IN_SOME else name not in NEVER
    assert set(explore(program(bodies()[name]), result, model=f"gil-{version}")) == {(0, 0), (1, 1)} | ({(0, 1)} if lets_go else set())


def compare(names: Sequence[str], sources: Sequence[str], outcome: Callable[[Ended, Mapping[str, Any]], Any], version: str, python: Python) -> None:
    """What the model of a version comes to is what the interpreter comes to when it pauses."""
    engine = [set(explore(source, outcome, model=f"gil-{version}")) for source in sources]
    real = all_paused_outcomes(sources, python.path, runs=100)
    for place in [at for at, found in enumerate(engine) if found - real[at]]:  # some are rare
        real[place] |= all_paused_outcomes([sources[place]], python.path, runs=600, seed=2)[0]
    assert dict(zip(names, engine, strict=True)) == dict(zip(names, real, strict=True))


@pytest.mark.long
@pytest.mark.parametrize("version", sorted(set(ONE_OF_EACH) & set(MODELS)))
def test_that_an_interpreter_of_that_version_lets_others_in_at_the_same_places(version: str) -> None:
    sources = [program(body) for body in bodies().values()]
    compare(list(bodies()), sources, lambda ended, space: repr(result(ended, space)), version, ONE_OF_EACH[version])


@pytest.mark.long
@pytest.mark.parametrize("version", sorted(set(ONE_OF_EACH) & set(MODELS)))
def test_that_an_interpreter_of_that_version_comes_to_the_same_with_every_kind_of_access(version: str) -> None:
    names = sorted(set(access_kinds.KINDS) - set(UNLIKE))
    compare(names, [access_kinds.program(name) for name in names], exceptions, version, ONE_OF_EACH[version])


def test_that_no_hook_of_a_place_has_the_name_of_another_hook() -> None:
    with engine_for("", model="free-threaded") as (engine, _):
        others = make_hooks(engine.world, engine.variables, set(), lambda path: False)
        assert not set(let_go_hooks(engine.world, SeenInto(lambda path: False))) & set(others)
