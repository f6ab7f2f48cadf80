"""The rows of a source as rows of the data-entry workbook: what is read back gives the same activities under the same ids."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from decimal import Decimal

from reporting.database import PACKAGE, records
from reporting.entry.layout import fields, sheet_of
from reporting.pipeline import Result
from reporting.render.workbook_cells import Value
from reporting.types import UsageError

QUERY = (PACKAGE / "entry" / "given.sql").read_text(encoding="utf-8")
BEYOND = """select count(*) from (select 1 from method_row where source_id = $source union all select 1 from activity_input
    where source_id = $source and (stated is not null or role is not null or version is not null))"""
Rows = dict[str, list[Mapping[str, Value]]]


def given_rows(result: Result, source: str) -> Rows:
    """The rows of a source by sheet; raises UsageError for a source that the workbook cannot hold whole."""
    if source not in result.inventory.sources:
        raise UsageError(f'"{source}" is no source of inventory.yaml. fix: use one of {", ".join(result.inventory.sources)}')
    connector = result.inventory.sources[source].connector
    if connector not in {"activity_csv", "mapping"}:
        raise UsageError(f'source "{source}" is read by {connector}. fix: only rows of activity_csv and mapping go into the workbook')
    broken = result.connection.execute("select count(*) from finding where source_id = $1 and severity = 'error'", [source]).fetchone()
    beyond = result.connection.execute(BEYOND, {"source": source}).fetchone()
    if (broken and broken[0]) or (beyond and beyond[0]):
        reason = "has errors" if broken and broken[0] else "uses a method, totals stated by row, or roles"
        raise UsageError(f'source "{source}" {reason}. fix: correct it first (ghg check), or go on with its own file')
    rows: Rows = {}
    for record in records(result.connection, QUERY, {"source": source}):
        rows.setdefault(sheet_of(str(record["activity_type"])), []).append(_row(record, source))
    return rows


def _row(record: Mapping[str, object], source: str) -> Mapping[str, Value]:
    starts, ends = record["start"], record["end"]
    if not isinstance(starts, datetime) or not isinstance(ends, datetime) or starts.time() != time(0) or ends.time() != time(0):
        raise UsageError(f'source "{source}" has times of day, the workbook holds days. fix: go on with its own file')
    days: dict[str, Value] = {
        "start": starts.date(),
        "end": (ends - timedelta(days=1)).date(),
        "quantity": Decimal(str(record["quantity"])),
    }
    texts: dict[str, Value] = {name: str(record[name]) for name in fields() if name not in days and record[name] is not None}
    return {**texts, **days}
