"""Brings translations and resources up to date: python resources/update.py

Collects the window's texts into the .ts files (Qt Linguist edits them), compiles them, and packs icons and
translations into concsim/ui/resources_rc.py. A test fails when this has not been run, or when a text is untranslated.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
TS = HERE / "translations" / "concsim_zh.ts"


def _tool(name: str) -> list[str]:
    return [str(Path(sys.executable).parent / f"pyside6-{name}")]


def collect(ts: Path) -> None:
    """Write the window's texts into *ts*, keeping its translations."""
    sources = sorted(str(path.relative_to(ROOT)) for path in (ROOT / "concsim" / "ui").rglob("*.py") if path.name != "resources_rc.py")
    command = [*_tool("lupdate"), *sources, "-no-obsolete", "-locations", "none", "-ts", str(ts)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)


def compile_translation(ts: Path, qm: Path) -> None:
    """Compile *ts*."""
    subprocess.run([*_tool("lrelease"), str(ts), "-qm", str(qm)], check=True, capture_output=True)


def pack(target: Path) -> None:
    """Pack the resources into a Python module."""
    command = [*_tool("rcc"), "-g", "python", "--no-zstd", "--format-version", "1", str(HERE / "concsim.qrc"), "-o", str(target)]
    subprocess.run(command, cwd=HERE, check=True, capture_output=True)


def main() -> None:
    """All three."""
    collect(TS)
    compile_translation(TS, TS.with_suffix(".qm"))
    pack(ROOT / "concsim" / "ui" / "resources_rc.py")


if __name__ == "__main__":
    main()
