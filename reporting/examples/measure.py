"""Quantities of the vocabulary: numbers with named units, whose counted things keep their name and whose CO2 is never CO2e."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import TypeAlias

from reporting.quantity import Powers, Unit, combined, number, parse_unit, split_unit, written
from reporting.reference import read_rows
from reporting.types import UsageError

HERE = Path(__file__).parent
COUNTED = "#"
Terms: TypeAlias = tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Name:
    """A unit of the vocabulary: the engine's name and how many of it, size and powers; the powers of a counted thing begin with #."""

    engine_unit: str
    multiplier: Fraction
    unit: Unit


@cache
def names() -> Mapping[str, Name]:
    """The units of the vocabulary by name."""
    return {row["unit"]: _name(row) for row in read_rows(HERE / "units.csv")}


def _name(row: Mapping[str, str]) -> Name:
    unit, multiplier = parse_unit(row["engine_unit"]), Fraction(row["multiplier"])
    thing = row["thing"]
    powers: Powers = (("kg_co2", 1),) if thing == "CO2" else unit.powers
    if thing and thing != "CO2":
        powers = combined([(powers, 1), (((COUNTED + thing, 1),), 1)])
    return Name(row["engine_unit"], multiplier, Unit(unit.size * multiplier, powers))


@cache
def base_names() -> Mapping[str, tuple[str, Fraction]]:
    """For every base of powers a unit of the vocabulary and its size, to write a result as a measure again."""
    bases = {"MJ": "MJ", "kg": "kg", "m3": "m3", "m": "m", "m2": "m2", "s": "s", "byte": "GB", "kg_co2e": "kgCO2e", "kg_co2": "kgCO2"}
    bases |= {"USD@2022": "USD"} | {power: name for name in names() for power, _ in names()[name].unit.powers if power == COUNTED + name}
    return {base: (name, names()[name].unit.size) for base, name in bases.items()}


@dataclass(frozen=True)
class Measure:
    """A number in a product of named units, each with its power."""

    value: Fraction
    terms: Terms = ()

    @property
    def size(self) -> Fraction:
        """The size of the unit in base units."""
        size = Fraction(1)
        for name, power in self.terms:
            size *= names()[name].unit.size ** power
        return size

    @property
    def base(self) -> Fraction:
        """The value in base units."""
        return self.value * self.size

    @property
    def powers(self) -> Powers:
        """Powers of base units, counted things among them."""
        return combined((names()[name].unit.powers, power) for name, power in self.terms)

    def without(self, name: str, power: int) -> Measure:
        """The same number with one unit less."""
        left = list(self.terms)
        left.remove((name, power))
        return Measure(self.value, tuple(left))

    def in_engine(self) -> tuple[Fraction, str]:
        """The number and the unit as the engine's files state them."""
        value = self.value
        above: list[str] = []
        below: list[str] = []
        for name, power in self.terms:
            known = names()[name]
            value *= known.multiplier**power
            (above if power > 0 else below).extend([known.engine_unit] * abs(power))
        return value, "/".join(["-".join(above) or "1", *below])


def parse(text: str, definitions: Mapping[str, Measure] | None = None) -> Measure:
    """A unit as one of it; raises UsageError for a name that the vocabulary lacks."""
    value, terms = Fraction(1), []
    for name, sign in split_unit(text):
        given = (definitions or {}).get(name)
        if given:
            value *= given.value**sign
            terms += [(other, power * sign) for other, power in given.terms]
        elif name in names():
            terms.append((name, sign))
        elif name == "%":
            value *= Fraction(1, 100) ** sign
        else:
            factor = number(name)
            if not factor:
                raise UsageError(f'unknown unit "{name}" in "{text}". fix: use the units of the vocabulary')
            value *= factor**sign
    return Measure(value, tuple(terms))


def measure(value: object, unit: object, definitions: Mapping[str, Measure] | None = None) -> Measure:
    """A quantity of the file; raises UsageError where the value is no number or the unit is unknown."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal) or not isinstance(unit, str):
        raise UsageError(f"{value!r} {unit!r} is no quantity. fix: give a number as value and a text as unit")
    one = parse(unit, definitions)
    return Measure(Fraction(value) * one.value, one.terms)


def of_base(value: Fraction, powers: Powers) -> Measure:
    """A measure from base units."""
    terms = []
    for base, power in powers:
        name, size = base_names()[base]
        value /= size**power
        terms += [(name, 1 if power > 0 else -1)] * abs(power)
    return Measure(value, tuple(terms))


def plain(powers: Powers) -> Powers:
    """Powers without counted things."""
    return tuple((base, power) for base, power in powers if not base.startswith(COUNTED))


def things(powers: Powers) -> Powers:
    """The counted things alone."""
    return tuple((base, power) for base, power in powers if base.startswith(COUNTED))


def in_engine_powers(powers: Powers) -> Powers:
    """Powers as the engine has them: nothing counted, the mass of CO2 as the CO2e that it is (its GWP is 1)."""
    return combined((((("kg_co2e", 1),) if base == "kg_co2" else ((base, 1),)), power) for base, power in plain(powers))


def agree(one: Powers, other: Powers) -> bool:
    """Whether two results are of one kind: counted things may be left unsaid on one side, but are never others."""
    own, theirs = set(things(one)), set(things(other))
    return plain(one) == plain(other) and (own <= theirs or theirs <= own)


def product(parts: Iterable[tuple[Measure, int]]) -> Measure:
    """The unit of a product, as one of it."""
    return Measure(Fraction(1), tuple((name, power * sign) for one, sign in parts for name, power in one.terms))


def kind_of(powers: Powers) -> str:
    """Powers as text for a message."""
    return written(powers)
