"""The tick sheet: a workbook with every drawn item, its row as read, and empty cells for what the auditor found."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

from openpyxl.worksheet.datavalidation import DataValidation

import reporting
from reporting.database import whole_file
from reporting.digest import plain
from reporting.evidence.sampling.draw import criteria_known
from reporting.evidence.sampling.shapes import CLAIM, Sample
from reporting.render.workbook_bytes import workbook_bytes
from reporting.render.workbook_cells import Value
from reporting.render.workbook_sheet import Book, Column, Sheet

EPOCH = 315_532_800
ITEMS, REGISTERS, ABOUT = "Rows", "Registers", "Sample"
GIVEN = (
    Column("number", "No", 5, "whole"),
    Column("item", "File and row", 40, "wrapped"),
    Column("source", "Source", 18),
    Column("row_text", "The row as read", 50, "quiet wrapped"),
    Column("evidence", "Document named", 24, "wrapped"),
    Column("book_t", "t CO2e", 16, "open"),
    Column("drawn", "Points", 8, "whole"),
    Column("certain", "Drawn for certain", 10),
    Column("audited_t", "Audited t CO2e", 16, "entry number"),
    Column("seen", "Document seen", 24, "entry"),
    Column("note", "Note", 36, "entry"),
)
THINGS = (
    Column("register", "Register", 12),
    Column("name", "Name", 24),
    Column("label", "What it is", 40, "wrapped"),
    Column("registered", "Registered", 11, "whole"),
    Column("rows_found", "Rows found", 11, "whole"),
    Column("book_t", "t CO2e", 16, "open"),
    Column("complete", "Complete", 11, "entry"),
    Column("seen", "Document seen", 24, "entry"),
    Column("note", "Note", 36, "entry"),
)
HOW = (
    "Rows: enter the tonnes that you find right, 0 where a row should not be there. An empty cell is not ticked: nothing is projected.",
    "Registers: rows lead to what is stated too much, never to what is missing. Say yes or no for each thing: whether all of it is there.",
    "Change nothing else: `ghg sample INVENTORY --read` draws the sample again and refuses a sheet that differs from it.",
)
KEYS = ("period", "view", "seed", "size", "by", "criteria", "figures_digest", "kg_co2e", "materiality_kg")


def write_sheet(sample: Sample, out: Path) -> None:
    """Write the tick sheet of a sample: same sample, same bytes."""
    book = Book()
    _about(book, sample)
    _rows(book, sample)
    _registers(book, sample)
    book.properties(f"Sample of {sample.period}", f"ghg {reporting.__version__}")
    with whole_file(out) as temporary:
        temporary.write_bytes(workbook_bytes(book, EPOCH))


def tonnes(kg: Decimal) -> Decimal:
    """Kilograms as tonnes, exactly."""
    return kg.scaleb(-3)


def facts(sample: Sample) -> list[tuple[str, str]]:
    """What it takes to draw the sample again, as the sheet names it."""
    values = {name: getattr(sample, name) for name in KEYS}
    return [(name, plain(value) if isinstance(value, Decimal) else str(value)) for name, value in values.items()]


def _about(book: Book, sample: Sample) -> None:
    sheet = book.sheet(ABOUT, (Column("name", "", 26), Column("value", "", 96)), is_table=False)
    sheet.row([f"Sample of {sample.period}"], ["title"], points=30)
    sheet.row([f"{len(sample.items)} of {sample.rows} rows, {plain(tonnes(sample.kg_co2e))} t CO2e; {CLAIM}"], ["subtitle"], points=18)
    sheet.gap()
    sheet.row(["name", "value"], ["header", "header"], points=18)
    for name, value in facts(sample):
        sheet.row([name, value], ["text", "wrapped"])
    sheet.gap()
    told = [criteria_known()[sample.criteria]] if sample.criteria else []
    counted = (
        f"{sample.negative_rows} rows are negative and drawn by their absolute value; {sample.never_drawn} are below half a milligram."
    )
    for line in (*told, counted, *HOW):
        row = sheet.row([line, None], ["body", "body"], points=15 * -(-len(line) // 140))
        sheet.setup.merged_cells.add(f"A{row}:B{row}")


def _rows(book: Book, sample: Sample) -> None:
    sheet = book.sheet(ITEMS, GIVEN)
    for number, item in enumerate(sample.items, start=1):
        head: list[Value] = [number, item.item, item.source_id, item.row_text, item.evidence, tonnes(item.kg_co2e)]
        sheet.row([*head, item.hits, "yes" if item.is_certain else "no", None, None, None])
    _offer(sheet, "audited_t", len(sample.items), None)


def _registers(book: Book, sample: Sample) -> None:
    sheet = book.sheet(REGISTERS, THINGS)
    for thing in sample.registers:
        found: list[Value] = [thing.registered, thing.rows_found, tonnes(thing.kg_co2e)]
        sheet.row([thing.register, thing.name, thing.label, *found, None, None, None])
    _offer(sheet, "complete", len(sample.registers), ("yes", "no"))


def _offer(sheet: Sheet, column: str, rows: int, words: Sequence[str] | None) -> None:
    """A list of words, or numbers, for the cells that are filled in."""
    if words:
        rule = DataValidation(type="list", formula1='"' + ",".join(words) + '"', allow_blank=True)
    else:
        rule = DataValidation(type="decimal", operator="between", formula1="-1E+12", formula2="1E+12", allow_blank=True)
    rule.showErrorMessage = True
    rule.add(f"{sheet.letters[column]}2:{sheet.letters[column]}{max(2, rows + 1)}")
    sheet.setup.add_data_validation(rule)
