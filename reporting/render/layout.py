"""The order of the report: its numbered sections, and the names that the templates use beside the view."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from reporting.render import charts, tracing, wording

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reporting.render.attached import AttachedFile
    from reporting.render.shapes import DisclosureView, Figure

SUMMARY_CHARTS = ("scopes", "scope2")


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents."""

    level: int
    number: str
    title: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Numbers:
    """The number of each section, as printed before its heading and in references."""

    summary: str
    charts: str
    frameworks: tuple[str, ...]
    withheld: str
    method: str
    trace: str
    activities: str = "A"
    factors: str = "B"
    sources: str = "C"
    findings: str = "D"


@dataclass(frozen=True, slots=True)
class QualityRow:
    """What one key figure rests on: measured, supplier or own, estimated, fallback, other GWP set; as printed."""

    label: str
    shares: tuple[str, ...]
    lines: str


@dataclass(frozen=True, slots=True)
class FileRow:
    """An attached file as listed in the report."""

    name: str
    description: str
    size: str
    sha256: str


def context(view: DisclosureView, attachments: Sequence[AttachedFile], *, spare: int) -> dict[str, Any]:
    """All names that the templates read; `spare` is the room at the sides of charts for a typeface that is not ours, in CSS pixels."""
    pictures = {chart.name: charts.picture(chart, width=310 if chart.name in SUMMARY_CHARTS else 640, spare=spare) for chart in view.charts}
    large = [picture for name, picture in pictures.items() if name not in SUMMARY_CHARTS]
    numbers = _numbers(view, has_charts=bool(large))
    return {
        "view": view,
        "lead": view.frameworks[0],
        "numbers": numbers,
        "contents": _contents(view, numbers),
        "pictures": pictures,
        "large": large,
        "quality": [_quality(figure) for figure in view.key_figures if figure.entries],
        "attachments": attachments,
        "files": [_file(file) for file in attachments],
        "finding_counts": _finding_counts(view),
        "behind": _behind(view),
        "mandatory_withheld": sum(figure.is_mandatory for figure in view.withheld),
        "lines_shown": tracing.LINES_SHOWN,
    }


def _numbers(view: DisclosureView, *, has_charts: bool) -> Numbers:
    order = iter(range(1, 100))
    return Numbers(
        summary=str(next(order)),
        charts=str(next(order)) if has_charts else "",
        frameworks=tuple(str(next(order)) for _ in view.frameworks),
        withheld=str(next(order)),
        method=str(next(order)),
        trace=str(next(order)),
    )


def _contents(view: DisclosureView, numbers: Numbers) -> tuple[Entry, ...]:
    charts_entry = (Entry(1, numbers.charts, "Where the emissions come from", "charts"),) if numbers.charts else ()
    frameworks = zip(numbers.frameworks, view.frameworks, strict=True)
    return (
        Entry(1, numbers.summary, "Summary", "summary"),
        *charts_entry,
        *(Entry(1, number, framework.title, f"framework-{place}") for place, (number, framework) in enumerate(frameworks, 1)),
        Entry(1, numbers.withheld, "Withheld figures", "withheld"),
        Entry(1, numbers.method, "Methodology", "method"),
        Entry(1, numbers.trace, "How to follow a figure", "trace"),
        Entry(1, numbers.activities, "Activity data", "activities"),
        Entry(1, numbers.factors, "Emission factors used", "factors"),
        Entry(1, numbers.sources, "Source files", "sources"),
        Entry(1, numbers.findings, "Findings", "findings"),
    )


def _quality(figure: Figure) -> QualityRow:
    shares = (figure.measured_share, figure.primary_share, figure.estimated_share, figure.fallback_share, figure.other_gwp_share)
    return QualityRow(figure.label, tuple(wording.share(share) for share in shares), f"{figure.entries:,}")


def _file(file: AttachedFile) -> FileRow:
    return FileRow(file.name, file.description, f"{len(file.data):,}", hashlib.sha256(file.data).hexdigest())


def _behind(view: DisclosureView) -> str:
    factors = sum(len(publication.factors) for publication in view.publications)
    counts = (
        wording.count(view.ledger_line_count, "ledger line", "ledger lines"),
        wording.count(len(view.sources), "source file", "source files"),
        wording.count(factors, "emission factor", "emission factors"),
        wording.count(len(view.publications), "publication", "publications"),
        _finding_counts(view) or "no findings",
    )
    return f"{counts[0]} from {counts[1]}, priced with {counts[2]} of {counts[3]}; the checks report {counts[4]}"


def _finding_counts(view: DisclosureView) -> str:
    nouns = {"error": ("error", "errors"), "warning": ("warning", "warnings"), "note": ("note", "notes")}
    counts = {severity: sum(group.count for group in view.findings if group.severity == severity) for severity in nouns}
    return ", ".join(wording.count(count, *nouns[severity]) for severity, count in counts.items() if count)
