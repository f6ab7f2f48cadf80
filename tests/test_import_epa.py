"""The EPA importers: same bytes again, values equal to an independent table, and every change of layout refused by cell."""

import csv
import re
import warnings
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from reporting.importers import epa_hub, epa_hub_waste, epa_supply_chain, ipcc_gwp
from reporting.importers.epa_hub_sheet import open_hub
from reporting.importers.writer import LayoutChangedError
from reporting.resources import folder

FACTORS = folder("factors")
TYPES = Path(epa_hub.__file__).parents[1] / "standards"


@pytest.fixture(scope="module")
def hub_file(shared: Path) -> Path:
    return shared / "factors" / "originals" / "epa_hub" / "ghg-emission-factors-hub-2025.xlsx"


@pytest.fixture(scope="module")
def spend_file(shared: Path) -> Path:
    name = "SupplyChainGHGEmissionFactors_v1.3.0_NAICS_byGHG_USD2022.csv"
    return shared / "factors" / "originals" / "epa_supplychain" / name


@pytest.fixture(scope="module")
def gwp_file(shared: Path) -> Path:
    return shared / "factors" / "originals" / "gwp" / "globalwarmingpotentials.csv"


@pytest.fixture(autouse=True)
def quiet() -> None:
    """Silence openpyxl about the workbook's header image and extensions."""
    warnings.filterwarnings("ignore", category=UserWarning, module="openpyxl")


def same(shipped: Path, again: Path) -> bool:
    """Tell whether two sets have the same bytes."""
    return all((shipped / name).read_bytes() == (again / name).read_bytes() for name in ("set.yaml", "factors.csv"))


def records(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("edition", ["2024", "2025"])
def test_hub_again_gives_the_same_bytes(hub_file: Path, tmp_path: Path, edition: str) -> None:
    original = hub_file.with_name(f"ghg-emission-factors-hub-{edition}.xlsx")
    epa_hub.import_file(original, tmp_path / "hub")
    epa_hub_waste.import_file(original, tmp_path / "waste")
    assert same(FACTORS / f"epa_hub_{edition}", tmp_path / "hub")
    assert same(FACTORS / f"epa_hub_{edition}_waste", tmp_path / "waste")


def test_spend_again_gives_the_same_bytes(spend_file: Path, tmp_path: Path) -> None:
    epa_supply_chain.import_file(spend_file, tmp_path)
    assert same(FACTORS / "epa_supply_chain_1.3", tmp_path)


def test_gases_again_give_the_same_bytes(gwp_file: Path, hub_file: Path, tmp_path: Path) -> None:
    ipcc_gwp.import_releases(gwp_file, hub_file, tmp_path)
    ipcc_gwp.write_tables(gwp_file, hub_file, tmp_path)
    assert same(FACTORS / "ipcc_gases_ar6", tmp_path)
    assert all((tmp_path / name).read_bytes() == (FACTORS / name).read_bytes() for name in ("gwp.csv", "gwp_blends.csv"))


def cells(text: str) -> list[str]:
    """Return the cells of a range of one row: E17:G17 is E17, F17, G17."""
    first, _, last = text.partition(":")
    row = re.sub(r"\D", "", first)
    return [f"{chr(column)}{row}" for column in range(ord(first[0]), ord((last or first)[0]) + 1)]


def independent(path: Path, edition: str) -> dict[tuple[str, str], Decimal]:
    """Return kg per unit by table and cell from a table that others made of the same workbook."""
    found: dict[tuple[str, str], Decimal] = {}
    for row in records(path):
        if (
            f".{edition}." in row["factor_id"]
            and row["category"] != "electricity/T&D loss"
            and not row["category"].startswith("fuel property")
        ):
            gases = [row["kg_co2"] or row["kg_co2_biogenic"], row["kg_ch4"], row["kg_n2o"]]
            values = [value for value in gases if value] or [row["kg_co2e"]]
            found |= {(row["source_table"], cell): Decimal(value) for cell, value in zip(cells(row["source_cell"]), values, strict=True)}
    return found


@pytest.mark.parametrize("edition", ["2024", "2025"])
def test_hub_values_agree_with_an_independent_table(shared: Path, edition: str) -> None:
    expected = independent(shared / "factors" / "epa_hub_2024_2025.csv", edition)
    rows = [row for part in ("", "_waste") for row in records(FACTORS / f"epa_hub_{edition}{part}" / "factors.csv")]
    ours = {(where[0], where[2]): Decimal(row["value"]) for row in rows if (where := row["citation"].partition(", "))}
    assert len(ours) == len(rows) == len(expected)
    assert set(ours) == set(expected)
    tolerance = Decimal("0.000000000001")
    assert {cell: value for cell, value in ours.items() if abs(value - expected[cell]) > tolerance * (1 + abs(value))} == {}


def factor(name: str, identifier: str) -> dict[str, dict[str, str]]:
    return {row["gas"]: row for row in records(FACTORS / name / "factors.csv") if row["factor_id"] == identifier}


def test_virginia_grid_is_converted_exactly() -> None:
    rows = factor("epa_hub_2025", "epa-hub.2025.t6.srvc.total-output")
    assert {gas: row["published_value"] for gas, row in rows.items()} == {"CO2": "590.229", "CH4": "0.045", "N2O": "0.006"}
    assert Decimal(rows["CO2"]["value"]) == Decimal("590.229") * Decimal("0.45359237") / 1000
    assert rows["CO2"]["valid_from"] == "2023-01-01"
    assert (rows["CO2"]["region"], rows["CO2"]["basis"], rows["CO2"]["boundary"]) == ("US:eGRID:SRVC", "location", "direct")


def test_non_baseload_rates_have_a_boundary_of_their_own() -> None:
    rows = [row for row in records(FACTORS / "epa_hub_2025" / "factors.csv") if row["factor_id"].endswith("non-baseload")]
    assert len(rows) == 28 * 3
    assert {row["boundary"] for row in rows} == {"non_baseload"}


def test_only_the_carbon_dioxide_of_biomass_is_biogenic() -> None:
    wood = factor("epa_hub_2025", "epa-hub.2025.t1.wood-and-wood-residuals.mmbtu")
    assert {gas: row["is_biogenic"] for gas, row in wood.items()} == {"CO2": "true", "CH4": "false", "N2O": "false"}
    assert {row["is_biogenic"] for row in factor("epa_hub_2025", "epa-hub.2025.t1.natural-gas.mmbtu").values()} == {"false"}


def test_grid_losses_stand_in_the_derivation_rules(hub_file: Path) -> None:
    with (TYPES / "derivation_rules.csv").open(encoding="utf-8", newline="") as file:
        stated = {tuple(row) for row in csv.reader(file)}
    rules = epa_hub.grid_loss_rules(hub_file)
    assert len(rules) == 27
    assert set(rules) <= stated
    assert next(rule[5:7] for rule in rules if rule[3] == "US:eGRID:SRVC") == ("21", "479")


def import_all(path: Path, target: Path) -> None:
    epa_hub.import_file(path, target / "hub")
    epa_hub_waste.import_file(path, target / "waste")
    epa_hub.grid_loss_rules(path)


@pytest.mark.parametrize(
    ("cell", "changed"),
    [
        ("F14", "CH4 Factor (kg)"),
        ("D15", "mmBtu per tonne"),
        ("C107", "Diesel Fuel B7"),
        ("E338", "(kg CO2 / MWh)"),
        ("E435", "Incinerated"),
        ("G503", "Unit"),
        ("H47", "kg CO2 per barrel"),
        ("D36", "mmBtu per m3"),
        ("E112", "litre"),
        ("K365", "4.2 %"),
    ],
)
def test_a_changed_cell_is_named(hub_file: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, cell: str, changed: str) -> None:
    hub = open_hub(hub_file)
    hub.sheet[cell].value = changed
    monkeypatch.setattr(epa_hub, "open_hub", lambda _: hub)
    monkeypatch.setattr(epa_hub_waste, "open_hub", lambda _: hub)
    with pytest.raises(LayoutChangedError) as error:
        import_all(hub_file, tmp_path)
    assert (error.value.sheet, error.value.cell) == ("Emission Factors Hub", cell)
    assert changed.removeprefix("mmBtu per ") in error.value.found


def test_a_missing_table_is_named(hub_file: Path) -> None:
    hub = open_hub(hub_file)
    hub.sheet["B334"].value = None
    with pytest.raises(LayoutChangedError, match='expected the title "Table 6"'):
        list(hub.rows("Table 6"))


def test_spend_sums_reproduce_the_published_totals(spend_file: Path) -> None:
    totals = records(spend_file.with_name(spend_file.name.replace("byGHG", "CO2e")))
    gwp = {row["gas"]: Decimal(row["value"]) for row in records(FACTORS / "gwp.csv") if row["gwp_set"] == "AR5"}
    sums: dict[str, Decimal] = {}
    for row in records(FACTORS / "epa_supply_chain_1.3" / "factors.csv"):
        sums[row["factor_id"]] = sums.get(row["factor_id"], Decimal(0)) + Decimal(row["value"]) * gwp[row["gas"]]
    assert len(totals) == 1016
    for column, suffix in ((epa_supply_chain.WITH, "with-margins"), (epa_supply_chain.WITHOUT, "without-margins")):
        differences = [abs(sums[f"epa-supply-chain.1.3.{row['2017 NAICS Code']}.{suffix}"] - Decimal(row[column])) for row in totals]
        assert max(differences) < Decimal("0.006")


def test_every_code_has_its_activity_type(spend_file: Path) -> None:
    with (TYPES / "activity_types.csv").open(encoding="utf-8", newline="") as file:
        stated = {tuple(row) for row in csv.reader(file)}
    types = epa_supply_chain.activity_types(spend_file)
    assert len(types) == 1016 + len(epa_supply_chain.CAPITAL_GOODS)
    assert set(types) <= stated


@pytest.mark.parametrize(("old", "new"), [('"Methane"', '"Marsh gas"'), ("kg/2022 USD", "kg/2023 USD"), ("NAICS Title", "NAICS Name")])
def test_a_changed_spend_file_is_refused(spend_file: Path, tmp_path: Path, old: str, new: str) -> None:
    changed = tmp_path / "changed.csv"
    changed.write_text(spend_file.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(LayoutChangedError, match=r"changed\.csv"):
        epa_supply_chain.import_file(changed, tmp_path / "set", edition="v1.4.0", retrieved=date(2027, 6, 1))


def test_gwp_values_agree_with_an_independent_table(shared: Path) -> None:
    ours = {(row["gwp_set"], row["gas"]): Decimal(row["value"]) for row in records(FACTORS / "gwp.csv")}
    compared = 0
    for row in records(shared / "factors" / "gwp.csv"):
        name = row["gwp_set"] if row["horizon_years"] == "100" else f"{row['gwp_set']}-GWP{row['horizon_years']}"
        key = name, ipcc_gwp.gas_name(row["species"])
        if row["kind"] == "gas" and not row["variant_or_formula"] and key in ours:
            assert ours[key] == Decimal(row["gwp"]), key
            compared += 1
    assert compared > 480


def test_a_composition_that_does_not_add_up_is_refused(hub_file: Path, tmp_path: Path) -> None:
    hub = open_hub(hub_file)
    hub.sheet["E575"].value = "50% HFC-32 , 49% HFC-125"
    changed = tmp_path / "changed.xlsx"
    hub.sheet.parent.save(changed)
    with pytest.raises(LayoutChangedError, match="cell E575: expected mass shares that add up to 100%"):
        ipcc_gwp.read_blends(changed)
