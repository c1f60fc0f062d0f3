"""The factory's words: what workers do, what they are called, and what a line has made."""

from __future__ import annotations

from collections import Counter

from PySide6.QtCore import QCoreApplication

from concsim.model.folding.history import RUNNING, SLEEPING, WAITING
from concsim.ui.text.actor_words import state_word
from concsim.ui.text.process_words import joined, pid_words
from concsim.ui.views.factory.factory_figures import Line, Worker


def work_word(state: int) -> str:
    """What a worker does, in the factory's words."""
    if state == RUNNING:
        return QCoreApplication.translate("FactoryWords", "computing")
    if state in (WAITING, SLEEPING):
        return QCoreApplication.translate("FactoryWords", "waiting")
    return state_word(state)


def counts_words(states: list[int]) -> str:
    """How many do what, as "2 computing, 6 waiting"."""
    translate = QCoreApplication.translate
    counts = Counter(WAITING if state == SLEEPING else state for state in states)
    text = translate("FactoryWords", "{count} {state}")
    order = sorted(counts, key=lambda one: (one != RUNNING, one != WAITING, one))
    return translate("FactoryWords", ", ").join(text.format(count=counts[one], state=work_word(one)) for one in order)


def states_of(line: Line) -> list[int]:
    """The states of all hands of a line, or of its workers where they have only their own two."""
    return [state for worker in line.workers for state in worker_states(worker)]


def worker_states(worker: Worker) -> list[int]:
    """The states of a worker's greenlets, or its own."""
    return [one.state for one in worker.hands] or [worker.state]


def worker_name(worker: Worker) -> str:
    """A worker's name; where only the greenlets are known, what they are."""
    if worker.name:
        return worker.name
    return QCoreApplication.translate("FactoryWords", "{count} in hand").format(count=len(worker.hands))


def made_text(line: Line) -> str:
    """How many phones a line has made, in figures."""
    return "–" if line.phones is None else f"{line.phones:,}"


# under the mouse


def worker_words(line: Line, worker: Worker) -> str:
    """A worker and what it does."""
    translate = QCoreApplication.translate
    if not worker.hands:
        text = translate("FactoryWords", "{name} of {line}: {state}")
        return text.format(name=worker.name, line=line.name, state=work_word(worker.state))
    counts = counts_words([one.state for one in worker.hands])
    if len(worker.hands) == 1:
        text = translate("FactoryWords", "a worker of {line} with one phone in hand: {states}")
        return text.format(line=line.name, states=counts)
    text = translate("FactoryWords", "a worker of {line} with {count} phones in hand: {states}")
    return text.format(line=line.name, count=len(worker.hands), states=counts)


def line_words(line: Line) -> str:
    """A line, its workers, and what it has made."""
    translate = QCoreApplication.translate
    lines = [joined(line.name, pid_words(line.pid)), counts_words(states_of(line))]
    if line.phones is not None:
        one, many = translate("FactoryWords", "one phone made"), translate("FactoryWords", "{count} phones made")
        lines.append((one if line.phones == 1 else many).format(count=f"{line.phones:,}"))
    return "\n".join(one for one in lines if one)
