"""Given and expected: what the stages make of small inventories, to the last digit."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from inventories import DIESEL, FACTORS, HEADER, INVENTORY, compute, factor, figures, found, rows, table, value, write

from reporting.pipeline import Result

S = INVENTORY["sources"]["s"]
MILL = INVENTORY["sites"][0]
EXCLUSIONS = "source,activity_id,row,kind,reason,estimated_t_co2e,by,approved_by,date"
CORRECTIONS = "source,activity_id,row,column,old,new,reason,by,date"
INSTRUMENTS = (
    "instrument_id,kind,market,supplier,starts,ends,vintage,volume,unit,rate_kg_co2e_per_kwh,energy_source,status,certificate,citation"
    ",tracking_system,cancelled_on,beneficiary,attributes"
)
POWER = "electricity.purchased,2026-{0:02}-01,2026-{0:02}-{1},{2},kWh,{3}"
GHG = "ghg_protocol/"


def tonnes(text: str) -> Decimal:
    return Decimal(text).quantize(Decimal("1e-12"))


def months(result: Result, source: str) -> dict[str, list[Decimal]]:
    """The quantities of a source's rows by month, in the order of the rows."""
    found: dict[str, list[Decimal]] = {}
    query = "select source_id, month, quantity from activity where derivation = '' order by source_id, row_no, month"
    for name, month, quantity in rows(result, query):
        if name == source:
            found.setdefault(f"{month:%Y-%m}", []).append(quantity)
    return found


@pytest.fixture(scope="module")
def split(tmp_path_factory: pytest.TempPathFactory) -> Result:
    """Sources that differ in how they write dates and numbers."""
    spend = "spend.111110,2026-07-15,2026-09-10,-100.01,USD@2022,mill"
    german = "diesel.stationary;01.07.2026;31.07.2026;{};l;mill"
    clock = "diesel.stationary,{},{},8,l,mill"
    given: dict[str, tuple[list[str], dict[str, Any]]] = {
        "days": (["diesel.stationary,2026-07-01,2026-09-30,1000,l,mill", spend, "diesel.stationary,2028-02-28,2028-03-01,3,l,mill"], {}),
        "wall": ([clock.format("2026-07-31T23:00:00+02:00", "2026-08-01T03:00:00+02:00")], {}),
        "zone": ([clock.format("2026-07-31T22:00:00Z", "2026-08-01T02:00:00Z")], {"time_zone": "Europe/Berlin"}),
        "naive": ([clock.format("2026-07-31T23:00:00", "2026-08-01T01:00:00")], {}),
        "german": (
            [german.format(number) for number in ("1.234,5", "12.34", "1.2345", "1234,5", "0,5", "-1.000")],
            {"decimal_comma": True, "thousands": ".", "date_format": "%d.%m.%Y"},
        ),
        "comma": ([DIESEL.format(f'"{number}"') for number in ("1.5", "1,5")], {"decimal_comma": True}),
        "plain": ([DIESEL.format(f'"{number}"') for number in ("1,5", "1,500", "1e3", ".5", "+2", "1 000")], {}),
    }
    files = {
        f"activity/{name}.csv": table(*lines, header=HEADER.replace(",", ";" if name == "german" else ","))
        for name, (lines, _) in given.items()
    }
    sources = {name: S | {"path": f"activity/{name}.csv"} | options for name, (_, options) in given.items()}
    return compute(write(tmp_path_factory.mktemp("split"), files, sources=sources))


def test_months_are_split_by_days_and_sums_conserved(split: Result) -> None:
    by_month = months(split, "days")
    assert by_month["2026-07"] == [Decimal("336.9565217391"), Decimal("-29.3132758620")]
    assert by_month["2026-08"] == [Decimal("336.9565217391"), Decimal("-53.4536206897")]
    assert by_month["2026-09"] == [Decimal("326.0869565218"), Decimal("-17.2431034483")]
    totals = rows(
        split, "select row_no, sum(quantity) from activity where source_id = 'days' and derivation = '' group by row_no order by row_no"
    )
    assert totals == [(2, Decimal(1000)), (3, Decimal("-100.01")), (4, Decimal(3))]
    assert (by_month["2028-02"], by_month["2028-03"]) == ([Decimal(2)], [Decimal(1)])


def test_a_timestamp_is_split_on_the_wall_clock_of_its_place(split: Result) -> None:
    assert months(split, "wall") == {"2026-07": [Decimal(2)], "2026-08": [Decimal(6)]}
    assert months(split, "zone") == {"2026-08": [Decimal(8)]}
    assert [finding.rule for finding in found(split) if finding.file == "activity/naive.csv"] == ["intake/date-unusable"]


@pytest.mark.parametrize(
    ("source", "numbers", "refused"),
    [
        ("german", ["1234.5", "1234.5", "0.5"], ['"12.34"', '"1.2345"']),
        ("comma", ["1.5"], ['"1.5"']),
        ("plain", ["1000", "0.5", "2"], ['"1,5"', '"1,500"', '"1 000"']),
    ],
)
def test_a_number_is_read_as_declared_or_refused(split: Result, source: str, numbers: list[str], refused: list[str]) -> None:
    read = rows(split, "select source_id, number from activity_row where number > 0 order by row_no")
    assert [number for name, number in read if name == source] == [Decimal(number) for number in numbers]
    messages = [finding.message for finding in found(split, "intake/quantity-not-a-number") if finding.file == f"activity/{source}.csv"]
    assert messages == [f"quantity {text} is not a number" for text in refused]


def test_exclusions_and_corrections_change_what_they_name_and_no_more(tmp_path: Path) -> None:
    header = "activity_id,activity_type,start,end,quantity,unit,site"
    lines = [f"A{n},diesel.stationary,2026-07-01,2026-07-31,{n}00,l,mill" for n in range(1, 6)]
    files = {
        "activity/s.csv": table(*lines, header=header),
        "exclusions.csv": table(
            "s,,2,duplicate,Twice,,Controller,,2026-10-01",
            "s,A2,,other_period,Of June,,Controller,,2026-10-01",
            header=EXCLUSIONS,
        ),
        "corrections.csv": table(
            "s,A3,,quantity,300,30,A digit too many,Controller,2026-10-01",
            "s,,5,quantity,40,4,Wrong cell,Controller,2026-10-01",
            header=CORRECTIONS,
        ),
    }
    result = compute(write(tmp_path, files))
    kept = rows(result, "select row_no, quantity from activity where derivation = '' order by row_no")
    assert kept == [(4, Decimal(30)), (5, Decimal(400)), (6, Decimal(500))]
    assert rows(result, "select rows_in, rows_accepted, rows_rejected, rows_excluded from row_account") == [(5, 2, 1, 2)]
    assert [(finding.rule, finding.row) for finding in found(result, severity="error")] == [("intake/correction-old-differs", 5)]
    assert figures(result)[GHG + "scope1"] == ("withheld", None)


def test_who_counts(tmp_path: Path) -> None:
    """An actual read takes the place of the estimate, PUE is applied once, a tracker behind a meter is memo."""
    site = MILL | {"pue": [{"value": "1.5", "kind": "measured", "citation": "Readings (test)"}]}
    header = "activity_id,activity_type,start,end,quantity,unit,site,replaces,measurement_point,coverage"
    meter = [
        "E1,diesel.stationary,2026-07-01,2026-07-31,100,l,mill,,,",
        "A1,diesel.stationary,2026-07-01,2026-07-31,110,l,mill,E1,,",
        "P1,electricity.purchased,2026-07-01,2026-07-31,100,kWh,mill,,it,",
        "P2,electricity.purchased,2026-07-01,2026-07-31,200,kWh,mill,,facility,HALL",
    ]
    tracker = [
        "T1,electricity.purchased,2026-07-01,2026-07-31,50,kWh,mill,,,HALL",
        "T2,electricity.purchased,2026-08-01,2026-08-31,60,kWh,mill,,,HALL",
    ]
    files = {"activity/s.csv": table(*meter, header=header), "activity/t.csv": table(*tracker, header=header)}
    sources = {"s": S, "t": S | {"path": "activity/t.csv", "rank": "tracker"}}
    result = compute(write(tmp_path, files, sites=[site], sources=sources))
    assert found(result, severity="error") == []
    assert value(result, GHG + "scope1") == tonnes("0.275")
    assert value(result, GHG + "scope2_location") == tonnes("0.082")  # 0.2 kg of 150 + 200 + 60 kWh
    roles = dict(rows(result, "select activity_id, role from activity where derivation = '' and source_id = 't'"))
    assert roles == {"t:T1": "memo", "t:T2": "inventory"}
    assert rows(result, "select count(*) from activity where parent_activity_id = 't:T1'") == [(0,)]
    assert rows(result, "select activity_id, counts from activity where activity_id in ('s:E1', 's:P1')  order by 1") == [
        ("s:E1", False),
        ("s:P1", False),
    ]


def test_instruments_never_count_beyond_consumption_nor_twice(tmp_path: Path) -> None:
    cape = {"id": "cape", "name": "Cape", "entity": "acme", "country": "ZA", "region": "ZA"}
    lines = [POWER.format(7, 31, 1000, "mill"), POWER.format(8, 31, 500, "mill"), POWER.format(9, 30, 100, "cape")]
    instruments = [
        "REC-1,certificate,CA,,2026-07-01,2026-09-30,2026,600,kWh,0,renewable,cancelled,C-1,Notice (test),M-RETS,2026-10-12,Acme,",
        "REC-2,certificate,CA,,2026-07-01,2026-09-30,2026,2000,kWh,0,renewable,contracted,C-2,Contract (test),,,,",
        "REC-3,supplier_rate,ZA,,2026-07-01,2026-09-30,2026,250,kWh,0.5,mixed,cancelled,C-3,Statement (test),,,,net_of_sold",
    ]
    files = {"activity/s.csv": table(*lines), "instruments.csv": table(*instruments, header=INSTRUMENTS)}
    result = compute(write(tmp_path, files, sites=[MILL, cape]))
    assert found(result, severity="error") == []
    assert value(result, GHG + "scope2_location") == tonnes("0.32")
    assert value(result, GHG + "scope2_market") == tonnes("0.23")  # 0.2 kg of 900 kWh, 0.5 kg of 100 kWh
    assert figures(result)[GHG + "scope2_market_provisional"] == ("provisional", tonnes("0.05"))
    used = rows(result, "select claim, instrument_id, sum(kwh) from instrument_match group by all order by all")
    assert ("market", "REC-1", Decimal(600)) in used
    assert ("market", "REC-3", Decimal(100)) in used
    assert sum(kwh for claim, _, kwh in used if claim == "provisional") == 1600


@pytest.mark.parametrize(("residual", "status"), [(None, ("withheld", None)), ("0.4", ("stated", tonnes("0.4")))])
def test_a_published_residual_mix_is_used_or_the_market_total_withheld(tmp_path: Path, residual: str | None, status: object) -> None:
    site = MILL | {"country": "GB", "region": "GB"}
    extra = [factor("rest", "electricity.purchased", residual, "kWh", basis="residual", region="GB")] if residual else []
    result = compute(write(tmp_path, {"activity/s.csv": table(POWER.format(7, 31, 1000, "mill"))}, [*FACTORS, *extra], sites=[site]))
    assert figures(result)[GHG + "scope2_location"] == ("stated", tonnes("0.2"))
    assert figures(result)[GHG + "scope2_market"] == status


def test_a_life_cycle_factor_suppresses_the_upstream_that_it_holds(tmp_path: Path) -> None:
    factors = [row for row in FACTORS if row["factor_id"] != "power"]
    whole = factor("power.all", "electricity.purchased", "0.3", "kWh", basis="location", boundary="lifecycle")
    result = compute(write(tmp_path, {"activity/s.csv": table(POWER.format(7, 31, 1000, "mill"))}, [*factors, whole]))
    assert found(result, severity="error") == []
    assert {finding.subject for finding in found(result, "factor/lifecycle-fallback")} == {"factor:power.all"}
    assert value(result, GHG + "scope2_location") == tonnes("0.3")
    assert value(result, GHG + "scope3_by_category/category=3") == tonnes("0.025")  # grid losses and their upstream; not the 0.05 within
    assert rows(result, "select fallback_share from figure where figure_id = 'ghg_protocol/scope2_location'") == [(Decimal(1),)]


@pytest.fixture(scope="module")
def views(tmp_path_factory: pytest.TempPathFactory) -> Result:
    """A subsidiary held at 60 per cent; a fuel by gas with biogenic CO2."""
    part = INVENTORY["entities"][0] | {"ownership": "0.6"}
    common = {"value_as": "kg_gas", "published_unit": "kg per l"}
    gases = [
        factor("petrol", "petrol.mobile", "2", "l", gas="CO2", **common),
        factor("petrol", "petrol.mobile", "0.1", "l", gas="CH4_fossil", **common),
        factor("petrol", "petrol.mobile", "0.01", "l", gas="N2O", **common),
        factor("petrol", "petrol.mobile", "0.3", "l", gas="CO2", is_biogenic="true", **common),
        factor("petrol.up", "petrol.well_to_tank", "0.5", "l", boundary="well_to_tank"),
    ]
    approaches = {"control": ("operational_control", "AR6"), "equity": ("equity_share", "AR6"), "fifth": ("operational_control", "AR5")}
    chosen = {name: {"approach": approach, "gwp_set": gwp_set} for name, (approach, gwp_set) in approaches.items()}
    frameworks = [{"id": "ghg_protocol", "view": "fifth"}]
    files = {"activity/s.csv": table("petrol.mobile,2026-07-01,2026-07-31,10,l,mill")}
    return compute(write(tmp_path_factory.mktemp("views"), files, gases, entities=[part], views=chosen, frameworks=frameworks))


def test_the_weight_and_the_gwp_set_are_those_of_the_view(views: Result) -> None:
    query = "select view, gas, kg_co2e from ledger where activity_type = 'petrol.mobile' and not is_biogenic"
    kg = {(view, gas): amount for view, gas, amount in rows(views, query)}
    assert kg["control", "CO2"] == 20
    assert kg["control", "CH4_fossil"] == Decimal("29.8")
    assert kg["control", "N2O"] == Decimal("27.3")
    assert kg["fifth", "CH4_fossil"] == 30  # AR5: 30 for fossil methane
    assert kg["fifth", "N2O"] == Decimal("26.5")
    assert {gas: kg["equity", gas] / kg["control", gas] for gas in ("CO2", "CH4_fossil", "N2O")} == dict.fromkeys(
        ("CO2", "CH4_fossil", "N2O"), Decimal("0.6")
    )


def test_biogenic_carbon_stands_outside_the_scopes(views: Result) -> None:
    assert value(views, GHG + "scope1") == tonnes("0.0765")
    assert value(views, GHG + "biogenic_scope1") == tonnes("0.003")


def test_the_gases_add_up_to_the_total(views: Result) -> None:
    """What is printed as CO2e without gases is a part of its own."""
    amounts = {name: amount or Decimal(0) for name, (_, amount) in figures(views).items()}
    for total, part in (("scope1", "scope1_gas"), ("total_location", "total_gas")):
        parts = {name.rpartition("=")[2]: amount for name, amount in amounts.items() if name.startswith(f"{GHG}{part}/")}
        assert sum(parts.values()) == amounts[GHG + total]
    assert amounts[f"{GHG}total_gas/gas=CO2e"] > 0
    assert f"{GHG}scope1_mass/gas=CO2e" not in amounts


def test_tonnes_of_another_gwp_set_are_told(views: Result) -> None:
    shares = rows(
        views, "select figure_id, other_gwp_share from figure where figure_id in ('ghg_protocol/scope1', 'ghg_protocol/scope3') order by 1"
    )
    assert [share for _, share in shares] == [Decimal(0), Decimal(1)]


def test_ratios_round_half_away_and_are_withheld_over_nothing(tmp_path: Path) -> None:
    """0.03 kg and its upstream 0.006 kg are 0.000012 t; months differ in what they are divided by."""
    revenue = {"2026-07": "3", "2026-08": "-3", "2026-09": "0", "2026-10": "24000000", "2026-11": "-24000000"}
    inputs = {
        "net_revenue": {month: {"value": number, "unit": "million EUR", "source": "Accounts (test)"} for month, number in revenue.items()}
    }
    lines = [f"diesel.stationary,{month}-01,{month}-30,0.004,l,mill" for month in revenue]
    result = compute(write(tmp_path, {"activity/s.csv": table(*lines)}, inputs=inputs, periods=[*revenue, "2026-12"]))
    ratios = {month: figures(result, month)[GHG + "intensity_location"] for month in [*revenue, "2026-12"]}
    assert ratios["2026-07"] == ("stated", Decimal("0.000004"))
    assert ratios["2026-08"] == ("stated", Decimal("-0.000004"))
    assert ratios["2026-09"] == ("withheld", None)
    assert ratios["2026-10"] == ("stated", Decimal("0.000000000001"))
    assert ratios["2026-11"] == ("stated", Decimal("-0.000000000001"))
    assert ratios["2026-12"][1] is None
    assert rows(result, "select reason from figure where figure_id = 'ghg_protocol/intensity_location' and period = '2026-09'") == [
        ("its denominator is 0",)
    ]


def test_a_category_says_why_it_is_empty(tmp_path: Path) -> None:
    categories = {"3": {"status": "included"}, "6": {"status": "included"}, "7": {"status": "excluded", "reason": "No data"}}
    categories |= {"14": {"status": "not_relevant", "reason": "No franchises"}}
    files = {"activity/s.csv": table("diesel.stationary,2026-07-01,2026-07-31,10,l,mill")}
    result = compute(write(tmp_path, files, scope3_categories=categories))
    by_category = {name.rpartition("=")[2]: status for name, status in figures(result).items() if "scope3_by_category" in name}
    assert by_category["3"] == ("stated", tonnes("0.005"))
    assert by_category["6"] == ("no_activity", Decimal(0))
    assert by_category["7"] == ("not_reported", None)
    assert by_category["14"] == ("not_material", None)
    assert by_category["1"] == ("not_reported", None)
    assert figures(result)[GHG + "scope2_location"] == ("no_activity", Decimal(0))
    assert value(result, GHG + "scope3") == tonnes("0.005")


@pytest.fixture(scope="module")
def unplaced(tmp_path_factory: pytest.TempPathFactory) -> Result:
    """A source with a row of unknown type, which says that it covers Scope 1."""
    files = {"activity/s.csv": table(DIESEL.format(10)), "activity/t.csv": table("stuff,2026-08-01,2026-08-31,1,t,mill")}
    sources = {"s": S, "t": S | {"path": "activity/t.csv", "covers": ["ghg_protocol/scope1"]}}
    return compute(write(tmp_path_factory.mktemp("unplaced"), files, sources=sources, periods=["2026-07", "2026-08", "2026-Q3"]))


def test_a_row_that_cannot_be_placed_withholds_what_its_source_covers(unplaced: Result) -> None:
    assert figures(unplaced)[GHG + "scope1"] == ("withheld", None)
    assert figures(unplaced)[GHG + "scope3"] == ("stated", tonnes("0.005"))
    assert figures(unplaced, "2026-07")[GHG + "scope1"] == ("stated", tonnes("0.025"))
    assert figures(unplaced, "2026-08")[GHG + "scope1"] == ("withheld", None)
    assert rows(unplaced, "select distinct month from activity") == [(date(2026, 7, 1),)]


@pytest.mark.parametrize("total", ["total_location", "scope1_and_2_by_entity/entity=acme", "scope1_gas/gas=CO2"])
def test_a_total_is_withheld_with_a_part_that_a_source_covers(unplaced: Result, total: str) -> None:
    assert figures(unplaced)[GHG + total] == ("withheld", None)


def test_a_row_too_large_is_refused_alone(tmp_path: Path) -> None:
    result = compute(write(tmp_path, {"activity/s.csv": table(DIESEL.format("9999999999999"), DIESEL.format(10))}))
    assert {finding.row for finding in found(result, "factor/product-too-large")} == {2}
