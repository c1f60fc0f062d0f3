"""A program as concsim sees it: source, block, parameters, watches, charts. Reading one never runs it."""

from __future__ import annotations

import ast
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from concsim.model.files.plain_file import NoPlainFileError, read_plain
from concsim.model.programs.block import Block, BlockError, read_block
from concsim.model.programs.expectations import check_expectations
from concsim.model.programs.injection import find_parameters
from concsim.model.programs.parameter import Parameter, fits, make_parameter
from concsim.model.programs.sources import decode_source
from concsim.model.programs.syntax import parse_module
from concsim.model.programs.toml_text import parse_toml
from concsim.model.words.phrases import Message, say, short_message

LONGEST_SOURCE = 8 << 20


class ProgramError(Exception):
    """A program that cannot be read. The message is one sentence for the person; `line` is where, 0 if nowhere."""

    def __init__(self, message: Message, line: int = 0) -> None:
        message = short_message(message)
        super().__init__(say(message, "en"))
        self.message = message
        self.line = line


@dataclass(frozen=True)
class Program:
    """A readable program. `id` is a catalogue id or "" for a person's own file."""

    path: Path
    source: str
    block: Block
    parameters: tuple[Parameter, ...] = ()
    id: str = ""
    module: str = ""
    arguments: tuple[str, ...] = ()
    directory: str = ""

    @property
    def name(self) -> str:
        """What the person calls it on the command line."""
        return self.id or self.module or str(self.path)

    def title(self, language: str) -> str:
        """The title in a language, English if there is none, the file's name without a block."""
        return self.block.title.get(language) or self.block.title.get("en") or self.module or self.path.name

    def defaults(self) -> dict[str, Any]:
        """Every parameter at its default."""
        return {one.name: one.default for one in self.parameters}

    def parameter(self, name: str) -> Parameter:
        """The parameter of that name. Raises `KeyError`."""
        for one in self.parameters:
            if one.name == name:
                return one
        raise KeyError(name)


def read_source(path: Path) -> str:
    """The text of a Python file, by its own encoding. Raises `ProgramError` with one sentence."""
    try:
        if (problem := problem_with(path)) is not None:
            raise ProgramError(problem)
        data = read_plain(path, LONGEST_SOURCE)
        if data is None:
            raise ProgramError(Message("too_long", {"path": str(path)}))
        text = decode_source(data)
    except (FileNotFoundError, NotADirectoryError):
        raise ProgramError(Message("no_such_file", {"path": str(path)})) from None
    except NoPlainFileError:
        raise ProgramError(Message("not_a_file", {"path": str(path)})) from None
    except OSError as error:
        raise ProgramError(Message("unreadable", {"path": str(path), "why": error.strerror or str(error)})) from None
    except (ValueError, SyntaxError, LookupError):  # a codec that decodes nothing says so by any of them
        raise ProgramError(Message("not_text", {"path": str(path)})) from None
    if "\0" in text:
        raise ProgramError(Message("not_text", {"path": str(path)}))
    return text


def problem_with(path: Path) -> Message | None:
    """Why there is no file to open at *path*, None where there is one."""
    try:
        mode = path.stat().st_mode
    except (FileNotFoundError, NotADirectoryError, ValueError):  # a ValueError: a name that no file can have
        return Message("no_such_file", {"path": str(path)})
    except OSError as error:
        return Message("unreadable", {"path": str(path), "why": error.strerror or str(error)})
    if stat.S_ISDIR(mode):
        return Message("is_a_directory", {"path": str(path)})
    return None if stat.S_ISREG(mode) else Message("not_a_file", {"path": str(path)})


NESTED = "it is nested too deeply"
"""What the parser's MemoryError means, which says nothing."""


def parse(source: str, path: Path) -> ast.Module:
    """The syntax tree of *source*. Raises `ProgramError` with the line."""
    try:
        return parse_module(source, str(path))
    except SyntaxError as error:
        values = {"path": path.name, "line": error.lineno or 0, "why": error.msg}
        raise ProgramError(Message("syntax_error", values), error.lineno or 0) from None
    except (ValueError, RecursionError, MemoryError) as error:
        raise ProgramError(Message("not_python", {"path": path.name, "why": str(error) or NESTED})) from None


def is_on_disk(program: Program) -> bool:
    """Whether the program's file still holds the text that is shown."""
    try:
        return read_source(program.path) == program.source
    except ProgramError:
        return False


def find_block(source: str) -> tuple[dict[str, Any], int]:
    """The TOML of the block as a dictionary ({} without one) and its first line. Raises `ProgramError`."""
    lines = source.splitlines(True)
    begins = [number for number, row in enumerate(lines) if row.rstrip() == "# /// concsim"]
    if not begins:
        return {}, 0
    line = begins[0] + 1
    end = next((n for n in range(line, len(lines)) if not lines[n].startswith("#") or lines[n].rstrip() == "# ///"), -1)
    if end < 0 or lines[end].rstrip() != "# ///":
        return {}, 0
    if len(begins) > 1:
        raise ProgramError(Message("two_blocks", {"line": line}), line)
    body = "".join(row[2:] if row.startswith("# ") else row[1:] for row in lines[line:end])
    try:
        return parse_toml(body), line
    except BlockError as error:
        raise ProgramError(Message("bad_block", {"line": line, "why": str(error)}), line) from None


def _make_parameters(defaults: dict[str, Any], block: Block, line: int) -> tuple[Parameter, ...]:
    unknown = [name for name in block.parameters if name not in defaults]
    if unknown:
        raise ProgramError(Message("no_such_parameter", {"name": unknown[0], "line": line}), line)
    return tuple(
        make_parameter(name, default, block.parameters.get(name, {}))
        for name, default in defaults.items()
        if not block.parameters or name in block.parameters
    )


def read_program(path: Path, *, id: str = "", module: str = "") -> Program:
    """The program in a file. Nothing of it is run. Raises `ProgramError`."""
    return make_program(read_source(path), path, id=id, module=module)


def make_program(source: str, path: Path, *, id: str = "", module: str = "") -> Program:
    """The program of a source text that lies, or lay, at *path*. Raises `ProgramError`."""
    tree = parse(source, path)
    keys, line = find_block(source)
    defaults = {name: value for name, value in find_parameters(tree).items() if fits(value)}
    try:
        block = read_block(keys)
        parameters = _make_parameters(defaults, block, line)
        check_expectations(block, parameters)
    except ValueError as error:
        raise ProgramError(Message("bad_block", {"line": line, "why": str(error)}), line) from None
    return Program(path, source, block, parameters, id=id, module=module)
