"""Hourly matching: files read in place, gaps and glitches told, figures beside the annual ones and in no total."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest
from inventories import FACTORS, INVENTORY, compute, factor, figures, found, rows, table, value, write
from test_scope2 import LEDGER, instrument

from reporting.pipeline import Result
from reporting.tracing import trace
from reporting.types import InputError

GHG = "ghg_protocol/hourly_"
MILL = INVENTORY["sites"][0] | {"meters": [{"id": "M1", "carrier": "electricity"}, {"id": "M2", "carrier": "electricity"}]}
START = datetime(2026, 7, 1, tzinfo=UTC)
HOURS = 31 * 24
JULY = {"periods": ["2026-07"]}
BILL = table("electricity.purchased,2026-07-01,2026-07-31,1000,kWh,mill")
Cells = Callable[[int], object]


def series(cells: Cells, hours: Sequence[int] = range(HOURS), name: str = "value") -> str:
    """A CSV file of stamps with offset and a value for every hour of July."""
    lines = [f"{(START + timedelta(hours=hour)).isoformat()},{cells(hour)}" for hour in hours]
    return "\n".join([f"stamp,{name}", *lines, ""])


def given(**more: Any) -> dict[str, Any]:  # noqa: ANN401 - parts of inventory.yaml
    """The part `hourly` over the files below."""
    place = {"time": "stamp", "value": "value"}
    return {
        "load": [{"path": "hourly/load.csv", "unit": "kWh", "site": "mill", **place}],
        "intensity": [{"path": "hourly/grid.csv", "unit": "g/kWh", "region": "CA", "citation": "Grid operator (test)", **place}],
        "generation": [{"path": "hourly/wind.csv", "unit": "MWh", "instrument": "W", "citation": "Meter of the farm (test)", **place}],
    } | more


def files(load: str, grid: str, wind: str = "", *ledger: str) -> dict[str, str | bytes]:
    held = ledger or (instrument("W", "ppa_physical", 100000, "0.01"),)
    made: dict[str, str | bytes] = {
        "activity/s.csv": BILL,
        "hourly/load.csv": load,
        "hourly/grid.csv": grid,
        "instruments.csv": table(*held, header=LEDGER),
    }
    return made | ({"hourly/wind.csv": wind} if wind else {})


def expected(load: Cells, grid: Cells, wind: Cells) -> dict[str, Decimal]:
    """The figures the second way: Python's decimals, hour by hour; rate 0.01 kg/kWh, wind in MWh."""
    total = dict.fromkeys(("load", "location", "covered", "market"), Decimal())
    for hour in range(HOURS):
        kwh, kg, made = Decimal(str(load(hour))), Decimal(str(grid(hour))) / 1000, Decimal(str(wind(hour))) * 1000
        covered = min(kwh, made)
        total["load"] += kwh / 1000
        total["location"] += kwh * kg / 1000
        total["covered"] += covered / 1000
        total["market"] += (covered * Decimal("0.01") + (kwh - covered) * kg) / 1000
    return total


def faults(result: Result) -> list[str]:
    """The rules of the errors, but that the meters have no bills of their own here."""
    return [finding.rule for finding in found(result, severity="error") if finding.rule != "coverage/month-missing"]


def load_of(hour: int) -> Decimal:
    return 10 + Decimal(hour % 24) / 10


def grid_of(hour: int) -> int:
    return 300 + 5 * (hour % 24)


def wind_of(hour: int) -> Decimal:
    return Decimal(hour % 7) * Decimal("0.003")


def test_the_figures_are_those_of_a_second_way_and_no_total_holds_them(tmp_path: Path) -> None:
    made = files(series(load_of), series(grid_of), series(wind_of))
    result = compute(write(tmp_path / "with", made, FACTORS, sites=[MILL], hourly=given(), **JULY))
    assert faults(result) == []
    right = expected(load_of, grid_of, wind_of)
    for name, number in right.items():
        assert value(result, GHG + name, "2026-07") == number
    score = value(result, GHG + "score", "2026-07")
    assert score == (100 * right["covered"] / right["load"]).quantize(Decimal("1e-12"))
    without = compute(write(tmp_path / "without", made, FACTORS, sites=[MILL], **JULY))
    annual = {name: number for name, number in figures(result, "2026-07").items() if not name.startswith(GHG)}
    assert annual == figures(without, "2026-07")
    assert "supplementary" in rows(result, "select distinct section from figure where kind = 'hourly'")[0][0]


@pytest.mark.parametrize("name", ["load", "location", "covered", "carbon_free", "market", "score"])
def test_a_trace_lists_the_hours_with_file_and_row(tmp_path: Path, name: str) -> None:
    views = {"control": {"approach": "equity_share", "gwp_set": "AR6"}}
    entities = [INVENTORY["entities"][0] | {"ownership": "0.37"}]
    made = files(series(load_of), series(grid_of), series(wind_of))
    result = compute(write(tmp_path, made, FACTORS, sites=[MILL], hourly=given(), views=views, entities=entities, **JULY))
    traced = trace(result.connection, GHG + name, "2026-07")
    assert traced.is_exact
    lines = (traced.parts[0] if traced.parts else traced).lines
    assert len(lines) >= 600
    first = lines.iloc[0]
    assert first["file_path"] == "hourly/load.csv"
    third = lines[lines["activity_id"].str.startswith("2026-07-01T02:00Z")].iloc[0]
    assert third["row_no"] == 4
    if name in {"location", "covered"}:
        assert third["citation"] == {"location": "hourly/grid.csv:4", "covered": "hourly/wind.csv:4"}[name]


def test_gaps_and_glitches_are_told_and_filled_only_where_that_is_declared(tmp_path: Path) -> None:
    def broken(hour: int) -> object:
        return "" if hour in {100, 101} else 30 if hour == 300 else grid_of(hour)

    made = files(series(load_of), series(broken, [hour for hour in range(HOURS) if hour != 200]), series(wind_of))
    result = compute(write(tmp_path / "plain", made, FACTORS, sites=[MILL], hourly=given(), **JULY))
    [missing] = found(result, "hourly/intensity-missing")
    assert (missing.file, missing.row) == ("hourly/grid.csv", 102)
    assert missing.message.startswith("3 hours")
    [glitch] = found(result, "hourly/intensity-glitch")
    assert glitch.row == 301  # one row is left out before it
    assert figures(result, "2026-07")[GHG + "location"] == ("withheld", None)
    assert GHG + "location@2026-07" in missing.damages
    assert "ghg_protocol/scope2_market@2026-07" not in missing.damages
    parts = given()
    parts["intensity"][0]["fill"] = "same_hour_median"
    filled = compute(write(tmp_path / "filled", made, FACTORS, sites=[MILL], hourly=parts, **JULY))
    [told] = found(filled, "hourly/intensity-filled")
    assert told.message.startswith("4 hours")
    assert value(filled, GHG + "location", "2026-07") == expected(load_of, grid_of, wind_of)["location"]  # every day is alike
    assert trace(filled.connection, GHG + "location", "2026-07").is_exact


def test_a_glitch_shows_in_the_generation_of_the_region(tmp_path: Path) -> None:
    lines = series(grid_of).splitlines()
    grid = "\n".join([lines[0] + ",mwh", *(f"{line},{290 if number == 50 else 90000}" for number, line in enumerate(lines[1:])), ""])
    parts = given()
    parts["intensity"][0]["total"] = "mwh"
    result = compute(write(tmp_path, files(series(load_of), grid, series(wind_of)), FACTORS, sites=[MILL], hourly=parts, **JULY))
    [glitch] = found(result, "hourly/intensity-glitch")
    assert glitch.row == 52
    assert "generation 290.0000 where 90000.0000 is usual" in glitch.message


def test_parquet_and_local_time_give_the_same_hours(tmp_path: Path) -> None:
    """A column of meters in Parquet, with the wall clock of a zone that is half an hour off."""
    made = files(series(load_of), series(grid_of), series(wind_of))
    folder = write(tmp_path, made, FACTORS, sites=[MILL], **JULY)
    halves = """select case when meter = 1 then 'M1' else 'M2' end as meter,
        timestamp '2026-07-01 05:30' + to_hours(hour::integer) as clock, (10 + (hour % 24) * 0.1)::decimal(18,4) / 2 as kwh
        from range(744) h(hour), range(1, 3) m(meter)"""
    duckdb.connect().sql(halves).write_parquet(str(folder / "hourly" / "load.parquet"))
    load = {"path": "hourly/*.parquet", "time": "clock", "value": "kwh", "unit": "kWh", "meter": "meter", "time_zone": "Asia/Kolkata"}
    parts = given(load=[load])
    result = compute(write(tmp_path, {}, FACTORS, sites=[MILL], hourly=parts, **JULY))
    assert faults(result) == []
    right = expected(load_of, grid_of, wind_of)
    for name, number in right.items():
        assert value(result, GHG + name, "2026-07") == number
    traced = trace(result.connection, GHG + "load", "2026-07")
    assert traced.is_exact
    assert traced.lines.iloc[0]["row_text"].startswith("2 reading(s)")


def test_a_source_of_readings_is_a_load(tmp_path: Path) -> None:
    stamps = [(START + timedelta(hours=hour)).isoformat() for hour in range(HOURS + 1)]
    lines = [f"electricity.purchased,{stamps[hour]},{stamps[hour + 1]},{load_of(hour)},kWh,mill" for hour in range(HOURS)]
    made = files(series(load_of), series(grid_of), series(wind_of)) | {"activity/s.csv": table(*lines)}
    sources = {"s": INVENTORY["sources"]["s"] | {"monthly_sum": True}}
    result = compute(write(tmp_path, made, FACTORS, sites=[MILL], sources=sources, hourly=given(load=[{"source": "s"}]), **JULY))
    assert faults(result) == []
    assert value(result, GHG + "load", "2026-07") == expected(load_of, grid_of, wind_of)["load"]
    assert value(result, GHG + "location", "2026-07") == expected(load_of, grid_of, wind_of)["location"]
    assert trace(result.connection, GHG + "load", "2026-07").lines.iloc[0]["file_path"] == "activity/s.csv"


def test_the_hour_that_the_clocks_repeat_needs_an_offset(tmp_path: Path) -> None:
    """25 October 2026 has 25 hours in London: with offsets all count, wall clocks alone show an hour read twice and one missing."""
    first = datetime(2026, 10, 24, 23, tzinfo=UTC)
    stamps = [first + timedelta(hours=hour) for hour in range(25)]
    summer = [stamp + timedelta(hours=1 if stamp < datetime(2026, 10, 25, 1, tzinfo=UTC) else 0) for stamp in stamps]
    grid = "\n".join(["stamp,value", *(f"{(START + timedelta(hours=hour)).isoformat()},400" for hour in range(24 * 123)), ""])
    offsets = "\n".join(
        [
            "stamp,value",
            *(f"{stamp:%Y-%m-%dT%H:%M}{'+01:00' if stamp != utc else '+00:00'},1" for stamp, utc in zip(summer, stamps, strict=True)),
            "",
        ]
    )
    clocks = "\n".join(["stamp,value", *(f"{stamp:%Y-%m-%d %H:%M},1" for stamp in summer), ""])
    parts = given(time_zone="Europe/London", generation=[])
    parts["load"][0]["time_zone"] = "Europe/London"
    one = compute(write(tmp_path / "a", files(offsets, grid), FACTORS, sites=[MILL], hourly=parts, periods=["2026-10"]))
    assert found(one, "hourly/load-hours") == []
    assert value(one, GHG + "load", "2026-10") == Decimal("0.025")
    two = compute(write(tmp_path / "b", files(clocks, grid), FACTORS, sites=[MILL], hourly=parts, periods=["2026-10"]))
    [twice] = found(two, "hourly/load-hours")
    assert "1 intervals missing and 1 read twice" in twice.message


def test_faults_of_two_meters_that_make_up_for_each_other_are_found(tmp_path: Path) -> None:
    """M1 lacks hour 5 and has hour 6 twice, M2 the other way round: every meter and every hour has the right number of readings."""
    hours = {"M1": [*range(5), 6, *range(6, HOURS)], "M2": [*range(6), 5, *range(7, HOURS)]}
    lines = [f"{(START + timedelta(hours=hour)).isoformat()},{meter},1" for meter, its in hours.items() for hour in its]
    made = files("\n".join(["stamp,meter,value", *lines, ""]), series(grid_of), series(wind_of))
    parts = given(load=[{"path": "hourly/load.csv", "time": "stamp", "value": "value", "unit": "kWh", "meter": "meter"}])
    result = compute(write(tmp_path, made, FACTORS, sites=[MILL], hourly=parts, **JULY))
    messages = {finding.message.partition(" between")[0] for finding in found(result, "hourly/load-hours")}
    assert messages == {"M1: 1 intervals missing and 1 read twice", "M2: 1 intervals missing and 1 read twice"}


def test_instruments_take_turns_and_a_residual_series_prices_the_rest(tmp_path: Path) -> None:
    ledger = (
        instrument("W", "ppa_physical", 100000, "0.01"),
        instrument("ROOF", "on_site", 100000, "0", bound=",,M2"),
        instrument("OFFER", "certificate", 100000, "0", status="contracted"),
    )
    made = files("", series(lambda _: 400), series(lambda _: "0.004"), *ledger)
    meters = [f"{(START + timedelta(hours=hour)).isoformat()},{meter},10" for hour in range(HOURS) for meter in ("M1", "M2")]
    made |= {
        "hourly/load.csv": "\n".join(["stamp,meter,value", *meters, ""]),
        "hourly/roof.csv": series(lambda hour: 20 if 8 <= hour % 24 < 16 else 0),
    }
    made |= {"hourly/rest.csv": series(lambda _: 700), "hourly/offer.csv": series(lambda _: 10)}
    parts = given()
    parts["load"][0] = {"path": "hourly/load.csv", "time": "stamp", "value": "value", "unit": "kWh", "meter": "meter"}
    parts["intensity"].append(parts["intensity"][0] | {"path": "hourly/rest.csv", "kind": "residual"})
    for name, instrument_id in (("roof", "ROOF"), ("offer", "OFFER")):
        parts["generation"].append(parts["generation"][0] | {"path": f"hourly/{name}.csv", "unit": "kWh", "instrument": instrument_id})
    result = compute(write(tmp_path, made, FACTORS, sites=[MILL], hourly=parts, **JULY))
    assert faults(result) == []
    assert [finding.severity for finding in found(result, "hourly/instrument-not-cancelled")] == ["note"]
    days = 31
    covered = days * (8 * 10 + 24 * 4)  # the roof covers M2 alone, 10 of its 20 kWh; the wind covers 4 kWh of every hour
    rest = days * 24 * 20 - covered
    assert value(result, GHG + "covered", "2026-07") == Decimal(covered) / 1000
    assert value(result, GHG + "location", "2026-07") == Decimal(days * 24 * 20 * 400) / 10**6
    assert value(result, GHG + "market", "2026-07") == (Decimal(rest) * Decimal("0.7") + Decimal(days * 24 * 4) * Decimal("0.01")) / 1000
    assert found(result, "hourly/residual-not-given") == []
    over = """select place, hour from hourly_take t join hourly_load_hour h using (place, hour)
        group by all having sum(t.kwh) > any_value(h.kwh)"""
    assert rows(result, over) == []
    beyond = (
        "select turn, hour from hourly_take t join hourly_generation g using (turn, hour) group by all having sum(t.kwh) > any_value(g.kwh)"
    )
    assert rows(result, beyond) == []


@pytest.mark.parametrize(
    ("part", "key", "wrong", "said"),
    [
        ("load", "value", "kwh", "kwh"),
        ("load", "path", "hourly/none.csv", "no file matches"),
        ("load", "path", "../load.csv", "leads out of the inventory folder"),
        ("load", "unit", "l", 'unknown unit "l"'),
        ("load", "site", "moon", 'unknown site "moon"'),
        ("load", "time_zone", "Mars/Base", 'unknown time_zone "Mars/Base"'),
        ("intensity", "unit", "g/l", 'unknown unit "g/l"'),
        ("intensity", "region", "XX", 'unknown region "XX"'),
        ("generation", "instrument", "none", 'unknown instrument "none"'),
    ],
)
def test_a_series_that_cannot_be_read_stops_the_run_in_one_line(tmp_path: Path, part: str, key: str, wrong: str, said: str) -> None:
    parts = given()
    parts[part][0][key] = wrong
    made = files(series(load_of), series(grid_of), series(wind_of))
    with pytest.raises(InputError, match=r"inventory\.yaml: hourly") as raised:
        compute(write(tmp_path, made, FACTORS, sites=[MILL], hourly=parts, **JULY))
    assert said in str(raised.value)
    assert "fix:" in str(raised.value)
    assert "\n" not in str(raised.value)


ZONES = {"US-MIDA-PJM": "US:eGRID:RFCE", "US-CAL-CISO": "US:eGRID:CAMX", "US-MIDW-MISO": "US:eGRID:MROW", "US-TEX-ERCO": "US:eGRID:ERCT", "US-NW-BPAT": "US:eGRID:NWPP"}  # fmt: skip  # noqa: E501


@pytest.fixture(scope="module")
def american(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Result:
    """One megawatt all through 2022 at five sites, on the published series of their balancing authorities."""
    grid = (shared / "factors" / "hourly_us_eia930_2022.csv").read_text(encoding="utf-8")
    first = datetime(2022, 1, 1, tzinfo=UTC)
    load = "\n".join(["stamp,value", *(f"{(first + timedelta(hours=hour)).isoformat()},1000" for hour in range(8760)), ""])
    sites = [INVENTORY["sites"][0] | {"id": region[-4:].lower(), "country": "US", "region": region} for region in ZONES.values()]
    place = {"path": "hourly/grid.csv", "time": "datetime_utc", "value": "value", "unit": "g/kWh", "citation": "EIA-930 by fuel"}
    hourly = {
        "load": [{"path": "hourly/load.csv", "time": "stamp", "value": "value", "unit": "kWh", "site": site["id"]} for site in sites],
        "intensity": [place | {"region": region, "where": {"zone": zone}} for zone, region in ZONES.items()],
    }
    bill = table(f"electricity.purchased,2022-01-01,2022-12-31,8760,MWh,{sites[0]['id']}")
    power = factor("power", "electricity.purchased", "0.2", "kWh", basis="location", valid_from="2022-01-01", valid_to="2023-01-01")
    content: dict[str, str | bytes] = {"activity/s.csv": bill, "hourly/load.csv": load, "hourly/grid.csv": grid}
    folder = tmp_path_factory.mktemp("american")
    return compute(write(folder, content, [power], sites=sites, hourly=hourly, periods=["2022", "2022-02"]))


def test_the_american_series_of_2022_shows_its_gaps_and_glitches_and_nothing_else(american: Result) -> None:
    query = (
        "select s.key, i.state, count(*) from hourly_intensity i join hourly_series s using (series) where state <> 'given' group by all"
    )
    states = {(region, state): count for region, state, count in rows(american, query)}
    assert states == {
        ("US:eGRID:RFCE", "missing"): 23,
        ("US:eGRID:RFCE", "glitch"): 5,
        ("US:eGRID:CAMX", "missing"): 3,
        ("US:eGRID:MROW", "missing"): 3,
    }
    glitches = rows(
        american, "select distinct to_timestamp(hour * 3600)::date::varchar from hourly_intensity where state = 'glitch' order by 1"
    )
    assert {day for (day,) in glitches} <= {"2022-10-01", "2022-10-02"}
    assert {finding.file for finding in found(american, "hourly/intensity-glitch")} == {"hourly/grid.csv"}
    assert figures(american, "2022")[GHG + "location"] == ("withheld", None)


def test_a_month_without_a_fault_is_stated(american: Result, shared: Path) -> None:
    query = """select sum(value::decimal(18,3)) from read_csv($1, all_varchar = true) where datetime_utc like '2022-02%' and zone <> ''"""
    [(total,)] = duckdb.connect().execute(query, [str(shared / "factors" / "hourly_us_eia930_2022.csv")]).fetchall()
    assert value(american, GHG + "location", "2022-02") == Decimal(total) / 1000  # 1,000 kWh x g/kWh = kg, in tonnes


def test_a_view_weighs_load_as_it_weighs_energy_and_what_none_counts_takes_no_generation(tmp_path: Path) -> None:
    """10 kWh each: own, of a venture under joint financial control (40 %, from the 11th 50 %), an associate, a building let; 15 of wind."""
    own = INVENTORY["entities"][0]
    venture = own | {"id": "venture", "name": "Venture", "financial_control": "joint", "operational_control": False}
    entities = [
        own,
        venture | {"ownership": "0.4", "valid_to": "2026-07-11"},
        venture | {"ownership": "0.5", "valid_from": "2026-07-11"},
        own | {"id": "associate", "name": "Associate", "ownership": "0.3", "financial_control": False, "operational_control": False},
    ]
    sites = [INVENTORY["sites"][0] | {"id": name, "name": name} for name in ("attic", "let", "mine", "venture")]
    sites[0]["entity"], sites[1]["tenure"], sites[3]["entity"] = "associate", "leased_out_finance", "venture"
    loads = [{"path": "hourly/load.csv", "unit": "kWh", "site": site["id"], "time": "stamp", "value": "value"} for site in sites]
    made = files(series(lambda _: 10), series(lambda _: 500), series(lambda _: "0.015"))
    made["activity/s.csv"] = table("electricity.purchased,2026-07-01,2026-07-31,1000,kWh,mine")
    views = {"control": {"approach": "financial_control", "gwp_set": "AR6"}}
    parts = given(load=loads)
    result = compute(write(tmp_path, made, FACTORS, entities=entities, sites=sites, views=views, hourly=parts, **JULY))
    interest = 240 * Decimal("0.4") + 504 * Decimal("0.5")
    load, covered = 10 * (744 + interest), 10 * 744 + 5 * interest
    assert value(result, GHG + "load", "2026-07") == load / 1000
    assert value(result, GHG + "covered", "2026-07") == covered / 1000
    assert value(result, GHG + "market", "2026-07") == (covered * Decimal("0.01") + (load - covered) * Decimal("0.5")) / 1000
    assert trace(result.connection, GHG + "market", "2026-07").is_exact
