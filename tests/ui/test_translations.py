"""Both languages: complete, up to date, and switched while the window runs."""

from __future__ import annotations

import ast
import importlib.util
import re
import shutil
import string
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from PySide6.QtCore import QFile, QIODevice, QTranslator
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QTabBar, QWidget

from concsim.control.catalogue import read_catalogue
from concsim.model.words.phrase_table import PHRASES
from concsim.ui import resources_rc
from concsim.ui.application import Application

ROOT = Path(__file__).resolve().parents[2]
UI = ROOT / "concsim" / "ui"
TS = ROOT / "resources" / "translations" / "concsim_zh.ts"
QM = TS.with_suffix(".qm")
PLACEHOLDER = re.compile(r"\{[^{}]*\}|%n|%\d")
LETTERS = re.compile(r"[^\W\d_]{2,}")
CHINESE = r"[\u4e00-\u9fff]"


def load_update():
    """resources/update.py as a module."""
    spec = importlib.util.spec_from_file_location("update_resources", ROOT / "resources" / "update.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


update = load_update()


class Entry(NamedTuple):
    """One message of a .ts file."""

    context: str
    source: str
    comment: str
    translation: str
    type: str


def entries_of(ts: Path) -> list[Entry]:
    """Every message of a .ts file."""
    return [
        Entry(
            context.findtext("name", ""), message.findtext("source", ""), message.findtext("comment", ""),
            message.findtext("translation", ""), message.find("translation").get("type", ""),
        )
        for context in ElementTree.parse(ts).getroot().iter("context")
        for message in context.iter("message")
    ]  # fmt: skip


ENTRIES = entries_of(TS)


def resource_bytes(name: str) -> bytes:
    """What the resource module holds under a name."""
    file = QFile(f":/{name}")
    assert file.open(QIODevice.OpenModeFlag.ReadOnly), name
    return file.readAll().data()


# the files that Qt's tools make


def test_the_texts_were_collected_and_all_are_translated(tmp_path):
    copy = Path(shutil.copy(TS, tmp_path))
    update.collect(copy)
    assert sorted(entries_of(copy)) == sorted(ENTRIES), "run python resources/update.py, then translate what is new"
    assert [one for one in ENTRIES if one.type or not one.translation or not one.context] == []


def test_the_compiled_translation_is_of_these_texts(tmp_path, qapp):
    fresh_path = tmp_path / "fresh.qm"
    update.compile_translation(TS, fresh_path)
    committed, fresh = QTranslator(), QTranslator()
    assert committed.load(str(QM)) and fresh.load(str(fresh_path))
    for one in ENTRIES:
        said = committed.translate(one.context, one.source, one.comment)
        assert said == one.translation == fresh.translate(one.context, one.source, one.comment), one.source


def test_the_resource_module_holds_these_files(tmp_path):
    assert resource_bytes("translations/concsim_zh.qm") == QM.read_bytes()
    assert resource_bytes("icons/concsim.svg") == (ROOT / "resources" / "icons" / "concsim.svg").read_bytes()
    packed = tmp_path / "packed.py"
    update.pack(packed)
    committed = Path(resources_rc.__file__).read_text(encoding="utf-8")
    assert without_comments(packed.read_text(encoding="utf-8")) == without_comments(committed)


def without_comments(source: str) -> str:
    """The code alone: rcc names its version in a comment."""
    return "\n".join(line for line in source.splitlines() if not line.startswith("#"))


# what translations say


@pytest.mark.parametrize("one", ENTRIES, ids=[f"{one.context}: {one.source[:40]}" for one in ENTRIES])
def test_a_translation_keeps_what_is_filled_in(one):
    assert set(PLACEHOLDER.findall(one.source)) == set(PLACEHOLDER.findall(one.translation))
    for kept in (r"\*(?:\.\w+)?", r"\bF\d+\b", r"&(?=\w)", "…$", "^[▶■●]"):
        assert re.findall(kept, one.source) == re.findall(kept, one.translation), kept


@pytest.mark.parametrize("one", ENTRIES, ids=[f"{one.context}: {one.source[:40]}" for one in ENTRIES])
def test_a_translation_is_set_as_chinese_is(one):
    must_be_well_set(one.translation)


@pytest.mark.parametrize("code", PHRASES)
def test_a_phrase_names_the_same_values_in_both_languages(code):
    english, chinese = PHRASES[code]
    assert values_named(english) == values_named(chinese)
    must_be_well_set(chinese)


def must_be_well_set(text: str) -> None:
    """Fail if a Chinese text has half-width punctuation, or no space between Chinese and Latin."""
    assert not re.search(rf"{CHINESE}[,;:!?.](?!\w)", text), f"half-width punctuation: {text}"
    assert not re.search(rf"{CHINESE}[A-Za-z0-9{{]|[A-Za-z0-9}}]{CHINESE}", text), f"no space: {text}"


def values_named(text: str) -> set[tuple[str, str]]:
    """The values that a phrase names, each with how it is written; a word chosen by a number is none."""
    parts = string.Formatter().parse(text)
    return {(name, spec or "") for _, name, spec, _ in parts if name is not None and "|" not in (spec or "")}


def test_one_word_for_one_thing():
    words: dict[str, set[str]] = {}
    for one in ENTRIES:
        words.setdefault(one.source, set()).add(one.translation)
    assert {source: said for source, said in words.items() if len(said) > 1} == {}


# switching


def choose_language(built: Application, code: str) -> None:
    """Choose it in the menu."""
    action = next(one for one in built.menu.findChildren(QAction) if one.data() == code)
    action.trigger()
    QApplication.processEvents()



def plain(text: str) -> str:
    """A text without markup and without the shortcut behind it."""
    return re.sub(r" \((?:Ctrl|Shift|F\d)[^)]*\)$", "", without_markup(text)).replace("&&", "&").strip()


def without_markup(text: str) -> str:
    """A text without tags and entities."""
    return re.sub(r"<[^>]*>|&\w+;", "", text)


def shown_texts(window: QWidget) -> dict[str, str]:
    """The texts that can be seen now, and their tooltips, by where they are."""
    found: dict[str, str] = {}
    for index, widget in enumerate(window.findChildren(QWidget)):
        if not widget.isVisible():
            continue
        where = f"{type(widget).__name__} {index}"
        if isinstance(widget, (QLabel, QAbstractButton)):
            found[where] = plain(widget.text())
        if isinstance(widget, QLineEdit):
            found[where] = widget.placeholderText()
        if isinstance(widget, QTabBar):
            found |= {f"{where} tab {tab}": plain(widget.tabText(tab)) for tab in range(widget.count())}
        found[f"{where} tip"] = plain(widget.toolTip())
    return {where: text for where, text in found.items() if LETTERS.search(text)}


def english_in(texts: dict[str, str]) -> dict[str, str]:
    """Those that are English although there is a translation."""
    patterns = [
        re.compile(".*?".join(re.escape(part) for part in PLACEHOLDER.split(plain(one.source))), re.DOTALL)
        for one in ENTRIES
        if plain(one.source) != plain(one.translation) and LETTERS.search(PLACEHOLDER.sub("", one.source))
    ]
    return {where: text for where, text in texts.items() if any(one.fullmatch(text) for one in patterns)}


def test_switching_leaves_no_english_and_comes_back(built, tmp_path):
    window = built.window
    script = tmp_path / "script.py"
    script.write_text("print()\n")
    places = [lambda: window.show_scenario("races.lost_update"), lambda: window.show_script(script)]
    for go in places:
        go()
        QApplication.processEvents()
        before = shown_texts(window)
        assert len(english_in(before)) >= 15
        choose_language(built, "zh")
        chinese = shown_texts(window)
        assert english_in(chinese) == {}
        changed = {where.split()[0] for where in before if before[where] != chinese.get(where)}
        assert {"QTabBar", "QPushButton", "QCheckBox", "QLabel", "QToolButton", "CornerMenu"} <= changed
        choose_language(built, "en")
        assert shown_texts(window) == before
    assert built.preferences.language == "en"


def test_switching_a_run_translates_what_its_views_say(built, qtbot):
    window = built.window
    stage = window.show_scenario("races.lost_update")
    stage.start()
    qtbot.waitUntil(lambda: all(one.has_drawn() for one in stage.views), timeout=30_000)
    stage.stop()
    qtbot.waitUntil(lambda: stage.run.is_at_rest, timeout=10_000)  # the last events have come and been drawn
    before = shown_texts(window)
    assert any("median" in text for text in before.values())
    choose_language(built, "zh")
    chinese = shown_texts(window)
    assert english_in(chinese) == {}
    assert any("中位数" in text for text in chinese.values())
    choose_language(built, "en")
    assert shown_texts(window) == before


class Brackets(QTranslator):
    """A language that puts brackets around every text."""

    def isEmpty(self) -> bool:
        return False

    def translate(self, context: str, text: str, disambiguation: str | None = None, n: int = -1) -> str:
        return f"⟦{text}⟧"


def programs_own_texts() -> set[str]:
    """What programs bring along in both languages: titles, labels, names."""
    found = set()
    for program in read_catalogue():
        found |= {program.title("en"), program.block.blurb.get("en", ""), program.path.name}
        found |= {f"{program.block.blurb.get('en', '')}\n{program.id}", *program.block.watch}
        for parameter in program.parameters:
            found |= {parameter.name, (parameter.label or {}).get("en", ""), *map(str, parameter.choices)}
    return found


def test_everything_the_window_says_can_be_translated(built, qtbot):
    window = built.window
    translator = Brackets()
    QApplication.installTranslator(translator)
    try:
        seen = {}
        for id in ("races.lost_update", "deadlock.two_locks", "conditions.market"):
            window.show_scenario(id)
            QApplication.processEvents()
            seen |= {f"{id} {where}": text for where, text in shown_texts(window).items()}
        window.tabs.setCurrentWidget(window.script_page)
        QApplication.processEvents()
        seen |= {f"script {where}": text for where, text in shown_texts(window).items()}
    finally:
        QApplication.removeTranslator(translator)
    own = programs_own_texts() | {"package.module"}
    bypassed = {where: text for where, text in seen.items() if "⟦" not in text and text not in own}
    assert len(seen) > 60
    assert bypassed == {}


# the code

SHOWING = {
    "setText", "setToolTip", "setStatusTip", "setWhatsThis", "setWindowTitle", "setTitle", "setPlaceholderText",
    "setAccessibleName", "setAccessibleDescription", "setTabText", "setTabToolTip", "setNameFilter", "setMarkdown",
    "setHtml", "setPlainText", "setPrefix", "setSuffix", "setHorizontalHeaderLabels", "setLabel", "setLabelText",
    "setInformativeText", "addAction", "addMenu", "addTab", "insertTab", "addItem", "addItems", "drawText", "draw_word",
    "showText", "showMessage", "say", "emit", "QLabel", "QPushButton", "QCheckBox", "QRadioButton", "QToolButton",
    "QAction", "QMenu", "QGroupBox", "QListWidgetItem", "QTableWidgetItem", "QFileDialog", "information", "warning",
    "critical", "question",
}  # fmt: skip
SHOWING_NAMED = {"text", "toolTip", "statusTip", "windowTitle", "title", "placeholderText", "suffix", "prefix"}
TRANSLATING = {"tr", "translate", "QT_TRANSLATE_NOOP", "QT_TR_NOOP"}
ALLOWED = {
    "concsim",  # the program's name
    "package.module",  # what a module is called in Python
    " (Ctrl+O)",  # a key
}


def name_called(call: ast.Call) -> str:
    """The last part of what is called."""
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def literals_in(node: ast.AST) -> Iterator[ast.Constant]:
    """The literals that an expression's text is made of; what is translated is left out."""
    match node:
        case ast.Constant(value=str()):
            yield node
        case ast.Call() if name_called(node) in TRANSLATING:
            return
        case ast.Call(func=ast.Attribute(value=inner)):
            yield from literals_in(inner)
        case ast.JoinedStr() | ast.BinOp() | ast.BoolOp() | ast.List() | ast.Tuple() | ast.Starred() | ast.NamedExpr():
            for child in ast.iter_child_nodes(node):
                yield from literals_in(child)
        case ast.IfExp(body=first, orelse=second):
            yield from literals_in(first)
            yield from literals_in(second)
        case ast.FormattedValue(value=inner):
            yield from literals_in(inner)


def untranslated(source: str) -> list[tuple[int, str]]:
    """The literals with two or more letters that a person would see as they are, each with its line."""
    found = []
    for call in ast.walk(ast.parse(source)):
        if not isinstance(call, ast.Call):
            continue
        shown = list(call.args) if name_called(call) in SHOWING else []
        if name_called(call).startswith("Q"):
            shown += [one.value for one in call.keywords if one.arg in SHOWING_NAMED]
        for one in shown:
            found += [(part.lineno, part.value) for part in literals_in(one) if LETTERS.search(without_markup(part.value))]
    return [(line, text) for line, text in found if text not in ALLOWED]


def sources() -> list[Path]:
    """The window's modules."""
    return sorted(path for path in UI.rglob("*.py") if path.name != "resources_rc.py")


@pytest.mark.parametrize("path", sources(), ids=lambda path: str(path.relative_to(UI)))
def test_no_text_bypasses_translation(path):
    assert untranslated(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", sources(), ids=lambda path: str(path.relative_to(UI)))
def test_lupdate_has_found_every_text(path):
    """It reads no call inside an f-string, and no text that is not a literal."""
    collected = {one.source for one in ENTRIES}
    for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(call, ast.Call) and name_called(call) in TRANSLATING:
            text = call.args[0 if name_called(call) in ("tr", "QT_TR_NOOP") else 1]
            if isinstance(text, ast.Constant):
                assert text.value in collected, f"line {call.lineno}"
            else:
                assert path.name == "topics.py", f"line {call.lineno}: not a literal"


def test_the_check_sees_what_it_should():
    assert untranslated('label.setText("Run")') == [(1, "Run")]
    assert untranslated('label.setText(f"{count} items")') == [(1, " items")]
    assert untranslated('label.setText(self.tr("Run") if ready else "Wait " + name)') == [(1, "Wait ")]
    assert untranslated('QPushButton(text="Stop")') == [(1, "Stop")]
    assert untranslated('TemporaryDirectory(prefix="some-")') == []
    assert untranslated('notice.say("No {name}".format(name=name))') == [(1, "No {name}")]
    assert untranslated('label.setText(self.tr("Run") + " · "); label.setObjectName("primary"); label.setText("▶ 1")') == []
