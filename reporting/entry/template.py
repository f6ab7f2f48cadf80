"""`ghg template`: an XLSX with a sheet per family of activities, drop-downs, notes and examples; filled in, it is read like any source."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

from openpyxl.worksheet.datavalidation import DataValidation

import reporting
from reporting.cells import column_letters
from reporting.database import whole_file
from reporting.entry.layout import HEADER_ROW, EntrySheet, choices, entry_sheets, fields
from reporting.inventory import Inventory
from reporting.render.workbook_bytes import workbook_bytes
from reporting.render.workbook_cells import Value, is_exact, serial
from reporting.render.workbook_sheet import Book, Column, Sheet

EMPTY_ROWS = 200
LAST_ROW = 5_000
"""Drop-downs reach down to this row."""
EPOCH = 315_532_800  # the first day that an archive can name: the workbook is the same whenever it is made
LOOK = {"list": "entry", "text": "entry", "date": "entry date", "number": "entry number"}
TYPES = (
    Column("sheet", "Sheet", 20),
    Column("activity_type", "Activity type", 44),
    Column("label", "What it is", 64, "wrapped"),
    Column("scope", "Scope", 8),
    Column("category", "Scope 3 category", 10),
    Column("measured", "Measured in", 40, "quiet wrapped"),
)
SOURCE = """sources:
  entry:
    path: activity/{name}
    connector: activity_csv
    sheet: "*"
    header_row: {row}
    data_quality: measured
    data_origin: own"""
READ_ME = (
    "One sheet for each family of activities; fill in those that you need and leave the others empty. One row is one amount in one period.",
    "The last day belongs to the period. Quantities are plain numbers with their unit; never leave the unit to be guessed.",
    "Lists are offered for types, units, sites and the words of other columns; the sheet Lists explains every type.",
    "Another type or unit that the program knows may be typed in as well; one that it does not know is reported.",
    "Formulas are not read: paste values only. The rows above the column names are for people; examples there are never counted.",
    "Columns may be hidden or left empty, but not renamed. A sheet of your own is read too: its column names stand in the same row.",
    "Save the file in the folder activity of the inventory and declare it in inventory.yaml as below.",
    "ghg check says what is wrong, with sheet and cell; ghg check --marked FOLDER writes a copy with the cells marked.",
)
Row = Mapping[str, Value]


def make_template(
    out: Path, inventory: Inventory | None = None, filled: Mapping[str, Sequence[Row]] | None = None, rows: int = EMPTY_ROWS
) -> tuple[str, ...]:
    """Write the workbook, its lists those of an inventory where one is given; `filled` are rows to put in, by sheet. Gives the sheets."""
    filled = filled or {}
    extra = {name: [column for row in given for column in row] for name, given in filled.items()}
    sheets = entry_sheets(inventory.organisation.currency if inventory else "", extra=extra)
    book = Book()
    _read_me(book, sheets, out.name)
    lists = _Lists(book, sheets, _names(inventory))
    for sheet in sheets:
        _entry_sheet(book, sheet, lists, filled.get(sheet.name, ()), rows)
    book.arrange(("Read me", "*", "Lists"))
    book.properties("Activity data", f"ghg {reporting.__version__}")
    with whole_file(out) as temporary:
        temporary.write_bytes(workbook_bytes(book, EPOCH))
    return tuple(sheet.name for sheet in sheets)


def _names(inventory: Inventory | None) -> dict[str, tuple[str, ...]]:
    """The words that each column offers: vocabularies, and the names that the inventory declares."""
    if inventory is None:
        return choices()
    return choices() | {
        "site": tuple(site.id for site in inventory.sites),
        "entity": tuple(dict.fromkeys(entity.id for entity in inventory.entities)),
        "meter": tuple(meter.id for site in inventory.sites for meter in site.meters),
        "system": tuple(system.id for system in inventory.systems),
    }


def _read_me(book: Book, sheets: Sequence[EntrySheet], name: str) -> None:
    sheet = book.sheet("Read me", (Column("a", "", 26), Column("b", "", 96)), is_table=False)
    sheet.row(["Activity data"], ["title"], points=30)
    sheet.row(["What was used, bought, driven and thrown away, for the greenhouse-gas inventory"], ["subtitle"], points=18)
    sheet.gap()
    for title, lines in (("How to fill it in", READ_ME), ("In inventory.yaml", SOURCE.format(name=name, row=HEADER_ROW).split("\n"))):
        sheet.row([title], ["heading"], points=20)
        for line in lines:
            row = sheet.row([line, None], ["body", "body"], points=15 * -(-len(line) // 150))
            sheet.setup.merged_cells.add(f"A{row}:B{row}")
        sheet.gap()
    sheet.row(["Sheet", "What belongs there"], ["header", "header"], points=18)
    for entry in sheets:
        row = sheet.row([entry.name, entry.lead], ["link", "wrapped"])
        sheet.link("a", row, f"'{entry.name}'!A{HEADER_ROW + 1}")
    sheet.setup.page_setup.fitToHeight = 1


class _Lists:
    """The sheet Lists: every type by sheet, and beside them one column for each list that drop-downs offer."""

    def __init__(self, book: Book, sheets: Sequence[EntrySheet], names: Mapping[str, Sequence[str]]) -> None:
        offered = {name: tuple(values) for name, values in names.items() if values}
        offered |= {_units_of(sheet.name): sheet.units for sheet in sheets if sheet.units}
        columns = [*TYPES, *(Column(name, name.replace("_", " ").capitalize(), 16) for name in offered)]
        self.sheet = book.sheet("Lists", columns)
        self.ranges: dict[str, str] = {}
        lines: list[list[Value]] = []
        for sheet in sheets:
            first = len(lines) + 2
            for entry in sheet.types:
                measured = ", ".join(entry.dimensions).replace("_", " ")
                lines.append([sheet.name, entry.activity_type, entry.label, entry.scope, entry.category, measured])
            self.ranges[sheet.name] = self.sheet.range("activity_type", first, len(lines) + 1)
        for name, values in offered.items():
            self.ranges[name] = self.sheet.range(name, 2, len(values) + 1)
        for number in range(max(len(lines), *(len(values) for values in offered.values()))):
            head: list[Value] = lines[number] if number < len(lines) else [None] * len(TYPES)
            words = [values[number] if number < len(values) else None for values in offered.values()]
            while words and words[-1] is None:  # empty cells to the right of a row cost time in every program
                words.pop()
            self.sheet.row([*head, *words])
        self.sheet.filter(1)

    def offered(self, sheet: EntrySheet, column: str) -> str:
        """The range that a drop-down offers in a column of a sheet; '' where there is none."""
        name = {"activity_type": sheet.name, "unit": _units_of(sheet.name)}.get(column, column)
        return self.ranges.get(name, "")


def _units_of(sheet: str) -> str:
    return f"units: {sheet}"


def _entry_sheet(book: Book, entry: EntrySheet, lists: _Lists, filled: Sequence[Row], rows: int) -> None:
    shown = [fields()[name] for name in entry.columns]
    columns = [Column(field.column, field.column, field.width, LOOK[field.kind]) for field in shown]
    sheet = book.sheet(entry.name, columns, is_table=False)
    sheet.row([entry.name], ["title"], points=30)
    sheet.row([entry.lead], ["subtitle"], points=18)
    sheet.gap()
    sheet.row(["Examples, never counted"], ["heading"], points=18)
    for number in range(2):
        example = entry.examples[number] if number < len(entry.examples) else {}
        sheet.row([_example(example, field.column) for field in shown], ["quiet"] * len(shown), points=15)
    sheet.gap()
    sheet.row([f"{field.title}\n{field.note}".strip() for field in shown], ["quiet wrapped"] * len(shown), points=48)
    sheet.header()
    if sheet.height != HEADER_ROW:
        raise RuntimeError(f"the column names of {entry.name} stand in row {sheet.height}, not {HEADER_ROW}")
    for row in filled:
        sheet.row([_cell(row.get(field.column)) for field in shown])
    for _ in range(rows):
        sheet.row([None] * len(shown))
    _validate(sheet, entry, lists)


def _example(example: Mapping[str, str], column: str) -> Value:
    if not example:
        return None
    given = {"start": "2026-07-01", "end": "2026-07-31", "data_origin": "own", "read_status": "actual"} | dict(example)
    return given.get(column)


def _cell(value: Value) -> Value:
    """A value as the cell that gives it back: a number beyond the digits of a spreadsheet stays text."""
    return f"{value:f}" if isinstance(value, Decimal) and not is_exact(value) else value


def _validate(sheet: Sheet, entry: EntrySheet, lists: _Lists) -> None:
    """Drop-downs, and what kind of cell dates and quantities are; types warn only, since aliases are known too."""
    for number, name in enumerate(entry.columns, start=1):
        field, rule = fields()[name], None
        area = f"{column_letters(number)}{HEADER_ROW + 1}:{column_letters(number)}{LAST_ROW}"
        if field.kind == "list" and (offered := lists.offered(entry, name)):
            style = "warning" if name in {"activity_type", "unit"} else "stop"
            rule = DataValidation(type="list", formula1=offered, allow_blank=True, errorStyle=style)
        elif field.kind == "date":
            rule = DataValidation(type="date", operator="greaterThan", formula1=str(serial(date(2000, 1, 1))), allow_blank=True)
        elif field.kind == "number":
            rule = DataValidation(type="decimal", operator="between", formula1="-1E+13", formula2="1E+13", allow_blank=True)
        if rule is None:
            continue
        rule.showErrorMessage = rule.showInputMessage = True
        rule.errorTitle, rule.error = field.title, f"{field.title}: this is not one of the values that are expected here."
        rule.promptTitle, rule.prompt = field.title, field.note or None
        rule.add(area)
        sheet.setup.add_data_validation(rule)
