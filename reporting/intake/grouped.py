"""Bills of many lines: read in place, added up by what tells their lines apart; a group is a source row, its lines can be asked for again.

A connector has groups where reporting/connectors/grouped holds a file of its name: a query over the view `raw` (the file) that gives the
keys of every line, its quantity and its cost. Parquet is scanned where it lies; other formats are read row by row first.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import cast

import duckdb
from duckdb import ColumnExpression, ConstantExpression, FunctionExpression

from reporting.database import PACKAGE, Connection, connect, header
from reporting.intake.files import UnreadableFileError

FOLDER = PACKAGE / "connectors" / "grouped"
ADD_UP = PACKAGE / "intake" / "grouped.sql"
ROW_NUMBER = """select line, row_no from (select row_number() over (order by row_no) as line, row_no from source_row)
    where list_contains($1::bigint[], line)"""
SUMS = ("quantity", "cost", "lines")
KEEP = "insert into source_row select $source_id, $file_no, row_no, cells from grouped_row"


def query_of(connector: str) -> Path | None:
    """The file that says how a connector's lines are grouped, None where it has none."""
    path = FOLDER / f"{connector}.sql"
    return path if path.is_file() else None


def read_parquet(connection: Connection, path: Path, key: tuple[str, int], query: Path) -> list[str]:
    """Add up one Parquet file in place into source_row; returns the names of keys and sums. `key` is (source_id, file_no)."""
    try:
        connection.read_parquet(str(path)).create_view("raw", replace=True)
        return _add_up(connection, key, query)
    except duckdb.Error as error:
        reason = str(error).splitlines()[0].replace(str(path), path.name)
        raise UnreadableFileError("intake/parquet", f"cannot be read as Parquet ({reason})", "export the file again") from None


def add_up_rows(connection: Connection, key: tuple[str, int], names: Sequence[str], query: Path) -> list[str]:
    """Add up the rows that a file has given to source_row and put the groups in their place; returns the names of keys and sums."""
    place = {"source_id": key[0], "file_no": key[1]}
    _as_columns(connection, key, names).create("raw_row")
    connection.table("raw_row").create_view("raw", replace=True)
    connection.execute("delete from source_row where source_id = $source_id and file_no = $file_no", place)
    try:
        return _add_up(connection, key, query)
    finally:
        connection.execute("drop view if exists keyed")
        connection.execute("drop view if exists raw")
        connection.execute("drop table raw_row")


def _as_columns(connection: Connection, key: tuple[str, int], names: Sequence[str]) -> duckdb.DuckDBPyRelation:
    """The rows of a file as a table of named columns; the first of two equal names is taken, blank cells are nothing."""
    rows = connection.table("source_row").filter(
        (ColumnExpression("source_id") == ConstantExpression(key[0])) & (ColumnExpression("file_no") == ConstantExpression(key[1]))
    )
    first = {_plain(name).lower(): (position, _plain(name)) for position, name in reversed(list(enumerate(names, start=1))) if name}
    cells = [
        FunctionExpression(
            "nullif",
            FunctionExpression("trim", FunctionExpression("list_extract", ColumnExpression("cells"), ConstantExpression(position))),
            ConstantExpression(""),
        ).alias(name)
        for position, name in first.values()
    ]
    return rows.select(*cells)


def _plain(name: str) -> str:
    """A name of the older reports of AWS as it is called since: lineItem/UsageType is line_item_usage_type."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).replace("/", "_").lower() if re.fullmatch(r"[a-zA-Z]+/[a-zA-Z]+", name) else name


def _add_up(connection: Connection, key: tuple[str, int], query: Path) -> list[str]:
    _need(connection, query)
    _keyed(connection, query)
    connection.execute(ADD_UP.read_text(encoding="utf-8"))
    connection.execute(KEEP, {"source_id": key[0], "file_no": key[1]})
    names = [row[0] for row in connection.execute("describe keyed").fetchall()]
    connection.execute("drop table grouped_row")
    return [*(name for name in names if name not in SUMS), *SUMS]


def _need(connection: Connection, query: Path) -> None:
    """Raise UnreadableFileError where a column that the connector's header names under `lines` is not in the file."""
    present = {row[0].lower() for row in connection.execute("describe raw").fetchall()}
    wanted = [name.strip() for name in header(FOLDER.parent / query.name)["lines"].split(",")]
    missing = [name for name in wanted if name.lower() not in present]
    if missing:
        fix = "export the file with all columns; the page of the connector in docs/formats says which it needs"
        raise UnreadableFileError("intake/columns", f"has no column {', '.join(missing)}", fix)


def _keyed(connection: Connection, query: Path) -> None:
    keyed = cast("duckdb.DuckDBPyRelation", connection.table("raw").query("raw", query.read_text(encoding="utf-8")))
    keyed.create_view("keyed", replace=True)


@dataclass(frozen=True)
class Lines:
    """The lines of a file that were added up to one row: their numbers in the file with quantity and cost, and the sums as text."""

    lines: tuple[tuple[int, Decimal | None, Decimal | None], ...]
    count: int
    quantity: str | None
    cost: str | None


def parquet_again(path: Path) -> Connection:
    """A database of its own in which a Parquet file is the view `raw`, its lines numbered from 1."""
    connection = connect()
    connection.read_parquet(str(path)).create_view("raw")
    return connection


def lines_of(connection: Connection, query: Path, cells: Mapping[str, str | None], limit: int) -> Lines:
    """Ask `raw` again for the lines behind one row of sums, whose cells are given by name; the first `limit` lines are given."""
    _keyed(connection, query)
    connection.execute("create temp view numbered as select row_number() over () as line, * from keyed")
    found = connection.table("numbered")
    for name in [name for name in cells if name not in SUMS]:
        found = found.filter(_is_cell(name, cells[name]))
    found.create("numbered_line")
    connection.execute("create or replace temp view keyed as select * exclude (line) from numbered_line")
    connection.execute(ADD_UP.read_text(encoding="utf-8"))
    sums = connection.execute("select cells[-3], cells[-2], cells[-1] from grouped_row").fetchall()
    quantity, cost, count = sums[0] if len(sums) == 1 else (None, None, "0")
    shown = connection.execute("select line, quantity, cost from numbered_line order by line limit $1", [limit]).fetchall()
    return Lines(tuple(shown), int(count), quantity, cost)


def row_lines_of(connection: Connection, names: Sequence[str], query: Path, cells: Mapping[str, str | None], limit: int) -> Lines:
    """Ask the one file whose rows source_row holds; its lines are numbered as its rows are."""
    connection.execute("create or replace table source_row as from source_row order by row_no")  # readers write in no order
    [key] = connection.execute("select distinct source_id, file_no from source_row").fetchall() or [("", 0)]
    _as_columns(connection, key, names).create("raw")
    found = lines_of(connection, query, cells, limit)
    numbers = dict(connection.execute(ROW_NUMBER, [[line for line, _, _ in found.lines]]).fetchall())
    return replace(found, lines=tuple((numbers[line], quantity, cost) for line, quantity, cost in found.lines))


def _is_cell(name: str, cell: str | None) -> duckdb.Expression:
    column = ColumnExpression(name).cast("VARCHAR")
    if cell is None:
        return column.isnull()
    return column == ConstantExpression(cell)
