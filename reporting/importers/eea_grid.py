"""Import the European Environment Agency's emission intensity of electricity generation: direct CO2e per kWh by country and year."""

import csv
from collections.abc import Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from hashlib import sha256
from pathlib import Path

from reporting.importers.countries import by_alpha_3
from reporting.importers.writer import FactorRow, LayoutChangedError, SetMeta, write_set

VALUE = "Carbon intensity of electricity (gCO2/kWh)"
COLUMNS = ("Entity", "Code", "Year", VALUE)
UNCODED = {"EU-27": "EU27", "EU27+1": ""}
"""The agency's groups, which carry no code: our region, or '' for the EU with the United Kingdom, which no activity is placed in."""


def import_file(path: Path, folder: Path) -> None:
    """Write the factor set: one factor per country and data year; raises LayoutChangedError on an unknown column, code or number."""
    write_set(folder, _meta(path), list(_rows(path)))


def _rows(path: Path) -> Iterator[FactorRow]:
    regions = by_alpha_3()
    with path.open(encoding="utf-8", newline="") as file:
        table = csv.DictReader(file)
        if tuple(table.fieldnames or ()) != COLUMNS:
            raise LayoutChangedError(path.name, "row 1", ", ".join(COLUMNS), ", ".join(table.fieldnames or ()))
        for line, record in enumerate(table, start=2):
            code, entity = record["Code"], record["Entity"]
            region = regions.get(code) if code else UNCODED.get(entity)
            if region is None:
                raise LayoutChangedError(
                    path.name,
                    f"row {line}, column Code",
                    "an ISO 3166-1 alpha-3 code, or a known group without one",
                    f'"{code}" ({entity})',
                )
            if region:
                yield _row(path.name, line, record, region)


def _row(name: str, line: int, record: dict[str, str], region: str) -> FactorRow:
    """Return one country and year: g CO2e per kWh of gross generation, converted exactly to kg."""
    try:
        year, value = int(record["Year"]), Decimal(record[VALUE]) / 1000
    except (ValueError, InvalidOperation):
        raise LayoutChangedError(name, f"row {line}", "a year and a number", f'"{record["Year"]}", "{record[VALUE]}"') from None
    return FactorRow(
        factor_id=f"eea-grid.2020.{region}.{year}",
        label=f"Electricity generated in {record['Entity']}, {year}, direct emissions",
        activity_type="electricity.purchased",
        region=region,
        supplier="",
        valid_from=date(year, 1, 1),
        valid_to=date(year + 1, 1, 1),
        basis="location",
        boundary="direct",
        gas="CO2e",
        published_value=record[VALUE],
        published_unit="g CO2 per kWh",
        value=value,
        value_as="kg_co2e",
        per_unit="kWh",
        price_year="",
        uncertainty="",
        is_biogenic=False,
        citation=f"eu-carbon-intensity-electricity.csv, row {line}; CO2e by the indicator's definition, whatever its column head says",
    )


def _meta(path: Path) -> SetMeta:
    return SetMeta(
        publisher="European Environment Agency (EEA)",
        title="Greenhouse gas emission intensity of electricity generation in Europe (direct, gross generation)",
        edition="Data 2000 to 2020, from a copy in the layout of Our World in Data",
        url="https://www.eea.europa.eu/data-and-maps/indicators/overview-of-the-electricity-production-4",
        licence="EEA standard re-use policy: re-use permitted free of charge, the source acknowledged (https://www.eea.europa.eu/legal/copyright)",
        redistributable=True,
        retrieved=date(2026, 11, 23),
        sha256=sha256(path.read_bytes()).hexdigest(),
        gwp_set="AR4",
        usable_until=date(2022, 12, 31),
        supersedes=None,
        preference=50,
        attribution="European Environment Agency, Greenhouse gas emission intensity of electricity generation in Europe",
    )
