"""Findings: the checks as data (one SELECT of offending rows each), what they damage, and how they are printed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from reporting.database import PACKAGE, Connection, body, header
from reporting.types import Finding

CHECKS = PACKAGE / "checks"
SELECT = """
    with place as (
        select distinct rule, subject, damage_key from damage union select distinct rule, subject, damage_key from unplaced_error
    ),
    damaged as (
        select p.rule, p.subject, list(distinct d.figure_id || '@' || d.period order by d.figure_id || '@' || d.period) as figures
        from place p join figure_damage d on d.damage_key = p.damage_key join period q on q.period = d.period and q.is_disclosed group by all
    )
    select f.rule, f.severity, coalesce(s.path, case when f.source_id is null then '' else f.source_id end) as file, f.row_no, f.subject, f.message, f.fix,
        coalesce(left(array_to_string(list_transform(r.cells, lambda cell: coalesce(cell, '')), ','), 300), j.text, '') as row_text, coalesce(d.figures, []) as damages,
        f.citation
    from finding f
    left join damaged d on d.rule = f.rule and d.subject = f.subject and f.severity = 'error'
    left join source_file s on s.source_id = f.source_id and s.file_no = f.file_no
    left join source_row r on r.source_id = f.source_id and r.file_no = f.file_no and r.row_no = f.row_no
    left join rejected_row j on j.source_id = f.source_id and j.file_no = f.file_no and j.row_no = f.row_no
    order by case f.severity when 'error' then 0 when 'warning' then 1 else 2 end, file, f.row_no nulls first, f.rule, f.subject, f.message
"""


def check_files() -> list[Path]:
    """All checks, by name."""
    return sorted(CHECKS.glob("*.sql"))


def run_checks(connection: Connection, stage: int) -> None:
    """Run the checks that belong after a stage and keep what they find."""
    for path in check_files():
        head = header(path)
        if int(head["stage"]) != stage:
            continue
        found = connection.sql(body(path))
        connection.register("found", found)
        connection.execute(
            """insert into finding select distinct $rule, $severity, source_id, file_no, row_no, subject, basis, message, $fix, $citation from found
               order by all""",
            {key: head[key] for key in ("rule", "severity", "fix", "citation")},
        )
        connection.unregister("found")


def collect(connection: Connection) -> list[Finding]:
    """All findings, worst first, then by file and row, with the figures that each damages."""
    rows = connection.execute(SELECT).fetchall()
    return [
        Finding(rule=r[0], severity=r[1], file=r[2], row=r[3], subject=r[4], message=r[5], fix=r[6], row_text=r[7], damages=tuple(r[8]), citation=r[9])
        for r in rows
    ]


def sentence(finding: Finding, limit: int = 3) -> str:
    """What the finding withholds, in a sentence; empty where it withholds nothing."""
    if not finding.damages:
        return ""
    named = ", ".join(finding.damages[:limit])
    more = f" and {len(finding.damages) - limit} more" if len(finding.damages) > limit else ""
    verb = "is" if len(finding.damages) == 1 else "are"
    return f"{named}{more} {verb} withheld because of this."


def render_text(findings: Sequence[Finding]) -> str:
    """Findings as a terminal shows them: place, severity, rule, the row as read, what is wrong, what it damages, the fix."""
    blocks = []
    for finding in findings:
        place = finding.file + (f":{finding.row}" if finding.row else "") or finding.subject
        lines = [f"{place}: {finding.severity} {finding.rule}"]
        if finding.row_text:
            lines.append(f"  {finding.row} | {finding.row_text}")
        lines.append("  " + " ".join(part for part in (finding.message + ".", sentence(finding)) if part))
        lines.append(f"  fix: {finding.fix}")
        blocks.append("\n".join(lines))
    return "\n".join(blocks)
