"""``python -m concsim``, and the packaged app's start."""

from __future__ import annotations

import multiprocessing
import sys


def main() -> int:
    """freeze_support first; then a file for the packaged app's own labs, or the command."""
    multiprocessing.freeze_support()
    if len(sys.argv) > 2 and sys.argv[1] == "--run-file":
        return _run_file(sys.argv[2:])
    from concsim.cli import main as command

    return command()


def _run_file(words: list[str]) -> int:
    """Be a plain ``python FILE ARGUMENTS`` for concsim's own supervisor and labs, where no other Python is at hand."""
    import runpy

    sys.argv = words
    sys.path[0:0] = [""]
    runpy.run_path(words[0], run_name="__main__")
    return 0


if __name__ == "__main__":
    sys.exit(main())
