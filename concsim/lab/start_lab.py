"""Starts a lab under any Python: ``python start_lab.py CHANNEL_FD COMMANDS_FD``. Run as a file, imported by nobody."""

import os
import sys

if __name__ == "__main__":
    sys.path[0] = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    from concsim.lab.host import main

    main(int(sys.argv[1]), int(sys.argv[2]))
