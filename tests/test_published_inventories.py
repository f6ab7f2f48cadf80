"""Two inventories that cities published, recomputed row by row; what does not follow from its own inputs is found, not absorbed."""

from __future__ import annotations

import csv
import json
import shutil
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from inventories import INVENTORY, Row, compute, factor, figures, found, rows, write

from reporting.pipeline import Result

EXCLUSIONS = "source,activity_id,row,kind,reason,estimated_t_co2e,by,approved_by,date\n"
TORONTO_DIFFER = [9, 26, 30, 296, 518, 1016, 1017, 1048, 1233, 1234, 1297, 1427, 1428]
UPSTREAM = (
    ("electricity.well_to_tank", "kWh", "well_to_tank"),
    ("electricity.t_and_d", "kWh", "t_and_d"),
    ("electricity.t_and_d_well_to_tank", "kWh", "t_and_d_well_to_tank"),
    ("natural_gas.well_to_tank", "m3", "well_to_tank"),
    ("natural_gas.well_to_tank", "therm_hhv", "well_to_tank"),
    ("heat.well_to_tank", "kBtu", "well_to_tank"),
)


def told(published: Path) -> dict[str, Any]:
    """What is known of a published inventory, numbers exact."""
    values: dict[str, Any] = json.loads((published / "EXPECTED.json").read_text(encoding="utf-8"), parse_float=Decimal)
    return values


def factors(year: int, region: str, values: dict[str, tuple[str, str, str]]) -> list[Row]:
    """One factor a carrier as the publication implies it; upstream emissions, which these returns leave out, at 0."""
    data_year = {"valid_from": f"{year}-01-01", "valid_to": f"{year + 1}-01-01", "region": region}
    basis = {"electricity.purchased": "location", "heat.purchased": "location"}
    carriers = [factor(name, kind, value, unit, **data_year, basis=basis.get(kind, "")) for name, (kind, value, unit) in values.items()]
    return carriers + [factor(f"{kind}.{unit}", kind, "0", unit, boundary=boundary, **data_year) for kind, unit, boundary in UPSTREAM]


def inventory(region: str, source: dict[str, Any], period: str) -> dict[str, Any]:
    """The parts of inventory.yaml: one city as one entity and one site."""
    country = region[:2]
    return {
        "entities": [INVENTORY["entities"][0] | {"country": country}],
        "sites": [{"id": "city", "name": "City", "entity": "acme", "country": country, "region": region}],
        "sources": {"published": source},
        "periods": [period],
    }


@pytest.fixture(scope="module")
def toronto(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Result:
    published = shared / "exports" / "inventory_toronto_2018"
    implied = {name: str(value) for name, value in told(published)["implied_factors"].items()}
    folder = tmp_path_factory.mktemp("toronto")
    (folder / "activity").mkdir()
    shutil.copy(published / "toronto_2018_oreg397.csv", folder / "activity")
    constants = {"site": "city", "start": "2018-01-01", "end": "2018-12-31"}
    parts = {"electricity_qty": ("electricity.purchased", "kWh"), "natural_gas_qty": ("natural_gas.stationary", "m3")}
    source = {
        "path": "activity/toronto_2018_oreg397.csv",
        "connector": "mapping",
        "activities": [
            {"columns": {"quantity": column}, "constants": {"activity_type": kind, "unit": unit, **constants}}
            for column, (kind, unit) in parts.items()
        ],
        "natural_key": ["operation_name", "address"],
        "zero_means_none": True,
        "empty_means_none": True,
        "stated_column": "published_ghg_kg",
        "stated_unit": "kg_co2e",
        "tolerance": "1",
    }
    values = {
        "electricity": ("electricity.purchased", implied["electricity_kg_per_kWh"], "kWh"),
        "gas": ("natural_gas.stationary", implied["natural_gas_kg_per_m3"], "m3"),
    }
    excluded = "published,,2,outside_boundary,The example row of the form,,City clerk (test),,2026-01-01\n"
    write(folder, {"exclusions.csv": EXCLUSIONS + excluded}, factors(2018, "CA", values), **inventory("CA", source, "2018"))
    return compute(folder)


def test_every_row_of_toronto_is_accounted_for(toronto: Result) -> None:
    assert rows(toronto, "select rows_in, rows_accepted, rows_rejected, rows_excluded from row_account") == [(1482, 1481, 0, 1)]


def test_toronto_rows_that_do_not_follow_from_their_inputs_are_named(toronto: Result) -> None:
    assert [finding.row for finding in found(toronto, "reconcile/stated-row-differs")] == TORONTO_DIFFER
    assert {finding.rule for finding in found(toronto, severity="error")} == {"reconcile/stated-row-differs"}
    assert found(toronto, "reconcile/stated-row-differs")[0].message == (
        "stated 2513373.1585899587, computed 537927.616 kg CO2e, difference 1975445.543 kg"
    )


def test_toronto_duplicates_are_warned_of_and_counted(toronto: Result) -> None:
    twice = found(toronto, "intake/row-twice")
    assert [(finding.severity, finding.row) for finding in twice] == [("warning", 1234), ("warning", 1301), ("warning", 1428)]
    assert [finding.message[:33] for finding in twice] == [f"the row says the same as row {row} "[:33] for row in (1233, 902, 1427)]
    assert rows(toronto, "select count(distinct row_no) from ledger where row_no in (902, 1233, 1234, 1301, 1427, 1428)") == [(6,)]


def test_toronto_adds_up_to_what_the_inputs_give(toronto: Result, shared: Path) -> None:
    published = shared / "exports" / "inventory_toronto_2018"
    expected = told(published)
    with (published / "toronto_2018_oreg397.csv").open(encoding="utf-8", newline="") as stream:
        lines = list(csv.DictReader(stream))[1:]
    own = sum(
        (Decimal("0.04") * Decimal(line["electricity_qty"]) + Decimal("1.89969") * Decimal(line["natural_gas_qty"]) for line in lines),
        Decimal(),
    )
    [(kg,)] = rows(toronto, "select sum(kg_co2e) from ledger where basis in ('both', 'location') and derivation = ''")
    assert abs(kg - own) < Decimal("0.000001")  # quantities of more than 10 decimals are rounded, with a note
    assert abs(kg - expected["recomputed_total_kg"]) < 10  # the publication's gas factor has more digits than the five given
    assert {figures(toronto, "2018")[name][0] for name in ("ghg_protocol/scope1", "ghg_protocol/scope2_location")} == {"withheld"}


@pytest.fixture(scope="module")
def seattle(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Result:
    published = shared / "exports" / "inventory_seattle_2016"
    implied = {name: str(value) for name, value in told(published)["implied_factors"].items()}
    folder = tmp_path_factory.mktemp("seattle")
    (folder / "activity").mkdir()
    shutil.copy(published / "seattle_2016_benchmarking_core.csv.gz", folder / "activity")
    constants = {"site": "city", "start": "2016-01-01", "end": "2016-12-31"}
    parts = {
        "Electricity(kWh)": ("electricity.purchased", "kWh"),
        "SteamUse(kBtu)": ("heat.purchased", "kBtu"),
        "NaturalGas(therms)": ("natural_gas.stationary", "therm_hhv"),
    }
    activities = [
        {"columns": {"quantity": column, "activity_id": "OSEBuildingID"}, "constants": {"activity_type": kind, "unit": unit, **constants}}
        for column, (kind, unit) in parts.items()
    ]
    source = {
        "path": "activity/seattle_2016_benchmarking_core.csv.gz", "connector": "mapping", "activities": activities, "zero_means_none": True,
        "empty_means_none": True, "stated_column": "TotalGHGEmissions", "stated_unit": "t_co2e", "tolerance": "5.5",
    }  # fmt: skip
    values = {
        "steam": ("heat.purchased", implied["steam_kg_per_MMBtu"], "MMBtu"),
        "electricity": ("electricity.purchased", implied["electricity_kg_per_MWh"], "MWh"),
        "gas": ("natural_gas.stationary", implied["natural_gas_kg_per_therm"], "therm_hhv"),
    }
    year = {
        "valid_from": "2016-01-01",
        "valid_to": "2017-01-01",
        "region": "US",
    }  # the return has no market basis: the same value stands in
    residual = factor("residual", "electricity.purchased", implied["electricity_kg_per_MWh"], "MWh", basis="residual", **year)
    write(folder, {}, [*factors(2016, "US", values), residual], **inventory("US", source, "2016"))
    return compute(folder)


def test_every_row_of_seattle_reproduces_its_published_value(seattle: Result) -> None:
    """Within 0.0055 t (two printed decimals and factors of six); the one solar exporter's negative kWh is refused by row, not netted."""
    assert rows(seattle, "select rows_in, rows_accepted, rows_rejected, rows_excluded from row_account") == [(3376, 3375, 1, 0)]
    errors = found(seattle, severity="error")
    assert [finding.rule for finding in errors] == ["intake/quantity-negative", "reconcile/stated-row-differs"]
    assert len({finding.row for finding in errors}) == 1
    assert errors[0].message == "quantity -33826.8 is negative and nothing says what it takes back"


def test_seattle_adds_up_to_the_published_total(seattle: Result, shared: Path) -> None:
    expected = json.loads(
        (shared / "exports" / "inventory_seattle_2016" / "EXPECTED.json").read_text(encoding="utf-8"), parse_float=Decimal
    )
    [(kg,)] = rows(seattle, "select sum(kg_co2e) from ledger where basis in ('both', 'location') and derivation = ''")
    refused = Decimal("-33.8268") * expected["implied_factors"]["electricity_kg_per_MWh"]
    assert abs((kg + refused) / 1000 - expected["recomputed_total"]) < Decimal("0.05")  # factors of six decimals
    assert abs((kg + refused) / 1000 - expected["published_total"]) < Decimal("0.2")
    stated = rows(seattle, "select count(*) from activity_row where stated is not null and part = 1")
    assert stated == [(expected["rows_with_total"],)]
