"""The words of each kind of actor, in the person's language."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QCoreApplication


class _Words(NamedTuple):
    one: str
    many: str = ""
    counted: str = ""


def _words(kind: str) -> _Words | None:
    translate = QCoreApplication.translate
    words = {
        "main": _Words(translate("KindWords", "main thread")),
        "thread": _Words(translate("KindWords", "thread"), translate("KindWords", "threads"), translate("KindWords", "threads ×{count}")),
        "process": _Words(translate("KindWords", "process"), translate("KindWords", "processes"), translate("KindWords", "processes ×{count}")),
        "worker": _Words(translate("KindWords", "worker process"), translate("KindWords", "workers"), translate("KindWords", "worker processes ×{count}")),
        "greenlet": _Words(translate("KindWords", "greenlet"), translate("KindWords", "greenlets"), translate("KindWords", "greenlets ×{count}")),
        "task": _Words(translate("KindWords", "task"), translate("KindWords", "tasks"), translate("KindWords", "tasks ×{count}")),
        "generator": _Words(translate("KindWords", "generator"), translate("KindWords", "generators"), translate("KindWords", "generators ×{count}")),
        "iterator": _Words(translate("KindWords", "iterator"), translate("KindWords", "iterators"), translate("KindWords", "iterators ×{count}")),
        "hub": _Words(translate("KindWords", "hub")), "loop": _Words(translate("KindWords", "event loop")),
        "command": _Words("", translate("KindWords", "commands")), "timer": _Words("", translate("KindWords", "timers")),
        "fork": _Words("", translate("KindWords", "forks")),
    }  # fmt: skip
    return words.get(kind)


def kind_word(kind: str) -> str:
    """One actor of a kind."""
    words = _words(kind)
    return words.one if words is not None and words.one else kind


def plural_word(kind: str) -> str:
    """Many actors of a kind."""
    words = _words(kind)
    return words.many if words is not None and words.many else kind


def many_words(kind: str, count: int) -> str:
    """Many actors of a kind, and how many."""
    words = _words(kind)
    text = words.counted if words is not None and words.counted else kind + " ×{count}"
    return text.format(count=f"{count:,}")
