"""An invented company as the renderers read it: tables from render/fixture.sql, and findings; hostile and awkward text on purpose."""

import re
from decimal import Decimal
from pathlib import Path

import duckdb

from reporting.render.attached import AttachedFile
from reporting.render.shapes import DisclosureView
from reporting.render.view import make_view
from reporting.statement import Heading, Statement
from reporting.types import Finding


def squeezed(text: str) -> str:
    """Text without white space: line breaks in cells are not part of a figure."""
    return re.sub(r"\s+", "", text)


TRAVEL = "activity/a very long folder name/travel_export_of_the_third_quarter_final_FINAL_v2.xlsx"
FINDINGS = (
    Finding(
        rule="intake/quantity-not-a-number",
        severity="error",
        file=TRAVEL,
        row=6,
        subject="travel:F-13",
        message='quantity "12x" is not a number',
        fix="correct the cell, or list the row with a reason in exclusions.csv",
        row_text="2026-07-01,2026-09-30,London,flight,12x,pkm",
        damages=("ghg_protocol/scope3/category=6", "ghg_protocol/scope3"),
        citation="GHG Protocol Corporate Standard, ch. 7",
    ),
    *(
        Finding(
            rule="factor/older-year",
            severity="warning",
            file="activity/meters.csv",
            row=row,
            subject=f"meters:Leeds-gas-{row}",
            message="the factor is of 2025, the activity of 2026",
            fix="load the edition of 2026 when it is published",
            row_text="=cmd|'/c calc'!A1,<script>alert(2)</script>",
        )
        for row in range(7, 20)
    ),
)
ATTACHMENTS = (
    AttachedFile("figures.json", b'{"figures": []}\n', "application/json", "Data", "All figures, exact and stated, with their digests"),
    AttachedFile(
        "ledger.csv",
        b"entry_id,kg_co2e\r\n1,2\r\n",
        "text/csv",
        "Source",
        "The ledger of the period, one line per activity, gas and factor",
    ),
    AttachedFile(
        "workbook.xlsx",
        b"PK\x03\x04",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "Alternative",
        "The same as a workbook",
    ),
)


STATEMENTS = tuple(
    Statement(
        name,
        title,
        "What <b>each</b> row is; =1+1.",
        place,
        (Heading("what", "What & where", None), Heading("kg", "kg CO2e", 3)),
        (("=cmd|'/c calc'!A1", Decimal("-1234567.8905")), ("<script>alert(3)</script> " + "x" * 90, Decimal(0)), ("nothing known", None)),
    )
    for name, title, place in (("one", "Bridge <one>", "ghg_protocol"), ("two", "Annexed", "annex"))
)


def database() -> duckdb.DuckDBPyConnection:
    """The output tables of the invented company in memory."""
    connection = duckdb.connect()
    connection.execute((Path(__file__).parent / "render" / "fixture.sql").read_text(encoding="utf-8"))
    return connection


def view(period: str = "2026-Q3") -> DisclosureView:
    """The disclosure view of the invented company; its year is complete, its third quarter is not."""
    found = FINDINGS if period == "2026-Q3" else ()
    return make_view(database(), period=period, findings=found, statements=STATEMENTS)
