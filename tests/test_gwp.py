"""GWP values: horizons kept apart, blends recomputed from their parts, and every disagreement of the publishers listed."""

import csv
import re
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest
from command import run

from reporting.questions.catalogue import open_catalogue, show_factor
from reporting.questions.starter import init
from reporting.resources import folder
from reporting.types import UsageError

FACTORS = folder("factors")
HALF = Decimal("0.5")
HYDROCARBONS = {"butane", "isobutane", "isopentane", "propane", "propylene"}


def table(name: str | Path) -> list[dict[str, str]]:
    with (FACTORS / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


GWP = {(row["gwp_set"], row["gas"]): row for row in table("gwp.csv")}
BLENDS = sorted({row["blend"] for row in table("gwp_blends.csv")})
LISTED = {(row["subject"], row["property"], row["other"]): row for row in table("disagreements.csv") if row["table"] == "gwp"}


@pytest.mark.parametrize("name", sorted({name for name, _ in GWP}))
def test_blends_count_all_parts_and_kyoto_parts(name: str) -> None:
    for blend in BLENDS:
        parts = [row for row in table("gwp_blends.csv") if row["blend"] == blend and row["gas"] not in HYDROCARBONS]
        if (name, blend) not in GWP:
            assert any((name, part["gas"]) not in GWP for part in parts), blend
            continue
        row = GWP[name, blend]
        counted = [
            (Decimal(part["mass_share"]) * Decimal(GWP[name, part["gas"]]["value"]), GWP[name, part["gas"]]["is_kyoto"]) for part in parts
        ]
        sums = (sum((value for value, _ in counted), Decimal(0)), sum((value for value, kyoto in counted if kyoto == "true"), Decimal(0)))
        expected = tuple(total.quantize(Decimal("0.001"), rounding=ROUND_HALF_UP) for total in sums)
        assert (Decimal(row["value"]), Decimal(row["kyoto_value"])) == expected, (name, blend)
        assert (row["is_kyoto"] == "true") == (sums[0] == sums[1]), blend


def test_a_single_gas_counts_whole_or_not_at_all_under_the_protocol() -> None:
    for (name, gas), row in GWP.items():
        if gas not in BLENDS:
            assert row["kyoto_value"] == (row["value"] if row["is_kyoto"] == "true" else "0"), (name, gas)


def test_horizons_stand_in_the_name_of_the_set() -> None:
    horizons = {(name, row["horizon_years"]) for (name, _), row in GWP.items()}
    assert horizons == {(name, name.partition("-GWP")[2] or "100") for name, _ in GWP}
    assert GWP["TAR-GWP20", "CH4"]["value"] == "62"
    assert GWP["TAR-GWP500", "CH4"]["value"] == "7"
    assert GWP["AR5-CCF", "CH4"]["value"] == "34"


def epa_printed(shared: Path) -> dict[str, Decimal]:
    with (shared / "factors" / "gwp.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["kind"].startswith("blend (HFC/PFC")]
    return {f"R-{row['species'][1:]}": Decimal(row["gwp"]) for row in rows}


def test_epa_agrees_with_the_kyoto_parts_but_for_what_is_listed(shared: Path) -> None:
    printed = epa_printed(shared)
    assert sorted(printed) == BLENDS
    differing = {blend: value for blend, value in printed.items() if abs(value - Decimal(GWP["AR5", blend]["kyoto_value"])) > HALF}
    assert {(blend, "AR5 kyoto_value", format(value.normalize(), "f")) for blend, value in differing.items()} == {
        key for key in LISTED if key[1] == "AR5 kyoto_value"
    }
    assert list(differing) == ["R-424A"]


def test_every_blend_with_a_part_outside_the_protocol_is_listed_as_counted_differently(shared: Path) -> None:
    printed = epa_printed(shared)
    expected = {
        (blend, "AR5 value", format(printed[blend].normalize() or Decimal(0), "f"))
        for blend in BLENDS
        if GWP["AR5", blend]["is_kyoto"] == "false"
    }
    assert expected == {key for key, row in LISTED.items() if "EPA" in row["other_from"] and key[1] == "AR5 value"}
    assert len(expected) == 13


@pytest.mark.parametrize("year", [2024, 2025, 2026])
def test_desnz_agrees_with_both_countings_but_for_what_is_listed(year: int) -> None:
    compared, differing = 0, set()
    for row in table(f"desnz_{year}/factors.csv"):
        match = re.fullmatch(r"desnz\.\d+\.refrigerants\.blend\.r(\w+)\.(kyoto|non-kyoto|total)\.kg", row["factor_id"])
        found = GWP.get(("AR5", f"R-{match[1].upper()}")) if match else None
        if match and found:
            value, kyoto = Decimal(found["value"]), Decimal(found["kyoto_value"])
            ours = {"kyoto": kyoto, "non-kyoto": value - kyoto, "total": value}[match[2]]
            compared += 1
            if abs(ours - Decimal(row["published_value"])) > HALF:
                differing.add((found["gas"], "AR5 value", row["published_value"]))
    assert compared == 69
    assert differing == {key for key, row in LISTED.items() if "UK Government" in row["other_from"]}


def test_what_the_list_says_was_chosen_stands_in_the_table() -> None:
    for (blend, name, _), row in LISTED.items():
        gwp_set, column = name.split(" ")
        assert row["chosen"] == GWP[gwp_set, blend][column], blend
        assert row["reason"]


def test_other_horizons_are_shown_and_only_where_the_gases_are_masses() -> None:
    catalogue = open_catalogue()
    shown = {metric.gwp_set: metric for metric in show_factor(catalogue, "epa-hub.2025.t1.natural-gas.mmbtu").other_metrics}
    assert {name: metric.horizon_years for name, metric in shown.items()} == {
        "AR5-CCF": 100, "AR6-GWP20": 20, "AR6-GWP500": 500, "TAR-GWP20": 20, "TAR-GWP500": 500,
    }  # fmt: skip
    assert shown["AR6-GWP20"].kg_co2e == Decimal("53.06") + Decimal("0.001") * Decimal("81.2") + Decimal("0.0001") * 273
    as_co2e = show_factor(catalogue, "owid-ember.2026.DE.2024").other_metrics
    assert {(metric.kg_co2e, metric.missing_gases) for metric in as_co2e} == {(None, ("CO2e",))}


def test_another_horizon_cannot_be_taken_for_an_inventory(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(UsageError, match="all of 100 years"):
        show_factor(open_catalogue(), "owid-ember.2026.DE.2024", gwp_set="AR6-GWP20")
    made = tmp_path / "inventory"
    init(made)
    text = (made / "inventory.yaml").read_text(encoding="utf-8")
    assert "gwp_set: AR6" in text
    (made / "inventory.yaml").write_text(text.replace("gwp_set: AR6", "gwp_set: AR6-GWP20"), encoding="utf-8")
    result = run(capsys, "check", made)
    assert result.code == 3
    assert "gwp_set" in result.err
