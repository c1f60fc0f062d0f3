"""Virtual ``queue``: each call is one operation, done when there is room or an item."""

from __future__ import annotations

import heapq
import queue as real_queue
import types
from collections import deque
from typing import Any

from concsim.engine.actor import Actor, Untouched
from concsim.engine.primitives.condition import Condition
from concsim.engine.primitives.lock import Lock
from concsim.engine.primitives.primitive import Primitive, text_of
from concsim.model.events import Kind

Empty, Full = real_queue.Empty, real_queue.Full
ShutDown: Any = getattr(real_queue, "ShutDown", None)


class Queue(Primitive):
    """First in, first out. Subclasses may replace `_init`, `_qsize`, `_put` and `_get`, as in Python."""

    kind = "queue"

    def __init__(self, maxsize: int = 0) -> None:
        self.maxsize = maxsize
        self._init(maxsize)
        self.unfinished_tasks = 0
        self.is_shutdown = False
        self._joins = _Joins(self)
        self.declare(self.kind, maxsize)
        self._joins.number = self.number
        self._parts: dict[str, Any] = {}

    def __getattr__(self, name: str) -> Any:
        """``mutex`` and its conditions, for subclasses that use them."""
        parts = self.__dict__.get("_parts")
        if parts is None or name not in ("mutex", "not_empty", "not_full", "all_tasks_done"):
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
        if "mutex" not in parts:
            parts["mutex"] = Lock()
        if name not in parts:
            parts[name] = Condition(parts["mutex"])
        return parts[name]

    __class_getitem__: Any = classmethod(types.GenericAlias)

    # what is inside

    def _init(self, maxsize: int) -> None:
        self.queue: Any = deque()

    def _qsize(self) -> int:
        return len(self.queue)

    def _put(self, item: Any) -> None:
        self.queue.append(item)

    def _get(self) -> Any:
        return self.queue.popleft()

    # what may be done now

    def _has_room(self, actor: Actor) -> bool:
        return self.is_shutdown or self.maxsize <= 0 or int(self._inside(self._qsize)) < self.maxsize

    def _has_item(self, actor: Actor) -> bool:
        return self.is_shutdown or bool(self._inside(self._qsize))

    def _inside(self, method: Any, *given: Any) -> Any:
        """Call a part that a subclass may have replaced: all of it belongs to the one operation."""
        if type(self) in PLAIN:
            return method(*given)
        self.world.hush(True)
        try:
            return method(*given)
        finally:
            self.world.hush(False)

    # the operations

    def put(self, item: Any, block: bool = True, timeout: float | None = None) -> None:
        """As ``queue.Queue.put``."""
        if block and timeout is not None and timeout < 0:
            raise ValueError("'timeout' must be a non-negative number")
        can = self._has_room if block and timeout != 0 else None
        self.world.visible("put", self, can, timeout, text_of(item))
        if self.is_shutdown:
            raise ShutDown
        if not self._has_room(self.world.current):
            raise Full
        self._inside(self._put, item)
        self.unfinished_tasks += 1
        self.note(Kind.PUT, self._inside(self._qsize))
        self.changed()

    def get(self, block: bool = True, timeout: float | None = None) -> Any:
        """As ``queue.Queue.get``."""
        if block and timeout is not None and timeout < 0:
            raise ValueError("'timeout' must be a non-negative number")
        can = self._has_item if block and timeout != 0 else None
        self.world.visible("get", self, can, timeout)
        if not self._inside(self._qsize):
            raise ShutDown if self.is_shutdown else Empty
        item = self._inside(self._get)
        self.world.tell(text_of(item))
        self.note(Kind.GET, self._inside(self._qsize))
        self.changed()
        return item

    def put_nowait(self, item: Any) -> None:
        """As ``queue.Queue.put_nowait``."""
        self.put(item, block=False)

    def get_nowait(self) -> Any:
        """As ``queue.Queue.get_nowait``."""
        return self.get(block=False)

    def qsize(self) -> int:
        """As ``queue.Queue.qsize``."""
        self.world.visible("read", self)
        return int(self._inside(self._qsize))

    def empty(self) -> bool:
        """As ``queue.Queue.empty``."""
        self.world.visible("read", self)
        return not self._inside(self._qsize)

    def full(self) -> bool:
        """As ``queue.Queue.full``."""
        self.world.visible("read", self)
        return 0 < self.maxsize <= int(self._inside(self._qsize))

    def task_done(self) -> None:
        """As ``queue.Queue.task_done``."""
        self.world.visible("done", self)
        if self.unfinished_tasks <= 0:
            raise ValueError("task_done() called too many times")
        self.unfinished_tasks -= 1
        self.world.refresh(self._joins)

    def join(self) -> None:
        """As ``queue.Queue.join``."""
        self.world.visible("join", self._joins, self._joins.is_done)

    def _shut(self, immediate: bool) -> None:
        self.world.visible("shutdown", self)
        self.is_shutdown = True
        if immediate:
            while self._inside(self._qsize):
                self._inside(self._get)
                self.unfinished_tasks = max(self.unfinished_tasks - 1, 0)
            self.world.refresh(self._joins)
        self.changed()

    if ShutDown is not None:

        def shutdown(self, immediate: bool = False) -> None:
            """As ``queue.Queue.shutdown``, from Python 3.13 on."""
            self._shut(immediate)


class _Joins(Untouched):
    """What ``join`` waits for: every item put has been reported as done."""

    _concsim_looks = frozenset({"join"})

    def __init__(self, queue: Queue) -> None:
        self._queue = queue
        self.number = 0
        self.silent = self.in_c = False
        self.contenders: list[Actor] = []

    def is_done(self, actor: Actor) -> bool:
        return not self._queue.unfinished_tasks


class PriorityQueue(Queue):
    """The smallest item first."""

    def _init(self, maxsize: int) -> None:
        self.queue = []

    def _put(self, item: Any) -> None:
        heapq.heappush(self.queue, item)

    def _get(self) -> Any:
        return heapq.heappop(self.queue)


class LifoQueue(Queue):
    """The last item first."""

    def _init(self, maxsize: int) -> None:
        self.queue = []

    def _get(self) -> Any:
        return self.queue.pop()


PLAIN = (Queue, LifoQueue)
"""The queues in which no code of the program's runs; a priority queue compares its items."""


class SimpleQueue(Primitive):
    """A queue without bound and without tasks."""

    in_c = True

    def __init__(self) -> None:
        self._queue: deque[Any] = deque()
        self.declare("queue")

    __class_getitem__: Any = classmethod(types.GenericAlias)

    def _has_item(self, actor: Actor) -> bool:
        return bool(self._queue)

    def put(self, item: Any, block: bool = True, timeout: float | None = None) -> None:
        """As ``queue.SimpleQueue.put``: never waits."""
        self.world.visible("put", self, text=text_of(item))
        self._queue.append(item)
        self.note(Kind.PUT, len(self._queue))
        self.changed()

    def get(self, block: bool = True, timeout: float | None = None) -> Any:
        """As ``queue.SimpleQueue.get``."""
        if block and timeout is not None and timeout < 0:
            raise ValueError("'timeout' must be a non-negative number")
        self.world.visible("get", self, self._has_item if block and timeout != 0 else None, timeout)
        if not self._queue:
            raise Empty
        item = self._queue.popleft()
        self.world.tell(text_of(item))
        self.note(Kind.GET, len(self._queue))
        self.changed()
        return item

    def put_nowait(self, item: Any) -> None:
        """As ``queue.SimpleQueue.put_nowait``."""
        self.put(item)

    def get_nowait(self) -> Any:
        """As ``queue.SimpleQueue.get_nowait``."""
        return self.get(block=False)

    def qsize(self) -> int:
        """As ``queue.SimpleQueue.qsize``."""
        self.world.visible("read", self)
        return len(self._queue)

    def empty(self) -> bool:
        """As ``queue.SimpleQueue.empty``."""
        self.world.visible("read", self)
        return not self._queue


for _cls in (Queue, PriorityQueue, LifoQueue, SimpleQueue):
    _cls.__module__ = "queue"
SimpleQueue.__module__ = "_queue"
