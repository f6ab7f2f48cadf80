"""Findings: the checks as data (one SELECT of offending rows each), what they damage, and how they are printed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from reporting.cells import cell_of, column_letters
from reporting.database import PACKAGE, STAGES, Connection, around, has_rows, header, parsed
from reporting.types import Finding

CHECKS = PACKAGE / "checks"
SEVERITIES = ("error", "warning", "note")


@cache
def check_files() -> tuple[Path, ...]:
    """All checks, by name."""
    return tuple(sorted(CHECKS.glob("*.sql")))


KEEP = """insert into finding
select distinct $rule, $severity, source_id, file_no, row_no, subject, basis, message, $fix, $citation from ({query}) order by all"""
"""A check is planned once, as a part of the statement that keeps what it finds."""


@cache
def checks_after(stage: int) -> tuple[tuple[dict[str, str], str], ...]:
    """The checks that belong after a stage: what their files say at the top, and the statement that keeps what they find."""
    heads = [(header(path), path) for path in check_files()]
    return tuple((head, around(KEEP, path)) for head, path in heads if int(head["stage"]) == stage)


def run_checks(connection: Connection, stage: int, severities: Sequence[str] = SEVERITIES) -> None:
    """Run the checks of these severities after a stage and keep what they find; one `of` a table finds nothing where that is empty."""
    checks = [(head, statement) for head, statement in checks_after(stage) if head["severity"] in severities]
    filled = {name for name in sorted({head["of"] for head, _ in checks if "of" in head}) if has_rows(connection, name)}
    for head, statement in checks:
        if head.get("of") in {None, *filled}:
            connection.execute(parsed(statement)[0], {key: head[key] for key in ("rule", "severity", "fix", "citation")})


def collect(connection: Connection, confidential: Sequence[str] = ()) -> list[Finding]:
    """All findings, worst first, then by file and row, with the figures that each damages; rows of confidential sources are not quoted."""
    columns = rule_columns()
    parameters = {"rules": list(columns), "columns": list(columns.values()), "confidential": list(confidential)}
    rows = connection.execute((STAGES / "finding.sql").read_text(encoding="utf-8"), parameters).fetchall()
    return [
        Finding(
            rule=r[0],
            severity=r[1],
            file=r[2],
            row=r[3],
            subject=r[4],
            message=r[5],
            fix=r[6],
            row_text=r[7],
            damages=tuple(r[8]),
            citation=r[9],
            cell=cell_of(r[10], r[12] or column_letters(r[11] or 0), r[3]),
        )
        for r in rows
    ]


@cache
def rule_columns() -> dict[str, str]:
    """Rule -> the column of an activity that it is about, where its check says so (`-- cell:`)."""
    heads = [header(path) for path in check_files()]
    return {head["rule"]: head["cell"] for head in heads if "cell" in head}


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
        place += f" [{finding.cell}]" if finding.cell else ""
        lines = [f"{place}: {finding.severity} {finding.rule}"]
        if finding.row_text:
            lines.append(f"  {finding.row} | {finding.row_text}")
        lines.append("  " + " ".join(part for part in (finding.message + ".", sentence(finding)) if part))
        lines.append(f"  fix: {finding.fix}")
        blocks.append("\n".join(lines))
    return "\n".join(blocks)
