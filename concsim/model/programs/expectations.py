"""What a block says of the program's parameters, checked against them: expectations, values for stepping, charts."""

from __future__ import annotations

from collections.abc import Mapping

from concsim.model.programs.block import Block, BlockError, Chart
from concsim.model.programs.expression import evaluate, names_in
from concsim.model.programs.parameter import Parameter


def check_expectations(block: Block, parameters: tuple[Parameter, ...]) -> None:
    """Raise `ValueError` with one sentence for what the parameters, at their defaults, cannot give."""
    known = {one.name: one for one in parameters}
    for name, text in block.watch.items():
        if text:
            _check_expectation(f"watch.{name}", text, known)
    for name, value in block.expect.get("set", {}).items():
        _check_value(f"expect.set.{name}", _known(f"expect.set.{name}", name, known), value)
    for index, chart in enumerate(block.charts):
        _check_chart(f"charts[{index}]", chart, known)


def _known(where: str, name: str, known: Mapping[str, Parameter]) -> Parameter:
    if name not in known:
        raise BlockError(f"{where}: no parameter is called {name}")
    return known[name]


def _check_expectation(where: str, text: str, known: Mapping[str, Parameter]) -> None:
    try:
        for name in names_in(text):
            _known(where, name, known)
        evaluate(text, {name: one.default for name, one in known.items()})
    except ValueError as error:
        said = str(error)
        raise BlockError(said if said.startswith(where) else f"{where}: {said}") from None


def _check_value(where: str, one: Parameter, value: object) -> None:
    try:
        one.check(value)
    except ValueError as error:
        raise BlockError(f"{where}: {error}") from None


def _check_chart(where: str, chart: Chart, known: Mapping[str, Parameter]) -> None:
    """A limit is a number among the parameters, and so is what a sweep goes over, in whole steps."""
    if chart.capacity and type(_known(f"{where}.capacity", chart.capacity, known).default) not in (int, float):
        raise BlockError(f"{where}.capacity: {chart.capacity} is no number")
    if chart.kind == "sweep" and not chart.over:
        raise BlockError(f"{where} has no parameter to go over")
    if chart.kind == "sweep" and type(_known(f"{where}.over", chart.over, known).default) is not int:
        raise BlockError(f"{where}.over: {chart.over} is no whole number")
