"""Frameworks: texts with their figures, one status for every datapoint, rules with results, pages made from the files."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from inventories import DIESEL, compute, factor, rows, table, write

from reporting.database import header
from reporting.findings import check_files
from reporting.framework_documents import documents
from reporting.framework_folders import FRAMEWORKS, frameworks
from reporting.framework_rules import KINDS, Rule, State, fill_rules, rules_of, unknown_conditions
from reporting.narratives import read_text
from reporting.pipeline import Result
from reporting.reference import read_rows
from reporting.render.texts import lookup, texts, to_html
from reporting.statement import statements
from reporting.types import InputError

PERIOD = "2026-Q3"


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Result:
    """A small inventory with a row that cannot be read, so that Scope 1 is withheld."""
    folder = tmp_path_factory.mktemp("frameworks") / "inventory"
    return compute(write(folder, {"activity/s.csv": table(DIESEL.format(10), DIESEL.format("12x"))}))


def test_pages_are_those_of_the_files(root: Path) -> None:
    kept = {path.name: path.read_text(encoding="utf-8") for path in (root / "docs" / "frameworks").glob("*.md")}
    assert kept == documents(), "python -m reporting.framework_documents writes them anew"


def test_every_datapoint_has_one_status(small: Result) -> None:
    asked = "select count(*), count(distinct (framework, datapoint)) from disclosure_index where period = '2026-Q3'"
    [(lines, datapoints)] = rows(small, asked)
    [(wanted,)] = rows(small, "select count(*) from datapoint")
    assert lines == datapoints == wanted
    index = dict(rows(small, "select datapoint, status from disclosure_index where period = '2026-Q3'"))
    assert index["scope1"] == "withheld"
    assert index["scope2_location"] == "no_activity"


def test_a_withheld_figure_shows_as_withheld_in_a_sentence(small: Result) -> None:
    figure = lookup(small.connection, PERIOD)
    assert figure("ghg_protocol/scope1") == "withheld"
    assert figure("ghg_protocol/scope2_location") == "no activity"
    assert figure("ghg_protocol/nothing").startswith("withheld (no figure")


@pytest.mark.parametrize(
    "text",
    ["{% for a in b %}{% endfor %}", "{{ 1 }}", "{{ figure }}", "{{ figure(1) }}", '{{ figure("a").b }}', '{{ figure("a"|upper) }}', "{{"],
)
def test_nothing_but_references_is_understood(text: str) -> None:
    assert read_text("n", "n.md", f"before {text}").fault


def test_references_are_read() -> None:
    read = read_text("n", "n.md", 'A {{ figure("a/b") }}, {{ figure("a/b", "2026-Q2") }} and {{ figure("a/b") }}.')
    assert not read.fault
    assert read.references == (("a/b", ""), ("a/b", "2026-Q2"))


def test_markdown_is_rendered_without_html_images_and_scripts() -> None:
    html = to_html("# Title\n\n**b** <script>x</script> ![i](data:x) [l](javascript:alert(1))\n\n- a\n- b\n")
    assert "<strong>b</strong>" in html
    assert "<li>a</li>" in html
    assert '<p class="text-heading">Title</p>' in html
    assert "&lt;script&gt;" in html
    assert not any(tag in html for tag in ("<script", "<img", 'href="javascript', "<h1"))


def test_rules_are_judged_by_index_and_findings(small: Result) -> None:
    results = {result.rule: result for result in fill_rules(small.connection, PERIOD)}
    assert {result.status for result in results.values()} <= {"satisfied", "violated", "not_applicable", "needs_person"}
    assert results["R018"].status == "needs_person"
    [(kept,)] = rows(small, "select count(*) from rule_result")
    assert kept == len(results)
    state = State(small.connection, "ghg_protocol", PERIOD)
    rule = Rule("X", "", "error", "", "datapoint", ("scope1",))
    assert state.judge(rule)[0] == "violated"
    assert state.judge(Rule("X", "", "error", "", "datapoint", ("scope2_location",)))[0] == "satisfied"
    assert state.judge(Rule("X", "", "error", "", "check", ("intake/quantity-not-a-number",)))[0] == "violated"
    assert state.judge(Rule("X", "", "error", "", "check", ("intake/row-twice",)))[0] == "satisfied"
    assert state.judge(Rule("X", "", "error", "", "datapoint", ("scope1",), applies="has_system")) == (
        "not_applicable",
        "no system is declared",
    )


def test_the_files_of_all_frameworks_name_what_there_is() -> None:
    assert unknown_conditions() == []
    for name in frameworks():
        rules = rules_of(name)
        assert len({rule.rule for rule in rules}) == len(rules), name
        assert {rule.kind for rule in rules} <= KINDS
        assert all(rule.reason for rule in rules if rule.kind in {"person", "open"})
        assert all(rule.fix for rule in rules if rule.kind == "sql")
        datapoints = {row["datapoint"] for row in read_rows(FRAMEWORKS / name / "datapoints.csv")}
        named = {place.removeprefix(f"{name}/") for rule in rules if rule.kind == "datapoint" for place in rule.where if "::" not in place}
        assert named - datapoints - {header(path)["rule"] for path in check_files()} == set(), name


def test_a_text_that_nobody_wrote_is_left_to_a_person_or_said_not_to_be_reported(small: Result) -> None:
    for text in texts(small.connection, PERIOD):
        assert text.status in {"stated", "withheld", "not_material", "not_reported", "not_applicable", "needs_person"}
        assert text.text or text.reason


def test_an_unknown_kind_of_datapoint_is_refused(tmp_path: Path) -> None:
    from reporting import framework_folders  # noqa: PLC0415

    path = tmp_path / "datapoints.csv"
    path.write_text("datapoint,section,label,kind,unit,decimals,citation\na,A,A,summ,t,0,C\n", encoding="utf-8")
    with pytest.raises(InputError, match='unknown kind "summ"'):
        framework_folders.refuse_other_columns(path)


def test_year_to_date_and_trailing_months_are_figures_of_every_framework_that_allows_them(tmp_path: Path) -> None:
    periods = ["2026-Q2", "2026-Q3", "2026-Q3-YTD", "2026-Q3-TTM"]
    lines = [f"diesel.stationary,2026-0{month}-01,2026-0{month}-28,100,l,mill" for month in (4, 7)]
    chosen = [{"id": name, "view": "control"} for name in frameworks()]
    result = compute(write(tmp_path, {"activity/s.csv": table(*lines)}, frameworks=chosen, periods=periods))
    asked = "select period, value from figure where figure_id = 'ghg_protocol/scope1'"
    values = {period: str(value.normalize()) for period, value in rows(result, asked)}
    assert values == {"2026-Q2": "0.25", "2026-Q3": "0.25", "2026-Q3-YTD": "0.5", "2026-Q3-TTM": "0.5"}
    kinds = dict(zip(periods, ("quarter", "quarter", "ytd", "ttm"), strict=True))
    found = set(rows(result, "select distinct framework, period from disclosure_index"))
    assert found == {(name, period) for name, head in frameworks().items() for period in periods if kinds[period] in head.periods}


def test_an_edition_for_whole_years_gives_no_figures_of_a_quarter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    yearly = {name: head.model_copy(update={"periods": ("year",)}) if name == "sb_253" else head for name, head in frameworks().items()}
    monkeypatch.setattr("reporting.framework_folders.frameworks", lambda: yearly)
    chosen = [{"id": name, "view": "control"} for name in ("ghg_protocol", "sb_253")]
    result = compute(write(tmp_path, {"activity/s.csv": table(DIESEL.format(10))}, frameworks=chosen, periods=["2026-Q3", "2026"]))
    assert rows(result, "select distinct period from figure where framework = 'sb_253'") == [("2026",)]
    assert rows(result, "select distinct period from disclosure_index where framework = 'sb_253'") == [("2026",)]


def test_the_same_period_of_the_year_before_and_the_base_year_stand_beside_a_year(tmp_path: Path) -> None:
    lines = ["diesel.stationary,2026-07-01,2026-07-31,100,l,mill", "diesel.stationary,2025-07-01,2025-07-31,40,l,mill"]
    base = {"period": "2024", "reason": "First", "policy": "Always", "threshold": "0.05"}
    given = {
        "base_year.ghg_protocol/scope1": {"2024": {"value": "9", "unit": "t_co2e", "source": "Inventory of 2024"}},
        "ghg_reduced": {"2026": {"value": "1.5", "unit": "tCO2e", "source": "Energy audit (test)"}},
        "air_nox": {"2026": {"value": "3", "unit": "kg", "source": "Stack test (test)"}},
    }
    chosen = [{"id": name, "view": "control"} for name in ("ghg_protocol", "gri_305")]
    factors = [factor("diesel", "diesel.stationary", "2.5", "l", valid_from="2025-01-01")]
    periods = ["2025", "2026", "2025-Q3", "2026-Q3"]
    more: dict[str, Any] = {"inputs": given, "periods": periods, "base_year": base, "frameworks": chosen}
    result = compute(write(tmp_path, {"activity/s.csv": table(*lines)}, factors, **more))
    change = {period: [made.rows for made in statements(result.connection, period) if made.id == "gri_305_change"] for period in periods}
    assert [str(cell) for cell in change["2026"][0][0][3:5]] == ["0.250000000000", "-8.750000000000"]  # of 9, for whole years alone
    assert change["2026-Q3"] == []
    asked = "select datapoint, status from disclosure_index where framework = 'gri_305' and period = '2026' and kind = 'input'"
    states = dict(rows(result, asked))
    assert {states.pop("305-5_reduced"), states.pop("305-7_nox")} == {"stated"}
    assert (states["305-6_ods"], states["305-7_sox"], states["305-7_other"]) == ("needs_person", "needs_person", "not_reported")
    shown = {
        period: {
            made.rows[0][:4] for made in statements(result.connection, period) if (made.id, made.place) == ("comparatives", "ghg_protocol")
        }
        for period in ("2026", "2026-Q3")
    }
    exact = {"2026": "0.25 0.1 9", "2026-Q3": "0.25 0.1 None"}
    for period, [row] in shown.items():
        assert " ".join(str(cell.normalize()) if isinstance(cell, Decimal) else str(cell) for cell in row[1:]) == exact[period], period


def test_the_statement_of_accordance_waits_for_a_person_and_for_all_figures(tmp_path: Path) -> None:
    """Without a confirmation it is left to a person: the test of the sample shows that."""
    chosen = [{"id": "iso_14064_1_2018", "view": "control"}]
    confirmed = {"iso_14064_1_2018/report_r_statement": {"by": "A. Reviewer", "on": "2027-02-01", "against": "a bought copy"}}
    texts_by_case = {}
    for case, quantity in (("on", "10"), ("withheld", "1x")):
        files = {"activity/s.csv": table(DIESEL.format(quantity))}
        result = compute(write(tmp_path / case, files, frameworks=chosen, confirmations=confirmed))
        found = [(text.status, text.text) for text in texts(result.connection, PERIOD) if text.datapoint == "report_r_statement"]
        [texts_by_case[case]] = found
    assert texts_by_case["withheld"] == ("needs_person", "")
    assert texts_by_case["on"][0] == "stated"
    assert "A. Reviewer" in texts_by_case["on"][1]
