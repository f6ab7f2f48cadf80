"""Read the tables of a DESNZ full set workbook: every printed number with its table, names, band, unit and cell.

Every table has the same build: a heading row "Activity, ..., Unit, kg CO2e, ...", above it a band (fuel, loading, treatment) for each
group of value columns, below it the rows, ended by a row without unit. Anything else is refused with sheet and cell.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from reporting.importers.writer import LayoutChangedError

TOTAL_HEADING = "kg CO2e"
GAS_OF_HEADING = {
    TOTAL_HEADING: "CO2e",
    "kg CO2e of CO2 per unit": "CO2",
    "kg CO2e of CH4 per unit": "CH4",
    "kg CO2e of N2O per unit": "N2O",
}
NAME_HEADINGS = frozenset({"Fuel", "Type", "Country", "Emission", "Material", "Waste type", "Haul", "Class", "Size"})
HEAD_ROWS = 8
"""Rows of title, scope, version and year above the guidance and the tables."""

Row = Sequence[object]


@dataclass(frozen=True, slots=True)
class Printed:
    """One printed number with its heading and cell."""

    heading: str
    value: Decimal
    address: str


@dataclass(frozen=True, slots=True)
class Line:
    """The printed numbers of one factor: one row and one group of columns of a table; `place` is the cell of the table's activity."""

    sheet: str
    activity: str
    place: str
    names: tuple[str, ...]
    band: str
    published_unit: str
    printed: tuple[Printed, ...]


@dataclass(frozen=True, slots=True)
class _Group:
    """Columns of one factor: its band (published words, or '') and the heading of each column number."""

    band: str
    headings: dict[int, str]


@dataclass(frozen=True, slots=True)
class _Heading:
    """A table's heading row, understood."""

    unit_column: int
    groups: tuple[_Group, ...]

    def number_columns(self) -> set[int]:
        """Return the columns where numbers may stand: the values, and the year beside the unit."""
        return {column for group in self.groups for column in group.headings} | {self.unit_column + 1}


def read_lines(sheet: str, rows: Sequence[Row]) -> Iterator[Line]:
    """Read the tables of one sheet, row by row; a number that stands outside every table is refused."""
    heading: _Heading | None = None
    words: list[str] = []
    for index, row in enumerate(rows[HEAD_ROWS:], start=HEAD_ROWS):
        if _is_heading(row):
            heading, words = _read_heading(sheet, rows, index), []
        elif heading is not None and text(row[heading.unit_column]):
            words = _filled_down(row[: heading.unit_column], words)
            yield from _read_row(sheet, heading, words, row, index)
        else:
            heading = None
            _refuse_stray_numbers(sheet, row, index, set())


def text(cell: object) -> str:
    """Return a cell's text without surrounding blanks."""
    return str(cell).strip()


def number(sheet: str, cell_address: str, cell: object) -> Decimal:
    """Take the stored number by the shortest decimal that gives back the same stored number; anything else is refused."""
    if isinstance(cell, float):
        return Decimal(repr(cell))
    raise LayoutChangedError(sheet, cell_address, "a number", f'"{cell}"')


def expect(sheet: str, cell_address: str, expected: str, found: str) -> None:
    """Refuse a cell whose text is not the expected one."""
    if found != expected:
        raise LayoutChangedError(sheet, cell_address, f'"{expected}"', f'"{found}"')


def address(index: int, column: int) -> str:
    """Name a cell as the spreadsheet does, from its 0-based row and column."""
    letters, left = "", column + 1
    while left:
        left, letter = divmod(left - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return f"{letters}{index + 1}"


def _is_heading(row: Row) -> bool:
    texts = {text(cell) for cell in row}
    return text(row[0]) == "Activity" or "Unit" in texts or not texts.isdisjoint(GAS_OF_HEADING)


def _read_heading(sheet: str, rows: Sequence[Row], index: int) -> _Heading:
    """Understand a heading row: names, Unit, perhaps Year, then groups of value columns that each begin with the CO2e total."""
    texts = [text(cell) for cell in rows[index]]
    expect(sheet, address(index, 0), "Activity", texts[0])
    if "Unit" not in texts:
        raise LayoutChangedError(sheet, address(index, len(texts) - 1), 'a heading "Unit" up to here', "none")
    unit_column = texts.index("Unit")
    for column in range(1, unit_column):
        if texts[column] not in NAME_HEADINGS:
            raise LayoutChangedError(sheet, address(index, column), f"one of {', '.join(sorted(NAME_HEADINGS))}", f'"{texts[column]}"')
    first = unit_column + (2 if "Year" in texts[unit_column + 1 : unit_column + 2] else 1)
    if first >= len(texts):
        raise LayoutChangedError(sheet, address(index, unit_column), "columns of values after the unit", "none")
    return _Heading(unit_column, _groups(sheet, index, first, texts, [text(cell) for cell in rows[index - 1]]))


def _groups(sheet: str, index: int, first: int, texts: list[str], bands: list[str]) -> tuple[_Group, ...]:
    starts: list[dict[int, str]] = []
    for column in range(first, len(texts)):
        if texts[column] not in GAS_OF_HEADING and (texts[column] or column == first):
            raise LayoutChangedError(sheet, address(index, column), f"one of {', '.join(GAS_OF_HEADING)}", f'"{texts[column]}"')
        if texts[column] == TOTAL_HEADING or column == first:
            starts.append({})
        if texts[column]:
            starts[-1][column] = texts[column]
    if len(starts) == 1:
        return (_Group("", starts[0]),)
    return tuple(_Group(_band(sheet, index - 1, min(headings), bands), headings) for headings in starts)


def _band(sheet: str, index: int, column: int, bands: list[str]) -> str:
    if not bands[column]:
        raise LayoutChangedError(sheet, address(index, column), "the name of the group of columns below", "an empty cell")
    return bands[column]


def _filled_down(cells: Row, above: list[str]) -> list[str]:
    """Complete the names of a row from the merged cells above it."""
    texts = [text(cell) for cell in cells]
    return [found or (above[column] if column < len(above) else "") for column, found in enumerate(texts)]


def _read_row(sheet: str, heading: _Heading, words: list[str], row: Row, index: int) -> Iterator[Line]:
    """Give one line per group of columns in which something is printed."""
    _refuse_stray_numbers(sheet, row, index, heading.number_columns())
    unit = text(row[heading.unit_column])
    for group in heading.groups:
        printed = tuple(
            Printed(words_above, number(sheet, address(index, column), row[column]), address(index, column))
            for column, words_above in group.headings.items()
            if text(row[column])
        )
        if printed:
            yield Line(sheet, words[0], address(index, 0), tuple(words[1:]), group.band, unit, printed)


def _refuse_stray_numbers(sheet: str, row: Row, index: int, allowed: set[int]) -> None:
    for column, cell in enumerate(row):
        if isinstance(cell, float) and column not in allowed:
            raise LayoutChangedError(sheet, address(index, column), "no number outside the tables", f"{cell}")
