"""Workbooks given back: a copy with the cells that findings name tinted and commented; the file as received stays as it is."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.workbook import Workbook

from reporting.database import whole_file
from reporting.findings import sentence
from reporting.render.workbook_bytes import restamped
from reporting.render.workbook_cells import CONTROL
from reporting.types import Finding, UsageError

TINTS = {"error": "F7C9C1", "warning": "FBE8B8", "note": "DDEBF0"}
EPOCH = 315_532_800
MAX_COMMENT = 2_000  # characters
AUTHOR = "ghg check"


def mark(folder: Path, findings: Sequence[Finding], out: Path) -> tuple[Path, ...]:
    """Write a copy of every workbook that a finding names a cell of, under the same path below `out`; gives the copies.

    Raises UsageError where the copies would replace the files.
    """
    if out.resolve() == folder.resolve():
        raise UsageError(f'"{out}" is the inventory itself. fix: name another folder for the marked copies')
    named = [finding for finding in findings if finding.cell]
    return tuple(
        _mark_file(folder / name, out / name, [finding for finding in named if finding.file == name])
        for name in sorted({finding.file for finding in named})
    )


def _mark_file(source: Path, target: Path, findings: Sequence[Finding]) -> Path:
    book = load_workbook(source)
    cells = {finding.cell: [other for other in findings if other.cell == finding.cell] for finding in reversed(findings)}
    for cell, found in cells.items():
        _mark_cell(book, cell, found)
    buffer = io.BytesIO()
    book.save(buffer)
    target.parent.mkdir(parents=True, exist_ok=True)
    with whole_file(target) as temporary:
        temporary.write_bytes(restamped(buffer.getvalue(), EPOCH))
    return target


def _mark_cell(book: Workbook, cell: str, findings: Sequence[Finding]) -> None:
    """Tint a cell, or the row, by its worst finding, and say in a comment what is wrong and how to mend it."""
    name, _, place = cell.rpartition("!")
    sheet = book[name]
    row = place.partition(":")[0] if ":" in place else ""
    worst = next(severity for severity in TINTS if severity in {finding.severity for finding in findings})
    fill = PatternFill(patternType="solid", fgColor=TINTS[worst])
    for one in sheet[int(row)] if row else (sheet[place],):
        one.fill = fill
    first = sheet.cell(int(row), 1) if row else sheet[place]
    told = "\n\n".join(
        f"{finding.severity} {finding.rule}\n{finding.message}.\n{_damage(finding)}fix: {finding.fix}" for finding in findings
    )
    text = f"{first.comment.text}\n\n{told}" if first.comment else told
    first.comment = Comment(CONTROL.sub("\ufffd", text[:MAX_COMMENT]), AUTHOR, 160, 360)


def _damage(finding: Finding) -> str:
    said = sentence(finding.damages)
    return f"{said}\n" if said else ""
