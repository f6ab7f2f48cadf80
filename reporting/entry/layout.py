"""What the data-entry workbook is made of, as data: its sheets, their columns, choices and examples."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from reporting.database import PACKAGE
from reporting.money import read_deflators
from reporting.reference import read_rows
from reporting.resources import folder

HERE = PACKAGE / "entry"
HEADER_ROW = 9
"""The row of a sheet that names the columns; what stands above is for people, and never read."""
ALWAYS_BEFORE = ("activity_type", "start", "end", "quantity", "unit", "site")
ALWAYS_AFTER = ("data_quality", "data_origin", "read_status", "evidence", "activity_id", "note")


@dataclass(frozen=True)
class Field:
    """A column for entry: its name in the file, what people read above it, its width, and what goes in (list, date, number, text)."""

    column: str
    title: str
    note: str
    width: int
    kind: str


@dataclass(frozen=True)
class EntryType:
    """An activity type as the lists show it."""

    activity_type: str
    label: str
    scope: str
    category: str
    dimensions: tuple[str, ...]


@dataclass(frozen=True)
class EntrySheet:
    """A family of activities: what belongs there, its columns, types, units (the usual ones first) and examples."""

    name: str
    lead: str
    columns: tuple[str, ...]
    types: tuple[EntryType, ...]
    units: tuple[str, ...]
    examples: tuple[Mapping[str, str], ...]


@cache
def fields() -> dict[str, Field]:
    """Every column for entry by its name, in the order in which they stand."""
    rows = read_rows(HERE / "columns.csv")
    return {row["column"]: Field(row["column"], row["title"], row["note"], int(row["width"]), row["kind"]) for row in rows}


def choices() -> dict[str, tuple[str, ...]]:
    """The words of the columns that have a fixed vocabulary."""
    rows = read_rows(HERE / "choices.csv")
    return {name: tuple(row["value"] for row in rows if row["column"] == name) for name in dict.fromkeys(row["column"] for row in rows)}


def entry_sheets(currency: str = "", *, extra: Mapping[str, Sequence[str]] | None = None) -> tuple[EntrySheet, ...]:
    """Every sheet with its types, each on the first sheet whose pattern it meets; `extra` names more columns of a sheet."""
    rows = read_rows(HERE / "sheets.csv")
    examples = read_rows(HERE / "examples.csv")
    types: dict[str, list[EntryType]] = {row["sheet"]: [] for row in rows}
    for entry in _types():
        types[sheet_of(entry.activity_type)].append(entry)
    units = _units(currency)
    return tuple(_sheet(row, types[row["sheet"]], units, examples, (extra or {}).get(row["sheet"], ())) for row in rows)


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((row["sheet"], re.compile(row["pattern"])) for row in read_rows(HERE / "sheets.csv"))


def sheet_of(activity_type: str) -> str:
    """The sheet to which an activity type belongs; the last one takes all that is left."""
    return next(name for name, pattern in _patterns() if pattern.search(activity_type))


def _sheet(
    row: Mapping[str, str], types: Sequence[EntryType], units: Mapping[str, Sequence[str]], examples: Sequence[Mapping[str, str]],
    extra: Sequence[str],
) -> EntrySheet:  # fmt: skip
    wanted = {*ALWAYS_BEFORE, *_listed(row["columns"]), *ALWAYS_AFTER, *extra}
    measured = {dimension for entry in types for dimension in entry.dimensions}
    fitting = [unit for dimension in units if dimension in measured for unit in units[dimension]]
    usual = [unit for unit in _listed(row["units"]) if unit in fitting]
    shown = tuple(example for example in examples if example["sheet"] == row["sheet"])
    columns = tuple(name for name in fields() if name in wanted)
    return EntrySheet(row["sheet"], row["lead"], columns, tuple(types), tuple(dict.fromkeys([*usual, *fitting])), shown)


def _types() -> Iterator[EntryType]:
    """The activity types that people enter: not those that the engine derives from others, such as upstream emissions."""
    standards = PACKAGE / "standards"
    derived = {row["derived_activity_type"] for row in read_rows(standards / "derivation_rules.csv")}
    for row in read_rows(standards / "activity_types.csv"):
        if row["activity_type"] not in derived:
            dimensions = tuple(_listed(row["dimension"]))
            yield EntryType(row["activity_type"], row["label"], row["scope"], row["scope3_category"], dimensions)


def _units(currency: str) -> dict[str, list[str]]:
    """Units by dimension; money is plain currencies, that of the organisation first."""
    factors = folder("factors")
    units: dict[str, list[str]] = {}
    for row in read_rows(factors / "units.csv"):
        if row["dimension"] != "money":
            units.setdefault(row["dimension"], []).append(row["unit"])
    known = {row.currency for row in read_deflators(factors / "deflators.csv", "deflators.csv")}
    return {"money": sorted(known, key=lambda name: (name != currency, name))} | units


def _listed(text: str) -> list[str]:
    return [part for part in text.split("|") if part]
