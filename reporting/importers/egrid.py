"""Import the EPA eGRID workbook: output emission rates of subregions, states and the US, and the grid gross loss of each grid.

The layout is that of EPA's eGRID technical guide: sheets SRL22, ST22, US22, GGL22 (the data year's last digits), descriptions in row 1,
column codes in row 2. The workbook that the tests read is our own in that layout, made-up values included.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

from reporting.importers.known_files import identify
from reporting.importers.opening import refuse_formulas
from reporting.importers.sheets import Sheet, open_sheets
from reporting.importers.writer import FactorRow, LayoutChangedError, SetMeta, write_rows, write_set
from reporting.reference import read_rows
from reporting.resources import folder as product_folder
from reporting.types import UsageError

LAYOUT = "the eGRID workbook in pounds per MWh (egrid2023_data.xlsx): sheets SRL23, ST23, US23 and GGL23 with column codes in row 2"
ENDINGS = (".xlsx",)
DESCRIPTIONS, CODES, FIRST = 0, 1, 2
"""Rows, counted from 0."""
POUND_PER_MWH = Decimal("0.45359237") / 1000
"""kg per kWh for one lb per MWh; the pound is exact (NIST SP 811 B.8)."""
UNIT = "(lb/MWh)"
GASES = ("CO2", "CH4", "N2O")
ROUNDING = Decimal("0.0005")
"""Half of the last digit of a rate, in lb per MWh, and of a loss share: the workbook rounds to three decimals."""
LOSS_COLUMNS = ("grid", "grid_gross_loss", "numerator", "denominator", "citation")


@dataclass(frozen=True, slots=True)
class Level:
    """A sheet of rates: its name before the year, the first letters of its codes, the columns that name a region."""

    sheet: str
    letters: str
    region: str
    name: str


LEVELS = (Level("SRL", "SR", "SUBRGN", "SRNAME"), Level("ST", "ST", "PSTATABB", "PSTATABB"), Level("US", "US", "", ""))


@dataclass(frozen=True, slots=True)
class Rate:
    """A kind of rate: its name, boundary, and the codes of its gases and of their printed CO2e."""

    name: str
    boundary: str
    codes: tuple[str, str, str]
    total: str


def rates(letters: str) -> tuple[Rate, Rate]:
    """Total output rates, and non-baseload rates under a boundary that only a pinned factor can have."""
    total = (f"{letters}CO2RTA", f"{letters}CH4RTA", f"{letters}N2ORTA")
    marginal = (f"{letters}NBCO2", f"{letters}NBCH4", f"{letters}NBN2O")
    return (
        Rate("total output", "direct", total, f"{letters}C2ERTA"),
        Rate("non-baseload", "non_baseload", marginal, f"{letters}NBC2E"),
    )


def import_file(path: Path, folder: Path, *, edition: str = "", retrieved: date | None = None) -> list[str]:
    """Write the factor set and grid_losses.csv; `edition` names a revision, as eGRID2023 rev2. Raises LayoutChangedError by cell."""
    sheets = open_sheets(path)
    year = data_year(sheets)
    wanted = [f"{level.sheet}{year % 100:02}" for level in LEVELS] + [f"GGL{year % 100:02}"]
    for name in wanted:
        if name not in sheets:
            raise LayoutChangedError(name, "the sheet itself", f"a sheet {name}", ", ".join(sheets))
    refuse_formulas(path, wanted)
    title = edition or f"eGRID{year}"
    if not title.startswith(f"eGRID{year}"):
        raise UsageError(f'--edition "{edition}" is not of the file\'s data year. fix: begin it with eGRID{year}')
    notes: list[str] = []
    rows = [row for level, name in zip(LEVELS, wanted, strict=False) for row in _level(sheets[name], level, year, notes)]
    losses = list(_losses(sheets[wanted[-1]], year))
    publication = identify("egrid", path, title, retrieved)
    write_set(folder, _meta(publication.sha256, title, publication.retrieved, year), rows)
    write_rows(folder / "grid_losses.csv", LOSS_COLUMNS, losses)
    return [*notes, "grid_losses.csv holds the grid gross loss; the engine takes losses from its derivation rules"]


def set_id(meta: Mapping[str, Any]) -> str:
    """Return the set's folder name: egrid_2023, or egrid_2023_rev2 for a revision."""
    return "egrid_" + re.sub(r"[^a-z0-9]+", "_", str(meta["edition"]).lower().removeprefix("egrid")).strip("_")


def data_year(sheets: Mapping[str, Sheet]) -> int:
    """The data year, from the one subregion sheet."""
    found = [name for name in sheets if re.fullmatch(r"SRL\d\d", name)]
    if len(found) != 1:
        raise LayoutChangedError("SRLyy", "the sheet itself", "one sheet SRL and the data year's last digits", ", ".join(sheets))
    return 2000 + int(found[0][3:])


def _level(sheet: Sheet, level: Level, year: int, notes: list[str]) -> Iterator[FactorRow]:
    """The rates of every row of a sheet; kinds without any value in a row are noted, single missing values refused."""
    columns = sheet.columns(CODES)
    _check_codes(sheet, level, columns)
    for row in range(FIRST, len(sheet.rows)):
        if not any(sheet.text(row, column) for column in columns.values()):
            continue
        if sheet.text(row, columns["YEAR"]) != str(year):
            raise sheet.surprise(row, columns["YEAR"], f"the data year {year}")
        region, name = _region(sheet, level, row, columns)
        for rate in rates(level.letters):
            places = [columns[code] for code in rate.codes]
            if rate.boundary != "direct" and not any(sheet.text(row, column) for column in (*places, columns[rate.total])):
                notes.append(f"{sheet.place(row, places[0])}: no {rate.name} rate is printed for {name}")
                continue
            _check_total(sheet, row, places, columns[rate.total])
            yield from (_row(sheet, (row, column), gas, rate, (region, name, year)) for gas, column in zip(GASES, places, strict=True))


def _check_codes(sheet: Sheet, level: Level, columns: Mapping[str, int]) -> None:
    """Every code that is needed stands in row 2, every rate in pounds per MWh by its description."""
    codes = [code for rate in rates(level.letters) for code in (*rate.codes, rate.total)]
    for code in ("YEAR", level.region, level.name, *codes):
        if code and code not in columns:
            raise LayoutChangedError(sheet.name, "row 2", f"the column code {code}", "no such code")
    for code in codes:
        if UNIT not in sheet.text(DESCRIPTIONS, columns[code]):
            raise sheet.surprise(DESCRIPTIONS, columns[code], f"a rate in {UNIT}")


def _region(sheet: Sheet, level: Level, row: int, columns: Mapping[str, int]) -> tuple[str, str]:
    """Our region and the printed name; a region that is not in regions.csv is refused."""
    if not level.region:
        return "US", "US average"
    code = sheet.text(row, columns[level.region])
    for region in (f"US:eGRID:{code}",) if level.letters == "SR" else (f"US-{code}", code):
        if region in _regions():
            return region, sheet.text(row, columns[level.name])
    raise sheet.surprise(row, columns[level.region], "a subregion or state of factors/regions.csv")


def _regions() -> frozenset[str]:
    return frozenset(row["region"] for row in read_rows(product_folder("factors") / "regions.csv"))


def _check_total(sheet: Sheet, row: int, places: Sequence[int], total: int) -> None:
    """The printed CO2e is the sum of the gases under the GWPs of AR5 or, in earlier years, AR4, within the printed rounding."""
    printed = sheet.number(row, total)
    values = [sheet.number(row, column) for column in places]
    for weights in _weights():
        sums = sum((value * weight for value, weight in zip(values, weights, strict=True)), Decimal(0))
        if abs(printed - sums) <= ROUNDING * (1 + sum(weights)):
            return
    raise sheet.surprise(row, total, "the CO2e of the gases in this row under AR5 or AR4")


def _weights() -> list[tuple[Decimal, ...]]:
    found = {(row["gwp_set"], row["gas"]): Decimal(row["value"]) for row in read_rows(product_folder("factors") / "gwp.csv")}
    return [tuple(found[name, gas] for gas in GASES) for name in ("AR5", "AR4")]


def _row(sheet: Sheet, place: tuple[int, int], gas: str, rate: Rate, where: tuple[str, str, int]) -> FactorRow:
    """One gas of a rate: lb per MWh, converted exactly to kg per kWh."""
    region, name, year = where
    value = sheet.number(*place)
    return FactorRow(
        factor_id=f"egrid.{year}.{region.rpartition(':')[2].lower()}.{rate.name.replace(' ', '-')}",
        label=f"eGRID{year} {name}, {rate.name} rate",
        activity_type="electricity.purchased",
        region=region,
        valid_from=date(year, 1, 1),
        valid_to=date(year + 1, 1, 1),
        basis="location",
        boundary=rate.boundary,
        gas=gas,
        published_value=format(value, "f"),
        published_unit=f"lb {gas} per MWh",
        value=value * POUND_PER_MWH,
        value_as="kg_gas",
        per_unit="kWh",
        is_biogenic=False,
        citation=sheet.place(*place),
    )


def _losses(sheet: Sheet, year: int) -> Iterator[tuple[str, ...]]:
    """Each grid's gross loss as printed, and kWh lost per kWh used = loss / (1 - loss) as a fraction."""
    columns = sheet.columns(CODES)
    for code in ("YEAR", "REGION", "ESTLOSS", "TOTDISP", "DIRCTUSE", "GGRSLOSS"):
        if code not in columns:
            raise LayoutChangedError(sheet.name, "row 2", f"the column code {code}", "no such code")
    for row in range(FIRST, len(sheet.rows)):
        if not sheet.text(row, columns["REGION"]):
            continue
        lost, disposed, used, loss = (sheet.number(row, columns[code]) for code in ("ESTLOSS", "TOTDISP", "DIRCTUSE", "GGRSLOSS"))
        if disposed <= used or abs(loss * (disposed - used) - lost) > ROUNDING * (disposed - used) or not 0 <= loss < 1:
            raise sheet.surprise(row, columns["GGRSLOSS"], "a share below 1 that is ESTLOSS / (TOTDISP - DIRCTUSE)")
        share = Fraction(loss) / (1 - Fraction(loss))
        citation = f"eGRID{year}, {sheet.place(row, columns['GGRSLOSS'])}"
        yield sheet.text(row, columns["REGION"]), format(loss, "f"), str(share.numerator), str(share.denominator), citation


def _meta(sha256: str, title: str, retrieved: date, year: int) -> SetMeta:
    return SetMeta(
        publisher="US Environmental Protection Agency",
        title="Emissions & Generation Resource Integrated Database (eGRID), output emission rates",
        edition=title,
        url="https://www.epa.gov/egrid",
        licence="US public domain, 17 USC 105",
        redistributable=True,
        retrieved=retrieved,
        sha256=sha256,
        gwp_set="AR5",
        usable_until=date(year + 4, 12, 31),
        supersedes=f"egrid_{year - 1}",
        preference=19,
        attribution=None,
    )
