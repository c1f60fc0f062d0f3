"""The window is on the screen before what is heavy to import."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

FIRST_PAINT = """
import json, os, sys
from pathlib import Path
from PySide6.QtCore import QSettings
from concsim.ui.application import Application, make_application
application = make_application([])
folder = Path(sys.argv[1])
built = Application(application, QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat), folder)
def look():
    page = built.window.tabs.currentWidget()
    print(json.dumps({
        "heavy": [name for name in ("numpy", "pyqtgraph", "gevent", "pygments.lexers") if name in sys.modules],
        "scenarios": page.list.count(),
        "run": page.stage.run_bar.run_button.isEnabled() and page.stage.run_bar.run_button.isVisible(),
    }), flush=True)
    os._exit(0)
built.window.painted.connect(look)
built.window.show()
application.exec()
"""


def test_that_the_first_paint_has_list_and_run_button_and_nothing_heavy(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", FIRST_PAINT, str(tmp_path)], capture_output=True, text=True, timeout=60)
    assert json.loads(done.stdout) == {"heavy": [], "scenarios": 4, "run": True}, done.stderr
