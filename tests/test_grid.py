"""Grid intensity from publishers' files: made-up twins with their traps, then the real files where they are at hand."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from inventories import compute, write
from test_hourly import BILL, MILL, given, series

from reporting.intake.files import UnreadableFileError
from reporting.intake.grid import formats, hours

MIX = "fuel,g_per_kwh,citation\nB04,400,Made up\nB18,0,Made up\nB10,0,Made up\n"


def half_hours(*values: tuple[str, int, int | None]) -> str:
    """An answer of the UK API: half-hour, forecast, actual."""
    return json.dumps(
        {
            "data": [
                {
                    "from": f"2026-07-01T{start}Z",
                    "to": f"2026-07-01T{start[:2]}:30Z" if start.endswith("00") else f"2026-07-01T{int(start[:2]) + 1:02}:00Z",
                    "intensity": {"forecast": forecast, "actual": actual, "index": "low"},
                }
                for start, forecast, actual in values
            ]
        }
    )


def read(tmp_path: Path, name: str, text: str, suffix: str, mix: str = "") -> list[Decimal]:
    """G per kWh of the whole hours of a file."""
    path = tmp_path / f"f.{suffix}"
    path.write_text(text, encoding="utf-8")
    factors = tmp_path / "mix.csv"
    factors.write_text(mix, encoding="utf-8")
    return [Decimal(number) for _, number, _ in hours(path, name, factors if mix else None)]


def test_a_forecast_is_never_taken_for_what_came(tmp_path: Path) -> None:
    text = half_hours(
        ("00:00", 90, 100), ("00:30", 90, 200), ("01:00", 90, None), ("01:30", 90, 100), ("02:00", 90, None), ("02:30", 90, None)
    )
    assert read(tmp_path, "uk_carbon_intensity", text, "json") == [Decimal(150)]


def eia(*rows: tuple[str, str, Any]) -> str:
    """An answer of the EIA: hour, fuel, MWh."""
    data = [
        {"period": hour, "respondent": "XX", "fueltype": fuel, "value": mwh, "value-units": "megawatthours"} for hour, fuel, mwh in rows
    ]
    return json.dumps({"response": {"data": data}})


def test_generation_by_fuel_is_weighed_and_an_unknown_fuel_makes_its_hour_missing(tmp_path: Path) -> None:
    rows = [("2026-07-01T01", "NG", 300), ("2026-07-01T01", "WND", 100), ("2026-07-01T02", "NG", 300), ("2026-07-01T02", "OTH", 10)]
    text = eia(*rows, ("2026-07-01T03", "NG", None), ("2026-07-01T03", "WND", 5))
    assert read(tmp_path, "eia_generation", text, "json") == [Decimal("329.98844925")]
    found = hours(tmp_path / "f.json", "eia_generation", None)
    assert found[0][2] == 1782864000000000, "the hour ends at 01:00 and begins at midnight"


def points(direction: str, fuel: str, curve: str, *values: tuple[int, int], minutes: int = 30) -> str:
    """A time series of MW from midnight to 02:00."""
    held = "".join(f"<Point><position>{position}</position><quantity>{mw}</quantity></Point>" for position, mw in values)
    return (
        f"<TimeSeries><mRID>{fuel}{direction}</mRID><{direction}BiddingZone_Domain.mRID>Z</{direction}BiddingZone_Domain.mRID>"
        f"<curveType>{curve}</curveType><MktPSRType><psrType>{fuel}</psrType></MktPSRType><Period><timeInterval><start>2026-07-01T00:00Z</start>"
        f"<end>2026-07-01T02:00Z</end></timeInterval><resolution>PT{minutes}M</resolution>{held}</Period></TimeSeries>"
    )


def entsoe(*series: str, kind: str = "A75") -> str:
    """A document of ENTSO-E."""
    return f"<GL_MarketDocument><type>{kind}</type><process.processType>A16</process.processType>{''.join(series)}</GL_MarketDocument>"


def test_positions_that_repeat_and_storage_that_draws(tmp_path: Path) -> None:
    gas = points("in", "B04", "A03", (1, 100), (3, 300))  # 100, 100, 300, 300
    wind = points("in", "B18", "A01", (1, 100), (2, 300), (3, 100), (4, 100))
    pumps = points("out", "B10", "A01", (1, 900), (2, 900), (3, 900), (4, 900))
    got = read(tmp_path, "entsoe_generation", entsoe(gas, wind, pumps), "xml", MIX)
    assert [round(number, 4) for number in got] == [round(Decimal(400) * 100 / 300, 4), Decimal(300)]
    gap = points("in", "B04", "A01", (1, 100), (3, 300), (4, 300))
    assert [round(number, 4) for number in read(tmp_path, "entsoe_generation", entsoe(gap, wind), "xml", MIX)] == [Decimal(300)]
    with pytest.raises(UnreadableFileError):
        read(tmp_path, "entsoe_generation", entsoe(gas, wind, kind="A69"), "xml", MIX)


def test_life_cycle_intensity_is_not_the_direct_one(tmp_path: Path) -> None:
    head = "Datetime (UTC),Zone id,Carbon intensity gCO₂eq/kWh (Life cycle),Carbon intensity gCO₂eq/kWh (direct)\n"
    rows = "2026-07-01 00:00:00,CA-QC,99,12.5\n2026-07-01 01:00:00,CA-QC,99,13\n2027-01-01 00:00:00,CA-QC,99,14\n"
    assert read(tmp_path, "electricity_maps", head + rows, "csv") == [Decimal("12.5"), Decimal(13)]
    with pytest.raises(UnreadableFileError):
        read(tmp_path, "electricity_maps", "Datetime (UTC),Carbon intensity gCO2eq/kWh (Life cycle)\n2026-07-01 00:00:00,99\n", "csv")


def test_a_marginal_signal_is_refused(tmp_path: Path) -> None:
    text = json.dumps({"data": [{"point_time": "2026-07-01T00:00:00Z", "value": 800}], "meta": {"signal_type": "co2_moer"}})
    with pytest.raises(UnreadableFileError, match="marginal"):
        read(tmp_path, "uk_carbon_intensity", text, "json")


def test_a_series_of_a_publisher_prices_the_load(tmp_path: Path) -> None:
    hour = "2026-07-{:02}T{:02}"
    rows = [(hour.format(1 + (h + 1) // 24, (h + 1) % 24), fuel, 100) for h in range(30 * 24) for fuel in ("NG", "WND")]
    parts = given(
        intensity=[{"path": "hourly/mix.json", "connector": "eia_generation", "region": "CA", "citation": "EIA (test)"}], generation=[]
    )
    stamps = range(24)
    load = series(lambda _: 10, stamps)
    files: dict[str, str | bytes] = {"activity/s.csv": BILL, "hourly/load.csv": load, "hourly/mix.json": eia(*rows[: 2 * 24])}
    result = compute(write(tmp_path, files, sites=[MILL], hourly=parts, periods=["2026-07"]))
    held = result.connection.execute("select count(*), min(value), max(value) from hourly_value").fetchall()
    assert held == [(24, Decimal("219.9922995"), Decimal("219.9922995"))]
    priced = result.connection.execute("select sum(kg_per_kwh) from hourly_intensity where state = 'given'").fetchall()
    assert priced == [(Decimal("0.2199922995") * 24,)]


def test_real_files_are_read_or_refused(shared: Path, tmp_path: Path) -> None:
    grid = shared / "exports" / "grid"
    assert [Decimal(number) for _, number, _ in hours(grid / "eia_v2_AVRN_gas.json", "eia_generation", None)] == [Decimal("439.984599")] * 2
    for name, path in (
        ("eia_generation", "eia_v2_BPAT_consumption.json"),
        ("uk_carbon_intensity", "uk_carbonintensity_fw24h_2020-05-24.json"),
    ):
        with pytest.raises(UnreadableFileError):
            hours(grid / path, name, None)
    factors = tmp_path / "mix.csv"
    factors.write_text("fuel,g_per_kwh,citation\n" + "".join(f"B{number:02},{400 if number == 4 else 0},x\n" for number in range(1, 26)))
    got = [Decimal(number) for _, number, _ in hours(grid / "entsoe_A75_generation_BE.xml", "entsoe_generation", factors)]
    totals = [70 + 700 + 200 + 46 + 3950 + 250 + 2090 + 2140 + 560 + 30, 73 + 550 + 47 + 3948 + 249 + 2100 + 2155 + 595 + 25]
    assert [round(number, 6) for number in got] == [round(Decimal(400 * gas) / mw, 6) for gas, mw in zip((700, 550), totals, strict=True)]


def test_every_format_is_named_where_it_is_chosen() -> None:
    assert formats() == ["eia_generation", "electricity_maps", "entsoe_generation", "uk_carbon_intensity"]
