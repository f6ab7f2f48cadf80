"""Hourly series: loads are read in place when they are added up, intensity and generation are kept row by row."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import reduce
from pathlib import Path
from typing import cast

import duckdb
from duckdb import ColumnExpression, ConstantExpression
from duckdb.sqltypes import DuckDBPyType

from reporting.database import STAGES, Connection, insert_rows
from reporting.digest import file_sha256
from reporting.hourly import Generation, Hourly, Intensity, Load
from reporting.intake import grid
from reporting.intake.files import UnreadableFileError, find
from reporting.types import InputError

Given = Load | Intensity | Generation
SERIES = """insert into hourly_series
    select $series, $role, $key, $kind, $unit, $multiplier::decimal(38,14), $source_id, $path, $citation, $fill, $minutes::bigint, $site"""
FILE = "insert into hourly_file values ($1, $2, $3, $4, $5)"
VALUES = """insert into hourly_value
    select unnest($1), unnest($2), unnest($3), unnest($4)::decimal(18,8), unnest($5::varchar[])::decimal(18,4), unnest($6)"""
FUELS = """insert or ignore into hourly_mix
    select unnest($1), unnest($2), unnest($3::varchar[])::decimal(18,6), unnest($4), unnest($5), unnest($6)"""
ESTIMATED = "insert or ignore into hourly_estimated select unnest($1), unnest($2)"
VALUE, NARROW = 2, 18
"""Place of the value among the columns; digits of a decimal of 64 bits."""
KEPT = "series, file_no, row_no, value, total, microsecond"
PLACE = "series, file_no, row_no, meter, try_cast(nullif(total, '') as decimal(18,4)) as total"
NUMBER = "try_cast(value as decimal(18,8)) as value"
EXACT = "value"
"""Decimals of 64 bits are added up as they are: to write them with other digits costs a tenth of the pass over a load."""
INSTANT = "epoch_us(stamp) as microsecond"
"""Timestamps with offset, or without, which are UTC where no zone is named."""
WALL_CLOCK = "epoch_us(timezone(zone, stamp::timestamp)) as microsecond"
"""The hour that the clocks repeat in autumn cannot be told apart and shows as read twice."""
WITH_OFFSET = r"'\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}.*(Z|[+-]\d{2}(:?\d{2})?)'"
WITHOUT = r"'\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?'"
TEXT = (
    f"epoch_us(case when regexp_full_match(trim(stamp), {WITH_OFFSET}) then try_cast(stamp as timestamptz)"
    f" when zone <> '' and regexp_full_match(trim(stamp), {WITHOUT}) then timezone(zone, try_cast(stamp as timestamp)) end) as microsecond"
)
"""Text has an offset, or is the wall clock of a named zone; what is neither is empty, which is a finding."""
SAME_KIND = {".parquet": "parquet", ".csv": "csv", ".gz": "csv", ".tsv": "csv"}
MULTIPLIER = """select cast(coalesce(m.multiplier, 1) * e.multiplier as decimal(38,14)) from unit_conversion e
    left join unit_conversion m on m.from_unit = $mass and m.to_unit = 'kg'
    where e.from_unit = case when $mass = '' then $unit else 'kWh' end and e.to_unit = case when $mass = '' then 'kWh' else $unit end
        and ($mass = '' or m.multiplier is not null)"""


def load_hourly(connection: Connection, folder: Path, hourly: Hourly | None) -> None:
    """Fill hourly_series, hourly_file and hourly_value; the view hourly_reading over the files of the loads is not read yet."""
    if hourly is None:
        return
    connection.execute("insert or replace into setting values ('hourly.time_zone', $1)", [hourly.time_zone])
    loads = []
    everything: list[Given] = [*hourly.load, *hourly.intensity, *hourly.generation]
    for number, given in enumerate(everything, start=1):
        _load_series(connection, number, given)
        if isinstance(given, Load) and given.source:
            continue
        try:
            if isinstance(given, Intensity) and given.connector:
                _load_grid(connection, folder, number, given)
                continue
            relation = _read(connection, folder, number, given)
        except (duckdb.Error, UnreadableFileError) as error:
            reason = str(getattr(error, "message", error)).splitlines()[0].replace(str(folder), ".")
            raise InputError(f"inventory.yaml: hourly: {given.path}: {reason}. fix: correct path and columns of the series") from None
        if isinstance(given, Load):
            loads.append(relation)
        else:
            relation.select(KEPT).insert_into("hourly_value")
    if loads:
        reduce(lambda one, other: one.union(other), loads).create_view("hourly_reading", replace=True)


def _load_grid(connection: Connection, folder: Path, number: int, given: Intensity) -> None:
    """Fill hourly_value from the files of a publisher's format."""
    factors = find(folder, given.mix_factors)[0] if given.mix_factors else None
    for file_no, path in enumerate(find(folder, given.path), start=1):
        name = path.relative_to(folder).as_posix()
        connection.execute(FILE, [number, file_no, name, file_sha256(path), path.stat().st_size])
        found = grid.hours(path, given.connector, factors, _country(given.region))
        insert_rows(connection, VALUES, [(number, file_no, *hour) for hour in found.hours])
        insert_rows(connection, FUELS, [(number, *fuel) for fuel in found.fuels])
        insert_rows(connection, ESTIMATED, [(number, microsecond) for microsecond in found.estimated])


def _country(region: str) -> str:
    """The country of a region of the grid, '' for a region that has none in its name."""
    found = re.match(r"([A-Z]{2})(?=$|[-:])", region)
    return found[1] if found else ""


def _shaped(relation: duckdb.DuckDBPyRelation, name: str) -> duckdb.DuckDBPyRelation:
    """What a statement of the stages makes of a relation, which it calls `raw`."""
    return cast("duckdb.DuckDBPyRelation", relation.query("raw", (STAGES / f"{name}.sql").read_text(encoding="utf-8")))


def _load_series(connection: Connection, number: int, given: Given) -> None:
    """One row of hourly_series; raises InputError for an unknown unit, region, instrument, site or source."""
    unit = "g/kWh" if isinstance(given, Intensity) and given.connector else given.unit
    mass, _, per_unit = unit.partition("/") if isinstance(given, Intensity) else ("", "", unit)
    is_of_source = isinstance(given, Load) and given.source != ""
    found = connection.execute(MULTIPLIER, {"mass": mass, "unit": per_unit or "kWh"}).fetchall()
    if not found:
        raise InputError(f'inventory.yaml: hourly: unknown unit "{given.unit}". fix: use kWh or MWh, for an intensity g/kWh or kg/MWh')
    role = type(given).__name__.lower()
    key = given.region if isinstance(given, Intensity) else given.instrument if isinstance(given, Generation) else ""
    _known(connection, role, given)
    values: dict[str, object] = {
        "series": number,
        "role": role,
        "key": key,
        "kind": given.kind if isinstance(given, Intensity) else "",
        "unit": unit,
        "multiplier": str(found[0][0]),
        "source_id": given.source if isinstance(given, Load) else "",
        "path": f"source {given.source}" if isinstance(given, Load) and is_of_source else given.path,
        "citation": "" if isinstance(given, Load) else given.citation,
        "fill": given.fill if isinstance(given, Intensity) else "",
        "minutes": given.minutes if isinstance(given, Load) else "60",
        "site": given.site if isinstance(given, Load) else "",
    }
    connection.execute(SERIES, values)


def _known(connection: Connection, role: str, given: Given) -> None:
    names = {
        "region": ("from region where region = $1", getattr(given, "region", "")),
        "instrument": ("from instrument where instrument_id = $1", getattr(given, "instrument", "")),
        "site": ("from site where site = $1", getattr(given, "site", "")),
        "source": ("from source_option where source_id = $1 and name = 'monthly_sum'", getattr(given, "source", "")),
        "time_zone": ("from pg_timezone_names() where name = $1", given.time_zone),
    }
    for name, (query, value) in names.items():
        if value and not connection.execute(query, [value]).fetchone():
            raise InputError(
                f'inventory.yaml: hourly: unknown {name} "{value}" of a series of {role}. fix: name one that the inventory has'
            )


def _read(connection: Connection, folder: Path, number: int, given: Given) -> duckdb.DuckDBPyRelation:
    """The rows of a series, all files; raises for files and columns that are not there."""
    parts = list(_files(connection, folder, number, given))
    return reduce(lambda one, other: one.union(other), parts)


def _files(connection: Connection, folder: Path, number: int, given: Given) -> Iterator[duckdb.DuckDBPyRelation]:
    """The rows of each file; columns are named by expressions, never by text of a query."""
    for file_no, path in enumerate(find(folder, given.path), start=1):
        name = path.relative_to(folder).as_posix()
        connection.execute(FILE, [number, file_no, name, file_sha256(path), path.stat().st_size])
        rows = _open(connection, path, name)
        for column, wanted in given.where.items():
            rows = rows.filter(ColumnExpression(column) == ConstantExpression(wanted))
        chosen = rows.select(*_columns(given, number, file_no))
        kind = str(chosen.types[0])
        clock = INSTANT if kind.startswith("TIMESTAMP WITH") or not given.time_zone else WALL_CLOCK
        value = EXACT if isinstance(given, Load) and _is_narrow(chosen.types[VALUE]) else NUMBER
        yield chosen.select(f"{PLACE}, {value}, {TEXT if kind == 'VARCHAR' else clock}")


def _is_narrow(kind: DuckDBPyType) -> bool:
    """Whether a column holds decimals of 64 bits."""
    return kind.id == "decimal" and int(str(dict(kind.children)["precision"])) <= NARROW


def _open(connection: Connection, path: Path, name: str) -> duckdb.DuckDBPyRelation:
    """A file with its rows numbered in file_row_number as a spreadsheet would: from 2 under a header, from 1 in Parquet."""
    kind = SAME_KIND.get(path.suffix.lower())
    if kind == "parquet":
        rows = connection.read_parquet(str(path), file_row_number=True)
        return rows.select("* replace (file_row_number + 1 as file_row_number)")
    if kind == "csv":
        return _shaped(connection.read_csv(str(path), header=True, all_varchar=True), "hourly_numbered")
    raise UnreadableFileError("intake/format", f'{name} has the unknown ending "{path.suffix}"', "deliver CSV or Parquet")


def _columns(given: Given, number: int, file_no: int) -> Iterator[duckdb.Expression]:
    """What every series is read as, in this order."""
    meter = given.meter if isinstance(given, Load) else ""
    total = given.total if isinstance(given, Intensity) else ""
    yield ColumnExpression(given.time).alias("stamp")
    site = f"site {given.site}" if isinstance(given, Load) else ""
    yield (ColumnExpression(meter).cast("VARCHAR") if meter else ConstantExpression(site)).alias("meter")
    yield ColumnExpression(given.value).alias("value")
    yield (ColumnExpression(total).cast("VARCHAR") if total else ConstantExpression("")).alias("total")
    yield ConstantExpression(given.time_zone).alias("zone")
    yield ConstantExpression(number).alias("series")
    yield ConstantExpression(file_no).alias("file_no")
    yield ColumnExpression("file_row_number").alias("row_no")
