"""``python -m concsim``, and the packaged app's start."""

from __future__ import annotations

import os
import signal
import sys


def _library_first() -> None:
    """Find the standard library before what PYTHONPATH, or the folder we were started in, adds.

    A program's own random.py or queue.py lies there: it is the program's, in the program's own process.
    """
    library = os.path.dirname(os.__file__)
    archive = os.path.join(os.path.dirname(library), "python%d%d.zip" % sys.version_info[:2])  # noqa: UP031
    ours = (archive, library, os.path.join(library, "lib-dynload"))
    sys.path.sort(key=lambda folder: folder not in ours)


if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # until there is somebody to answer Ctrl-C, it ends us without a word

if "--run-file" not in sys.argv[1:2] and not getattr(sys, "frozen", False):
    _library_first()

import multiprocessing  # noqa: E402
import re  # noqa: E402

IN_LAB = "CONCSIM_IN_LAB"
SWITCHES = re.compile(r"-[bBdEIOPqsSuvx]+")


def main() -> int:
    """The command's exit status. With PYTHONINSPECT the interpreter knows none, and would go on: nothing is left for it."""
    if not sys.flags.inspect:
        return _main()
    try:
        status: object = _main()
    except SystemExit as error:
        status = error.code
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status if isinstance(status, int) else 0)


def _main() -> int:
    """freeze_support first; then what the packaged app's own labs want of a Python, or the command."""
    multiprocessing.freeze_support()
    words = sys.argv[1:]
    if len(words) > 1 and words[0] == "--run-file":
        if words[1].endswith("start_lab.py"):
            os.environ[IN_LAB] = "1"
        return _be_python(words[1:])
    if IN_LAB in os.environ and getattr(sys, "frozen", False):
        return _be_python(words)
    from concsim.cli import main as command

    if signal.getsignal(signal.SIGINT) is signal.SIG_DFL:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    return command()


def _be_python(words: list[str]) -> int:
    """Be a plain ``python WORDS``: for concsim's own supervisor and labs, and for ``sys.executable`` in their programs."""
    import runpy

    _hide_own_frames()
    if signal.getsignal(signal.SIGINT) is signal.SIG_DFL:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    while words and SWITCHES.fullmatch(words[0]):
        del words[0]
    way = words.pop(0) if words and words[0] in ("-c", "-m") else ""
    if not words:
        print("concsim: a program's own Python can run FILE, -c COMMAND or -m MODULE", file=sys.stderr)
        return 2
    sys.argv = [way, *words[1:]] if way == "-c" else words
    sys.path[0:0] = ["" if way else os.path.dirname(os.path.realpath(words[0]))]
    if way == "-c":
        exec(compile(words[0], "<string>", "exec"), sys.modules["__main__"].__dict__)
    elif way == "-m":
        runpy.run_module(words[0], run_name="__main__", alter_sys=True)
    else:
        runpy.run_path(words[0], run_name="__main__")
    return 0


def _hide_own_frames() -> None:
    """A packaged app's start has a relative file name, which a lab would take for a file of the program's folder."""
    if getattr(sys, "frozen", False):
        import _imp

        for depth in range(4):
            _imp._fix_co_filename(sys._getframe(depth).f_code, "<concsim>")  # type: ignore[attr-defined]


if __name__ == "__main__":
    sys.exit(main())
