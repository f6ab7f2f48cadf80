"""Money units: a currency at a year's average prices in US dollars of 2022, from the cited rates and indices of deflators.csv."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from reporting.cited_table import cited_rows
from reporting.types import InputError

BASE_YEAR = 2022
BASE = f"USD@{BASE_YEAR}"
COLUMNS = ("currency", "year", "series", "value", "citation")
RATE, INDEX, STAND_IN = "usd_per_unit", "cpi_u", "cpi_u_stand_in"
CURRENCY = re.compile(r"[A-Z]{3}")
NUMBER = re.compile(r"\d{1,9}(\.\d{1,10})?")
"""What fits the exact product of rate and indices in 38 digits."""


@dataclass(frozen=True, slots=True)
class Deflator:
    """One row of deflators.csv: a price index or an average exchange rate of a year; `place` names the company's own file and row."""

    currency: str
    year: int
    series: str
    value: Decimal
    citation: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class MoneyUnit:
    """A currency at the prices of a year: one unit of it is `ratio` US dollars of 2022."""

    unit: str
    currency: str
    price_year: int
    ratio: Fraction
    citation: str
    is_stand_in: bool
    is_own: bool


def read_deflators(path: Path, name: str = "") -> list[Deflator]:
    """Read deflators.csv, shipped or (with a `name` to print) the company's own; raises InputError with file, row and fix."""
    read: dict[tuple[str, int, bool], Deflator] = {}
    for place, row in cited_rows(path, name or path.name, COLUMNS):
        given = _deflator(row, place, is_own=bool(name))
        if read.setdefault(_key(given), given) is not given:
            raise InputError(f"{place}: {given.currency} {given.year} {given.series} is given twice. fix: keep one row")
    return list(read.values())


def _key(row: Deflator) -> tuple[str, int, bool]:
    return row.currency, row.year, row.series == RATE


def _deflator(row: dict[str, str], place: str, *, is_own: bool) -> Deflator:
    currency, year, series, value, citation = (row[column] for column in COLUMNS)
    if not CURRENCY.fullmatch(currency):
        raise InputError(f'{place}: "{currency[:40]}" is not a currency. fix: use three capital letters, as in EUR')
    if not re.fullmatch(r"(19|20)\d\d", year):
        raise InputError(f'{place}: "{year[:40]}" is not a year. fix: give four digits')
    if series not in {RATE, INDEX, STAND_IN} or (series != RATE and currency != "USD") or (series == RATE and currency == "USD"):
        raise InputError(f'{place}: series "{series[:40]}" of {currency}. fix: use {RATE} for a rate, or {INDEX} or {STAND_IN} of USD')
    if not NUMBER.fullmatch(value) or not Decimal(value):
        raise InputError(f'{place}: "{value[:40]}" is not a positive number of at most ten decimals. fix: correct the cell')
    return Deflator(currency, int(year), series, Decimal(value), citation, place if is_own else "")


def replaced(shipped: Sequence[Deflator], own: Sequence[Deflator]) -> list[Deflator]:
    """The rates and indices in use: a row of the company's takes the place of the shipped one of that currency and year."""
    taken = {_key(row) for row in own}
    return [row for row in shipped if _key(row) not in taken] + list(own)


def money_units(rows: Sequence[Deflator]) -> list[MoneyUnit]:
    """One unit per currency and year that has both a rate and an index: rate x index(2022) / index(year); never a neighbouring year's."""
    index = {row.year: row for row in rows if row.series != RATE}
    rates = {(row.currency, row.year): row for row in rows if row.series == RATE}
    dollars = [_unit("USD", year, None, index) for year in sorted(index)]
    others = [_unit(currency, year, rate, index) for (currency, year), rate in sorted(rates.items()) if year in index]
    return [*dollars, *others]


def _unit(currency: str, year: int, rate: Deflator | None, index: dict[int, Deflator]) -> MoneyUnit:
    base, own = index[BASE_YEAR], index[year]
    ratio = (Fraction(rate.value) if rate else Fraction(1)) * Fraction(base.value) / Fraction(own.value)
    dollars = f"1 {currency} = {rate.value:f} USD, {_source(rate)}; " if rate else ""
    deflator = f"CPI-U {base.value:f} ({BASE_YEAR}) over {own.value:f} ({'for ' if own.series == STAND_IN else ''}{year}), {_source(own)}"
    is_own = bool((rate and rate.place) or own.place or base.place)
    return MoneyUnit(f"{currency}@{year}", currency, year, ratio, dollars + deflator, own.series == STAND_IN, is_own)


def _source(row: Deflator) -> str:
    return f"{row.citation} ({row.place})" if row.place else row.citation
