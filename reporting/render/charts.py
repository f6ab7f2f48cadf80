"""The charts as small hand-made SVG drawings: text stays text, coordinates are exact decimals, the same view gives the same bytes."""

from __future__ import annotations

import base64
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal
from xml.sax.saxutils import escape, quoteattr

from reporting.render import fonts
from reporting.render.shapes import Chart, Point

ACCENT, INK, QUIET, RULE, ALARM = "#0f5257", "#1c2629", "#5c686c", "#cfd8da", "#9b2c1f"
TINTS = (ACCENT, "#5f9599", "#b7d0d1", "#8a979a")
ROW, BAR = 34, 16
NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart ready to be placed: a data: address of an SVG image, and the alternative text that carries all its numbers."""

    chart: Chart
    address: str
    alternative: str


def picture(chart: Chart, *, width: int = 640, spare: int = 0) -> Picture:
    """Draw a chart in the form that its data asks for; `width` is in CSS pixels, `spare` what a wider typeface may need at either side."""
    kind = chart.name.partition(":")[0]
    draw = {"months": _columns, "entities": _stacked_bars, "quality": _shares, "restatement": _waterfall}.get(kind, _bars)
    body, height = draw(chart.points, width)
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width + 2 * spare}" height="{height}" '
        f'viewBox="{-spare} 0 {width + 2 * spare} {height}" '
        f'font-family="Plex, IBM Plex Sans, Segoe UI, Arial, sans-serif" font-size="12.5" fill="{INK}">{body}</svg>'
    )
    return Picture(chart, "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode(), _alternative(chart))


def _alternative(chart: Chart) -> str:
    points = "; ".join(f"{point.label}{', ' + point.group if point.group else ''}: {point.text}" for point in chart.points)
    unit = "" if chart.unit_text == "%" else f" in {chart.unit_text}"
    return f"Chart: {chart.title}{unit}. {points}."


def _bars(points: Sequence[Point], width: int) -> tuple[str, int]:
    """Horizontal bars, one per point; a point without a value prints its word instead of a bar."""
    left, right = (240, 84) if width > 400 else (128, 74)
    values = [point.value for point in points if point.value is not None]
    low, high = min([NOTHING, *values]), max([NOTHING, *values])
    scale = (width - left - right) / (high - low or Decimal(1))
    zero = left - low * scale
    parts = [_line(zero, 0, zero, len(points) * ROW)]
    for place, point in enumerate(points):
        top = place * ROW
        parts.append(_label(point.label, left - 10, top + ROW // 2, columns=36 if width > 400 else 20))
        parts.append(_bar(point, zero, top + (ROW - BAR) // 2, scale))
    return "".join(parts), len(points) * ROW


def _bar(point: Point, zero: Decimal, top: int, scale: Decimal) -> str:
    baseline = top + BAR - 4
    if point.value is None:
        return _text(point.text, zero + 8, baseline, fill=ALARM if point.text == "withheld" else QUIET)
    length = abs(point.value) * scale
    start = zero - length if point.value < 0 else zero
    end = zero if point.value < 0 else zero + length
    return _rect(start, top, length, BAR, ACCENT) + _text(
        point.text, end + 8, baseline, weight=600 if point.value else 400, fill=INK if point.value else QUIET
    )


def _stacked_bars(points: Sequence[Point], width: int) -> tuple[str, int]:
    """One horizontal bar per label, made of its groups, with the sum at its end."""
    groups, labels = _names(points)
    left, right, head = 240, 84, 30
    totals = {label: _sum(points, label) for label in labels}
    scale = (width - left - right) / (max(totals.values()) or Decimal(1))
    parts = [_legend(groups, left), _line(left, head, left, head + len(labels) * ROW)]
    for place, label in enumerate(labels):
        top, start = head + place * ROW, Decimal(left)
        parts.append(_label(label, left - 10, top + ROW // 2, columns=36))
        for point in _of(points, label):
            length = max(point.value or NOTHING, NOTHING) * scale
            parts.append(_rect(start, top + (ROW - BAR) // 2, length, BAR, TINTS[groups.index(point.group) % len(TINTS)]))
            start += length
        parts.append(_text(_amount(totals[label]), start + 8, top + ROW // 2 + 4, weight=600))
    return "".join(parts), head + len(labels) * ROW


def _waterfall(points: Sequence[Point], width: int) -> tuple[str, int]:
    """Horizontal bars that start where the one before ended; levels start at zero, or where the scale says that it begins."""
    left, right = 240, 84
    spans, reached = list[tuple[Decimal, Decimal]](), NOTHING
    for point in points:
        start, amount = NOTHING if point.group == "total" else reached, point.value or NOTHING
        reached = start + amount
        spans.append((start, reached))
    base, high = _scale([end for span in spans for end in span if end])
    scale = (width - left - right) / (high - base or Decimal(1))
    zero = left + (max(base, NOTHING) - base) * scale
    parts = [_line(zero, 0, zero, len(points) * ROW)]
    for place, (point, span) in enumerate(zip(points, spans, strict=True)):
        top, start, end = place * ROW, left + (max(min(span), base) - base) * scale, left + (max(*span, base) - base) * scale
        fill = ACCENT if point.group == "total" else TINTS[1] if span[1] >= span[0] else ALARM
        parts.append(_label(point.label, left - 10, top + ROW // 2, columns=36))
        parts.append(_rect(start, top + (ROW - BAR) // 2, max(end - start, Decimal(1)), BAR, fill))
        parts.append(_text(point.text, end + 8, top + ROW // 2 + 4, weight=600 if point.group == "total" else 400))
    if base > 0:
        parts.append(_text(f"the scale begins at {_amount(base)}", left, len(points) * ROW + 14, fill=QUIET, size="11.5"))
    return "".join(parts), len(points) * ROW + (20 if base > 0 else 0)


def _scale(ends: Sequence[Decimal]) -> tuple[Decimal, Decimal]:
    """Where a scale begins and ends: at zero, unless the changes are too small to be seen beside the levels."""
    low, high = min(ends, default=NOTHING), max(ends, default=NOTHING)
    if low > 0 and (high - low) * 4 < high:
        return max(NOTHING, low - (high - low) / 2).quantize(Decimal("0.1"), ROUND_FLOOR), high
    return min(low, NOTHING), max(high, NOTHING)


def _columns(points: Sequence[Point], width: int) -> tuple[str, int]:
    """One column per label, made of its groups, with the sum above it."""
    groups, labels = _names(points)
    head, height, foot = 56, 150, 26
    totals = {label: _sum(points, label) for label in labels}
    scale = height / (max(totals.values()) or Decimal(1))
    step = Decimal(width) / len(labels)
    thick = min(step * Decimal("0.55"), Decimal(64))
    parts = [_legend(groups, 0), _line(0, head + height, width, head + height)]
    for place, label in enumerate(labels):
        middle, top = step * place + step / 2, Decimal(head + height)
        for point in _of(points, label):
            length = max(point.value or NOTHING, NOTHING) * scale
            top -= length
            parts.append(_rect(middle - thick / 2, top, thick, length, TINTS[groups.index(point.group) % len(TINTS)]))
        parts.append(_text(_amount(totals[label]), middle, top - 7, anchor="middle", weight=600))
        parts.append(_text(label, middle, head + height + 18, anchor="middle", fill=QUIET))
    return "".join(parts), head + height + foot


def _shares(points: Sequence[Point], width: int) -> tuple[str, int]:
    """A matrix of small bars: one row per figure, one column per kind of share, each against its own full 100 %."""
    groups, labels = _names(points)
    left, head = 190, 30
    step = Decimal(width - left + 14) / len(groups)
    length = step - 66
    parts = [_text(group, left + step * place, 14, fill=QUIET) for place, group in enumerate(groups)]
    for row, label in enumerate(labels):
        top = head + row * ROW
        parts.append(_label(label, left - 14, top + ROW // 2, columns=28))
        for point in _of(points, label):
            start, filled = left + step * groups.index(point.group), length * min(max((point.value or NOTHING) / 100, NOTHING), Decimal(1))
            parts.append(_rect(start, top + 13, length, 8, "#e4eaeb") + _rect(start, top + 13, filled, 8, ACCENT))
            parts.append(_text(point.text, start + length + 6, top + 21, size="11.5"))
    return "".join(parts), head + len(labels) * ROW


def _names(points: Sequence[Point]) -> tuple[list[str], list[str]]:
    groups = dict.fromkeys(point.group for point in points)
    return (sorted(groups) if all(group.startswith("Scope") for group in groups) else list(groups)), list(
        dict.fromkeys(p.label for p in points)
    )


def _of(points: Sequence[Point], label: str) -> list[Point]:
    return [point for point in points if point.label == label]


def _sum(points: Sequence[Point], label: str) -> Decimal:
    return sum((point.value or NOTHING for point in _of(points, label)), NOTHING)


def _amount(value: Decimal) -> str:
    return f"{value:,.1f}"


def _legend(groups: Sequence[str], left: int) -> str:
    return "".join(
        _rect(Decimal(left + 96 * place), 3, Decimal(11), 11, TINTS[place % len(TINTS)])
        + _text(group, left + 96 * place + 17, 13, fill=QUIET)
        for place, group in enumerate(groups)
    )


def _label(text: str, right: int, middle: int, *, columns: int) -> str:
    lines = textwrap.wrap(text, columns, max_lines=2, placeholder=" …") or [""]
    first = middle + 4 - 7 * (len(lines) - 1)
    return "".join(_text(line, right, first + 14 * place, anchor="end") for place, line in enumerate(lines))


def _text(  # noqa: PLR0913 - the attributes of one text element
    text: str, x: Decimal | int, y: Decimal | int, *, anchor: str = "start", weight: int = 400, fill: str = INK, size: str = "12.5"
) -> str:
    style = f'text-anchor="{anchor}" font-weight="{weight}" fill={quoteattr(fill)} font-size="{size}"'
    return f'<text x="{_at(x)}" y="{_at(y)}" {style}>{escape(fonts.printable(text))}</text>'


def _rect(x: Decimal | int, y: Decimal | int, width: Decimal, height: Decimal | int, fill: str) -> str:
    return (
        f'<rect x="{_at(x)}" y="{_at(y)}" width="{_at(width)}" height="{_at(height)}" fill="{fill}"/>' if width > 0 and height > 0 else ""
    )


def _line(x1: Decimal | int, y1: Decimal | int, x2: Decimal | int, y2: Decimal | int) -> str:
    return f'<line x1="{_at(x1)}" y1="{_at(y1)}" x2="{_at(x2)}" y2="{_at(y2)}" stroke="{RULE}" stroke-width="1"/>'


def _at(value: Decimal | int) -> str:
    """A coordinate with two decimals."""
    return f"{Decimal(value):.2f}"
