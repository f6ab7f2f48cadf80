"""Import a table of the AIB European Residual Mix: direct CO2 per kWh by country, with the shares of renewable, nuclear and fossil sources.

The Association of Issuing Bodies publishes the table in its yearly report and workbook; its terms do not allow others to pass it on, so
what is imported stays the user's own copy. The layout is that of the report (country, shares, CO2 in g per kWh); the headings that are
understood stand in aib_names.csv. The workbook that the tests read is our own in that layout, made-up values included.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files
from pathlib import Path

from reporting.importers.known_files import identify
from reporting.importers.opening import refuse_formulas, refuse_other_edition
from reporting.importers.sheets import Sheet, open_sheets
from reporting.importers.writer import FactorRow, LayoutChangedError, SetMeta, write_rows, write_set
from reporting.reference import read_rows
from reporting.resources import folder as product_folder

LAYOUT = 'one sheet "Residual Mix <year>" with the headings Country, Renewable, Nuclear, Fossil and CO2 (gCO2/kWh); your own copy'
ENDINGS = (".xlsx",)
SHARES = ("renewable", "nuclear", "fossil")
SHARE_COLUMNS = ("region", "year", "basis", *SHARES, "citation")
ROUNDING = Decimal("0.005")
"""Three printed shares add up to 1 within half a per cent."""


@dataclass(frozen=True, slots=True)
class Mix:
    """The residual mix of a country: g CO2 per kWh and where it stands; shares from 0 to 1 in the order of SHARES."""

    region: str
    country: str
    grams: Decimal
    place: str
    shares: tuple[Decimal, ...]


def import_file(path: Path, folder: Path, *, edition: str = "", retrieved: date | None = None) -> list[str]:
    """Write the factor set and fuel_shares.csv; countries that print no residual mix are noted. Raises LayoutChangedError by cell."""
    sheet, year = _sheet(open_sheets(path))
    refuse_formulas(path, {sheet.name})
    refuse_other_edition(edition, str(year))
    mixes, notes = _mixes(sheet)
    publication = identify("aib_residual_mix", path, str(year), retrieved)
    write_set(folder, _meta(publication.sha256, publication.retrieved, year), [_row(mix, year) for mix in mixes])
    shares = [(mix.region, str(year), "residual", *(format(share, "f") for share in mix.shares), mix.place) for mix in mixes]
    write_rows(folder / "fuel_shares.csv", SHARE_COLUMNS, sorted(shares))
    return notes


def _sheet(sheets: Mapping[str, Sheet]) -> tuple[Sheet, int]:
    """The one sheet that is called residual mix, and the year in its name."""
    found = [name for name in sheets if re.search(r"residual mix\D*20\d\d", name, re.IGNORECASE)]
    if len(found) != 1:
        raise LayoutChangedError("Residual Mix <year>", "the sheet itself", "one sheet of that name", ", ".join(sheets))
    years = re.findall(r"20\d\d", found[0])
    return sheets[found[0]], int(years[0])


def _mixes(sheet: Sheet) -> tuple[list[Mix], list[str]]:
    head = next(
        (row for row in range(len(sheet.rows)) if any(_heading(sheet, row, c) == "country" for c in range(len(sheet.rows[row])))), None
    )
    if head is None:
        raise LayoutChangedError(sheet.name, "every row", "a heading Country", "none")
    columns = _columns(sheet, head)
    mixes, notes = list[Mix](), list[str]()
    for row in range(head + 1, len(sheet.rows)):
        if not sheet.text(row, columns["country"]):
            continue
        if any(_blank_or_zero(sheet, row, columns[name]) is False for name in (*SHARES, "co2")):
            mixes.append(_mix(sheet, row, columns))
        else:
            notes.append(f"{sheet.place(row, columns['co2'])}: no residual mix is printed for {sheet.text(row, columns['country'])}")
    return mixes, notes


def _heading(sheet: Sheet, row: int, column: int) -> str:
    return _names("heading").get(sheet.text(row, column).casefold(), "")


def _columns(sheet: Sheet, head: int) -> dict[str, int]:
    found: dict[str, int] = {}
    for column in range(len(sheet.rows[head])):
        meaning = _heading(sheet, head, column)
        if meaning in found:
            raise sheet.surprise(head, column, f"one column that means {meaning}")
        if meaning:
            found[meaning] = column
    for meaning in ("country", *SHARES, "co2"):
        if meaning not in found:
            raise LayoutChangedError(sheet.name, f"row {head + 1}", f"a heading of aib_names.csv that means {meaning}", "none")
    return found


def _blank_or_zero(sheet: Sheet, row: int, column: int) -> bool:
    """Whether a cell prints nothing; a 0 in every cell of a row means that nothing was left untracked, not that it was clean."""
    return sheet.text(row, column) in {"", "-", "n/a", "N/A"} or sheet.number(row, column) == 0


def _mix(sheet: Sheet, row: int, columns: Mapping[str, int]) -> Mix:
    shares = [sheet.number(row, columns[name]) for name in SHARES]
    total = sum(shares, Decimal(0))
    whole = next((Decimal(whole) for whole in (1, 100) if abs(total - whole) <= ROUNDING * whole), None)
    if whole is None:
        raise sheet.surprise(row, columns[SHARES[0]], f"shares that add up to 1 or 100, not {total}")
    if any(share < 0 for share in shares):
        raise sheet.surprise(row, columns[SHARES[0]], "shares that are not negative")
    country = sheet.text(row, columns["country"])
    region = _region(country)
    if not region:
        raise sheet.surprise(row, columns["country"], "a country of factors/regions.csv or aib_names.csv")
    grams = sheet.number(row, columns["co2"])
    if not 0 <= grams <= 2000:
        raise sheet.surprise(row, columns["co2"], "0 to 2000 g CO2 per kWh")
    return Mix(region, country, grams, sheet.place(row, columns["co2"]), tuple(share / whole for share in shares))


def _region(country: str) -> str:
    countries = {row["region"]: row["name"] for row in read_rows(product_folder("factors") / "regions.csv") if row["kind"] == "country"}
    by_name = {name.casefold(): region for region, name in countries.items()} | _names("country")
    return country if country in countries else by_name.get(country.casefold(), "")


@cache
def _names(kind: str) -> dict[str, str]:
    table = files("reporting.importers").joinpath("aib_names.csv").read_text(encoding="utf-8")
    return {row["published"].casefold(): row["name"] for row in csv.DictReader(table.splitlines()) if row["kind"] == kind}


def _row(mix: Mix, year: int) -> FactorRow:
    """One country: g CO2 per kWh of untracked consumption, converted exactly to kg; CO2 alone, as printed."""
    return FactorRow(
        factor_id=f"aib-residual-mix.{year}.{mix.region}",
        label=f"Residual mix of {mix.country}, {year} (CO2 only)",
        activity_type="electricity.purchased",
        region=mix.region,
        valid_from=date(year, 1, 1),
        valid_to=date(year + 1, 1, 1),
        basis="residual",
        boundary="direct",
        gas="CO2",
        published_value=format(mix.grams, "f"),
        published_unit="g CO2 per kWh",
        value=mix.grams / 1000,
        value_as="kg_gas",
        per_unit="kWh",
        is_biogenic=False,
        citation=mix.place,
    )


def _meta(sha256: str, retrieved: date, year: int) -> SetMeta:
    return SetMeta(
        publisher="Association of Issuing Bodies (AIB)",
        title="European Residual Mixes",
        edition=str(year),
        url="https://www.aib-net.org/facts/european-residual-mix",
        licence="AIB: own copy of the user; passing it on needs AIB's permission",
        redistributable=False,
        retrieved=retrieved,
        sha256=sha256,
        gwp_set="AR5",
        usable_until=date(year + 2, 12, 31),
        supersedes=f"aib_residual_mix_{year - 1}",
        preference=10,
        attribution="Association of Issuing Bodies, European Residual Mixes",
    )
