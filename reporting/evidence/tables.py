"""Digests of the tables of a computed inventory: the same rows give the same digest, in whatever order they lie."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Sequence
from pathlib import Path

from duckdb import DuckDBPyRelation

from reporting.database import Connection, has_rows
from reporting.digest import file_sha256
from reporting.evidence.formats import TableDigest

TABLES = """select table_name, list(column_name order by column_index) from duckdb_columns()
    join (select table_oid from duckdb_tables() where not temporary and schema_name = 'main') using (table_oid) group by all order by all"""


def table_digests(connection: Connection) -> dict[str, TableDigest]:
    """Rows and digest of every table as `compute` leaves it; what documents add to `setting` comes later."""
    with tempfile.TemporaryDirectory(prefix="ghg-") as scratch:
        tables = connection.execute(TABLES).fetchall()
        return {name: _digest(connection, name, columns, Path(scratch) / "table.csv") for name, columns in tables}


def _digest(connection: Connection, name: str, columns: Sequence[str], path: Path) -> TableDigest:
    if not has_rows(connection, name) and _is_plain(columns):
        return TableDigest(rows=0, sha256=hashlib.sha256(_head(columns)).hexdigest())
    return TableDigest(rows=write_ordered(connection.table(name), path), sha256=file_sha256(path))


def _is_plain(columns: Sequence[str]) -> bool:
    """Whether no name needs quotes in CSV."""
    return all(name.isidentifier() for name in columns)


def _head(columns: Sequence[str]) -> bytes:
    return f"{','.join(columns)}\n".encode()


def write_ordered(relation: DuckDBPyRelation, path: Path) -> int:
    """Write a table as CSV, ordered by all columns; gives its rows. Most tables are empty: their header needs no query."""
    [[rows]] = relation.count("*").fetchall()
    if rows or not _is_plain(relation.columns):
        relation.order("all").write_csv(str(path))
    else:
        path.write_bytes(_head(relation.columns))
    return int(rows)
