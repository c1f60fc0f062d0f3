"""Which calls of libraries may leave something behind that the next execution of the program would find.

In doubt they do: an execution that may have left something costs a process of its own, one that was taken for clean would let
later ones fail that do not.
"""

from __future__ import annotations

from types import ModuleType
from typing import Any

from concsim.engine.hooks.visibility import home_of, module_names_of

CLEAN = frozenset({
    "builtins", "math", "cmath", "operator", "_operator", "itertools", "functools", "_functools", "collections", "_collections",
    "_collections_abc", "heapq", "_heapq", "bisect", "_bisect", "json", "_json", "re", "_sre", "string", "textwrap", "copy", "datetime",
    "_datetime", "decimal", "_decimal", "fractions", "statistics", "dataclasses", "enum", "typing", "types", "abc", "contextlib", "struct",
    "_struct", "hashlib", "_hashlib", "_sha2", "_md5", "_blake2", "base64", "binascii", "uuid", "posixpath", "ntpath", "genericpath", "pathlib",
    "pprint", "array", "ctypes", "_ctypes", "io", "_io", "weakref", "_weakref", "_weakrefset", "inspect", "traceback", "numbers", "difflib",
    "calendar", "html", "urllib", "csv", "_csv", "zlib", "colorsys", "keyword", "unicodedata", "ast", "concurrent", "queue", "_queue",
    "threading", "_thread", "time", "random", "_random", "sched", "graphlib", "ipaddress", "shlex", "secrets", "hmac", "reprlib",
    "__main__", "concsim", "",
})  # fmt: skip
"""Modules, by the first part of their names, that keep nothing of what they are asked, or caches that nobody notices."""
READING = ("get", "_get", "is", "list", "stat", "lstat", "cpu_count", "times", "fspath", "walk", "scandir", "uname", "path", "warn", "access")
"""How the names of functions begin that only ask."""


def module_of_function(function: Any) -> str:
    """The module that a function, method or class is from."""
    if issubclass(type(function), type):
        return home_of(function)
    module = getattr(function, "__module__", None)
    holder = getattr(function, "__self__", None)
    if type(holder) is ModuleType:
        module = module_names_of(holder).get("__name__")
    elif type(module) is not str and holder is not None:
        module = home_of(type(holder))
    return module if type(module) is str else ""


def may_leave(function: Any) -> bool:
    """Whether calling *function* may leave something."""
    return not _is_clean(module_of_function(function), str(getattr(function, "__name__", "")))


def may_leave_by(holder: Any, name: str) -> bool:
    """Whether ``holder.name(…)`` may."""
    kind = type(holder)
    if kind is ModuleType:
        return not _is_clean(str(module_names_of(holder).get("__name__", "")), name)
    return not _is_clean(home_of(holder if issubclass(kind, type) else kind), name)


def _is_clean(module: str, name: str) -> bool:
    return module.partition(".")[0] in CLEAN or name.startswith(READING)
