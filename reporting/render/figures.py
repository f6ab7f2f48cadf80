"""figures.json: the figures, findings and identity of a build as canonical JSON, decimals as text."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

import reporting
from reporting.database import PACKAGE, Connection, records, whole_file
from reporting.digest import jsonable
from reporting.render.texts import Text, texts
from reporting.statement import Statement, statements

if TYPE_CHECKING:
    from reporting.pipeline import Result

QUERIES = PACKAGE / "render" / "queries"


def query(name: str) -> str:
    """The text of a query file."""
    return (QUERIES / f"json_{name}.sql").read_text(encoding="utf-8")


def digest_lines(connection: Connection) -> Iterator[object]:
    """What the digest of a build covers, in order: figures, and the source files and factor sets they rest on."""
    yield from records(connection, "select figure_id, period, view, status, value, unit from figure order by figure_id, period")
    yield from records(connection, "select framework, datapoint, period, status, text, narrative from text_answer order by all")
    yield from records(connection, "select name, markdown from narrative order by name")
    yield from records(connection, "select source_id, file_no, path, sha256 from source_file order by source_id, file_no")
    yield from records(connection, "select set_id, digest from factor_set order by set_id")


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside the figures of a period, asked once for all outputs."""

    period: str
    statements: tuple[Statement, ...]
    texts: tuple[Text, ...]


def beside(connection: Connection, period: str) -> Beside:
    """Ask the tables for the statements and the texts of a period."""
    return Beside(period, tuple(statements(connection, period)), tuple(texts(connection, period)))


def document(result: Result, period: str, digest: str, told: Beside) -> dict[str, object]:
    """The whole of figures.json as plain values."""
    connection = result.connection
    return {
        "inventory": {
            "organisation": result.inventory.organisation.name,
            "lei": result.inventory.organisation.lei,
            "country": result.inventory.organisation.country,
        },
        "build": {
            "digest": digest,
            "engine": f"ghg-reporting {reporting.__version__}, DuckDB {duckdb.__version__}",
            "period": period,
            "version": records(connection, "select value from setting where name = 'version'")[0]["value"],
            "views": records(connection, "select view, approach, gwp_set from view order by view"),
            "factor_sets": records(connection, query("factor_sets")),
            "sources": records(connection, query("sources")),
        },
        "figures": records(connection, query("figures"), {"period": period}),
        "texts": [asdict(text) for text in told.texts],
        "statements": [asdict(statement) for statement in told.statements],
        "findings": [vars(finding) for finding in result.findings],
    }


def render(result: Result, period: str, digest: str, path: Path) -> Beside:
    """Write figures.json: sorted keys, decimals as text, one trailing newline; returns what it tells beside the figures."""
    told = beside(result.connection, period)
    with whole_file(path) as temporary:
        text = json.dumps(jsonable(document(result, period, digest, told)), sort_keys=True, indent=1, ensure_ascii=False, allow_nan=False)
        temporary.write_text(text + "\n", encoding="utf-8")
    return told
