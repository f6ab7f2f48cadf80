"""Sheets built row by row as XML, within a workbook whose set-up (styles, print, panes, filters) openpyxl writes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from tempfile import SpooledTemporaryFile
from xml.sax.saxutils import quoteattr

from openpyxl import Workbook
from openpyxl.formatting.rule import Rule
from openpyxl.worksheet.worksheet import Worksheet

from reporting.cells import column_letters
from reporting.render.workbook_cells import (
    MAX_COLUMNS,
    MAX_ROWS,
    MAX_SHEET_NAME,
    Formula,
    Value,
    WorkbookLimitError,
    needs_quote_prefix,
    plain,
    tail_xml,
)
from reporting.render.workbook_style import ANY_PRECISION, DIFFERS, LOOKS, add_styles, is_number

MAX_POINTS = 400
KEPT = 60  # characters
IN_MEMORY, PIECE = 64 << 20, 1 << 20
"""Bytes of a sheet's rows beyond which they are kept on disk, and bytes read at once."""
WRAPPED = frozenset(name for name, look in LOOKS.items() if look.wrap)
PAPER = {"A4": 9, "A3": 8}


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: the name that formulas look it up by, its title, width in characters and style."""

    name: str
    title: str
    width: int
    style: str = "text"


class Book:
    """A workbook in the making: openpyxl's set-up, the cell formats, and the sheets in order."""

    def __init__(self) -> None:
        self.workbook = Workbook()
        self.formats = add_styles(self.workbook)
        self.workbook.remove(self.workbook.worksheets[0])
        self.sheets: list[Sheet] = []

    def sheet(self, name: str, columns: Sequence[Column], *, is_table: bool = True) -> Sheet:
        """Add a sheet; a table starts with its header row, other sheets with whatever is written first."""
        sheet = Sheet(self, name, columns)
        self.sheets.append(sheet)
        if is_table:
            sheet.header()
        return sheet

    def arrange(self, order: Sequence[str]) -> None:
        """Put the sheets in order; "*" stands for all that are not named, and a name without a sheet for nothing."""
        rest = [sheet for sheet in self.sheets if sheet.name not in order]
        named = {sheet.name: [sheet] for sheet in self.sheets}
        self.sheets = [sheet for name in order for sheet in (rest if name == "*" else named.get(name, []))]
        self.workbook._sheets = [sheet.setup for sheet in self.sheets]  # noqa: SLF001  the public way moves one sheet at a time
        self.workbook.active = 0

    def properties(self, title: str, creator: str) -> None:
        """Title and program as file properties; every program is asked to calculate when it opens the file."""
        self.workbook.properties.title = title
        self.workbook.properties.creator = creator
        self.workbook.calculation.fullCalcOnLoad = True


class Sheet:
    """One sheet: rows are added from the top; references to its cells are made by column name and row number."""

    def __init__(self, book: Book, name: str, columns: Sequence[Column]) -> None:
        if len(name) > MAX_SHEET_NAME or set(name) & set("[]:*?/\\'"):
            raise WorkbookLimitError(
                f'"{name}" cannot name a sheet: at most {MAX_SHEET_NAME} characters, none of []:*?/\\\'. fix: rename the framework folder'
            )
        if len(columns) > MAX_COLUMNS:
            raise WorkbookLimitError(f"{name}: {len(columns):,} columns, a sheet holds {MAX_COLUMNS:,}. fix: build without xlsx")
        self.name = name
        self.title = ""
        self.columns = tuple(columns)
        self.letters = {column.name: column_letters(number) for number, column in enumerate(columns, start=1)}
        self._rows = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - closed by xml, when the rows are in the workbook
        self.links: list[str] = []
        self.height = 0
        self._formats = book.formats
        self._styles = tuple(column.style for column in columns)
        self._wraps = bool(WRAPPED.intersection(self._styles))
        self._letters = tuple(self.letters.values())
        self._kept: dict[tuple[str, Value], str] = {}
        self.setup: Worksheet = book.workbook.create_sheet(name)
        for column in columns:
            self.setup.column_dimensions[self.letters[column.name]].width = column.width
        self._print_setup()

    def _print_setup(self) -> None:
        page = self.setup
        page.sheet_view.showGridLines = False
        page.sheet_properties.pageSetUpPr.fitToPage = True
        page.page_setup.orientation = "landscape"
        page.page_setup.paperSize = PAPER["A4"]
        page.sheet_format.defaultRowHeight, page.sheet_format.customHeight = 14, True
        page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
        page.page_margins.left = page.page_margins.right = 0.5
        page.page_margins.top, page.page_margins.bottom = 0.6, 0.7
        page.oddFooter.left.text, page.oddFooter.right.text = "&8&A", "&8&P / &N"

    def header(self) -> None:
        """Write the titles of the columns; they stay in view and are repeated on every printed page."""
        styles = ["header number" if is_number(column.style) else "header" for column in self.columns]
        lines = max((line_count(column.title, column.width) for column in self.columns), default=1)
        self.row([column.title for column in self.columns], styles, points=max(26, 11 * lines + 4))
        self.setup.print_title_rows = f"{self.height}:{self.height}"
        self.setup.freeze_panes = f"B{self.height + 1}"

    def heading(self, title: str, lead: str) -> None:
        """Write above a table what it shows, in a title and a sentence that runs over all its columns."""
        self.title = title
        self.row([title], ["heading"], points=22)
        width = sum(column.width for column in self.columns)
        row = self.row([lead, *[None] * (len(self.columns) - 1)], ["body"] * len(self.columns), points=12 * line_count(lead, width) + 3)
        if len(self.columns) > 1:
            self.setup.merged_cells.add(f"A{row}:{self._letters[-1]}{row}")
        self.gap()
        self.header()

    def row(self, values: Sequence[Value], styles: Sequence[str] = (), points: int = 0) -> int:
        """Add a row and give its number; styles default to those of the columns. Raises WorkbookLimitError beyond the last row."""
        self.height += 1
        if self.height > MAX_ROWS:
            raise WorkbookLimitError(f"{self.name}: more than {MAX_ROWS:,} rows. fix: build a shorter period, or build without xlsx")
        chosen = styles or self._styles
        points = points or self._points(values, chosen)
        height = f' ht="{points}" customHeight="1"' if points else ""
        row, kept = self.height, self._kept
        parts = [
            f'<c r="{letters}{row}"{kept.get((style, value)) or self._tail(f"{letters}{row}", style, value)}'
            for letters, value, style in zip(self._letters, values, chosen, strict=False)
        ]
        self._rows.write(f'<row r="{row}"{height}>{"".join(parts)}</row>'.encode())
        return row

    def xml(self) -> Iterator[bytes]:
        """The rows written so far, piece by piece; nothing can be added after that."""
        self._rows.seek(0)
        with self._rows as written:
            while piece := written.read(PIECE):
                yield piece

    def _tail(self, reference: str, style: str, value: Value) -> str:
        """A cell after its reference; empty ones and short texts come again and again, so theirs are kept."""
        tail = tail_xml(self.name, reference, self._format(style, value), value)
        if value is None or (isinstance(value, str) and len(value) <= KEPT):
            self._kept[style, value] = tail
        return tail

    def _points(self, values: Sequence[Value], styles: Sequence[str]) -> int:
        """The height that wrapped text needs, in points: programs do not agree on who measures it. 0 for a single line."""
        if styles is self._styles and not self._wraps:
            return 0
        cells = zip(self.columns, values, styles, strict=False)
        texts = [
            (column.width * 10 // LOOKS[style].size, value) for column, value, style in cells if style in WRAPPED and isinstance(value, str)
        ]
        lines = max((line_count(text, width) for width, text in texts), default=1)
        return min(12 * lines + 3, MAX_POINTS) if lines > 1 else 0

    def _format(self, style: str, value: Value) -> int:
        if style in ANY_PRECISION:
            look, most = ANY_PRECISION[style]
            style = f"{look} {min(_decimals(value), most)}"
        usual, quoted = self._formats[style]
        return quoted if isinstance(value, str) and needs_quote_prefix(value) else usual

    def gap(self, rows: int = 1) -> None:
        """Leave rows empty."""
        self.height += rows

    def at(self, name: str, row: int) -> str:
        """A cell as a formula on any sheet refers to it."""
        return f"'{self.name}'!${self.letters[name]}${row}"

    def range(self, name: str, first: int, last: int) -> str:
        """A part of a column as a formula on any sheet refers to it; at least one row."""
        letters = self.letters[name]
        return f"'{self.name}'!${letters}${first}:${letters}${max(first, last)}"

    def link(self, name: str, row: int, target: str) -> None:
        """Make a cell a link to a place in this workbook."""
        self.links.append(f'<hyperlink ref="{self.letters[name]}{row}" location={quoteattr(target)}/>')

    def mark_differences(self, name: str, first: int, last: int) -> None:
        """Mark the numbers of a column that are not 0."""
        letters = self.letters[name]
        formula = f"AND(ISNUMBER({letters}{first}),{letters}{first}<>0)"
        self.setup.conditional_formatting.add(
            f"{letters}{first}:{letters}{max(first, last)}", Rule("expression", dxf=DIFFERS, formula=[formula])
        )

    def filter(self, first: int) -> None:
        """Offer filters on the header row."""
        self.setup.auto_filter.ref = f"A{first}:{self._letters[-1]}{max(first, self.height)}"

    def print_columns(self, last: str, paper: str = "A4") -> None:
        """Print the columns up to one; those to its right are for formulas and filters."""
        self.setup.page_setup.paperSize = PAPER[paper]
        self.setup.print_area = f"A1:{self.letters[last]}{max(1, self.height)}"


def line_count(text: str, width: int) -> int:
    """How many lines a text takes when it is broken between words, and within a word that is longer than a line."""
    return sum(1 if len(part) <= width else _broken(part.split(" "), width) for part in text.split("\n"))


def _broken(words: Sequence[str], width: int) -> int:
    lines, used = 1, 0
    for word in words:
        if used and used + 1 + len(word) > width:
            lines, used = lines + 1, 0
        used += len(word) + (1 if used else 0)
        lines, used = lines + (used - 1) // width if used else lines, (used - 1) % width + 1 if used else 0
    return lines


def _decimals(value: Value) -> int:
    number = value.cached if isinstance(value, Formula) else value
    return len(plain(number).partition(".")[2]) if isinstance(number, Decimal) else 0
