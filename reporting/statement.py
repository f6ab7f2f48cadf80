"""Statements: tables beside the figures (reconciliations, bridges, ledgers of instruments), each one file of reporting/statements.

A file begins with `-- title:`, `-- lead:` (a sentence), `-- place:` (the framework after whose figures it stands, or `annex`),
`-- order:` (a number within the place) and `-- columns:` (name=Heading, parted by `;`; a heading that ends in `|2` holds numbers
printed with two decimals). Its query reads the variables period, starts, ends and view (that of the framework it belongs to, for the
annex that of the first one). A statement without rows is not shown; a new one is a new file: PDF, workbook and figures.json show it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TypeAlias, cast

from reporting.database import PACKAGE, Connection, body, header, records

FOLDER = PACKAGE / "statements"
ANNEX = "annex"
Cell: TypeAlias = str | int | bool | date | Decimal | None


@dataclass(frozen=True)
class Heading:
    """One column: its name in the query, its heading, and the decimals printed (None: text)."""

    name: str
    label: str
    decimals: int | None


@dataclass(frozen=True)
class Statement:
    """One table of a disclosure, rows in the order of its query; numbers exact."""

    id: str
    title: str
    lead: str
    place: str
    columns: tuple[Heading, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True)
class Definition:
    """What a file says of its statement, and its query."""

    id: str
    title: str
    lead: str
    place: str
    order: int
    columns: tuple[Heading, ...]
    query: str


@cache
def definitions() -> tuple[Definition, ...]:
    """Every statement that there is, by place, order and name."""
    return tuple(sorted((_definition(path) for path in FOLDER.glob("*.sql")), key=lambda made: (made.place, made.order, made.id)))


def _definition(path: Path) -> Definition:
    head = header(path)
    columns = tuple(_heading(text.strip()) for text in head["columns"].split(";"))
    return Definition(path.stem, head["title"], head["lead"], head["place"], int(head["order"]), columns, body(path))


def _heading(text: str) -> Heading:
    name, _, rest = text.partition("=")
    label, _, decimals = rest.partition("|")
    return Heading(name, label, int(decimals) if decimals else None)


def statements(connection: Connection, period: str) -> tuple[Statement, ...]:
    """The statements of a period that have rows; one of a framework only where the inventory reports under it."""
    views = {row["framework"]: row["view"] for row in records(connection, "select framework, view from framework order by position")}
    lead = next(iter(views.values()))
    made = (_statement(connection, one, period, str(views.get(one.place, lead))) for one in definitions() if one.place in {ANNEX, *views})
    return tuple(statement for statement in made if statement.rows)


def _statement(connection: Connection, one: Definition, period: str, view: str) -> Statement:
    [(starts, ends)] = connection.execute("select starts, ends from period where period = $1", [period]).fetchall()
    connection.execute("set variable period = $1", [period])
    connection.execute("set variable starts = $1", [starts])
    connection.execute("set variable ends = $1", [ends])
    connection.execute("set variable view = $1", [view])
    found = records(connection, one.query)
    names = [column.name for column in one.columns]
    rows = tuple(tuple(cast("Cell", row[name]) for name in names) for row in found)
    return Statement(one.id, one.title, one.lead, one.place, one.columns, rows)
