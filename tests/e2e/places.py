"""Where a person would click: printed by a window of the same size on the same screen, for one that is used from outside.

``python -m tests.e2e.places SCENARIO MODE WIDTH HEIGHT FOLDER``: a JSON object of names and [x, y] in the window.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QPoint, QRect, QSettings
from PySide6.QtWidgets import QApplication, QSlider, QStyle, QStyleOptionSlider, QWidget

from concsim.ui.application import Application, make_application


def main(id: str, mode: str, width: int, height: int, folder: Path) -> None:
    application = make_application(["concsim"])
    made = Application(application, QSettings(str(folder / "twin.ini"), QSettings.Format.IniFormat), folder)
    window = made.window
    window.show()
    window.resize(width, height)
    until(application, lambda: window.views_ready and window.width() == width)
    page = window.page(id.partition(".")[0])
    index = window.tabs.indexOf(page)
    bar = window.tabs.tabBar()
    found = {"tab": of(window, bar, bar.tabRect(index).center())}
    window.tabs.setCurrentIndex(index)
    until(application, page.list.isVisible)
    application.processEvents()
    page.choose(id)
    area = page.list.visualItemRect(page.list.currentItem())
    assert page.list.verticalScrollBar().maximum() == 0, "the row may be elsewhere in a list that scrolls"
    found["row"] = of(window, page.list.viewport(), area.center())
    stage = window.show_scenario(id)
    settle(application)
    found["step"] = of(window, stage.run_bar.mode.buttons["step"])
    found["live"] = of(window, stage.run_bar.mode.buttons["live"])
    if mode == "step":
        stage.run_bar.mode.buttons["step"].click()
        settle(application)
    found["run"] = of(window, stage.run_bar.run_button)
    for slider in stage.run_bar.parameters.findChildren(QSlider):
        if slider.isVisible():
            for name, value in (("least", slider.minimum()), ("now", slider.value()), ("most", slider.maximum())):
                found[f"slider {name}"] = of(window, slider, handle(slider, value).center())
            break
    print(json.dumps(found), flush=True)
    made.close()


def handle(slider: QSlider, value: int) -> QRect:
    """Where the slider's handle is at a value."""
    option = QStyleOptionSlider()
    slider.initStyleOption(option)
    option.sliderPosition = option.sliderValue = value
    return slider.style().subControlRect(QStyle.ComplexControl.CC_Slider, option, QStyle.SubControl.SC_SliderHandle, slider)


def of(window: QWidget, widget: QWidget, point: QPoint | None = None) -> tuple[int, int]:
    """A point of a widget, its middle, in the window."""
    place = widget.mapTo(window, widget.rect().center() if point is None else point)
    return place.x(), place.y()


def settle(application: QApplication) -> None:
    """Until nothing more is laid out."""
    for _ in range(20):
        application.processEvents()


def until(application: QApplication, condition: Callable[[], bool]) -> None:
    """Let the window work until something is true."""
    while not condition():
        application.processEvents()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]), Path(sys.argv[5]))
