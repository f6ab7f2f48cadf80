"""ghg factors diff and stale, and the neighbours of a region in a search."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from command import run
from inventories import DIESEL, FACTORS, Row, factor, table, write, write_factors

from reporting.database import Connection
from reporting.pipeline import compute
from reporting.questions.catalogue import open_catalogue, search_answer
from reporting.questions.change_answers import FactorDiff
from reporting.questions.factor_changes import diff_factors, stale
from reporting.types import UsageError


@pytest.fixture(scope="module")
def catalogue() -> Connection:
    return open_catalogue()


def compared(folder: Path, earlier: Sequence[Row], later: Sequence[Row]) -> FactorDiff:
    write_factors(folder, earlier, "own_1")
    write_factors(folder, later, "own_2")
    return diff_factors(open_catalogue(folder), "own_1", "own_2")


def test_every_factor_of_both_editions_is_accounted_for_once(catalogue: Connection) -> None:
    """The counts add up to what a plain count of ids gives."""
    for earlier, later in (("desnz_2025", "desnz_2026"), ("epa_hub_2024", "epa_hub_2025")):
        n = diff_factors(catalogue, earlier, later).counts
        query = "select count(distinct factor_id) from factor where set_id = $1"
        before, after = ((catalogue.execute(query, [name]).fetchone() or (0,))[0] for name in (earlier, later))
        assert n.removed + n.changed + n.unchanged == before
        assert n.added + n.changed + n.unchanged == after
        assert n.by_publisher_key + n.by_label + n.by_activity_type == n.changed + n.unchanged


def test_turned_round_what_was_added_is_removed(catalogue: Connection) -> None:
    there, back = diff_factors(catalogue, "desnz_2025", "desnz_2026"), diff_factors(catalogue, "desnz_2026", "desnz_2025")
    assert (there.counts.added, there.counts.removed) == (back.counts.removed, back.counts.added)
    assert there.counts.changed == back.counts.changed


def test_the_largest_change_comes_first_and_each_gas_is_there(catalogue: Connection) -> None:
    found = diff_factors(catalogue, "desnz_2025", "desnz_2026")
    sizes = [abs(change.change_percent) for change in found.changes if change.status == "changed" and change.change_percent is not None]
    assert sizes == sorted(sizes, reverse=True)
    (grid,) = [change for change in found.changes if change.later_id == "desnz.2026.uk-electricity.generated.electricity-uk.kwh"]
    assert (grid.earlier_kg_co2e, grid.later_kg_co2e) == (Decimal("0.17701"), Decimal("0.13096"))
    assert (grid.change_kg_co2e, grid.change_percent) == (Decimal("-0.04605"), Decimal("-26.02"))
    assert [(gas.gas, gas.is_biogenic) for gas in grid.gases] == [("CH4", False), ("CO2", False), ("N2O", False), ("CO2", True)]


def test_the_gwp_set_decides_what_gases_by_mass_change(catalogue: Connection) -> None:
    for name in ("AR4", "AR6"):
        found = diff_factors(catalogue, "epa_hub_2024", "epa_hub_2025", gwp_set=name)
        assert found.gwp_set == name
    assert diff_factors(catalogue, "epa_hub_2024", "epa_hub_2025", gwp_set="AR4").changes != found.changes


def test_names_that_drift_are_matched_and_the_way_is_said(tmp_path: Path) -> None:
    one = [
        factor("p.2025.fuel.diesel.l", "diesel.stationary", "2", "l", label="Diesel 2025"),
        factor("p.2025.fuel.gas.m3", "natural_gas.stationary", "2", "m3", label="Gas 2025"),
        factor("p.2025.fuel.petrol.l", "petrol.mobile", "2", "l", label="Motor spirit"),
        factor("p.2025.fuel.gone.l", "", "2", "l", label="Gone"),
        factor("p.2025.fuel.unit.l", "", "2", "l", label="Unit"),
    ]
    two = [
        factor("p.2026.fuel.diesel.l", "diesel.stationary", "2.5", "l", label="Diesel 2026"),
        factor("p.2026.fuel.methane.m3", "natural_gas.stationary", "2", "m3", label="Gas 2026"),
        factor("p.2026.fuel.gasoline.l", "petrol.mobile", "1", "l", label="Petrol"),
        factor("p.2026.fuel.new.l", "", "2", "l", label="New"),
        factor("p.2026.fuel.unit.l", "", "2", "kg", label="Unit"),
    ]
    found = compared(tmp_path, one, two)
    n = found.counts
    assert (n.added, n.removed, n.changed, n.unchanged) == (2, 2, 2, 1)
    assert (n.by_publisher_key, n.by_label, n.by_activity_type) == (1, 1, 1)
    ways = {(change.earlier_id, change.later_id): (change.status, change.matched_by, change.change_percent) for change in found.changes}
    assert ways["p.2025.fuel.diesel.l", "p.2026.fuel.diesel.l"] == ("changed", "publisher key", Decimal(25))
    assert ways["p.2025.fuel.petrol.l", "p.2026.fuel.gasoline.l"] == ("changed", "activity type", Decimal(-50))
    assert ways["", "p.2026.fuel.unit.l"] == ("added", "", None)


def test_what_is_ambiguous_is_not_matched(tmp_path: Path) -> None:
    one = [
        factor("a.x1", "diesel.stationary", "2", "l", region="GB", label="Diesel"),
        factor("a.x2", "diesel.stationary", "2", "l", region="FR"),
    ]
    two = [
        factor("b.y1", "diesel.stationary", "3", "l", region="GB", label="Other", valid_to="2026-06-01"),
        factor("b.y2", "diesel.stationary", "3", "l", region="GB", label="Another", valid_from="2026-06-01"),
    ]
    n = compared(tmp_path, one, two).counts
    assert (n.added, n.removed, n.changed) == (2, 2, 0)


def test_a_gas_that_came_is_a_change_though_the_sum_is_the_same(tmp_path: Path) -> None:
    gases = [("CO2", "1.5"), ("CH4", "0.25"), ("N2O", "0.25")]
    two = [factor("diesel", "diesel.stationary", value, "l", gas=gas) for gas, value in gases]
    (change,) = compared(tmp_path, [factor("diesel", "diesel.stationary", "2", "l")], two).changes
    assert (change.status, change.change_kg_co2e, change.change_percent) == ("changed", Decimal(0), Decimal(0))
    assert next((gas.gas, gas.earlier, gas.later) for gas in change.gases) == ("CH4", None, Decimal("0.25"))


@pytest.mark.parametrize(
    ("pair", "message"),
    [(("desnz_2025", "desnz_2062"), "did you mean .*desnz_2026"), (("desnz_2025", "desnz_2025"), "named twice")],
)
def test_sets_that_cannot_be_compared(catalogue: Connection, pair: tuple[str, str], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        diff_factors(catalogue, *pair)


@pytest.mark.parametrize(
    ("day", "status"),
    [("2026-01-01", "superseded"), ("2026-07-01", "near"), ("2026-12-30", "near"), ("2026-12-31", "beyond")],
)
def test_a_set_is_near_and_then_beyond_the_day_from_which_it_may_not_be_used(day: str, status: str) -> None:
    """DESNZ 2024 is usable until, not including, 2026-12-31; DESNZ 2025, which supersedes it, has data from 2025 on."""
    found = {item.set_id: item for item in stale(on=date.fromisoformat(day)).sets}
    assert found["desnz_2024"].status == status
    assert found["desnz_2024"].superseded_by == "desnz_2026"
    assert "desnz_2026" not in found


def used(folder: Path, **head: object) -> Path:
    write(folder, {"activity/s.csv": table(DIESEL.format(10))})
    write_factors(folder, FACTORS, "test_1", **head)
    return folder


def test_a_factor_in_use_is_listed_with_its_successor_and_the_change(tmp_path: Path) -> None:
    folder = used(tmp_path, preference=0)
    assert stale(folder).factors == ()
    write_factors(
        folder,
        [factor("diesel.next", "diesel.stationary", "2", "l", valid_from="2026-07-01", label="diesel")],
        "test_2",
        supersedes="test_1",
    )
    found = stale(folder)
    assert found.on == date(2026, 9, 30)
    (item,) = [item for item in found.factors if item.factor_id == "diesel"]
    assert (item.status, item.successor_set, item.successor_id, item.change_percent) == (
        "superseded",
        "test_2",
        "diesel.next",
        Decimal(-20),
    )
    assert [(item.set_id, item.is_used) for item in found.sets if item.set_id == "test_1"] == [("test_1", True)]


def test_an_edition_of_a_later_year_makes_nothing_stale(tmp_path: Path) -> None:
    folder = used(tmp_path)
    write_factors(
        folder,
        [factor("diesel.next", "diesel.stationary", "2", "l", valid_from="2027-01-01", valid_to="2028-01-01")],
        "test_2",
        supersedes="test_1",
    )
    assert stale(folder).factors == ()


def test_the_command_says_when_a_factor_in_use_is_past_its_time(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = used(tmp_path, usable_until="2026-11-01")
    ran = run(capsys, "factors", "stale", "--inventory", folder)
    assert (ran.code, "diesel, for diesel.stationary, 2026-07 to 2026-07" in ran.out, "no successor is loaded" in ran.out) == (
        0,
        True,
        True,
    )
    ran = run(capsys, "factors", "stale", "--inventory", folder, "--on", "2026-11-01")
    assert (ran.code, "beyond" in ran.out) == (1, True)
    assert run(capsys, "factors", "stale").code == 2


@pytest.mark.parametrize("arguments", [("diff", "epa_hub_2024", "epa_hub_2025"), ("stale", "--on", "2026-12-01")])
def test_the_commands_print_within_eighty_columns(arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    ran = run(capsys, "factors", *arguments)
    assert ran.code == 0
    assert [line for line in ran.out.splitlines() if len(line) > 80 and " " in line.strip()] == []


def test_us_east_1_shows_its_choices_side_by_side(catalogue: Connection) -> None:
    """Grid, country, world, and Google's region in the same grid, each with basis, year and value."""
    answer = search_answer(catalogue, "electricity", region="aws:us-east-1")
    found = {(item.region, item.relation, item.boundary): item for item in answer.factors if item.activity_type == "electricity.purchased"}
    assert {(region, relation) for region, relation, _ in found} >= {
        ("US:eGRID:SRVC", "contains"), ("US", "contains"), ("world", "contains"), ("gcp:us-east4", "neighbour"),
    }  # fmt: skip
    google = found["gcp:us-east4", "neighbour", "direct"]
    assert (google.year, google.kg_co2e_per_unit, google.basis, google.region_distance) == (2024, Decimal("0.32305"), "location", None)


@pytest.mark.parametrize(
    ("region", "relation", "is_there"), [("gcp:us-east4", "itself", True), ("GB", "neighbour", False), ("", "neighbour", False)]
)
def test_countries_are_nobodys_neighbours(catalogue: Connection, region: str, relation: str, is_there: bool) -> None:
    answer = search_answer(catalogue, "electricity", region=region, activity_type="electricity.purchased", limit=500)
    assert (relation in {item.relation for item in answer.factors}) == is_there


def test_a_neighbour_never_prices(tmp_path: Path) -> None:
    """A factor of the Google region beside it is no candidate for an AWS region."""
    row = "electricity.purchased,2024-07-01,2024-07-31,10,kWh,mill"
    site = [{"id": "mill", "name": "Mill", "entity": "acme", "country": "US", "region": "aws:us-east-1"}]
    result = compute(write(tmp_path, {"activity/s.csv": table(row)}, sites=site, periods=["2024-Q3"]))
    regions = "select distinct f.region from resolution r join factor f on f.factor_id = r.factor_id where f.region like 'gcp:%'"
    assert result.connection.execute("select count(*) from resolution").fetchone() != (0,)
    assert result.connection.execute(regions).fetchall() == []
