"""Reporting periods by name: months, quarters, years, year to date, trailing twelve months, fiscal years named by their end."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from reporting.types import UsageError

FORMS = "2026-07, 2026-Q3, 2026, 2026-Q3-YTD, 2026-Q3-TTM, and with FY before the year but for months"

PATTERN = "(FY)?([12][0-9]{3})(?:-(?:Q([1-4])(?:-(YTD|TTM))?|([0-9]{2})))?"


@dataclass(frozen=True)
class Period:
    """A named half-open period."""

    name: str
    starts: date
    ends: date
    kind: str


def _shift(year: int, month: int, months: int) -> date:
    index = year * 12 + month - 1 + months
    return date(index // 12, index % 12 + 1, 1)


def _match(name: str) -> re.Match[str] | None:
    match = re.fullmatch(PATTERN, name)
    return match if match and not (match[5] and (match[1] or not 1 <= int(match[5]) <= 12)) else None


def is_period(name: str) -> bool:
    """Whether a text has one of the forms of a period's name."""
    return _match(name) is not None


def is_day(text: str) -> bool:
    """Whether a text is a day written as 2026-01-31."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def parse_period(name: str, fiscal_year_start: int = 1) -> Period:
    """A period from its name; raises UsageError that lists the forms."""
    match = _match(name)
    if not match:
        raise UsageError(f'unknown period "{name}". fix: use one of the forms {FORMS}')
    fiscal, year, quarter, form, month = match[1], int(match[2]), match[3], match[4], match[5]
    if month:
        return Period(name, date(year, int(month), 1), _shift(year, int(month), 1), "month")
    offset = (fiscal_year_start - 1) - (12 if fiscal_year_start > 1 else 0) if fiscal else 0
    first = _shift(year, 1, offset)
    if not quarter:
        return Period(name, first, _shift(first.year, first.month, 12), "year")
    starts = _shift(first.year, first.month, 3 * (int(quarter) - 1))
    ends = _shift(starts.year, starts.month, 3)
    if form == "YTD":
        return Period(name, first, ends, "ytd")
    if form == "TTM":
        return Period(name, _shift(ends.year, ends.month, -12), ends, "ttm")
    return Period(name, starts, ends, "quarter")
