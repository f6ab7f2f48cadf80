"""ghg factors list, search, show: what is found, in which order, and what an unknown name gives."""

from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path

import pytest
from command import run

from reporting.database import Connection
from reporting.questions.catalogue import factor_sets, open_catalogue, search_answer, search_factors, show_factor
from reporting.types import UsageError

GAS = "desnz.2026.fuels.gaseous.natural-gas.kwh-gross"


@pytest.fixture(scope="module")
def catalogue() -> Connection:
    return open_catalogue()


def test_every_set_is_listed_with_its_values(catalogue: Connection, root: Path) -> None:
    frame = factor_sets(catalogue)
    assert list(frame["set_id"]) == sorted(path.parent.name for path in (root / "factors").glob("*/set.yaml"))
    assert all(frame["values"] > 0)
    assert all(frame["licence"])
    assert not any(frame["is_own"])


@pytest.mark.parametrize(
    ("words", "region", "first"),
    [
        ("natural gas", "GB", "natural_gas.stationary"),
        ("natral gaz", "GB", "natural_gas.stationary"),
        ("electricty", "aws:us-east-1", "electricity.purchased"),
        ("hotel germany", "", "travel.hotel.germany"),
        ("R-410A", "", "refrigerant.R-410A"),
        ("flight long haul busines", "GB", "travel.air.long_haul.business"),
    ],
)
def test_words_find_the_activity_spelling_forgiven(catalogue: Connection, words: str, region: str, first: str) -> None:
    assert search_factors(catalogue, words, region=region).iloc[0]["activity_type"] == first


def test_a_cloud_region_lists_its_grid_then_its_country_then_the_world(catalogue: Connection) -> None:
    frame = search_factors(catalogue, "electricity", region="aws:us-east-1", activity_type="electricity.purchased")
    around = frame[frame["relation"] != "neighbour"]
    assert list(dict.fromkeys(around["region"])) == ["US:eGRID:SRVC", "US", "world"]
    assert list(around["region_distance"]) == sorted(around["region_distance"])
    assert set(frame["region"]) - set(around["region"]) == {"gcp:us-east1", "gcp:us-east4"}
    assert frame.iloc[0]["boundary"] == "direct"


def test_older_years_are_counted_and_listed_on_demand(catalogue: Connection) -> None:
    newest = search_factors(catalogue, "natural gas kwh gross", region="GB", activity_type="natural_gas.stationary")
    every = search_factors(catalogue, "natural gas kwh gross", region="GB", activity_type="natural_gas.stationary", all_years=True)
    assert len(every) == len(newest) + sum(newest["older_years"])
    assert GAS in set(newest["factor_id"])


def test_how_the_words_were_read_is_said(catalogue: Connection) -> None:
    answer = search_answer(catalogue, "Natral gaz", region="gb", limit=1)
    assert (answer.words, answer.read_as, answer.region) == (("natral", "gaz"), ("natural", "gas"), "GB")
    assert len(answer.factors) == 1 < answer.found


def test_where_no_factor_holds_all_words_the_nearest_are_given(catalogue: Connection) -> None:
    answer = search_answer(catalogue, "diesel qqqqqqqq", region="GB")
    assert answer.factors[0].words == 1
    assert search_answer(catalogue, "qqqqqqqq").found == 0


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"region": "aws:us-east-9"}, 'unknown region "aws:us-east-9". did you mean'),
        ({"activity_type": "natural_gas.stationery"}, "did you mean natural_gas.stationary"),
        ({"gwp_set": "AR9"}, 'unknown GWP set "AR9". fix: use one of SAR'),
    ],
)
def test_unknown_names_give_a_suggestion(catalogue: Connection, options: dict[str, str], message: str) -> None:
    with pytest.raises(UsageError, match=message.replace(".", r"\.")):
        search_factors(catalogue, "gas", **options)  # type: ignore[arg-type]


def test_a_factor_is_shown_as_published_and_as_used(catalogue: Connection) -> None:
    found = show_factor(catalogue, "epa-hub.2025.t1.natural-gas.mmbtu")
    gases = {gas.gas: gas for gas in found.gases}
    assert (gases["CH4"].published_value, gases["CH4"].published_unit, gases["CH4"].value) == ("1", "g CH4 per mmBtu", Decimal("0.001"))
    totals = {total.gwp_set: total.kg_co2e for total in found.totals}
    assert list(totals) == ["SAR", "TAR", "AR4", "AR5", "AR6"]
    assert totals["AR4"] == Decimal("53.06") + Decimal("0.001") * 25 + Decimal("0.0001") * 298
    assert totals["AR5"] == Decimal("53.06") + Decimal("0.001") * 28 + Decimal("0.0001") * 265
    assert found.factor_set.licence == "US public domain, 17 USC 105"


def test_a_value_published_as_co2e_is_the_same_under_every_set_and_biogenic_co2_stands_apart(catalogue: Connection) -> None:
    found = show_factor(catalogue, "desnz.2025.uk-electricity.generated.electricity-uk.kwh")
    assert {total.kg_co2e for total in found.totals} == {Decimal("0.17701")}
    assert {total.biogenic_kg_co2 for total in found.totals} == {Decimal("0.11507")}


def test_a_gas_without_gwp_leaves_the_total_unknown(catalogue: Connection) -> None:
    unknown = catalogue.execute(
        "select set_id, factor_id from factor_total where gwp_set = 'SAR' and kg_co2e is null order by all limit 1"
    ).fetchone()
    assert unknown is not None
    total = next(total for total in show_factor(catalogue, "/".join(unknown)).totals if total.gwp_set == "SAR")
    assert total.kg_co2e is None
    assert total.missing_gases


def test_editions_before_and_after_with_the_change_from_the_earlier_to_the_later(catalogue: Connection) -> None:
    before, after = show_factor(catalogue, "desnz.2025.uk-electricity.generated.electricity-uk.kwh").editions
    assert (before.relation, before.year, before.kg_co2e_per_unit, before.change_percent) == (
        "predecessor",
        2024,
        Decimal("0.20705"),
        Decimal("-14.51"),
    )
    assert (after.relation, after.year, after.kg_co2e_per_unit, after.change_percent) == (
        "successor",
        2026,
        Decimal("0.13096"),
        Decimal("-26.02"),
    )


def test_an_id_is_found_by_set_and_in_any_letter_case(catalogue: Connection) -> None:
    for wanted in (GAS, GAS.upper(), f"desnz_2026/{GAS}"):
        assert show_factor(catalogue, wanted).factor_id == GAS


def test_an_ambiguous_id_lists_the_places(root: Path, tmp_path: Path) -> None:
    shutil.copytree(root / "factors" / "epa_hub_2025_waste", tmp_path / "factors" / "own_waste")
    catalogue = open_catalogue(tmp_path)
    (name,) = catalogue.execute("select min(factor_id) from factor where set_id = 'own_waste'").fetchone() or ("",)
    with pytest.raises(UsageError, match=rf"stands in several places\. fix: use one of epa_hub_2025_waste/{name}, own_waste/{name}"):
        show_factor(catalogue, name)
    assert show_factor(catalogue, f"own_waste/{name}").factor_set.is_own


def test_the_command_prints_within_eighty_columns(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in (("list",), ("search", "electricity", "--region", "aws:us-east-1", "--limit", "5"), ("show", GAS)):
        ran = run(capsys, "factors", *arguments)
        assert ran.code == 0
        assert [line for line in ran.out.splitlines() if len(line) > 80 and "://" not in line] == []


def test_an_unknown_id_is_a_misuse_in_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    ran = run(capsys, "factors", "show", GAS.replace("gross", "gros"))
    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert f"did you mean {GAS}" in ran.err
    assert run(capsys, "factors", "show", "-x").code == 2
    ran = run(capsys, "factors", "search", "qqqqqqqq")
    assert (ran.code, ran.out) == (1, "no factor was found. fix: use fewer or other words, or leave out --region and --type\n")
    assert run(capsys, "factors", "list", "--inventory", "no/such/folder").code == 2
