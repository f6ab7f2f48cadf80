"""Hourly readings: a month's sum is exact, a gap or an overlap withholds the month, clocks may change."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from inventories import FACTORS, compute, found, table, write, write_factors
from inventories import rows as queried

from reporting.pipeline import Result

INVENTORY = """
organisation: {name: Hourly, country: GB, currency: GBP}
entities: [{id: a, name: A, country: GB, ownership: 1, financial_control: true, operational_control: true}]
sites: [{id: hall, name: Hall, entity: a, country: GB, region: GB, meters: [{id: m1, carrier: electricity}]}]
views: {main: {approach: operational_control, gwp_set: AR6}}
frameworks: [{id: ghg_protocol, view: main}]
sources:
  hourly:
    path: activity/hourly.csv
    connector: mapping
    columns: {start: start, end: end, quantity: kwh}
    constants: {activity_type: electricity.purchased, unit: kWh, site: hall, meter: m1}
    monthly_sum: true
periods: ["2026-03"]
"""
ZONE = ZoneInfo("Europe/London")


def hours() -> list[tuple[str, str, str]]:
    """Every hour of March 2026 in London, where the clocks go forward on the 29th: 743 hours of 0.1 kWh."""
    start, end = datetime(2026, 3, 1, tzinfo=ZONE).astimezone(UTC), datetime(2026, 4, 1, tzinfo=ZONE).astimezone(UTC)
    count = int((end - start) / timedelta(hours=1))
    marks = [(start + timedelta(hours=n)).astimezone(ZONE).isoformat() for n in range(count + 1)]
    return [(a, b, "0.1") for a, b in pairwise(marks)]


def load(folder: Path, rows: Iterable[tuple[str, str, str]]) -> Result:
    (folder / "activity").mkdir()
    (folder / "inventory.yaml").write_text(INVENTORY, encoding="utf-8")
    lines = ["start,end,kwh", *(",".join(row) for row in rows)]
    (folder / "activity" / "hourly.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    write_factors(folder, FACTORS)
    return compute(folder)


def status(result: Result) -> list[tuple[str, str]]:
    query = """
        select status, coalesce(quantity::varchar, '') from figure, activity
        where figure_id = 'ghg_protocol/scope2_location' and derivation = ''
    """
    return result.connection.execute(query).fetchall()


def test_a_month_of_hours_is_one_activity_with_their_exact_sum(tmp_path: Path) -> None:
    result = load(tmp_path, hours())
    assert len(hours()) == 743
    assert not [f for f in result.findings if f.rule.startswith(("coverage/", "intake/"))]
    assert status(result) == [("stated", "74.3000000000")]


def marks(step: timedelta) -> list[tuple[str, str]]:
    """October and November 2026 in Berlin, where the clocks go back on 25 October, in steps of true length or of whole days."""
    zone = ZoneInfo("Europe/Berlin")
    stamps, end = [datetime(2026, 10, 1, tzinfo=zone)], datetime(2026, 12, 1, tzinfo=zone)
    while stamps[-1] < end:
        stamps.append((stamps[-1].astimezone(UTC) + step).astimezone(zone) if step < timedelta(days=1) else stamps[-1] + step)
    return [(a.isoformat(), b.isoformat()) for a, b in pairwise(stamps)]


def test_the_hour_that_the_clock_shows_twice_stays_in_its_month(tmp_path: Path) -> None:
    """Hours, days and bills with offsets: each month keeps its own, the bill of 745 hours too, and nothing overlaps."""
    bills = [("2026-10-01T00:00:00+02:00", "2026-11-01T00:00:00+01:00"), ("2026-10-31T23:00:00Z", "2026-12-01T00:00:00+01:00")]
    instants = [("2026-10-31T22:59:59.500Z", "2026-10-31T23:00:00.500Z"), ("2026-11-01T10:00:00.100Z", "2026-11-01T10:00:00.300Z")]
    given = {
        "instants": (instants, "10"),
        "hours": (marks(timedelta(hours=1)), "1"),
        "days": (marks(timedelta(days=1)), "24"),
        "bills": (bills, "745"),
    }
    header = "activity_type,start,end,quantity,unit,site,meter"
    files = {
        f"activity/{name}.csv": table(*(f"electricity.purchased,{a},{b},{amount},kWh,mill,{name}" for a, b in spans), header=header)
        for name, (spans, amount) in given.items()
    }
    meters = [{"id": name, "carrier": "electricity"} for name in given]
    source = {"connector": "activity_csv", "time_zone": "Europe/Berlin", "data_quality": "measured", "data_origin": "own"}
    sources = {name: {**source, "path": f"activity/{name}.csv", "monthly_sum": name in {"hours", "days"}} for name in given}
    sites = [{"id": "mill", "name": "Mill", "entity": "acme", "country": "CA", "region": "CA", "meters": meters}]
    result = compute(write(tmp_path, files, sources=sources, sites=sites, periods=["2026-10", "2026-11"]))
    assert found(result, severity="error") == []
    query = "select source_id, month::varchar, sum(quantity)::integer from activity where derivation = '' group by all order by all"
    assert queried(result, query) == [
        (name, month, amount)
        for name, october, november in (("bills", 745, 745), ("days", 744, 720), ("hours", 745, 720), ("instants", 5, 15))
        for month, amount in (("2026-10-01", october), ("2026-11-01", november))
    ]


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        (lambda rows: rows[:300] + rows[301:], "coverage/readings-missing"),
        (lambda rows: rows[1:], "coverage/readings-missing"),
        (lambda rows: rows[:-1], "coverage/readings-missing"),
        (lambda rows: [*rows, rows[10]], "intake/readings-overlap"),
        (lambda rows: [*rows[:5], (*rows[5][:2], "n/a"), *rows[6:]], "intake/quantity-not-a-number"),
    ],
)
def test_a_fault_in_one_hour_withholds_the_month(tmp_path: Path, change: object, rule: str) -> None:
    result = load(tmp_path, change(hours()))  # type: ignore[operator]
    assert rule in {finding.rule for finding in result.findings if finding.severity == "error"}
    assert status(result)[0][0] == "withheld"
    damaged = {figure for finding in result.findings if finding.rule == rule for figure in finding.damages}
    assert "ghg_protocol/scope2_location@2026-03" in damaged
    assert "ghg_protocol/scope1@2026-03" not in damaged
