"""Import Our World in Data's carbon intensity of electricity (Ember, Energy Institute): lifecycle CO2e per kWh by country and year."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from reporting.importers.countries import by_alpha_3
from reporting.importers.known_files import Publication, identify, year_of
from reporting.importers.opening import number_text, records, year_text
from reporting.importers.writer import FactorRow, LayoutChangedError, SetMeta, write_set

VALUE = "Carbon intensity of electricity per kWh"
COLUMNS = ("Entity", "Code", "Year", VALUE)
SPECIAL = {"OWID_WRL": "world", "OWID_EU27": "EU27", "OWID_KOS": "XK"}
AGGREGATES = frozenset(f"OWID_{name}" for name in ("AFR", "ASI", "EUR", "HIC", "LIC", "LMC", "NAM", "OCE", "SAM", "UMC")) | {""}
"""Continents and income groups, which no activity is placed in; Ember's own groups have no code."""


LAYOUT = f"the CSV of the chart carbon-intensity-electricity: {', '.join(COLUMNS)}"
ENDINGS = (".csv",)


def import_file(path: Path, folder: Path, *, edition: str = "", retrieved: date | None = None) -> None:
    """Write the factor set: one factor per country and data year; raises LayoutChangedError on an unknown column or code.

    The file does not state its vintage: a known file is known by its digest, another needs `edition` (with a year) and `retrieved`.
    """
    publication = identify("owid_ember", path, edition, retrieved)
    vintage = year_of(publication.edition)
    write_set(folder, _meta(publication, vintage), list(_rows(path, vintage)))


def _rows(path: Path, vintage: str) -> Iterator[FactorRow]:
    regions = _regions()
    for line, record in records(path, COLUMNS):
        code = record["Code"]
        if code in AGGREGATES:
            continue
        if code not in regions:
            raise LayoutChangedError(path.name, f"row {line}, column Code", "an ISO 3166-1 alpha-3 code or a known OWID code", f'"{code}"')
        yield _row(path.name, line, record, (regions[code], vintage))


def _row(name: str, line: int, record: dict[str, str], place: tuple[str, str]) -> FactorRow:
    """Return one country and year of a vintage: g CO2e per kWh generated, converted exactly to kg."""
    region, vintage = place
    year = year_text(name, f"row {line}, column Year", record["Year"])
    return FactorRow(
        factor_id=f"owid-ember.{vintage}.{region}.{year}",
        label=f"Electricity generated in {record['Entity']}, {year}, lifecycle",
        activity_type="electricity.purchased",
        region=region,
        valid_from=date(year, 1, 1),
        valid_to=date(year + 1, 1, 1),
        basis="location",
        boundary="lifecycle",
        gas="CO2e",
        published_value=record[VALUE],
        published_unit="g CO2e per kWh",
        value=number_text(name, f"row {line}, column {VALUE}", record[VALUE]) / 1000,
        value_as="kg_co2e",
        per_unit="kWh",
        is_biogenic=False,
        citation=f"carbon-intensity-electricity.csv, row {line}",
    )


def _regions() -> dict[str, str]:
    """Return our region for each code: ISO 3166-1 alpha-3 to alpha-2, and the three OWID codes that are regions of ours."""
    return by_alpha_3() | SPECIAL


def _meta(publication: Publication, vintage: str) -> SetMeta:
    return SetMeta(
        publisher="Our World in Data; Ember; Energy Institute",
        title="Carbon intensity of electricity generation (lifecycle; domestic generation, imports excluded)",
        edition=publication.edition,
        url="https://ourworldindata.org/grapher/carbon-intensity-electricity",
        licence="CC BY 4.0",
        redistributable=True,
        retrieved=publication.retrieved,
        sha256=publication.sha256,
        gwp_set="AR5",
        usable_until=date(int(vintage) + 2, 12, 31),
        supersedes=None,
        preference=60,
        attribution=f"Ember ({vintage}) and Energy Institute, Statistical Review of World Energy, "
        "with major processing by Our World in Data",
    )
