"""One real figure followed to its ledger lines: the example that shows a reader how to follow any other."""

from __future__ import annotations

from decimal import Decimal

import duckdb

from reporting.render import wording
from reporting.render.annex_shapes import LedgerLine
from reporting.render.reading import Row, rows
from reporting.render.shapes import Figure, FrameworkView, Trace

LINES_SHOWN = 12
TONNES = "tCO2e"


def trace(connection: duckdb.DuckDBPyConnection, lead: FrameworkView, period: str) -> Trace | None:
    """The example figure with its largest ledger lines; None where no figure of the lead framework is a stated sum.

    Raises RuntimeError where the lines do not add up to the figure: such a report must not be printed.
    """
    figure = _example(lead)
    if figure is None:
        return None
    lines = [_line(row) for row in rows(connection, "trace", {"figure_id": figure.figure_id, "period": period, "view": figure.view})]
    shown = _largest(lines)
    shown_kg, total_kg = _kg(shown), _kg(lines)
    tonnes = total_kg * Decimal("0.001")
    if wording.rounded(tonnes, 12) != figure.value:
        raise RuntimeError(f"{figure.figure_id}: the ledger lines add up to {tonnes} t CO2e, the figure is {figure.value}")
    return Trace(
        figure=figure,
        lines=tuple(shown),
        line_count=len(lines),
        shown_kg=shown_kg,
        shown_text=wording.number(wording.rounded(shown_kg, 3), 3),
        total_kg=total_kg,
        total_text=wording.number(wording.rounded(total_kg, 3), 3),
        rest_text=wording.number(wording.rounded(total_kg - shown_kg, 3), 3),
        total_tonnes_text=wording.plain(tonnes),
    )


def _example(lead: FrameworkView) -> Figure | None:
    """The largest figure that can be shown whole, else the one with the fewest lines."""
    sums = [
        figure for figure in lead.figures if figure.status == "stated" and figure.unit == TONNES and figure.entries > 0 and figure.value
    ]
    whole = [figure for figure in sums if figure.entries <= LINES_SHOWN]
    if whole:
        return max(whole, key=lambda figure: (figure.entries > 2, abs(figure.value or 0), figure.figure_id))
    return min(sums, key=lambda figure: (figure.entries, figure.figure_id), default=None)


def _largest(lines: list[LedgerLine]) -> list[LedgerLine]:
    """The largest lines, in the order of the ledger."""
    kept = set(sorted(range(len(lines)), key=lambda place: (-abs(lines[place].kg_co2e), place))[:LINES_SHOWN])
    return [line for place, line in enumerate(lines) if place in kept]


def _kg(lines: list[LedgerLine]) -> Decimal:
    return sum((line.kg_co2e for line in lines), Decimal(0))


def _line(row: Row) -> LedgerLine:
    gas = wording.gas(row["gas"]) + (" biogenic" if row["is_biogenic"] and "biogenic" not in row["gas"] else "")
    weight = f"kg CO₂e of {gas}" if row["value_as"] == "kg_co2e" and row["gas"] != "CO2e" else f"kg {gas}"
    sheet = f", {row['sheet']}" if row["sheet"] else ""
    return LedgerLine(
        entry_id=row["entry_id"],
        month=row["month"],
        site=row["site"] or "",
        activity=row["activity_label"],
        quantity=wording.plain(row["quantity"]),
        unit=wording.unit(row["factor_unit"]),
        factor=wording.plain(row["factor"]),
        factor_unit=f"{weight} per {wording.unit(row['factor_unit'])}",
        gas=gas,
        gwp=wording.plain(row["gwp"]),
        share=wording.plain(row["share"]),
        kg_co2e=row["kg_co2e"],
        kg_text=wording.number(wording.rounded(row["kg_co2e"], 3), 3),
        factor_id=row["factor_id"] or "",
        factor_citation=f"{row['factor_publisher']}, {row['factor_citation']}",
        place=f"{row['file_path']}{sheet}, row {row['row_no']}",
    )
