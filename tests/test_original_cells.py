"""Every shipped value against the publishers' own files, read again by other code than the importers': the cell that its citation names."""

from __future__ import annotations

import csv
import re
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.utils import column_index_from_string

ROOT = Path(__file__).parents[1]
WORKBOOK = {
    "desnz_2024": "desnz/ghg-conversion-factors-2024-full_set_advanced_v1_1.xlsx",
    "desnz_2025": "desnz/ghg-conversion-factors-2025-full-set.xlsx",
    "desnz_2026": "desnz/ghg-conversion-factors-2026-full-set.xlsx",
    "epa_hub_2024": "epa_hub/ghg-emission-factors-hub-2024.xlsx",
    "epa_hub_2025": "epa_hub/ghg-emission-factors-hub-2025.xlsx",
    "epa_hub_2024_waste": "epa_hub/ghg-emission-factors-hub-2024.xlsx",
    "epa_hub_2025_waste": "epa_hub/ghg-emission-factors-hub-2025.xlsx",
}
BY_GAS = "epa_supplychain/SupplyChainGHGEmissionFactors_v1.3.0_NAICS_byGHG_USD2022.csv"
SUPPLY_COLUMN = {
    "with-margins": "Supply Chain Emission Factors with Margins",
    "without-margins": "Supply Chain Emission Factors without Margins",
}
Row = dict[str, str]


@cache
def shipped(name: str) -> tuple[Row, ...]:
    with (ROOT / "factors" / name / "factors.csv").open(encoding="utf-8", newline="") as stream:
        return tuple(csv.DictReader(stream))


def cells(path: Path, sheets: set[str]) -> dict[tuple[str, int, int], Any]:
    """The values of all cells of some sheets by sheet, row and column; the sheet "" is the first."""
    book = load_workbook(path, read_only=True, data_only=True)
    found: dict[tuple[str, int, int], Any] = {}
    for sheet in sheets:
        page = book.worksheets[0] if sheet == "" else book[sheet]
        for number, line in enumerate(page.iter_rows(values_only=True), start=1):
            found |= {(sheet, number, column): value for column, value in enumerate(line, start=1)}
    book.close()
    return found


def place(citation: str, *, is_one_sheet: bool) -> tuple[str, int, int]:
    """Sheet, row and column of a citation such as `Fuels, E12`; the EPA hub names a table of its only sheet."""
    match = re.fullmatch(r"(.+), ([A-Z]{1,2})(\d+)", citation)
    assert match, citation
    return "" if is_one_sheet else match[1], int(match[3]), column_index_from_string(match[2])


def agrees(printed: str, cell: object) -> bool:
    """Whether a cell holds the number of the set: all its digits, or the 15 that a spreadsheet shows of a binary number."""
    forms = [str(cell).strip(), f"{cell:.15g}"] if isinstance(cell, float) else [str(cell).strip()]
    try:
        return Decimal(printed) in [Decimal(form) for form in forms]
    except InvalidOperation:
        return False


@pytest.mark.parametrize("name", sorted(WORKBOOK))
def test_values_stand_in_the_cells_that_they_cite(name: str, shared: Path) -> None:
    rows = shipped(name)
    at = [place(row["citation"], is_one_sheet=name.startswith("epa")) for row in rows]
    found = cells(shared / "factors" / "originals" / WORKBOOK[name], {sheet for sheet, _, _ in at})
    differing = [
        (row["factor_id"], row["gas"], row["citation"], row["published_value"], found.get(where))
        for row, where in zip(rows, at, strict=True)
    ]
    assert [line for line in differing if not agrees(line[3], line[4])] == []


def test_a_planted_difference_is_seen() -> None:
    assert not agrees("0.207051", 0.20705)
    assert not agrees("1", None)
    assert not agrees("1", "n/a")
    assert agrees("0.20705", 0.20705)
    assert agrees("32", 32)
    assert agrees("0.05598", 0.055979999999999995)
    assert not agrees("0.05598", 0.0559799999)


def lines(path: Path) -> list[Row]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def row_no(citation: str) -> int:
    """The file's row that a citation names, counted with its head as row 1; the first data row is item 0."""
    match = re.search(r", row (\d+)", citation)
    assert match, citation
    return int(match[1]) - 2


def test_the_supply_chain_factors_stand_in_the_rows_that_they_cite(shared: Path) -> None:
    original = lines(shared / "factors" / "originals" / BY_GAS)
    differing = []
    for row in shipped("epa_supply_chain_1.3"):
        printed = original[row_no(row["citation"])]
        column = SUPPLY_COLUMN[row["factor_id"].rsplit(".", 1)[1]]
        if not agrees(row["published_value"], printed[column]) or f".{printed['2017 NAICS Code']}." not in row["factor_id"]:
            differing.append((row["factor_id"], row["gas"], row["published_value"], printed))
    assert differing == []


def test_the_grid_intensities_stand_in_the_rows_that_they_cite(shared: Path) -> None:
    original = lines(shared / "factors" / "originals" / "owid" / "carbon-intensity-electricity.csv")
    differing = []
    for row in shipped("owid_ember_2026"):
        printed = original[row_no(row["citation"])]
        value = next(cell for head, cell in printed.items() if head.startswith("Carbon intensity"))
        if not agrees(row["published_value"], value) or not row["factor_id"].endswith(f".{printed['Year']}"):
            differing.append((row["factor_id"], row["published_value"], printed))
    assert differing == []


def test_google_regions_stand_in_the_rows_that_they_cite(shared: Path) -> None:
    differing = []
    for row in shipped("google_regions_2024"):
        year = re.search(r"yearly/(\d{4})\.csv", row["citation"])
        assert year
        printed = lines(shared / "factors" / "originals" / "gcp" / f"{year[1]}.csv")[row_no(row["citation"])]
        value = next(cell for head, cell in printed.items() if "grid carbon intensity" in head.lower())
        if not agrees(row["published_value"], value) or f".{next(iter(printed.values()))}." not in row["factor_id"]:
            differing.append((row["factor_id"], row["published_value"], printed))
    assert differing == []
