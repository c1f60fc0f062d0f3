"""Colours for Python code, by Pygments' tokens."""

from __future__ import annotations

from PySide6.QtGui import QColor, QFont, QSyntaxHighlighter, QTextCharFormat, QTextDocument

from concsim.ui.painting.theme import Theme

Spans = dict[int, list[tuple[int, int, str]]]


def token_spans(source: str) -> Spans:
    """For each line (from 0), the spans (start, length, colour name) that Pygments finds; UTF-16 units, as Qt counts."""
    from pygments.lexers.python import PythonLexer
    from pygments.token import Comment, Keyword, Literal, Name, Number, Operator, String, Token

    colours = (
        (Comment, "code_comment"), (Keyword, "code_keyword"), (Operator.Word, "code_keyword"),
        (String, "code_string"), (Number, "code_number"), (Name.Function, "code_name"), (Name.Class, "code_name"),
        (Name.Decorator, "code_name"), (Literal, "code_string"), (Token, ""),
    )  # fmt: skip
    spans: Spans = {}
    line = column = 0
    for token, text in PythonLexer(stripnl=False, ensurenl=False).get_tokens(source):
        colour = next(name for kind, name in colours if token in kind)
        for index, part in enumerate(text.split("\n")):
            if index:
                line, column = line + 1, 0
            length = len(part.encode("utf-16-le")) // 2
            if colour and length:
                spans.setdefault(line, []).append((column, length, colour))
            column += length
    return spans


class Highlighter(QSyntaxHighlighter):
    """Colours a document by the spans of its source."""

    def __init__(self, document: QTextDocument, theme: Theme) -> None:
        super().__init__(document)
        self._theme = theme
        self._spans: Spans = {}

    def show_spans(self, spans: Spans) -> None:
        """Colour by these spans."""
        self._spans = spans
        self.rehighlight()

    def highlightBlock(self, text: str) -> None:
        for start, length, name in self._spans.get(self.currentBlock().blockNumber(), ()):
            look = QTextCharFormat()
            look.setForeground(QColor(self._theme.colour(name)))
            if name == "code_keyword":
                look.setFontWeight(QFont.Weight.DemiBold)
            if name == "code_comment":
                look.setFontItalic(True)
            self.setFormat(start, length, look)
