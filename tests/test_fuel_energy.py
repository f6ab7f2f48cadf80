"""Volume or mass of a fuel to gross or net energy: where a factor asks for it, by cited properties, never gross to net."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import pytest
from inventories import Row, compute, factor, found, rows, table, upstream, write

from reporting.pipeline import Result
from reporting.reference import read_rows
from reporting.resources import folder as product_folder
from reporting.types import InputError

HEAD = "fuel,property,basis,value,unit,edition,valid_from,valid_to,region,citation\n"
OWN = HEAD + "diesel,calorific_value,net,43,GJ/t,Mill 2026,2026-01-01,2027-01-01,CA,Certificate 7\n"
GAS, DIESEL = "natural_gas.stationary,2026-07-01,2026-07-31,{},{},mill", "diesel.stationary,2026-07-01,2026-07-31,{},{},mill"
SITES = [{"id": "mill", "name": "Mill", "entity": "acme", "country": "GB", "region": "GB"}]


UPSTREAM = [
    {**upstream(f"{fuel}.well_to_tank", "0.01", unit), "factor_id": f"{fuel}.{unit}", "valid_from": "2024-01-01"}
    for fuel in ("natural_gas", "diesel")
    for unit in ("GJ_hhv", "GJ_lhv", "m3", "t")
]


def run(folder: Path, factors: Sequence[Row], *lines: str, own: str = "", **inventory: object) -> Result:
    files = {"activity/s.csv": table(*lines)} | ({"factors/fuel_properties.csv": own} if own else {})
    return compute(write(folder, files, [*factors, *UPSTREAM], **{"sites": SITES} | inventory))


def counted(result: Result) -> list[tuple[str, Decimal, str]]:
    return rows(result, "select derivation, quantity, unit from activity where counts and derivation <> 'adds' order by activity_id")


def test_gas_by_volume_where_only_gross_energy_is_priced(tmp_path: Path) -> None:
    """1000 m3 x 0.808 kg/m3 x 49.521 GJ/t / 1000 = 40.012968 GJ gross."""
    result = run(tmp_path, [factor("gas", "natural_gas.stationary", "0.18", "kWh_hhv")], GAS.format("1000", "m3"))
    assert counted(result) == [("replaces", Decimal("40.012968"), "GJ_hhv")]
    [(unit, note, kg)] = rows(result, "select factor_unit, note, kg_co2e from ledger where derivation <> 'adds'")
    assert unit == "kWh_hhv"
    assert abs(kg - Decimal("40012.968") / Decimal("3.6") * Decimal("0.18")) < Decimal("1e-9")
    assert "gross calorific value 49.521 GJ/t (UK Government GHG Conversion Factors 2026, Fuel properties, Natural Gas, Gross CV" in note
    assert "x density 0.808 kg/m3 (UK Government GHG Conversion Factors 2026" in note
    assert found(result, severity="error") == []
    assert not {"fuel/property-of-elsewhere", "fuel/property-older-year"} & {finding.rule for finding in result.findings}


def test_litres_where_the_company_prices_net_energy(tmp_path: Path) -> None:
    """2000 l = 2 m3 x 832.107 kg/m3 x 42.869 GJ/t / 1000, exact; the factor per litre of the shipped set gives way to the company's own."""
    result = run(tmp_path, [factor("own", "diesel.stationary", "70", "GJ_lhv")], DIESEL.format("2000", "l"))
    assert counted(result) == [
        ("replaces", (Decimal(2) * Decimal("832.107") * Decimal("42.869") / 1000).quantize(Decimal("1e-10")), "GJ_lhv")
    ]


def test_mass_needs_no_density(tmp_path: Path) -> None:
    result = run(tmp_path, [factor("own", "diesel.stationary", "70", "GJ_hhv")], DIESEL.format("2000", "kg"))
    assert counted(result) == [("replaces", 2 * Decimal("45.581"), "GJ_hhv")]


def test_a_factor_as_given_needs_no_step(tmp_path: Path) -> None:
    both = [factor("gas", "natural_gas.stationary", "2", "m3"), factor("energy", "natural_gas.stationary", "0.18", "kWh_hhv")]
    result = run(tmp_path, both, GAS.format("1000", "m3"))
    assert counted(result) == [("", Decimal(1000), "m3")]
    assert rows(result, "select distinct factor_id from ledger where derivation <> 'adds'") == [("gas",)]


def test_the_pin_decides(tmp_path: Path) -> None:
    both = [factor("gas", "natural_gas.stationary", "2", "m3"), factor("energy", "natural_gas.stationary", "0.18", "kWh_lhv")]
    header = "activity_type,start,end,quantity,unit,site,factor"
    files = {"activity/s.csv": table(GAS.format("1000", "m3") + ",energy", header=header)}
    result = compute(write(tmp_path, files, [*both, *UPSTREAM], sites=SITES))
    assert rows(result, "select distinct factor_id, activity_unit from ledger where derivation <> 'adds'") == [("energy", "GJ_lhv")]


@pytest.mark.parametrize(("given", "priced"), [("kWh_hhv", "kWh_lhv"), ("kWh_lhv", "kWh_hhv"), ("GJ_hhv", "GJ_lhv")])
def test_gross_never_becomes_net(given: str, priced: str, tmp_path: Path) -> None:
    result = run(tmp_path, [factor("gas", "natural_gas.stationary", "0.2", priced)], GAS.format("1000", given))
    assert [finding.severity for finding in found(result, "factor/none-found")] == ["error"]
    assert rows(result, "select * from ledger where derivation <> 'adds'") == []


@pytest.mark.parametrize("plain", ["kWh", "GJ", "MMBtu"])
def test_energy_without_a_calorific_basis_is_no_fuel(plain: str, tmp_path: Path) -> None:
    result = run(tmp_path, [factor("gas", "natural_gas.stationary", "0.2", "kWh_hhv")], GAS.format("1000", plain))
    assert [finding.severity for finding in found(result, "intake/unit-dimension")] == ["error"]


def test_no_pair_of_units_joins_gross_net_and_plain_energy(tmp_path: Path) -> None:
    result = run(tmp_path, [factor("gas", "natural_gas.stationary", "0.2", "kWh_hhv")], GAS.format("1", "kWh_hhv"))
    query = """select count(*) from unit_conversion c join unit a on a.unit = c.from_unit join unit b on b.unit = c.to_unit
               where a.dimension <> b.dimension"""
    assert rows(result, query) == [(0,)]


def test_properties_of_the_company_come_first(tmp_path: Path) -> None:
    own = OWN.replace(",CA,", ",GB,")
    result = run(tmp_path, [factor("own", "diesel.stationary", "70", "GJ_lhv")], DIESEL.format("2", "t"), own=own)
    assert counted(result) == [("replaces", Decimal(86), "GJ_lhv")]
    assert "Certificate 7 (factors/fuel_properties.csv:2)" in rows(result, "select note from ledger where derivation <> 'adds'")[0][0]


def test_an_older_edition_and_another_country_are_said(tmp_path: Path) -> None:
    line = "diesel.stationary,2027-07-01,2027-07-31,2,t,mill"
    later = factor("own", "diesel.stationary", "70", "GJ_lhv", valid_to="2028-01-01")
    result = compute(write(tmp_path, {"activity/s.csv": table(line)}, [later], periods=["2027-Q3"]))
    assert [finding.severity for finding in found(result, "fuel/property-older-year")] == ["warning"]
    assert [finding.severity for finding in found(result, "fuel/property-of-elsewhere")] == ["warning"]


def test_a_fuel_without_properties_is_not_converted(tmp_path: Path) -> None:
    line = "natural_gas.stationary,2024-07-01,2024-07-31,1,m3,mill"
    early = factor("gas", "natural_gas.stationary", "0.18", "kWh_hhv", valid_from="2024-01-01")
    result = run(tmp_path, [early], line, periods=["2024"])
    assert len(found(result, "factor/none-found")) == 1


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("diesel,calorific_value,net,43,MJ/t,E,2026-01-01,2027-01-01,GB,C", '"calorific_value" "net" in "MJ/t" is not known'),
        ("diesel,calorific_value,,43,GJ/t,E,2026-01-01,2027-01-01,GB,C", '"calorific_value" "" in "GJ/t" is not known'),
        ("diesel,calorific_value,net,43000,GJ/t,E,2026-01-01,2027-01-01,GB,C", 'value "43000"'),
        ("diesel,calorific_value,net,-1,GJ/t,E,2026-01-01,2027-01-01,GB,C", 'value "-1"'),
        ("diesel,calorific_value,net,43,GJ/t,E,2026-01-01,2026-01-01,GB,C", "not two dates in order"),
        ("diesel,calorific_value,net,43,GJ/t,E,2026-01-01,2027-01-01,GB,", "the citation is missing"),
        ("diesel,calorific_value,net,43,GJ/t,E,2026-01-01,2027-01-01,XX,C", 'unknown region "XX"'),
        ("dieesel,calorific_value,net,43,GJ/t,E,2026-01-01,2027-01-01,GB,C", 'unknown fuel "dieesel"'),
        ("diesel,calorific_value,net,43,GJ/t,,2026-01-01,2027-01-01,GB,C", "fuel or edition is missing"),
    ],
)
def test_properties_of_the_company_that_cannot_be_used(row: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="fix: ") as error:
        run(tmp_path, [factor("own", "diesel.stationary", "70", "GJ_lhv")], DIESEL.format("2", "t"), own=HEAD + row + "\n")
    assert message in str(error.value)


def test_shipped_properties_are_those_of_the_workbooks(shared: Path) -> None:
    """Every value stands in the tidy table of the publisher's workbook, in the cell that the citation names."""
    kept = {}
    for row in read_rows(shared / "factors" / "fuel_properties_desnz.csv"):
        place = f"Fuel properties, {row['fuel']}, {row['property']} {row['unit']}, {row['source_cell']}"
        kept[f"UK Government GHG Conversion Factors {row['year']}, {place}"] = row["value"]
    shipped = read_rows(product_folder("factors") / "fuel_properties.csv")
    assert len(shipped) > 200
    assert [row for row in shipped if kept.get(row["citation"]) != row["value"]] == []
    assert {row["property"] for row in shipped if row["value"] == "0"} == set()


def test_gross_exceeds_net(root: Path) -> None:
    values = {
        (r["fuel"], r["edition"], r["basis"]): Decimal(r["value"])
        for r in read_rows(root / "factors" / "fuel_properties.csv")
        if r["basis"]
    }
    assert [
        key for key in values if key[2] == "net" and not values[key] < values[key[0], key[1], "gross"] < values[key] * Decimal("1.2")
    ] == []
