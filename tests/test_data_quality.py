"""Five indicators of data quality per significant line, and their weighted scores by category."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from inventories import FACTORS, HEADER, compute, factor, rows, table, write

from reporting.pipeline import Result
from reporting.statement import statements

WORDS = ("technology", "time", "geography", "completeness", "reliability")


@pytest.fixture(scope="module")
def scored(tmp_path_factory: pytest.TempPathFactory) -> Result:
    """Measured diesel priced by a factor of the place and year; estimated gas by an old factor of the world; a little proxy power."""
    header = HEADER + ",data_quality,data_origin,read_status"
    lines = [
        "diesel.stationary,2026-07-01,2026-07-31,100,l,mill,measured,own,actual",
        "natural_gas.stationary,2026-07-01,2026-07-31,100,m3,mill,estimated,secondary,estimated",
        "electricity.purchased,2026-07-01,2026-07-31,1,kWh,mill,proxy,,accrued",
    ]
    factors = [row for row in FACTORS if row["factor_id"] not in {"diesel", "gas"}]
    factors += [factor("diesel", "diesel.stationary", "2.5", "l", region="CA")]
    factors += [factor("gas", "natural_gas.stationary", "2", "m3", valid_from="2022-01-01", valid_to="2023-01-01")]
    return compute(write(tmp_path_factory.mktemp("scored"), {"activity/s.csv": table(*lines, header=header)}, factors))


def test_r053_every_significant_line_has_five_indicators(scored: Result) -> None:
    [made] = [statement for statement in statements(scored.connection, "2026-Q3") if statement.id == "data_quality"]
    by_activity = {row[1]: row for row in made.rows}
    labels = dict(rows(scored, "select activity_type, label from activity_type"))
    diesel, gas = by_activity[labels["diesel.stationary"]], by_activity[labels["natural_gas.stationary"]]
    assert diesel[5:] == ("very good",) * 5
    assert gas[5:] == ("fair", "good", "good", "fair", "fair")  # four years old, the world for Canada
    assert labels["electricity.purchased"] not in by_activity
    shares = rows(scored, "select sum(share) from data_quality where view = 'control' and period = '2026-Q3'")
    assert Decimal("0.99999999") < shares[0][0] <= 1


def test_r053_no_ledger_line_is_without_scores(scored: Result) -> None:
    line = "select sum(kg_co2e) from ledger where role = 'inventory' and scope <> '' and basis in ('both', 'location') and not is_biogenic"
    assert rows(scored, "select sum(kg_co2e) from data_quality") == rows(scored, line)


def test_r043_the_share_of_primary_data_is_given_by_category(tmp_path: Path) -> None:
    header = HEADER + ",data_origin"
    lines = [f"waste.test,2026-07-01,2026-07-31,{kg},kg,mill,{origin}" for kg, origin in ((300, "supplier_specific"), (100, "secondary"))]
    lines = [line.replace("waste.test", "water.supply").replace(",kg,", ",m3,") for line in lines]
    factors = [*FACTORS, factor("water", "water.supply", "0.2", "m3", boundary="direct")]
    result = compute(write(tmp_path, {"activity/s.csv": table(*lines, header=header)}, factors))
    shares = dict(rows(result, "select figure_id, primary_share from figure where primary_share is not null"))
    assert shares["ghg_protocol/scope3_by_category/category=1"] == Decimal("0.75")


def test_scores_of_a_category_are_weighted_by_tonnes(scored: Result) -> None:
    [made] = [statement for statement in statements(scored.connection, "2026-Q3") if statement.id == "data_quality_category"]
    scope1 = next(row for row in made.rows if row[0] == "Scope 1")
    assert scope1[1] == Decimal("0.45")
    expected = [(250 * 4 + 200 * other) * 10**9 // 450 for other in (2, 3, 3, 2, 2)]
    assert [int(Decimal(str(score)) * 10**9) for score in scope1[2:]] == expected


@pytest.mark.parametrize("column", ["data_quality", "data_origin", "read_status"])
def test_every_word_that_a_row_may_say_has_a_score(scored: Result, column: str) -> None:
    words = {
        "data_quality": {"measured", "calculated", "estimated", "proxy", "not_stated"},
        "data_origin": {"own", "supplier_specific", "secondary", "not_stated"},
        "read_status": {"actual", "estimated", "accrued", "filled"},
    }[column]
    assert {value for name, value in rows(scored, "select reads, value from data_quality_score") if name == column} == words


def test_the_sample_has_no_line_without_scores(tmp_path: Path) -> None:
    del tmp_path
    from reporting.pipeline import compute as load  # noqa: PLC0415

    result = load(Path(__file__).resolve().parent.parent / "samples" / "meridian")
    line = """select sum(kg_co2e) from ledger join period on month >= starts and month < ends
              where role = 'inventory' and scope <> '' and basis in ('both', 'location') and not is_biogenic"""
    assert rows(result, "select sum(kg_co2e) from data_quality") == rows(result, line)
    found = {made.id for made in statements(result.connection, "2026-Q3")}
    assert {"view_bridge", "data_quality", "data_quality_category"} <= found
