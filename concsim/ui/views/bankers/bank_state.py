"""A bank as a program's watched globals tell it: claims, loans, what is left, the safe order, what was refused. No Qt.

The globals are `claim` and `allocation` (client -> numbers), `available` (numbers), and, where the program has them,
`kinds` (names of the columns), `safe_order` (clients) and `refused` (client -> [numbers, why]). A person's program may
hold anything under these names: what does not fit is left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from concsim.model.folding.entities import Watched

UNSAFE, NOT_THERE = "unsafe", "not there"


@dataclass(frozen=True)
class Account:
    """One client: what it claims, holds and still needs (both empty once it has given everything back), what it was refused."""

    name: str
    claim: tuple[int, ...]
    holds: tuple[int, ...] = ()
    needs: tuple[int, ...] = ()
    wish: tuple[int, ...] = ()
    why: str = ""


@dataclass(frozen=True)
class Bank:
    """Everything at one moment."""

    kinds: tuple[str, ...]
    available: tuple[int, ...]
    accounts: tuple[Account, ...]
    order: tuple[str, ...]

    @property
    def is_lending(self) -> bool:
        """Whether anything is lent out."""
        return any(any(one.holds) for one in self.accounts)

    @property
    def is_closed(self) -> bool:
        """Whether every client has given everything back."""
        return not any(one.holds for one in self.accounts)

    @property
    def refused(self) -> list[Account]:
        """The clients whose request waits."""
        return [one for one in self.accounts if one.wish]

    def coins(self, numbers: tuple[int, ...]) -> list[tuple[int, str]]:
        """How many of which kind, without those of which there is none."""
        return [(number, kind) for number, kind in zip(numbers, self.kinds, strict=False) if number]


def bank_of(watched: Mapping[str, Watched]) -> Bank | None:
    """The bank, None where the globals do not tell of one."""
    available, claim = _numbers(_value(watched, "available")), _value(watched, "claim")
    held, refused = _dict(_value(watched, "allocation")), _dict(_value(watched, "refused"))
    if not available or not isinstance(claim, dict) or not claim:
        return None
    accounts = tuple(_account(str(name), _numbers(most), held, refused) for name, most in claim.items())
    names = {one.name for one in accounts}
    order = tuple(str(name) for name in _list(_value(watched, "safe_order")) if name in names)
    return Bank(_kinds(watched, len(available)), available, accounts, order)


def _account(name: str, claim: tuple[int, ...], held: dict[str, Any], refused: dict[str, Any]) -> Account:
    holds = _numbers(held.get(name))
    needs = tuple(most - has for most, has in zip(claim, holds, strict=False))
    wish, why = (*_list(refused.get(name)), None, "")[:2]
    return Account(name, claim, holds, needs, _numbers(wish), str(why))


def _kinds(watched: Mapping[str, Watched], count: int) -> tuple[str, ...]:
    named = [str(one) for one in _list(_value(watched, "kinds"))]
    return tuple(named[:count]) if len(named) >= count else tuple(str(number + 1) for number in range(count))


def _value(watched: Mapping[str, Watched], name: str) -> Any:
    found = watched.get(name)
    return found.value if found is not None and found.is_json else None


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: Any) -> list[Any]:
    return list(value) if isinstance(value, (list, tuple)) else []


def _numbers(value: Any) -> tuple[int, ...]:
    return tuple(one for one in _list(value) if type(one) is int)
