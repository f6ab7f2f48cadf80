"""Two inventories in one database, and hybrids of both: the old one with the inputs of some causes taken from the new one.

Everything happens on tables as read: no file is edited, and the stages run on a hybrid as they run on any inventory.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import duckdb

from reporting.database import Connection, connect, insert_rows, run_file, threads_for
from reporting.evidence.bridge.shapes import Cause
from reporting.inventory import Inventory
from reporting.pipeline import Given, Progress, calculate_figures, read
from reporting.resources import pinned
from reporting.types import InputError

FOLDER = Path(__file__).parent
MIXED = "mixed"
NONE = "none"
"""The register: what was published says nothing about what is computed."""
EVERYTHING = "all"
HOURLY, HOURLY_CAUSE = "hourly_reading", "corrected"
"""The view over the files of hourly loads, which are read in place."""
DIFFERENCE = """select (select count(*) from (from query_table($old) except all from query_table($new))),
    (select count(*) from (from query_table($new) except all from query_table($old)))"""
TABLES = "select table_name from duckdb_tables() where database_name = 'given_old' order by table_name"


@dataclass(frozen=True)
class Side:
    """One end of a bridge: an inventory folder, the factor sets kept with it (None: the product's own), its name, its published figures."""

    folder: Path
    name: str
    factors: Path | None = None
    published: Path | None = None


@dataclass(frozen=True)
class Asked:
    """What a bridge is about: a period, some frameworks (none: all that the inventory names), and where progress is told."""

    period: str
    frameworks: Sequence[str]
    progress: Progress


@dataclass(frozen=True)
class Both:
    """Two inventories as read and as computed, in the catalogs given_old, given_new, run_old and run_new of one database."""

    connection: Connection
    period: str
    inventory: Inventory


@cache
def causes() -> tuple[Cause, ...]:
    """Every cause, in the order in which they are substituted."""
    return tuple(Cause(row["cause"], row["label"], row["event_kind"], row["meaning"]) for row in _rows("causes.csv"))


@cache
def table_causes() -> dict[str, str]:
    """The cause that every table as read belongs to; `mixed` where its rows or columns belong to several, `none` where to none."""
    return {row["table_name"]: row["cause"] for row in _rows("tables.csv")}


def _rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def run(connection: Connection, name: str) -> None:
    """Run one SQL file of this folder."""
    run_file(connection, FOLDER / f"{name}.sql")


def compute_both(old: Side, new: Side, asked: Asked) -> Both:
    """Read and compute both ends, pair their rows, and find out what differs; raises InputError, UsageError."""
    connection = connect(threads=threads_for(new.folder))
    run(connection, "catalogs")
    connection.execute("set variable bridge_period = $period", {"period": asked.period})
    before = _read(connection, "use given_old", old, asked)
    after = _read(connection, "use given_new", new, asked)
    connection.execute("copy from database given_old to run_old; copy from database given_new to run_new")
    for statement, given in (("use run_old", before), ("use run_new", after)):
        connection.execute(statement)
        calculate_figures(given, asked.progress, ["error"], alone=True)
    connection.execute("create table restatement.column_cause (kind varchar, name varchar, cause varchar, citation varchar)")
    columns = "insert into restatement.column_cause select unnest($1), unnest($2), unnest($3), unnest($4)"
    insert_rows(connection, columns, [tuple(row.values()) for row in _rows("columns.csv")])
    for name in ("pair", "change", "change_boundary"):
        run(connection, name)
    _compare_tables(connection)
    return Both(connection, asked.period, after.inventory.model_copy(update={"uncertainty": None}))


def _read(connection: Connection, use: str, side: Side, asked: Asked) -> Given:
    connection.execute(use)
    asked.progress(f"reading {side.name}")
    if not side.factors:
        return read(connection, side.folder, [asked.period], asked.frameworks, progress=asked.progress)
    try:
        with pinned(side.factors):
            return read(connection, side.folder, [asked.period], asked.frameworks, progress=asked.progress)
    except duckdb.Error as error:
        reason = str(error).splitlines()[0].replace(str(side.factors), "factors")
        raise InputError(
            f"{side.name}: its factor sets cannot be read by this version of the program ({reason}). "
            "fix: compare with the version of the program that published it"
        ) from None


def _compare_tables(connection: Connection) -> None:
    """Add a change for every table that belongs to one cause whole and differs, where no other line of that cause says so."""
    told = {cause for (cause,) in connection.execute("select distinct cause from restatement.change").fetchall()}
    for name, cause in _tables(connection):
        if cause in {MIXED, NONE, *told}:
            continue
        places = {"old": f"given_old.main.{name}", "new": f"given_new.main.{name}"}
        [(gone, come)] = connection.execute(DIFFERENCE, places).fetchall()
        if gone or come:
            words = [cause, f"table {name}", f"{gone} rows that are gone or changed", f"{come} rows that came or changed"]
            connection.execute("insert into restatement.change values ($1, $2, $3, $4)", words)


def _tables(connection: Connection) -> list[tuple[str, str]]:
    """Every table as read, with its cause; one that tables.csv does not name is a matter of the engine."""
    known = table_causes()
    return [(name, known.get(name, "method")) for (name,) in connection.execute(TABLES).fetchall()]


def active(connection: Connection) -> tuple[Cause, ...]:
    """The causes whose inputs differ, in order."""
    found = {cause for (cause,) in connection.execute("select distinct cause from restatement.change").fetchall()}
    return tuple(cause for cause in causes() if cause.id in found)


def take(both: Both, cause: Cause, *, is_last: bool, progress: Progress) -> None:
    """Substitute the inputs of one more cause and compute: the catalog hybrid then holds the figures."""
    connection = both.connection
    names = [cause.id, EVERYTHING] if is_last else [cause.id]
    connection.execute("insert into restatement.taken select unnest($1)", [names])
    taken = {name for (name,) in connection.execute("from restatement.taken").fetchall()}
    connection.execute(
        "use run_old; detach hybrid; attach ':memory:' as hybrid; copy from database given_old to hybrid (schema); use hybrid"
    )
    for name, owner in _tables(connection):
        if owner != MIXED:
            connection.table(f"given_{'new' if owner in taken else 'old'}.main.{name}").insert_into(name)
    side = "given_new" if HOURLY_CAUSE in taken else "given_old"
    connection.view(f"{side}.main.{HOURLY}").create_view(HOURLY, replace=True)
    for name in ("hybrid_row", "hybrid", "hybrid_boundary"):
        run(connection, name)
    calculate_figures(Given(Path(), both.inventory, connection, ()), progress, ["error"], alone=True)
