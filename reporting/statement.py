"""Statements: tables beside the figures (reconciliations, bridges, ledgers of instruments), each one file of reporting/statements.

A file begins with `-- title:`, `-- lead:` (a sentence), `-- place:` (the framework after whose figures it stands, `each` for all, `annex`),
`-- order:` (a number within the place) and `-- columns:` (name=Heading, parted by `;`; a heading that ends in `|2` holds numbers
printed with two decimals). Its query reads the variables period, starts, ends, framework and view (of the framework it belongs to, for the
annex of the first one). A statement without rows is not shown; a new one is a new file: PDF, workbook and figures.json show it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TypeAlias, cast

from reporting.database import PACKAGE, Connection, body, header, parsed, records

FOLDER = PACKAGE / "statements"
ANNEX, EACH = "annex", "each"
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
    is_of_each: bool = False


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


def statements(connection: Connection, period: str, first: str = "") -> tuple[Statement, ...]:
    """The statements of a period that have rows and whose names begin so; one of a framework only where the inventory reports under it."""
    frameworks = [str(row["framework"]) for row in records(connection, "select framework from framework order by position, framework")]
    places = {ANNEX: [frameworks[0]], EACH: frameworks, **{name: [name] for name in frameworks}}
    asked = [(name, one) for one in definitions() if one.id.startswith(first) for name in places.get(one.place, ())]
    made = {}
    for name in frameworks:  # the variables are set once for each
        set_variables(connection, name, period)
        made.update({(name, one.id): _statement(connection, one, name) for framework, one in asked if framework == name})
    return tuple(statement for name, one in asked if (statement := made[name, one.id]).rows)


def set_variables(connection: Connection, framework: str, period: str) -> None:
    """Set what the queries about a framework in a period read: framework, view, period and its half-open dates."""
    query = "select p.starts, p.ends, f.view from period p cross join framework f where p.period = $1 and f.framework = $2"
    [(starts, ends, view)] = connection.execute(query, [period, framework]).fetchall()
    connection.execute("set variable period = $1", [period])
    connection.execute("set variable starts = $1", [starts])
    connection.execute("set variable ends = $1", [ends])
    connection.execute("set variable view = $1", [view])
    connection.execute("set variable framework = $1", [framework])


def _statement(connection: Connection, one: Definition, framework: str) -> Statement:
    found = records(connection, parsed(one.query)[0])
    names = [column.name for column in one.columns]
    rows = tuple(tuple(cast("Cell", row[name]) for name in names) for row in found)
    return Statement(one.id, one.title, one.lead, framework if one.place == EACH else one.place, one.columns, rows, one.place == EACH)
