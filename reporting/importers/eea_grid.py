"""Import the European Environment Agency's emission intensity of electricity generation: direct CO2e per kWh by country and year."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from reporting.importers.countries import by_alpha_3
from reporting.importers.known_files import Publication, identify, year_of
from reporting.importers.opening import number_text, records, year_text
from reporting.importers.writer import FactorRow, LayoutChangedError, SetMeta, write_set

VALUE = "Carbon intensity of electricity (gCO2/kWh)"
COLUMNS = ("Entity", "Code", "Year", VALUE)
UNCODED = {"EU-27": "EU27", "EU27+1": ""}
"""The agency's groups, which carry no code: our region, or '' for the EU with the United Kingdom, which no activity is placed in."""


LAYOUT = f"eu-carbon-intensity-electricity.csv: {', '.join(COLUMNS)}; --edition ends with the last year of the data"
ENDINGS = (".csv",)


def import_file(path: Path, folder: Path, *, edition: str = "", retrieved: date | None = None) -> None:
    """Write the factor set: one factor per country and data year; raises LayoutChangedError on an unknown column, code or number."""
    publication = identify("eea_grid", path, edition, retrieved)
    last = _last_year(publication.edition)
    write_set(folder, _meta(publication), list(_rows(path, last)))


def set_id(meta: Mapping[str, Any]) -> str:
    """Return the set's folder name: the last year of the data."""
    return f"eea_grid_{_last_year(str(meta['edition']))}"


def _last_year(edition: str) -> str:
    year_of(edition)
    return str(re.findall(r"(?<!\d)20\d\d(?!\d)", edition)[-1])


def _rows(path: Path, last: str) -> Iterator[FactorRow]:
    regions = by_alpha_3()
    for line, record in records(path, COLUMNS):
        code, entity = record["Code"], record["Entity"]
        region = regions.get(code) if code else UNCODED.get(entity)
        if region is None:
            expected = "an ISO 3166-1 alpha-3 code, or a known group without one"
            raise LayoutChangedError(path.name, f"row {line}, column Code", expected, f'"{code}" ({entity})')
        if region:
            yield _row(path.name, line, record, (region, last))


def _row(name: str, line: int, record: dict[str, str], place: tuple[str, str]) -> FactorRow:
    """Return one country and year: g CO2e per kWh of gross generation, converted exactly to kg."""
    region, last = place
    year = year_text(name, f"row {line}, column Year", record["Year"])
    value = number_text(name, f"row {line}, column {VALUE}", record[VALUE]) / 1000
    return FactorRow(
        factor_id=f"eea-grid.{last}.{region}.{year}",
        label=f"Electricity generated in {record['Entity']}, {year}, direct emissions",
        activity_type="electricity.purchased",
        region=region,
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
        is_biogenic=False,
        citation=f"eu-carbon-intensity-electricity.csv, row {line}; CO2e by the indicator's definition, whatever its column head says",
    )


def _meta(publication: Publication) -> SetMeta:
    return SetMeta(
        publisher="European Environment Agency (EEA)",
        title="Greenhouse gas emission intensity of electricity generation in Europe (direct, gross generation)",
        edition=publication.edition,
        url="https://www.eea.europa.eu/data-and-maps/indicators/overview-of-the-electricity-production-4",
        licence="EEA standard re-use policy: re-use permitted free of charge, the source acknowledged (https://www.eea.europa.eu/legal/copyright)",
        redistributable=True,
        retrieved=publication.retrieved,
        sha256=publication.sha256,
        gwp_set="AR4",
        usable_until=publication.usable_until,
        supersedes=None,
        preference=50,
        attribution="European Environment Agency, Greenhouse gas emission intensity of electricity generation in Europe",
    )
