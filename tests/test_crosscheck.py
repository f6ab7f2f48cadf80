"""Single values that two independent sources gave alike (crosscheck.csv of the reference data) agree with what is shipped."""

from __future__ import annotations

import csv
import re
import sys
from collections import defaultdict
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path

FACTORS = Path(__file__).parents[1] / "factors"
GASES = {"Methane": "CH4", "Nitrous oxide": "N2O", "Sulfur hexafluoride": "SF6", "Nitrogen trifluoride": "NF3"}
COUNTRIES = {"USA": "US", "GBR": "GB", "CHN": "CN", "JPN": "JP", "AUS": "AU", "BRA": "BR", "CAN": "CA"}
NOT_SHIPPED = {"GPU TDP", "GPU FP32 TFLOPS", "GPU FP16 TFLOPS (tensor dense)"}
Row = dict[str, str]


@cache
def table(name: str) -> tuple[Row, ...]:
    with (FACTORS / name).open(encoding="utf-8", newline="") as stream:
        return tuple(csv.DictReader(stream))


@cache
def warming() -> dict[tuple[str, str], Row]:
    return {(row["gwp_set"], row["gas"]): row for row in table("gwp.csv")}


def gas(gwp_set: str, name: str) -> Row | None:
    """The row of a gas however its name is spelt: HFC134a, HFC-134a, R404A."""
    plain = {(of, known.replace("-", "").lower()): row for (of, known), row in warming().items()}
    return next(
        (plain[key] for key in ((gwp_set, spelt.replace("-", "").lower()) for spelt in (name, GASES.get(name, name))) if key in plain), None
    )


def rounds_to(value: str, printed: str) -> bool:
    """Whether a value is the printed one at the printed one's decimals; `28.0` is as good as `28`."""
    goal = Decimal(printed).normalize()
    places = Decimal(1).scaleb(min(0, int(goal.as_tuple().exponent)))
    return Decimal(value).quantize(places, rounding=ROUND_HALF_UP) == goal


def published(name: str, factor_id: str, of: str, value: str) -> bool:
    found = [row for row in table(f"{name}/factors.csv") if row["factor_id"] == factor_id and row["gas"] == of]
    return len(found) == 1 and Decimal(found[0]["published_value"]) == Decimal(value)


@cache
def totals(name: str) -> dict[str, Decimal]:
    """What the gases of each factor add up to, as the publisher prints them in CO2e."""
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for row in table(f"{name}/factors.csv"):
        if row["is_biogenic"] == "false" and row["value_as"] == "kg_co2e":
            sums[row["factor_id"]] += Decimal(row["value"])
    return sums


def of_ar5(row: Row) -> bool:
    found = gas("AR5", row["item"])
    return found is not None and rounds_to(found["value"], row["value_b"])


def of_a_set(row: Row) -> bool:
    gwp_set, name = row["item"].split()
    found = gas(gwp_set, name)
    return found is not None and rounds_to(found["value"], row["value_b"])


def of_a_blend(row: Row) -> bool:
    name, gwp_set = row["item"].strip("()").replace("'", "").split(", ")
    found = gas(gwp_set, name)
    return found is not None and Decimal(found["value"]) == Decimal(row["value_a"])


def of_a_kyoto_blend(row: Row) -> bool:
    found = gas("AR5", row["item"])
    return found is not None and abs(Decimal(found["kyoto_value"]) - Decimal(row["value_b"])) <= 1


def of_table_1(row: Row) -> bool:
    units = ("short-ton", "scf", "gallon")
    return any(published("epa_hub_2025", f"epa-hub.2025.t1.{row['item']}.{unit}", "CO2", row["value_b"]) for unit in units)


def of_egrid(row: Row) -> bool:
    return published("epa_hub_2024", f"epa-hub.2024.t6.{row['item'].lower()}.total-output", "CO2", row["value_a"])


def of_desnz(row: Row) -> bool:
    """The total of a factor named alike, within the rounding of its three gases to five decimals."""
    name = f"desnz_{row['item'][:4]}"
    words = set(re.findall(r"[a-z]{2,}", re.findall(r"'([^']+)'", row["item"])[-1].rsplit(" - ")[-1].lower()))
    named = {line["factor_id"] for line in table(f"{name}/factors.csv") if words <= set(re.findall(r"[a-z]{2,}", line["label"].lower()))}
    return any(abs(totals(name)[factor_id] - Decimal(row["value_b"])) <= Decimal("0.000015") for factor_id in named)


def of_a_country(row: Row) -> bool:
    country, year = row["item"].split()
    return published("owid_ember_2026", f"owid-ember.2026.{COUNTRIES[country]}.{year}", "CO2e", row["value_a"])


def of_google(row: Row) -> bool:
    region, year = (row["item"] + " 2024").split()[:2]
    return published("google_regions_2024", f"google-regions.2024.{region}.{year}", "CO2e", row["value_a"])


def of_carbon_free(row: Row) -> bool:
    region, year = row["item"].split()
    shares = {(r["region"], r["year"]): r["carbon_free_share"] for r in table("carbon_free_energy.csv")}
    return Decimal(shares[f"gcp:{region}", year]) == Decimal(row["value_a"])


CHECKS: dict[str, Callable[[Row], bool]] = {
    "GWP AR5": of_ar5, "GWP": of_a_set, "Blend": of_a_blend, "Blend AR5": of_a_kyoto_blend, "Blend AR5 computed": of_a_kyoto_blend,
    "EPA T1 internal (heat x EF)": of_table_1, "eGRID2022 lb CO2/MWh": of_egrid, "eGRID2022": of_egrid, "DESNZ": of_desnz,
    "Grid country-year": of_a_country, "GCP grid gCO2/kWh": of_google, "GCP grid": of_google, "GCP CFE": of_carbon_free,
}  # fmt: skip


def test_what_agreed_agrees_with_what_is_shipped(shared: Path) -> None:
    with (shared / "factors" / "crosscheck.csv").open(encoding="utf-8", newline="") as stream:
        agreeing = [row for row in csv.DictReader(stream) if row["result"] == "agree"]
    assert {row["dataset"] for row in agreeing} <= set(CHECKS) | NOT_SHIPPED
    looked_at = [row for row in agreeing if row["dataset"] in CHECKS]
    sys.stdout.write(f"{len(looked_at)} of {len(agreeing)} agreeing values concern shipped data\n")
    assert [(row["dataset"], row["item"], row["value_a"]) for row in looked_at if not CHECKS[row["dataset"]](row)] == []
    assert len(looked_at) > 180


def test_a_planted_difference_is_seen() -> None:
    assert not of_ar5({"item": "Methane", "value_b": "29.0"})
    assert not of_a_kyoto_blend({"item": "R404A", "value_b": "3950.0"})
    assert not of_egrid({"item": "AKGD", "value_a": "1052.115"})
    assert not of_desnz({"item": "2024 ['UK electricity - Electricity generated'] kWh", "value_b": "0.2071"})
    assert not of_desnz({"item": "2024 ['No such factor'] kWh", "value_b": "0.20705"})
    assert not of_a_country({"item": "USA 2024", "value_a": "383.79"})
