"""Import EPA's supply chain emission factors by NAICS code and gas: kg per 2022 US dollar at purchaser price, and their activity types."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from reporting.importers.known_files import Publication, identify
from reporting.importers.opening import number_text, records
from reporting.importers.writer import FactorRow, LayoutChangedError, SetMeta, write_set
from reporting.types import UsageError

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


LAYOUT = f"the CSV by gas (NAICS_byGHG_USD2022): {', '.join(COLUMNS)}"
ENDINGS = (".csv",)


def import_file(path: Path, folder: Path, *, edition: str = "", retrieved: date | None = None) -> None:
    """Write the factor set, one factor per NAICS code with margins and one without; raises LayoutChangedError on an unknown layout.

    The file does not state its version: a known file is known by its digest, another needs `edition` (as v1.4.0) and `retrieved`.
    """
    publication = identify("epa_supply_chain", path, edition, retrieved)
    version = _version(publication.edition)
    rows = [row for line, record in _records(path) for row in _both((path.name, line), record, version)]
    write_set(folder, _meta(publication), rows)


def set_id(meta: Mapping[str, Any]) -> str:
    """Return the set's folder name: publisher and version, as epa_supply_chain_1.3."""
    return f"epa_supply_chain_{_version(str(meta['edition']))}"


def _version(edition: str) -> str:
    found = re.match(r"v(\d+\.\d+)", edition)
    if found is None:
        raise UsageError(f'--edition "{edition}" does not begin with a version. fix: write it as v1.4.0')
    return found[1]


def activity_types(path: Path) -> list[tuple[str, ...]]:
    """Return the rows of activity_types.csv: spend.<code> for every code, capital.<code> for capital goods priced like them."""
    titles = {record[COLUMNS[0]]: record[COLUMNS[1]] for _, record in _records(path)}
    spend = [_type(f"spend.{code}", f"Spend: {title}", "1", "") for code, title in titles.items()]
    capital = [_type(f"capital.{code}", f"Capital goods: {titles[code]}", "2", f"spend.{code}") for code in CAPITAL_GOODS]
    return [*spend, *capital]


def _records(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield row number and record of the publisher's file, every name and unit known."""
    for line, record in records(path, COLUMNS):
        gas = GASES.get(record["GHG"])
        unit = KG_CO2E if gas == "CO2e" else KG
        if gas is None or record["Unit"] != unit:
            found = f'"{record["GHG"]}" in "{record["Unit"]}"'
            raise LayoutChangedError(path.name, f"row {line}, columns GHG and Unit", f'a known gas in "{unit}"', found)
        if not re.fullmatch(r"\d{6}", record[COLUMNS[0]]):
            raise LayoutChangedError(path.name, f"row {line}, column {COLUMNS[0]}", "a code of six digits", f'"{record[COLUMNS[0]]}"')
        yield line, record


def _both(place: tuple[str, int], record: dict[str, str], version: str) -> Iterator[FactorRow]:
    code = record[COLUMNS[0]]
    yield _row(place, record, (WITH, f"spend.{code}"), version)
    yield _row(place, record, (WITHOUT, ""), version)


def _row(place: tuple[str, int], record: dict[str, str], column_and_type: tuple[str, str], version: str) -> FactorRow:
    """Return one gas of one code: kg of the gas per US dollar at 2022 purchaser prices."""
    (file_name, line), (column, kind) = place, column_and_type
    gas = GASES[record["GHG"]]
    code, title = record[COLUMNS[0]], record[COLUMNS[1]]
    return FactorRow(
        factor_id=f"epa-supply-chain.{version}.{code}.{'with' if column == WITH else 'without'}-margins",
        label=title if column == WITH else f"{title} (without margins)",
        activity_type=kind,
        region="US",
        valid_from=date(2022, 1, 1),
        valid_to=date(2023, 1, 1),
        basis="",
        boundary="cradle_to_gate",
        gas=gas,
        published_value=record[column],
        published_unit=record["Unit"],
        value=number_text(file_name, f"row {line}, column {column}", record[column]),
        value_as="kg_co2e" if gas == "CO2e" else "kg_gas",
        per_unit="USD@2022",
        price_year="2022",
        is_biogenic=False,
        citation=f"NAICS_byGHG_USD2022, row {line}",
    )


def _type(kind: str, label: str, category: str, priced_as: str) -> tuple[str, ...]:
    citation = f"GHG Protocol Scope 3 Standard category {category}; 2017 NAICS"
    iso = "4"
    return (kind, label, "3", category, iso, "money", "single", "cradle_to_gate", "", "false", "", priced_as, "true", citation)


def _meta(publication: Publication) -> SetMeta:
    return SetMeta(
        publisher="US EPA Office of Research and Development",
        title=f"Supply Chain Greenhouse Gas Emission Factors v{_version(publication.edition)} by NAICS-6",
        edition=publication.edition,
        url="https://catalog.data.gov/dataset/supply-chain-greenhouse-gas-emission-factors-v1-3-by-naics-6",
        licence="US public domain, 17 USC 105",
        redistributable=True,
        retrieved=publication.retrieved,
        sha256=publication.sha256,
        gwp_set="AR5",
        usable_until=publication.usable_until,
        supersedes=None,
        preference=30,
        attribution=None,
    )
