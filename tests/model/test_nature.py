"""The views that a program without views of its own gets, by what it imports and names."""

from __future__ import annotations

from pathlib import Path

import pytest

from concsim.model.nature import views_of
from concsim.model.program import make_program

ORDINARY = ("lanes", "code", "graph")
TREE = ("lanes", "code", "tree", "graph")


@pytest.mark.parametrize(
    ("source", "views"),
    [
        ("import threading", ORDINARY),
        ("from concurrent.futures import ThreadPoolExecutor", ORDINARY),
        ("import os\nos.getpid()", ORDINARY),
        ("def fork(): pass\nfork()", ORDINARY),
        ("import multiprocessing as mp", TREE),
        ("from multiprocessing.pool import Pool", TREE),
        ("import subprocess", TREE),
        ("import concurrent.futures\nconcurrent.futures.ProcessPoolExecutor()", TREE),
        ("from concurrent.futures import ProcessPoolExecutor", TREE),
        ("from concurrent import futures\nfutures.ProcessPoolExecutor()", TREE),
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
