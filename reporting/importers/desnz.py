"""Read the UK Government greenhouse gas conversion factors (DESNZ, full set workbook) into a factor set.

`desnz_tables.csv` lists every sheet and table that is known; anything else is refused. Source: UK Government GHG Conversion Factors
for Company Reporting, full set, with its methodology paper.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from python_calamine import CalamineWorkbook

from reporting.importers.desnz_data import UNMAPPED, Edition, Item, Table, Unit, editions, items, name_slug, tables, units
from reporting.importers.desnz_layout import GAS_OF_HEADING, TOTAL_HEADING, Line, Printed, Row, expect, number, read_lines, text
from reporting.importers.opening import refuse_formulas, refuse_other_edition
from reporting.importers.writer import FactorRow, LayoutChangedError, SetMeta, write_set

PUBLISHER = "UK Department for Energy Security and Net Zero (DESNZ)"
TITLE = "UK Government GHG Conversion Factors for Company Reporting, full set"
URL = "https://www.gov.uk/government/collections/government-conversion-factors-for-company-reporting"
LICENCE = "Open Government Licence v3.0"
ATTRIBUTION = "Contains public sector information licensed under the Open Government Licence v3.0."
PREFERENCE = 10
"""The place of the set among sets that price the same, as of every listed edition."""
PRINTED_ROUNDING = Decimal("0.000005")
"""Half of the last digit that the publisher prints (five decimals), in kg CO2e: the most that one printed figure is off."""


@dataclass(frozen=True, slots=True)
class FactorSetDraft:
    """A factor set as read from the publisher's file, not yet written."""

    meta: SetMeta
    rows: tuple[FactorRow, ...]


@dataclass(frozen=True, slots=True)
class _Factor:
    """What all rows of one printed line share."""

    factor_id: str
    label: str
    table: Table
    unit: Unit
    item: Item
    line: Line


LAYOUT = "the full set workbook as published, any year; year and version are read from it"
ENDINGS = (".xlsx",)


def import_file(path: Path, folder: Path, *, edition: str = "", retrieved: date | None = None) -> None:
    """Read the publisher's workbook and write it as a factor set folder; an unknown layout raises LayoutChangedError."""
    draft = read(path, edition=edition, retrieved=retrieved)
    write_set(folder, draft.meta, draft.rows)


def read(path: Path, *, edition: str = "", retrieved: date | None = None) -> FactorSetDraft:
    """Read every emission factor of a full set workbook; values are kg CO2e per published unit.

    An edition that is not listed in desnz_editions.csv needs the day on which the file was retrieved; `edition` must be what it says.
    """
    refuse_formulas(path, known_sheets())
    workbook = CalamineWorkbook.from_path(str(path))
    sheets: dict[str, list[list[object]]] = {
        name: [list(row) for row in workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)] for name in workbook.sheet_names
    }
    _refuse_unknown_sheets(sheets)
    found = _edition(sheets, retrieved)
    refuse_other_edition(edition, f"{found.year} v{found.version}")
    lines = (line for name, rows in sheets.items() if _has_factors(name) for line in read_lines(name, rows))
    return FactorSetDraft(_meta(found, path), tuple(_factor_rows(found, lines)))


def known_sheets() -> set[str]:
    """Return the sheets that desnz_tables.csv lists."""
    return {sheet for sheet, _ in tables()}


def _has_factors(sheet: str) -> bool:
    return (sheet, "") not in tables()


def _refuse_unknown_sheets(sheets: Iterable[str]) -> None:
    known, found = {sheet for sheet, _ in tables()}, set(sheets)
    for sheet in sorted(found - known):
        raise LayoutChangedError(sheet, "A1", "a sheet listed in desnz_tables.csv", "a sheet that is not listed")
    for sheet in sorted(known - found):
        raise LayoutChangedError(sheet, "A1", "this sheet", "no such sheet in the workbook")


def _edition(sheets: Mapping[str, Sequence[Row]], retrieved: date | None) -> Edition:
    """Read year and version from the introduction, hold the year against every sheet with factors, look up what is known of it."""
    row = _head(sheets["Introduction"])
    expect("Introduction", "A6", "Version:", text(row[0]))
    expect("Introduction", "C6", "Year:", text(row[2]))
    version, year = (_plain(number("Introduction", cell, row[column])) for cell, column in (("B6", 1), ("D6", 3)))
    for name in filter(_has_factors, sheets):
        head = _head(sheets[name])
        expect(name, "E6", "Year:", text(head[4]))
        expect(name, "F6", year, _plain(number(name, "F6", head[5])))
    known = editions().get((year, version))
    if known:
        return replace(known, retrieved=retrieved or known.retrieved)
    if retrieved is None or not re.fullmatch(r"20\d\d", year):
        expected = "an edition listed in desnz_editions.csv, or --retrieved with the day on which the file was retrieved"
        raise LayoutChangedError("Introduction", "D6", expected, f"year {year}, version {version}")
    return Edition(year, version, retrieved, date(int(year) + 2, 12, 31), f"desnz_{int(year) - 1}", PREFERENCE)


def _head(rows: Sequence[Row]) -> list[object]:
    """Return the first cells of row 6, blank where the sheet ends before."""
    row = list(rows[5]) if len(rows) > 5 else []
    return row + [""] * (6 - len(row))


def _meta(edition: Edition, path: Path) -> SetMeta:
    return SetMeta(
        publisher=PUBLISHER,
        title=TITLE,
        edition=f"{edition.year} v{edition.version}",
        url=URL,
        licence=LICENCE,
        redistributable=True,
        retrieved=edition.retrieved,
        sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
        gwp_set="AR5",
        usable_until=edition.usable_until,
        supersedes=edition.supersedes or None,
        preference=edition.preference,
        attribution=ATTRIBUTION,
    )


def _factor_rows(edition: Edition, lines: Iterable[Line]) -> Iterator[FactorRow]:
    """Turn printed lines into factor rows; biogenic CO2 joins the factor of the same fuel and unit, whose label it takes."""
    labels: dict[str, str] = {}
    for line in lines:
        table, unit = _table(line), _unit(line)
        item_id = ".".join([table.slug, *(name_slug(name) for name in (*line.names, line.band) if name)])
        factor_id = f"desnz.{edition.year}.{item_id}.{unit.slug}"
        label = labels.setdefault(factor_id, _label(line))
        factor = _Factor(factor_id, label, table, unit, items().get(item_id, UNMAPPED), line)
        for gas, value, printed in _gases(line):
            yield _factor_row(edition, factor, gas, value, printed)


def _table(line: Line) -> Table:
    if (line.sheet, line.activity) not in tables():
        raise LayoutChangedError(line.sheet, line.place, "a table listed in desnz_tables.csv", f'"{line.activity}"')
    return tables()[line.sheet, line.activity]


def _unit(line: Line) -> Unit:
    """Return our unit; tables that state once that all their energy is on net calorific value complete a bare kWh or GJ."""
    basis = _table(line).calorific_basis
    words = f"{line.published_unit} ({basis})" if basis and line.published_unit in {"kWh", "GJ"} else line.published_unit
    if words not in units():
        raise LayoutChangedError(line.sheet, line.place, "a unit listed in desnz_units.csv", f'"{words}"')
    return units()[words]


def _label(line: Line) -> str:
    words = ", ".join(word for word in (line.activity, *line.names, line.band) if word)
    return f"{line.sheet}: {words}, {line.published_unit}"


def _gases(line: Line) -> Iterator[tuple[str, Decimal, Printed]]:
    """Split a line by gas: the printed gases and what they leave of the total; a total alone is CO2e (kg CO2e per published unit)."""
    totals = [printed for printed in line.printed if printed.heading == TOTAL_HEADING]
    parts = [printed for printed in line.printed if printed.heading != TOTAL_HEADING]
    yield from ((GAS_OF_HEADING[part.heading], part.value, part) for part in parts)
    if totals and not parts:
        yield "CO2e", totals[0].value, totals[0]
    elif totals:
        yield from _residual(line.sheet, totals[0], parts)


def _residual(sheet: str, total: Printed, parts: Sequence[Printed]) -> Iterator[tuple[str, Decimal, Printed]]:
    """Give the part of a total that its gases do not explain beyond the printed rounding (kg CO2e per published unit)."""
    left = total.value - sum((part.value for part in parts), Decimal(0))
    tolerance = PRINTED_ROUNDING * (1 + len(parts))
    if left < -tolerance:
        raise LayoutChangedError(sheet, total.address, f"a total not below its parts by more than {tolerance}", f"{left} left over")
    if left > tolerance:
        yield "CO2e", left, replace(total, address=f"{total.address} less {', '.join(part.address for part in parts)}")


def _factor_row(edition: Edition, factor: _Factor, gas: str, value: Decimal, printed: Printed) -> FactorRow:
    line, table, item = factor.line, factor.table, factor.item
    return FactorRow(
        factor_id=factor.factor_id,
        label=factor.label,
        activity_type=item.activity_type if factor.unit.is_priced else "",
        region=item.region or table.region,
        valid_from=date(int(edition.year), 1, 1),
        valid_to=date(int(edition.year) + 1, 1, 1),
        basis=table.basis,
        boundary=table.boundary,
        gas=item.gas or gas,
        published_value=_plain(printed.value),
        published_unit=f"{printed.heading.removesuffix(' per unit')} per {line.published_unit.removeprefix('per ')}",
        value=value,
        value_as="kg_co2e",
        per_unit=factor.unit.unit,
        is_biogenic=table.is_biogenic,
        citation=f"{line.sheet}, {printed.address}",
    )


def _plain(value: Decimal) -> str:
    words = format(value, "f")
    return words.rstrip("0").rstrip(".") if "." in words else words
