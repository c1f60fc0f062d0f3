"""Each program has a lesson in both languages, of the same shape, and the catalogue holds nothing else."""

import re
from pathlib import Path

import pytest

CATALOGUE = Path(__file__).resolve().parents[2] / "concsim" / "catalogue"
PROGRAMS = sorted(CATALOGUE.glob("*/*.py"))
HEADINGS = {
    "en": ["What it shows", "What to look for", "Try", "Why"],
    "zh": ["讲什么", "看什么", "试一试", "为什么"],
}
LENGTHS = {"en": range(150, 351), "zh": range(250, 601)}


def length(text, language):
    """Words of an English text, Chinese characters of a Chinese one."""
    return len(text.split() if language == "en" else re.findall(r"[\u4e00-\u9fff]", text))


def sections(text):
    """The text below each second-level heading."""
    parts = re.split(r"(?m)^## (.+)$", text)[1:]
    return dict(zip(parts[::2], parts[1::2]))


@pytest.fixture(params=PROGRAMS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def program(request):
    return request.param


@pytest.fixture(params=["en", "zh"])
def language(request):
    return request.param


@pytest.fixture
def lesson(program, language):
    return program.with_name(f"{program.stem}.{language}.md").read_text(encoding="utf-8")


def test_a_lesson_begins_with_the_title_of_its_program(program, language, lesson):
    title = re.search(rf'(?m)^# title = .*\b{language} = "([^"]+)"', program.read_text(encoding="utf-8"))[1]

    assert lesson.startswith(f"# {title}\n")


def test_a_lesson_has_the_four_headings_in_order(language, lesson):
    assert re.findall(r"(?m)^## (.+)$", lesson) == HEADINGS[language]


def test_no_section_of_a_lesson_is_empty(lesson):
    assert all(text.strip() for text in sections(lesson).values())


def test_a_lesson_is_neither_a_note_nor_a_chapter(language, lesson):
    assert length(lesson, language) in LENGTHS[language]


def test_the_upper_case_names_a_lesson_speaks_of_are_in_the_program(program, lesson):
    source = program.read_text(encoding="utf-8")
    named = set(re.findall(r"(?<![\w`])`([A-Z][A-Z_]{2,})`|\*([A-Z][A-Z_]{2,})\*", lesson))

    assert all((code or slider) in source for code, slider in named)


def test_the_catalogue_holds_no_stray_file():
    expected = {CATALOGUE / "__init__.py"}
    for path in PROGRAMS:
        expected |= {path, path.with_name(f"{path.stem}.en.md"), path.with_name(f"{path.stem}.zh.md")}
    found = {path for path in CATALOGUE.rglob("*") if path.is_file() and "__pycache__" not in path.parts}

    assert found == expected


@pytest.mark.parametrize("stem", ["gevent_no_wait", "gevent_sleep", "gevent_blocked", "gevent_patched"])
def test_a_lesson_says_which_lane_of_greenlets_without_names_is_which_dish(stem, language):
    path = CATALOGUE / "coroutines" / f"{stem}.py"
    dishes = re.findall(r'"(\w+)": ROUNDS', path.read_text(encoding="utf-8"))
    words = {"tea": "茶", "rice": "饭", "soup": "汤"}
    lesson = path.with_name(f"{stem}.{language}.md").read_text(encoding="utf-8")
    for index, dish in enumerate(dishes):
        said = rf"greenlets\[{index}\] (is )?the {dish}\b" if language == "en" else rf"greenlets\[{index}\] 是{words[dish]}"
        assert re.search(said, lesson), said
