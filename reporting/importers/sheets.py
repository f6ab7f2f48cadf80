"""Sheets of a publisher's workbook as rows of cells: text, exact numbers, and the address of what surprises."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook

from reporting.importers.desnz_layout import address
from reporting.importers.opening import number_text
from reporting.importers.writer import LayoutChangedError
from reporting.intake.spreadsheet import as_text
from reporting.types import InputError


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet's cells; rows and columns count from 0, addresses are the spreadsheet's own."""

    name: str
    rows: Sequence[Sequence[object]]

    def text(self, row: int, column: int) -> str:
        """A cell as text with white space normalised, '' for an empty one or one outside the sheet."""
        inside = row < len(self.rows) and column < len(self.rows[row])
        return " ".join((as_text(self.rows[row][column]) or "").split()) if inside else ""

    def number(self, row: int, column: int) -> Decimal:
        """A cell's number by its shortest exact decimal; anything else is refused with its address."""
        return number_text(self.name, address(row, column), self.text(row, column))

    def surprise(self, row: int, column: int, expected: str) -> LayoutChangedError:
        """The error for a cell that is not what was expected."""
        return LayoutChangedError(self.name, address(row, column), expected, f'"{self.text(row, column)[:80]}"')

    def place(self, row: int, column: int) -> str:
        """A cell as a citation names it."""
        return f"{self.name}, {address(row, column)}"

    def columns(self, row: int) -> dict[str, int]:
        """The column of each heading in a row; a heading that stands twice is refused."""
        found: dict[str, int] = {}
        for column in range(len(self.rows[row]) if row < len(self.rows) else 0):
            heading = self.text(row, column)
            if heading in found:
                raise self.surprise(row, column, f"a heading that differs from {address(row, found[heading])}")
            if heading:
                found[heading] = column
        return found


def open_sheets(path: Path) -> dict[str, Sheet]:
    """The sheets of a checked XLSX file by name; raises InputError where it cannot be read."""
    try:
        workbook = CalamineWorkbook.from_path(str(path))
        return {name: Sheet(name, workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)) for name in workbook.sheet_names}
    except CalamineError as error:
        raise InputError(f"{path}: is not a readable XLSX workbook ({error}). fix: download it again") from None
