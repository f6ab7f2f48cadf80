"""Import EPA's supply chain emission factors by NAICS code and gas: kg per 2022 US dollar at purchaser price, and their activity types."""

import csv
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

from reporting.importers.writer import FactorRow, LayoutChangedError, SetMeta, write_set

WITH, WITHOUT = "Supply Chain Emission Factors with Margins", "Supply Chain Emission Factors without Margins"
COLUMNS = (
    "2017 NAICS Code",
    "2017 NAICS Title",
    "GHG",
    "Unit",
    WITHOUT,
    "Margins of Supply Chain Emission Factors",
    WITH,
    "Reference USEEIO Code",
)
KG, KG_CO2E = "kg/2022 USD, purchaser price", "kg CO2e/2022 USD, purchaser price"
GASES = {
    "Carbon dioxide": "CO2",
    "Methane": "CH4",
    "Nitrous oxide": "N2O",
    "HFC-125": "HFC-125",
    "HFC-134a": "HFC-134a",
    "HFC-143a": "HFC-143a",
    "HFC-23": "HFC-23",
    "HFC-236fa": "HFC-236fa",
    "HFC-32": "HFC-32",
    "Carbon tetrafluoride": "PFC-14",
    "Hexafluoroethane": "PFC-116",
    "Perfluoropropane": "PFC-218",
    "Perfluorocyclobutane": "PFC-318",
    "Perfluorobutane": "PFC-31-10",
    "Perfluorohexane": "PFC-51-14",
    "Sulfur hexafluoride": "SF6",
    "Nitrogen trifluoride": "NF3",
    "HFCs and PFCs, unspecified": "CO2e",
}
"""Our gas for each printed name; the unspecified mixture is printed as kg CO2e and stays so."""
CAPITAL_GOODS = (
    "236220",
    "238160",
    "238210",
    "238220",
    "333415",
    "334111",
    "334112",
    "334118",
    "334210",
    "334413",
    "335311",
    "335313",
    "335911",
)
"""Codes of buildings, cooling, power and computing equipment, which are also bought as capital goods (Scope 3 category 2)."""


def import_file(path: Path, folder: Path) -> None:
    """Write the factor set, one factor per NAICS code with margins and one without; raises LayoutChangedError on an unknown layout."""
    rows = [row for line, record in _records(path) for row in _both(line, record)]
    write_set(folder, _meta(path), rows)


def activity_types(path: Path) -> list[tuple[str, ...]]:
    """Return the rows of activity_types.csv: spend.<code> for every code, capital.<code> for capital goods priced like them."""
    titles = {record[COLUMNS[0]]: record[COLUMNS[1]] for _, record in _records(path)}
    spend = [_type(f"spend.{code}", f"Spend: {title}", "1", "") for code, title in titles.items()]
    capital = [_type(f"capital.{code}", f"Capital goods: {titles[code]}", "2", f"spend.{code}") for code in CAPITAL_GOODS]
    return [*spend, *capital]


def _records(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield row number and record of the publisher's file, every name and unit known."""
    with path.open(encoding="utf-8", newline="") as file:
        table = csv.DictReader(file)
        if tuple(table.fieldnames or ()) != COLUMNS:
            raise LayoutChangedError(path.name, "row 1", ", ".join(COLUMNS), ", ".join(table.fieldnames or ()))
        for line, record in enumerate(table, start=2):
            gas = GASES.get(record["GHG"])
            unit = KG_CO2E if gas == "CO2e" else KG
            if gas is None or record["Unit"] != unit:
                found = f'"{record["GHG"]}" in "{record["Unit"]}"'
                raise LayoutChangedError(path.name, f"row {line}, columns GHG and Unit", f'a known gas in "{unit}"', found)
            yield line, record


def _both(line: int, record: dict[str, str]) -> Iterator[FactorRow]:
    code = record[COLUMNS[0]]
    yield _row(line, record, WITH, f"spend.{code}")
    yield _row(line, record, WITHOUT, "")


def _row(line: int, record: dict[str, str], column: str, kind: str) -> FactorRow:
    """Return one gas of one code: kg of the gas per US dollar at 2022 purchaser prices."""
    gas = GASES[record["GHG"]]
    code, title = record[COLUMNS[0]], record[COLUMNS[1]]
    return FactorRow(
        factor_id=f"epa-supply-chain.1.3.{code}.{'with' if column == WITH else 'without'}-margins",
        label=title if column == WITH else f"{title} (without margins)",
        activity_type=kind,
        region="US",
        supplier="",
        valid_from=date(2022, 1, 1),
        valid_to=date(2023, 1, 1),
        basis="",
        boundary="cradle_to_gate",
        gas=gas,
        published_value=record[column],
        published_unit=record["Unit"],
        value=Decimal(record[column]),
        value_as="kg_co2e" if gas == "CO2e" else "kg_gas",
        per_unit="USD@2022",
        price_year="2022",
        uncertainty="",
        is_biogenic=False,
        citation=f"NAICS_byGHG_USD2022, row {line}",
    )


def _type(kind: str, label: str, category: str, priced_as: str) -> tuple[str, ...]:
    citation = f"GHG Protocol Scope 3 Standard category {category}; 2017 NAICS"
    iso = "4"
    return (kind, label, "3", category, iso, "money", "single", "cradle_to_gate", "", "false", "", priced_as, "true", citation)


def _meta(path: Path) -> SetMeta:
    return SetMeta(
        publisher="US EPA Office of Research and Development",
        title="Supply Chain Greenhouse Gas Emission Factors v1.3 by NAICS-6",
        edition="v1.3.0, by gas, USD 2022",
        url="https://catalog.data.gov/dataset/supply-chain-greenhouse-gas-emission-factors-v1-3-by-naics-6",
        licence="US public domain, 17 USC 105",
        redistributable=True,
        retrieved=date(2026, 11, 23),
        sha256=sha256(path.read_bytes()).hexdigest(),
        gwp_set="AR5",
        usable_until=date(2027, 12, 31),
        supersedes=None,
        preference=30,
        attribution=None,
    )
