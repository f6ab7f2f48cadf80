"""Periods by name, and figures of any period as the sum of the same months."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from inventories import compute, factor, rows, table, upstream, write

from reporting.periods import parse_period
from reporting.types import UsageError


@pytest.mark.parametrize(
    ("name", "start", "first", "after", "kind"),
    [
        ("2026-07", 1, "2026-07-01", "2026-08-01", "month"),
        ("2026-12", 4, "2026-12-01", "2027-01-01", "month"),
        ("2026-Q3", 1, "2026-07-01", "2026-10-01", "quarter"),
        ("2026-Q3", 4, "2026-07-01", "2026-10-01", "quarter"),
        ("2026", 4, "2026-01-01", "2027-01-01", "year"),
        ("2026-Q3-YTD", 1, "2026-01-01", "2026-10-01", "ytd"),
        ("2026-Q3-TTM", 1, "2025-10-01", "2026-10-01", "ttm"),
        ("2026-Q4-TTM", 1, "2026-01-01", "2027-01-01", "ttm"),
        ("FY2026", 1, "2026-01-01", "2027-01-01", "year"),
        ("FY2026", 4, "2025-04-01", "2026-04-01", "year"),
        ("FY2026-Q3", 4, "2025-10-01", "2026-01-01", "quarter"),
        ("FY2026-Q4", 4, "2026-01-01", "2026-04-01", "quarter"),
        ("FY2026-Q1", 10, "2025-10-01", "2026-01-01", "quarter"),
        ("FY2026-Q3-YTD", 4, "2025-04-01", "2026-01-01", "ytd"),
        ("FY2026-Q1-TTM", 4, "2024-07-01", "2025-07-01", "ttm"),
    ],
)
def test_every_form(name: str, start: int, first: str, after: str, kind: str) -> None:
    made = parse_period(name, start)
    assert (made.starts, made.ends, made.kind) == (date.fromisoformat(first), date.fromisoformat(after), kind)


@pytest.mark.parametrize(
    "name", ["", "26", "2026-Q5", "2026-13", "2026-00", "FY2026-07", "2026-YTD", "0000", "9999-Q4", "2026-Q3-ytd", "٢٠٢٦", "2026\n"]
)
def test_another_name_is_refused(name: str) -> None:
    with pytest.raises(UsageError, match="2026-Q3-TTM"):
        parse_period(name)


def test_quarters_years_and_twelve_months_are_sums_of_the_same_months(tmp_path: Path) -> None:
    """A bill from February 2025 to August 2026 splits by days; whatever the period, its figure is the sum of its months."""
    months = [f"{year}-{month:02}" for year in (2025, 2026) for month in range(1, 13)]
    spans = {
        "2026-Q2": months[15:18],
        "2026": months[12:],
        "2026-Q2-YTD": months[12:18],
        "2026-Q2-TTM": months[6:18],
        "FY2026-Q1": months[3:6],
    }
    files = {"activity/s.csv": table("diesel.stationary,2025-02-03,2026-08-20,1000.0000000007,l,mill")}
    factors = [
        factor("diesel", "diesel.stationary", "2.51", "l", valid_from="2025-01-01"),
        dict(upstream("diesel.well_to_tank", "0.5", "l")) | {"valid_from": "2025-01-01"},
    ]
    result = compute(write(tmp_path, files, factors, fiscal_year_start=4, periods=[*months, *spans]))
    found = rows(result, "select period, amount from figure_all where figure_id = 'ghg_protocol/scope1'")
    kg: dict[str, Decimal] = {name: amount or Decimal(0) for name, amount in found}  # tonnes are rounded to 12 decimals, kilograms are not
    for name, parts in spans.items():
        assert kg[name] == sum(kg[part] for part in parts), name
    assert sum(kg[month] for month in months) == Decimal("1000.0000000007") * Decimal("2.51")
