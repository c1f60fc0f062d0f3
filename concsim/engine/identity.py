"""Which object it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

identity: Callable[[Any], int] = object.__hash__
"""A number that is an object's own while it lives, whatever its class says of its hash.

`id` would be one as well, but raises an audit event: to hear that costs more than all else that a hook does.
"""
