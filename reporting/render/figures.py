"""figures.json: the figures, findings and identity of a build as canonical JSON, decimals as text."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

import reporting
from reporting.database import PACKAGE, Connection, records, whole_file
from reporting.digest import jsonable
from reporting.render.texts import texts
from reporting.statement import statements

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


def document(result: Result, period: str, digest: str) -> dict[str, object]:
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
        "texts": [asdict(text) for text in texts(connection, period)],
        "statements": [asdict(statement) for statement in statements(connection, period)],
        "findings": [vars(finding) for finding in result.findings],
    }


def render(result: Result, period: str, digest: str, path: Path) -> None:
    """Write figures.json: sorted keys, decimals as text, one trailing newline."""
    with whole_file(path) as temporary:
        text = json.dumps(jsonable(document(result, period, digest)), sort_keys=True, indent=1, ensure_ascii=False, allow_nan=False)
        temporary.write_text(text + "\n", encoding="utf-8")
