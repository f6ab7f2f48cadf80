"""Activity types, what people write for them, and what one activity gives rise to: consistent among themselves and with the sets."""

import csv
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[1]
STANDARDS = ROOT / "reporting" / "standards"

UNPUBLISHED = {
    ("lubricants.well_to_tank", "volume"),
    ("naphtha.well_to_tank", "volume"),
    ("waste_oil.well_to_tank", "volume"),
}
"""Upstream factors that DESNZ does not print in a unit in which it prints the fuel (`WTT- fuels`, empty cells)."""


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _types() -> dict[str, dict[str, str]]:
    return {row["activity_type"]: row for row in _rows(STANDARDS / "activity_types.csv")}


def test_types_are_unique_and_complete() -> None:
    rows = _rows(STANDARDS / "activity_types.csv")
    assert [name for name, count in Counter(row["activity_type"] for row in rows).items() if count > 1] == []
    for row in rows:
        assert row["label"], row
        assert row["citation"], row
        assert row["dimension"], row
        assert row["bases"] == ("dual" if row["scope"] == "2" else "single"), row


def test_iso_category_follows_scope_and_category() -> None:
    of_category = {"4": "3", "6": "3", "7": "3", "9": "3", "1": "4", "2": "4", "3": "4", "5": "4", "8": "4", "10": "5", "11": "5", "12": "5", "13": "5", "14": "5", "15": "5"}  # fmt: skip  # noqa: E501
    for row in _types().values():
        expected = of_category[row["scope3_category"]] if row["scope"] == "3" else row["scope"]
        assert row["iso_category"] == expected, row


def test_types_are_priced_as_a_type_with_its_own_factors() -> None:
    types = _types()
    for row in types.values():
        if row["priced_as"]:
            assert types[row["priced_as"]]["priced_as"] == "", row
            assert types[row["priced_as"]]["boundary"] == row["boundary"], row


def test_aliases_are_lower_case_unique_and_known() -> None:
    rows = _rows(STANDARDS / "activity_type_aliases.csv")
    assert len(rows) >= 60
    assert len({row["alias"] for row in rows}) == len(rows)
    types = _types()
    for row in rows:
        assert row["alias"] == row["alias"].lower().strip(), row
        assert row["alias"] not in types, row
        assert row["activity_type"] in types, row


def test_derivation_rules_lead_to_known_types_that_derive_nothing() -> None:
    rows = _rows(STANDARDS / "derivation_rules.csv")
    types = _types()
    parents = {row["activity_type"] for row in rows}
    assert len({(row["suffix"], row["activity_type"], row["region"]) for row in rows}) == len(rows)
    for row in rows:
        assert row["citation"], row
        assert row["activity_type"] in types, row
        assert row["derived_activity_type"] in types, row
        assert row["derived_activity_type"] not in parents, row


def test_every_derived_activity_has_a_uk_factor_in_the_units_of_its_parent() -> None:
    types = _types()
    dimension = {row["unit"]: row["dimension"] for row in _rows(ROOT / "factors" / "units.csv")}
    priced = {(row["activity_type"], dimension[row["per_unit"]]) for row in _rows(ROOT / "factors" / "desnz_2026" / "factors.csv")}
    missing = set()
    for rule in _rows(STANDARDS / "derivation_rules.csv"):
        if rule["region"] not in {"", "GB"}:
            continue
        parent = types[rule["activity_type"]]["priced_as"] or rule["activity_type"]
        derived = types[rule["derived_activity_type"]]["priced_as"] or rule["derived_activity_type"]
        missing |= {(derived, size) for name, size in priced if name == parent and (derived, size) not in priced}
    assert missing == UNPUBLISHED
