"""Import Google's figures of its cloud regions: grid carbon intensity as a factor set, carbon-free energy as a reference table."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import astuple, dataclass, fields
from datetime import date
from decimal import Decimal, InvalidOperation
from hashlib import sha256
from pathlib import Path
from typing import Any

from reporting.importers.known_files import Publication, identify
from reporting.importers.opening import header, records
from reporting.importers.writer import FactorRow, LayoutChangedError, SetMeta, write_set

REGION, PLACE, CFE = "Google Cloud Region", "Location", "Google CFE"
BOUNDARIES = {"Lifecycle grid carbon intensity (gCO2eq / kWh)": "lifecycle", "Grid carbon intensity (gCO2eq / kWh)": "direct"}
"""The column of the value says which it is: life-cycle for 2019 and 2020, "average operational gross emissions" from 2021."""
NO_PLACE = "N/A"
URL = "https://github.com/GoogleCloudPlatform/region-carbon-info"


@dataclass(frozen=True, slots=True)
class Published:
    """One line of a yearly file, with the place of its cells."""

    year: int
    region: str
    place: str
    carbon_free: str
    intensity: str
    column: str
    citation: str


@dataclass(frozen=True, slots=True)
class CarbonFree:
    """One row of carbon_free_energy.csv: the hourly matched share (0 to 1) of a cloud region and year."""

    region: str
    year: int
    carbon_free_share: str
    status: str
    citation: str


LAYOUT = f"data/yearly/2024.csv, or the folder of the yearly files: {REGION}, {PLACE}, {CFE} and the grid's intensity"
ENDINGS = (".csv",)
TAKES_FOLDER = True


def import_file(path: Path, folder: Path, *, retrieved: date | None = None) -> None:
    """Write the factor set from a folder of yearly files (2024.csv ...) or one of them; the last names the edition.

    Raises LayoutChangedError on an unknown layout or number; files not known by their digest need the day of their retrieval.
    """
    files = yearly_files(path)
    edition = int(files[-1].stem)
    rows = [_row(line, edition) for line in read(files) if line.intensity]
    digest = sha256(b"".join(file.read_bytes() for file in files)).hexdigest()
    publication = identify("google_regions", path, f"Data {files[0].stem} to {edition}", retrieved, digest)
    write_set(folder, _meta(publication, edition), rows)


def set_id(meta: Mapping[str, Any]) -> str:
    """Return the set's folder name: the last year of the data."""
    return f"google_regions_{str(meta['edition'])[-4:]}"


def carbon_free_table(path: Path) -> str:
    """Give the text of carbon_free_energy.csv from the same folder; regions for which Google prints no share have no row."""
    rows = [
        CarbonFree(f"gcp:{line.region}", line.year, line.carbon_free, "published", line.citation)
        for line in read(yearly_files(path))
        if line.carbon_free
    ]
    text = io.StringIO()
    out = csv.writer(text, lineterminator="\n")
    out.writerow([field.name for field in fields(CarbonFree)])
    out.writerows(astuple(row) for row in sorted(rows, key=lambda row: (row.region, row.year)))
    return text.getvalue()


def yearly_files(path: Path) -> list[Path]:
    """The yearly files of a folder in order, or the one given; raises LayoutChangedError where there is none."""
    files = sorted(file for file in (path.glob("*.csv") if path.is_dir() else [path]) if re.fullmatch(r"20\d\d\.csv", file.name))
    if not files:
        raise LayoutChangedError(path.name, "folder", "files named after their year, such as 2024.csv", "none")
    return files


def read(files: Iterable[Path]) -> Iterator[Published]:
    """Every line of the yearly files; a line of no place repeats another region's figures and is left out."""
    for file in files:
        names = header(file)
        if names[:3] != (REGION, PLACE, CFE) or names[3:] not in {(name,) for name in BOUNDARIES}:
            expected = f"{REGION}, {PLACE}, {CFE} and {' or '.join(BOUNDARIES)}"
            raise LayoutChangedError(file.name, "row 1", expected, ", ".join(names))
        for number, record in records(file, names):
            if record[PLACE] != NO_PLACE:
                yield _line(file, number, record, names[3])


def _line(file: Path, number: int, record: dict[str, str], column: str) -> Published:
    for name, largest in ((CFE, 1), (column, 2000)):
        if record[name] and not _between(record[name], largest):
            raise LayoutChangedError(
                file.name, f"row {number}, column {name}", f"a number from 0 to {largest} or nothing", f'"{record[name]}"'
            )
    citation = f"data/yearly/{file.name}, row {number}"
    return Published(int(file.stem), record[REGION], record[PLACE], record[CFE], record[column], column, citation)


def _between(text: str, largest: int) -> bool:
    try:
        return 0 <= Decimal(text) <= largest
    except InvalidOperation:
        return False


def _row(line: Published, edition: int) -> FactorRow:
    """Return one region and year: g CO2e per kWh of the grid there, converted exactly to kg."""
    boundary = BOUNDARIES[line.column]
    return FactorRow(
        factor_id=f"google-regions.{edition}.{line.region}.{line.year}",
        label=f"Grid electricity at Google Cloud {line.region} ({line.place}), {line.year}, {boundary}",
        activity_type="electricity.purchased",
        region=f"gcp:{line.region}",
        valid_from=date(line.year, 1, 1),
        valid_to=date(line.year + 1, 1, 1),
        basis="location",
        boundary=boundary,
        gas="CO2e",
        published_value=line.intensity,
        published_unit="g CO2eq per kWh",
        value=Decimal(line.intensity) / 1000,
        value_as="kg_co2e",
        per_unit="kWh",
        is_biogenic=False,
        citation=line.citation,
    )


def _meta(publication: Publication, edition: int) -> SetMeta:
    """Return the head; the figures appear every year, so they may stand in for the year after the last one and no longer."""
    return SetMeta(
        publisher="Google Cloud",
        title="Carbon characteristics of Google Cloud regions: average carbon intensity of the local grid",
        edition=publication.edition,
        url=URL,
        licence="Apache-2.0",
        redistributable=True,
        retrieved=publication.retrieved,
        sha256=publication.sha256,
        gwp_set="not stated",
        usable_until=date(edition + 1, 12, 31),
        supersedes=None,
        preference=40,
        attribution="Google LLC, region-carbon-info; intensity of the grids from Electricity Maps, published by Google under Apache-2.0",
    )
