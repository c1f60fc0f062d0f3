"""The sentences that the command line and the window share, in English and Chinese side by side.

The window's own texts are translated by Qt Linguist; these are needed where no Qt is. A message travels as its code
and values and is put into words where it is shown, in the language shown there.
"""

from __future__ import annotations

import os
import re
import string
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from concsim.model.words.phrase_table import PHRASES

LONGEST, LONGEST_SAID = 300, 20_000
"""Characters of one value: in what is said of bad input, and in anything that is said."""
MOST_BITS = 1024
SAID_WHOLE = ("first_failure",)
"""Sentences whose value is there to be copied."""
AS_THEY_STAND = {"failed_error": "text", "step_line_source": "source"}
"""Values that are a program's own lines, and are shown as it wrote them."""
_UNSEEN = re.compile("[\0-\x1f\x7f-\x9f\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
"""Characters that end a line, command a terminal or turn the direction of what is written."""
_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True)
class Message:
    """A sentence to be said: its code in the table and the values it names."""

    code: str
    values: Mapping[str, Any] = field(default_factory=dict)


def say(message: Message, language: str) -> str:
    """The sentence in a language ("en", "zh"); a code that is in no table is shown as it is."""
    pair = PHRASES.get(message.code)
    if pair is None:
        return message.code
    values = {
        name: say(value, language) if isinstance(value, Message) else value for name, value in message.values.items()
    }
    if message.code not in SAID_WHOLE:
        values = {name: shorten(value, LONGEST_SAID) for name, value in values.items()}
    kept = AS_THEY_STAND.get(message.code)
    values = {name: value if name == kept else visible(value) for name, value in values.items()}
    return put_in(pair[1 if language == "zh" else 0], _Values(values))


def visible(value: Any) -> Any:
    """A value as it stands in a sentence on one line: a line break in a name is written out, as ``\\n``."""
    if not isinstance(value, str):
        return value
    return _UNSEEN.sub(lambda found: found[0].encode("unicode_escape").decode("ascii"), value)


def shorten(value: Any, most: int = LONGEST) -> Any:
    """A value as a sentence can name it: of a long text, or of a number of very many digits, the beginning and the end."""
    if isinstance(value, int) and value.bit_length() > MOST_BITS:
        value, most = hex(value), min(most, LONGEST)
    if isinstance(value, (int, float)):
        return value
    text = value if isinstance(value, str) else str(value)
    return text if len(text) <= most else f"{text[: most * 2 // 3]} … {text[-(most // 3) :]}"


def short_message(message: Message, most: int = LONGEST) -> Message:
    """A message whose values, and theirs, are no longer than that: nobody reads on, and a label chokes on it."""
    short = {
        name: short_message(value, most) if isinstance(value, Message) else shorten(value, most)
        for name, value in message.values.items()
    }
    return Message(message.code, short)


class _Formatter(string.Formatter):
    def format_field(self, value: Any, spec: str) -> str:
        one, bar, many = spec.partition("|")
        if bar:
            return one if value == 1 else many
        try:
            if any(len(digits) > 3 or int(digits) > LONGEST for digits in _NUMBER.findall(spec)):
                raise ValueError(spec)  # a width or a precision that fills the memory
            return str(super().format_field(value, spec))
        except (ValueError, TypeError, OverflowError):  # of a recording that somebody has changed, perhaps
            return str(value)


_FORMATTER = _Formatter()


def put_in(text: str, values: Mapping[str, Any]) -> str:
    """A text with its values filled in; ``{count:step|steps}`` is the one word for 1 and the other for other numbers."""
    if "|" not in text:
        try:
            return text.format_map(values)
        except (ValueError, TypeError, OverflowError):
            pass
    return _FORMATTER.vformat(text, (), values)


class _Values(dict[str, Any]):
    """Values for a sentence; one that is missing shows as its name instead of breaking the sentence."""

    def __missing__(self, key: str) -> str:
        return "{" + key + "}"


def user_language(environment: Mapping[str, str] = os.environ) -> str:
    """The user's language by the usual variables: "zh" or "en"."""
    for name in ("CONCSIM_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        if value := environment.get(name):
            return "zh" if value.lower().startswith("zh") else "en"
    return "en"


def fill(template: Mapping[str, str], values: Mapping[str, Any], language: str) -> str:
    """A program's own summary with its values filled in, "" if it has none or asks for something that is not there."""
    text = template.get(language) or template.get("en") or ""
    try:
        return str(shorten(_FORMATTER.vformat(text, (), values), LONGEST_SAID))
    except (KeyError, ArithmeticError, ValueError, TypeError, IndexError, AttributeError):
        return ""
