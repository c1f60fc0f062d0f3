"""The topics' titles: marked for translation here, translated where they are shown."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

_TITLES = {
    "overview": QT_TRANSLATE_NOOP("Topics", "Overview"),
    "threads": QT_TRANSLATE_NOOP("Topics", "Threads"),
    "races": QT_TRANSLATE_NOOP("Topics", "Races & locks"),
    "deadlock": QT_TRANSLATE_NOOP("Topics", "Deadlock"),
    "conditions": QT_TRANSLATE_NOOP("Topics", "Conditions"),
    "processes": QT_TRANSLATE_NOOP("Topics", "Processes"),
    "queues": QT_TRANSLATE_NOOP("Topics", "Queues"),
    "pools": QT_TRANSLATE_NOOP("Topics", "Pools"),
    "iterators": QT_TRANSLATE_NOOP("Topics", "Iterators"),
    "coroutines": QT_TRANSLATE_NOOP("Topics", "Coroutines"),
}


def topic_title(topic: str) -> str:
    """A topic's title in the language in force, with its ampersand shown."""
    return QCoreApplication.translate("Topics", str(_TITLES.get(topic, topic))).replace("&", "&&")
