"""Import Our World in Data's carbon intensity of electricity (Ember, Energy Institute): lifecycle CO2e per kWh by country and year."""

import csv
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

from reporting.importers.countries import by_alpha_3
from reporting.importers.writer import FactorRow, LayoutChangedError, SetMeta, write_set

VALUE = "Carbon intensity of electricity per kWh"
COLUMNS = ("Entity", "Code", "Year", VALUE)
SPECIAL = {"OWID_WRL": "world", "OWID_EU27": "EU27", "OWID_KOS": "XK"}
AGGREGATES = frozenset(f"OWID_{name}" for name in ("AFR", "ASI", "EUR", "HIC", "LIC", "LMC", "NAM", "OCE", "SAM", "UMC")) | {""}
"""Continents and income groups, which no activity is placed in; Ember's own groups have no code."""


def import_file(path: Path, folder: Path) -> None:
    """Write the factor set: one factor per country and data year; raises LayoutChangedError on an unknown column or code."""
    write_set(folder, _meta(path), list(_rows(path)))


def _rows(path: Path) -> Iterator[FactorRow]:
    regions = _regions()
    with path.open(encoding="utf-8", newline="") as file:
        table = csv.DictReader(file)
        if tuple(table.fieldnames or ()) != COLUMNS:
            raise LayoutChangedError(path.name, "row 1", ", ".join(COLUMNS), ", ".join(table.fieldnames or ()))
        for line, record in enumerate(table, start=2):
            code = record["Code"]
            if code in AGGREGATES:
                continue
            if code not in regions:
                raise LayoutChangedError(
                    path.name, f"row {line}, column Code", "an ISO 3166-1 alpha-3 code or a known OWID code", f'"{code}"'
                )
            yield _row(line, record, regions[code])


def _row(line: int, record: dict[str, str], region: str) -> FactorRow:
    """Return one country and year: g CO2e per kWh generated, converted exactly to kg."""
    year = int(record["Year"])
    return FactorRow(
        factor_id=f"owid-ember.2026.{region}.{year}",
        label=f"Electricity generated in {record['Entity']}, {year}, lifecycle",
        activity_type="electricity.purchased",
        region=region,
        supplier="",
        valid_from=date(year, 1, 1),
        valid_to=date(year + 1, 1, 1),
        basis="location",
        boundary="lifecycle",
        gas="CO2e",
        published_value=record[VALUE],
        published_unit="g CO2e per kWh",
        value=Decimal(record[VALUE]) / 1000,
        value_as="kg_co2e",
        per_unit="kWh",
        price_year="",
        uncertainty="",
        is_biogenic=False,
        citation=f"carbon-intensity-electricity.csv, row {line}",
    )


def _regions() -> dict[str, str]:
    """Return our region for each code: ISO 3166-1 alpha-3 to alpha-2, and the three OWID codes that are regions of ours."""
    return by_alpha_3() | SPECIAL


def _meta(path: Path) -> SetMeta:
    return SetMeta(
        publisher="Our World in Data; Ember; Energy Institute",
        title="Carbon intensity of electricity generation (lifecycle; domestic generation, imports excluded)",
        edition="Vintage of April 2026, data 1990 to 2025",
        url="https://ourworldindata.org/grapher/carbon-intensity-electricity",
        licence="CC BY 4.0",
        redistributable=True,
        retrieved=date(2026, 11, 23),
        sha256=sha256(path.read_bytes()).hexdigest(),
        gwp_set="AR5",
        usable_until=date(2028, 12, 31),
        supersedes=None,
        preference=60,
        attribution="Ember (2026) and Energy Institute, Statistical Review of World Energy, with major processing by Our World in Data",
    )
