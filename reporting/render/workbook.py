"""The workbook: every total a live formula over the ledger sheet, holding the value that the engine computed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import duckdb

from reporting.render import workbook_annexes, workbook_front
from reporting.render.reading import rows
from reporting.render.shapes import DisclosureView
from reporting.render.workbook_bytes import workbook_bytes
from reporting.render.workbook_cells import Formula, Value
from reporting.render.workbook_figures import figure_sheets
from reporting.render.workbook_lines import line_sheets
from reporting.render.workbook_sheet import Book
from reporting.types import Finding

ORDER = ("Read me", "Summary", "*", "Data quality", "Ledger", "Activities", "Energy mix", "Factors", "Sources", "Exclusions", "Findings")


def render(connection: duckdb.DuckDBPyConnection, view: DisclosureView, out: Path, findings: Sequence[Finding] = ()) -> None:
    """Write the workbook of one disclosure view; raises WorkbookLimitError for what no workbook can hold."""
    out.write_bytes(make_workbook(connection, view, findings))


def make_workbook(connection: duckdb.DuckDBPyConnection, view: DisclosureView, findings: Sequence[Finding] = ()) -> bytes:
    """The workbook as bytes: same tables, same view, same bytes."""
    book = Book()
    window = _window(connection, view)
    spans = workbook_front.read_me(book, view, window)
    book.sheet("Summary", workbook_front.SUMMARY, is_table=False)
    views = [row["view"] for row in rows(connection, "workbook_views", {"period": view.period})]
    lines = line_sheets(book, connection, {"period": view.period, **window}, views)
    sheets = figure_sheets(book, connection, view, lines, spans)
    workbook_annexes.data_quality(book, sheets)
    workbook_annexes.statements(book, view)
    workbook_annexes.texts(book, view)
    rest = workbook_annexes.sources(book, view)
    workbook_annexes.exclusions(book, view)
    workbook_annexes.findings(book, findings)
    counts: list[tuple[str, Value]] = [
        ("Rows of source files not accounted for", Formula(rest, sum(f.rows - f.accepted - f.rejected - f.excluded for f in view.sources))),
        ("Ledger lines", Formula(f"COUNT({lines.ledger.column('month')})", lines.ledger.last - lines.ledger.first + 1)),
        ("Findings", view.finding_count),
    ]
    workbook_front.summary(book, view, sheets, counts)
    book.arrange(ORDER)
    workbook_front.contents(book, view)
    book.properties(f"{view.organisation}: {view.title}, {view.period_text}", f"ghg {view.engine_version}")
    return workbook_bytes(book, view.source_date_epoch)


def _window(connection: duckdb.DuckDBPyConnection, view: DisclosureView) -> dict[str, date]:
    """The half-open months of the period and of its comparative; without a comparative, nothing before the period."""
    span = rows(connection, "periods", {"period": view.period})[0]
    before = rows(connection, "periods", {"period": view.comparative}) if view.comparative else []
    starts = before[0]["starts"] if before else span["starts"]
    ends = before[0]["ends"] if before else span["starts"]
    return {"starts": span["starts"], "ends": span["ends"], "before_starts": starts, "before_ends": ends}
