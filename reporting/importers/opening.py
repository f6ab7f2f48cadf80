"""What every importer asks of a publisher's file before it is read: a whole file, no bomb, no formula, numbers where values stand."""

from __future__ import annotations

import csv
import re
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import zip_longest
from pathlib import Path

import openpyxl
from openpyxl.workbook import Workbook

from reporting.importers.writer import LayoutChangedError
from reporting.intake.files import UnreadableFileError, as_utf8
from reporting.intake.spreadsheet import formula_cells
from reporting.types import InputError, UsageError

NUMBER = re.compile(r"[-+]?(\d{1,20}(\.\d{0,20})?|\.\d{1,20})([eE][-+]?\d{1,2})?", re.ASCII)
"""A number as publishers write it: at most twenty digits before and after the point."""


def check_file(path: Path, endings: Sequence[str]) -> None:
    """Refuse what is no regular, whole, readable file of one of the kinds; raises InputError."""
    if path.is_dir():
        raise InputError(f"{path}: is a folder. fix: name the publisher's file in it")
    if not path.exists():
        raise InputError(f"{path}: not found. fix: check the path")
    if not path.is_file():
        raise InputError(f"{path}: is no regular file. fix: save it as a file first")
    if path.stat().st_size == 0:
        raise InputError(f"{path}: is empty. fix: download it again")
    if path.suffix.lower() not in endings:
        raise InputError(f'{path}: ends in "{path.suffix}" where {" or ".join(endings)} is read. fix: name the file as it was published')
    try:
        _check_content(path)
    except UnreadableFileError as error:
        raise InputError(f"{path}: {error.message}. fix: {error.fix}") from None


def _check_content(path: Path) -> None:
    """Open a workbook as archive, a text whole; raises UnreadableFileError."""
    if path.suffix.lower() == ".xlsx":
        formula_cells(path)
    else:
        with as_utf8(path, "utf-8"):
            pass


def refuse_formulas(path: Path, sheets: Iterable[str]) -> None:
    """Refuse a formula in any of the sheets: its stored result may be of another time than what it refers to."""
    wanted = set(sheets)
    for sheet, cells in formula_cells(path).items():
        if sheet in wanted and cells:
            raise LayoutChangedError(sheet, cells[0], "a value", "a formula")


def refuse_other_edition(given: str, found: str) -> None:
    """Refuse an --edition that is not the one which the file states of itself."""
    if given and given != found:
        raise UsageError(f'--edition "{given}" is not what the file says: "{found}". fix: leave --edition out')


def header(path: Path) -> tuple[str, ...]:
    """The first row of a CSV file."""
    return tuple(next(lines(path), []))


def lines(path: Path) -> Iterator[list[str]]:
    """The rows of a CSV file in UTF-8, blank ones empty; a row of more or fewer cells than the first is refused."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        width = 0
        for line, row in enumerate(csv.reader(file, strict=True), start=1):
            width = width or len(row)
            if row and len(row) != width:
                raise LayoutChangedError(path.name, f"row {line}", f"{width} cells", f"{len(row)}")
            yield row


def records(path: Path, columns: Sequence[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield row number and record of a CSV file that has exactly these columns; blank rows are counted and left out."""
    for line, row in enumerate(lines(path), start=1):
        if line == 1:
            _check_header(path.name, columns, row)
        elif row:
            yield line, dict(zip(columns, row, strict=True))


def _check_header(name: str, columns: Sequence[str], found: Sequence[str]) -> None:
    for position, (wanted, heading) in enumerate(zip_longest(columns, found), start=1):
        if wanted != heading:
            expected = "no further column" if wanted is None else f'"{wanted}"'
            raise LayoutChangedError(name, f"row 1, column {position}", expected, "none" if heading is None else f'"{heading}"')


def number_text(sheet: str, cell: str, text: str) -> Decimal:
    """A number written as text; anything else is refused with its cell."""
    if not NUMBER.fullmatch(text):
        raise LayoutChangedError(sheet, cell, "a number", f'"{text[:80]}"')
    return Decimal(text)


def year_text(sheet: str, cell: str, text: str) -> int:
    """A calendar year written as text, 1900 to 2099; anything else is refused with its cell."""
    if not re.fullmatch(r"(19|20)\d\d", text):
        raise LayoutChangedError(sheet, cell, "a year", f'"{text[:80]}"')
    return int(text)


def open_workbook(path: Path) -> Workbook:
    """Open a checked XLSX file with openpyxl, values only; raises InputError where its parts do not fit together."""
    try:
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", category=UserWarning, module="openpyxl")  # header images and extensions, which are not read
            return openpyxl.load_workbook(path, data_only=True)
    except (KeyError, ValueError, TypeError, AttributeError, IndexError, zipfile.BadZipFile, SyntaxError) as error:
        raise InputError(f"{path}: is not a readable XLSX workbook ({error}). fix: download it again") from None
