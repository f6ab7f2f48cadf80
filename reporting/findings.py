"""Findings: the checks as data (one SELECT of offending rows each), what they damage, and how they are printed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from reporting.cells import cell_of, column_letters
from reporting.database import PACKAGE, STAGES, Connection, around, has_rows, header, parsed
from reporting.finding_groups import Entry, grouped
from reporting.types import Finding

CHECKS = PACKAGE / "checks"
SEVERITIES = ("error", "warning", "note")
SHOWN = {"error": 20, "warning": 5, "note": 3}
"""How many entries of one rule are printed unless every finding is asked for: an error is there to be mended, a note to be known."""


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


def sentence(damages: Sequence[str], limit: int = 3) -> str:
    """What is withheld, in a sentence; empty where nothing is."""
    if not damages:
        return ""
    named = ", ".join(damages[:limit])
    more = f" and {len(damages) - limit} more" if len(damages) > limit else ""
    return f"{named}{more} {'is' if len(damages) == 1 else 'are'} withheld because of this."


def place(finding: Finding) -> str:
    """Where it is: file, row and cell, else what it is about."""
    name = finding.file + (f":{finding.row}" if finding.row else "") or finding.subject
    return name + (f" [{finding.cell}]" if finding.cell else "")


def render_text(findings: Sequence[Finding], *, every: bool = False, rest: str = "--json lists every one") -> str:
    """Findings as a terminal shows them, by rule: place, severity, the row, what is wrong, what it damages, the fix.

    What differs only in its period or its numbers stands once with its places. Of many entries of a rule the first few are shown, and
    `rest` says who lists the others; with `every` each finding stands for itself.
    """
    blocks = []
    for group in grouped(findings, every=every):
        shown = group.entries if every else group.entries[: SHOWN[group.severity]]
        lines = []
        for number, entry in enumerate(shown):
            lines += entry_lines(entry, shown[number - 1] if number else None)
            lines += [f"  fix: {entry.first.fix}"] if not group.fix else []
        left = len(group.findings) - sum(len(entry.findings) for entry in shown)
        lines += [f"  and {left:,} more of {group.rule}: {rest}"] if left else []
        lines += [f"  fix: {group.fix}"] if group.fix else []
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks)


def entry_lines(entry: Entry, before: Entry | None = None) -> list[str]:
    """One entry without its fix; the place and its row are not said again where they are those of the entry before."""
    finding = entry.first
    known = before is not None and place(before.first) == place(finding) and before.first.row_text == finding.row_text
    told = f" ({entry.told})." if entry.told else "."
    lines = [] if known else [f"{place(finding)}: {finding.severity} {finding.rule}"]
    if finding.row_text and not known:
        lines.append(f"  {finding.row} | {finding.row_text}")
    lines.append("  " + " ".join(part for part in (finding.message + told, sentence(entry.damages)) if part))
    return lines + ([f"    likewise {entry.others}"] if entry.others else [])
