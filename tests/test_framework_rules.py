"""Every rule that a machine can judge is violated by a planted fault, and satisfied again without it.

A check of a framework (reporting/frameworks/<framework>/checks/<name>.sql) has its fault in tests/rules/<framework>/<name>.sql:
statements that spoil the tables of the computed sample, made to report under every framework; beside it stands what the user reads
(<name>.txt). Rules about datapoints and about general checks are spoilt here, one by one. All is rolled back each time.
"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from reporting.database import header
from reporting.digest import jsonable
from reporting.framework_folders import FRAMEWORKS, frameworks
from reporting.framework_rules import Rule, State, fill_rules, rules_of
from reporting.pipeline import Result, compute
from reporting.reference import read_rows
from reporting.render.figures import beside, document
from reporting.setting import write_settings
from reporting.statement import set_variables

PERIOD = "2026-Q3"
FAULTS = Path(__file__).parent / "rules"
CHECKS = [path.relative_to(FRAMEWORKS).with_suffix("").as_posix() for path in sorted(FRAMEWORKS.glob("*/checks/*.sql"))]
WITHHOLD = "update disclosure_index set status = 'withheld', reason = 'planted' where framework = $1 and datapoint = $2"
FIND = "insert into finding values ($1, 'error', null, null, null, 'planted', 'both', 'planted fault', 'mend it', 'none')"


@pytest.fixture(scope="module")
def sample(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Result:
    """The sample, reporting under every framework that there is."""
    folder = tmp_path_factory.mktemp("rules") / "meridian"
    shutil.copytree(root / "samples" / "meridian", folder)
    path = folder / "inventory.yaml"
    text = path.read_text(encoding="utf-8")
    views = {"esrs_e1_2026": "financial_control"}
    missing = [name for name in frameworks() if f"{{id: {name}," not in text]
    more = "".join(f"  - {{id: {name}, view: {views.get(name, 'operational_control')}}}\n" for name in missing)
    text = text.replace("\nviews:\n", "\nviews:\n  financial_control: {approach: financial_control, gwp_set: AR6}\n")
    path.write_text(text.replace("\nframeworks:\n", f"\nframeworks:\n{more}"), encoding="utf-8")
    return compute(folder)


@contextmanager
def spoilt(result: Result) -> Iterator[None]:
    """Spoil the tables within a transaction that is rolled back."""
    result.connection.execute("begin")
    try:
        yield
    finally:
        result.connection.execute("rollback")


def chosen(result: Result) -> list[str]:
    return [name for (name,) in result.connection.execute("select framework from framework order by position").fetchall()]


def judged(result: Result, framework: str, rule: Rule) -> tuple[str, str]:
    set_variables(result.connection, framework, PERIOD)
    return State(result.connection, framework, PERIOD).judge(rule)


def rule_of(framework: str, stem: str) -> Rule:
    name = header(FRAMEWORKS / framework / "checks" / f"{stem}.sql")["rule"]
    return next(rule for rule in rules_of(framework) if rule.rule == name)


GIVEN = {"stated", "provisional", "no_activity"}
WITH_CAUSE = {"withheld", "not_material", "not_applicable", "not_reported"}
PERSON = {"needs_person"}
INDEX = """select framework, datapoint, kind, status, reason, answer, place from disclosure_index where period = $1 and is_mandatory
    order by framework, position"""


def mandatory() -> set[tuple[str, str]]:
    """Framework and id of every mandatory datapoint, from the files of the frameworks."""
    rows = {name: read_rows(FRAMEWORKS / name / "datapoints.csv") for name in frameworks()}
    return {(name, row["datapoint"]) for name, listed in rows.items() for row in listed if row["is_mandatory"] == "true"}


def absent(result: Result) -> list[str]:
    """What the index does not say of a mandatory datapoint: that it is there once, where it stands, or why it is not given."""
    lines = result.connection.execute(INDEX, [PERIOD]).fetchall()
    listed = Counter((line[0], line[1]) for line in lines)
    lost = [f"{'/'.join(point)} stands {listed[point]} times" for point in sorted(mandatory() | set(listed)) if listed[point] != 1]
    for framework, datapoint, kind, status, reason, answer, place in lines:
        told = bool(answer and (place or kind != "text")) if status in GIVEN else bool(reason) if status in WITH_CAUSE | PERSON else False
        lost += [] if told else [f"{framework}/{datapoint} is {status} and says neither where nor why"]
    return lost


def test_nothing_mandatory_of_any_framework_is_silently_absent(sample: Result) -> None:
    """In the tables and in figures.json: each is a figure or a text with a status, and a line of its framework's disclosure index."""
    assert len(mandatory()) > 200
    assert absent(sample) == []
    write_settings(sample, PERIOD, "")
    record: dict[str, Any] = jsonable(document(sample, PERIOD, "", beside(sample.connection, PERIOD)))  # type: ignore[assignment]
    printed = {
        (made["place"], row[0].removesuffix(" *")): row
        for made in record["statements"]
        if made["id"] == "disclosure_index"
        for row in made["rows"]
    }
    assert {point for point in mandatory() if not printed[point][0].endswith(" *")} == set()
    assert [point for point, row in printed.items() if not row[2] or not row[4]] == []
    told = {
        (row["framework"], row["datapoint"])
        for row in (*record["figures"], *record["texts"])
        if row["status"] in GIVEN | WITH_CAUSE | PERSON
    }
    without = {
        (name, point) for name, point, kind, *_ in sample.connection.execute(INDEX, [PERIOD]).fetchall() if (name, point) not in told
    }
    # A breakdown without a line is in the index alone, with its reason.
    assert without <= {point for point in mandatory() if printed[point][4].startswith("nothing to be broken down by")}


def test_the_sample_states_what_it_can_and_leaves_the_rest_to_a_person(sample: Result) -> None:
    status = {(line[0], line[1]): line[3] for line in sample.connection.execute(INDEX, [PERIOD]).fetchall()}
    by_framework = {name: {found for (framework, _), found in status.items() if framework == name} for name in frameworks()}
    assert by_framework["ghg_protocol"] == by_framework["sci"] == {"stated"}
    assert [point for (name, point), found in status.items() if name == "iso_14064_1_2018" and found == "needs_person"] == [
        "report_r_statement"
    ]
    assert {found for found in status.values() if found in GIVEN | WITH_CAUSE | PERSON} == set(status.values())


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        ("delete from disclosure_index where framework = 'gri_305' and datapoint = '305-7_nox'", "gri_305/305-7_nox stands 0 times"),
        ("update disclosure_index set reason = '' where datapoint = '305-6_ods'", "gri_305/305-6_ods is needs_person and says neither"),
        (
            "update disclosure_index set answer = '' where framework = 'cdp' and datapoint = 'scope1'",
            "cdp/scope1 is stated and says neither",
        ),
        ("update disclosure_index set status = '' where datapoint = 'E1-6_scope1'", "esrs_e1_set1/E1-6_scope1 is  and says neither"),
    ],
)
def test_a_datapoint_that_is_absent_is_noticed(spoil: str, says: str, sample: Result) -> None:
    with spoilt(sample):
        sample.connection.execute(spoil)
        assert [line for line in absent(sample) if line.startswith(says)]


def test_every_check_has_a_planted_fault() -> None:
    faults = {path.relative_to(FAULTS).with_suffix("").as_posix() for path in FAULTS.glob("*/*.sql")}
    assert faults == {check.replace("/checks/", "/") for check in CHECKS}


@pytest.mark.parametrize("check", CHECKS)
def test_a_planted_fault_violates_the_check(check: str, sample: Result, golden: Callable[[str, str], None]) -> None:
    framework, _, stem = check.partition("/checks/")
    rule = rule_of(framework, stem)
    assert judged(sample, framework, rule)[0] != "violated"
    with spoilt(sample):
        sample.connection.execute((FAULTS / framework / f"{stem}.sql").read_text(encoding="utf-8"))
        status, detail = judged(sample, framework, rule)
    assert status == "violated"
    golden(f"rules/{framework}/{stem}.txt", f"{rule.rule} {rule.clause}: {rule.severity}\n{detail}\nfix: {rule.fix}\n")


def test_every_rule_about_datapoints_is_violated_where_one_is_withheld(sample: Result) -> None:
    seen = 0
    for framework in chosen(sample):
        for rule in rules_of(framework):
            for place in rule.where if rule.kind == "datapoint" else ():
                datapoint = place.removeprefix(f"{framework}/")
                with spoilt(sample):
                    known = sample.connection.execute(WITHHOLD, [framework, datapoint]).fetchone()
                    state = State(sample.connection, framework, PERIOD)
                    if datapoint in state.index and not set(rule.applies.split("|")) & set(state.failed):
                        assert known
                        assert state.judge(rule)[0] == "violated", (framework, rule.rule, datapoint)
                        seen += 1
    assert seen > len(frameworks())


def test_every_rule_about_general_checks_is_violated_where_one_finds_something(sample: Result) -> None:
    for framework in chosen(sample):
        for rule in rules_of(framework):
            for name in (place for place in rule.where if rule.kind == "check" and "::" not in place):
                with spoilt(sample):
                    sample.connection.execute(FIND, [name])
                    status, detail = judged(sample, framework, rule)
                assert status == "violated" or rule.applies, (framework, rule.rule, name)
                assert "planted fault" in detail or rule.applies


def test_every_rule_of_the_sample_has_one_result(sample: Result) -> None:
    results = fill_rules(sample.connection, PERIOD)
    assert len({(result.framework, result.rule) for result in results}) == len(results)
    assert {result.framework for result in results} <= set(chosen(sample)) == set(frameworks())
    assert all(result.detail for result in results if result.status != "satisfied")
    assert all(result.fix for result in results if result.status == "violated")
