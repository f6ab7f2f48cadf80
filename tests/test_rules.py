"""Rules of the standards: each is listed with what enforces it, and what the list names is there; rules that no other test bears."""

from __future__ import annotations

import ast
import csv
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from inventories import DIESEL, FACTORS, INVENTORY, compute, factor, figures, found, rows, table, value, write

from reporting.database import PACKAGE, header
from reporting.findings import check_files
from reporting.framework_folders import FRAMEWORKS, frameworks
from reporting.framework_rules import rules_of
from reporting.periods import parse_period
from reporting.pipeline import Result
from reporting.pipeline import compute as load
from reporting.reference import read_rows
from reporting.rules import KINDS, RULES, document
from reporting.setting import write_settings
from reporting.types import InputError

ROOT = Path(__file__).resolve().parent.parent
GHG = "ghg_protocol/"
POWER = "electricity.purchased,2026-07-01,2026-07-31,100,kWh,mill"


def names_of_tests(path: Path) -> set[str]:
    """The names of the tests of a file."""
    return {node.name for node in ast.parse(path.read_text(encoding="utf-8")).body if isinstance(node, ast.FunctionDef)}


def missing(places: list[str]) -> list[str]:
    """The places of a rule that are neither a check, a test nor a datapoint."""
    checks = {header(path)["rule"] for path in check_files()}
    datapoints = {f"{name}/{row['datapoint']}" for name in frameworks() for row in read_rows(FRAMEWORKS / name / "datapoints.csv")}
    lost = []
    for place in places:
        file, _, name = place.partition("::")
        is_test = bool(name) and (ROOT / file).is_file() and name in names_of_tests(ROOT / file)
        if not is_test and place not in checks and place not in datapoints:
            lost.append(place)
    return lost


def test_what_the_list_names_exists() -> None:
    listed = read_rows(RULES)
    assert {row["rule"] for row in listed if missing([place for place in row["where"].split(" | ") if place])} == set()
    assert missing(["tests/test_rules.py::test_nothing", "boundary/nothing"]) == ["tests/test_rules.py::test_nothing", "boundary/nothing"]
    tested = {place for name in frameworks() for rule in rules_of(name) if rule.kind == "test" for place in rule.where}
    assert missing(sorted(tested)) == []


def test_every_rule_is_listed_once_and_enforced_or_explained(shared: Path) -> None:
    with (shared / "standards" / "rules.csv").open(encoding="utf-8", newline="") as stream:
        wanted = [row["id"] for row in csv.DictReader(stream)]
    listed = read_rows(RULES)
    assert [row["rule"] for row in listed] == wanted
    assert {row["kind"] for row in listed} <= set(KINDS)
    for row in listed:
        assert row["where"] if row["kind"] in {"check", "test", "schema", "datapoint"} else row["reason"], row["rule"]


def test_no_wording_is_that_of_a_standard(shared: Path) -> None:
    with (shared / "standards" / "rules.csv").open(encoding="utf-8", newline="") as stream:
        theirs = {row["id"]: row["rule"] for row in csv.DictReader(stream)}
    assert [row["rule"] for row in read_rows(RULES) if len(row["wording"]) > 40 and row["wording"] in theirs[row["rule"]]] == []


def test_the_document_is_that_of_the_table() -> None:
    assert (ROOT / "docs" / "rules.md").read_text(encoding="utf-8") == document(), "python -m reporting.rules writes it anew"


@pytest.fixture(scope="module")
def sample() -> Result:
    result = load(ROOT / "samples" / "meridian")
    write_settings(result, "2026-Q3", "0" * 64)
    return result


def test_r004_boundary_approach_and_period_are_printed(sample: Result) -> None:
    from reporting.render.view import make_view  # noqa: PLC0415 - takes a third of a second to import

    view = make_view(sample.connection, period="2026-Q3", findings=sample.findings)
    lead = view.frameworks[0]
    assert (lead.approach_text, lead.gwp_set) == ("operational control", "AR6")
    assert [entity.name for entity in view.entities] != []
    assert "1 July 2026" in view.period_span
    assert any(note.title == "Boundary and consolidation" and lead.approach_text in note.text for note in view.method)
    assert any(note.title == "Global warming potentials" and "AR6" in note.text for note in view.method)


def test_r005_scope_1_and_scope_2_are_figures_of_their_own(sample: Result) -> None:
    scopes = dict(rows(sample, "select datapoint, scope from datapoint where framework = 'ghg_protocol'"))
    assert (scopes["scope1"], scopes["scope2_location"], scopes["scope2_market"]) == ("1", "2", "2")
    found_there = figures(sample)
    assert all(found_there[GHG + name][0] == "stated" for name in ("scope1", "scope2_location", "scope2_market"))


def test_r006_nothing_negative_is_traded_into_a_scope(tmp_path: Path) -> None:
    """Instruments of more than the consumption leave 0, never less; a negative row needs the row that it takes back."""
    head = (
        "instrument_id,kind,market,supplier,starts,ends,vintage,volume,unit,rate_kg_co2e_per_kwh,energy_source,status,certificate,citation"
    )
    green = "G,certificate,CA,,2026-07-01,2026-07-31,2026,900,kWh,0,renewable,cancelled,C,Notice (test),M-RETS,2026-10-12,Acme,"
    more = ",tracking_system,cancelled_on,beneficiary,attributes"
    files = {"activity/s.csv": table(POWER, DIESEL.format(-5)), "instruments.csv": table(green, header=head + more)}
    result = compute(write(tmp_path, files))
    assert [finding.row for finding in found(result, "intake/quantity-negative")] == [3]
    assert value(result, GHG + "scope2_market") == 0
    assert rows(result, "select count(*) from ledger where kg_co2e < 0") == [(0,)]


def test_r058_every_line_of_a_scope_has_one_iso_category(sample: Result) -> None:
    lines = rows(
        sample, "select count(*) from ledger where scope in ('1', '2', '3') and iso_category not in ('1', '2', '3', '4', '5', '6')"
    )
    assert lines == [(0,)]
    twice = "select activity_id from classification group by activity_id, view having count(*) > 1"
    assert rows(sample, twice) == []


def test_r056_direct_emissions_by_gas_add_up(sample: Result) -> None:
    found_there = figures(sample)
    parts = [number for name, (_, number) in found_there.items() if name.startswith("iso_14064_1_2018/category1_gas/")]
    other = rows(
        sample,
        """select coalesce(sum(kg_co2e), 0) / 1000 from ledger join view using (view) where iso_category = '1' and not is_biogenic
           and gas_group not in (select gas_group from gwp where is_kyoto and gas_group <> 'CO2e') and view = 'operational_control'
           and month between date '2026-07-01' and date '2026-09-01'""",
    )
    assert len(parts) >= 7
    whole = value(sample, "iso_14064_1_2018/category1")
    assert abs(sum((part or Decimal(0)) for part in parts) + Decimal(str(other[0][0])) - whole) < Decimal("1e-9")


def test_r060_category_2_is_location_based(sample: Result) -> None:
    bases = dict(rows(sample, "select datapoint, basis from datapoint where framework = 'iso_14064_1_2018'"))
    assert (bases["category2"], bases["category2_market"]) == ("location", "market")


def test_r099_periods_of_a_score_share_method_and_unit(sample: Result) -> None:
    """A comparative is computed as the score is: by one datapoint in one view, with one R and boundary of the system."""
    scores = rows(
        sample, "select period, view, unit, decimals from figure where figure_id = 'sci/score/system=assistant-inference' order by period"
    )
    assert {period for period, *_ in scores} >= {"2026-Q2", "2026-Q3"}
    assert len({tuple(method) for _, *method in scores}) == 1
    assert rows(
        sample, "select count(*), count(distinct functional_unit || boundary) from system where system = 'assistant-inference'"
    ) == [(1, 1)]


def test_r100_no_form_of_period_is_longer_than_a_year() -> None:
    for name in ("2026-07", "2026-Q3", "2026", "2026-Q3-YTD", "2026-Q3-TTM", "FY2026", "FY2026-Q3-YTD", "2024", "FY2024"):
        period = parse_period(name, 4)
        assert period.ends <= period.starts.replace(year=period.starts.year + 1), name


def test_r092_r094_a_score_knows_no_instrument(sample: Result) -> None:
    bases = {
        basis for (basis,) in rows(sample, "select basis from datapoint where framework = 'sci' and kind = 'sum' and measure = 'kg_co2e'")
    }
    assert bases == {"location"}


@pytest.mark.parametrize(
    "part",
    [
        {"systems": [{"id": "bot", "name": "Bot", "functional_unit": ["token", "image"], "quantity": {}, "boundary": "All"}]},
        {"systems": [{"id": "bot", "name": "Bot", "quantity": {}, "boundary": "All"}]},
    ],
)
def test_r095_a_system_has_one_functional_unit(tmp_path: Path, part: dict[str, Any]) -> None:
    with pytest.raises(InputError, match="functional_unit"):
        compute(write(tmp_path, {"activity/s.csv": table(POWER)}, **part))


def test_r104_a_pue_below_1_is_refused(tmp_path: Path) -> None:
    site = INVENTORY["sites"][0] | {"pue": [{"value": "0.9", "kind": "measured", "citation": "Readings (test)"}]}
    with pytest.raises(InputError, match="pue"):
        compute(write(tmp_path, {"activity/s.csv": table(POWER)}, sites=[site]))


def test_r108_a_factor_of_0_is_used(tmp_path: Path) -> None:
    factors = [row for row in FACTORS if row["factor_id"] != "power"]
    own = factor("hydro", "electricity.purchased", "0", "kWh", basis="location", region="CA")
    other = factor("world", "electricity.purchased", "0.5", "kWh", basis="location")
    result = compute(write(tmp_path, {"activity/s.csv": table(POWER)}, [*factors, own, other]))
    assert figures(result)[GHG + "scope2_location"] == ("stated", Decimal(0))
    assert rows(result, "select distinct factor_id from ledger where basis = 'location'") == [("hydro",)]


def test_r114_an_unknown_key_is_refused(tmp_path: Path) -> None:
    for part in ({"offsets": 1}, {"views": {"v": {"approach": "equity_share", "gwp_set": "AR6", "weight": 1}}}):
        with pytest.raises(InputError, match="no such key"):
            compute(write(tmp_path, {"activity/s.csv": table(POWER)}, **part))


def test_r115_a_quarter_is_the_sum_of_its_months_and_its_ratio_is_divided_anew(tmp_path: Path) -> None:
    months = {"2026-07": "1", "2026-08": "3", "2026-09": "6"}
    revenue = {month: {"value": number, "unit": "million EUR", "source": "Accounts (test)"} for month, number in months.items()}
    revenue["2026-Q3"] = {"value": "10", "unit": "million EUR", "source": "Accounts (test)"}
    lines = [f"diesel.stationary,{month}-01,{month}-28,{litres},l,mill" for month, litres in zip(months, (100, 50, 10), strict=True)]
    result = compute(write(tmp_path, {"activity/s.csv": table(*lines)}, inputs={"net_revenue": revenue}, periods=[*months, "2026-Q3"]))
    for name in ("scope1", "scope3", "total_location"):
        assert sum(value(result, GHG + name, month) for month in months) == value(result, GHG + name)
    ratio = value(result, GHG + "intensity_location")
    assert ratio == value(result, GHG + "total_location") / 10
    assert ratio != sum(value(result, GHG + "intensity_location", month) for month in months) / 3


def test_r116_an_activity_is_in_one_scope_of_a_view_and_on_each_basis_once(sample: Result) -> None:
    query = """select count(*) from (select activity_id from ledger where role = 'inventory' group by activity_id, view
               having count(distinct scope || '.' || scope3_category) > 1)"""
    assert rows(sample, query) == [(0,)]
    assert rows(sample, "select count(*) - count(distinct entry_id) from ledger") == [(0,)]
    query = "select activity_id from ledger group by activity_id, view, gas, is_biogenic, factor_id, basis having count(*) > 1"
    assert rows(sample, query) == []
    added = "select count(*) from datapoint where contains(basis, 'location') and contains(basis, 'market')"
    assert rows(sample, added) == [(0,)]


def test_every_band_of_intensities_has_a_type_and_a_citation() -> None:
    types = {row["activity_type"] for row in read_rows(PACKAGE / "standards" / "activity_types.csv")}
    for row in read_rows(PACKAGE / "standards" / "plausible_intensities.csv"):
        assert row["activity_type"] in types
        assert Decimal(row["low_kg_co2e"]) < Decimal(row["high_kg_co2e"])
        assert row["citation"]
