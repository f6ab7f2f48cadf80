"""Importers of files that each user brings: eGRID, AIB, Electricity Maps, any table. All files here are ours, with made-up values."""

from __future__ import annotations

import csv
import random
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import inventories
import openpyxl
import pytest
import yaml
from command import Ran, run
from test_import_desnz import _twin

from reporting.importers.generic import read_map
from reporting.importers.publishers import import_publication
from reporting.types import InputError, UsageError

DAY = ("--retrieved", "2026-11-25")
Book = Callable[[openpyxl.Workbook], object]


def rows(folder: Path, name: str = "factors.csv") -> list[dict[str, str]]:
    with (folder / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def by_id(folder: Path) -> dict[tuple[str, str], dict[str, str]]:
    return {(row["factor_id"], row["gas"]): row for row in rows(folder)}


def head(folder: Path) -> dict[str, object]:
    found: dict[str, object] = yaml.safe_load((folder / "set.yaml").read_text(encoding="utf-8"))
    return found


@pytest.fixture
def importing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    """Runs the command with the sets going to tmp_path/out."""
    return lambda *arguments: run(capsys, "factors", "import", *arguments, "--out", tmp_path / "out")


def refused(ran: Ran, tmp_path: Path, message: str, code: int = 3) -> None:
    assert (ran.code, ran.err.count("\n")) == (code, 1), ran.err
    assert message in ran.err
    assert not (tmp_path / "out").exists()


def fill(book: openpyxl.Workbook, name: str, lines: list[list[object]]) -> None:
    sheet = book.create_sheet(name)
    for line in lines:
        sheet.append(line)


# --- eGRID --------------------------------------------------------------------------------------------------------------


def egrid_lines(letters: str, before: list[tuple[str, str]], places: list[list[object]]) -> list[list[object]]:
    """Descriptions, codes and rows of a sheet of rates, in the layout of EPA's technical guide."""
    codes = [f"{letters}{code}" for code in ("CO2RTA", "CH4RTA", "N2ORTA", "C2ERTA", "NBCO2", "NBCH4", "NBN2O", "NBC2E")]
    said = [f"annual {code} emission rate (lb/MWh)" for code in codes]
    return [["Data Year", *(words for words, _ in before), *said], ["YEAR", *(code for _, code in before), *codes], *places]


def egrid_book() -> openpyxl.Workbook:
    """A workbook of our own with the sheets and codes of eGRID2022; 900.5 + 28 x 0.07 + 265 x 0.01 = 905.11 lb CO2e."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    rates: list[object] = [900.5, 0.07, 0.01, 905.11, 1500.25, 0.1, 0.02, 1508.35]
    subregion = [("eGRID subregion acronym", "SUBRGN"), ("eGRID subregion name", "SRNAME")]
    places: list[list[object]] = [[2022, "SRVC", "SERC Virginia/Carolina", *rates], [2022, "NEWE", "NPCC New England", *rates]]
    fill(book, "Contents", [["made up for a test"]])
    fill(book, "SRL22", egrid_lines("SR", subregion, places))
    fill(book, "ST22", egrid_lines("ST", [("State abbreviation", "PSTATABB")], [[2022, "VA", *rates], [2022, "PR", *rates[:4]]]))
    fill(book, "US22", egrid_lines("US", [], [[2022, *rates]]))
    losses: list[object] = ["Data Year", "Grid", "Estimated losses (MWh)", "Total disposition (MWh)", "Direct use (MWh)", "Grid gross loss"]
    codes: list[object] = ["YEAR", "REGION", "ESTLOSS", "TOTDISP", "DIRCTUSE", "GGRSLOSS"]
    fill(book, "GGL22", [losses, codes, [2022, "Eastern", 42, 1010, 10, 0.042]])
    return book


@pytest.fixture
def egrid(tmp_path: Path) -> Path:
    path = tmp_path / "egrid2022_data.xlsx"
    egrid_book().save(path)
    return path


def test_egrid_rates_are_converted_exactly(egrid: Path, tmp_path: Path, importing: Callable[..., Ran]) -> None:
    ran = importing("egrid", egrid, *DAY)
    assert (ran.code, ran.err) == (0, "")
    found = by_id(tmp_path / "out" / "egrid_2022")
    total = found["egrid.2022.srvc.total-output", "CO2"]
    assert (total["published_value"], total["published_unit"], total["citation"]) == ("900.5", "lb CO2 per MWh", "SRL22, D3")
    assert Decimal(total["value"]) == Decimal("900.5") * Decimal("0.45359237") / 1000
    assert (total["region"], total["boundary"], total["valid_from"], total["value_as"]) == (
        "US:eGRID:SRVC", "direct", "2022-01-01", "kg_gas",
    )  # fmt: skip
    assert found["egrid.2022.srvc.non-baseload", "N2O"]["boundary"] == "non_baseload"
    assert {row["region"] for row in found.values()} == {"US:eGRID:SRVC", "US:eGRID:NEWE", "US-VA", "PR", "US"}
    assert len(found) == 27


def test_a_rate_that_is_not_printed_is_said_and_losses_stand_beside(egrid: Path, tmp_path: Path, importing: Callable[..., Ran]) -> None:
    ran = importing("egrid", egrid, *DAY)
    assert "ST22, G4: no non-baseload rate is printed for PR" in ran.out
    [loss] = rows(tmp_path / "out" / "egrid_2022", "grid_losses.csv")
    assert (loss["grid"], loss["grid_gross_loss"], loss["numerator"], loss["denominator"]) == ("Eastern", "0.042", "21", "479")
    assert loss["citation"] == "eGRID2022, GGL22, F3"


def test_a_revision_is_a_set_of_its_own(egrid: Path, tmp_path: Path, importing: Callable[..., Ran]) -> None:
    assert importing("egrid", egrid, *DAY, "--edition", "eGRID2022 rev2").code == 0
    assert head(tmp_path / "out" / "egrid_2022_rev2")["edition"] == "eGRID2022 rev2"


def put(sheet: str, cell: str, value: object) -> Book:
    def change(book: openpyxl.Workbook) -> None:
        book[sheet][cell] = value

    return change


EGRID_SURPRISES: dict[str, tuple[Book, str]] = {
    "moved header": (lambda book: book["SRL22"].insert_rows(1), 'sheet "SRL22", cell row 2: expected the column code YEAR'),
    "renamed sheet": (lambda book: setattr(book["ST22"], "title", "States"), 'sheet "ST22", cell the sheet itself'),
    "renamed code": (put("SRL22", "D2", "SRCO2RATE"), 'sheet "SRL22", cell row 2: expected the column code SRCO2RTA'),
    "code twice": (put("SRL22", "E2", "SRCO2RTA"), 'sheet "SRL22", cell E2'),
    "metric edition": (put("SRL22", "D1", "CO2 rate (kg/MWh)"), 'sheet "SRL22", cell D1: expected a rate in (lb/MWh)'),
    "text for a value": (put("ST22", "D3", "n/a"), 'sheet "ST22", cell D3: expected a number'),
    "no value": (put("ST22", "D3", None), 'sheet "ST22", cell D3: expected a number'),
    "formula": (put("US22", "C3", "=0.07"), 'sheet "US22", cell C3: expected a value, found a formula'),
    "unknown subregion": (put("SRL22", "B3", "XXXX"), 'sheet "SRL22", cell B3: expected a subregion'),
    "another year": (put("SRL22", "A4", 2021), 'sheet "SRL22", cell A4: expected the data year 2022'),
    "sum that is not": (put("SRL22", "G3", 990), 'sheet "SRL22", cell G3: expected the CO2e of the gases'),
    "loss that is not": (put("GGL22", "F3", 0.05), 'sheet "GGL22", cell F3: expected a share below 1'),
}


@pytest.mark.parametrize("fault", EGRID_SURPRISES)
def test_another_egrid_layout_is_refused(fault: str, egrid: Path, tmp_path: Path, importing: Callable[..., Ran]) -> None:
    change, message = EGRID_SURPRISES[fault]
    book = egrid_book()
    change(book)
    book.save(egrid)
    refused(importing("egrid", egrid, *DAY), tmp_path, message)


def test_an_inserted_column_moves_nothing(egrid: Path, tmp_path: Path, importing: Callable[..., Ran]) -> None:
    book = egrid_book()
    book["SRL22"].insert_cols(4)
    book["SRL22"]["D1"], book["SRL22"]["D2"] = "Nameplate capacity", "SRNAMEPCAP"
    book.save(egrid)
    assert importing("egrid", egrid, *DAY).code == 0
    assert by_id(tmp_path / "out" / "egrid_2022")["egrid.2022.srvc.total-output", "CO2"]["citation"] == "SRL22, E3"


def test_the_day_of_retrieval_is_never_guessed(egrid: Path, tmp_path: Path, importing: Callable[..., Ran]) -> None:
    refused(importing("egrid", egrid), tmp_path, "fix: add --retrieved", code=2)


# --- AIB residual mix ---------------------------------------------------------------------------------------------------


def aib_book() -> openpyxl.Workbook:
    """A table of our own in the layout of the report: shares as fractions, Austria without a residual mix."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    lines: list[list[object]] = [
        ["European Residual Mixes, made up for a test"],
        [],
        ["Country", "RES", "Nuclear", "Fossil", "CO2 (gCO2/kWh)"],
        ["Germany", 0.125, 0.1, 0.775, 650.5],
        ["Czech Republic", 10, 40, 50, 420],
        ["Austria", 0, 0, 0, 0],
        ["IS", 1, 0, 0, 0],
    ]
    fill(book, "Residual Mix 2025", lines)
    return book


@pytest.fixture
def aib(tmp_path: Path) -> Path:
    path = tmp_path / "aib.xlsx"
    aib_book().save(path)
    return path


def test_residual_mix_is_a_residual_factor_of_co2(aib: Path, tmp_path: Path, importing: Callable[..., Ran]) -> None:
    ran = importing("aib_residual_mix", aib, *DAY)
    assert "may not be redistributed" in ran.out
    folder = tmp_path / "out" / "aib_residual_mix_2025"
    germany = by_id(folder)["aib-residual-mix.2025.DE", "CO2"]
    assert (germany["value"], germany["basis"], germany["boundary"], germany["valid_from"]) == (
        "0.6505",
        "residual",
        "direct",
        "2025-01-01",
    )
    assert germany["citation"] == "Residual Mix 2025, E4"
    assert head(folder)["redistributable"] is False
    shares = {row["region"]: (row["renewable"], row["nuclear"], row["fossil"]) for row in rows(folder, "fuel_shares.csv")}
    assert shares == {"DE": ("0.125", "0.1", "0.775"), "CZ": ("0.1", "0.4", "0.5"), "IS": ("1", "0", "0")}


def test_a_row_of_zeros_is_no_clean_mix(aib: Path, tmp_path: Path, importing: Callable[..., Ran]) -> None:
    ran = importing("aib_residual_mix", aib, *DAY)
    assert "Residual Mix 2025, E6: no residual mix is printed for Austria" in ran.out
    assert {row["region"]: row["value"] for row in rows(tmp_path / "out" / "aib_residual_mix_2025")}.get("AT") is None
    assert by_id(tmp_path / "out" / "aib_residual_mix_2025")["aib-residual-mix.2025.IS", "CO2"]["value"] == "0"


AIB_SURPRISES: dict[str, tuple[Book, str]] = {
    "renamed sheet": (lambda book: setattr(book["Residual Mix 2025"], "title", "Table 2"), "cell the sheet itself"),
    "no header": (put("Residual Mix 2025", "A3", "Land"), "expected a heading Country"),
    "renamed column": (put("Residual Mix 2025", "E3", "CO2e"), "cell row 3: expected a heading of aib_names.csv that means co2"),
    "column twice": (put("Residual Mix 2025", "F3", "Renewable"), "cell F3: expected one column that means renewable"),
    "unknown country": (put("Residual Mix 2025", "A4", "Atlantis"), "cell A4: expected a country"),
    "text for a value": (put("Residual Mix 2025", "E4", "650 g"), "cell E4: expected a number"),
    "formula": (put("Residual Mix 2025", "E4", "=600+50.5"), "cell E4: expected a value, found a formula"),
    "shares that do not add up": (put("Residual Mix 2025", "B4", 0.2), "cell B4: expected shares that add up"),
    "kilograms": (put("Residual Mix 2025", "E4", -1), "cell E4: expected 0 to 2000"),
}


@pytest.mark.parametrize("fault", AIB_SURPRISES)
def test_another_residual_mix_layout_is_refused(fault: str, aib: Path, tmp_path: Path, importing: Callable[..., Ran]) -> None:
    change, message = AIB_SURPRISES[fault]
    book = aib_book()
    change(book)
    book.save(aib)
    refused(importing("aib_residual_mix", aib, *DAY), tmp_path, message)


# --- Electricity Maps ---------------------------------------------------------------------------------------------------

OLD = (
    "Datetime (UTC),Country,Zone Name,Zone Id,Carbon Intensity gCO₂eq/kWh (direct),Carbon Intensity gCO₂eq/kWh (LCA),"
    "Low Carbon Percentage,Renewable Percentage,Data Source,Data Estimated,Data Estimation Method"
)
NEW = (
    "Datetime (UTC),Country,Zone name,Zone id,Carbon intensity gCO₂eq/kWh (direct),Carbon intensity gCO₂eq/kWh (Life cycle),"
    "Carbon-free energy percentage (CFE%),Renewable energy percentage (RE%),Data source,Data estimated,Data estimation method"
)
YEARLY = NEW.rsplit(",", 2)[0] + ",Citation"


def maps(tmp_path: Path, name: str, *lines: str) -> Path:
    path = tmp_path / name
    path.write_text("\n".join([*lines, ""]), encoding="utf-8")
    return path


def test_direct_and_life_cycle_are_factors_apart(tmp_path: Path, importing: Callable[..., Ran]) -> None:
    path = maps(tmp_path, "DE_2025_yearly.csv", YEARLY, "2025-01-01 00:00:00,Germany,Germany,DE,330.25,381.5,60,55,made up,made up")
    assert importing("electricity_maps", path, *DAY).code == 0
    folder = tmp_path / "out" / "electricity_maps_de_2025_to_2025_yearly"
    found = {row["boundary"]: row for row in rows(folder)}
    assert {name: row["value"] for name, row in found.items()} == {"direct": "0.33025", "lifecycle": "0.3815"}
    assert (found["direct"]["valid_from"], found["direct"]["valid_to"], found["direct"]["region"]) == ("2025-01-01", "2026-01-01", "DE")
    assert head(folder)["redistributable"] is False


@pytest.mark.parametrize("heading", [OLD, NEW])
def test_both_generations_of_headings_give_months_and_mark_estimates(heading: str, tmp_path: Path, importing: Callable[..., Ran]) -> None:
    lines = (
        "2025-11-01 00:00:00,Germany,Germany,DE,300,350,60,55,x,false,",
        "2025-12-01 00:00:00,Germany,Germany,DE,310,360,6,5,x,true,TSA",
    )
    ran = importing("electricity_maps", maps(tmp_path, "DE_2025_monthly.csv", heading, *lines), *DAY)
    assert "1 of 2 intervals are estimated" in ran.out
    found = {row["factor_id"]: row for row in rows(tmp_path / "out" / "electricity_maps_de_2025_to_2025_monthly")}
    december = found["electricity-maps.DE.2025-12.direct"]
    assert (december["valid_from"], december["valid_to"], december["value"]) == ("2025-12-01", "2026-01-01", "0.31")
    assert "estimated by the publisher (TSA)" in december["label"]
    assert "estimated" not in found["electricity-maps.DE.2025-11.direct"]["label"]


@pytest.mark.parametrize("grain", ["hourly", "daily"])
def test_finer_values_are_never_averaged(grain: str, tmp_path: Path, importing: Callable[..., Ran]) -> None:
    path = maps(tmp_path, f"DE_2025_{grain}.csv", NEW, "2025-01-01 00:00:00,Germany,Germany,DE,300,350,60,55,x,false,")
    refused(importing("electricity_maps", path, *DAY), tmp_path, f"{grain} values without the consumption of each interval")


def test_a_zone_without_a_region_of_its_name_needs_one(tmp_path: Path, importing: Callable[..., Ran]) -> None:
    line = "2025-01-01 00:00:00,USA,PJM,US-MIDA-PJM,330,381,60,55,x,false,"
    path = maps(tmp_path, "US-MIDA-PJM_2025_yearly.csv", NEW, line)
    refused(importing("electricity_maps", path, *DAY), tmp_path, "fix: add --region", code=2)
    assert importing("electricity_maps", path, *DAY, "--region", "US:eGRID:RFCE").code == 0
    assert {row["region"] for row in rows(tmp_path / "out" / "electricity_maps_us_mida_pjm_2025_to_2025_yearly")} == {"US:eGRID:RFCE"}


GOOD = "2025-01-01 00:00:00,Germany,Germany,DE,300,350,60,55,x,false,"
MAPS_SURPRISES = {
    "name": ("export.csv", NEW, GOOD, "the name says neither yearly nor monthly"),
    "heading": ("DE_2025_yearly.csv", NEW.replace("(direct)", "(marginal)"), GOOD, "row 1, column 5: expected a heading of the portal"),
    "no life cycle": ("DE_2025_yearly.csv", NEW.replace("(Life cycle)", "(direct)"), GOOD, "row 1, column 6"),
    "both generations": ("DE_2025_yearly.csv", f"{NEW},Carbon Intensity gCO2eq/kWh (LCA)", f"{GOOD},1", "row 1: expected"),
    "an hour in a yearly file": ("DE_2025_yearly.csv", NEW, GOOD.replace("00:00:00", "05:00:00"), "row 2, column Datetime (UTC)"),
    "a month in a yearly file": ("DE_2025_yearly.csv", NEW, GOOD.replace("2025-01", "2025-02"), "the first moment of a year"),
    "a year twice": ("DE_2025_yearly.csv", NEW, f"{GOOD}\n{GOOD}", "occurs twice"),
    "two zones": ("DE_2025_yearly.csv", NEW, f"{GOOD}\n{GOOD.replace('DE', 'FR').replace('2025', '2024')}", "row 3, column Zone id"),
    "text": ("DE_2025_yearly.csv", NEW, GOOD.replace(",300,", ",,"), "row 2, carbon intensity (direct): expected a number"),
    "flag": ("DE_2025_yearly.csv", NEW, GOOD.replace("false", "perhaps"), "row 2, column Data estimated"),
    "no rows": ("DE_2025_yearly.csv", NEW, "", "row 2: expected a row of values"),
}


@pytest.mark.parametrize("fault", MAPS_SURPRISES)
def test_another_electricity_maps_file_is_refused(fault: str, tmp_path: Path, importing: Callable[..., Ran]) -> None:
    name, heading, line, message = MAPS_SURPRISES[fault]
    refused(importing("electricity_maps", maps(tmp_path, name, heading, line), *DAY), tmp_path, message)


# --- any table ----------------------------------------------------------------------------------------------------------

MAP = """\
set:
  publisher: Acme Fuels
  title: Factors of a supplier (made up for a test)
  edition: "2026"
  url: https://example.org/factors
  licence: own contract
  redistributable: false
  retrieved: 2026-11-25
  gwp_set: AR6
  usable_until: 2028-12-31
columns: {factor_id: Code, label: Name, published_value: Value, published_unit: Unit}
constants: {activity_type: diesel.stationary, region: CA, boundary: direct, gas: CO2e, valid_from: 2026-01-01, valid_to: 2027-01-01}
units:
  g CO2e/l: {per_unit: l, value_as: kg_co2e, denominator: 1000}
"""
TABLE = "Code,Name,Value,Unit,Remark\nacme.2026.diesel,Diesel of Acme,2512.5,g CO2e/l,\n"


@pytest.fixture
def column_map(tmp_path: Path) -> Path:
    path = tmp_path / "map.yaml"
    path.write_text(MAP, encoding="utf-8")
    return path


def table_file(tmp_path: Path, text: str = TABLE) -> Path:
    path = tmp_path / "acme.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_an_imported_table_is_shown_and_prices_an_activity(column_map: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    line = "diesel.stationary,2026-07-01,2026-07-31,400,l,mill"
    inventory = inventories.write(tmp_path / "inventory", {"activity/s.csv": inventories.table(line)})
    before = inventories.value(inventories.compute(inventory), "ghg_protocol/scope1")
    imported = run(capsys, "factors", "import", "generic", table_file(tmp_path), "--columns", column_map, "--out", inventory / "factors")
    assert imported.out.startswith(f"{inventory / 'factors' / 'acme_fuels_2026'}: written, 1 factors, 1 values. own contract; may not be")
    shown = run(capsys, "factors", "show", "acme.2026.diesel", "--inventory", inventory)
    assert (shown.code, "2.5125" in shown.out, "acme.csv, C2" in shown.out) == (0, True, True)
    after = inventories.value(inventories.compute(inventory), "ghg_protocol/scope1")
    assert (before, after) == (Decimal(1), Decimal("1.005"))


def test_a_sheet_is_read_cell_by_cell_and_formulas_elsewhere_do_not_matter(tmp_path: Path, importing: Callable[..., Ran]) -> None:
    path, chosen = tmp_path / "acme.xlsx", tmp_path / "map.yaml"
    chosen.write_text(MAP + "sheet: Data\nheader_row: 2\nblank: none\n", encoding="utf-8")
    lines: list[list[object]] = [
        ["made up"], ["Code", "Name", "Value", "Unit", "Check"], ["a", "A", 2512.5, "g CO2e/l", "=C3*2"], ["b", "B", None, "g CO2e/l"],
    ]  # fmt: skip
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    fill(book, "Data", lines)
    book.save(path)
    ran = importing("generic", path, "--columns", chosen)
    assert "Data, C4: no value, left out as the column map says" in ran.out
    assert [(row["value"], row["citation"]) for row in rows(tmp_path / "out" / "acme_fuels_2026")] == [("2.5125", "Data, C3")]
    book["Data"]["C3"] = "=2500+12.5"
    book.save(path)
    assert 'sheet "Data", cell C3: expected a value, found a formula' in importing("generic", path, "--columns", chosen).err


TABLE_SURPRISES = {
    "no column": (TABLE.replace("Value", "EF"), 'row 1: expected the heading "Value"'),
    "column twice": (TABLE.replace("Remark", "Value"), "E1: expected a heading that differs from C1"),
    "text": (TABLE.replace("2512.5", "2,5"), "row 2: expected 5 cells, found 6"),
    "blank value": (TABLE.replace("2512.5", ""), "C2: expected a number"),
    "unit": (TABLE.replace("g CO2e/l", "kg CO2e/l"), "D2: expected a unit of the column map (g CO2e/l)"),
    "no rows": ("Code,Name,Value,Unit,Remark\n", "row 2: expected a row with a value"),
    "twice": (TABLE + TABLE.split("\n")[1] + "\n", "occurs twice"),
    "no id": (TABLE.replace("acme.2026.diesel", ""), "factor_id must not be blank"),
}


@pytest.mark.parametrize("fault", TABLE_SURPRISES)
def test_a_table_that_does_not_fit_its_map_is_refused(fault: str, column_map: Path, tmp_path: Path, importing: Callable[..., Ran]) -> None:
    text, message = TABLE_SURPRISES[fault]
    refused(importing("generic", table_file(tmp_path, text), "--columns", column_map), tmp_path, message)


MAP_FAULTS = {
    "unknown key": ("set:", "sets: {}\nset:", "sets: Extra inputs are not permitted"),
    "no publisher": ("  publisher: Acme Fuels\n", "", "set.publisher: Field required"),
    "unknown column": ("factor_id: Code", "factor_id: Code, value: EF", '"value" cannot be mapped'),
    "column and constant": ("{activity_type", "{label: x, activity_type", '"label" is a column and a constant'),
    "missing": ("region: CA, ", "", '"region" is missing'),
    "unit of ours": ("per_unit: l,", "per_unit: litre,", '"litre" is no unit of factors/units.csv'),
    "kind of value": ("kg_co2e", "kg", "units.g CO2e/l.value_as"),
    "divided by nothing": ("denominator: 1000", "denominator: 0", "units.g CO2e/l.denominator"),
    "region": ("region: CA", "region: ZZ", "row 2, constant region: expected a region of factors/regions.csv"),
    "activity type": ("diesel.stationary", "diesel.parked", "constant activity_type: expected an activity type"),
    "gas": ("gas: CO2e", "gas: CO3", "constant gas: expected a gas"),
    "date": ("2026-01-01", "01/01/2026", "constant valid_from: expected a date"),
    "dates reversed": ("2026-01-01", "2028-01-01", "is not before valid_to"),
    "basis": ("{activity_type", "{basis: grid, activity_type", 'basis "grid" is not one of'),
    "biogenic": ("{activity_type", "{is_biogenic: perhaps, activity_type", "constant is_biogenic: expected true or false"),
    "alias": ("columns:", "x: &a 1\ny: *a\ncolumns:", "anchors and aliases are not allowed"),
}


@pytest.mark.parametrize("fault", MAP_FAULTS)
def test_a_column_map_that_says_too_little_or_nonsense_is_refused(
    fault: str, column_map: Path, tmp_path: Path, importing: Callable[..., Ran]
) -> None:
    old, new, message = MAP_FAULTS[fault]
    assert old in MAP
    column_map.write_text(MAP.replace(old, new, 1), encoding="utf-8")
    refused(importing("generic", table_file(tmp_path), "--columns", column_map), tmp_path, message)


def test_a_table_needs_its_map(tmp_path: Path, importing: Callable[..., Ran]) -> None:
    refused(importing("generic", table_file(tmp_path)), tmp_path, "fix: add --columns", code=2)
    with pytest.raises(InputError, match="the document"):
        read_map(table_file(tmp_path, "[]"))


# --- all of them together -----------------------------------------------------------------------------------------------


def test_the_column_map_of_the_documentation_is_one(root: Path, tmp_path: Path, importing: Callable[..., Ran]) -> None:
    text = (root / "docs" / "importing-factors.md").read_text(encoding="utf-8")
    [block] = [part for part in text.split("\n\n") if part.startswith("    set:")]
    (tmp_path / "map.yaml").write_text("\n".join(line[4:] for line in block.splitlines()), encoding="utf-8")
    assert importing("generic", table_file(tmp_path), "--columns", tmp_path / "map.yaml").code == 0


def test_every_publisher_is_documented(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = (root / "docs" / "importing-factors.md").read_text(encoding="utf-8")
    listed = [line.split("  (")[0] for line in run(capsys, "factors", "import", "--list").out.splitlines() if not line.startswith(" ")]
    assert [name for name in listed if f"| `{name}` |" not in text] == []


def test_imported_sets_pass_every_check_and_the_residual_mix_prices_the_market(
    egrid: Path, aib: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    site = {"id": "mill", "name": "Mill", "entity": "acme", "country": "DE", "region": "DE"}
    line = "electricity.purchased,2026-07-01,2026-07-31,1000,kWh,mill"
    inventory = inventories.write(tmp_path / "inventory", {"activity/s.csv": inventories.table(line)}, sites=[site])
    monthly = maps(tmp_path, "DE_2026_monthly.csv", NEW, "2026-07-01 00:00:00,Germany,Germany,DE,300,350,60,55,x,true,TSA")
    for publisher, path in (("egrid", egrid), ("aib_residual_mix", aib), ("electricity_maps", monthly)):
        assert run(capsys, "factors", "import", publisher, path, *DAY, "--out", inventory / "factors").code == 0
    result = inventories.compute(inventory)
    assert [finding for finding in result.findings if finding.rule.startswith("factor/") and finding.severity == "error"] == []
    used = inventories.rows(result, "select basis, factor_id from price where activity_type = 'electricity.purchased' order by basis")
    assert used == [("location", "electricity-maps.DE.2026-07.direct"), ("market", "aib-residual-mix.2025.DE")]


JUNK = (None, "", "n/a", -1, 1e300, True, "=1+1", "2025", "SRCO2RTA", "Country", "x" * 40_000)


@pytest.mark.parametrize("publisher", ["egrid", "aib_residual_mix", "desnz"])
def test_no_cell_makes_a_traceback(publisher: str, tmp_path: Path) -> None:
    """Whatever stands in a cell: the set is written, or one line says why not."""
    makers: dict[str, Callable[[], openpyxl.Workbook]] = {"egrid": egrid_book, "aib_residual_mix": aib_book, "desnz": _twin}
    options = {"retrieved": date(2026, 11, 25)}
    chance = random.Random(20261125)  # noqa: S311 - a sample, no secret
    refusals: dict[int, str] = {}
    for number in range(25):
        book = makers[publisher]()
        sheet = chance.choice(book.worksheets)
        sheet.cell(chance.randint(1, sheet.max_row + 1), chance.randint(1, sheet.max_column + 1)).value = chance.choice(JUNK)
        book.save(tmp_path / "junk.xlsx")
        try:
            import_publication(publisher, tmp_path / "junk.xlsx", tmp_path / str(number), options)
        except (InputError, UsageError) as error:
            refusals[number] = str(error)
    assert 0 < len(refusals) < 25
    assert all("fix: " in text and "\n" not in text for text in refusals.values())
    assert [number for number in range(25) if (tmp_path / str(number)).exists() == (number in refusals)] == []
