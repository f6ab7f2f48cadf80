"""Widths of a table's columns, worked out from its cells: measuring each cell twice, as browsers do, is half of what a table costs."""

from __future__ import annotations

import re
from collections.abc import Sequence

LINE, WIDE_LINE, WIDE = 116, 150, 9
"""Characters that fit across the page; a table of more than nine columns is set smaller."""
PADDING, LONGEST_WORD, LONGEST_WISH = 3, 22, 90
WORD, PART = re.compile(r"[^\s-]+-?|-"), re.compile(r"[^\s/=:_@~.\-]+[/=:_@~.\-]?|[/=:_@~.\-]")


def column_widths(headings: Sequence[str], is_number: Sequence[bool], rows: Sequence[Sequence[str]], whole: int) -> list[str]:
    """Per cent of the table for each column: room for its longest word or number first, the rest by the length of its longest text.

    A text of at most `whole` characters wraps between words alone, a longer one after separators as well.
    """
    cells = [[row[column] for row in rows] for column in range(len(headings))]
    least = [PADDING + _least(heading, number, texts, whole) for heading, number, texts in zip(headings, is_number, cells, strict=True)]
    wish = [
        0 if number else max(0, PADDING + min(max(map(len, texts), default=0), LONGEST_WISH) - room)
        for number, texts, room in zip(is_number, cells, least, strict=True)
    ]
    left = max(0, (WIDE_LINE if len(headings) > WIDE else LINE) - sum(least))
    given = [room + (wished * min(left, sum(wish)) / sum(wish) if wished else 0) for room, wished in zip(least, wish, strict=True)]
    return [f"{width * 100 / sum(given):.2f}%" for width in given]


def _least(heading: str, is_number: bool, texts: Sequence[str], whole: int) -> int:
    if is_number:
        longest = max(map(len, texts), default=0)
    else:
        parts = (len(part[0]) for text in texts for part in (WORD if len(text) <= whole else PART).finditer(text))
        longest = min(max(parts, default=0), LONGEST_WORD)
    return max(longest, *(len(word) for word in heading.split()))
