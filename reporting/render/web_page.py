"""The report as one web page: the PDF's text and tables with a style for the screen, nothing fetched, nothing that runs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from reporting.database import whole_file
from reporting.render.attached import AttachedFile
from reporting.render.report import report_html, style_sheet
from reporting.render.shapes import DisclosureView


def render(view: DisclosureView, beside: Sequence[AttachedFile], out: Path) -> None:
    """Write the report of a view as a page that links the files beside it; it appears whole or not at all, the same bytes each time."""
    style = style_sheet("report_screen.css")
    with whole_file(out) as path:
        path.write_text(page_html(view, beside, style), encoding="utf-8")


def page_html(view: DisclosureView, beside: Sequence[AttachedFile], style: str) -> str:
    """The page; every table stands in a box of its own, which scrolls where a screen is narrow."""
    html = report_html(view, beside, style)
    return html.replace("<table", '<div class="scroll" tabindex="0"><table').replace("</table>", "</table></div>")
