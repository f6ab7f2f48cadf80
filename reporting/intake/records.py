"""Parquet: columns of records, every value kept as text; fields of nested columns as dotted names, as in JSON."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import cast

import duckdb
from duckdb import ColumnExpression, ConstantExpression, Expression, FunctionExpression
from duckdb.sqltypes import DuckDBPyType

from reporting.database import Connection
from reporting.intake.files import UnreadableFileError
from reporting.intake.record_rows import MAX_NAMES


def read_parquet(connection: Connection, path: Path, key: tuple[str, int]) -> list[str]:
    """Load one Parquet file into source_row (row 1 is the first record); returns the column names."""
    try:
        file = connection.read_parquet(str(path))
        columns = [cell for name, kind in zip(file.columns, file.types, strict=True) for cell in _cells(name, ColumnExpression(name), kind)]
        if len(columns) > MAX_NAMES:
            raise UnreadableFileError("intake/names", f"has records of more than {MAX_NAMES} names", "export a table, one record a row")
        file.select(*columns).create_view("parquet_input", replace=True)
        connection.execute(
            "insert into source_row select $source_id, $file_no, row_number() over (), list_value(*columns(*)) from parquet_input",
            {"source_id": key[0], "file_no": key[1]},
        )
        return [row[0] for row in connection.execute("describe parquet_input").fetchall()]
    except duckdb.Error as error:
        reason = str(error).splitlines()[0].replace(str(path), path.name)
        raise UnreadableFileError("intake/parquet", f"cannot be read as Parquet ({reason})", "export the file again") from None


def _cells(name: str, value: Expression, kind: DuckDBPyType) -> Iterator[Expression]:
    """A column as text, or the fields of a STRUCT one by one."""
    if kind.id != "struct":
        # A column without a single value has no type of its own, and casting it within a STRUCT ends DuckDB 2.0.0.
        is_empty = kind.id == "null"
        yield (ConstantExpression(None) if is_empty else value).cast("VARCHAR").alias(name)
        return
    for field, of in cast("list[tuple[str, DuckDBPyType]]", kind.children):
        yield from _cells(f"{name}.{field}", FunctionExpression("struct_extract", value, ConstantExpression(field)), of)
