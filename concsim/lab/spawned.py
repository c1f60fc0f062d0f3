"""Runs ``-c CODE`` as a process of a run: ``python spawned.py SPEC -c CODE …``. Run as a file, imported by nobody."""

import os
import sys

if __name__ == "__main__":
    sys.path[0] = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    from concsim.lab.spawned_child import prepare

    CODE = prepare(sys.argv)
    for name in ("__file__", "os", "sys", "prepare", "name"):
        globals().pop(name, None)
    exec(compile(globals().pop("CODE"), "<string>", "exec"))
