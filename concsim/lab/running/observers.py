"""Makes the observers and puts them in place: each is handed the parts that it asks for."""

from __future__ import annotations

from typing import Any, Dict, Mapping, get_type_hints

from concsim.lab.observers.finding import observer_classes
from concsim.lab.running.faults import Faults
from concsim.lab.running.observing import Observing
from concsim.lab.running.own_process import OwnProcess

CLASSES = observer_classes()
"""Imported before the program's own modules could be taken for those that observers need."""


class Observers:
    """Those of one process."""

    def __init__(self, observing: Observing, own: OwnProcess) -> None:
        self.faults = Faults(observing.journal)
        parts = (observing.things, observing.waits, observing.locks, observing.sampler, own.texts, own, self.faults)
        self._made: Dict[Any, Any] = {type(one): one for one in parts}
        self._things, self._imports = observing.things, observing.imports

    def part(self, cls: Any) -> Any:
        """The one of this class, made if nobody has asked for it before."""
        found = self._made.get(cls)
        if found is None:
            wanted = get_type_hints(cls.__init__)
            wanted.pop("return")
            found = self._made[cls] = cls(**{name: self.part(one) for name, one in wanted.items()})
        return found

    def observe(self, spec: Mapping[str, Any]) -> None:
        """Be there when the modules come."""
        for cls in CLASSES:
            self._things.letters.update(getattr(cls, "kinds", {}))
            if spec.get(getattr(cls, "only_with", ""), True):
                one = self.part(cls)
                for name, method in cls.modules.items():
                    self._imports.when_imported(name, getattr(one, method))
