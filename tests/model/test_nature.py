"""The views that a program without views of its own gets, by what it imports and names."""

from __future__ import annotations

from pathlib import Path

import pytest

from concsim.model.programs.nature import views_of
from concsim.model.programs.program import make_program

ORDINARY = ("lanes", "code", "graph")
TREE = ("lanes", "code", "tree", "graph")
POOL = ("lanes", "pool", "code")
FLOW = ("lanes", "flow", "code")


@pytest.mark.parametrize(
    ("source", "views"),
    [
        ("import threading", ORDINARY),
        ("import queue, threading\nqueue.Queue(3)", FLOW),
        ("from queue import PriorityQueue", FLOW),
        ("import queue, threading\nqueue.Queue(), threading.Lock()", (*FLOW, "graph")),
        ("import queue\nqueue.Empty", ORDINARY),
        ("import multiprocessing as mp\nmp.Queue()", (*FLOW, "tree")),
        ("from multiprocessing import Manager\nManager().Queue()", (*FLOW, "tree")),
        ("import multiprocessing as mp\nmp.get_context().Pool()", (*POOL, "tree")),
        ("import multiprocessing as mp\nmp.Pool(), mp.Queue(), mp.Lock()", ("lanes", "pool", "flow", "code", "tree", "graph")),
        ("from concurrent.futures import ThreadPoolExecutor", POOL),
        ("import asyncio, threading\nasyncio.Queue(), asyncio.Lock()", ("lanes", "hub", "sequence", "code")),
        ("from gevent.queue import Queue", ("lanes", "hub", "sequence", "code")),
        ("from gevent.pool import Pool\nimport threading", ("lanes", "hub", "sequence", "code")),
        ("import asyncio\nfrom concurrent import futures\nfutures.ThreadPoolExecutor", ("lanes", "pool", "hub", "sequence", "code")),
        ("import os\nos.getpid()", ORDINARY),
        ("def fork(): pass\nfork()", ORDINARY),
        ("import multiprocessing as mp", TREE),
        ("from multiprocessing.pool import Pool", (*POOL, "tree")),
        ("import subprocess", TREE),
        ("import concurrent.futures\nconcurrent.futures.ProcessPoolExecutor()", (*POOL, "tree")),
        ("from concurrent.futures import ProcessPoolExecutor", (*POOL, "tree")),
        ("from concurrent import futures\nfutures.ProcessPoolExecutor()", (*POOL, "tree")),
        ("import os\nos.fork()", TREE),
        ("from os import fork", TREE),
        ("import asyncio", ("lanes", "hub", "sequence", "code")),
        ("from gevent import monkey", ("lanes", "hub", "sequence", "code")),
        ("import greenlet", ("lanes", "sequence", "code")),
        ("import asyncio, multiprocessing", ("lanes", "tree", "hub", "sequence", "code")),
        ("import asyncio\nasyncio.create_subprocess_exec", ("lanes", "tree", "hub", "sequence", "code")),
        ("import os\na = (x for x in 'ab')", ("sequence", "frames", "code")),
        ("import os\na = (x for x in 'ab')\nos.fork()", ("tree", "sequence", "frames", "code")),
        ('# /// concsim\n# views = ["lanes"]\n# ///\nimport multiprocessing', ("lanes",)),
    ],
)
def test_that_the_views_are_those_that_show_what_a_program_does(source: str, views: tuple[str, ...]) -> None:
    assert views_of(make_program(source, Path("/x/mine.py"))) == views


def test_that_a_pool_that_is_stepped_has_the_wait_graph_instead() -> None:
    """A step says nothing of which worker has which task."""
    program = make_program("from concurrent.futures import ThreadPoolExecutor", Path("/x/mine.py"))
    assert views_of(program, stepping=True) == ORDINARY
