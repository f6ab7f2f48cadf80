"""Uncertainty: intervals, both approaches of the IPCC, pedigree; ranges of figures only for what carries stated uncertainty."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from inventories import FACTORS, HEADER, INVENTORY, compute, factor, rows, table, write

from reporting.pipeline import Result
from reporting.types import InputError, UsageError
from reporting.uncertainty import Cause, Line, approach1, approach2, interval, pedigree

D = Decimal
NOTES = [  # 100 t with 5 % and 10 %, 50 t with 20 %: 150 t, 10.0 %, 135 to 165 t
    Line(D(100), (Cause("activity a", D("0.05")), Cause("factor a", D("0.10")))),
    Line(D(50), (Cause("factor b", D("0.20")),)),
]


def near(value: Decimal, expected: str, within: str) -> bool:
    """Whether a value is that, within a part of it."""
    return abs(value - D(expected)) <= D(within) * abs(D(expected))


def test_an_interval_as_it_is_presented() -> None:
    """155,000 +/- 15,000 t of the Scope 3 Standard, Appendix B."""
    made = interval(D(140_000), D(170_000), D(155_000))
    assert made.half_width == 15_000
    assert near(made.relative, "0.0967741935", "1e-9")
    for wrong in ((D(2), D(1), D(1)), (D(-1), D(1), D(0))):
        with pytest.raises(UsageError):
            interval(*wrong)


def test_both_approaches_agree_on_the_example_of_the_notes() -> None:
    first = approach1(NOTES)
    assert first.value == 150
    assert [round(own, 4) for own in first.lines] == [D("0.1118"), D("0.2000")]
    assert near(first.uncertainty, "0.1", "1e-12")
    assert near(first.low, "135", "1e-12")
    assert near(first.high, "165", "1e-12")
    second = approach2(NOTES, seed=1, iterations=200_000)
    for found, expected in ((second.mean, "150"), (second.low, "135"), (second.high, "165")):
        assert near(found, expected, "0.005")


def test_a_shared_factor_is_one_cause() -> None:
    """Two lines of 50 t: with one factor of 20 % together 20 %, with two factors 14.1 %."""
    shared = [Line(D(50), (Cause("f", D("0.2")),))] * 2
    apart = [Line(D(50), (Cause(name, D("0.2")),)) for name in "fg"]
    assert near(approach1(shared).uncertainty, "0.2", "1e-12")
    assert near(approach1(apart).uncertainty, "0.141421356237", "1e-9")
    widths = [(made.high - made.low) / 2 for made in (approach2(lines, seed=7, iterations=200_000) for lines in (shared, apart))]
    assert near(widths[0], "20", "0.01")
    assert near(widths[1], "14.142", "0.01")


def test_a_simulation_gives_the_same_digits_and_does_not_see_its_neighbours() -> None:
    one = approach2(NOTES, seed=3)
    assert approach2(NOTES, seed=3) == one
    assert approach2(list(reversed(NOTES)), seed=3) == one
    assert approach2(NOTES, seed=4) != one


def test_a_lognormal_range_is_the_median_over_and_times_gsd95() -> None:
    made = approach2([Line(D(100), (Cause("f", gsd95=D("1.5")),))], seed=2, iterations=200_000)
    assert near(made.low, "66.667", "0.03")  # 2 sigma, where the percentiles are at 1.96
    assert near(made.high, "150", "0.03")


@pytest.mark.parametrize(("scores", "basic", "gsd95"), [((1, 1, 1, 1, 1, 1), "1.05", "1.05"), ((2, 3, 1, 2, 3, 5), "1.2", None)])
def test_pedigree_scores_give_a_gsd95(scores: tuple[int, ...], basic: str, gsd95: str | None) -> None:
    names = ("reliability", "completeness", "temporal", "geographical", "technological", "sample")
    made = pedigree(D(10), D(basic), dict(zip(names, scores, strict=True)))
    expected = D(gsd95) if gsd95 else sum((D(x).ln() ** 2 for x in ("1.05", "1.05", "1", "1.01", "1.2", "1.2", basic)), D(0)).sqrt().exp()
    assert near(made.gsd95, str(expected), "1e-20")
    assert near(made.low * made.gsd95, "10", "1e-20")
    assert near(made.high / made.gsd95, "10", "1e-20")


@pytest.mark.parametrize(
    "wrong",
    [
        {"scores": {"reliability": 1}},
        {"scores": dict.fromkeys(("reliability", "completeness", "temporal", "geographical", "technological", "sample"), 6)},
        {"table": "version_2"},
        {"basic": D("0.9")},
    ],
)
def test_wrong_pedigree_is_refused(wrong: dict[str, Any]) -> None:
    scores = dict.fromkeys(("reliability", "completeness", "temporal", "geographical", "technological", "sample"), 1)
    with pytest.raises(UsageError):
        pedigree(D(1), wrong.get("basic", D(1)), wrong.get("scores", scores), wrong.get("table", "version_1"))


@pytest.mark.parametrize("wrong", [{}, {"half_range": D("0.1"), "gsd95": D(2)}, {"half_range": D("-0.1")}, {"gsd95": D("0.5")}])
def test_a_cause_is_one_kind_of_uncertainty(wrong: dict[str, Decimal]) -> None:
    with pytest.raises(UsageError):
        Cause("x", **wrong)


def test_the_committed_pedigree_table_is_that_of_the_vocabulary(shared: Path) -> None:
    text = (shared / "standards" / "CALCULATIONS.md").read_text(encoding="utf-8")
    from reporting.uncertainty import pedigree_tables  # noqa: PLC0415

    for indicator, factors in pedigree_tables()["version_1"].items():
        assert f"| {indicator} | {' | '.join(map(str, factors))} |" in text


@settings(max_examples=40)
@given(st.lists(st.tuples(st.integers(1, 10**9), st.integers(1, 30)), min_size=1, max_size=6))
def test_more_correlation_never_narrows_a_sum(lines: list[tuple[int, int]]) -> None:
    shared = [Line(D(value), (Cause("f", D(percent) / 100),)) for value, percent in lines]
    apart = [Line(D(value), (Cause(str(n), D(percent) / 100),)) for n, (value, percent) in enumerate(lines)]
    assert approach1(shared).uncertainty >= approach1(apart).uncertainty - D("1e-30")


# Figures ----------------------------------------------------------------------------------------------------------------

DIESEL_10 = [row for row in FACTORS if row["factor_id"] != "diesel"] + [
    factor("diesel", "diesel.stationary", "2.5", "l", uncertainty="10 %")
]
SEED = {"seed": 11, "iterations": 50_000}


def ranged(folder: Path, lines: list[str], factors: list[Any] = DIESEL_10, **policy: object) -> Result:
    """An inventory with rows that may state their uncertainty."""
    files = {"activity/s.csv": table(*lines, header=HEADER + ",uncertainty,data_quality")}
    return compute(write(folder, files, factors, uncertainty=SEED | policy))


def figure(result: Result, name: str) -> tuple[Any, ...]:
    """Value, low, high and range share of a figure."""
    found = {row[0]: row[1:] for row in rows(result, "select figure_id, value, low, high, range_share from figure")}
    return found[f"ghg_protocol/{name}"]


def test_a_range_covers_what_states_its_uncertainty_and_no_more(tmp_path: Path) -> None:
    """Two rows of 40 l with 5 % on a factor of 10 %, 20 l of unknown uncertainty, gas whose factor states none."""
    lines = [
        "diesel.stationary,2026-07-01,2026-07-31,40,l,mill,5 %,",
        "diesel.stationary,2026-08-01,2026-08-31,40,l,mill,5 %,",
        "diesel.stationary,2026-09-01,2026-09-30,20,l,mill,,",
        "natural_gas.stationary,2026-07-01,2026-07-31,25,m3,mill,5 %,",
    ]
    result = ranged(tmp_path, lines)
    value, low, high, share = figure(result, "scope1")
    assert value == D("0.3")
    assert share == D("0.666666666")  # 200 of 300 kg
    lines_of_part = [Line(D("0.1"), (Cause("f", D("0.1")), Cause(str(n), D("0.05")))) for n in range(2)]
    expected = approach1(lines_of_part)
    assert near(low, str(expected.low), "0.005")
    assert near(high, str(expected.high), "0.005")
    assert rows(result, "select half_range from figure_range where figure_id = 'ghg_protocol/scope1'") == [(D("0.1061"),)]
    assert near(expected.uncertainty, "0.1061", "0.0005")
    assert figure(result, "scope3")[1:] == (None, None, None)
    assert figure(result, "intensity_location")[1:] == (None, None, None)


def test_r064_every_iso_category_with_stated_uncertainty_has_its_range(tmp_path: Path) -> None:
    files = {"activity/s.csv": table("diesel.stationary,2026-07-01,2026-07-31,40,l,mill", header=HEADER)}
    frameworks = [{"id": "iso_14064_1_2018", "view": "control"}]
    policy = SEED | {"activity_data": {"measured": "5 %"}}
    result = compute(write(tmp_path, files, DIESEL_10, uncertainty=policy, frameworks=frameworks))
    found = {
        name: (low, share) for name, low, share in rows(result, "select figure_id, low, range_share from figure where low is not null")
    }
    assert found["iso_14064_1_2018/category1"][1] == 1
    assert "iso_14064_1_2018/category4" not in found


def test_a_class_of_data_quality_states_for_its_rows_and_a_row_for_itself(tmp_path: Path) -> None:
    lines = [
        "diesel.stationary,2026-07-01,2026-07-31,40,l,mill,,measured",
        "diesel.stationary,2026-07-01,2026-07-31,40,l,mill,30 %,measured",
        "diesel.stationary,2026-07-01,2026-07-31,20,l,mill,,estimated",
    ]
    result = ranged(tmp_path, lines, activity_data={"measured": "gsd95 1.1"})
    found = rows(result, "select row_no, activity_half_range from uncertain_line where view = 'control' order by row_no")
    assert found == [(2, D("0.09545455")), (3, D("0.30000000"))]
    assert figure(result, "scope1")[3] == D("0.8")


def test_a_figure_without_stated_uncertainty_and_a_withheld_one_have_no_range(tmp_path: Path) -> None:
    none = ranged(tmp_path / "none", ["diesel.stationary,2026-07-01,2026-07-31,40,l,mill,,"])
    assert rows(none, "select count(*) from figure where low is not null or high is not null or range_share is not null") == [(0,)]
    lines = ["diesel.stationary,2026-07-01,2026-07-31,40,l,mill,5 %,", "diesel.stationary,2026-07-01,2026-07-31,x,l,mill,5 %,"]
    assert figure(ranged(tmp_path / "broken", lines), "scope1") == (None, None, None, None)


@settings(max_examples=2)
@given(st.lists(st.integers(1, 10**6), min_size=1, max_size=5))
def test_a_range_changes_no_figure(quantities: list[int]) -> None:
    import tempfile  # noqa: PLC0415

    lines = [f"diesel.stationary,2026-07-01,2026-07-31,{quantity},l,mill,7 %," for quantity in quantities]
    with tempfile.TemporaryDirectory() as folder:
        with_range = ranged(Path(folder) / "a", lines)
        files = {"activity/s.csv": table(*lines, header=HEADER + ",uncertainty,data_quality")}
        without = compute(write(Path(folder) / "b", files, DIESEL_10))
        query = "select figure_id, period, status, value, stated, digest from figure order by all"
        assert rows(with_range, query) == rows(without, query)


@pytest.mark.parametrize("policy", [{}, {"seed": 1, "iterations": 10}, {"seed": -1}, {"seed": 1, "activity_data": {"measured": "10"}}])
def test_a_policy_that_cannot_be_followed_is_refused(tmp_path: Path, policy: dict[str, Any]) -> None:
    folder = write(tmp_path, {"activity/s.csv": table()}, uncertainty=policy)
    assert json.loads((folder / "inventory.yaml").read_text())["organisation"] == INVENTORY["organisation"]
    with pytest.raises(InputError, match="uncertainty"):
        compute(folder)
