"""Whether a window can be opened here, found out before Qt is asked: it aborts the process when it cannot.

Qt's platform plugin is loaded as Qt would load it, which names a missing system library; the display is called once.
"""

from __future__ import annotations

import ctypes
import importlib.util
import os
import re
import sys
from pathlib import Path

from concsim.model.words.phrases import Message

_MISSING = re.compile(r"(lib[\w.+-]+\.so[.\d]*): cannot open shared object")


def why_no_window() -> Message | None:
    """Why no window can be opened, None if one can."""
    platform = os.environ.get("QT_QPA_PLATFORM", "").partition(":")[0]
    if sys.platform != "linux" or platform not in ("", "xcb"):
        return None
    display = os.environ.get("DISPLAY", "")
    if not display:
        return None if os.environ.get("WAYLAND_DISPLAY") else Message("why_no_display")
    if library := _missing_library():
        return Message("why_no_library", {"library": library})
    if not _answers(display):
        return Message("why_dead_display", {"display": display})
    return None


def _plugin() -> Path | None:
    spec = importlib.util.find_spec("PySide6")
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        path = Path(folder, "Qt", "plugins", "platforms", "libqxcb.so")
        if path.is_file():
            return path
    return None


def _missing_library() -> str:
    plugin = _plugin()
    if plugin is None:
        return ""
    try:
        ctypes.CDLL(str(plugin))
    except OSError as error:
        found = _MISSING.search(str(error))
        return found[1] if found else str(error)
    return ""


def _answers(display: str) -> bool:
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return True
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connection_has_error.argtypes = xcb.xcb_disconnect.argtypes = [ctypes.c_void_p]
    connection = xcb.xcb_connect(display.encode(), None)
    try:
        return not xcb.xcb_connection_has_error(connection)
    finally:
        xcb.xcb_disconnect(connection)
