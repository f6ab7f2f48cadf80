"""init, why-not, coverage, calculate: what they answer, how it is printed, and how they fail."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from command import run

from reporting.commands import terminal
from reporting.commands.explore import print_coverage
from reporting.commands.layout import amount, factor_value, wrapped
from reporting.pipeline import Result, compute
from reporting.questions.answers import Calculation, Coverage, CoverageCell
from reporting.questions.calculate import calculation
from reporting.questions.coverage import coverage, source_accounts
from reporting.questions.starter import init
from reporting.questions.why_not import why_not, why_not_answer
from reporting.types import UsageError

HEADER = "activity_id,activity_type,start,end,quantity,unit,region\n"


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("start") / "inventory"
    init(folder)
    return folder


@pytest.fixture(scope="module")
def result(started: Path) -> Result:
    return compute(started)


@pytest.fixture(scope="module")
def uncovered(tmp_path_factory: pytest.TempPathFactory) -> Result:
    """The starter without its certificate: a market with a published residual mix that is not loaded."""
    folder = tmp_path_factory.mktemp("uncovered")
    init(folder)
    instruments = folder / "instruments.csv"
    instruments.write_text(instruments.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")
    told = (folder / "factors" / "README.md").read_text(encoding="utf-8")
    for path, block in re.findall(r"^`(.+)`\n\n((?:    .*\n)+)", told, re.MULTILINE):
        (folder / path).parent.mkdir(exist_ok=True)
        (folder / path).write_text(re.sub("^    ", "", block, flags=re.MULTILINE), encoding="utf-8")
    return compute(folder)


def test_the_factor_set_that_the_starter_explains_is_loaded(uncovered: Result) -> None:
    query = "select factor_id, region, value from factor where set_id = 'own_2026'"
    assert uncovered.connection.execute(query).fetchall() == [("proxy.diesel.well_to_tank.DE", "DE", Decimal("0.61101"))]
    assert not [finding for finding in uncovered.findings if finding.rule.startswith("factor_set/")]


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Result:
    """The starter with an accrued month, a month without a bill, a month read in part, an unusable row and an excluded one."""
    folder = tmp_path_factory.mktemp("broken")
    init(folder)
    rows = [
        "activity_id,activity_type,start,end,quantity,unit,site,meter,read_status",
        "E7,electricity.purchased,2026-07-01,2026-07-12,8420,kWh,office,OFFICE-E1,accrued",
        "E9,electricity.purchased,2026-09-01,2026-09-30,8300,kWh,office,OFFICE-E1,actual",
        "G7,natural_gas.stationary,2026-07-01,2026-07-31,12x,kWh_hhv,office,OFFICE-G1,actual",
        "G8,natural_gas.stationary,2026-08-01,2026-08-31,900,kWh_hhv,office,OFFICE-G1,actual",
        "G8,natural_gas.stationary,2026-08-01,2026-08-31,901,kWh_hhv,office,OFFICE-G1,actual",
        "T1,natural gass,2026-08-01,2026-08-31,901,kWh_hhv,office,,actual",
    ]
    (folder / "activity" / "energy.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    with (folder / "exclusions.csv").open("a", encoding="utf-8") as stream:
        stream.write("energy,,6,duplicate,sent twice,,controller,controller,2026-10-01\n")
    return compute(folder)


@pytest.fixture(scope="module")
def calculated(tmp_path_factory: pytest.TempPathFactory) -> Calculation:
    path = tmp_path_factory.mktemp("calculate") / "my activities.csv"
    path.write_text(
        HEADER
        + "A1,natural_gas.stationary,2026-07-01,2026-07-31,5000,kWh_hhv,GB\n"
        + "A2,electricity.purchased,2026-07-01,2026-09-30,12000,kWh,GB\n"
        + "A3,natural_gas.stationary,2025-07-01,2025-07-31,30,MMBtu_hhv,US\n"
        + "A4,disel.mobile,2026-07-01,2026-07-31,40,l,GB\n",
        encoding="utf-8",
    )
    return calculation(path)


def test_init_writes_a_folder_that_builds_at_once(started: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    names = {path.relative_to(started).as_posix() for path in started.rglob("*")}
    assert {"inventory.yaml", "activity/energy.csv", "exclusions.csv", "corrections.csv", "instruments.csv", "evidence", "factors"} <= names
    ran = run(capsys, "build", started, "--format", "json", "--out", tmp_path / "out")
    assert ran.code in {0, 1}, ran.err
    figures = {row["id"]: row for row in json.loads((tmp_path / "out" / "figures.json").read_text(encoding="utf-8"))["figures"]}
    assert figures["ghg_protocol/scope1"]["status"] == "stated"
    assert figures["ghg_protocol/scope2_location"]["status"] == "stated"


def test_the_starter_has_no_finding_about_itself(result: Result) -> None:
    errors = {finding.rule for finding in result.findings if finding.severity == "error"}
    assert errors <= {"factor/none-found"}  # the residual mix of the market, which no shipped set holds
    assert all("residual mix" in finding.message for finding in result.findings if finding.severity == "error")


def test_init_leaves_a_folder_with_something_in_it_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    ran = run(capsys, "init", tmp_path)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.count("\n") == 1
    assert "not an empty folder. fix:" in ran.err
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_the_winner_comes_first_with_its_publication(result: Result) -> None:
    frame = why_not(result, "G-2026-Q3")
    first = frame.iloc[0]
    assert (first["rank"], first["factor_id"], first["year"]) == (1, "desnz.2026.fuels.gaseous.natural-gas.kwh-gross", 2026)
    assert first["kg_co2e_per_unit"] == Decimal("0.18231")
    assert "2026" in first["publication"]
    assert first["citation"]
    assert (first["first_month"], first["last_month"]) == ("2026-07", "2026-09")


def test_candidates_stand_in_order_of_rank_and_the_unusable_last_with_an_obstacle(uncovered: Result) -> None:
    frame = why_not(uncovered, "E-2026-07")
    for _, group in frame.groupby(["activity_id", "basis"], sort=False):
        ranks = list(group["rank"])
        usable = [rank for rank in ranks if rank]
        assert ranks == [*usable, *[0] * (len(ranks) - len(usable))]
        assert usable == list(range(1, len(usable) + 1))
    unusable = frame[frame["rank"] == 0]
    assert len(unusable) > 0
    assert all(unusable["reason"])


def test_the_candidates_are_the_engines_own(result: Result) -> None:
    used = result.connection.execute("select distinct factor_id from ledger where activity_id = 'energy:T-001'").fetchall()
    frame = why_not(result, "energy:T-001")
    winners = frame[(frame["rank"] == 1) & (frame["activity_id"] == "energy:T-001")]
    assert [(name,) for name in winners["factor_id"]] == used


def test_a_period_narrows_the_months(result: Result) -> None:
    assert set(why_not(result, "G-2026-Q3", "2026-08")["first_month"]) == {"2026-08"}
    with pytest.raises(UsageError, match="no month in 2025"):
        why_not(result, "G-2026-Q3", "2025")


def test_what_has_no_factor_says_why(uncovered: Result) -> None:
    (gap,) = why_not_answer(uncovered, "E-2026-07").unpriced
    assert (gap.basis, gap.message) == ("market", "not priced: none of the factors considered may be used")


def test_an_unknown_activity_is_a_misuse_with_a_suggestion(started: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ran = run(capsys, "why-not", started, "E-2026-7")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == 'ghg: unknown activity "E-2026-7". did you mean E-2026-07 or E-2026-08 or E-2026-09?\n'


def test_an_activity_that_came_to_nothing_says_why(broken: Result) -> None:
    with pytest.raises(UsageError, match=r"activity/energy\.csv:7: .*unknown activity type"):
        why_not(broken, "T1")


def test_coverage_names_every_state(broken: Result) -> None:
    frame = coverage(broken).set_index(["carrier", "month"])
    assert dict(frame["status"]) == {
        ("electricity", "2026-07"): "accrued",
        ("electricity", "2026-08"): "missing",
        ("electricity", "2026-09"): "actual",
        ("natural_gas", "2026-07"): "missing",
        ("natural_gas", "2026-08"): "actual",
        ("natural_gas", "2026-09"): "missing",
    }
    assert frame.loc[("electricity", "2026-07"), "days"] == 12
    assert frame.loc[("electricity", "2026-09"), "days"] == 30


def test_coverage_of_the_starter(result: Result) -> None:
    frame = coverage(result).set_index(["carrier", "month"])
    assert frame.loc[("electricity", "2026-09"), "status"] == "estimated"
    assert frame.loc[("natural_gas", "2026-09"), "status"] == "actual"


def test_rows_in_are_accepted_rejected_or_excluded(broken: Result) -> None:
    (account,) = source_accounts(broken).to_dict("records")
    assert account["rows_in"] == account["rows_accepted"] + account["rows_rejected"] + account["rows_excluded"] == 6
    assert account["rows_excluded"] == 1
    assert account["rows_rejected"] >= 2


def test_coverage_fits_the_terminal_and_fails_where_something_is_missing(broken: Result, capsys: pytest.CaptureFixture[str]) -> None:
    ran = run(capsys, "coverage", broken.folder)
    assert ran.code == 1
    assert "office  electricity  accrued  missing  actual" in ran.out
    assert "office, electricity, 2026-07: the reads cover 12 of 31 days" in ran.out
    assert max(len(line) for line in ran.out.splitlines()) <= 80


def test_calculate_gives_the_published_factor_times_the_quantity(calculated: Calculation) -> None:
    lines = {line.activity_id: line for line in calculated.lines}
    gas = lines["activities:A1"]
    assert gas.location_kg_co2e == gas.market_kg_co2e == Decimal("911.55")  # 5000 kWh x 0.18231
    assert gas.factors == ("desnz.2026.fuels.gaseous.natural-gas.kwh-gross",)
    assert "Fuels, E42" in gas.citations[0]
    assert lines["activities:A3"].location_kg_co2e == Decimal("1593.456")  # 30 mmBtu x (53.06 + 0.001 x 27.9 + 0.0001 x 273)


def test_calculate_leaves_unpriced_what_has_no_factor_and_withholds_the_total(calculated: Calculation) -> None:
    electricity = {line.activity_id: line for line in calculated.lines}["activities:A2"]
    assert electricity.location_kg_co2e is not None
    assert electricity.market_kg_co2e is None
    totals = {(total.id, total.period): total for total in calculated.totals}
    assert totals["ghg_protocol/scope2_market", "2026"].status == "withheld"
    assert totals["ghg_protocol/scope2_market", "2026"].value is None
    assert totals["ghg_protocol/scope1", "2025"].value == Decimal("1.593456")


def test_calculate_names_the_users_file_and_accounts_for_its_rows(calculated: Calculation) -> None:
    (finding,) = [finding for finding in calculated.findings if finding.rule == "intake/activity-type-unknown"]
    assert (finding.file, finding.row) == ("my activities.csv", 5)
    rows = calculated.rows
    assert (rows.rows_in, rows.rows_accepted, rows.rows_rejected, rows.rows_excluded) == (4, 3, 1, 0)


def test_calculate_withholds_nothing_where_nothing_is_wrong(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.csv"
    path.write_text(HEADER + "A1,natural_gas.stationary,2026-07-01,2026-07-31,5000,kWh_hhv,GB\n", encoding="utf-8")
    ran = run(capsys, "calculate", path, "--gwp", "ar5")
    assert ran.code == 0
    assert "911.55" in ran.out
    assert "GWP set AR5" in ran.out
    assert max(len(line) for line in ran.out.splitlines() if "kWh_hhv" in line and "|" not in line) <= 80


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("activity_type,start,end,quantity,unit\n", "the column region is missing"),
        (HEADER, "no row has a date"),
        (HEADER + "A1,x,soon,later,1,kWh,GB\n", "no row has a date"),
    ],
)
def test_calculate_refuses_a_file_in_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, message: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text(text, encoding="utf-8")
    ran = run(capsys, "calculate", path)
    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert message in ran.err
    assert "fix:" in ran.err


def test_calculate_refuses_what_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ran = run(capsys, "calculate", tmp_path / "none.csv")
    assert (ran.code, ran.err.count("\n")) == (2, 1)
    assert "is not a file. fix:" in ran.err
    ran = run(capsys, "calculate", tmp_path / "none.csv", "--gwp", "AR7")
    assert ran.code == 2
    assert 'unknown GWP set "AR7"' in ran.err


def test_a_long_coverage_stands_in_letters_year_by_year(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    months = [f"{year}-{month:02}" for year in (2025, 2026) for month in range(1, 13)]
    cells = tuple(CoverageCell("a-site-with-a-long-name", "electricity", month, "actual", 0, None, 30) for month in months)
    monkeypatch.setattr(terminal.out, "width", 80)
    print_coverage(Coverage((*cells[:-1], replace(cells[-1], status="missing")), ()))
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[:3] for line in lines if line.startswith("site")] == [["site,", "2025", "carrier"], ["site,", "2026", "carrier"]]
    assert [line[-1] for line in lines if line.startswith("a-site")] == ["A", "M"]
    assert max(map(len, lines)) <= 90


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("1234567.8905", "1,234,567.891"),
        ("0.0000123456", "0.0000123"),
        ("-1234.5", "-1,234.5"),
        ("0", "0"),
        ("-0.25", "-0.25"),
        ("2.0005", "2.001"),
    ],
)
def test_amounts_are_rounded_half_away_and_never_vanish(value: str, text: str) -> None:
    assert amount(Decimal(value)) == text


def test_numbers_and_words_on_a_terminal() -> None:
    assert amount(None) == "not priced"
    assert factor_value(Decimal("0.28404376050304")) == "0.284044"
    assert wrapped("one two three", 7) == ["one two", "three"]
    assert wrapped("[1] " + "x" * 40, 20) == ["[1] " + "x" * 40]
