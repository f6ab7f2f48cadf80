"""Exact quantities with units: products, quotients, sums and conversions in the units of factors/units.csv and operand_units.csv.

A value is a fraction in base units (MJ, kg, m3, m, s ...); nothing is rounded before it is written. Counted things have no dimension.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Context, Decimal
from fractions import Fraction
from functools import cache
from typing import TypeAlias

from reporting.database import PACKAGE
from reporting.reference import read_rows
from reporting.resources import folder
from reporting.types import UsageError

Powers: TypeAlias = tuple[tuple[str, int], ...]
EXACT = Context(prec=34)
ONE: Powers = ()


@dataclass(frozen=True)
class Unit:
    """A unit: its size in base units, and the powers of them."""

    size: Fraction
    powers: Powers


def combined(parts: Iterable[tuple[Powers, int]]) -> Powers:
    """The powers of a product of (powers, exponent)."""
    total: dict[str, int] = {}
    for powers, exponent in parts:
        for base, power in powers:
            total[base] = total.get(base, 0) + power * exponent
    return tuple(sorted((base, power) for base, power in total.items() if power))


def _vector(text: str) -> Powers:
    pairs = (part.split(":") for part in text.split())
    return tuple(sorted((base, int(power)) for base, power in pairs))


@cache
def unit_names() -> Mapping[str, Unit]:
    """Every unit by name and alias, money apart: its exchange rates depend on the year."""
    made = {row["name"]: row for row in read_rows(PACKAGE / "standards" / "operand_units.csv")}
    names: dict[str, Unit] = {}
    for row in read_rows(folder("factors") / "units.csv"):
        if row["dimension"] == "money" and row["unit"] != row["base_unit"]:
            continue
        size = Fraction(int(row["numerator"]), int(row["denominator"]))
        base = made.get(row["base_unit"])
        if base:
            names[row["unit"]] = Unit(size * Fraction(int(base["numerator"]), int(base["denominator"])), _vector(base["vector"]))
        else:
            names[row["unit"]] = Unit(size, ((row["base_unit"], 1),))
    for row in made.values():
        names.setdefault(row["name"], Unit(Fraction(int(row["numerator"]), int(row["denominator"])), _vector(row["vector"])))
    aliases = {row["alias"]: names[row["unit"]] for row in read_rows(folder("factors") / "unit_aliases.csv") if row["unit"] in names}
    return aliases | names


def split_unit(text: str) -> list[tuple[str, int]]:
    """The names of a unit text with their signs: `kWh/GB-h` is kWh over GB times h; a term may begin with a number (`g/1e6 token`)."""
    parts: list[tuple[str, int]] = []
    for place, term in enumerate(text.split("/")):
        for name in term.split("-") if not term.strip()[:1].isdigit() else [term]:
            head, _, rest = name.strip().partition(" ")
            if number(head) is None:
                head, rest = name.strip(), ""
            sign = -1 if place else 1
            parts += [(head, sign), *((other.strip(), sign) for other in rest.split("-"))] if rest else [(head, sign)]
    return parts


def number(text: str) -> Fraction | None:
    """A plain or scientific decimal as a fraction, or nothing."""
    if not text[:1].isdigit() or "/" in text or "_" in text or len(text) > 40:
        return None
    try:
        value = Decimal(text)
    except ArithmeticError:
        return None
    return Fraction(value) if value.is_finite() and abs(value.adjusted()) < 400 else None


def parse_unit(text: str) -> Unit:
    """A unit text as size and powers; raises UsageError where a name is unknown."""
    if text in unit_names():
        return unit_names()[text]
    size, parts = Fraction(1), []
    for name, sign in split_unit(text):
        unit = unit_names().get(name)
        factor = unit.size if unit else number(name)
        if not factor:
            raise UsageError(f'unit "{text}" holds "{name}", which is no unit. fix: use the names of factors/units.csv, as in kg_co2e/kWh')
        size *= factor**sign
        parts.append((unit.powers if unit else ONE, sign))
    return Unit(size, combined(parts))


@dataclass(frozen=True)
class Quantity:
    """A value in base units with their powers."""

    value: Fraction
    powers: Powers = ONE

    @staticmethod
    def of(value: Decimal | int | str, unit: str = "1") -> Quantity:
        """A number of a unit."""
        known = parse_unit(unit)
        return Quantity(Fraction(Decimal(value)) * known.size, known.powers)

    def __mul__(self, other: Quantity) -> Quantity:
        return Quantity(self.value * other.value, combined([(self.powers, 1), (other.powers, 1)]))

    def __truediv__(self, other: Quantity) -> Quantity:
        """The ratio; raises UsageError for a divisor of 0: such a ratio is withheld, never 0."""
        if not other.value:
            raise UsageError("a quantity is divided by 0. fix: a ratio needs a divisor that is not 0")
        return Quantity(self.value / other.value, combined([(self.powers, 1), (other.powers, -1)]))

    def __add__(self, other: Quantity) -> Quantity:
        self._must_agree(other.powers)
        return Quantity(self.value + other.value, self.powers)

    def __sub__(self, other: Quantity) -> Quantity:
        self._must_agree(other.powers)
        return Quantity(self.value - other.value, self.powers)

    def _must_agree(self, powers: Powers) -> None:
        if self.powers != powers:
            raise UsageError(f"{written(self.powers)} and {written(powers)} are not alike. fix: give both in units of one kind")

    def to(self, unit: str) -> Decimal:
        """The number of a unit, 34 digits; raises UsageError where the dimensions differ."""
        known = parse_unit(unit)
        self._must_agree(known.powers)
        return decimal(self.value / known.size)


def decimal(value: Fraction) -> Decimal:
    """A fraction as a decimal of 34 digits."""
    return EXACT.divide(Decimal(value.numerator), Decimal(value.denominator))


def written(powers: Powers) -> str:
    """Powers as text: `MJ` or `kg_co2e MJ^-1`, `a number` where there are none."""
    return " ".join(base if power == 1 else f"{base}^{power}" for base, power in powers) or "a number"
