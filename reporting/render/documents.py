"""The documents of a build: workbook, PDF and web page from one disclosure view, the data attached to the PDF and beside the page."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from reporting.pipeline import Progress, Result
from reporting.render import ixbrl, pdf, web_page, workbook
from reporting.render.attached import AttachedFile
from reporting.render.figures import Beside
from reporting.render.view import make_view

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MAX_ATTACHED = 64 << 20


def write(  # noqa: PLR0913, PLR0917 - what is written, where, and what it is validated with
    result: Result, told: Beside, folder: Path, formats: Sequence[str], progress: Progress, packages: Sequence[Path] = ()
) -> dict[str, Path]:
    """Write the documents asked for into the folder that already holds figures.json and ledger.csv; returns format -> path.

    Inline XBRL is validated with the taxonomy packages where there are any.
    """
    period = told.period
    view = make_view(result.connection, period=period, findings=result.findings, statements=told.statements, texts=told.texts)
    paths: dict[str, Path] = {}
    if "xlsx" in formats:
        progress("workbook")
        paths["xlsx"] = folder / f"disclosure-{period}.xlsx"
        workbook.render(result.connection, view, paths["xlsx"], result.findings)
    if "pdf" in formats:
        progress("report")
        paths["pdf"] = folder / f"disclosure-{period}.pdf"
        pdf.render(view, attachments(folder, paths.get("xlsx")), paths["pdf"])
    if "html" in formats:
        progress("web page")
        paths["html"] = folder / f"disclosure-{period}.html"
        web_page.render(view, attachments(folder, paths.get("xlsx")), paths["html"])
    if "ixbrl" in formats:
        progress("inline XBRL")
        paths |= ixbrl.write(result.connection, view, folder, packages)
    return paths


def attachments(folder: Path, xlsx: Path | None) -> list[AttachedFile]:
    """The files that travel in the PDF, and that the page links; a ledger or workbook of more than 64 MiB lies beside them only."""
    files = [
        AttachedFile(
            "figures.json", (folder / "figures.json").read_bytes(), "application/json", "Data", "All figures and findings of the build"
        )
    ]
    ledger = folder / "ledger.csv"
    if ledger.stat().st_size <= MAX_ATTACHED:
        files.append(AttachedFile("ledger.csv", ledger.read_bytes(), "text/csv", "Source", "Every ledger line behind the figures"))
    if xlsx and xlsx.stat().st_size <= MAX_ATTACHED:
        files.append(AttachedFile(xlsx.name, xlsx.read_bytes(), XLSX, "Alternative", "The same figures as live formulas"))
    return files
