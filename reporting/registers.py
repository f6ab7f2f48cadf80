"""The CSV files beside inventory.yaml: exclusions, corrections, instruments; a faulty row stops the run and is named."""

from __future__ import annotations

import csv
import re
from datetime import date, timedelta
from pathlib import Path

import duckdb

from reporting.database import Connection
from reporting.types import InputError

EXCLUSION_COLUMNS = ("source", "activity_id", "row", "kind", "reason", "estimated_t_co2e", "by", "approved_by", "date")
EXCLUSION_KINDS = ("duplicate", "outside_boundary", "other_period", "replaced", "omitted")
CORRECTION_COLUMNS = ("source", "activity_id", "row", "column", "old", "new", "reason", "by", "date")
INSTRUMENT_COLUMNS = (
    "instrument_id", "kind", "market", "supplier", "starts", "ends", "vintage", "volume", "unit", "rate_kg_co2e_per_kwh",
    "energy_source", "status", "certificate", "citation",
)  # fmt: skip
EXCLUSION = "insert into exclusion values ($1, $2, $3, $4, $5, $6, $7, try_cast($8 as decimal(38,12)), $9, $10, $11)"
INSTRUMENT = "insert into instrument values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)"


def _read_table(path: Path, columns: tuple[str, ...]) -> list[tuple[int, dict[str, str]]]:
    if not path.exists():
        return []
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.DictReader(stream, strict=True)
            rows = [(number, row) for number, row in enumerate(reader, start=2)]
    except (UnicodeDecodeError, csv.Error) as error:
        raise InputError(f"{path}: cannot be read ({error}). fix: save it as CSV in UTF-8") from None
    if tuple(reader.fieldnames or ()) != columns:
        raise InputError(
            f"{path}:1: the columns are {', '.join(reader.fieldnames or ()) or 'none'}. fix: they must be {', '.join(columns)}"
        )
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
    for number, row in _read_table(path, EXCLUSION_COLUMNS):
        if row["kind"] not in EXCLUSION_KINDS:
            raise InputError(f'{path}:{number}: unknown kind "{row["kind"]}". fix: use one of {", ".join(EXCLUSION_KINDS)}')
        stated = [row["kind"], row["reason"], row["estimated_t_co2e"] or None, row["by"], row["approved_by"], row["date"]]
        values = [*_place(path, number, row, sources), *stated]
        connection.execute(EXCLUSION, values)


def load_corrections(connection: Connection, path: Path, sources: set[str]) -> None:
    """Fill correction from corrections.csv, one row per corrected cell."""
    for number, row in _read_table(path, CORRECTION_COLUMNS):
        values = [*_place(path, number, row, sources), row["column"], row["old"], row["new"], row["reason"], row["by"], row["date"]]
        connection.execute("insert into correction values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)", values)


def load_instruments(connection: Connection, path: Path) -> None:
    """Fill instrument from instruments.csv; its `ends` is the last day, the table is half-open."""
    for number, row in _read_table(path, INSTRUMENT_COLUMNS):
        try:
            values = _instrument(connection, row, number)
            connection.execute(INSTRUMENT, values)
        except (ValueError, duckdb.Error) as error:
            raise InputError(f"{path}:{number}: {' '.join(str(error).split(' LINE ')[0].split())}. fix: correct the row") from None


def _instrument(connection: Connection, row: dict[str, str], number: int) -> list[object]:
    """The columns of an instrument in order; raises ValueError for what would never match consumption."""
    starts, ends = date.fromisoformat(row["starts"]), date.fromisoformat(row["ends"]) + timedelta(days=1)
    if starts >= ends or row["status"] not in {"contracted", "delivered", "cancelled"} or not row["instrument_id"]:
        raise ValueError("instrument_id is empty, ends is before starts, or status is none of contracted, delivered, cancelled")
    if not re.fullmatch(r"\d+(\.\d+)?", row["volume"], re.ASCII):
        raise ValueError(f'volume "{row["volume"]}" is not a number of 0 or more')
    if not re.fullmatch(r"\d+(\.\d+)?", row["rate_kg_co2e_per_kwh"], re.ASCII):
        raise ValueError(f'rate_kg_co2e_per_kwh "{row["rate_kg_co2e_per_kwh"]}" is not a number of 0 or more')
    if not connection.execute("from unit_conversion where from_unit = $1 and to_unit = 'kWh'", [row["unit"]]).fetchone():
        raise ValueError(f'unit "{row["unit"]}" is no unit of electricity')
    if not connection.execute("from region where region = $1", [row["market"]]).fetchone():
        raise ValueError(f'market "{row["market"]}" is no region of factors/regions.csv')
    columns = ("kind", "market", "supplier")
    values = [
        row["instrument_id"],
        *(row[c] for c in columns),
        starts,
        ends,
        row["vintage"],
        row["volume"],
        row["unit"],
        row["rate_kg_co2e_per_kwh"],
    ]
    rest = [row["energy_source"], row["status"], row["certificate"], row["citation"] or f"instruments.csv, row {number}", number]
    return values + rest
