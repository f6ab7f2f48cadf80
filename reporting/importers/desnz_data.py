"""What the DESNZ importer knows of the workbook, read from the CSV files beside it: tables, units, names, items, editions."""

import csv
import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the workbook: where its rows go and what its factors cover; `calorific_basis` completes a bare kWh or GJ."""

    slug: str
    boundary: str
    basis: str
    region: str
    calorific_basis: str
    is_biogenic: bool


@dataclass(frozen=True, slots=True)
class Unit:
    """A published unit as ours; not priced where another row states the same in a unit of the same dimension (miles beside km)."""

    unit: str
    slug: str
    is_priced: bool


@dataclass(frozen=True, slots=True)
class Item:
    """What an item (a factor without its edition and unit) is to us: activity type, region and gas, each '' for the table's own."""

    activity_type: str
    region: str
    gas: str


UNMAPPED = Item("", "", "")


@dataclass(frozen=True, slots=True)
class Edition:
    """What the workbook does not say of itself."""

    year: str
    version: str
    retrieved: date
    usable_until: date
    supersedes: str
    preference: int


@cache
def tables() -> dict[tuple[str, str], Table]:
    """Return the known tables by sheet and printed activity; a sheet without emission factors has the activity ''."""
    return {
        (row["sheet"], row["activity"]): Table(
            row["slug"], row["boundary"], row["basis"], row["region"], row["calorific_basis"], row["is_biogenic"] == "true"
        )
        for row in _rows("desnz_tables.csv")
    }


@cache
def units() -> dict[str, Unit]:
    """Return our unit for each published unit."""
    return {row["published_unit"]: Unit(row["unit"], row["slug"], row["is_priced"] == "true") for row in _rows("desnz_units.csv")}


@cache
def items() -> dict[str, Item]:
    """Return what each mapped item is to us."""
    return {row["item"]: Item(row["activity_type"], row["region"], row["gas"]) for row in _rows("desnz_types.csv")}


@cache
def editions() -> dict[tuple[str, str], Edition]:
    """Return the known editions by year and version."""
    return {
        (row["year"], row["version"]): Edition(
            row["year"],
            row["version"],
            date.fromisoformat(row["retrieved"]),
            date.fromisoformat(row["usable_until"]),
            row["supersedes"],
            int(row["preference"]),
        )
        for row in _rows("desnz_editions.csv")
    }


def name_slug(published: str) -> str:
    """Make a published name part of an identifier: the listed one where editions differ, else the words joined by hyphens."""
    return _names().get(published) or _slug(published)


@cache
def _names() -> dict[str, str]:
    return {row["published"]: row["slug"] for row in _rows("desnz_names.csv")}


def _slug(words: str) -> str:
    text = words.lower().replace(",", "").replace("+", " plus").replace(">", " over ").replace("%", " percent").replace("&", " and ")
    return re.sub(r"[^a-z0-9]+", "-", text).strip("-")


def _rows(name: str) -> list[dict[str, str]]:
    with (_FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
