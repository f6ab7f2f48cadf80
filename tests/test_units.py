"""Conversions are exact rationals and Pint agrees; what can be measured has a unit, and the names that people write reach it."""

from __future__ import annotations

import csv
from decimal import Context, Decimal, localcontext
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

FACTORS = Path(__file__).parents[1] / "factors"
DIGITS = Decimal("1e-25")
NAMES = {
    "Btu": "international_british_thermal_unit", "kBtu": "1000 * international_british_thermal_unit",
    "MMBtu": "1000000 * international_british_thermal_unit", "therm": "100000 * international_british_thermal_unit",
    "toe": "41868 * megajoule", "ton_refrigeration_h": "12000 * international_british_thermal_unit",
    "mWh": "milliwatt_hour", "Wh": "watt_hour",
    "kWh": "kilowatt_hour", "MWh": "megawatt_hour", "GWh": "gigawatt_hour", "TWh": "terawatt_hour", "J": "joule",
    "kJ": "kilojoule", "MJ": "megajoule", "GJ": "gigajoule", "TJ": "terajoule", "PJ": "petajoule", "kg": "kilogram",
    "mg": "milligram", "g": "gram", "t": "metric_ton", "kt": "1000 * metric_ton", "Mt": "1000000 * metric_ton",
    "lb": "pound", "oz": "ounce", "short_ton": "short_ton", "long_ton": "long_ton", "m3": "meter ** 3", "l": "liter",
    "ml": "milliliter", "kl": "kiloliter", "hl": "hectoliter", "Ml": "megaliter", "gal_us": "gallon",
    "gal_uk": "imperial_gallon", "bbl": "oil_barrel", "ft3": "foot ** 3", "scf": "foot ** 3", "ccf": "100 * foot ** 3",
    "Mcf": "1000 * foot ** 3", "MMscf": "1000000 * foot ** 3", "yd3": "yard ** 3", "in": "inch", "yd": "yard", "cm": "centimeter",
    "kcal": "1000 * international_calorie",
    "Gcal": "1000000000 * international_calorie", "m": "meter", "km": "kilometer",
    "ft": "foot", "mi": "mile", "nmi": "nautical_mile", "vkm": "kilometer", "vmi": "mile", "pkm": "passenger * kilometer",
    "pmi": "passenger * mile", "pnmi": "passenger * nautical_mile", "tkm": "metric_ton * kilometer",
    "kgkm": "kilogram * kilometer", "tmi": "metric_ton * mile", "tmi_short": "short_ton * mile", "s": "second",
    "ms": "millisecond", "min": "minute", "h": "hour", "day": "day", "week": "week", "m2": "meter ** 2", "ft2": "foot ** 2",
    "ha": "hectare", "km2": "kilometer ** 2", "acre": "4840 * yard ** 2", "byte": "byte", "kB": "kilobyte", "MB": "megabyte",
    "GB": "gigabyte", "TB": "terabyte", "PB": "petabyte", "EB": "exabyte", "KiB": "kibibyte", "MiB": "mebibyte",
    "GiB": "gibibyte", "TiB": "tebibyte", "PiB": "pebibyte", "bit": "bit", "kbit": "kilobit", "Mbit": "megabit",
    "Gbit": "gigabit", "Tbit": "terabit", "byte_s": "byte * second", "MB_h": "megabyte * hour", "GB_h": "gigabyte * hour",
    "TB_h": "terabyte * hour", "PB_h": "petabyte * hour", "GiB_h": "gibibyte * hour", "GB_day": "gigabyte * day",
    "TB_day": "terabyte * day", "kg_co2e": "kilogram", "g_co2e": "gram", "t_co2e": "metric_ton", "lb_co2e": "pound",
}  # fmt: skip
BASES = {
    "MJ": "megajoule", "kg": "kilogram", "m3": "meter ** 3", "m": "meter", "s": "second", "m2": "meter ** 2", "byte": "byte",
    "byte_s": "byte * second", "pkm": "passenger * kilometer", "tkm": "metric_ton * kilometer", "kg_co2e": "kilogram",
}  # fmt: skip
COUNTED = {"count", "room_night", "compute", "money", "vcpu_time", "token", "request"}
"""Dimensions of counted things, which Pint has no units for, and of money."""
DIMENSIONS = {
    "energy", "energy_hhv", "energy_lhv", "mass", "volume", "distance", "passenger_distance", "freight_distance", "money",
    "area", "time", "count", "room_night", "data", "data_time", "compute", "vcpu_time", "token", "request", "co2e",
}  # fmt: skip
PHRASES = {
    "kWh": "kWh", "kilowatt hours": "kWh", "megawatt hours": "MWh", "therms": "therm_hhv", "kWh (Gross CV)": "kWh_hhv",
    "kWh (net)": "kWh_lhv", "litres": "l", "US gallons": "gal_us", "imperial gallons": "gal_uk", "m³": "m3", "CCF": "ccf",
    "tonnes": "t", "short tons": "short_ton", "lbs": "lb", "miles": "mi", "nautical miles": "nmi", "passenger.km": "pkm",
    "tonne.km": "tkm", "short ton-miles": "tmi_short", "room nights": "night", "GPU-hours": "h", "vCPU-hours": "vCPU_h",
    "GB-hours": "GB_h", "TB-hours": "TB_h", "1M tokens": "Mtoken", "tokens": "token", "API calls": "request",
    "petaflop/s-days": "PFLOP_day", "terabytes": "TB", "sq ft": "ft2", "acres": "acre", "hectares": "ha",
}  # fmt: skip


def table(name: str) -> list[dict[str, str]]:
    with (FACTORS / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


UNITS = {row["unit"]: row for row in table("units.csv")}
ALIASES = {row["alias"]: row["unit"] for row in table("unit_aliases.csv")}
MEASURED = sorted(unit for unit, row in UNITS.items() if row["dimension"] not in COUNTED)


def ratio(unit: str) -> Fraction:
    return Fraction(int(UNITS[unit]["numerator"]), int(UNITS[unit]["denominator"]))


def plain(unit: str) -> str:
    """The unit without its calorific basis."""
    return unit.removesuffix("_hhv").removesuffix("_lhv")


@st.composite
def pairs(draw: st.DrawFn) -> tuple[str, str]:
    """Two units of one dimension."""
    one = draw(st.sampled_from(sorted(UNITS)))
    alike = sorted(unit for unit, row in UNITS.items() if row["dimension"] == UNITS[one]["dimension"])
    return one, draw(st.sampled_from(alike))


@given(pairs(), st.fractions())
def test_there_and_back_is_exact(pair: tuple[str, str], quantity: Fraction) -> None:
    one, other = pair
    there = quantity * ratio(one) / ratio(other)
    assert there * ratio(other) / ratio(one) == quantity


@given(pairs(), st.sampled_from(sorted(UNITS)))
def test_the_way_over_a_third_unit_is_the_direct_one(pair: tuple[str, str], third: str) -> None:
    one, other = pair
    if UNITS[third]["dimension"] == UNITS[one]["dimension"]:
        assert (ratio(one) / ratio(third)) * (ratio(third) / ratio(other)) == ratio(one) / ratio(other)


@pytest.fixture(scope="module")
def registry() -> Any:  # noqa: ANN401 - Pint is not installed everywhere
    pint = pytest.importorskip("pint", reason="pint, which checks the units, is not installed")
    made = pint.UnitRegistry(non_int_type=Decimal)
    made.define("passenger = [passenger]")
    return made


def test_pint_is_asked_about_every_unit_that_it_can_express() -> None:
    assert {plain(unit) for unit in MEASURED} == set(NAMES)


@pytest.mark.parametrize("unit", MEASURED)
def test_pint_agrees_to_25_digits(unit: str, registry: Any) -> None:  # noqa: ANN401
    with localcontext(Context(prec=50)):
        base = BASES[plain(UNITS[unit]["base_unit"])]
        found = Decimal(registry.parse_expression(NAMES[plain(unit)]).to(base).magnitude)
        own = Decimal(ratio(unit).numerator) / Decimal(ratio(unit).denominator)
        assert abs(found - own) <= DIGITS * own


def test_the_dimensions_are_these() -> None:
    assert {row["dimension"] for row in UNITS.values()} == DIMENSIONS


def test_each_dimension_has_one_base_unit() -> None:
    bases = {(row["dimension"], row["base_unit"]) for row in UNITS.values()}
    assert len(bases) == len(DIMENSIONS)
    assert all(ratio(base) == 1 and UNITS[base]["dimension"] == dimension for dimension, base in bases)


@pytest.mark.parametrize(
    ("unit", "numerator", "base"),
    [
        ("vCPU_h", 3600, "vCPU_s"),
        ("Mtoken", 10**6, "token"),
        ("Mrequest", 10**6, "request"),
        ("PFLOP_day", 86400 * 10**15, "FLOP"),
        ("ZFLOP", 10**21, "FLOP"),
    ],
)
def test_counted_things(unit: str, numerator: int, base: str) -> None:
    assert (ratio(unit), UNITS[unit]["base_unit"]) == (Fraction(numerator), base)


@pytest.mark.parametrize("phrase", sorted(PHRASES))
def test_what_people_write(phrase: str) -> None:
    assert ALIASES.get(phrase, phrase) == PHRASES[phrase]
