"""The annexes: entities, activity data, sources, exclusions and findings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import duckdb

from reporting.finding_groups import Entry, Group, grouped
from reporting.render import wording
from reporting.render.annex_shapes import ActivityTotal, Entity, Exclusion, FindingGroup, FindingLine, SourceFile
from reporting.render.reading import Row, rows
from reporting.types import Finding

FINDINGS_PER_RULE = 6
SEVERITIES = ("error", "warning", "note")


def entities(connection: duckdb.DuckDBPyConnection, approach: str, window: dict[str, object]) -> tuple[Entity, ...]:
    """Every interest that is valid in the period, with its weight under the approach."""
    parameters = {"starts": window["starts"], "ends": window["ends"]}
    return tuple(_entity(row, approach) for row in rows(connection, "entities", parameters))


def _entity(row: Row, approach: str) -> Entity:
    weights = {
        "equity_share": row["ownership"],
        "operational_control": Decimal(row["operational_control"]),
        "financial_control": row["ownership"] if row["joint_financial_control"] else Decimal(row["financial_control"]),
    }
    days = [f"{word} {row[name]:%Y-%m-%d}" for word, name in (("from", "first_day"), ("to", "last_day")) if row[name]]
    name = " ".join([row["name"], *([f"({' '.join(days)})"] if days else [])])
    return Entity(name, row["country"], wording.share(row["ownership"]), wording.share(weights.get(approach)), tuple(row["sites"]))


def activities(connection: duckdb.DuckDBPyConnection, window: dict[str, object]) -> tuple[ActivityTotal, ...]:
    """The activity data behind the inventory, summed per type and unit as recorded."""
    return tuple(
        ActivityTotal(row["scope"], row["label"], wording.plain(row["quantity"]), wording.unit(row["unit"]), row["lines"])
        for row in rows(connection, "activities", window)
    )


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
    """The findings by rule, errors first, the first few of each rule; what differs only in its period or its numbers is shown once."""
    groups = [_group(group) for group in sorted(grouped(found), key=lambda group: group.rule)]
    return tuple(sorted(groups, key=lambda group: SEVERITIES.index(group.severity)))


def _group(group: Group) -> FindingGroup:
    shown = tuple(_finding(entry) for entry in group.entries[:FINDINGS_PER_RULE])
    return FindingGroup(group.rule, group.severity, len(group.findings), group.findings[0].citation, group.fix, shown)


def _finding(entry: Entry) -> FindingLine:
    found = entry.first
    place = f"{found.file}, row {found.row}" if found.row is not None else found.file
    message = f"{found.message} ({entry.told})" if entry.told else found.message
    return FindingLine(found.rule, found.severity, place, found.row_text, found.subject, message, entry.damages, found.fix, found.citation)


def ledger_line_count(connection: duckdb.DuckDBPyConnection, window: dict[str, object]) -> int:
    """How many ledger lines the period has in the lead view."""
    return int(rows(connection, "lines", window)[0]["line_count"])
