"""Hooks for attributes, items, containers and iteration: what is visible is decided from the object at hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from concsim.engine.actor import Actor
from concsim.engine.chance_watch import ChanceWatch, may_be_chance
from concsim.engine.hooks.stand_ins import Each, Later
from concsim.engine.hooks.variables import Shown, Variables
from concsim.engine.hooks.visibility import CONTAINER_IDS, MISSING, is_field_of, kind_of_attribute, peek, peek_item
from concsim.engine.hooks.visibility import FIELD as IS_FIELD
from concsim.engine.instrument.site import Site
from concsim.engine.world import World
from concsim.model.events import STEP_NS, Kind, pack_code


class ObjectHooks:
    """Made for one world. Each method named like a hook is that hook."""

    def __init__(self, world: World, variables: Variables, own_modules: set[str]) -> None:
        self._world, self._variables, self._own = world, variables, own_modules
        self._sites = world.sites
        self._chance = ChanceWatch(world, world.recorder)

    def by_name(self) -> dict[str, Callable[..., Any]]:
        """The hooks as instrumented code calls them."""
        names = (
            "field", "put_field", "aim_field", "drop_field", "item", "key", "get_item", "put_item", "aim_item", "aim_key",
            "set_item", "drop_item", "delete_item", "stash", "whole", "member", "each", "method", "later", "chance", "ordered",
        )  # fmt: skip
        return {"." + name: getattr(self, name) for name in names}

    # the step

    def _step(self, site: Site, kind: int, target: int, value: Any = MISSING, peeking: Callable[[], Any] | None = None) -> None:
        """Be at a visible operation. *peeking* tells the value read once it is this actor's turn."""
        world = self._world
        if world.quiet:
            return
        if world.changed and world.on_change is not None:
            world.on_change()
        world.changed = kind != Kind.READ
        actor = world.current
        self._variables.let_go_of_some()
        actor.site, actor.target, actor.wanted = site, target, value
        world.take_turn(actor)
        time = world.time = world.time + STEP_NS
        if peeking is not None:
            value = peeking()
        actor.target, actor.wanted = 0, MISSING
        self._note(time, actor, kind, target, site, value)
        if time >= world.due:
            world.tick()

    def _note(self, time: int, actor: Actor, kind: int, target: int, site: Site, value: Any) -> None:
        if type(value) is int and kind != Kind.CALL:
            number: float = value
        elif kind in (Kind.READ, Kind.WRITE):
            kind, number = kind + 1, 0 if value is MISSING else self._text(value)
        else:
            number = 0 if value is MISSING else self._world.recorder.text(value)
        self._world.log((time, actor.number, pack_code(kind, target), site.place, number))

    def _text(self, value: Any) -> int:
        return self._world.recorder.text(self._variables.show(value))

    # attributes

    def _is_field(self, value: Any, name: str) -> bool:
        return kind_of_attribute(type(value), name) == IS_FIELD or is_field_of(value, name, self._own)

    def field(self, number: int, holder: Any) -> Any:
        """``holder.name`` is about to be read."""
        site = self._sites[number]
        if self._is_field(holder, site.name):
            target = self._variables.number_of_field(holder, site.name)
            self._step(site, Kind.READ, target, peeking=lambda: peek(holder, site.name))
        return holder

    def put_field(self, number: int, value: Any, holder: Any) -> Any:
        """``holder.name = value`` is about to be done."""
        site = self._sites[number]
        if self._is_field(holder, site.name):
            self._step(site, Kind.WRITE, self._variables.number_of_field(holder, site.name), value)
        return value

    def aim_field(self, number: int, holder: Any, stashed: int) -> Any:
        """The same where the value was evaluated before the holder (and is stashed), or is not known."""
        site = self._sites[number]
        value = self._unstash() if stashed else MISSING
        if self._is_field(holder, site.name):
            self._step(site, Kind.WRITE, self._variables.number_of_field(holder, site.name), value)
        return holder

    def drop_field(self, number: int, holder: Any) -> Any:
        """``del holder.name`` is about to be done."""
        site = self._sites[number]
        if self._is_field(holder, site.name):
            self._step(site, Kind.DELETE, self._variables.number_of_field(holder, site.name))
        return holder

    def stash(self, value: Any) -> Any:
        """Keep what is to be stored, as a text at most, until the target is known."""
        stash = self._world.current.stash
        if len(stash) > 64:  # values of assignments whose targets raised
            stash.clear()
        stash.append(value if type(value) is int else Shown(self._variables.show(value)))
        return value

    def _unstash(self) -> Any:
        stash = self._world.current.stash
        return stash.pop() if stash else MISSING

    # items

    def item(self, number: int, holder: Any, key: Any) -> Any:
        """``holder[key]`` is about to be read."""
        if id(type(holder)) in CONTAINER_IDS:
            target = self._variables.number_of_item(holder, key)
            self._step(self._sites[number], Kind.READ, target, peeking=lambda: peek_item(holder, key))
        return holder

    def key(self, number: int, holder: Any, key: Any) -> Any:
        """The same, told by the key."""
        self.item(number, holder, key)
        return key

    def get_item(self, number: int, holder: Any, key: Any) -> Any:
        """``holder[key]``."""
        return self.item(number, holder, key)[key]

    def put_item(self, number: int, value: Any, holder: Any, key: Any) -> Any:
        """``holder[key] = value`` is about to be done."""
        if id(type(holder)) in CONTAINER_IDS:
            self._step(self._sites[number], Kind.WRITE, self._variables.number_of_item(holder, key), value)
        return value

    def aim_item(self, number: int, holder: Any, key: Any, stashed: int) -> Any:
        """The same where the value is stashed or not known."""
        value = self._unstash() if stashed else MISSING
        if id(type(holder)) in CONTAINER_IDS:
            target = self._variables.number_of_item(holder, key)
            self._step(self._sites[number], Kind.WRITE, target, value)
        return holder

    def aim_key(self, number: int, holder: Any, key: Any) -> Any:
        """The same, told by the key."""
        self.aim_item(number, holder, key, 1)
        return key

    def set_item(self, number: int, value: Any, holder: Any, key: Any) -> None:
        """``holder[key] = value``."""
        self.put_item(number, value, holder, key)
        holder[key] = value

    def drop_item(self, number: int, holder: Any, key: Any) -> Any:
        """``del holder[key]`` is about to be done."""
        if id(type(holder)) in CONTAINER_IDS:
            self._step(self._sites[number], Kind.DELETE, self._variables.number_of_item(holder, key))
        return holder

    def delete_item(self, number: int, holder: Any, key: Any) -> None:
        """``del holder[key]``."""
        del self.drop_item(number, holder, key)[key]

    # containers as a whole

    def whole(self, number: int, value: Any) -> Any:
        """A container is about to be read as a whole: its length, its truth, a copy, its text."""
        if id(type(value)) in CONTAINER_IDS:
            target = self._variables.number_of_whole(value)
            self._step(self._sites[number], Kind.READ, target, peeking=lambda: value)
        return value

    def member(self, number: int, value: Any, *key: Any) -> Any:
        """``key in value`` is about to be asked."""
        if id(type(value)) in CONTAINER_IDS:
            target = self._variables.number_of_item(value, key[0]) if key and issubclass(type(value), dict) else self._variables.number_of_whole(value)
            peeking = (lambda: peek_item(value, key[0])) if key and issubclass(type(value), dict) else (lambda: value)
            self._step(self._sites[number], Kind.READ, target, peeking=peeking)
        return value

    def each(self, number: int, value: Any) -> Any:
        """A loop is about to run over *value*; of a shared container every item is a step."""
        if id(type(value)) not in CONTAINER_IDS:
            return value
        site = self._sites[number]
        self._chance.iterate(value, site.line)
        return Each(self, site, value)

    # methods

    def method(self, number: int, holder: Any, *given: Any) -> Any:
        """``holder.name(given…)`` is about to be called."""
        site = self._sites[number]
        if id(type(holder)) in CONTAINER_IDS:
            self._call(site, holder, given, {})
        elif may_be_chance(holder):
            self._chance.method(holder, site.name, site.line)
            self.field(number, holder)
        elif self._is_field(holder, site.name):
            self.field(number, holder)
        return holder

    def chance(self, number: int, function: Any) -> Any:
        """A function is called whose answer may differ from run to run."""
        site = self._sites[number]
        self._chance.note(site.name, site.line)
        return function

    def ordered(self, number: int, value: Any) -> Any:
        """A loop is about to run over a set that nobody else can reach: its order may differ from run to run."""
        self._chance.iterate(value, self._sites[number].line)
        return value

    def later(self, number: int, holder: Any) -> Any:
        """The same where the arguments are yet to be evaluated."""
        site = self._sites[number]
        if id(type(holder)) in CONTAINER_IDS:
            return Later(self, site, holder)
        if self._is_field(holder, site.name):
            self.field(number, holder)
        return holder

    def _call(self, site: Site, holder: Any, given: tuple[Any, ...], named: dict[str, Any]) -> None:
        show = self._variables.show
        words = [show(one) for one in given] + [f"{name}={show(one)}" for name, one in named.items()]
        self._step(site, Kind.CALL, self._variables.number_of_whole(holder), f"{site.name}({', '.join(words)})")
