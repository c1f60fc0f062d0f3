"""Where in the program's own text the engine is being called from, and what the program calls what it makes there."""

from __future__ import annotations

import sys
from types import CodeType, FrameType
from typing import Any

from concsim.engine.identity import identity
from concsim.engine.instrument.site import ModuleFile, Site
from concsim.engine.world import World
from concsim.model.events import LINE_BITS
from concsim.model.programs.naming import Namer


class _Span:
    """A position as a syntax tree has it."""

    def __init__(self, line: int, end_line: int, column: int, end_column: int) -> None:
        self.lineno, self.end_lineno, self.col_offset, self.end_col_offset = line, end_line, column, end_column


class Places:
    """The program's files and the sites of calls in them."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.files: dict[str, ModuleFile] = {}
        self._sites: dict[tuple[int, int], tuple[CodeType, Site]] = {}
        self._namer = Namer()
        world.site_here = self.site_here
        world.on_forget.append(self._namer.forget)

    def own_frame(self, frame: FrameType | None) -> FrameType | None:
        """The nearest frame of the program's own, from *frame* outwards."""
        while frame is not None and frame.f_code.co_filename not in self.files:
            frame = frame.f_back
        return frame

    def site_here(self) -> Site | None:
        """The site of the call that the program's innermost frame is in."""
        frame = self.own_frame(sys._getframe(2))
        if frame is None:
            return None
        code = frame.f_code
        key = (identity(code), frame.f_lasti)  # the hash of code is slow
        known = self._sites.get(key)
        if known is None:
            known = self._sites[key] = code, self._new_site(frame)
        return known[1]

    def _new_site(self, frame: FrameType) -> Site:
        positions = list(frame.f_code.co_positions())
        line, end_line, column, end_column = positions[frame.f_lasti // 2]
        line = line or frame.f_lineno or 1
        span: Any = _Span(line, end_line or line, column or 0, end_column or 0)
        site = Site("do", "", span, self.files[frame.f_code.co_filename])
        self._world.recorder.declare_sites(self._world.sites)
        return site

    def is_called_by_program(self) -> bool:
        """Whether the nearest frame outside the engine is the program's own, not a library's."""
        frame = _caller(sys._getframe(1))
        return frame is not None and frame.f_code.co_filename in self.files

    def caller_name(self) -> str:
        """The module of the nearest frame outside the engine."""
        frame = _caller(sys._getframe(1))
        return str(frame.f_globals.get("__name__", "?")) if frame is not None else "?"

    def place_here(self) -> int:
        """File and line of the program's innermost frame, packed; 0 for none."""
        frame = self.own_frame(sys._getframe(1))
        if frame is None:
            return 0
        return self.files[frame.f_code.co_filename].index << LINE_BITS | (frame.f_lineno or 0)

    def name_here(self, kind: str) -> str:
        """What the program calls the thing it is making: the name it assigns it to, else the line."""
        frame = self.own_frame(sys._getframe(1))
        if frame is None:
            return kind
        return self._namer.name_of(frame.f_code.co_filename, frame.f_lineno or 0, kind)


def _caller(frame: FrameType | None) -> FrameType | None:
    while frame is not None and str(frame.f_globals.get("__name__", "")).startswith("concsim.engine"):
        frame = frame.f_back
    return frame
