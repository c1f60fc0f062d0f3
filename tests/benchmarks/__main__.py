"""All benchmarks, one after the other: python -m tests.benchmarks [NAME…]"""

from __future__ import annotations

import subprocess
import sys

NAMES = ("start", "bridge", "responsive", "painting", "observation", "crowd", "stepping", "endurance", "left_behind")


def main() -> int:
    """Run those named, or all; each in a process of its own."""
    failed = 0
    for name in sys.argv[1:] or NAMES:
        print(f"== {name}", flush=True)
        failed |= subprocess.run([sys.executable, "-m", f"tests.benchmarks.{name}"]).returncode
    return failed


if __name__ == "__main__":
    sys.exit(main())
