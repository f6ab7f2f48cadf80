"""Grid intensity from files as publishers deliver them: their readings become values of an hour, in g per kWh, by one query a format."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import cast

import duckdb

from reporting.cited_table import cited_rows
from reporting.database import PACKAGE, STAGES, Connection, body, connect, header, insert_rows, run_file
from reporting.intake import delimited, json_records, xml_records
from reporting.intake.files import UnreadableFileError
from reporting.types import InputError

FOLDER = PACKAGE / "connectors" / "grid"
SHIPPED = PACKAGE / "standards" / "generation_factors.csv"
OWN = ("fuel", "g_per_kwh", "citation")
READERS = {"csv": delimited.read, "json": json_records.read, "xml": xml_records.read}
PLAIN = """create or replace temp table plain as
    with kept as (select min(position) as position, name from source_column group by name),
    column_list as (select list(name order by position) as names, list(position order by position) as positions from kept)
    select row_no, map(names, list_transform(positions, lambda p: trim(coalesce(cells[p], '')))) as record from source_row, column_list"""
# The company's own factor of a fuel, else the publisher's for the country, else one that may stand in for it.
FACTORS = """create table mix_factor as
    with shipped as (
        select fuel, cast(g_per_kwh as decimal(18,6)) as g_per_kwh, citation, region
        from read_csv($shipped, header = true, all_varchar = true, delim = ',', quote = '"', escape = '"', nullstr = '')
        where connector = $name and (region = $country or stands_in = 'yes')
        qualify row_number() over (partition by fuel order by region = $country desc) = 1
    )
    select fuel, g_per_kwh, citation, '' as region, 'own' as origin from own_factor
    union all select fuel, g_per_kwh, citation, region, case when region = $country then 'published' else 'stand-in' end
    from shipped anti join own_factor using (fuel)"""
HOURS = """with part as (
        select row_no, microsecond // 3600000000 as hour, minutes, is_estimated, try_cast(total as decimal(18,4)) as total,
            case when regexp_full_match(value, '[0-9]+([.][0-9]+)?') then try_cast(value as decimal(18,8)) end as value
        from read where microsecond is not null
    )
    select min(row_no), cast(cast(scaled_quotient(sum(cast(value * minutes as decimal(38,8))), sum(minutes)) as decimal(18,8)) as varchar),
        cast(sum(total) as varchar), hour * 3600000000 as microsecond, bool_or(is_estimated)
    from part group by hour having sum(minutes) = 60 and count(*) = count(value) order by microsecond"""
FUELS = """select p.record[$column] as fuel, cast(any_value(m.g_per_kwh) as varchar), coalesce(any_value(m.origin), ''),
        coalesce(any_value(m.region), ''), coalesce(any_value(m.citation), '')
    from plain p left join mix_factor m on m.fuel = p.record[$column] where p.record[$column] <> '' group by 1 order by 1"""
Hour = tuple[int, str, str | None, int]
Fuel = tuple[str, str | None, str, str, str]


@dataclass(frozen=True)
class Found:
    """What a file gives: its whole hours, the fuels of its mix, and which hours its publisher has estimated (microseconds).

    An hour is row, g per kWh, MWh where the file says what was generated, and microsecond; a fuel is name, g per kWh (None: no factor),
    whose factor it is (own, published, stand-in), its region and citation.
    """

    hours: tuple[Hour, ...]
    fuels: tuple[Fuel, ...]
    estimated: tuple[int, ...]


def formats() -> list[str]:
    """The formats by name."""
    return sorted(path.stem for path in FOLDER.glob("*.sql"))


def hours(path: Path, name: str, factors: Path | None = None, country: str = "") -> Found:
    """Read a file; raises UnreadableFileError for other files and for marginal signals, InputError for factors that cannot be used."""
    head = header(FOLDER / f"{name}.sql")
    kind = path.suffix.lower().removeprefix(".")
    if kind != head["formats"]:
        raise UnreadableFileError("intake/format", f"{path.name} is no {head['formats']}, which {name} reads", f"deliver {head['formats']}")
    scratch = _scratch()
    scratch.execute("begin")
    try:
        return _hours(scratch, path, name, factors, country)
    finally:
        scratch.execute("rollback")


@cache
def _scratch() -> Connection:
    """A database beside that holds one file at a time."""
    scratch = connect()
    run_file(scratch, STAGES / "00_schema.sql")
    return scratch


def _hours(scratch: Connection, path: Path, name: str, factors: Path | None, country: str) -> Found:
    head = header(FOLDER / f"{name}.sql")
    options = {"records": head.get("records", ""), "encoding": "", "delimiter": "", "header_row": "1"}
    names = READERS[head["formats"]](scratch, path, ("grid", 1), options)
    for position, column in enumerate(names, start=1):
        scratch.execute("insert into source_column values ('grid', 1, $1, $2)", [position, column])
    _refuse_marginal(scratch, path)
    scratch.execute(PLAIN)
    _refuse_several(scratch, path, head.get("one", ""))
    _load_factors(scratch, name, factors, country)
    readings = cast("duckdb.DuckDBPyRelation", scratch.table("plain").query("plain", body(FOLDER / f"{name}.sql")))
    found = cast("duckdb.DuckDBPyRelation", readings.query("read", HOURS)).fetchall()
    fuels = scratch.execute(FUELS, {"column": head["fuel"]}).fetchall() if "fuel" in head else []
    if not found:
        without = ", ".join(fuel for fuel, factor, *_ in fuels if factor is None)
        message = f"{path.name} has no whole hour of actual values" + (f"; no factor for {without}" if without else "")
        fix = "export actual values of whole hours" + (", and state the factors in mix_factors" if without else "")
        raise UnreadableFileError("intake/records", message, fix)
    return Found(tuple(row[:4] for row in found), tuple(fuels), tuple(row[3] for row in found if row[4]))


def _load_factors(scratch: Connection, name: str, path: Path | None, country: str) -> None:
    """Fill mix_factor: factors by fuel, g per kWh."""
    scratch.execute("create table own_factor (fuel varchar, g_per_kwh decimal(18,6), citation varchar)")
    own = list(cited_rows(path, path.name, OWN)) if path else []
    rows = []
    for place, row in own:
        if not row["g_per_kwh"].replace(".", "", 1).isdecimal():
            raise InputError(f'{place}: g_per_kwh "{row["g_per_kwh"]}" is not a number of 0 or more. fix: give g per kWh, such as 394')
        rows.append(tuple(row[column] for column in OWN))
    if len({fuel for fuel, *_ in rows}) < len(rows):
        raise InputError(f"{path.name if path else ''}: a fuel stands twice. fix: give one factor a fuel")
    insert_rows(scratch, "insert into own_factor select unnest($1), unnest($2)::decimal(18,6), unnest($3)", rows)
    scratch.execute(FACTORS, {"shipped": str(SHIPPED), "name": name, "country": country})


def _refuse_several(scratch: Connection, path: Path, column: str) -> None:
    """Raise UnreadableFileError where a file holds the values of several places, which no query may mix."""
    found = scratch.execute(
        """select distinct e.value as place from plain, unnest(map_entries(record)) as t(e)
           where lower(e.key) = lower($1) and e.value <> '' order by 1 limit 3""",
        [column],
    ).fetchall()
    if len(found) > 1:
        message = f"{path.name} holds several places ({', '.join(place for (place,) in found)[:100]})"
        raise UnreadableFileError("intake/records", message, "deliver a file for each")


def _refuse_marginal(scratch: Connection, path: Path) -> None:
    cells = scratch.execute(
        """select distinct lower(cell) from (select unnest(cells) as cell from source_row)
           where regexp_matches(lower(cell), 'moer|marginal') order by 1 limit 1"""
    ).fetchone()
    if cells:
        message = f'{path.name} is a marginal signal ("{cells[0][:40]}"), which Scope 2 does not take'
        raise UnreadableFileError("intake/records", message, "use average intensities")
