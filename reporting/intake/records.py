"""Parquet: columns of records, every value kept as text."""

from __future__ import annotations

from pathlib import Path

import duckdb

from reporting.database import Connection
from reporting.intake.files import UnreadableFileError


def read_parquet(connection: Connection, path: Path, key: tuple[str, int]) -> list[str]:
    """Load one Parquet file into source_row (row 1 is the first record); returns the column names."""
    try:
        connection.execute("create or replace temp view parquet_input as from read_parquet($path)".replace("$path", _quoted(path)))
        connection.execute(
            """insert into source_row
               with text as (select columns(*)::varchar from parquet_input)
               select $source_id, $file_no, row_number() over (), list_value(*columns(*)) from text""",
            {"source_id": key[0], "file_no": key[1]},
        )
        return [row[0] for row in connection.execute("describe parquet_input").fetchall()]
    except duckdb.Error as error:
        reason = str(error).splitlines()[0].replace(str(path), path.name)
        raise UnreadableFileError("intake/parquet", f"cannot be read as Parquet ({reason})", "export the file again") from None


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"
