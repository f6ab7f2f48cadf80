"""The disclosure view: everything a person sees, made once from the tables; every document prints from it.

Read `make_view` first. The records are in shapes.py, the words in wording.py, the annexes in annex.py, the methodology in method.py,
the chart data in series.py. Figures come with their stated value: only changes and shares are rounded here.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import duckdb

from reporting.render import annex, method, pricing, series, tracing, wording
from reporting.render.annex_shapes import Note, Person
from reporting.render.reading import Row, Settings, rows
from reporting.render.shapes import DisclosureView, Figure, FrameworkView, Section, StatementView
from reporting.render.texts import Lookup, Text, filled, lookup
from reporting.statement import Heading, Statement
from reporting.types import Finding, UsageError

KEY_DATAPOINTS = ("scope1", "scope2_location", "scope2_market", "scope3", "total_location", "total_market")
ANNUAL = {"year", "fiscal", "fiscal_year"}


def make_view(  # noqa: PLR0913 - one argument for each part of a disclosure
    connection: duckdb.DuckDBPyConnection,
    *,
    period: str,
    findings: Sequence[Finding],
    statements: Sequence[Statement] = (),
    texts: Sequence[Text] = (),
    comparative: str | None = None,
) -> DisclosureView:
    """The view of one period with findings and statements of the build; `comparative` is the setting of that name, '' for none."""
    settings = Settings(connection)
    span = _period(connection, period)
    before = settings.optional("comparative") if comparative is None else comparative
    frameworks = _frameworks(connection, period, before)
    lead = frameworks[0]
    figures = tuple(figure for framework in frameworks for figure in framework.figures)
    key_figures = _key_figures(lead)
    window: dict[str, object] = {"view": lead.view, "starts": span["starts"], "ends": span["ends"]}
    exclusions = annex.exclusions(connection)
    touching = annex.of_period(findings, period)
    return DisclosureView(
        organisation=settings.required("organisation.name"),
        lei=settings.optional("organisation.lei"),
        country=settings.optional("organisation.country"),
        title="Greenhouse gas disclosure",
        period=period,
        period_text=wording.period(period),
        period_span=wording.span(span["starts"], span["ends"]),
        period_kind=span["kind"],
        comparative=before,
        comparative_text=wording.period(before) if before else "",
        version=settings.optional("version") or "draft",
        digest=settings.required("build.digest"),
        engine_version=settings.required("engine.version"),
        source_date_epoch=int(settings.required("source_date_epoch")),
        people=tuple(_person(settings, duty) for duty in ("preparer", "reviewer", "approver")),
        is_interim=span["kind"] not in ANNUAL,
        is_incomplete=any(figure.status == "withheld" and figure.is_mandatory for figure in figures),
        frameworks=frameworks,
        statements=tuple(_statement(made) for made in statements),
        key_figures=key_figures,
        charts=series.charts(connection, lead, key_figures, window),
        withheld=tuple(figure for figure in figures if figure.status == "withheld"),
        narrative=_narrative(settings, lookup(connection, period)),
        method=method.notes(frameworks, key_figures, exclusions, wording.span(span["starts"], span["ends"])),
        entities=annex.entities(connection, lead.approach, window),
        exclusions=exclusions,
        activities=annex.activities(connection, window),
        publications=pricing.publications(connection, window),
        sources=annex.sources(connection),
        findings=annex.findings(touching),
        finding_count=len(touching),
        findings_elsewhere=len(findings) - len(touching),
        ledger_line_count=annex.ledger_line_count(connection, window),
        trace=tracing.trace(connection, lead, period),
        texts=tuple(texts),
    )


def _period(connection: duckdb.DuckDBPyConnection, period: str) -> Row:
    found = rows(connection, "periods", {"period": period})
    if not found:
        raise UsageError(f'period "{period}" is not in this build. fix: list it under `periods` in inventory.yaml')
    return found[0]


def _frameworks(connection: duckdb.DuckDBPyConnection, period: str, comparative: str) -> tuple[FrameworkView, ...]:
    found = rows(connection, "frameworks", {"period": period})
    if not found:
        raise UsageError(f'no framework has figures for "{period}". fix: list a framework under `frameworks` in inventory.yaml')
    return tuple(_framework(connection, row, period, comparative) for row in found)


def _framework(connection: duckdb.DuckDBPyConnection, row: Row, period: str, comparative: str) -> FrameworkView:
    parameters: dict[str, object] = {"period": period, "comparative": comparative, "framework": row["framework"]}
    figures = [_figure(figure) for figure in rows(connection, "figures", parameters)]
    titles = dict.fromkeys(figure.section for figure in figures)
    sections = tuple(Section(title, tuple(figure for figure in figures if figure.section == title)) for title in titles)
    approach: str = row["approach"]
    approach_text = wording.APPROACH_TEXT.get(approach, approach)
    return FrameworkView(**row, approach_text=approach_text, sections=sections)


def _figure(row: Row) -> Figure:
    decimals: int = row["decimals"]
    status: str = row["status"]
    change, change_text = wording.change(row["stated"], row["comparative_stated"])
    return Figure(
        **row | {"label": wording.subscripts(row["label"])},
        unit_text=wording.unit(row["unit"]),
        status_text=wording.STATUS_TEXT.get(status, status),
        text=wording.stated(row["status"], row["stated"], decimals),
        comparative_text=wording.stated(row["comparative_status"], row["comparative_stated"], decimals),
        change=change,
        change_text=change_text,
    )


def _statement(made: Statement) -> StatementView:
    rows = tuple(tuple(_cell(value, column) for value, column in zip(row, made.columns, strict=True)) for row in made.rows)
    labels = tuple(wording.subscripts(column.label) for column in made.columns)
    numbers = tuple(column.decimals is not None for column in made.columns)
    return StatementView(made.title, made.lead, made.place, labels, numbers, rows, made)


def _cell(value: object, column: Heading) -> str:
    if value is None:
        return ""
    if column.decimals is not None:
        exact = Decimal(str(value))
        return "0" if exact == 0 else wording.number(wording.rounded(exact, column.decimals), column.decimals)
    return wording.subscripts(wording.plain(value) if isinstance(value, Decimal) else str(value))


def _key_figures(lead: FrameworkView) -> tuple[Figure, ...]:
    whole = {figure.datapoint: figure for figure in lead.figures if figure.key == ""}
    return tuple(whole[name] for name in KEY_DATAPOINTS if name in whole)


def _person(settings: Settings, duty: str) -> Person:
    return Person(duty, settings.optional(f"{duty}.name"), settings.optional(f"{duty}.role"))


def _narrative(settings: Settings, look_up: Lookup) -> tuple[Note, ...]:
    return tuple(Note(key.replace("_", " ").capitalize(), filled(key, text, look_up)) for key, text in settings.below("narrative."))
