"""Lanes of many actors gathered by kind and process: a lane each could not be read, and opens again where one is wanted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, overload

from concsim.model.folding.crowds import FEWEST, Crowd, Key
from concsim.model.folding.entities import Actor
from concsim.model.folding.history import MIXED
from concsim.ui.text.kind_words import plural_word

if TYPE_CHECKING:
    from concsim.bridge.run_model import RunModel

SINGLE = 8
"""Up to so many of a kind have lanes of their own."""
WIDEST = 50


@dataclass(frozen=True)
class Group:
    """A row that stands for all actors of a kind in one process."""

    key: Key
    count: int
    opened: bool
    where: str = ""
    number: int = 0
    state: int = MIXED
    id: str = field(default="")

    @property
    def name(self) -> str:
        """What it is called: "greenlets ×10,000 in p1"."""
        text = f"{'▾' if self.opened else '▸'} {plural_word(self.key[0])} ×{self.count:,}"
        return f"{text} · {self.where}" if self.where else text


Row = Actor | Group


class Rows(Sequence[Row]):
    """Rows of lanes, looked up when they are asked for."""

    def __init__(self, model: RunModel, entries: list[int | Group]) -> None:
        self._model, self._entries = model, entries

    def __len__(self) -> int:
        return len(self._entries)

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Row]: ...
    def __getitem__(self, index: int | slice) -> Row | Sequence[Row]:
        if isinstance(index, slice):
            return [self._row(one) for one in self._entries[index]]
        return self._row(self._entries[index])

    def _row(self, entry: int | Group) -> Row:
        if isinstance(entry, Group):
            return entry
        return self._model.state.actors.get(entry) or self._model.known_actors[entry].before_it_was()

    def index_of(self, actor: int) -> int | None:
        """The row of an actor, None if it is gathered."""
        try:
            return self._entries.index(actor)
        except ValueError:
            return None


class LaneGroups:
    """Knows which rows there are. Actors are looked at once, when they are new."""

    def __init__(self, model: RunModel) -> None:
        self._model = model
        self._opened: set[Key] = set()
        self.forget()

    def forget(self) -> None:
        """Another run."""
        self._opened.clear()
        self._begin_again()

    def _begin_again(self) -> None:
        self._actors: object = None
        self._seen = 0
        self._members: dict[Key, list[int]] = {}
        self._kept: tuple[object, Rows] | None = None

    def rows(self) -> Rows:
        """The rows now."""
        known, lanes = self._model.known_actors, self._model.lanes
        if len(known) <= FEWEST or not self._model.crowds:
            return Rows(self._model, [number for number in sorted(known) if number and number in lanes])
        if known is not self._actors or self._seen > len(known):
            self._begin_again()
            self._actors = known
        sign = (len(known), frozenset(self._opened))
        if self._kept is None or self._kept[0] != sign:
            self._take_new(known)
            self._kept = sign, Rows(self._model, self._entries())
        return self._kept[1]

    def _take_new(self, known: dict[int, Actor]) -> None:
        for actor in islice(known.values(), self._seen, None):
            if actor.number:
                self._members.setdefault((actor.kind, actor.process if not _lives_in_itself(actor) else 0), []).append(actor.number)
        self._seen = len(known)

    def _entries(self) -> list[int | Group]:
        entries: list[int | Group] = []
        for key, members in self._members.items():
            if len(members) <= SINGLE:
                entries += members
                continue
            opened = key in self._opened
            entries.append(Group(key, len(members), opened, self._where(key)))
            entries += members if opened else []
        return entries

    def _where(self, key: Key) -> str:
        home = self._model.known_actors.get(key[1]) if key[1] else None
        return home.id if home is not None else ""

    def toggle(self, group: Group) -> None:
        """Open a group, or gather it again."""
        self._opened ^= {group.key}

    def open_next(self) -> None:
        """Open the first group that is closed."""
        closed = [key for key, members in self._members.items() if len(members) > SINGLE and key not in self._opened]
        self._opened |= set(closed[:1])

    def close_all(self) -> None:
        """Gather all groups again."""
        self._opened.clear()

    def crowd(self, group: Group) -> list[Crowd]:
        """What is counted of a group: processes are counted one by one, each in itself."""
        found = self._model.crowds
        if group.key in found:
            return [found[group.key]]
        kind = group.key[0]
        return [crowd for (one, _), crowd in found.items() if one == kind]


def _lives_in_itself(actor: Actor) -> bool:
    return actor.process == actor.number


def widest(rows: Rows) -> Row | None:
    """The row whose name needs most room, of the first ones where there are very many."""
    return max(rows[:WIDEST], key=lambda one: len(one.name) + len(one.id), default=None)
