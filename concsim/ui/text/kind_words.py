"""The word of each kind of actor, in the person's language."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication


def kind_word(kind: str) -> str:
    """One actor of a kind."""
    translate = QCoreApplication.translate
    words = {
        "main": translate("KindWords", "main thread"), "thread": translate("KindWords", "thread"),
        "process": translate("KindWords", "process"), "worker": translate("KindWords", "worker process"),
        "greenlet": translate("KindWords", "greenlet"), "task": translate("KindWords", "task"),
        "generator": translate("KindWords", "generator"), "iterator": translate("KindWords", "iterator"),
        "hub": translate("KindWords", "hub"), "loop": translate("KindWords", "event loop"),
    }  # fmt: skip
    return words.get(kind, kind)


def many_words(kind: str, count: int) -> str:
    """Many actors of a kind."""
    translate = QCoreApplication.translate
    words = {
        "thread": translate("KindWords", "threads ×{count}"), "process": translate("KindWords", "processes ×{count}"),
        "worker": translate("KindWords", "worker processes ×{count}"), "greenlet": translate("KindWords", "greenlets ×{count}"),
        "task": translate("KindWords", "tasks ×{count}"), "generator": translate("KindWords", "generators ×{count}"),
        "iterator": translate("KindWords", "iterators ×{count}"),
    }  # fmt: skip
    return words.get(kind, kind + " ×{count}").format(count=f"{count:,}")
