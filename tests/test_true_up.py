"""Accruals and true-ups: what was reported, plus true-ups, plus what came since, is the year to date; no quarter's intensity moves."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

from inventories import compute, found, table, value, write

from reporting.pipeline import Result
from reporting.statement import statements
from reporting.tracing import trace

SCOPE1 = "ghg_protocol/scope1"
HEADER = "activity_id,activity_type,start,end,quantity,unit,site,read_status,replaces"
ROWS = (
    "J,diesel.stationary,2026-01-01,2026-02-28,1000,l,mill,actual,",
    "M,diesel.stationary,2026-03-01,2026-03-31,400,l,mill,accrued,",
    "A,diesel.stationary,2026-04-01,2026-06-30,2000.000003,l,mill,actual,",
    "S,diesel.stationary,2026-07-01,2026-09-30,700,l,mill,actual,",
)
LATE = "B,diesel.stationary,2026-03-01,2026-03-31,433.333333,l,mill,actual,M"
PERIODS = ["2026-Q1", "2026-Q2", "2026-Q3", "2026-Q2-YTD", "2026-Q3-YTD", "2026"]
REVENUE = {"net_revenue": {name: {"value": "2", "unit": "million EUR", "source": "Accounts (test)"} for name in PERIODS}}


def computed(folder: Path, *lines: str, closed: object = (), periods: list[str] | None = None) -> Result:
    files = {"activity/s.csv": table(*lines, header=HEADER)}
    more: dict[str, Any] = {"closed": closed, "periods": periods or PERIODS, "inputs": REVENUE, "variance_threshold": "1"}
    return compute(write(folder, files, **more))


def true_ups(result: Result, period: str) -> list[tuple[Any, ...]]:
    return [row for made in statements(result.connection, period) if made.id == "true_ups" for row in made.rows]


def test_reported_and_trued_up_is_the_year_to_date(tmp_path: Path) -> None:
    """The closed figure comes from the run that reported it; the other way is the sum of the restated months."""
    reported = value(computed(tmp_path / "then", *ROWS[:2]), SCOPE1, "2026-Q1")
    assert reported == Decimal("3.5")
    closed = {"period": "2026-Q1", "figures": {SCOPE1: str(reported)}, "source": "Report of the first quarter"}
    result = computed(tmp_path / "now", *ROWS, LATE, closed=[closed])
    assert found(result, severity="error") == []
    assert found(result, "time/closed-period-changed") == []
    [row] = true_ups(result, "2026-Q2")
    period, figure, treatment, as_reported, before, difference, restated, causes, _, name = row
    assert (period, figure, treatment, as_reported, before) == ("2026-Q1", SCOPE1, "true-up", reported, 0)
    followed = trace(result.connection, name, "2026-Q2")
    assert (name, followed.total, followed.is_exact) == (f"{SCOPE1}/true_up=2026-Q1", difference, True)
    assert followed.parts[0].figure["value"] == restated
    assert difference == Decimal("33.333333") * Decimal("2.5") / 1000
    assert causes == "s:B for s:M"
    assert reported + difference == restated == value(result, SCOPE1, "2026-Q1")
    assert reported + difference + value(result, SCOPE1, "2026-Q2") == value(result, SCOPE1, "2026-Q2-YTD")


def test_a_true_up_is_in_no_figure_and_no_intensity_of_the_quarter(tmp_path: Path) -> None:
    closed = {"period": "2026-Q1", "figures": {SCOPE1: "3.5"}, "source": "Report of the first quarter"}
    with_it, without = computed(tmp_path / "a", *ROWS, LATE, closed=[closed]), computed(tmp_path / "b", *ROWS)
    for name in (SCOPE1, "ghg_protocol/total_location", "ghg_protocol/intensity_location"):
        assert value(with_it, name, "2026-Q2") == value(without, name, "2026-Q2"), name


def test_a_true_up_is_stated_once(tmp_path: Path) -> None:
    """The second quarter stated 0.05; the third states what came later, and all of it is the year to date."""
    closed = [
        {"period": "2026-Q1", "figures": {SCOPE1: "3.5"}, "source": "Q1", "trued_up": {"2026-Q2": {SCOPE1: "0.05"}}},
        {"period": "2026-Q2", "figures": {SCOPE1: "5.000000000001"}, "source": "Q2", "reason": "Rounded then"},
    ]
    result = computed(tmp_path, *ROWS, LATE, closed=closed)
    assert [row[5] for row in true_ups(result, "2026-Q2")] == [Decimal("0.05")]
    late = {row[0]: (row[4], row[5]) for row in true_ups(result, "2026-Q3")}
    assert late["2026-Q1"] == (Decimal("0.05"), value(result, SCOPE1, "2026-Q1") - Decimal("3.55"))
    reported = Decimal("3.5") + Decimal("0.05") + Decimal("5.000000000001")
    stated = reported + sum(difference for _, difference in late.values()) + value(result, SCOPE1, "2026-Q3")
    assert stated == value(result, SCOPE1, "2026-Q3-YTD")
    assert found(result, severity="error") == []


def test_it_never_crosses_a_year_end(tmp_path: Path) -> None:
    old = [
        line.replace("2026-", "2025-").replace("J,", "J5,").replace("M,", "M5,").replace("B,", "B5,").replace(",M", ",M5")
        for line in (*ROWS[:2], LATE)
    ]
    factors_from = [line for line in old if line]
    closed = {"period": "2025-Q1", "figures": {SCOPE1: "0"}, "source": "Report of 2025", "reason": "The bill of March came late"}
    result = computed(tmp_path, *factors_from, *ROWS, closed=[closed], periods=["2025-Q1", *PERIODS])
    rows = true_ups(result, "2026-Q1")
    assert [(row[0], row[2]) for row in rows] == [("2025-Q1", "comparative revised")]
    assert rows[0][-2] == "The bill of March came late"
    assert value(result, SCOPE1, "2026-Q2-YTD") == value(result, SCOPE1, "2026-Q1") + value(result, SCOPE1, "2026-Q2")


def test_a_withheld_quarter_has_no_true_up(tmp_path: Path) -> None:
    closed = {"period": "2026-Q1", "figures": {SCOPE1: "3.5"}, "source": "Report of the first quarter"}
    result = computed(tmp_path, *ROWS, LATE.replace("433.333333", "43x"), closed=[closed])
    assert [row[5:7] for row in true_ups(result, "2026-Q2")] == [(None, None)]
