"""Import any CSV or XLSX table of factors by a column map in YAML: which column is what, what is constant, what each printed unit is.

    set: {publisher: ..., title: ..., edition: ..., url: ..., licence: ..., redistributable: false, retrieved: 2026-11-25,
          gwp_set: AR6, usable_until: 2028-12-31}
    sheet: Factors            # XLSX only
    header_row: 1
    columns: {factor_id: Code, label: Name, published_value: Value, published_unit: Unit, citation: Source}
    constants: {activity_type: natural_gas.stationary, region: GB, boundary: direct, gas: CO2e,
                valid_from: 2026-01-01, valid_to: 2027-01-01}
    units: {"g CO2e/kWh": {per_unit: kWh_hhv, value_as: kg_co2e, numerator: 1, denominator: 1000}}

Where no column holds a citation, the cell of the value is cited. A row without a value is refused, or left out where `blank: none` says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from reporting.database import PACKAGE
from reporting.digest import file_sha256
from reporting.exact_yaml import load_yaml
from reporting.importers.desnz_layout import address
from reporting.importers.opening import lines, number_text
from reporting.importers.sheets import Sheet, open_sheets
from reporting.importers.writer import VALUE_DECIMALS, FactorRow, LayoutChangedError, SetMeta, write_set
from reporting.intake.spreadsheet import formula_cells
from reporting.reference import read_rows
from reporting.resources import folder as product_folder
from reporting.types import InputError, UsageError

LAYOUT = "any table with one factor and gas a row; --columns names the column map (docs/importing-factors.md)"
ENDINGS = (".csv", ".xlsx")
DERIVED = frozenset({"value", "value_as", "per_unit"})
"""What follows from the printed value and its unit and is never mapped."""
MAPPABLE = frozenset(field.name for field in fields(FactorRow)) - DERIVED
REQUIRED = ("factor_id", "label", "region", "boundary", "gas", "published_value", "published_unit", "valid_from", "valid_to")
YES_NO = {"true": True, "false": False, "": False}


class _Closed(BaseModel):
    """Unknown keys are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Head(_Closed):
    """The head of the set, as set.yaml has it."""

    publisher: str = Field(min_length=1)
    title: str = Field(min_length=1)
    edition: str = Field(min_length=1)
    url: str = Field(min_length=1)
    licence: str = Field(min_length=1)
    redistributable: bool
    retrieved: date
    gwp_set: str = Field(min_length=1)
    usable_until: date
    supersedes: str | None = None
    preference: int = 50
    attribution: str | None = None


class PrintedUnit(_Closed):
    """What a printed unit is: the value times numerator over denominator is kg of the gas, or kg CO2e of it, per our unit."""

    per_unit: str
    value_as: Literal["kg_gas", "kg_co2e"]
    numerator: int = Field(default=1, gt=0)
    denominator: int = Field(default=1, gt=0)


class ColumnMap(_Closed):
    """A column map as it is written."""

    set: Head
    sheet: str = ""
    header_row: int = Field(default=1, gt=0)
    columns: dict[str, str]
    constants: dict[str, str | bool | int | date] = {}
    units: dict[str, PrintedUnit]
    blank: Literal["refused", "none"] = "refused"


def import_file(path: Path, folder: Path, *, columns: Path | None = None) -> list[str]:
    """Write the factor set that the column map makes of the table; raises InputError and LayoutChangedError by cell."""
    if columns is None:
        raise UsageError(f"{path}: any table can be read by a column map. fix: add --columns MAP.yaml")
    chosen = read_map(columns)
    sheet = _table(path, chosen)
    positions = _positions(sheet, chosen)
    _refuse_formulas(path, sheet, chosen, positions)
    notes = list[str]()
    rows = list(_rows(sheet, chosen, positions, notes))
    if not rows:
        raise LayoutChangedError(sheet.name, f"row {chosen.header_row + 1}", "a row with a value", "none")
    write_set(folder, SetMeta(**{**chosen.set.model_dump(), "sha256": file_sha256(path)}), rows)
    return notes


def set_id(meta: Mapping[str, Any]) -> str:
    """Return the set's folder name: publisher and edition in lower case."""
    return re.sub(r"[^a-z0-9.]+", "_", f"{meta['publisher']} {meta['edition']}".lower()).strip("_.")


def read_map(path: Path) -> ColumnMap:
    """Read and check a column map; raises InputError naming the key."""
    try:
        chosen = ColumnMap.model_validate(load_yaml(path))
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise InputError(f"{path}: {place or 'the document'}: {first['msg']}. fix: docs/importing-factors.md shows a column map") from None
    mapped = [*chosen.columns, *chosen.constants]
    for name in mapped:
        if name not in MAPPABLE:
            raise InputError(f'{path}: "{name}" cannot be mapped. fix: use {", ".join(sorted(MAPPABLE))}')
        if mapped.count(name) > 1:
            raise InputError(f'{path}: "{name}" is a column and a constant. fix: keep one of them')
    for name in REQUIRED:
        if name not in mapped:
            raise InputError(f'{path}: "{name}" is missing. fix: add it to columns or constants')
    _check_units(path, chosen)
    return chosen


def _check_units(path: Path, chosen: ColumnMap) -> None:
    known = _known("unit", "units.csv")
    for printed, unit in chosen.units.items():
        if unit.per_unit not in known:
            raise InputError(f'{path}: units."{printed}": "{unit.per_unit}" is no unit of factors/units.csv. fix: use one of them')


def _table(path: Path, chosen: ColumnMap) -> Sheet:
    """The table as a sheet of cells; a CSV file's sheet has the file's name."""
    if path.suffix.lower() == ".csv":
        if chosen.header_row != 1 or chosen.sheet:
            raise InputError(f"{path}: a CSV file has neither sheet nor header_row. fix: leave them out of the column map")
        return Sheet(path.name, list(lines(path)))
    sheets = open_sheets(path)
    if chosen.sheet not in sheets:
        raise LayoutChangedError(chosen.sheet, "the sheet itself", f'a sheet "{chosen.sheet}"', ", ".join(sheets))
    return sheets[chosen.sheet]


def _positions(sheet: Sheet, chosen: ColumnMap) -> dict[str, int]:
    found = sheet.columns(chosen.header_row - 1)
    for heading in chosen.columns.values():
        if heading not in found:
            raise LayoutChangedError(sheet.name, f"row {chosen.header_row}", f'the heading "{heading}"', ", ".join(found) or "nothing")
    return {name: found[heading] for name, heading in chosen.columns.items()}


def _refuse_formulas(path: Path, sheet: Sheet, chosen: ColumnMap, positions: Mapping[str, int]) -> None:
    """A formula in a mapped column is no published value; elsewhere in the sheet it is not read."""
    if path.suffix.lower() != ".xlsx":
        return
    letters = {re.sub(r"\d", "", address(0, column)) for column in positions.values()}
    for cell in formula_cells(path)[sheet.name]:
        if re.sub(r"\d", "", cell) in letters and int(re.sub(r"\D", "", cell)) >= chosen.header_row:
            raise LayoutChangedError(sheet.name, cell, "a value", "a formula")


def _rows(sheet: Sheet, chosen: ColumnMap, positions: Mapping[str, int], notes: list[str]) -> Iterator[FactorRow]:
    constants = {name: _constant(value) for name, value in chosen.constants.items()}
    for row in range(chosen.header_row, len(sheet.rows)):
        cells = {name: sheet.text(row, column) for name, column in positions.items()}
        if not any(cells.values()):
            continue
        if "published_value" in cells and not cells["published_value"] and chosen.blank == "none":
            notes.append(f"{sheet.place(row, positions['published_value'])}: no value, left out as the column map says")
            continue
        yield _row(_Cells(sheet, row, positions, {**constants, **cells}), chosen)


def _constant(value: str | bool | int | date) -> str:
    return value.isoformat() if isinstance(value, date) else str(value).lower() if isinstance(value, bool) else str(value)


@dataclass(frozen=True, slots=True)
class _Cells:
    """The mapped cells and constants of one row, with the place of each for messages."""

    sheet: Sheet
    row: int
    positions: Mapping[str, int]
    texts: Mapping[str, str]

    def place(self, name: str) -> str:
        """The address of a mapped cell, or the constant."""
        return address(self.row, self.positions[name]) if name in self.positions else f"row {self.row + 1}, constant {name}"

    def surprise(self, name: str, expected: str) -> LayoutChangedError:
        """The error for a cell or constant that is not what was expected."""
        return LayoutChangedError(self.sheet.name, self.place(name), expected, f'"{self.texts.get(name, "")[:80]}"')

    def known(self, name: str, names: Mapping[str, Any] | frozenset[str], expected: str) -> str:
        """A text that must be one of the known ones."""
        text = self.texts.get(name, "")
        if text not in names:
            raise self.surprise(name, expected)
        return text

    def day(self, name: str) -> date:
        """A date in ISO form."""
        try:
            return date.fromisoformat(self.texts[name])
        except ValueError:
            raise self.surprise(name, "a date as 2026-01-31") from None


def _row(cells: _Cells, chosen: ColumnMap) -> FactorRow:
    """One factor and gas; what the product does not know (region, gas, activity type, unit) is refused by its cell."""
    printed = number_text(cells.sheet.name, cells.place("published_value"), cells.texts["published_value"])
    unit = chosen.units[cells.known("published_unit", chosen.units, f"a unit of the column map ({', '.join(chosen.units)})")]
    cells.known("region", _known("region", "regions.csv"), "a region of factors/regions.csv")
    cells.known("gas", _known("gas", "gwp.csv"), "a gas of factors/gwp.csv")
    cells.known("activity_type", _activity_types(), "an activity type of standards/activity_types.csv, or nothing")
    made: dict[str, Any] = {name: cells.texts.get(name, "") for name in MAPPABLE}
    made |= {"valid_from": cells.day("valid_from"), "valid_to": cells.day("valid_to")}
    made["is_biogenic"] = YES_NO[cells.known("is_biogenic", YES_NO, "true or false")]
    made["citation"] = made["citation"] or f"{cells.sheet.name}, {cells.place('published_value')}"
    return FactorRow(**made, value=_exact(printed, unit), value_as=unit.value_as, per_unit=unit.per_unit)


@cache
def _known(column: str, table: str) -> frozenset[str]:
    return frozenset(row[column] for row in read_rows(product_folder("factors") / table))


@cache
def _activity_types() -> frozenset[str]:
    return frozenset({"", *(row["activity_type"] for row in read_rows(PACKAGE / "standards" / "activity_types.csv"))})


def _exact(printed: Decimal, unit: PrintedUnit) -> Decimal:
    """The printed value as kg per our unit, cut at the scale of the schema half away from zero."""
    ratio = Fraction(printed) * unit.numerator / unit.denominator * 10**VALUE_DECIMALS
    whole = (abs(ratio.numerator) * 2 + ratio.denominator) // (2 * ratio.denominator)
    return Decimal(whole if ratio >= 0 else -whole).scaleb(-VALUE_DECIMALS)
