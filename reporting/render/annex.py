"""The annexes: entities, activity data, factors with publications, sources, exclusions and findings."""

from __future__ import annotations

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

FINDINGS_PER_RULE = 8
SEVERITIES = ("error", "warning", "note")

ENTITIES = """
select entity.entity, any_value(entity.name) as name, any_value(coalesce(entity.country, '')) as country, max(entity.ownership) as ownership,
    bool_or(entity.operational_control) as operational_control, bool_or(entity.financial_control) as financial_control,
    coalesce(list(distinct site.name order by site.name) filter (site.name is not null), []) as sites
from entity
left join site on site.entity = entity.entity
where entity.valid_from < $ends and entity.valid_to > $starts
group by entity.entity
order by entity.entity
"""

ACTIVITIES = """
with line as (
    select distinct activity_id, scope, activity_label, activity_unit, activity_quantity
    from ledger
    where view = $view and role = 'inventory' and scope <> '' and basis in ('both', 'location')
        and cast(month as date) >= $starts and cast(month as date) < $ends
)
select scope, activity_label as label, activity_unit as unit, sum(activity_quantity) as quantity, count(*) as lines
from line
group by all
order by scope, label, unit
"""

PUBLICATIONS = """
select set_id, publisher, title, edition, url, licence, coalesce(attribution, '') as attribution, retrieved, sha256, gwp_set, usable_until, is_own
from factor_set
where set_id in (select ledger.set_id from ledger where ledger.view = $view and cast(ledger.month as date) >= $starts and cast(ledger.month as date) < $ends)
order by publisher, title, edition, set_id
"""

FACTORS = """
with used as (
    select set_id, factor_id, count(*) as lines, max(geography_distance) as geography_distance, max(year_distance) as year_distance,
        bool_or(is_fallback) as is_fallback
    from ledger
    where view = $view and cast(month as date) >= $starts and cast(month as date) < $ends and factor_id is not null
    group by set_id, factor_id
)
select used.*, factor.label, factor.region, factor.supplier, factor.valid_from, factor.valid_to, factor.basis, factor.boundary, factor.gas,
    factor.is_biogenic, factor.published_value, factor.published_unit, factor.value, factor.value_as, factor.per_unit, factor.citation
from used
join factor using (set_id, factor_id)
order by used.set_id, used.factor_id, factor.row_no, factor.gas, factor.is_biogenic
"""

SOURCES = """
with rejected as (
    select source_id, file_no, row_no from rejected_row
    union
    select finding.source_id, source_file.file_no, finding.row_no
    from finding
    join source_file on source_file.source_id = finding.source_id and source_file.path = finding.file_path
    where finding.severity = 'error' and finding.row_no is not null
), excluded as (
    select distinct source_row.source_id, source_row.file_no, source_row.row_no
    from exclusion
    join source_row on source_row.source_id = exclusion.source_id and source_row.row_no = exclusion.source_row
), accepted as (
    select source_id, file_no, row_no from source_row
    except select source_id, file_no, row_no from rejected
    except select source_id, file_no, row_no from excluded
)
select source_file.source_id, source_file.path, source_file.sheet, source_file.sha256, source_file.bytes as size, source_file.rows_read as rows,
    (select count(*) from accepted where accepted.source_id = source_file.source_id and accepted.file_no = source_file.file_no) as accepted,
    (select count(*) from rejected where rejected.source_id = source_file.source_id and rejected.file_no = source_file.file_no) as rejected,
    (select count(*) from excluded where excluded.source_id = source_file.source_id and excluded.file_no = source_file.file_no) as excluded
from source_file
order by source_file.source_id, source_file.file_no
"""

EXCLUSIONS = """
select source_id, coalesce(activity_id, case when source_row is not null then 'row ' || source_row end, 'whole source') as subject, kind, reason,
    estimated_t_co2e, "by", coalesce(approved_by, '') as approved_by, date
from exclusion
order by kind = 'omitted' desc, row_no
"""

FINDINGS = """
select rule, severity, coalesce(file_path, '') as file_path, row_no, coalesce(row_text, '') as row_text, subject, message,
    coalesce(damages, []) as damages, fix, coalesce(citation, '') as citation
from finding
order by rule, severity, file_path, row_no nulls last, subject, message
"""

LINES = """
select count(*) as line_count from ledger where view = $view and cast(month as date) >= $starts and cast(month as date) < $ends
"""


def entities(connection: duckdb.DuckDBPyConnection, approach: str, window: dict[str, object]) -> tuple[Entity, ...]:
    """Every entity that is valid in the period, with its weight under the approach."""
    parameters = {"starts": window["starts"], "ends": window["ends"]}
    return tuple(_entity(row, approach) for row in rows(connection, ENTITIES, parameters))


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
        for row in rows(connection, ACTIVITIES, window)
    )


def publications(connection: duckdb.DuckDBPyConnection, window: dict[str, object]) -> tuple[Publication, ...]:
    """Every factor set of which a factor was used, with these factors."""
    used: dict[str, list[Factor]] = {}
    for (set_id, _), lines in groupby(rows(connection, FACTORS, window), key=lambda row: (row["set_id"], row["factor_id"])):
        used.setdefault(set_id, []).append(_factor(list(lines)))
    return tuple(_publication(row, tuple(used.get(row["set_id"], ()))) for row in rows(connection, PUBLICATIONS, window))


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
    return tuple(SourceFile(**row) for row in rows(connection, SOURCES))


def exclusions(connection: duckdb.DuckDBPyConnection) -> tuple[Exclusion, ...]:
    """Everything left out on purpose; omissions first."""
    return tuple(Exclusion(**row, estimate_text=_estimate(row)) for row in rows(connection, EXCLUSIONS))


def _estimate(row: Row) -> str:
    return "not estimated" if row["estimated_t_co2e"] is None else f"{wording.plain(row['estimated_t_co2e'])} t CO₂e"


def findings(connection: duckdb.DuckDBPyConnection) -> tuple[tuple[FindingGroup, ...], int]:
    """The findings by rule, errors first, the first few of each rule; and how many there are in all."""
    found = rows(connection, FINDINGS)
    groups = [_group(list(lines)) for _, lines in groupby(found, key=lambda row: (row["rule"], row["severity"]))]
    return tuple(sorted(groups, key=lambda group: SEVERITIES.index(group.severity))), len(found)


def _group(found: list[Row]) -> FindingGroup:
    shown = tuple(_finding(row) for row in found[:FINDINGS_PER_RULE])
    return FindingGroup(found[0]["rule"], found[0]["severity"], len(found), found[0]["citation"], shown)


def _finding(row: Row) -> FindingLine:
    place = f"{row['file_path']}, row {row['row_no']}" if row["row_no"] is not None else row["file_path"]
    kept = ("rule", "severity", "row_text", "subject", "message", "fix", "citation")
    return FindingLine(place=place, damages=tuple(row["damages"]), **{name: row[name] for name in kept})


def ledger_line_count(connection: duckdb.DuckDBPyConnection, window: dict[str, object]) -> int:
    """How many ledger lines the period has in the lead view."""
    return int(rows(connection, LINES, window)[0]["line_count"])
