"""Grid intensity from files as publishers deliver them: their readings become values of an hour, in g per kWh, by one query a format."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import duckdb

from reporting.database import PACKAGE, STAGES, Connection, body, connect, header, run_file
from reporting.intake import delimited, json_records, xml_records
from reporting.intake.files import UnreadableFileError

FOLDER = PACKAGE / "connectors" / "grid"
READERS = {"csv": delimited.read, "json": json_records.read, "xml": xml_records.read}
PLAIN = """create or replace temp table plain as
    with kept as (select min(position) as position, name from source_column group by name),
    column_list as (select list(name order by position) as names, list(position order by position) as positions from kept)
    select row_no, map(names, list_transform(positions, lambda p: trim(coalesce(cells[p], '')))) as record from source_row, column_list"""
HOURS = """with part as (
        select row_no, microsecond // 3600000000 as hour, minutes,
            case when regexp_full_match(value, '[0-9]+([.][0-9]+)?') then try_cast(value as decimal(18,8)) end as value
        from read where microsecond is not null
    )
    select min(row_no), cast(cast(scaled_quotient(sum(cast(value * minutes as decimal(38,8))), sum(minutes)) as decimal(18,8)) as varchar),
        hour * 3600000000 as microsecond
    from part group by hour having sum(minutes) = 60 and count(*) = count(value) order by microsecond"""


def formats() -> list[str]:
    """The formats by name."""
    return sorted(path.stem for path in FOLDER.glob("*.sql"))


def hours(path: Path, name: str, factors: Path | None) -> list[tuple[int, str, int]]:
    """Row, g per kWh and microsecond of every whole hour of a file; raises UnreadableFileError for other and for marginal signals."""
    head = header(FOLDER / f"{name}.sql")
    kind = path.suffix.lower().removeprefix(".")
    if kind != head["formats"]:
        raise UnreadableFileError("intake/format", f"{path.name} is no {head['formats']}, which {name} reads", f"deliver {head['formats']}")
    scratch = connect()
    run_file(scratch, STAGES / "00_schema.sql")
    options = {"records": head.get("records", ""), "encoding": "", "delimiter": "", "header_row": "1"}
    names = READERS[kind](scratch, path, ("grid", 1), options)
    for position, column in enumerate(names, start=1):
        scratch.execute("insert into source_column values ('grid', 1, $1, $2)", [position, column])
    _refuse_marginal(scratch, path)
    scratch.execute(PLAIN)
    source = str(factors or PACKAGE / "standards" / "generation_factors.csv")
    scratch.execute(
        """create table mix_factor as select fuel, cast(g_per_kwh as decimal(18,6)) as g_per_kwh
           from read_csv($path, header = true, all_varchar = true, delim = ',', quote = '"', escape = '"') where citation <> ''""",
        {"path": source},
    )
    readings = cast("duckdb.DuckDBPyRelation", scratch.table("plain").query("plain", body(FOLDER / f"{name}.sql")))
    found = cast("duckdb.DuckDBPyRelation", readings.query("read", HOURS)).fetchall()
    if not found:
        raise UnreadableFileError(
            "intake/records", f"{path.name} has no whole hour of actual values", "export actual values of whole hours"
        )
    return found


def _refuse_marginal(scratch: Connection, path: Path) -> None:
    cells = scratch.execute(
        """select distinct lower(cell) from (select unnest(cells) as cell from source_row)
           where regexp_matches(lower(cell), 'moer|marginal') order by 1 limit 1"""
    ).fetchone()
    if cells:
        message = f'{path.name} is a marginal signal ("{cells[0][:40]}"), which Scope 2 does not take'
        raise UnreadableFileError("intake/records", message, "use average intensities")
