"""``random`` with a seed: the same run gives the same numbers."""

from __future__ import annotations

import random as real_random
from types import ModuleType
from typing import Any

SHARED = (
    "seed", "random", "uniform", "triangular", "randint", "choice", "randrange", "sample", "shuffle", "choices",
    "normalvariate", "lognormvariate", "expovariate", "vonmisesvariate", "gammavariate", "gauss", "betavariate",
    "paretovariate", "weibullvariate", "getstate", "setstate", "getrandbits", "randbytes", "binomialvariate",
)  # fmt: skip


class Chance:
    """Gives out seeds where the program gives none."""

    def __init__(self, seed: int = 0) -> None:
        self._first = self._next = seed
        self.shared: real_random.Random | None = None
        self._is_seeded = False

    def clear(self) -> None:
        """Begin another execution."""
        self._next, self._is_seeded = self._first, False

    def begin(self) -> None:
        """The program imports ``random``: to seed it takes as long as a dozen steps, and most programs do without."""
        if self.shared is not None and not self._is_seeded:
            self._is_seeded = True
            self.shared.seed()

    def next_seed(self) -> int:
        """The seed for who has none."""
        self._next += 1
        return self._next - 1


def make_random(chance: Chance) -> ModuleType:
    """The module ``random`` of a stepped program."""

    class Random(real_random.Random):
        def seed(self, a: Any = None, version: int = 2) -> None:
            super().seed(chance.next_seed() if a is None else a, version)

    module = ModuleType("random", real_random.__doc__)
    module.__dict__.update({name: value for name, value in vars(real_random).items() if not name.startswith("__")})
    Random.__module__ = "random"
    shared = chance.shared = Random()
    module.__dict__.update({name: getattr(shared, name) for name in SHARED if hasattr(shared, name)})
    module.__dict__.update(Random=Random, _inst=shared)
    return module
