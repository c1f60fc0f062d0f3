"""What a pool view says: how many tasks wait, how many a worker has done, and what is under the mouse."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from concsim.model.folding.entities import Actor
from concsim.ui.text.process_words import joined, life_words, pid_words
from concsim.ui.views.pool.pool_tasks import MANY_TASKS, done_by
from concsim.ui.views.shared.pixel_runs import Run, TimeScale, span_began
from concsim.ui.views.shared.time_axis import duration_text

if TYPE_CHECKING:
    from concsim.bridge.run_model import RunModel
    from concsim.model.folding.state import State


def waiting_words(state: State, count: int) -> str:
    """How many tasks nobody has taken yet, or never will."""
    translate = QCoreApplication.translate
    if count and state.ended is not None:
        return translate("PoolWords", "{count} dropped").format(count=count)
    return translate("PoolWords", "{count} waiting").format(count=count)


def done_words(run: RunModel, worker: Actor) -> str:
    """How many tasks a worker has finished."""
    return QCoreApplication.translate("PoolWords", "{count} done").format(count=done_by(run, worker))


def worker_words(run: RunModel, worker: Actor, task: Run | None, scale: TimeScale) -> str:
    """A worker, and the task it was at."""
    process = run.state.processes.get(worker.number)
    name = joined(worker.name, pid_words(process.pid) if process is not None else worker.id)
    lines = [name, life_words(process, worker), done_words(run, worker)]
    if task is not None and task.value and task.value != MANY_TASKS:
        since = duration_text(span_began(run.tasks[worker.number], scale, task) - run.round_began)
        text = QCoreApplication.translate("PoolWords", "task {number} since {time}")
        lines.append(text.format(number=task.value, time=since))
    return "\n".join(lines)
