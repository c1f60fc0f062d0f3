"""Printed lines: who printed each can be seen, and a copy is what was printed. The headline of a run that failed."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from concsim.bridge.run_model import RunModel
from concsim.bridge.stepper import Stepper
from concsim.model import events
from concsim.model.folding import history
from concsim.ui.output import output_view
from concsim.ui.output.output_cut import LETTERS_A_FRAME, LONGEST_LINE
from concsim.ui.output.output_view import OutputView
from concsim.ui.painting.theme import Theme
from concsim.ui.stage.sentence_bar import SentenceBar
from concsim.ui.text.language import Language
from tests.ui.views_fixtures import BEGAN, FIRST, MAIN, MS, actor, begin, fold, program_of


@pytest.fixture
def output(qtbot) -> OutputView:
    run = RunModel()
    view = OutputView(run, Theme(run))
    qtbot.addWidget(view)
    view.resize(400, 300)
    view.show()
    begin(run)
    fold(run, actor(MAIN, "main", "MainThread"), actor(FIRST, "t1", "greeter"))
    view.run = run
    return view


def say(view: OutputView, who: int, text: str, stream: str = "stdout") -> None:
    fold(view.run, events.OutputPrinted(BEGAN, stream, text, who))
    view.run.changed.emit()
    QApplication.processEvents()


def signatures(view: OutputView) -> list[tuple[str, str, bool]]:
    document = view._text.document()
    blocks = [document.findBlockByNumber(number) for number in range(document.blockCount())]
    return [(block.text(), *view._text.signature(block)) for block in blocks if block.text()]


def test_one_printing_actor_needs_no_margin(output):
    say(output, MAIN, "one\ntwo\n")
    assert output._text.margin_width() == 0 and not output._text._margin.isVisible()


def test_each_line_has_who_printed_it_and_the_text_stays_as_printed(output):
    say(output, MAIN, "one\ntwo ")
    say(output, FIRST, "and three\nfour\n")
    say(output, MAIN, "five\n")
    assert signatures(output) == [
        ("one", "MainThread", False), ("two and three", "MainThread", False), ("four", "greeter", False),
        ("five", "MainThread", False),
    ]  # fmt: skip
    assert output.text == "one\ntwo and three\nfour\nfive\n"
    assert output._text._margin.isVisible() and output._text.viewportMargins().left() == output._text.margin_width() > 60
    output._text.selectAll()
    assert output._text.textCursor().selection().toPlainText() == output.text


def test_an_error_line_has_a_sign_besides_its_colour(output):
    say(output, MAIN, "fine\n")
    say(output, MAIN, "bad\n", "stderr")
    assert [error for _, _, error in signatures(output)] == [False, True]
    assert 0 < output._text.margin_width() < 60 and not output._text.names_shown
    place = output._text._area(output._text.document().findBlockByNumber(1)).center().y()
    assert output._text.describe(place) == "MainThread, to the error stream"
    picture = output._text._margin.grab().toImage()
    danger = output._theme.colours.danger
    rows = range(place - 8, place + 8)
    assert any(picture.pixelColor(x, y).name() == danger for x in range(picture.width()) for y in rows)


def test_another_run_begins_without_margin(output):
    say(output, MAIN, "one\n")
    say(output, FIRST, "two\n")
    output.run.show_program(None)
    assert output.text == "" and output._text.margin_width() == 0


# much output


def test_one_very_long_line_is_broken_and_only_its_newest_part_is_shown(output):
    say(output, MAIN, "x" * 3_000_000 + "end\n")
    lines = output.text.split("\n")
    assert "2,800,004 characters are not shown" in lines[0]
    assert max(map(len, lines)) <= LONGEST_LINE and lines[-2].endswith("xend")
    assert sum(map(len, lines[1:])) <= LETTERS_A_FRAME


def test_a_line_printed_in_pieces_is_broken_too(output):
    for _ in range(5):
        say(output, MAIN, "y" * 1_000)
    assert [len(line) for line in output.text.split("\n")] == [LONGEST_LINE, 1_000]


def test_output_is_only_added_to_when_the_history_has_dropped_its_oldest(output, monkeypatch):
    monkeypatch.setattr(history, "OUTPUT_BUDGET", 100)
    forgotten = []
    monkeypatch.setattr(output._text, "forget", lambda: forgotten.append(1))
    for number in range(50):
        say(output, MAIN, f"line {number}\n")
    assert output.run.history.output_dropped > 0 and not forgotten
    assert output.text == "".join(f"line {number}\n" for number in range(50))


def test_more_than_can_be_shown_lets_go_of_the_oldest(output, monkeypatch):
    monkeypatch.setattr(output_view, "SHOWN_LETTERS", 400)
    for number in range(100):
        say(output, MAIN, f"line {number}\n")
    assert len(output.text) <= 401 and output.text.startswith("line ") and output.text.endswith("line 99\n")


ODD = "\n\tThis would block for ever\n\tHub: <Hub '' at 0x7f00 epoll>\n\tHandles:\n[]"


def test_that_the_headline_has_the_first_line_of_an_error_and_the_tooltip_all(qtbot, tmp_path):
    run = RunModel()
    run.program = program_of(tmp_path, "")
    begin(run)
    fold(run, actor(MAIN, "main", "MainThread"), events.ErrorRaised(BEGAN + MS, MAIN, "LoopExit", ODD, 0, ""))
    fold(run, events.RoundEnded(BEGAN + 2 * MS, 1, "failed", 1))
    bar = SentenceBar(run, Stepper(run, lambda *_: None), Language("en"), Theme())
    bar.resize(900, 60)
    qtbot.addWidget(bar)
    bar.show()
    bar.refresh()
    said = bar.label.text()
    assert "LoopExit: This would block for ever …" in said and "Hub" not in said and "\n" not in said and "\t" not in said
    assert "Handles:" in bar.label.toolTip() and "&lt;Hub" in bar.label.toolTip()
