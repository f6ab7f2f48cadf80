"""XBRL taxonomies as data: taxonomy.yaml and the tables below `taxonomy/` of a framework's folder, and the units of XBRL.

They hold what a document needs and what its check compares with: elements with type, period and balance, the closed tables
(hypercubes) with their items, axes and members, and the sums. The taxonomy itself belongs to its publisher and is not part of the product.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pydantic import ValidationError

from reporting.database import PACKAGE
from reporting.exact_yaml import load_yaml
from reporting.fields import Model, Text
from reporting.framework_folders import FRAMEWORKS
from reporting.types import InputError


class Head(Model):
    """taxonomy.yaml: which taxonomy, its entry point, the namespaces of its names, and its files that decide nothing about a fact."""

    title: Text
    edition: Text
    publisher: Text
    prefix: Text
    entry_point: Text
    namespaces: dict[str, str]
    undecisive: tuple[Text, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Element:
    """An element that a fact may have: its type, `duration` or `instant`, and its balance ('' none)."""

    name: str
    type: str
    period: str
    balance: str


@dataclass(frozen=True, slots=True)
class Axis:
    """An axis of a table: its members, or the element of its typed value; `default` is '' where every fact has to name a member."""

    name: str
    members: frozenset[str]
    default: str
    typed_element: str


@dataclass(frozen=True, slots=True)
class Table:
    """A closed table: which elements it may hold, and by which axes."""

    name: str
    elements: frozenset[str]
    axes: dict[str, Axis]


@dataclass(frozen=True)
class Taxonomy:
    """One edition as facts: names, tables, sums (total -> item -> weight, by role)."""

    framework: str
    head: Head
    elements: dict[str, Element]
    tables: tuple[Table, ...]
    sums: dict[tuple[str, str], dict[str, int]]

    @property
    def mapping(self) -> Path:
        """The file that gives the framework's datapoints their elements."""
        return FRAMEWORKS / self.framework / "taxonomy.csv"

    def typed_element(self, axis: str) -> str:
        """The element of a typed axis, '' for one with members."""
        return next((table.axes[axis].typed_element for table in self.tables if axis in table.axes), "")


def has_taxonomy(framework: str) -> bool:
    """Whether a framework's folder names a taxonomy."""
    return (FRAMEWORKS / framework / "taxonomy.yaml").is_file()


@cache
def load(framework: str) -> Taxonomy:
    """Read the taxonomy of a framework; raises InputError for a faulty taxonomy.yaml."""
    folder = FRAMEWORKS / framework
    elements = {row["element"]: Element(row["element"], row["type"], row["period"], row["balance"]) for row in _rows(folder, "elements")}
    sums: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
    for row in _rows(folder, "sums"):
        sums[row["role"], row["total"]][row["item"]] = int(row["weight"])
    return Taxonomy(framework, _head(folder / "taxonomy.yaml"), elements, _tables(folder), dict(sums))


@cache
def units() -> dict[str, frozenset[str]]:
    """The units of each item type: one measure, or `type of the numerator/type of the denominator`; `iso4217:*` is any currency."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in _read(PACKAGE / "standards" / "xbrl_units.csv"):
        found[row["type"]].add(row["unit"])
    return {name: frozenset(measures) for name, measures in found.items()}


def is_unit_of(unit: str, item_type: str) -> bool:
    """Whether a unit (`utr:tCO2e`, `utr:tCO2e/iso4217:EUR`) fits an item type."""
    numerator, slash, denominator = unit.partition("/")
    for allowed in units().get(item_type, frozenset()):
        top, divided, bottom = allowed.partition("/")
        if divided and slash and is_unit_of(numerator, top) and is_unit_of(denominator, bottom):
            return True
        if not divided and not slash and (unit == allowed or (allowed.endswith(":*") and _is_currency(unit, allowed[:-1]))):
            return True
    return False


def _is_currency(unit: str, prefix: str) -> bool:
    code = unit.removeprefix(prefix)
    return unit.startswith(prefix) and len(code) == 3 and code.isascii() and code.isupper()


def _head(path: Path) -> Head:
    try:
        return Head.model_validate(load_yaml(path))
    except ValidationError as error:
        faults = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors()[:5])
        raise InputError(f"{path}: {faults}. fix: the keys are {', '.join(Head.model_fields)}") from None


def _tables(folder: Path) -> tuple[Table, ...]:
    members: dict[str, set[str]] = defaultdict(set)
    for row in _rows(folder, "members"):
        members[row["domain"]].add(row["member"])
    axes: dict[str, dict[str, Axis]] = defaultdict(dict)
    for row in _rows(folder, "axes"):
        axes[row["table"]][row["axis"]] = Axis(row["axis"], frozenset(members[row["domain"]]), row["default"], row["typed_element"])
    items: dict[str, set[str]] = defaultdict(set)
    for row in _rows(folder, "items"):
        items[row["table"]].add(row["element"])
    return tuple(Table(name, frozenset(items[name]), axes[name]) for name in items)


def _rows(folder: Path, name: str) -> list[dict[str, str]]:
    return _read(folder / "taxonomy" / f"{name}.csv")


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))
