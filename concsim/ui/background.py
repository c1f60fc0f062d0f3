"""Work away from the window's thread, a piece at a time, with its answer by signal in the window's thread."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal, Slot

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor


class Background(QObject):
    """Two threads for what would make the window wait."""

    _answered = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool: ThreadPoolExecutor | None = None
        self._answered.connect(self._on_answered)

    def call(
        self, work: Callable[[], Any], done: Callable[..., None] | None = None, failed: Callable[[str], None] | None = None
    ) -> None:
        """Do *work* elsewhere; *done* gets its result (if it wants one), *failed* the sentence of its error."""

        def finish(future: Future[Any]) -> None:
            if future.cancelled():  # the window was closed before its turn had come
                return
            error = future.exception()
            if error is not None:
                self._answered.emit(failed, (str(error),))
            else:
                result = future.result()
                self._answered.emit(done, () if result is None else (result,))

        if self._pool is None:
            from concurrent.futures import ThreadPoolExecutor

            self._pool = ThreadPoolExecutor(2, thread_name_prefix="background")
        self._pool.submit(work).add_done_callback(finish)

    @Slot(object, object)
    def _on_answered(self, answer: Callable[..., None] | None, values: tuple[Any, ...]) -> None:
        if answer is not None:
            answer(*values)

    def wait(self) -> None:
        """Wait for what is under way; nothing more is taken."""
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
