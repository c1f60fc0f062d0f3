"""A call made in the name of a frame: what the interpreter warns of on the way is said of that frame's line."""

from __future__ import annotations

from types import FrameType
from typing import Any, Optional

from concsim.model.own_work import BETWEEN


def call_from(frame: Optional[FrameType], function: Any, *arguments: Any) -> Any:
    """Call *function* so that *frame* seems to call it; the frame in between is called `BETWEEN`."""
    if frame is None:
        return function(*arguments)
    line = frame.f_lineno or 1
    code = compile("\n" * (line - 1) + "function(*arguments)", frame.f_code.co_filename, "eval", dont_inherit=True)
    return eval(code.replace(co_name=BETWEEN), frame.f_globals, {"function": function, "arguments": arguments})
