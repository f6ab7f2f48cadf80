"""The reference tables beside the factor sets: every cell checked against reference_columns.csv, then loaded by SQL."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from reporting.database import STAGES, Connection, run_file
from reporting.periods import is_day
from reporting.resources import folder
from reporting.types import InputError

COLUMNS_FILE = "reference_columns.csv"
NUMBER = re.compile(r"\d{1,20}(\.\d{1,12})?")
FIX = "fix: correct the cell, or take the row out"


@dataclass(frozen=True)
class Column:
    """One column of a reference table as reference_columns.csv describes it."""

    name: str
    type: str
    is_required: bool
    is_key: bool
    allowed: tuple[str, ...]


KINDS: dict[str, tuple[Callable[[str], bool], str]] = {
    "text": (lambda text: text == text.strip(), "text without spaces around it"),
    "decimal": (lambda text: NUMBER.fullmatch(text) is not None, "a plain number of at most 12 decimals"),
    "share": (lambda text: NUMBER.fullmatch(text) is not None and Decimal(text) <= 1, "a number from 0 to 1"),
    "integer": (lambda text: re.fullmatch(r"\d{1,9}", text) is not None, "a whole number"),
    "date": (is_day, "a date such as 2026-01-31"),
    "boolean": (lambda text: text in {"true", "false"}, "true or false"),
    "region": (lambda text: text == text.strip(), "a region"),
}


def load_reference_tables(connection: Connection) -> None:
    """Check every reference table, then fill accelerator to reference_table; raises InputError with file and row. Needs `region`."""
    regions = frozenset(row[0] for row in connection.execute("select region from region").fetchall())
    check_reference_tables(folder("factors"), regions)
    run_file(connection, STAGES / "02_reference_table.sql")


def described(path: Path) -> dict[str, tuple[Column, ...]]:
    """The columns of every table, in their order."""
    tables: dict[str, tuple[Column, ...]] = {}
    with path.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            allowed = tuple(row["allowed"].split("|")) if row["allowed"] else ()
            column = Column(row["column"], row["type"], row["is_required"] == "true", row["is_key"] == "true", allowed)
            tables[row["table"]] = (*tables.get(row["table"], ()), column)
    return tables


def check_reference_tables(place: Path, regions: frozenset[str]) -> None:
    """Read every described table of a folder; raises InputError at the first row that does not keep to its description."""
    for table, columns in described(place / COLUMNS_FILE).items():
        keys: dict[tuple[str, ...], int] = {}
        for number, cells in _rows(place / f"{table}.csv", columns):
            _check_row(f"factors/{table}.csv:{number}", cells, columns, regions)
            key = tuple(cell for cell, column in zip(cells, columns, strict=True) if column.is_key)
            if key in keys:
                raise InputError(f"factors/{table}.csv:{number}: {', '.join(key)} stands in row {keys[key]} too. {FIX}")
            keys[key] = number


def _rows(path: Path, columns: Sequence[Column]) -> Iterator[tuple[int, list[str]]]:
    """The rows of a table, the first being row 2; raises InputError on other columns or another number of cells."""
    names = [column.name for column in columns]
    shown = f"factors/{path.name}"
    try:
        with path.open(encoding="utf-8", newline="") as stream:
            lines = csv.reader(stream, strict=True)
            if (head := next(lines, [])) != names:
                raise InputError(f"{shown}:1: the columns are {', '.join(head) or 'none'}. fix: they must be {', '.join(names)}")
            for number, cells in enumerate(lines, start=2):
                if len(cells) != len(names):
                    raise InputError(f"{shown}:{number}: {len(cells)} cells instead of {len(names)}. {FIX}")
                yield number, cells
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InputError(f"{shown}: cannot be read ({error}). fix: save it as CSV in UTF-8") from None


def _check_row(place: str, cells: Sequence[str], columns: Sequence[Column], regions: frozenset[str]) -> None:
    for cell, column in zip(cells, columns, strict=True):
        if not cell:
            if column.is_required:
                raise InputError(f"{place}: {column.name} is missing. {FIX}")
            continue
        is_right, wanted = KINDS[column.type]
        if not is_right(cell):
            raise InputError(f'{place}: {column.name} "{cell[:80]}" is not {wanted}. {FIX}')
        if column.type == "region" and cell not in regions:
            raise InputError(f'{place}: {column.name} "{cell[:80]}" is not a region of regions.csv. {FIX}')
        if column.allowed and cell not in column.allowed:
            raise InputError(f'{place}: {column.name} "{cell[:80]}" is not one of {", ".join(column.allowed)}. {FIX}')
