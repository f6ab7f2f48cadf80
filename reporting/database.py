"""The derived DuckDB database: opening it, running the numbered SQL files, writing files whole or not at all."""

from __future__ import annotations

import atexit
import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import duckdb

PACKAGE = Path(__file__).parent
STAGES = PACKAGE / "stages"
Connection = duckdb.DuckDBPyConnection
MADE = ("out", "disclosures")  # what an inventory folder holds that no file of activity data is
SMALL = 4_000_000  # bytes


def connect(path: Path | None = None, *, threads: int | None = None, memory_limit: str = "2GB") -> Connection:
    """Open a fresh database in memory, or on disk for large inventories; UTC, no extensions to download, nothing printed."""
    connection = duckdb.connect(str(path) if path else ":memory:")
    connection.execute("set TimeZone = 'UTC'")
    connection.execute("set autoinstall_known_extensions = false")
    connection.execute("set autoload_known_extensions = false")
    connection.execute("set enable_progress_bar = false")
    connection.execute("set memory_limit = $limit", {"limit": memory_limit})
    connection.execute("set temp_directory = $folder", {"folder": _spill_folder()})
    if threads is not None:
        connection.execute("set threads = $threads", {"threads": threads})
    return connection


@cache
def _spill_folder() -> str:
    """Where tables go that do not fit in memory: a folder of this process among the system's temporary ones (TMPDIR), gone at its end."""
    folder = tempfile.mkdtemp(prefix="ghg-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def threads_for(folder: Path) -> int | None:
    """One thread for a folder of a few megabytes, where handing small tables around costs more than it saves; else DuckDB's own number."""
    parts = [part for part in folder.glob("*") if part.name not in MADE]
    size = 0
    for path in (path for part in parts for path in (part, *part.rglob("*")) if path.is_file()):
        size += path.stat().st_size
        if size > SMALL:
            return None
    return 1


def stage_files(first: int = 0, last: int = 99) -> list[Path]:
    """The numbered stage files from one number to another, in order."""
    files = sorted(STAGES.glob("[0-9][0-9]_*.sql"))
    return [file for file in files if first <= int(file.name[:2]) <= last]


@cache
def parsed(text: str) -> tuple[duckdb.Statement, ...]:
    """The statements of an SQL text. Parsing is a sixth of what a small inventory costs; whoever computes several parses once."""
    return tuple(_parser().extract_statements(text))


@cache
def _parser() -> Connection:
    return connect(threads=1)


@dataclass(frozen=True)
class Step:
    """A statement of a file, the table that it makes or changes, and the tables without whose rows it gives none (`-- of:`)."""

    statement: duckdb.Statement
    table: str
    of: tuple[str, ...]


@cache
def steps(text: str) -> tuple[Step, ...]:
    """The statements of an SQL text, with what their first lines say."""
    return tuple(_step(statement) for statement in parsed(text))


def _step(statement: duckdb.Statement) -> Step:
    first = statement.query.strip().partition("\n")[0]
    table = re.match(r"(?:create table|insert into|update|delete from) (\w+)", first)
    of = re.search(r" -- of: ([a-z_0-9, ]+)$", first)
    return Step(statement, table[1] if table else "", tuple(of[1].split(", ")) if of else ())


@cache
def empty_tables() -> dict[str, duckdb.Statement]:
    """The tables that statements `of` others make, by name, without rows: making one so costs a twentieth of planning its query."""
    return {step.table: step.statement for step in steps((PACKAGE / "empty_tables.sql").read_text(encoding="utf-8"))}


def run_file(connection: Connection, path: Path) -> None:
    """Run one SQL file of whole statements; one `of` tables that are all empty makes its table empty, and changes no other."""
    filled: dict[str, bool] = {}
    for step in steps(path.read_text(encoding="utf-8")):
        filled.update({name: has_rows(connection, name) for name in step.of if name not in filled})
        if not step.of or any(filled[name] for name in step.of):
            connection.execute(step.statement)
            filled.pop(step.table, None)
        elif step.statement.query.startswith("create"):
            connection.execute(empty_tables()[step.table])


def has_rows(connection: Connection, table: str) -> bool:
    """Whether a table or view holds any row."""
    return bool(connection.execute(parsed("select 1 from query_table($1) limit 1")[0], [table]).fetchall())


@cache
def header(path: Path) -> dict[str, str]:
    """The `-- key: value` lines at the top of an SQL file."""
    found: dict[str, str] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        match = re.match(r"-- ([a-z_]+): (.+)$", line)
        if not match:
            break
        found[match[1]] = match[2].strip()
    return found


def body(path: Path) -> str:
    """The statement below those lines."""
    lines = path.read_text(encoding="utf-8").splitlines()
    while lines and lines[0].startswith("--"):
        lines.pop(0)
    return "\n".join(lines).rstrip().rstrip(";")


@cache
def around(statement: str, path: Path) -> str:
    """A statement with the query of a file in the place of {query}: both are files of the product, and the whole is planned once."""
    return statement.format(query=body(path))


def records(connection: Connection, query: str | duckdb.Statement, parameters: dict[str, object] | None = None) -> list[dict[str, object]]:
    """The rows of a query as dictionaries by column name, values as Python has them."""
    cursor = connection.execute(query, parameters or {})
    names = [column[0] for column in cursor.description or []]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def insert_rows(connection: Connection, statement: str, rows: Sequence[tuple[object, ...]]) -> None:
    """Insert small Python rows in one statement, which unnests one list parameter per column: $1, $2 and so on."""
    if rows:
        connection.execute(statement, [list(column) for column in zip(*rows, strict=True)])


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """Give a temporary sibling to write to; it replaces `path` in one step at the end, or is removed on any failure."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    os.close(handle)
    temporary = Path(name)
    try:
        yield temporary
        with temporary.open("rb") as written:
            os.fsync(written.fileno())
        temporary.chmod(0o644)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
