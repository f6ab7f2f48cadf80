"""Locks: a newer edition leaves a locked period as it was, an edited set is refused by value, the order of sets does not matter."""

from __future__ import annotations

import functools
import json
import shutil
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from command import run
from hypothesis import given, settings
from hypothesis import strategies as st
from inventories import (
    DIESEL,
    FACTORS,
    Row,
    _load_units_once,
    compute,
    factor,
    figures,
    found,
    rules,
    shelf,
    table,
    value,
    write,
    write_factors,
)

from reporting import reference
from reporting.disclosure import build
from reporting.locks.load import NAME
from reporting.locks.lock import lock
from reporting.types import InputError, UsageError

SCOPE1 = "ghg_protocol/scope1"
LINES = {
    "activity/s.csv": table(*(DIESEL.replace("07", month).replace("31", day).format(100) for month, day in (("07", "31"), ("11", "30"))))
}
PERIODS = ["2026-Q3", "2026-Q4"]
NEWER = [factor("diesel.newer", "diesel.stationary", "3", "l", valid_from="2026-07-01")]


@pytest.fixture(autouse=True)
def small() -> Any:  # noqa: ANN401 - a generator of the fixture
    """Compute on the reference data without the shipped sets."""
    with mock.patch.object(reference, "folder", return_value=shelf()), mock.patch.object(reference, "_load_units", _load_units_once):
        yield


def inventory(folder: Path, factors: Iterable[Row] = FACTORS, **options: object) -> Path:
    return write(folder, LINES, factors, **{"periods": PERIODS, **options})


@functools.cache
def lock_of(period: str) -> str:
    """The lock of a period of the inventory above, whatever folder it stands in."""
    folder = inventory(Path(tempfile.mkdtemp(prefix="ghg-tests-")))
    lock(folder, period)
    return (folder / NAME).read_text(encoding="utf-8")


def locked(folder: Path, period: str = "2026-Q3") -> Path:
    (inventory(folder) / NAME).write_text(lock_of(period), encoding="utf-8")
    return folder


def errors(folder: Path) -> list[str]:
    return sorted({finding.rule for finding in compute(folder).findings if finding.severity == "error"})


def scope1(folder: Path) -> dict[str, tuple[str, object]]:
    result = compute(folder)
    return {period: figures(result, period)[SCOPE1] for period in PERIODS}


def replaced(old: Row, **other: str) -> list[Row]:
    return [{**row, **other} if row is old else row for row in FACTORS]


def test_a_locked_period_stands_as_it_was(tmp_path: Path) -> None:
    before = figures(compute(inventory(tmp_path)))
    result = compute(locked(tmp_path))
    assert figures(result) == before
    assert [rule for rule in rules(result) if "lock" in rule] == []


def test_a_newer_edition_leaves_the_locked_period_and_prices_the_open_one(tmp_path: Path) -> None:
    before = scope1(locked(tmp_path))
    write_factors(tmp_path, NEWER, "test_2", preference=0)
    after = scope1(tmp_path)
    assert after["2026-Q3"] == before["2026-Q3"]
    assert after["2026-Q4"] == ("stated", value(compute(tmp_path), SCOPE1, "2026-Q4"))
    assert after["2026-Q4"] != before["2026-Q4"]
    assert errors(tmp_path) == []
    (tmp_path / NAME).unlink()
    assert scope1(tmp_path)["2026-Q3"] != before["2026-Q3"]


def test_why_not_says_that_a_set_is_not_in_the_lock(tmp_path: Path) -> None:
    write_factors(locked(tmp_path), NEWER, "test_2", preference=0)
    reasons = (
        compute(tmp_path)
        .connection.execute("select distinct reason from resolution where factor_id = 'diesel.newer' and rank = 0")
        .fetchall()
    )
    assert ("of a set that is not in the lock of 2026-Q3",) in reasons


def test_a_pin_does_not_reach_past_the_lock(tmp_path: Path) -> None:
    locked(tmp_path)
    write_factors(tmp_path, NEWER, "test_2")
    header = "activity_type,start,end,quantity,unit,site,factor"
    (tmp_path / "activity" / "s.csv").write_text(table(DIESEL.format(100) + ",diesel.newer", header=header), encoding="utf-8")
    assert "factor/none-found" in errors(tmp_path)


def test_an_edited_value_is_refused_by_name_and_withholds_the_locked_period_alone(tmp_path: Path) -> None:
    locked(tmp_path)
    write_factors(tmp_path, replaced(FACTORS[0], value="2.6", published_value="2.6"))
    result = compute(tmp_path)
    (finding,) = found(result, severity="error")
    assert (finding.rule, finding.file) == ("factor/lock-value", NAME)
    assert "CO2e of factor diesel of set test_1 at 2.5 kg CO2e per l, and it is now 2.6 kg CO2e per l" in finding.message
    assert {period: figures(result, period)[SCOPE1][0] for period in PERIODS} == {"2026-Q3": "withheld", "2026-Q4": "stated"}


@pytest.mark.parametrize(
    ("factors", "wanted"),
    [
        ([*FACTORS, factor("diesel", "diesel.stationary", "0", "l", gas="CH4")], "at no value, and it is now 0 kg CO2e per l"),
        (FACTORS[1:], "at 2.5 kg CO2e per l, and it is now gone"),
        (replaced(FACTORS[0], value_as="kg_gas", gas="CO2"), "at 2.5 kg CO2e per l, and it is now gone"),
    ],
)
def test_a_gas_that_came_or_went_is_a_changed_value(tmp_path: Path, factors: list[Row], wanted: str) -> None:
    write_factors(locked(tmp_path), factors)
    assert any(wanted in finding.message for finding in found(compute(tmp_path), "factor/lock-value"))


def test_other_bytes_without_another_value_are_refused_too(tmp_path: Path) -> None:
    write_factors(locked(tmp_path), replaced(FACTORS[0], citation="Table 2, A1"))
    assert errors(tmp_path) == ["factor/lock-set"]
    assert scope1(tmp_path)["2026-Q3"][0] == "withheld"


def test_a_set_that_is_gone_is_refused(tmp_path: Path) -> None:
    write_factors(inventory(tmp_path, FACTORS[1:]), FACTORS[:1], "other_1")
    lock(tmp_path, "2026-Q3")
    shutil.rmtree(tmp_path / "factors" / "other_1")
    assert {"factor/lock-value", "factor/lock-choice"} <= set(errors(tmp_path))


def test_another_choice_from_the_locked_sets_is_refused(tmp_path: Path) -> None:
    write_factors(inventory(tmp_path), [factor("diesel.other", "diesel.stationary", "3", "l")], "other_1", preference=5)
    lock(tmp_path, "2026-Q3")
    write_factors(tmp_path, [factor("diesel.other", "diesel.stationary", "3", "l")], "other_1", preference=0)
    (finding, *_) = found(compute(tmp_path), "factor/lock-choice")
    assert (
        "is locked with factor diesel of set test_1 for diesel.stationary per l in CA (both), and the choice is now diesel.other"
        in finding.message
    )


def test_another_gwp_set_is_refused(tmp_path: Path) -> None:
    locked(tmp_path)
    views = {"control": {"approach": "operational_control", "gwp_set": "AR5"}}
    inventory(tmp_path, views=views)
    assert errors(tmp_path) == ["factor/lock-gwp"]


def test_a_lock_is_replaced_with_a_reason_only_and_for_its_period_only(tmp_path: Path) -> None:
    locked(tmp_path)
    lock(tmp_path, "2026-Q4")
    before = json.loads((tmp_path / NAME).read_text(encoding="utf-8"))["periods"]
    write_factors(tmp_path, replaced(FACTORS[0], value="2.6", published_value="2.6"))
    with pytest.raises(UsageError, match="2026-Q3 is locked already"):
        lock(tmp_path, "2026-Q3")
    lock(tmp_path, "2026-Q3", reason="The supplier withdrew its statement")
    after = json.loads((tmp_path / NAME).read_text(encoding="utf-8"))["periods"]
    assert after["2026-Q4"] == before["2026-Q4"]
    assert after["2026-Q3"]["reason"] == "The supplier withdrew its statement"
    result = compute(tmp_path)
    assert {period: figures(result, period)[SCOPE1][0] for period in PERIODS} == {"2026-Q3": "stated", "2026-Q4": "withheld"}


def test_a_lock_of_the_year_rests_on_the_lock_of_its_quarter(tmp_path: Path) -> None:
    before = scope1(locked(tmp_path))
    write_factors(tmp_path, NEWER, "test_2", preference=0)
    lock(tmp_path, "2026")
    assert errors(tmp_path) == []
    assert scope1(tmp_path)["2026-Q3"] == before["2026-Q3"]


def test_the_order_of_periods_and_a_second_lock_change_no_byte(tmp_path: Path) -> None:
    lock(locked(tmp_path / "a"), "2026-Q4")
    lock(locked(tmp_path / "b", "2026-Q4"), "2026-Q3")
    assert (tmp_path / "a" / NAME).read_bytes() == (tmp_path / "b" / NAME).read_bytes()


def test_a_build_writes_the_lock_of_its_period(tmp_path: Path) -> None:
    locked(tmp_path / "a")
    output = build(tmp_path / "a", period="2026-Q3", formats=["json"])
    assert output.paths[NAME].read_bytes() == (tmp_path / "a" / NAME).read_bytes()


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text[:-20],
        lambda text: text.replace('"digest"', '"digset"'),
        lambda text: text.replace('"value": "2.5"', '"value": "x"'),
        lambda text: text.replace('"starts": "2026-07-01"', '"starts": "2026-07-02"'),
        lambda text: text.replace('"ends": "2026-10-01"', '"ends": "2026-01-01"'),
        lambda _: "\x00",
    ],
)
def test_a_damaged_lock_is_refused_in_one_line(tmp_path: Path, change: Callable[[str], str]) -> None:
    path = locked(tmp_path) / NAME
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")
    with pytest.raises(InputError, match=r"factors\.lock.*fix: ") as refusal:
        compute(tmp_path)
    assert "\n" not in str(refusal.value)


def test_the_command_locks_and_says_what(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    inventory(tmp_path)
    ran = run(capsys, "factors", "lock", tmp_path, "--period", "2026-Q3")
    assert (ran.code, ran.out) == (0, "2026-Q3: 1 sets, 2 choices, 2 values of factors are locked\n")
    ran = run(capsys, "factors", "lock", tmp_path, "--period", "2026-Q3")
    assert (ran.code, ran.err.count("\n")) == (2, 1)


def test_until_when_a_set_may_be_used_is_asked_of_the_month_whatever_other_sets_there_are(tmp_path: Path) -> None:
    """A row of February 2029 and a set usable until the end of 2028, without and with a set whose validity begins in between."""
    write(tmp_path, {"activity/s.csv": table(DIESEL.replace("2026-07", "2029-02").replace("31", "28").format(10))}, periods=["2029-Q1"])
    assert "factor/none-found" in errors(tmp_path)
    write_factors(
        tmp_path, [factor("steam.later", "heat.purchased", "0.1", "kWh", valid_from="2029-01-01", valid_to="2030-01-01")], "later"
    )
    assert "factor/none-found" in errors(tmp_path)


IRRELEVANT = [
    factor("steam.irrelevant", "heat.purchased", "0.1", "kWh", basis="location"),
    factor("diesel.elsewhere", "diesel.stationary", "9", "l", region="FR"),
    factor("diesel.later", "diesel.stationary", "9", "l", valid_from="2030-01-01", valid_to="2031-01-01"),
    factor("diesel.supplier", "diesel.stationary", "9", "l", supplier="Nobody"),
    factor("petrol.may", "petrol.mobile", "9", "l", valid_from="2026-08-01", valid_to="2026-09-01"),
]


@settings(max_examples=4)
@given(st.permutations(["alpha", "middle", "omega"]), st.lists(st.sampled_from(IRRELEVANT), unique_by=lambda row: row["factor_id"]))
def test_order_of_sets_and_irrelevant_sets_change_no_figure(
    tmp_path_factory: pytest.TempPathFactory, names: list[str], more: list[Row]
) -> None:
    """Two sets that price the same fuel, under names in any order, with any irrelevant set beside them."""
    assert in_sets(tmp_path_factory.mktemp("sets"), names, more) == in_two_sets()


@functools.cache
def in_two_sets() -> list[dict[str, tuple[str, object]]]:
    return in_sets(Path(tempfile.mkdtemp(prefix="ghg-tests-")), ["alpha", "middle", "omega"], [])


def in_sets(folder: Path, names: list[str], irrelevant: list[Row]) -> list[dict[str, tuple[str, object]]]:
    write(folder, LINES, FACTORS, periods=PERIODS)
    shutil.move(folder / "factors" / "test_1", folder / "factors" / names[0])
    write_factors(folder, NEWER, names[1])
    if irrelevant:
        write_factors(folder, irrelevant, names[2], preference=0)
    result = compute(folder)
    return [dict(figures(result, period)) for period in PERIODS]
