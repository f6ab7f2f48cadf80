"""XLSX: checked for bombs, entities, formulas and doubtful sheet names before any cell is read; then read cell by cell as text."""

from __future__ import annotations

import functools
import math
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import python_calamine
from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException

from reporting.database import Connection
from reporting.intake.files import UnreadableFileError

if TYPE_CHECKING:
    import numpy as np

MAX_UNPACKED = 2 << 30
MAX_RATIO = 200
MAX_CELL = 32_767
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
TARGETS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
EVERY_SHEET = "*"
MAX_SHEETS, NAMED_SHEETS = 200, 20
SHEETS_WITHOUT_ROWS = ("Read me", "Lists")
FIX = "save the file again from a spreadsheet program, values only"


def _unreadable(rule: str, message: str, fix: str = FIX) -> UnreadableFileError:
    return UnreadableFileError(f"intake/{rule}", message, fix)


def read(connection: Connection, path: Path, key: tuple[str, int], options: dict[str, str]) -> tuple[list[str], str]:
    """Load one sheet into source_row; formula cells become rejected rows; returns the column names and the sheet's name."""
    try:
        with zipfile.ZipFile(path) as archive:
            _refuse_bomb(archive)
            parts = _sheet_parts(archive)
            sheet = _choose(parts, options["sheet"])
            odd = list(_odd_cells(archive, parts[sheet]))
        read_rows = python_calamine.load_workbook(str(path)).get_sheet_by_name(sheet).to_python(skip_empty_area=False)
    except (zipfile.BadZipFile, KeyError, ElementTree.ParseError, python_calamine.CalamineError) as error:
        raise _unreadable("xlsx", f"is not a readable XLSX workbook ({error})") from None
    except DefusedXmlException:
        raise _unreadable("xml-entities", "declares XML entities, which workbooks never need") from None
    rows = [list[object](row) for row in read_rows]
    for number, cell, text in odd:
        if text and number <= len(rows) and _column(cell) < len(rows[number - 1]):
            rows[number - 1][_column(cell)] = text  # the reader gives nothing, and an empty cell may be declared to mean no activity
    names = _insert(connection, rows, {number: cell for number, cell, text in odd if not text}, key, options)
    return names, sheet


def sheet_names(path: Path, wanted: str) -> tuple[str, ...]:
    """The sheets of a workbook that a source reads: the one that it names, or with `*` all but those that hold no rows by their name."""
    if wanted != EVERY_SHEET:
        return (wanted,)
    try:
        with zipfile.ZipFile(path) as archive:
            _refuse_bomb(archive)
            names = tuple(name for name in _sheet_parts(archive) if name not in SHEETS_WITHOUT_ROWS)
    except (UnreadableFileError, zipfile.BadZipFile, KeyError, ElementTree.ParseError, DefusedXmlException):
        return (wanted,)  # what is wrong with it is said where it is read
    return names if 0 < len(names) <= MAX_SHEETS else (wanted,)


def formula_cells(path: Path) -> dict[str, list[str]]:
    """The cells that hold a formula, by sheet (every sheet named); raises UnreadableFileError for what `read` refuses too."""
    try:
        with zipfile.ZipFile(path) as archive:
            _refuse_bomb(archive)
            return {
                name: [cell for _, cell, error in _odd_cells(archive, part) if not error] for name, part in _sheet_parts(archive).items()
            }
    except (zipfile.BadZipFile, KeyError, ElementTree.ParseError) as error:
        raise _unreadable("xlsx", f"is not a readable XLSX workbook ({error})") from None
    except DefusedXmlException:
        raise _unreadable("xml-entities", "declares XML entities, which workbooks never need") from None


def _refuse_bomb(archive: zipfile.ZipFile) -> None:
    for part in archive.infolist():
        if part.file_size > MAX_UNPACKED or part.file_size > MAX_RATIO * max(part.compress_size, 1 << 16):
            raise _unreadable("bomb", f'part "{part.filename}" unpacks to {part.file_size} bytes from {part.compress_size}')


def _sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    relations = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    targets = {item.get("Id"): item.get("Target") for item in relations.iter(TARGETS)}
    parts: dict[str, str] = {}
    for item in ElementTree.fromstring(archive.read("xl/workbook.xml")).iter(f"{SHEET}sheet"):
        name = item.get("name", "")
        if name.casefold() in {other.casefold() for other in parts}:
            raise _unreadable("sheet-twice", f'has two sheets named "{name}"', "rename one of them")
        target = targets.get(item.get(RELATION)) or ""
        parts[name] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return parts


def _choose(parts: dict[str, str], wanted: str) -> str:
    if not wanted and len(parts) == 1:
        return next(iter(parts))
    if wanted in parts:
        return wanted
    names = ", ".join(f'"{name}"' for name in list(parts)[:NAMED_SHEETS])
    names += f" and {len(parts) - NAMED_SHEETS} more" if len(parts) > NAMED_SHEETS else ""
    raise _unreadable("sheet", f'has the sheets {names}; the source names "{wanted}"', "name one of them as `sheet` of the source")


def _odd_cells(archive: zipfile.ZipFile, part: str) -> Iterator[tuple[int, str, str]]:
    """Row and name of the cells that hold a formula, and with its text (#N/A) of those that hold an error."""
    with archive.open(part) as stream:
        for _, element in ElementTree.iterparse(stream, events=("end",)):
            if element.tag == f"{SHEET}c":
                cell = element.get("r", "")
                row = int(re.sub(r"[^0-9]", "", cell) or 0)
                if element.find(f"{SHEET}f") is not None:
                    yield row, cell, ""
                elif element.get("t") == "e" and row:
                    yield row, cell, element.findtext(f"{SHEET}v") or "#ERROR"
            if element.tag == f"{SHEET}row":
                element.clear()


def _column(cell: str) -> int:
    """The position from 0 of a cell's column: 0 of A7, 27 of AB7."""
    return functools.reduce(lambda position, letter: position * 26 + ord(letter) - 64, cell.rstrip("0123456789"), 0) - 1


@dataclass(frozen=True)
class Notation:
    """How a source writes numbers and dates: cells that hold one are put into it, so that one rule reads text and cells alike."""

    decimal_mark: str = "."
    date_format: str = ""

    @classmethod
    def of(cls, options: Mapping[str, str]) -> Notation:
        """The notation that a source declares; beside points between thousands only a comma can be the decimal mark."""
        has_comma = options.get("decimal_comma") == "True" or options.get("thousands") == "."
        return cls("," if has_comma else ".", options.get("date_format", ""))


PLAIN = Notation()


def as_text(value: object, notation: Notation = PLAIN, *, is_timed: bool = False) -> str | None:
    """A cell as text: numbers in their shortest exact form, dates in ISO form or that of the source, empty as nothing.

    In a column that has times of day, midnight is written as one.
    """
    match value:
        case None | "":
            return None
        case bool():
            return "true" if value else "false"
        case float() if math.isfinite(value) and abs(value) < 1e300:
            return format(Decimal(repr(value)).normalize(), "f").replace(".", notation.decimal_mark)
        case timedelta():
            return str(value.total_seconds())
        case date() | time():
            return _moment(value, notation.date_format, is_timed=is_timed and not isinstance(value, time))
    return str(value)


def _moment(value: date | time, date_format: str = "", *, is_timed: bool = False) -> str:
    """A date in the form of its source, else in ISO form; a spreadsheet keeps a date as midnight. No time of day is cut off for a form."""
    if is_timed and not date_format:
        return f"{value:%Y-%m-%dT%H:%M:%S}"
    is_day = not isinstance(value, time) and (not isinstance(value, datetime) or value.time() == time(0))
    if date_format and not isinstance(value, time) and (is_day or "%H" in date_format):
        return value.strftime(date_format)
    if isinstance(value, datetime):
        return value.date().isoformat() if is_day else value.isoformat(timespec="seconds")
    return value.isoformat()


def _timed_columns(rows: Iterable[Sequence[object]]) -> set[int]:
    """The columns in which a date has a time of day: there midnight is a moment, and elsewhere it is a day."""
    return {column for row in rows for column, cell in enumerate(row) if isinstance(cell, datetime) and cell.time() != time(0)}


def _width(line: list[str | None]) -> int:
    """The number of cells up to the last that holds something: a cell beyond the header is kept, in a column without a name."""
    return max((position for position, cell in enumerate(line, start=1) if cell), default=0)


def _insert(
    connection: Connection, rows: Sequence[Sequence[object]], formulas: dict[int, str], key: tuple[str, int], options: Mapping[str, str]
) -> list[str]:
    header_row, notation = int(options["header_row"]), Notation.of(options)
    if len(rows) < header_row:
        raise _unreadable("header", f"has nothing in row {header_row} to take the column names from", "correct `header_row`, or the file")
    timed = _timed_columns(rows[header_row:])
    lines = [[as_text(cell, notation, is_timed=column in timed) for column, cell in enumerate(row)] for row in rows[header_row - 1 :]]
    width = max(_width(line) for line in lines)
    names = [(cell or "").strip() for cell in lines[0][:width]]
    cells = [line[:width] for line in lines[1:]]
    connection.register("sheet_input", _columns(cells, header_row + 1, formulas))
    keys = {"source_id": key[0], "file_no": key[1]}
    connection.execute(
        """insert into source_row
           select $source_id, $file_no, row_no, cells from sheet_input where not is_blank and formula is null and not too_long""",
        keys,
    )
    connection.execute(
        """insert into rejected_row
           select $source_id, $file_no, row_no, coalesce('cell ' || formula || ' holds a formula', 'cell too long'),
               left(array_to_string(cells, ', '), 500)
           from sheet_input where formula is not null or too_long""",
        keys,
    )
    connection.unregister("sheet_input")
    return names


def _columns(cells: Sequence[list[str | None]], first: int, formulas: Mapping[int, str]) -> dict[str, np.ndarray]:
    """The rows below the header as columns that DuckDB reads: number from `first`, cells, and what speaks against a row."""
    import numpy as np  # noqa: PLC0415 - takes a tenth of a second to import

    numbers = np.arange(first, first + len(cells))
    return {
        "row_no": numbers,
        "cells": np.fromiter(cells, dtype=object, count=len(cells)),
        "too_long": np.array([max((len(cell) for cell in row if cell), default=0) > MAX_CELL for row in cells], dtype=bool),
        "formula": np.array([formulas.get(number) for number in numbers.tolist()], dtype=object),
        "is_blank": np.array([not any(row) for row in cells], dtype=bool),
    }
