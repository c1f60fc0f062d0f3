"""Starts a lab under any Python: ``python start_lab.py CHANNEL_FD COMMANDS_FD``. Run as a file, imported by nobody."""

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
    from concsim.lab.running.host import main

    sys.path[:] = before
    main(int(sys.argv[1]), int(sys.argv[2]))
