"""Every shipped factor is reachable: one activity of one unit pinned to each id, through the whole pipeline, gives its published values."""

from __future__ import annotations

import csv
import json
import sys
from collections import Counter
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest
from inventories import INVENTORY, rows

from reporting.pipeline import Result, compute

ROOT = Path(__file__).parents[1]
HEADER = ("activity_id", "activity_type", "start", "end", "quantity", "unit", "site", "factor")
LAST_PLACE = Decimal("1e-12")
TYPED = {"desnz_2024": 1163, "desnz_2025": 1163, "desnz_2026": 1169, "epa_hub_2024": 190, "epa_hub_2025": 190, "epa_supply_chain_1.3": 1016}
"""Ids with a type, at least; the others are the same thing in a second unit or at another load, and are reached by their id alone."""
Values = dict[tuple[str, str, bool], tuple[Decimal, str]]


def shipped() -> list[dict[str, str]]:
    """All rows of all shipped factor sets."""
    found = []
    for path in sorted((ROOT / "factors").glob("*/factors.csv")):
        with path.open(encoding="utf-8", newline="") as stream:
            found += [row | {"set": path.parent.name} for row in csv.DictReader(stream)]
    return found


def types() -> dict[str, dict[str, str]]:
    """Activity types by name."""
    with (ROOT / "reporting" / "standards" / "activity_types.csv").open(encoding="utf-8", newline="") as stream:
        return {row["activity_type"]: row for row in csv.DictReader(stream)}


def dimensions() -> dict[str, str]:
    """Dimension by unit."""
    with (ROOT / "factors" / "units.csv").open(encoding="utf-8", newline="") as stream:
        return {row["unit"]: row["dimension"] for row in csv.DictReader(stream)}


def activities(factors: list[dict[str, str]]) -> dict[str, tuple[str, str]]:
    """Type and unit of one activity per factor id: its own type, else the first type that is measured alike."""
    known, dimension = types(), dimensions()
    first: dict[str, str] = {}
    for name, row in known.items():
        for size in row["dimension"].split("|"):
            if row["bases"] == "single" and row["scope"]:
                first.setdefault(size, name)
    return {row["factor_id"]: (row["activity_type"] or first[dimension[row["per_unit"]]], row["per_unit"]) for row in factors}


@pytest.fixture(scope="module")
def priced(tmp_path_factory: pytest.TempPathFactory) -> Result:
    """One inventory with an activity for every factor id."""
    folder = tmp_path_factory.mktemp("every")
    (folder / "activity").mkdir()
    with (folder / "activity" / "s.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(HEADER)
        for factor_id, (kind, unit) in activities(shipped()).items():
            writer.writerow((factor_id, kind, "2026-07-01", "2026-07-31", "1", unit, "mill", factor_id))
    (folder / "inventory.yaml").write_text(json.dumps(INVENTORY), encoding="utf-8")
    return compute(folder)


def given() -> Values:
    """Value and kind of every gas row."""
    return {(row["factor_id"], row["gas"], row["is_biogenic"] == "true"): (Decimal(row["value"]), row["value_as"]) for row in shipped()}


def test_one_unit_of_every_factor_gives_its_values(priced: Result) -> None:
    found = rows(
        priced,
        """select activity_id[3:], gas, is_biogenic, gwp, kg_gas, kg_co2e, factor_id, multiplier
           from ledger where derivation = '' and basis in ('both', 'location')""",
    )
    values, seen, wrong = given(), set(), []
    for name, gas, is_biogenic, gwp, kg_gas, kg_co2e, factor_id, multiplier in found:
        value, value_as = values[factor_id, gas, is_biogenic]
        mass = value.quantize(LAST_PLACE, rounding=ROUND_HALF_UP)
        warming = (mass * gwp).quantize(LAST_PLACE, rounding=ROUND_HALF_UP)
        seen.add((factor_id, gas, is_biogenic))
        if name != factor_id or multiplier != 1 or kg_co2e != warming or (value_as == "kg_gas" and kg_gas != mass):
            wrong.append((name, gas, kg_gas, kg_co2e, value))
    assert wrong == []
    without_gwp = {
        gas for (gas,) in rows(priced, "select distinct gas from factor anti join gwp on gwp.gas = factor.gas and gwp_set = 'AR6'")
    }
    missing = {key for key in values if key not in seen}
    assert {gas for _, gas, _ in missing} <= without_gwp, sorted(missing)[:5]
    sys.stdout.write(f"{len(seen)} gas rows of {len({name for name, _, _ in seen})} factors; no GWP in AR6: {len(missing)}\n")
    assert len(seen) > 50_000


def test_what_could_not_be_priced_is_said(priced: Result) -> None:
    """A gas without a GWP in the view's set is a finding; nothing else keeps a pinned factor from pricing its activity."""
    rules = Counter(finding.rule for finding in priced.findings if finding.severity == "error" and "~" not in finding.subject)
    assert set(rules) <= {"factor/gwp-missing", "energy/content-missing"}, rules  # energy in MWh is another figure than emissions
    without_gwp = rows(priced, "select count(distinct gas) from factor anti join gwp on gwp.gas = factor.gas and gwp_set = 'AR6'")
    assert [(rules["factor/gwp-missing"],)] == without_gwp


def test_published_rows_have_a_type_or_are_reached_by_their_id() -> None:
    """DESNZ and EPA: the share of ids with a type, so that a loss of types is seen; the rest is reached by the pin (above)."""
    typed: Counter[str] = Counter()
    whole: Counter[str] = Counter()
    for name, row in {row["factor_id"]: row for row in shipped()}.items():
        assert name
        whole[row["set"]] += 1
        typed[row["set"]] += bool(row["activity_type"])
    known = types()
    assert {row["activity_type"] for row in shipped() if row["activity_type"]} <= set(known)
    sys.stdout.write(f"with a type: { {name: f'{typed[name]} of {number}' for name, number in sorted(whole.items())} }\n")
    assert {name: typed[name] for name, least in TYPED.items() if typed[name] < least} == {}
