"""ESRS E1: energy by origin on the market basis, instruments by how they are bound, sectors, data of suppliers; figures by hand."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from inventories import FACTORS, INVENTORY, compute, factor, figures, found, rows, table, upstream, value, write

from reporting.database import PACKAGE, STAGES, connect, run_file
from reporting.inventory import Inventory
from reporting.pipeline import Result
from reporting.reference import read_rows
from reporting.sectors import load_sectors
from reporting.tracing import trace
from reporting.types import InputError

ESRS = "esrs_e1_set1/"
HEADER = "activity_id,activity_type,start,end,quantity,unit,site,entity,supplier,data_origin"
LEDGER = (
    "instrument_id,kind,market,supplier,starts,ends,vintage,volume,unit,rate_kg_co2e_per_kwh,energy_source,status,certificate,citation,"
    "tracking_system,cancelled_on,beneficiary,attributes,site,nuclear_share,renewable_share"
)
ENTITIES = [
    {"id": "acme", "name": "Acme", "country": "CA", "ownership": "1", "financial_control": True, "operational_control": True, "nace": "C"},
    {"id": "desk", "name": "Desk", "country": "CA", "ownership": "1", "financial_control": True, "operational_control": True},
]
SITES = [
    {"id": "mill", "name": "Mill", "entity": "acme", "country": "CA", "region": "CA"},
    {"id": "office", "name": "Office", "entity": "desk", "country": "CA", "region": "CA"},
]
CHOSEN = [{"id": "esrs_e1_set1", "view": "control"}]
COAL, WOOD = "coal_industrial.stationary", "wood_pellets.stationary"
LINES = (
    "E1,electricity.purchased,2026-07-01,2026-07-31,1000000,kWh,mill,,,",
    "E2,electricity.purchased,2026-07-01,2026-07-31,40000,kWh,office,,,",
    "H1,heat.purchased,2026-07-01,2026-07-31,50000,kWh,mill,,,",
    "S1,electricity.on_site_renewable,2026-07-01,2026-07-31,30000,kWh,mill,,,",
    f"C1,{COAL},2026-07-01,2026-07-31,100000,kWh_lhv,mill,,,",
    "D1,diesel.stationary,2026-07-01,2026-07-31,200000,kWh_lhv,mill,,,",
    "G1,natural_gas.stationary,2026-07-01,2026-07-31,300000,kWh_lhv,mill,,,",
    f"W1,{WOOD},2026-07-01,2026-07-31,70000,kWh_lhv,mill,,,",
    "T1,waste_tyres.stationary,2026-07-01,2026-07-31,10000,kWh_lhv,mill,,,",
)
INSTRUMENTS = (
    "REC,certificate,CA,,2026-07-01,2026-09-30,2026,400,MWh,0,wind,cancelled,C-1,Notice (test),M-RETS,2026-10-12,Acme,,mill,,",
    "NUC,tariff,CA,,2026-07-01,2026-09-30,2026,100,MWh,0,nuclear,cancelled,C-2,Notice (test),M-RETS,2026-10-12,Acme,net_of_sold,mill,,",
    "MIX,supplier_rate,CA,,2026-07-01,2026-09-30,2026,200,MWh,0.2,mixed,cancelled,,Notice (test),,,,net_of_sold,mill,0.25,0.5",
)
PRICES = (
    factor("coal", COAL, "0.3", "kWh_lhv"), upstream("coal_industrial.well_to_tank", "0.05", "kWh_lhv"),
    factor("wood", WOOD, "0.01", "kWh_lhv"), upstream("wood_pellets.well_to_tank", "0.02", "kWh_lhv"),
    factor("tyres", "waste_tyres.stationary", "0.3", "kWh_lhv"), factor("heat", "heat.purchased", "0.2", "kWh", basis="location"),
    factor("oil", "diesel.stationary", "0.25", "kWh_lhv"), factor("methane", "natural_gas.stationary", "0.2", "kWh_lhv"),
    upstream("heat.well_to_tank", "0.02", "kWh"), upstream("heat.t_and_d", "0.01", "kWh"),
    factor("oil.up", "diesel.well_to_tank", "0.05", "kWh_lhv", boundary="well_to_tank"),
    factor("methane.up", "natural_gas.well_to_tank", "0.03", "kWh_lhv", boundary="well_to_tank"),
)  # fmt: skip
SMALL = Decimal("1e-6")
NUCLEAR_CANADA = Decimal("88.91") / Decimal("634.90")
"""Nuclear TWh over all TWh of Canada in 2023 (factors/grid_mix.csv)."""


def sector(code: str, revision: str) -> tuple[Any, ...]:
    """The section of revision 2 and whether its climate impact is high, for an organisation with that code."""
    connection = connect()
    run_file(connection, STAGES / "00_schema.sql")
    codes = str(PACKAGE / "standards" / "nace_codes.csv")
    connection.execute("insert into nace_code by name from read_csv($1, all_varchar = true)", [codes])
    organisation = {**INVENTORY["organisation"], "nace": code, "nace_revision": revision}
    load_sectors(connection, Inventory.model_validate(INVENTORY | {"organisation": organisation}))
    return connection.execute("select section_of_revision_2, is_high_impact from entity_sector").fetchall()[0]


def build(folder: Path, lines: tuple[str, ...] = LINES, instruments: tuple[str, ...] = INSTRUMENTS, **inventory: object) -> Result:
    files: dict[str, str | bytes] = {"activity/s.csv": table(*lines, header=HEADER)}
    if instruments:
        files["instruments.csv"] = table(*instruments, header=LEDGER)
    organisation = {**INVENTORY["organisation"], "nace": "63.10", "nace_revision": "2.1"}
    given: dict[str, Any] = {"organisation": organisation, "entities": ENTITIES, "sites": SITES, "frameworks": CHOSEN}
    return compute(write(folder, files, (*FACTORS, *PRICES), **given | inventory))


@pytest.fixture(scope="module")
def mill(tmp_path_factory: pytest.TempPathFactory) -> Result:
    """A mill with every kind of energy, and an office beside it, in one month."""
    revenue = {"net_revenue_high_impact": {"2026-Q3": {"value": "5", "unit": "million EUR", "source": "Accounts (test)"}}}
    return build(tmp_path_factory.mktemp("mill"), inputs=revenue)


def test_fuels_by_group(mill: Result) -> None:
    got = {name: value(mill, ESRS + name) for name in ("E1-5_10", "E1-5_11", "E1-5_12", "E1-5_13", "E1-5_06", "E1-5_08")}
    assert got == {"E1-5_10": 100, "E1-5_11": 200, "E1-5_12": 300, "E1-5_13": 10, "E1-5_06": 70, "E1-5_08": 30}


def test_purchased_energy_is_renewable_only_by_contract_and_nuclear_by_the_national_mix(mill: Result) -> None:
    uncovered = Decimal(300 + 40)  # 1000 MWh less 400, 100 and 200 covered; the office's 40
    grid = uncovered * NUCLEAR_CANADA
    assert value(mill, ESRS + "E1-5_07") == 400 + 100  # the certificate, half of the mixed rate
    nuclear = 100 + 50 + grid  # the tariff, a quarter of the mixed rate, the grid's share
    assert abs(value(mill, ESRS + "E1-5_03") - nuclear) < SMALL
    fossil = 50 + 50 + uncovered - grid  # heat, the rest of the mixed rate, the rest of the grid
    assert abs(value(mill, ESRS + "E1-5_14") - fossil) < SMALL


def test_fossil_nuclear_and_renewable_are_the_whole(mill: Result) -> None:
    parts = [value(mill, ESRS + name) for name in ("E1-5_02", "E1-5_03", "E1-5_05")]
    assert sum(parts) == value(mill, ESRS + "E1-5_energy")
    assert sum(parts) == 1040 + 50 + 30 + 680
    shares = [value(mill, ESRS + name) for name in ("E1-5_15", "E1-5_04", "E1-5_09")]
    assert abs(sum(shares, Decimal(0)) - 100) < Decimal("1e-9")
    assert value(mill, ESRS + "E1-5_05") == sum(value(mill, ESRS + name) for name in ("E1-5_06", "E1-5_07", "E1-5_08"))
    assert value(mill, ESRS + "E1-5_02") == sum(value(mill, f"{ESRS}E1-5_{n}") for n in (10, 11, 12, 13, 14))


def test_what_the_grid_generated_renewably_but_nobody_claimed_is_said(mill: Result) -> None:
    [(unclaimed,)] = rows(mill, "select sum(mwh_unclaimed) from energy_mix where view = 'control'")
    assert abs(unclaimed - 340 * Decimal("419.89") / Decimal("634.90")) < SMALL


def test_instruments_by_how_they_are_bound(mill: Result) -> None:
    names = ("scope2_energy", "contractual_energy", "bundled_energy", "unbundled_energy")
    assert [value(mill, f"{ESRS}E1-6_{name}") for name in names] == [1090, 700, 300, 400]
    assert value(mill, ESRS + "E1-6_18") == (Decimal(70000) / 1090).quantize(Decimal("1e-12"))


def test_energy_of_high_climate_impact_sectors_is_that_of_their_entities(mill: Result) -> None:
    assert value(mill, ESRS + "E1-5_19") == 1800 - 40
    assert value(mill, ESRS + "E1-5_18") == 352
    assert rows(mill, "select entity, section, section_of_revision_2, is_high_impact from entity_sector order by entity") == [
        ("acme", "C", "C", True),
        ("desk", "K", "J", False),
    ]


TRACED = ("E1-5_02", "E1-5_03", "E1-5_05", "E1-5_07", "E1-5_14", "E1-5_19", "E1-6_bundled_energy", "E1-6_scope3_supplier")


@pytest.mark.parametrize("name", TRACED)
def test_a_trace_adds_up_to_the_figure(mill: Result, name: str) -> None:
    assert trace(mill.connection, ESRS + name, "2026-Q3").is_exact


def test_energy_of_an_unknown_sector_is_not_said_to_be_none(stated: Result) -> None:
    assert figures(stated)[ESRS + "E1-5_19"][0] == "no_activity"  # no energy at all
    assert found(stated, "energy/sector-not-known") == []


def test_breakdowns_are_the_whole(mill: Result) -> None:
    got = figures(mill)
    for part, whole in (("E1-6_scope1_country", "E1-6_scope1"), ("E1-6_scope1_entity", "E1-6_scope1"),
                        ("E1-6_scope2_market_entity", "E1-6_scope2_market"), ("E1-5_energy_by_country", "E1-5_energy")):  # fmt: skip
        assert sum(number or 0 for name, (_, number) in got.items() if name.startswith(f"{ESRS}{part}/")) == value(mill, ESRS + whole)


def test_unknown_origin_withholds_what_it_might_belong_to_and_nothing_else(tmp_path: Path) -> None:
    unknown = INSTRUMENTS[2].removesuffix("0.25,0.5") + ","
    got = figures(build(tmp_path, instruments=(*INSTRUMENTS[:2], unknown)))
    withheld = {name.removeprefix(ESRS) for name, (status, _) in got.items() if status == "withheld" and name.startswith(f"{ESRS}E1-5")}
    assert withheld - {"E1-5_18"} == {"E1-5_02", "E1-5_03", "E1-5_05", "E1-5_07", "E1-5_14", "E1-5_15", "E1-5_04", "E1-5_09"}
    assert got[ESRS + "E1-6_scope2_market"][0] == "stated"


@pytest.fixture(scope="module")
def stated(tmp_path_factory: pytest.TempPathFactory) -> Result:
    """Emissions as stated by suppliers, a company with dollars, one input in another unit than is asked for."""
    lines = (
        "A,stated.goods,2026-07-01,2026-07-31,0.7,t_co2e,mill,,,supplier_specific",
        "B,stated.goods,2026-07-01,2026-07-31,0.3,t_co2e,mill,,,secondary",
    )
    inputs = {
        "net_revenue": {"2026-Q3": {"value": "5", "unit": "million USD", "source": "Accounts (test)"}},
        "revenue": {"2026-Q3": {"value": "5000000", "unit": "USD", "source": "Accounts (test)"}},
    }
    organisation = {**INVENTORY["organisation"], "currency": "USD"}
    return build(tmp_path_factory.mktemp("stated"), lines=lines, instruments=(), organisation=organisation, inputs=inputs)


def test_supplier_data_counts_by_origin(stated: Result) -> None:
    assert {finding.rule for finding in found(stated, severity="error")} == {"inventory/input-unit"}
    assert value(stated, ESRS + "E1-6_scope3_supplier") == Decimal("0.7")
    assert value(stated, ESRS + "E1-6_25") == 70


@pytest.mark.parametrize(("shares", "source"), [("0.6,0.5", "mixed"), ("0.5,", "mixed"), ("-0.1,0", "mixed"), ("0.1,0.1", "wind")])
def test_shares_of_an_instrument_are_checked(tmp_path: Path, shares: str, source: str) -> None:
    line = INSTRUMENTS[2].removesuffix("0.25,0.5").replace(",mixed,", f",{source},") + shares
    with pytest.raises(InputError, match=r"instruments\.csv:2: .* fix:"):
        build(tmp_path, instruments=(line,))


@pytest.mark.parametrize(
    ("code", "revision", "section", "high"),
    [
        ("63.10", "2.1", "J", False),
        ("K63.10", "2.1", "J", False),
        ("L", "2.1", "K", False),
        ("L", "2", "L", True),
        ("68.20", "2.1", "L", True),
        ("95.31", "2.1", "G", True),
        ("T", "2.1", "S", False),
        ("C10.1", "2", "C", True),
        ("", "2", "", None),
    ],
)
def test_sectors_by_code_and_revision(code: str, revision: str, section: str, high: object) -> None:
    assert sector(code, revision) == (section, high)


def test_a_code_of_no_section_is_refused() -> None:
    with pytest.raises(InputError, match='nace "04" of "acme"'):
        sector("04", "2")


def test_every_fuel_has_a_group_and_every_group_a_datapoint() -> None:
    types = read_rows(PACKAGE / "standards" / "activity_types.csv")
    grouped = {row["carrier"]: row["fuel_group"] for row in read_rows(PACKAGE / "standards" / "fuel_groups.csv")}
    fuels = {row["carrier"] for row in types if row["is_energy"] == "true" and row["bases"] == "single" and row["carrier"] != "electricity"}
    assert fuels == set(grouped)
    sources = {row["carrier"]: row["energy_source"] for row in types if row["carrier"] in fuels and row["is_energy"] == "true"}
    assert {fuel for fuel, group in grouped.items() if (group == "fuel_renewable") != (sources[fuel] == "renewable")} == set()
    asked = "|".join(row["energy_source"] for row in read_rows(PACKAGE / "frameworks" / "esrs_e1_set1" / "datapoints.csv")).split("|")
    assert set(grouped.values()) <= set(asked)


def test_an_input_in_another_unit_is_not_taken(stated: Result) -> None:
    assert figures(stated)[ESRS + "E1-6_33"] == ("not_reported", None)
    assert 'is given in "USD"' in found(stated, "inventory/input-unit")[0].message


def test_a_currency_is_the_organisations(stated: Result) -> None:
    query = "select unit, value from figure where datapoint = 'E1-6_net_revenue'"
    assert rows(stated, query) == [("million USD", Decimal(5))]
