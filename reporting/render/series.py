"""The data of the charts: stated figures where there are figures, else exact sums of ledger lines, said so in the caption."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import groupby

import duckdb

from reporting.render import wording
from reporting.render.reading import Row, rows
from reporting.render.shapes import Chart, Figure, FrameworkView, Point

WATERFALL, TOTAL = "restatement:", "total"
LEDGER_NOTE = "Sum of the priced ledger lines, location-based; activities whose figures are withheld are not in it."


def charts(
    connection: duckdb.DuckDBPyConnection, lead: FrameworkView, key_figures: tuple[Figure, ...], window: dict[str, object]
) -> tuple[Chart, ...]:
    """All charts of the lead framework that have something to draw."""
    drawn = (
        _from_figures("scopes", "Emissions by scope", key_figures, ("scope1", "scope2_location", "scope3")),
        _from_figures("scope2", "Scope 2, two methods", key_figures, ("scope2_location", "scope2_market")),
        _categories(lead),
        _from_ledger("entities", "Emissions by entity", rows(connection, "by_entity", window)),
        _from_ledger("months", "Monthly emissions", rows(connection, "monthly", window)),
        _quality(key_figures),
        *_waterfalls(rows(connection, "restatement", {"framework": lead.framework})),
    )
    return tuple(chart for chart in drawn if any(point.value is not None for point in chart.points))


def _point(figure: Figure, label: str) -> Point:
    return Point(label, figure.stated, figure.text)


def _from_figures(name: str, title: str, figures: tuple[Figure, ...], datapoints: tuple[str, ...]) -> Chart:
    chosen = tuple(figure for figure in figures if figure.datapoint in datapoints)
    unit_text = chosen[0].unit_text if chosen else ""
    return Chart(name, title, "Stated figures of the period", unit_text, tuple(_point(figure, figure.label) for figure in chosen))


def _categories(lead: FrameworkView) -> Chart:
    every = tuple(figure for figure in lead.figures if figure.key.startswith("category="))
    chosen = tuple(figure for figure in every if figure.datapoint == every[0].datapoint)  # the first figure by category is the gross one
    drawn = tuple(_point(figure, _category(figure)) for figure in chosen if not figure.is_quiet)
    left_out = [figure.key.removeprefix("category=") for figure in chosen if figure.is_quiet]
    note = f"Categories {', '.join(left_out)} have nothing to draw." if left_out else ""
    unit_text = chosen[0].unit_text if chosen else ""
    return Chart("categories", "Scope 3 by category", "Stated figures of the period", unit_text, drawn, note)


def _category(figure: Figure) -> str:
    """The number and the name of a Scope 3 category, without the label of its datapoint."""
    name = figure.label.rpartition(": ")[2]
    return f"{figure.key.removeprefix('category=')}  {name[:1].upper()}{name[1:]}"


def _from_ledger(name: str, title: str, found: list[Row]) -> Chart:
    points = tuple(_tonnes(row, is_month=name == "months") for row in found)
    return Chart(name, title, "Tonnes by scope", wording.unit("t_co2e"), points, LEDGER_NOTE)


def _tonnes(row: Row, *, is_month: bool) -> Point:
    value = wording.rounded(row["tonnes"], 1)
    return Point(wording.period(row["label"]) if is_month else row["label"], value, wording.number(value, 1), f"Scope {row['part']}")


def _quality(key_figures: tuple[Figure, ...]) -> Chart:
    shares = (
        ("measured_share", "Measured"),
        ("primary_share", "Supplier or own"),
        ("estimated_share", "Estimated"),
        ("fallback_share", "Fallback factor"),
    )
    points = tuple(_share(figure, getattr(figure, attribute), label) for figure in key_figures for attribute, label in shares)
    caption = "Share of the tonnes of each figure; the four shares overlap and do not add up to 100 %"
    return Chart("quality", "Data quality", caption, "%", points)


def _share(figure: Figure, value: Decimal | None, group: str) -> Point:
    return Point(figure.label, None if value is None else value * 100, wording.share(value) or "not known", group)


def _waterfalls(found: list[Row]) -> Iterator[Chart]:
    """What led each total from the version before to this one, where the build knows one."""
    for figure, group in groupby(found, key=lambda row: row["figure_id"]):
        steps = list(group)
        points = tuple(Point(row["step"], row["amount"], _signed(row), TOTAL if row["is_level"] else "") for row in steps)
        title = f"Why it changed: {wording.subscripts(steps[0]['label'])}"
        caption = "From the version before to this one; each bar is what one cause adds or takes away, and the bars add up exactly"
        yield Chart(f"{WATERFALL}{figure}", title, caption, wording.unit(steps[0]["unit"]), points)


def _signed(row: Row) -> str:
    if row["amount"] is None:
        return "not stated"
    text = wording.number(wording.rounded(row["amount"], 3), 3)
    return text if row["is_level"] or row["amount"] < 0 else f"+{text}"
