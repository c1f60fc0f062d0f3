"""Runs ``-c CODE`` as a process of a run: ``python spawned.py SPEC -c CODE …``. Run as a file, imported by nobody."""

import os
import sys

if __name__ == "__main__":
    HERE = os.path.dirname(os.path.realpath(__file__))
    if os.path.realpath(sys.path[0]) == HERE:
        del sys.path[0]
    sys.path.insert(0, os.path.dirname(os.path.dirname(HERE)))  # for one import: it may be where all libraries are
    from concsim.lab.own_imports import library_first

    del sys.path[0]
    before = library_first()
    from typing import Any

    from concsim.lab.running.ending import end_of, leave
    from concsim.lab.running.spawned_child import prepare

    sys.path[:] = before

    def run(code: Any, end_of: Any, leave: Any) -> None:
        """Run it as ``python -c`` does."""
        for name in ("__file__", "HERE", "library_first", "before", "os", "sys", "prepare", "run", "end_of", "leave", "name", "Any"):
            globals().pop(name, None)
        end = None
        try:
            exec(code, globals())
        except BaseException as error:
            end = error
        if end is not None:
            leave(end_of(end))

    run(compile(prepare(sys.argv), "<string>", "exec"), end_of, leave)
