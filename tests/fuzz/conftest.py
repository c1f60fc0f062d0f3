"""Thousands of inputs are tried only when asked for: pytest -m fuzz."""

from __future__ import annotations

import pytest

from tests.ui.conftest import built  # noqa: F401  (a fixture)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out those marked ``fuzz`` unless that mark is named."""
    if "fuzz" in config.option.markexpr:
        return
    many = [one for one in items if one.get_closest_marker("fuzz") is not None]
    if many:
        config.hook.pytest_deselected(items=many)
        items[:] = [one for one in items if one not in many]
