"""What of a program's output is shown: the newest of it, in lines that can be laid out."""

from __future__ import annotations

from concsim.model.events import OutputPrinted

SHOWN_BLOCKS = 5_000
LONGEST_LINE = 4_000
LETTERS_A_FRAME = 200_000


def broken(text: str, column: int) -> str:
    """*text* with its lines broken where they grow too long to lay out; its first line goes on at *column*."""
    if column + len(text) <= LONGEST_LINE:
        return text
    lines = []
    for line in text.split("\n"):
        first = max(LONGEST_LINE - column, 0)
        parts = [line[:first], *(line[at : at + LONGEST_LINE] for at in range(first, len(line), LONGEST_LINE))]
        lines.append("\n".join(parts))
        column = 0
    return "\n".join(lines)


def newest_of(printed: list[OutputPrinted]) -> tuple[list[tuple[OutputPrinted, str]], int]:
    """What of it is shown, as (a record, its text and that of those like it that follow), and how much is left out."""
    letters = lines = 0
    kept: list[tuple[OutputPrinted, list[str]]] = []
    for one in reversed(printed):
        if letters >= LETTERS_A_FRAME or lines >= SHOWN_BLOCKS:
            break
        text = one.text[max(len(one.text) - LETTERS_A_FRAME + letters, 0) :]
        letters, lines = letters + len(text), lines + text.count("\n")
        if kept and (kept[-1][0].actor, kept[-1][0].stream) == (one.actor, one.stream):
            kept[-1][1].append(text)
        else:
            kept.append((one, [text]))
    left_out = 0 if lines >= SHOWN_BLOCKS else sum(len(one.text) for one in printed) - letters
    return [(one, "".join(reversed(texts))) for one, texts in reversed(kept)], left_out
