"""Widths of a table's columns, worked out from its cells: measuring each cell twice, as browsers do, is half of what a table costs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

LINE, SMALL_LINE, MANY = 116, 150, 9
"""Characters that fit across the page, in the usual size and in the small one; a table of more columns than `MANY` is set small."""
PADDING, LONGEST_WORD, LONGEST_WISH = 3, 22, 90
FITS = 0.9
"""Share of a column's average characters that surely fit: identifiers have more wide letters than sentences."""
SHORT_WORD = 12
"""Characters of a word that stays whole whatever is in it, like the number of a rule."""
HYPHENS, SEPARATORS = re.compile(r"[^-]+-?|-"), re.compile(r"[^/=:_@~.\-]+[/=:_@~.\-]?|[/=:_@~.\-]")
WHOLE, SMALL_WHOLE = 40, 10
"""Characters of a text that wraps between words and after hyphens alone; a longer one wraps after other separators as well."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its share of the table's width, and the characters that a word may have before it needs a place to wrap at."""

    width: str
    room: int


@dataclass(frozen=True, slots=True)
class TableLayout:
    """The columns of a table, and whether it is set in the small size because the usual one leaves its texts too little room."""

    columns: tuple[Column, ...]
    is_small: bool


@dataclass(frozen=True, slots=True)
class _Needs:
    """Characters that each column must have, and would like to have besides."""

    least: list[int]
    wish: list[int]

    def left(self, line: int) -> int:
        return max(0, line - sum(self.least))

    def shared(self, line: int) -> list[float]:
        left, wished = min(self.left(line), sum(self.wish)), sum(self.wish)
        return [room + (wish * left / wished if wish else 0) for room, wish in zip(self.least, self.wish, strict=True)]


def table_layout(headings: Sequence[str], is_number: Sequence[bool], rows: Sequence[Sequence[str]]) -> TableLayout:
    """Room for the longest word or number of each column first, the rest by the length of its longest text.

    A number wishes for its heading in two lines. The small size is for a table of many columns, and for one whose texts would
    get less than a quarter of what they wish beyond that.
    """
    usual = _needs(headings, is_number, rows, WHOLE)
    is_small = len(headings) > MANY or usual.left(LINE) * 4 < sum(usual.wish)
    given = _needs(headings, is_number, rows, SMALL_WHOLE).shared(SMALL_LINE) if is_small else usual.shared(LINE)
    per_character = (SMALL_LINE if is_small else LINE) / sum(given)
    columns = (Column(f"{width * 100 / sum(given):.2f}%", int((width * per_character - PADDING) * FITS)) for width in given)
    return TableLayout(tuple(columns), is_small)


def _needs(headings: Sequence[str], is_number: Sequence[bool], rows: Sequence[Sequence[str]], whole: int) -> _Needs:
    cells = [[row[column] for row in rows] for column in range(len(headings))]
    least = [PADDING + _least(heading, number, texts, whole) for heading, number, texts in zip(headings, is_number, cells, strict=True)]
    wished = [
        -(-len(heading) // 2) if number else _longest(texts) for heading, number, texts in zip(headings, is_number, cells, strict=True)
    ]
    return _Needs(least, [max(0, PADDING + min(wish, LONGEST_WISH) - room) for wish, room in zip(wished, least, strict=True)])


def _least(heading: str, is_number: bool, texts: Sequence[str], whole: int) -> int:
    longest = _longest(texts) if is_number else min(max((_longest_part(text, whole) for text in texts), default=0), LONGEST_WORD)
    return max(longest, *(len(word) for word in heading.split()))


def _longest(texts: Sequence[str]) -> int:
    return max(map(len, texts), default=0)


def _longest_part(text: str, whole: int) -> int:
    """Characters of the longest part that a text is wrapped into when room is short."""
    cuts = HYPHENS if len(text) <= whole else SEPARATORS
    words = text.split()
    return max((len(word) if len(word) <= SHORT_WORD else max(map(len, cuts.findall(word))) for word in words), default=0)
