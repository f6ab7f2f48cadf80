"""Calorific values and densities of fuels, the shipped ones and the company's own: litres and tonnes to gross or net energy."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from pathlib import Path

from reporting.cited_table import cited_rows
from reporting.types import InputError

COLUMNS = ("fuel", "property", "basis", "value", "unit", "edition", "valid_from", "valid_to", "region", "citation")
UNITS = {("calorific_value", "net"): "GJ/t", ("calorific_value", "gross"): "GJ/t", ("density", ""): "kg/m3"}
LARGEST = {"calorific_value": Decimal(200), "density": Decimal(3000)}
"""Above any fuel (hydrogen has 142 GJ/t gross): what is larger is a wrong unit."""
NUMBER = re.compile(r"\d{1,4}(\.\d{1,6})?")


def read_fuel_properties(path: Path, name: str = "") -> list[tuple[object, ...]]:
    """The rows of fuel_properties.csv for the table fuel_property; `name` marks the company's own file; raises InputError."""
    rows: dict[tuple[str, ...], tuple[object, ...]] = {}
    for place, row in cited_rows(path, name or path.name, COLUMNS):
        _check(place, row)
        key = tuple(row[column] for column in ("fuel", "property", "basis", "region", "valid_from"))
        if key in rows:
            raise InputError(
                f"{place}: {row['fuel']} {row['property']} {row['basis']} is given twice from {row['valid_from']}. fix: keep one row"
            )
        citation = f"{row['citation']} ({place})" if name else row["citation"]
        rows[key] = (*(row[column] for column in COLUMNS[:-1]), citation, bool(name))
    return list(rows.values())


def _check(place: str, row: dict[str, str]) -> None:
    kind = (row["property"], row["basis"])
    if UNITS.get(kind) != row["unit"]:
        known = "; ".join(f"{name} {basis} in {unit}".replace("  ", " ") for (name, basis), unit in UNITS.items())
        raise InputError(f'{place}: "{row["property"]}" "{row["basis"]}" in "{row["unit"]}" is not known. fix: use {known}')
    if not NUMBER.fullmatch(row["value"]) or not 0 < Decimal(row["value"]) <= LARGEST[row["property"]]:
        raise InputError(
            f'{place}: value "{row["value"][:40]}" is not a number above 0 and up to {LARGEST[row["property"]]}. fix: correct it'
        )
    try:
        is_ordered = date.fromisoformat(row["valid_from"]) < date.fromisoformat(row["valid_to"])
    except ValueError:
        is_ordered = False
    if not is_ordered:
        raise InputError(f"{place}: valid_from and valid_to are not two dates in order. fix: write them as 2026-01-01, the end exclusive")
    if not row["fuel"] or not row["edition"]:
        raise InputError(f"{place}: fuel or edition is missing. fix: name both")
