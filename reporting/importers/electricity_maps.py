"""Import a yearly or monthly CSV of the Electricity Maps data portal: carbon intensity of a zone, direct and life-cycle as factors apart.

Both generations of headings are read ("(LCA)" before, "(Life cycle)" since 2025). A yearly or monthly file holds the publisher's own means,
weighted by consumption; an hourly or daily file does not hold the consumption, so that a mean of it would be unweighted: it is refused.
The publisher's data may not be passed on beyond its licence: what is imported stays the user's own copy. The tests read made-up files.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from reporting.importers.known_files import identify
from reporting.importers.opening import header, number_text, records
from reporting.importers.writer import FactorRow, LayoutChangedError, SetMeta, write_set
from reporting.reference import read_rows
from reporting.resources import folder as product_folder
from reporting.types import InputError, UsageError

LAYOUT = "the yearly or monthly CSV of one zone under the portal's file name (DE_2025_yearly.csv), old or new headings; your own copy"
ENDINGS = (".csv",)
TIME, ZONE = "datetime (utc)", "zone id"
INTENSITY = {
    "carbon intensity gco2eq/kwh (direct)": "direct",
    "carbon intensity gco2eq/kwh (lca)": "lifecycle",
    "carbon intensity gco2eq/kwh (life cycle)": "lifecycle",
}
"""The boundary that each heading says; the two never stand in for each other."""
ESTIMATED, METHOD = "data estimated", "data estimation method"
KNOWN = frozenset({
    TIME, "country", "zone name", ZONE, *INTENSITY, "low carbon percentage", "renewable percentage", "carbon-free energy percentage (cfe%)",
    "renewable energy percentage (re%)", "data source", ESTIMATED, METHOD, "citation",
})  # fmt: skip
GRAINS = ("yearly", "monthly", "daily", "hourly")
YES_NO = {"true": True, "false": False, "": False}


@dataclass(frozen=True, slots=True)
class Interval:
    """A row of the file: the interval that its values are of, and whether the publisher estimated them."""

    line: int
    first: date
    end: date
    estimated: bool
    method: str
    values: Mapping[str, str]


def import_file(path: Path, folder: Path, *, edition: str = "", retrieved: date | None = None, region: str = "") -> list[str]:
    """Write the factor set of a zone; `region` says which of our regions the zone is where it has none of the same name."""
    grain = _grain(path)
    names = [_plain(name) for name in header(path)]
    _check_headings(path, names)
    rows = [dict(zip(names, record.values(), strict=True)) | {"": str(line)} for line, record in records(path, header(path))]
    zone = _zone(path, rows)
    intervals = [_interval(path.name, row, grain) for row in rows]
    place = region or zone
    if place not in {row["region"] for row in read_rows(product_folder("factors") / "regions.csv")}:
        raise UsageError(f'{path}: zone "{place}" is no region of factors/regions.csv. fix: add --region and the region that it stands for')
    title = edition or f"{zone} {intervals[0].first.year} to {intervals[-1].first.year} {grain}"
    publication = identify("electricity_maps", path, title, retrieved)
    factors = [factor for interval in intervals for factor in _rows((path.name, zone, place, grain), interval)]
    write_set(folder, _meta(publication.sha256, title, publication.retrieved, intervals[-1].end), factors)
    estimated = sum(interval.estimated for interval in intervals)
    return [f"{estimated} of {len(intervals)} intervals are estimated by the publisher and say so"] if estimated else []


def set_id(meta: Mapping[str, Any]) -> str:
    """Return the set's folder name, as electricity_maps_de_2025_to_2025_yearly."""
    return "electricity_maps_" + re.sub(r"[^a-z0-9]+", "_", str(meta["edition"]).lower()).strip("_")


def _grain(path: Path) -> str:
    """What the file name says its rows are; only the publisher's own weighted means may become factors."""
    found = [grain for grain in GRAINS if re.search(rf"(?<![a-z]){grain}(?![a-z])", path.stem.lower())]
    if len(found) != 1:
        raise InputError(f"{path}: the name says neither yearly nor monthly. fix: keep the name under which the file was downloaded")
    if found[0] in {"daily", "hourly"}:
        reason = f"{found[0]} values without the consumption of each interval give no weighted mean"
        raise InputError(
            f"{path}: {reason}. fix: download the yearly or monthly file of the zone; hourly values serve hourly matching only"
        )
    return found[0]


def _plain(heading: str) -> str:
    """A heading without what differs between the generations: letter case and the subscript of CO2."""
    return " ".join(heading.replace("₂", "2").casefold().split())


def _check_headings(path: Path, names: Sequence[str]) -> None:
    for position, name in enumerate(names, start=1):
        if name not in KNOWN or names.index(name) != position - 1:
            raise LayoutChangedError(path.name, f"row 1, column {position}", "a heading of the portal, once", f'"{name}"')
    boundaries = [INTENSITY[name] for name in names if name in INTENSITY]
    if TIME not in names or ZONE not in names or sorted(boundaries) != ["direct", "lifecycle"]:
        expected = "Datetime (UTC), Zone id, and carbon intensity direct and life cycle"
        raise LayoutChangedError(path.name, "row 1", expected, ", ".join(names))


def _zone(path: Path, rows: Sequence[Mapping[str, str]]) -> str:
    """The one zone of the file."""
    if not rows:
        raise LayoutChangedError(path.name, "row 2", "a row of values", "none")
    for row in rows:
        if row[ZONE] != rows[0][ZONE] or not re.fullmatch(r"[A-Z][A-Z0-9-]{1,19}", row[ZONE]):
            raise LayoutChangedError(path.name, f"row {row['']}, column Zone id", "one zone in the whole file", f'"{row[ZONE]}"')
    return rows[0][ZONE]


def _interval(name: str, row: Mapping[str, str], grain: str) -> Interval:
    """The year or month that begins at the row's time; any other time is not of a file of that grain."""
    cell = f"row {row['']}, column Datetime (UTC)"
    form = r"(20\d\d)-(01)-01" if grain == "yearly" else r"(20\d\d)-(0[1-9]|1[0-2])-01"
    found = re.fullmatch(form + r"([ T]00:00(:00(\.0+)?)?(Z|\+00:00)?)?", row[TIME])
    if found is None:
        raise LayoutChangedError(name, cell, f"the first moment of a {grain.removesuffix('ly')}", f'"{row[TIME]}"')
    first = date(int(found[1]), int(found[2]), 1)
    end = date(first.year + 1, 1, 1) if grain == "yearly" else (first + timedelta(days=31)).replace(day=1)
    said = row.get(ESTIMATED, "").casefold()
    if said not in YES_NO:
        raise LayoutChangedError(name, f"row {row['']}, column Data estimated", "true or false", f'"{row[ESTIMATED]}"')
    values = {INTENSITY[column]: value for column, value in row.items() if column in INTENSITY}
    return Interval(int(row[""]), first, end, YES_NO[said], row.get(METHOD, ""), values)


def _rows(place: tuple[str, str, str, str], interval: Interval) -> Iterator[FactorRow]:
    """A direct and a life-cycle factor: g CO2e per kWh consumed in the zone, converted exactly to kg."""
    name, zone, region, grain = place
    when = str(interval.first.year) if grain == "yearly" else interval.first.isoformat()[:7]
    mark = f", estimated by the publisher ({interval.method or 'method not stated'})" if interval.estimated else ""
    for boundary, published in sorted(interval.values.items()):
        cell = f"row {interval.line}, carbon intensity ({boundary})"
        yield FactorRow(
            factor_id=f"electricity-maps.{zone}.{when}.{boundary}",
            label=f"Electricity consumed in zone {zone}, {when}, {boundary}{mark}",
            activity_type="electricity.purchased",
            region=region,
            valid_from=interval.first,
            valid_to=interval.end,
            basis="location",
            boundary=boundary,
            gas="CO2e",
            published_value=published,
            published_unit="g CO2eq per kWh",
            value=number_text(name, cell, published) / 1000,
            value_as="kg_co2e",
            per_unit="kWh",
            is_biogenic=False,
            citation=f"{name}, {cell}{mark}",
        )


def _meta(sha256: str, title: str, retrieved: date, end: date) -> SetMeta:
    return SetMeta(
        publisher="Electricity Maps",
        title="Carbon intensity of electricity consumed (flow-traced), direct and life-cycle",
        edition=title,
        url="https://portal.electricitymaps.com/datasets",
        licence="Electricity Maps: own copy of the user, under the terms of its download",
        redistributable=False,
        retrieved=retrieved,
        sha256=sha256,
        gwp_set="not stated",
        usable_until=date(end.year + 1, 12, 31),
        supersedes=None,
        preference=35,
        attribution="Electricity Maps, https://www.electricitymaps.com",
    )
