"""The organisational boundary: interests that change within a month, joint ventures, investments, leases, colocation."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from inventories import DIESEL, FACTORS, HEADER, INVENTORY, compute, factor, figures, found, rows, rules, table, value, write

import reporting
from reporting.inventory import load_inventory
from reporting.ledger import write_parquet
from reporting.pipeline import Result
from reporting.statement import statements
from reporting.types import InputError

GHG = "ghg_protocol/"
INSTRUMENTS = (
    "instrument_id,kind,market,supplier,starts,ends,vintage,volume,unit,rate_kg_co2e_per_kwh,energy_source,status,certificate,citation"
    ",tracking_system,cancelled_on,beneficiary,attributes"
)
ACME = INVENTORY["entities"][0]
MINOR = ACME | {"id": "minor", "name": "Minor", "ownership": "0.4", "financial_control": False, "operational_control": False}
MILL = INVENTORY["sites"][0]
VIEWS = {approach: {"approach": approach, "gwp_set": "AR6"} for approach in ("equity_share", "financial_control", "operational_control")}
POWER = "electricity.purchased,2026-07-01,2026-07-31,{},kWh,{}"


def kilograms(result: Result, view: str, period: str = "2026-07") -> dict[tuple[str, str, str], Decimal]:
    """Kilograms of a view by entity, scope with category, and basis."""
    query = """select view, period, entity, scope || coalesce('.' || nullif(scope3_category, ''), ''), basis, sum(kg_co2e)
               from ledger group by all"""
    return {(entity, place, basis): kg for name, month, entity, place, basis, kg in rows(result, query) if (name, month) == (view, period)}


def chosen(view: str) -> dict[str, Any]:
    """An inventory of all three approaches with the framework in one of them."""
    return {"views": VIEWS, "frameworks": [{"id": "ghg_protocol", "view": view}]}


@pytest.fixture(scope="module")
def bought(tmp_path_factory: pytest.TempPathFactory) -> Result:
    """The interest rises from 40 to 100 per cent on 11 July; the subsidiary is sold on 21 September."""
    entities = [ACME | {"ownership": "0.4", "valid_to": "2026-07-11"}, ACME | {"valid_from": "2026-07-11", "valid_to": "2026-09-21"}]
    lines = [
        DIESEL.format(310),
        "diesel.stationary,2026-07-03,2026-07-03,5,l,mill",
        "diesel.stationary,2026-07-20,2026-08-08,40,l,mill",
        "diesel.stationary,2026-09-01,2026-09-30,30,l,mill",
    ]
    files = {"activity/s.csv": table(*lines)}
    return compute(write(tmp_path_factory.mktemp("bought"), files, entities=entities, **chosen("equity_share")))


def test_a_month_is_cut_at_the_day_on_which_the_interest_changes(bought: Result) -> None:
    parts = rows(
        bought,
        """select row_no, activity_id.split('@')[2], month::varchar, quantity from activity where derivation = ''
           order by row_no, month""",
    )
    assert parts == [
        (2, "2026-07", "2026-07-01", Decimal(100)),
        (2, "2026-07-11", "2026-07-11", Decimal(210)),
        (3, None, "2026-07-01", Decimal(5)),
        (4, "2026-07-11", "2026-07-11", Decimal(24)),
        (4, "2026-08", "2026-08-01", Decimal(16)),
        (5, "2026-09", "2026-09-01", Decimal(20)),
        (5, "2026-09-21", "2026-09-21", Decimal(10)),
    ]


def test_each_day_weighs_as_the_interest_of_that_day(bought: Result) -> None:
    scope1 = [rows(bought, f"select sum(kg_co2e) from ledger where view = '{view}' and scope = '1'")[0][0] for view in VIEWS]  # noqa: S608
    equity = (Decimal("0.4") * 105 + 210 + 24 + 16 + 20) * Decimal("2.5")
    control = (105 + 210 + 24 + 16 + 20) * Decimal("2.5")
    assert scope1 == [equity, control, control]
    assert value(bought, GHG + "scope1") == equity / 1000
    assert [(finding.row, "2026-09-21" in finding.message) for finding in found(bought, "boundary/entity-not-held")] == [(5, True)]


def test_the_ledger_holds_both_parts_of_a_cut_month(bought: Result, tmp_path: Path) -> None:
    write_parquet(bought.connection, tmp_path / "ledger")
    count = "select count(*), sum(kg_co2e) from {}"
    written = bought.connection.execute(
        "select count(*), sum(kg_co2e) from read_parquet($1)", [str(tmp_path / "ledger" / "*" / "*" / "*.parquet")]
    ).fetchall()
    assert written == rows(bought, count.format("ledger"))
    assert sorted(path.name for path in (tmp_path / "ledger").glob("period=*")) == ["period=2026-07", "period=2026-08", "period=2026-09"]


@pytest.mark.parametrize(
    ("dates", "words"),
    [
        ([{"valid_to": "2026-07-11"}, {"valid_from": "2026-07-10"}], "declared twice for 2026-07-10"),
        ([{}, {}], "declared twice"),
        ([{"valid_from": "2026-07-11", "valid_to": "2026-07-11"}], "is not after valid_from"),
    ],
)
def test_r001_an_interest_that_overlaps_or_ends_before_it_starts_is_refused(
    tmp_path: Path, dates: list[dict[str, str]], words: str
) -> None:
    with pytest.raises(InputError, match=words):
        load_inventory(write(tmp_path, {}, entities=[ACME | one for one in dates]))


def test_r001_every_view_has_one_of_three_approaches_and_every_entity_its_fields(tmp_path: Path) -> None:
    for part in ({"views": {"v": {"approach": "both", "gwp_set": "AR6"}}}, {"entities": [{"id": "acme", "name": "A", "country": "CA"}]}):
        with pytest.raises(InputError, match=r"inventory\.yaml"):
            load_inventory(write(tmp_path, {}, **part))


@pytest.mark.parametrize(
    ("control", "weights"),
    [
        ((True, True), ("0.4", "1", "1")),
        ((True, False), ("0.4", "1", "0")),
        ((False, True), ("0.4", "0", "1")),
        (("joint", True), ("0.4", "0.4", "1")),
    ],
)
def test_r002_weights_by_approach(tmp_path: Path, control: tuple[object, bool], weights: tuple[str, ...]) -> None:
    entity = MINOR | {"id": "acme", "financial_control": control[0], "operational_control": control[1]}
    result = compute(write(tmp_path, {"activity/s.csv": table(DIESEL.format(100))}, entities=[entity], **chosen("equity_share")))
    for view, weight in zip(VIEWS, weights, strict=True):
        assert kilograms(result, view).get(("acme", "1", "both"), 0) == Decimal(weight) * 250


@pytest.fixture(scope="module")
def associate(tmp_path_factory: pytest.TempPathFactory) -> Result:
    """An associate of 40 per cent without control, with fuel, electricity, a system and a purchased service."""
    branch = {"id": "branch", "name": "Branch", "entity": "minor", "country": "CA", "region": "CA"}
    header = HEADER + ",system,lifecycle_stage,hosting"
    lines = [
        "diesel.stationary,2026-07-01,2026-07-31,100,l,mill,,,",
        "diesel.stationary,2026-07-01,2026-07-31,100,l,branch,,,",
        "electricity.purchased,2026-07-01,2026-07-31,1000,kWh,branch,bot,inference,",
        "electricity.purchased,2026-07-01,2026-07-31,500,kWh,branch,,,cloud",
    ]
    green = "G,certificate,CA,,2026-07-01,2026-07-31,2026,300,kWh,0,renewable,cancelled,C,Notice (test),M-RETS,2026-10-12,Acme,"
    files = {"activity/s.csv": table(*lines, header=header), "instruments.csv": table(green, header=INSTRUMENTS)}
    system = {"id": "bot", "name": "Bot", "functional_unit": "1 request", "quantity": {"2026-Q3": "10"}, "boundary": "All of it"}
    parts = {"entities": [ACME, MINOR], "sites": [MILL, branch], "systems": [system]}
    frameworks = [{"id": name, "view": "operational_control"} for name in ("ghg_protocol", "sci", "iso_14064_1_2018", "esrs_e1_set1")]
    return compute(write(tmp_path_factory.mktemp("associate"), files, **parts | chosen("operational_control") | {"frameworks": frameworks}))


def test_r003_what_control_leaves_out_is_in_category_15_by_the_interest(associate: Result) -> None:
    """0.4 x (100 l x 2.5 kg + 1000 kWh x 0.2 kg): location-based, once in every total; no upstream, no purchases of the associate."""
    found_there = {place: kg for place, kg in kilograms(associate, "operational_control").items() if place[0] == "minor"}
    assert found_there == {("minor", "3.15", "both"): Decimal("0.4") * (250 + 200)}
    assert value(associate, GHG + "scope3_by_category/category=15") == Decimal("0.180")
    assert value(associate, GHG + "scope1") == Decimal("0.250")
    assert value(associate, GHG + "scope2_location") == value(associate, GHG + "scope2_market") == 0
    assert value(associate, GHG + "scope3") == Decimal("0.180") + Decimal("0.050")
    assert value(associate, GHG + "total_location") == value(associate, GHG + "total_market") == Decimal("0.480")
    assert value(associate, "iso_14064_1_2018/category5") == Decimal("0.180")


def test_r003_equity_share_has_it_in_scopes_1_and_2_and_nothing_in_category_15(associate: Result) -> None:
    equity = kilograms(associate, "equity_share")
    assert equity["minor", "1", "both"] == 100
    assert equity["minor", "2", "location"] == 80
    assert not [place for place in equity if place[1] == "3.15"]


def test_r003_an_investment_is_in_no_energy_total_and_no_system(associate: Result) -> None:
    assert (
        value(associate, "esrs_e1_set1/E1-5_energy")
        == rows(
            associate, "select sum(mwh) from energy_total where view = 'operational_control' and entity = 'acme' and scope in ('1', '2')"
        )[0][0]
    )
    assert figures(associate)["sci/energy/system=bot"] == ("no_activity", Decimal(0))
    assert figures(associate)["sci/operational/system=bot"] == ("no_activity", Decimal(0))


def test_a_view_changes_weights_and_gwp_never_activity(associate: Result) -> None:
    query = "select count(*), sum(quantity) from activity where counts"
    alone = rows(associate, query)
    ledger = rows(associate, "select view, count(distinct activity_id) from ledger group by view order by view")
    assert alone[0][0] >= max(count for _, count in ledger)
    quantities = rows(
        associate,
        """select count(distinct (factor_id, quantity, factor)) from ledger group by activity_id, factor_id, gas
           having count(distinct view) > 1""",
    )
    assert {count for (count,) in quantities} == {1}


def test_r003_a_withheld_row_of_the_associate_withholds_category_15_on_both_bases(tmp_path: Path) -> None:
    branch = MILL | {"id": "branch", "entity": "minor"}
    factors = [row for row in FACTORS if row["factor_id"] != "power"]
    files = {"activity/s.csv": table(DIESEL.format(10), POWER.format(100, "branch"))}
    result = compute(write(tmp_path, files, factors, entities=[ACME, MINOR], sites=[MILL, branch], **chosen("operational_control")))
    for name in ("scope3_by_category/category=15", "scope3", "total_location", "total_market"):
        assert figures(result)[GHG + name] == ("withheld", None), name
    assert figures(result)[GHG + "scope1"][0] == "stated"


def test_r003_a_stated_investment_is_not_derived(tmp_path: Path) -> None:
    branch = MILL | {"id": "branch", "entity": "minor"}
    files = {"activity/s.csv": table(DIESEL.format(10), "diesel.stationary,2026-07-01,2026-07-31,10,l,branch")}
    entities = [ACME, MINOR | {"investment": "stated"}]
    result = compute(write(tmp_path, files, entities=entities, sites=[MILL, branch], **chosen("operational_control")))
    assert figures(result)[GHG + "scope3_by_category/category=15"] == ("no_activity", Decimal(0))
    assert "boundary/investment-without-data" in rules(result)


@pytest.mark.parametrize(
    ("tenure", "places"),
    [
        ("own", ("1", "1", "1")),
        ("finance_lease", ("1", "1", "1")),
        ("operating_lease", ("3.8", "3.8", "1")),
        ("leased_out_operating", ("1", "1", "3.13")),
        ("leased_out_finance", ("3.13", "3.13", "3.13")),
        ("franchised", ("3.14", "3.14", "3.14")),
    ],
)
def test_leased_assets_and_franchises_by_approach(tmp_path: Path, tenure: str, places: tuple[str, ...]) -> None:
    """Moved places bring their energy location-based, once, and no upstream rows; the rest stays as it was."""
    files = {"activity/s.csv": table(DIESEL.format(100), POWER.format(1000, "mill"))}
    result = compute(write(tmp_path, files, sites=[MILL | {"tenure": tenure}], **chosen("equity_share")))
    assert found(result, severity="error") == []
    for view, place in zip(VIEWS, places, strict=True):
        kg = kilograms(result, view)
        if place == "1":
            assert [kg["acme", "1", "both"], kg["acme", "2", "location"], kg["acme", "2", "market"]] == [250, 200, 200]
            assert kg["acme", "3.3", "both"] == 50 + 50 + 20 + 5
        else:
            assert kg == {("acme", place, "both"): Decimal(450)}


@pytest.mark.parametrize(
    ("policy", "scope2", "category8"), [("scope_2", "0.030", "0"), ("category_8", "0.020", "0.010"), ("", "0.030", "0")]
)
def test_the_overhead_of_a_colocation_counts_once(tmp_path: Path, policy: str, scope2: str, category8: str) -> None:
    site = MILL | {"pue": [{"value": "1.5", "kind": "measured", "citation": "Readings (test)"}]}
    line = "electricity.purchased,2026-07-01,2026-07-31,100,kWh,mill,colocation,it"
    files = {"activity/s.csv": table(line, header=HEADER + ",hosting,measurement_point")}
    result = compute(write(tmp_path, files, sites=[site], colocation_overhead=policy))
    assert value(result, GHG + "scope2_location") == Decimal(scope2)
    assert value(result, GHG + "scope2_market") == Decimal(scope2)
    assert value(result, GHG + "scope3_by_category/category=8") == Decimal(category8)
    assert ("boundary/colocation-overhead" in rules(result)) == (policy == "")


@pytest.mark.parametrize("gwp_set", ["SAR", "AR4", "AR5", "AR6"])
def test_r112_any_gwp_set_and_the_share_that_stays_in_another(tmp_path: Path, gwp_set: str) -> None:
    """10 l with 0.1 kg CH4 each by gas, 1 m3 of 2 kg CO2e of AR6: the second keeps its set and is counted."""
    common = {"value_as": "kg_gas", "published_unit": "kg per l"}
    factors = [factor("petrol", "petrol.mobile", "0.1", "l", gas="CH4_fossil", **common)]
    factors += [factor("gas", "natural_gas.stationary", "2", "m3"), factor("up", "petrol.well_to_tank", "1", "l", boundary="well_to_tank")]
    factors += [factor("gas.up", "natural_gas.well_to_tank", "1", "m3", boundary="well_to_tank")]
    lines = ["petrol.mobile,2026-07-01,2026-07-31,10,l,mill", "natural_gas.stationary,2026-07-01,2026-07-31,1,m3,mill"]
    files = {"activity/s.csv": table(*lines)}
    views = {"v": {"approach": "operational_control", "gwp_set": gwp_set}}
    result = compute(write(tmp_path, files, factors, views=views, frameworks=[{"id": "ghg_protocol", "view": "v"}]))
    assert found(result, severity="error") == []
    methane = {"SAR": Decimal(21), "AR4": Decimal(25), "AR5": Decimal(30), "AR6": Decimal("29.8")}[gwp_set]
    assert value(result, GHG + "scope1") == (methane + 2) / 1000
    [(share,)] = rows(result, "select other_gwp_share from figure where figure_id = 'ghg_protocol/scope1'")
    expected = Decimal(0) if gwp_set == "AR6" else (2 / (methane + 2)).quantize(Decimal("1e-9"), rounding="ROUND_DOWN")
    assert share == expected
    assert bool(found(result, "factor/other-gwp-set")) == (gwp_set != "AR6")


def test_an_instrument_covers_both_parts_of_a_cut_month(tmp_path: Path) -> None:
    entities = [ACME | {"ownership": "0.4", "valid_to": "2026-07-11"}, ACME | {"valid_from": "2026-07-11"}]
    green = "G,certificate,CA,,2026-07-01,2026-07-31,2026,3100,kWh,0,renewable,cancelled,C,Notice (test),M-RETS,2026-10-12,Acme,"
    files = {"activity/s.csv": table(POWER.format(3100, "mill")), "instruments.csv": table(green, header=INSTRUMENTS)}
    result = compute(write(tmp_path, files, entities=entities, **chosen("equity_share")))
    assert rows(result, "select sum(kwh) from instrument_match where claim = 'market'") == [(Decimal(3100),)]
    assert value(result, GHG + "scope2_location") == (Decimal("0.4") * 1000 + 2100) * Decimal("0.0002")
    assert value(result, GHG + "scope2_market") == 0


# Bridge -----------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def bridged(tmp_path_factory: pytest.TempPathFactory) -> Result:
    """All approaches and another GWP set: a part-owned subsidiary, a joint venture, an associate, a leased site."""
    entities = [
        ACME,
        ACME | {"id": "part", "name": "Part", "ownership": "0.6"},
        MINOR | {"id": "joint", "name": "Joint", "ownership": "0.5", "financial_control": "joint", "operational_control": True},
        MINOR,
    ]
    sites = [MILL | {"id": entity["id"], "entity": entity["id"]} for entity in entities]
    sites.append(MILL | {"id": "leased", "tenure": "operating_lease"})
    common = {"value_as": "kg_gas", "published_unit": "kg per l"}
    factors = [
        *(row for row in FACTORS if row["factor_id"] != "diesel"),
        factor("diesel", "diesel.stationary", "2.5", "l", gas="CO2", **common),
        factor("diesel", "diesel.stationary", "0.01", "l", gas="CH4_fossil", **common),
        factor("diesel", "diesel.stationary", "0.001", "l", gas="N2O", **common),
    ]
    lines = [f"diesel.stationary,2026-07-01,2026-07-31,{17 + n},l,{site['id']}" for n, site in enumerate(sites)]
    lines += [POWER.format(1000 + n, site["id"]) for n, site in enumerate(sites)]
    views = VIEWS | {"fifth": {"approach": "equity_share", "gwp_set": "AR5"}}
    frameworks = [{"id": "ghg_protocol", "view": "operational_control"}]
    files = {"activity/s.csv": table(*lines)}
    return compute(
        write(tmp_path_factory.mktemp("bridge"), files, factors, entities=entities, sites=sites, views=views, frameworks=frameworks)
    )


def test_the_bridge_adds_up_to_the_last_digit(bridged: Result) -> None:
    assert found(bridged, severity="error") == []
    steps: dict[tuple[str, str, Decimal, Decimal], Decimal] = {}
    for step in reporting.bridge(bridged).to_dict("records"):
        place = (step["figure_id"], step["other_view"], step["base_kg"], step["other_kg"])
        steps[place] = steps.get(place, Decimal(0)) + step["kg_co2e"]
    totals = {(name, view): kg for name, view, kg in rows(bridged, "select figure_id, view, sum(kg_co2e) from view_part group by all")}
    assert len(steps) == 3 * 6  # views, totals
    for (name, view, base, other), difference in steps.items():
        assert base + difference == other, (name, view)
        assert (base, other) == (totals[name, "operational_control"], totals[name, view])
        assert figures(bridged)[name] == ("stated", totals[name, "operational_control"] / 1000)
    ledger = dict(rows(bridged, "select view, sum(kg_co2e) from ledger where scope = '1' group by view"))
    assert ledger == {view: totals[GHG + "scope1", view] for view in ledger}


def test_the_bridge_names_entity_and_cause(bridged: Result) -> None:
    steps = {
        (view, entity, cause): kg
        for view, entity, cause, kg in rows(
            bridged, "select other_view, entity, cause, kg_co2e from view_bridge where figure_id = 'ghg_protocol/scope1'"
        )
    }
    litre = Decimal("2.5") + Decimal("0.01") * Decimal("29.8") + Decimal("0.001") * 273
    assert steps["equity_share", "part", "ownership share"] == -Decimal("0.4") * 18 * litre
    assert steps["equity_share", "joint", "ownership share"] == -Decimal("0.5") * 19 * litre
    assert steps["equity_share", "minor", "control"] == Decimal("0.4") * 20 * litre
    assert steps["equity_share", "acme", "lease or franchise"] == -21 * litre
    assert steps["financial_control", "joint", "ownership share"] == -Decimal("0.5") * 19 * litre
    assert ("financial_control", "part", "control") not in steps
    by_gwp = Decimal("0.01") * (30 - Decimal("29.8")) + Decimal("0.001") * (265 - 273)
    assert steps["fifth", "acme", "GWP set"] == 17 * by_gwp
    assert steps["fifth", "part", "GWP set"] == Decimal("0.6") * 18 * by_gwp
    assert steps["fifth", "minor", "control"] == steps["equity_share", "minor", "control"]
    assert {cause for view, _, cause in steps if view == "equity_share"} == {"ownership share", "control", "lease or franchise"}


def test_the_bridge_is_printed_and_adds_up(bridged: Result) -> None:
    [statement] = [made for made in statements(bridged.connection, "2026-Q3") if made.id == "view_bridge"]
    parts: list[Decimal] = []
    for label, step, entity, tonnes in statement.rows:
        assert isinstance(tonnes, Decimal), (label, step)
        if entity:
            parts.append(tonnes)
        elif not str(step).startswith("operational_control"):
            assert sum(parts) == tonnes, (label, step)
            parts = []
        else:
            parts = [tonnes]
    assert len({step for _, step, entity, _ in statement.rows if not entity}) == 4


def test_a_withheld_figure_has_no_bridge(tmp_path: Path) -> None:
    entities = [ACME | {"ownership": "0.6"}]
    files = {"activity/s.csv": table(DIESEL.format(10), DIESEL.format("x"))}
    result = compute(write(tmp_path, files, entities=entities, **chosen("operational_control")))
    assert rows(result, "select count(*) from view_bridge where figure_id = 'ghg_protocol/scope1'") == [(0,)]
    [statement] = [made for made in statements(result.connection, "2026-Q3") if made.id == "view_bridge"]
    assert {row[3] for row in statement.rows if row[0] == "Scope 1 emissions"} == {None}


def test_one_view_has_no_bridge(tmp_path: Path) -> None:
    result = compute(write(tmp_path, {"activity/s.csv": table(DIESEL.format(10))}))
    assert [made.id for made in statements(result.connection, "2026-Q3") if made.id == "view_bridge"] == []
    assert reporting.bridge(result).empty
