"""The CSV files beside inventory.yaml: exclusions and corrections, and the reader of all; a faulty row stops the run and is named."""

from __future__ import annotations

import csv
from pathlib import Path

from reporting.database import Connection
from reporting.types import InputError

EXCLUSION_COLUMNS = ("source", "activity_id", "row", "kind", "reason", "estimated_t_co2e", "by", "approved_by", "date")
EXCLUSION_KINDS = ("duplicate", "outside_boundary", "other_period", "replaced", "omitted")
CORRECTION_COLUMNS = ("source", "activity_id", "row", "column", "old", "new", "reason", "by", "date")
EXCLUSION = "insert into exclusion values ($1, $2, $3, $4, $5, $6, $7, try_cast($8 as decimal(38,12)), $9, $10, $11)"


def read_table(path: Path, columns: tuple[str, ...], optional: tuple[str, ...] = ()) -> list[tuple[int, dict[str, str]]]:
    """The rows of a CSV file with their numbers; none where there is no file. Its columns: `columns`, and any of `optional`."""
    if not path.exists():
        return []
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.DictReader(stream, strict=True)
            rows = [(number, row) for number, row in enumerate(reader, start=2)]
    except (UnicodeDecodeError, csv.Error) as error:
        raise InputError(f"{path}: cannot be read ({error}). fix: save it as CSV in UTF-8") from None
    names = reader.fieldnames or ()
    if sorted(set(names) - set(optional)) != sorted(columns) or len(set(names)) < len(names):
        more = f"; {', '.join(optional)} may follow" if optional else ""
        raise InputError(f"{path}:1: the columns are {', '.join(names) or 'none'}. fix: they must be {', '.join(columns)}{more}")
    for number, row in rows:
        if None in row or None in row.values():
            raise InputError(f"{path}:{number}: the row has another number of cells than the header. fix: correct the row")
    return rows


def _place(path: Path, number: int, row: dict[str, str], sources: set[str]) -> list[object]:
    if row["source"] not in sources:
        raise InputError(f'{path}:{number}: unknown source "{row["source"]}". fix: use a name under `sources` of inventory.yaml')
    file, _, position = row["row"].rpartition(":")
    if not row["activity_id"] and not position.isdecimal():
        raise InputError(f'{path}:{number}: neither activity_id nor row is given. fix: name the row, as in "12" or "file.csv:12"')
    if not row["reason"].strip() or not row["by"].strip():
        raise InputError(f"{path}:{number}: reason and by must be given. fix: say why, and who says so")
    return [number, row["source"], row["activity_id"] or None, file or None, int(position) if position else None]


def load_exclusions(connection: Connection, path: Path, sources: set[str]) -> None:
    """Fill exclusion from exclusions.csv, one row per excluded source row; `sources` are the known source names."""
    for number, row in read_table(path, EXCLUSION_COLUMNS):
        if row["kind"] not in EXCLUSION_KINDS:
            raise InputError(f'{path}:{number}: unknown kind "{row["kind"]}". fix: use one of {", ".join(EXCLUSION_KINDS)}')
        stated = [row["kind"], row["reason"], row["estimated_t_co2e"] or None, row["by"], row["approved_by"], row["date"]]
        values = [*_place(path, number, row, sources), *stated]
        connection.execute(EXCLUSION, values)


def load_corrections(connection: Connection, path: Path, sources: set[str]) -> None:
    """Fill correction from corrections.csv, one row per corrected cell."""
    for number, row in read_table(path, CORRECTION_COLUMNS):
        values = [*_place(path, number, row, sources), row["column"], row["old"], row["new"], row["reason"], row["by"], row["date"]]
        connection.execute("insert into correction values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)", values)
