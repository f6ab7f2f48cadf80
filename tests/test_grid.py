"""Grid intensity from publishers' files: made-up twins with their traps, then the real files where they are at hand."""

from __future__ import annotations

import csv
import json
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from inventories import compute, found, write
from test_hourly import BILL, MILL, given, series

from reporting.intake.files import UnreadableFileError
from reporting.intake.grid import SHIPPED, formats, hours
from reporting.statement import statements
from reporting.types import InputError

TWINS = Path(__file__).parent / "connectors"
POUND = Decimal("453.59237")
# Hour (UTC) and g per kWh; what is missing has a reason in its file.
READ: dict[str, dict[str, str]] = {
    "electricity_maps/zone.csv": {"24T23": "210.5", "25T00": "200", "25T01": "190", "25T03": "170", "25T04": "160"},
    "electricity_maps/zone_old.csv": {"01T00": "300", "01T01": "310"},
    "uk_carbon_intensity/day.json": {"25T00": "150"},
    # 300 of 400 MWh by gas; then an empty value, a fuel without factor, (a row twice), a fuel without row, another unit; 100 of 400
    "eia_generation/mix.json": {"01T00": "329.98844925", "01T03": "329.98844925", "01T06": "109.99614975"},
    # gas 100, 100, 200 of 450, 470 and 520 MWh; then a gap of gas, and waste without a factor
    "entsoe_generation/zone.xml": {"24T23": "87.55555556", "25T00": "83.82978723", "25T01": "151.53846154"},
    "entsoe_generation/lacking.xml": {"24T23": "98.5", "25T00": "197"},
}
REFUSED = {
    "electricity_maps/yearly.csv": "no whole hour",
    "electricity_maps/two_zones.csv": r"several places \(NW, SW\)",
    "uk_carbon_intensity/forecast.json": "no whole hour",
    "uk_carbon_intensity/marginal.json": "marginal",
    "eia_generation/demand.json": "no whole hour",
    "eia_generation/two_authorities.json": r"several places \(NWBA, SWBA\)",
    "entsoe_generation/forecast.xml": "no whole hour",
    "entsoe_generation/two_zones.xml": r"several places \(10Y-NW, 10Y-SW\)",
}


def read(path: Path, connector: str, factors: Path | None = None, country: str = "GB") -> dict[str, Decimal]:
    """G per kWh of the whole hours of a file, by day and hour in UTC."""
    found = hours(path, connector, factors, country).hours
    return {datetime.fromtimestamp(begins // 1_000_000, UTC).strftime("%dT%H"): Decimal(number) for _, number, _, begins in found}


@pytest.mark.parametrize("twin", READ)
def test_every_twin_gives_its_hours(twin: str) -> None:
    assert read(TWINS / twin, twin.partition("/")[0]) == {hour: Decimal(number) for hour, number in READ[twin].items()}


@pytest.mark.parametrize("twin", REFUSED)
def test_what_is_no_actual_average_of_one_place_is_refused(twin: str) -> None:
    with pytest.raises(UnreadableFileError, match=REFUSED[twin]):
        read(TWINS / twin, twin.partition("/")[0])


def test_a_hostile_file_is_refused_by_its_reader(tmp_path: Path) -> None:
    bomb = tmp_path / "bomb.xml"
    bomb.write_text('<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><l><r>&b;</r></l>', encoding="utf-8")
    deep = tmp_path / "deep.json"
    deep.write_text("[" * 100_000, encoding="utf-8")
    for path, connector, rule in ((bomb, "entsoe_generation", "intake/xml-entities"), (deep, "eia_generation", "intake/json")):
        with pytest.raises(UnreadableFileError) as refused:
            hours(path, connector)
        assert refused.value.rule == rule


def test_the_generation_of_an_hour_stands_beside_it() -> None:
    found = hours(TWINS / "entsoe_generation" / "zone.xml", "entsoe_generation", None, "GB")
    assert [Decimal(total or 0) for _, _, total, _ in found.hours] == [450, 470, 520]


def test_hours_that_the_publisher_has_estimated_are_told() -> None:
    found = hours(TWINS / "electricity_maps" / "zone.csv", "electricity_maps")
    assert [datetime.fromtimestamp(begins // 1_000_000, UTC).strftime("%dT%H") for begins in found.estimated] == ["25T04"]


def test_the_company_s_own_factor_is_taken_and_the_others_stay(tmp_path: Path) -> None:
    own = tmp_path / "mix.csv"
    own.write_text("fuel,g_per_kwh,citation\nB17,500,Made up\n", encoding="utf-8")
    twin = TWINS / "entsoe_generation" / "zone.xml"
    assert round(read(twin, "entsoe_generation", own)["25T03"], 6) == round(Decimal(100 * 394 + 5 * 500) / 225, 6)
    fuels = hours(twin, "entsoe_generation", own, "DE").fuels
    assert {fuel: (factor, whose) for fuel, factor, whose, *_ in fuels if fuel in {"B04", "B17"}} == {
        "B04": ("439.984599", "stand-in"),
        "B17": ("500.000000", "own"),
    }
    for text, fault in (("B17,,Made up", r"mix.csv:2: g_per_kwh"), ("B17,500,", "citation"), ("B17,1,x\nB17,2,x", "twice")):
        own.write_text(f"fuel,g_per_kwh,citation\n{text}\n", encoding="utf-8")
        with pytest.raises(InputError, match=fault):
            read(twin, "entsoe_generation", own)


def test_every_factor_by_fuel_is_cited_and_what_its_cell_says() -> None:
    with SHIPPED.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert {row["connector"] for row in rows} == {"eia_generation", "entsoe_generation"}
    for row in rows:
        scale = POUND if row["published_unit"].startswith("lb") else Decimal(1)
        assert Decimal(row["g_per_kwh"]) == round(Decimal(row["published_value"]) * scale, 6)
        assert row["citation"]
        assert row["licence"] in {"public domain (US government)", "CC BY 4.0"}
    keys = [(row["connector"], row["fuel"], row["region"]) for row in rows]
    assert len(set(keys)) == len(keys)
    stand_ins = [(row["connector"], row["fuel"]) for row in rows if row["stands_in"]]
    assert len(set(stand_ins)) == len(stand_ins), "one stand-in a fuel"
    # A second way to the printed pounds: million short tons over GWh of the same table, and heat rate times carbon of lignite.
    for tons, gwh, pounds in ((957, 831_512, "2.30"), (819, 1_687_067, "0.97"), (27, 22_931, "2.38")):
        assert abs(Decimal(tons) * 2000 / gwh - Decimal(pounds)) < Decimal("0.05")
    assert round(Decimal("215.4") * 10_107 / 1_000_000, 2) == Decimal("2.18")


GLITCH = 24 + 5
"""An hour of which a hundredth was delivered."""


def test_a_series_of_a_publisher_prices_the_load(tmp_path: Path) -> None:
    stamps = [f"2026-07-{1 + (h + 1) // 24:02}T{(h + 1) % 24:02}" for h in range(72)]
    data = [
        {"period": stamp, "respondent": "XX", "fueltype": fuel, "value": 1 if h == GLITCH else 100, "value-units": "megawatthours"}
        for h, stamp in enumerate(stamps)
        for fuel in ("NG", "WND")
    ]
    parts = given(
        intensity=[{"path": "hourly/mix.json", "connector": "eia_generation", "region": "CA", "citation": "EIA (test)"}], generation=[]
    )
    files: dict[str, str | bytes] = {
        "activity/s.csv": BILL, "hourly/load.csv": series(lambda _: 10, range(72)),
        "hourly/mix.json": json.dumps({"response": {"data": data}}),
    }  # fmt: skip
    result = compute(write(tmp_path, files, sites=[MILL], hourly=parts, periods=["2026-07"]))
    held = result.connection.execute("select count(*), min(value), max(value), max(total) from hourly_value").fetchall()
    assert held == [(72, Decimal("219.9922995"), Decimal("219.9922995"), 200)]
    priced = result.connection.execute("select sum(kg_per_kwh) from hourly_intensity where state = 'given'").fetchall()
    assert priced == [(Decimal("0.2199922995") * 71,)]
    [glitch] = found(result, "hourly/intensity-glitch")
    assert "2026-07-02 05:00 UTC" in glitch.message, "2 of 200 MWh: the intensity alone hides it"
    assert [f.rule for f in found(result) if f.rule.startswith("hourly/mix")] == ["hourly/mix-factor-elsewhere"]
    [shown] = statements(result.connection, "2026-07", "hourly_mix")
    assert [row[2:5] for row in shown.rows] == [("NG", Decimal("439.984599"), "US"), ("WND", 0, "US")]
    assert all("EIA" in str(row[5]) for row in shown.rows)


def test_real_files_are_read_or_refused(shared: Path, tmp_path: Path) -> None:
    grid = shared / "exports" / "grid"
    assert list(read(grid / "eia_v2_AVRN_gas.json", "eia_generation").values()) == [Decimal("439.984599")] * 2
    for name, path, reason in (
        ("eia_generation", "eia_v2_BPAT_consumption.json", "no whole hour"),
        ("uk_carbon_intensity", "uk_carbonintensity_fw24h_2020-05-24.json", "no whole hour"),
        ("electricity_maps", "electricitymaps_yearly_2024_by_location.csv", "several places|no whole hour"),
    ):
        with pytest.raises(UnreadableFileError, match=reason):
            hours(grid / path, name)
    factors = tmp_path / "mix.csv"
    factors.write_text("fuel,g_per_kwh,citation\n" + "".join(f"B{number:02},{400 if number == 4 else 0},x\n" for number in range(1, 26)))
    got = read(grid / "entsoe_A75_generation_BE.xml", "entsoe_generation", factors).values()
    totals = [70 + 700 + 200 + 46 + 3950 + 250 + 2090 + 2140 + 560 + 30, 73 + 550 + 47 + 3948 + 249 + 2100 + 2155 + 595 + 25]
    assert [round(number, 6) for number in got] == [round(Decimal(400 * gas) / mw, 6) for gas, mw in zip((700, 550), totals, strict=True)]


def test_every_format_is_named_where_it_is_chosen() -> None:
    assert formats() == ["eia_generation", "electricity_maps", "entsoe_generation", "uk_carbon_intensity"]
