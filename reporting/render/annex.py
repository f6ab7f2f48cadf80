"""The annexes: entities, activity data, factors with publications, sources, exclusions and findings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

import duckdb

from reporting.render import wording
from reporting.render.reading import Row, rows
from reporting.render.shapes import (
    ActivityTotal,
    Entity,
    Exclusion,
    Factor,
    FactorValue,
    FindingGroup,
    FindingLine,
    Publication,
    SourceFile,
)
from reporting.types import Finding

FINDINGS_PER_RULE = 8
SEVERITIES = ("error", "warning", "note")


def entities(connection: duckdb.DuckDBPyConnection, approach: str, window: dict[str, object]) -> tuple[Entity, ...]:
    """Every entity that is valid in the period, with its weight under the approach."""
    parameters = {"starts": window["starts"], "ends": window["ends"]}
    return tuple(_entity(row, approach) for row in rows(connection, "entities", parameters))


def _entity(row: Row, approach: str) -> Entity:
    weights = {
        "equity_share": wording.share(row["ownership"]),
        "operational_control": wording.share(row["operational_control"] * row["ownership"] ** 0),
        "financial_control": wording.share(row["financial_control"] * row["ownership"] ** 0),
    }
    return Entity(row["name"], row["country"], wording.share(row["ownership"]), weights.get(approach, ""), tuple(row["sites"]))


def activities(connection: duckdb.DuckDBPyConnection, window: dict[str, object]) -> tuple[ActivityTotal, ...]:
    """The activity data behind the inventory, summed per type and unit as recorded."""
    return tuple(
        ActivityTotal(row["scope"], row["label"], wording.plain(row["quantity"]), wording.unit(row["unit"]), row["lines"])
        for row in rows(connection, "activities", window)
    )


def publications(connection: duckdb.DuckDBPyConnection, window: dict[str, object]) -> tuple[Publication, ...]:
    """Every factor set of which a factor was used, with these factors."""
    used: dict[str, list[Factor]] = {}
    for (set_id, _), lines in groupby(rows(connection, "factors", window), key=lambda row: (row["set_id"], row["factor_id"])):
        used.setdefault(set_id, []).append(_factor(list(lines)))
    return tuple(_publication(row, tuple(used.get(row["set_id"], ()))) for row in rows(connection, "publications", window))


def _publication(row: Row, factors: tuple[Factor, ...]) -> Publication:
    days = {"retrieved": wording.day(row["retrieved"]), "usable_until": wording.day(row["usable_until"])}
    return Publication(**row | days, factors=factors)


def _factor(lines: list[Row]) -> Factor:
    row = lines[0]
    return Factor(
        factor_id=row["factor_id"],
        label=row["label"],
        region=row["region"],
        supplier=row["supplier"],
        year=_data_year(row),
        basis=row["basis"],
        boundary=row["boundary"].replace("_", " "),
        values=tuple(_factor_value(line) for line in lines),
        lines=row["lines"],
        mark=_mark(row),
    )


def _data_year(row: Row) -> str:
    starts, ends = row["valid_from"], row["valid_to"]
    whole_year = (starts.month, starts.day, ends.month, ends.day, ends.year - starts.year) == (1, 1, 1, 1, 1)
    return str(starts.year) if whole_year else wording.span(starts, ends)


def _factor_value(row: Row) -> FactorValue:
    gas = wording.gas(row["gas"]) + (" biogenic" if row["is_biogenic"] and "biogenic" not in row["gas"] else "")
    weight = "kg CO₂e" if row["value_as"] == "kg_co2e" else "kg"
    used = f"{wording.plain(row['value'])} {weight} per {wording.unit(row['per_unit'])}"
    return FactorValue(gas, f"{row['published_value']} {row['published_unit']}", used, row["citation"])


def _mark(row: Row) -> str:
    marks = []
    if row["is_fallback"]:
        marks.append("fallback")
    if row["geography_distance"]:
        marks.append("wider region")
    if row["year_distance"]:
        marks.append(f"{wording.count(int(row['year_distance']), 'year', 'years')} off")
    return ", ".join(marks)


def sources(connection: duckdb.DuckDBPyConnection) -> tuple[SourceFile, ...]:
    """Every file read, with what became of its rows."""
    return tuple(SourceFile(**row) for row in rows(connection, "sources"))


def exclusions(connection: duckdb.DuckDBPyConnection) -> tuple[Exclusion, ...]:
    """Everything left out on purpose; omissions first."""
    return tuple(Exclusion(**row, estimate_text=_estimate(row)) for row in rows(connection, "exclusions"))


def _estimate(row: Row) -> str:
    return "not estimated" if row["estimated_t_co2e"] is None else f"{wording.plain(row['estimated_t_co2e'])} t CO₂e"


def of_period(found: Sequence[Finding], period: str) -> list[Finding]:
    """The findings that touch a period: those that damage a figure of it, named without the period, and those that damage nothing."""
    touching = []
    for finding in found:
        damages = tuple(name.removesuffix(f"@{period}") for name in finding.damages if "@" not in name or name.endswith(f"@{period}"))
        if damages or not finding.damages:
            touching.append(replace(finding, damages=damages))
    return touching


def findings(found: Sequence[Finding]) -> tuple[FindingGroup, ...]:
    """The findings by rule, errors first, the first few of each rule."""
    ordered = sorted(found, key=lambda finding: (finding.rule, finding.severity))
    groups = [_group(list(lines)) for _, lines in groupby(ordered, key=lambda finding: (finding.rule, finding.severity))]
    return tuple(sorted(groups, key=lambda group: SEVERITIES.index(group.severity)))


def _group(found: list[Finding]) -> FindingGroup:
    shown = tuple(_finding(finding) for finding in found[:FINDINGS_PER_RULE])
    return FindingGroup(found[0].rule, found[0].severity, len(found), found[0].citation, shown)


def _finding(found: Finding) -> FindingLine:
    place = f"{found.file}, row {found.row}" if found.row is not None else found.file
    return FindingLine(
        found.rule, found.severity, place, found.row_text, found.subject, found.message, found.damages, found.fix, found.citation
    )


def ledger_line_count(connection: duckdb.DuckDBPyConnection, window: dict[str, object]) -> int:
    """How many ledger lines the period has in the lead view."""
    return int(rows(connection, "lines", window)[0]["line_count"])
