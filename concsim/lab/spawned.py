"""Runs ``-c CODE`` as a process of a run: ``python spawned.py SPEC -c CODE …``. Run as a file, imported by nobody."""

import os
import sys

if __name__ == "__main__":
    HERE = os.path.dirname(os.path.realpath(__file__))
    if os.path.realpath(sys.path[0]) == HERE:
        del sys.path[0]
    sys.path.insert(0, os.path.dirname(os.path.dirname(HERE)))  # for one import: it may be where all libraries are
    import concsim  # noqa: F401

    del sys.path[0]
    from concsim.lab.spawned_child import prepare

    CODE = prepare(sys.argv)
    for name in ("__file__", "HERE", "concsim", "os", "sys", "prepare", "name"):
        globals().pop(name, None)
    exec(compile(globals().pop("CODE"), "<string>", "exec"))
