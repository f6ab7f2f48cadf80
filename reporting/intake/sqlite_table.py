"""SQLite: the tables that a connector names, opened read-only; rows are numbered through, several tables are told apart by `/element`."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from reporting.database import Connection
from reporting.intake.files import UnreadableFileError
from reporting.intake.record_rows import MAX_LINE, RecordRows
from reporting.intake.spreadsheet import as_text

FIX = "export the database again, after closing the program that writes it"
BATCH = 5_000


def _unreadable(rule: str, message: str, fix: str = FIX) -> UnreadableFileError:
    return UnreadableFileError(f"intake/{rule}", message, fix)


def read(connection: Connection, path: Path, key: tuple[str, int], options: dict[str, str]) -> list[str]:
    """Load the rows of the named tables into source_row in the order in which the database keeps them; returns the column names."""
    tables = [name for name in options["records"].split(" | ") if name]
    if not tables:
        raise _unreadable("records", "is a database, and nothing says which of its tables holds the records", "name it as `records`")
    log = path.with_name(path.name + "-wal")
    if log.is_file() and log.stat().st_size:
        raise _unreadable("sqlite", f'has changes in "{log.name}" that are not yet in the database')
    rows = RecordRows(connection, key)
    try:
        database = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
        try:
            _read_tables(database, tables, rows)
        finally:
            database.close()
    except (sqlite3.DatabaseError, OverflowError) as error:
        raise _unreadable("sqlite", f"cannot be read as an SQLite database ({error})") from None
    return rows.finish()


def _read_tables(database: sqlite3.Connection, tables: list[str], rows: RecordRows) -> None:
    database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, MAX_LINE)
    database.execute("pragma trusted_schema = off")
    present = {name for (name,) in database.execute("select name from sqlite_master where type = 'table'")}
    if not present & set(tables):
        raise _unreadable("records", f"has no table {' or '.join(tables)}", "export it again as the connector's page says")
    for table in (name for name in tables if name in present):
        kind: dict[str, str | None] = {"/element": table} if len(tables) > 1 else {}
        for record in _records(database, table):
            rows.add(rows.count + 1, kind | record)


def _records(database: sqlite3.Connection, table: str) -> Iterator[dict[str, str | None]]:
    cursor = database.execute('select * from "$table"'.replace("$table", table.replace('"', '""')))
    names = [column[0] for column in cursor.description]
    while batch := cursor.fetchmany(BATCH):
        for cells in batch:
            yield {name: _cell(cell) for name, cell in zip(names, cells, strict=True)}


def _cell(value: object) -> str | None:
    return value.hex() if isinstance(value, bytes) else as_text(value)
