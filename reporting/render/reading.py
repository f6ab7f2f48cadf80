"""Reading tables as dictionaries: the only way in which the renderers touch the database; the queries lie in queries/, one file each."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeAlias

import duckdb

from reporting.types import InputError

QUERIES = Path(__file__).parent / "queries"
AT_ONCE = 2048
Row: TypeAlias = dict[str, Any]


def rows(connection: duckdb.DuckDBPyConnection, query: str, parameters: dict[str, object] | None = None) -> list[Row]:
    """The rows of a query of queries/ as dictionaries, in the order of the query."""
    return list(each_row(connection, query, parameters))


def each_row(connection: duckdb.DuckDBPyConnection, query: str, parameters: dict[str, object] | None = None) -> Iterator[Row]:
    """The same one by one, for tables of which memory should hold a part; no other query may run on the connection in between."""
    cursor = connection.execute((QUERIES / f"{query}.sql").read_text(encoding="utf-8"), parameters)
    names = [column[0] for column in cursor.description or ()]
    while some := cursor.fetchmany(AT_ONCE):
        for row in some:
            yield dict(zip(names, row, strict=True))


class Settings:
    """The table `setting`: required values raise by name, optional ones are '' where they are missing."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._values: dict[str, str] = dict(connection.execute("select name, value from setting order by name").fetchall())

    def required(self, name: str) -> str:
        """A setting that no document can do without."""
        if name not in self._values:
            raise InputError(f"the table setting has no row {name}. fix: build the inventory again with this version")
        return self._values[name]

    def optional(self, name: str) -> str:
        """A setting that an inventory may leave out; ''."""
        return self._values.get(name, "")

    def below(self, prefix: str) -> tuple[tuple[str, str], ...]:
        """All settings whose name starts with the prefix, the rest of the name and the value, by name."""
        return tuple((name.removeprefix(prefix), value) for name, value in sorted(self._values.items()) if name.startswith(prefix))
