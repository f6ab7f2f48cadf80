"""Digests of the tables of a computed inventory: the same rows give the same digest, in whatever order they lie."""

from __future__ import annotations

import tempfile
from pathlib import Path

from duckdb import DuckDBPyRelation

from reporting.database import Connection
from reporting.digest import file_sha256
from reporting.evidence.formats import TableDigest

TABLES = "select table_name from duckdb_tables() where not temporary and schema_name = 'main' order by table_name"


def table_digests(connection: Connection) -> dict[str, TableDigest]:
    """Rows and digest of every table as `compute` leaves it; what documents add to `setting` comes later."""
    with tempfile.TemporaryDirectory(prefix="ghg-") as scratch:
        names = [name for (name,) in connection.execute(TABLES).fetchall()]
        return {name: _digest(connection, name, Path(scratch) / "table.csv") for name in names}


def _digest(connection: Connection, name: str, path: Path) -> TableDigest:
    return TableDigest(rows=write_ordered(connection.table(name), path), sha256=file_sha256(path))


def write_ordered(relation: DuckDBPyRelation, path: Path) -> int:
    """Write a table as CSV, ordered by all columns; gives its rows. Most tables are empty: their header needs no query."""
    [[rows]] = relation.count("*").fetchall()
    if rows or not all(name.isidentifier() for name in relation.columns):
        relation.order("all").write_csv(str(path))
    else:
        path.write_text(f"{','.join(relation.columns)}\n", encoding="utf-8", newline="")
    return int(rows)
