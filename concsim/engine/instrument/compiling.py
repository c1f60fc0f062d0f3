"""From a source text to code with hooks."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping
from types import CodeType
from typing import Any, TypeVar

from concsim.engine.instrument.let_go import LetGo
from concsim.engine.instrument.sharing import Sharing
from concsim.engine.instrument.site import ModuleFile
from concsim.engine.instrument.transformer import Transformer
from concsim.model.interpreters import GilPlaces
from concsim.model.programs.injection import inject
from concsim.model.programs.syntax import parse_module

Tree = TypeVar("Tree", ast.Module, ast.Interactive)
"""A file, or a line given to the prompt."""


def instrument(tree: ast.Module, file: ModuleFile, places: GilPlaces | None, rebound: Iterable[str] = ()) -> CodeType:
    """The code of a module with a hook before each visible operation."""
    return compile(instrument_tree(tree, file, places, rebound), file.path, "exec", dont_inherit=True)


def instrument_tree(tree: Tree, file: ModuleFile, places: GilPlaces | None, rebound: Iterable[str] = ()) -> Tree:
    """The same tree with a hook before each visible operation; *places* says where the interpreter lets go, None for anywhere."""
    transformer = Transformer(tree, Sharing(tree, rebound), file)
    tree.body = transformer.visit_body(tree.body)
    return tree if places is None else LetGo(places).visit(tree)  # type: ignore[no-any-return]


def parse(source: str, path: str, parameters: Mapping[str, Any]) -> ast.Module:
    """The tree of a program with its parameters put in."""
    tree = parse_module(source, path)
    inject(tree, parameters)
    return tree


def rebound_attributes(tree: ast.Module) -> set[str]:
    """Names that this file stores into as attributes: of another module, for all one can tell."""
    return {
        node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute) and not isinstance(node.ctx, ast.Load)
    }
