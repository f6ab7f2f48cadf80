"""Read the sheet of the EPA GHG Emission Factors Hub: find tables by title, check their headers, name cells in errors."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from importlib.resources import files
from pathlib import Path

from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from reporting.importers.opening import open_workbook, refuse_formulas
from reporting.importers.writer import LayoutChangedError

SHEET = "Emission Factors Hub"
FOOTNOTE = re.compile(r"(?<=[a-z)])[A-E]$")
"""The letter of a footnote at the end of a column header."""
LABEL = 3
"""Column C holds the label of every table's rows; column B the table titles."""

UNITS = {
    "mmBtu": "MMBtu_hhv",
    "short ton": "short_ton",
    "scf": "scf",
    "gallon": "gal_us",
    "vehicle-mile": "vmi",
    "short ton-mile": "tmi_short",
    "passenger-mile": "pmi",
}
"""Our unit for each printed one; fuels and heat contents are per mmBtu of higher heating value."""

_THREE = ("CO2 Factor", "CH4 Factor", "N2O Factor")
_PER_MILE = ("CH4 Factor (g CH4 / vehicle-mile)", "N2O Factor (g N2O / vehicle-mile)")
_TRANSPORT = ("Vehicle Type", "CO2 Factor (kg CO2 / unit)", "CH4 Factor (g CH4 / unit)", "N2O Factor (g N2O / unit)", "Units")
HEADERS = {
    "Table 1": ("Fuel Type", "Heat Content (HHV)", *_THREE, *_THREE),
    "Table 2": ("Fuel Type", "kg CO2 per unit", "Unit"),
    "Table 3": ("Vehicle Type", "Model Year", *_PER_MILE),
    "Table 4": ("Vehicle Type", "Fuel Type", "Model Year", *_PER_MILE),
    "Table 5": ("Vehicle Type", "Fuel Type", "CH4 Factor (g CH4 / gallon)", "N2O Factor (g N2O / gallon)"),
    "Table 6": ("eGRID Subregion Acronym", "eGRID Subregion Name", *_THREE, *_THREE),
    "Table 7": ("", "CO2 Factor (kg CO2 / mmBtu)", "CH4 Factor (g CH4 / mmBtu)", "N2O Factor (g N2O / mmBtu)"),
    "Table 8": _TRANSPORT,
    "Table 9": (
        "Material",
        "Recycled",
        "Landfilled",
        "Combusted",
        "Composted",
        "Anaerobically Digested (Dry Digestate with Curing)",
        "Anaerobically Digested (Wet Digestate with Curing)",
    ),
    "Table 10": _TRANSPORT,
    "Table 12": ("ASHRAE #", "100-year GWP", "Blend Composition"),
}
UNIT_ROWS = {
    "Table 1": ("mmBtu per short ton", "kg CO2 per mmBtu", "g CH4 per mmBtu", "g N2O per mmBtu"),
    "Table 6": ("", "(lb CO2 / MWh)", "(lb CH4 / MWh)", "(lb N2O / MWh)", "(lb CO2 / MWh)", "(lb CH4 / MWh)", "(lb N2O / MWh)"),
}
"""The row of units below a header, from column D."""


@dataclass(frozen=True, slots=True)
class Hub:
    """The opened workbook: its sheet, edition, eGRID data year, and our names for its labels."""

    sheet: Worksheet
    edition: int
    grid_year: int
    names: dict[tuple[str, str], tuple[str, str]]

    def cell(self, row: int, column: int) -> Cell:
        """Return a cell of the sheet."""
        return self.sheet.cell(row, column)

    def text(self, row: int, column: int) -> str:
        """Return a cell's text with white space normalised, '' for an empty cell."""
        return text(self.cell(row, column))

    def rows(self, table: str) -> Iterator[int]:
        """Yield the row numbers between a table's checked header and its notes or the next title."""
        header = self.header(table)
        self.check(header, LABEL, HEADERS[table])
        self.check(header + 1, LABEL + 1, UNIT_ROWS.get(table, ()))
        for row in range(header + 1, self.sheet.max_row + 1):
            if self.text(row, LABEL).startswith(("Source", "Notes", "LNG:")) or self.text(row, 2):
                return
            if any(self.text(row, column) for column in range(LABEL, LABEL + 9)):
                yield row

    def name(self, table: str, row: int) -> tuple[str, str]:
        """Return our name and activity type of a printed label; an unknown label is a changed layout."""
        label = self.text(row, LABEL)
        if (table, label) not in self.names:
            raise LayoutChangedError(SHEET, self.cell(row, LABEL).coordinate, f"a label of {table} in epa_hub_types.csv", f'"{label}"')
        return self.names[table, label]

    def check(self, row: int, first_column: int, expected: tuple[str, ...]) -> None:
        """Compare the texts of neighbouring cells with what is known; raises LayoutChangedError at the first that differs."""
        for column, wanted in enumerate(expected, start=first_column):
            if FOOTNOTE.sub("", self.text(row, column)) != wanted:
                raise LayoutChangedError(SHEET, self.cell(row, column).coordinate, f'"{wanted}"', f'"{self.text(row, column)}"')

    def unit(self, row: int, column: int, printed: str) -> str:
        """Return our unit for a printed one; an unknown unit is a changed layout."""
        if printed not in UNITS:
            raise LayoutChangedError(SHEET, self.cell(row, column).coordinate, f"one of the units {', '.join(UNITS)}", f'"{printed}"')
        return UNITS[printed]

    def header(self, table: str) -> int:
        """Return the row of a table's header, below its title in column B."""
        title = next((row for row in range(1, self.sheet.max_row + 1) if self.text(row, 2) == table), None)
        if title is None:
            raise LayoutChangedError(SHEET, "column B", f'the title "{table}"', "no such cell")
        first = HEADERS[table]
        column = LABEL if first[0] else LABEL + 1
        wanted = first[0] or first[1]
        found = next((row for row in range(title + 1, title + 9) if self.text(row, column) == wanted), None)
        if found is None:
            raise LayoutChangedError(SHEET, f"{table}, {self.cell(title + 1, column).coordinate} and below", f'"{wanted}"', "no such cell")
        return found


def open_hub(path: Path) -> Hub:
    """Open the workbook; C4 names the edition before this one, the source note of Table 6 the eGRID year."""
    refuse_formulas(path, {SHEET})
    book = open_workbook(path)
    if SHEET not in book.sheetnames:
        raise LayoutChangedError(SHEET, "the sheet itself", f'a sheet "{SHEET}"', ", ".join(book.sheetnames))
    sheet = book[SHEET]
    edition = re.search(r"an update from the (\d{4}) version", text(sheet["C4"]))
    if edition is None:
        raise LayoutChangedError(SHEET, "C4", '"... an update from the <year> version ..."', f'"{text(sheet["C4"])}"')
    notes = (re.search(r"EPA eGRID(\d{4})", text(sheet.cell(row, LABEL))) for row in range(1, sheet.max_row + 1))
    grid = next((note for note in notes if note), None)
    if grid is None:
        raise LayoutChangedError(SHEET, "column C", 'the source note "EPA eGRID<year>" of Table 6', "no such cell")
    return Hub(sheet, int(edition[1]) + 1, int(grid[1]), _names())


def text(cell: Cell) -> str:
    """Return a cell's text with white space normalised, '' for an empty cell."""
    return " ".join(str(cell.value).split()) if cell.value is not None else ""


def number(cell: Cell) -> Decimal:
    """Return a cell's number at the fifteen significant digits that a spreadsheet shows; numbers entered as text are numbers too."""
    if isinstance(cell.value, int | float):
        return Decimal(format(cell.value, ".15g"))
    if re.fullmatch(r"\d+(\.\d+)?", text(cell)):
        return Decimal(text(cell))
    raise LayoutChangedError(SHEET, cell.coordinate, "a number", f'"{text(cell)}"')


def year(first: int) -> tuple[date, date]:
    """Return a calendar year as a half-open interval."""
    return date(first, 1, 1), date(first + 1, 1, 1)


def _names() -> dict[tuple[str, str], tuple[str, str]]:
    table = files("reporting.importers").joinpath("epa_hub_types.csv").read_text(encoding="utf-8")
    return {(row["table"], row["published"]): (row["name"], row["activity_type"]) for row in csv.DictReader(table.splitlines())}
