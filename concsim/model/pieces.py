"""Long work done a piece at a time, so that a window can go on between two pieces."""

from __future__ import annotations

import json
from collections.abc import Generator, Iterable
from itertools import islice
from typing import Any, TypeVar

T = TypeVar("T")
Pieces = Generator[None, None, T]
"""Yields after each piece; what it returns is the result. What it works on must stay as it is until then."""
ROWS = 512
"""Of an actor's size, in a piece: two or three milliseconds."""


def whole(work: Pieces[T]) -> T:
    """The result, all pieces done at once."""
    while True:
        try:
            next(work)
        except StopIteration as end:
            return end.value  # type: ignore[no-any-return]


def listed(values: Iterable[Any]) -> Pieces[list[Any]]:
    """All values as a list."""
    found: list[Any] = []
    rest = iter(values)
    while more := list(islice(rest, ROWS)):
        found += more
        yield
    return found


def json_list(values: Iterable[Any]) -> Pieces[str]:
    """The values as the text of a JSON list."""
    texts: list[str] = []
    rest = iter(values)
    while more := list(islice(rest, ROWS)):
        texts.append(json.dumps(more)[1:-1])
        yield
    return f"[{', '.join(texts)}]"


def json_object(lists: dict[str, Iterable[Any]], values: dict[str, Any]) -> Pieces[str]:
    """A JSON object of lists, which may be long, and of other values."""
    texts: list[str] = []
    for name, ones in lists.items():
        text = yield from json_list(ones)
        texts.append(f"{json.dumps(name)}: {text}")
    return f"{{{', '.join((*texts, json.dumps(values)[1:-1]))}}}"
