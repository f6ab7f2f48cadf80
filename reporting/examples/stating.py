"""How numbers and rows are written into the files of an inventory."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from reporting.examples.measure import Measure
from reporting.examples.request import Row
from reporting.examples.scale import exponent
from reporting.quantity import decimal


def plain_number(value: Fraction) -> str:
    """A number as the engine's files hold it: plain digits, 30 of them at most."""
    text = format(decimal(value).normalize(), "f")
    return text if len(text) <= 36 else format(Decimal(f"{decimal(value):.28e}").normalize(), "f")


def scaled(given: Measure, shift: int) -> Measure:
    """A measure in a power of ten of its unit."""
    return replace(given, value=given.value * Fraction(10) ** shift)


def supplier_of(key: str, row: Row) -> str:
    """A supplier of its own for a row whose factor is looked up and not named."""
    return "supplier of " + site_of(key, row)


def site_of(key: str, row: Row) -> str:
    """A site of its own for a row whose market is priced by itself."""
    return "site-" + hashlib.sha256((key + row.name).encode()).hexdigest()[:16]


def functional_shift(unit: Measure) -> int:
    """The power of ten by which a system's functional unit is stated."""
    return 0 if not unit.value else -exponent(unit.value)


def write_csv(path: Path, columns: Sequence[str], rows: Iterable[Mapping[str, str]]) -> None:
    """Write rows as CSV."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, columns, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
