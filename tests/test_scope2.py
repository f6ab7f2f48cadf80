"""Scope 2: two methods over the same energy, instruments that count once and never beyond consumption, the tiers of the market basis."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from inventories import FACTORS, INVENTORY, Row, compute, factor, figures, found, rows, table, upstream, value, write

from reporting.pipeline import Result
from reporting.pipeline import compute as compute_shipped
from reporting.statement import statements

GHG = "ghg_protocol/"
MILL = INVENTORY["sites"][0]
HEADER = "activity_id,activity_type,start,end,quantity,unit,site,supplier,meter,replaces"
LEDGER = (
    "instrument_id,kind,market,supplier,starts,ends,vintage,volume,unit,rate_kg_co2e_per_kwh,energy_source,status,certificate,citation,"
    "tracking_system,cancelled_on,beneficiary,attributes,entity,site,meter"
)
QUARTER = "2026-07-01,2026-09-30"


def tonnes(text: str) -> Decimal:
    return Decimal(text).quantize(Decimal("1e-12"))


def power(name: str, month: int, kwh: object, site: str = "mill", rest: str = ",,") -> str:
    """One month of electricity; `rest` holds supplier, meter and what it replaces."""
    last = 31 if month in {7, 8} else 30
    return f"{name},electricity.purchased,2026-{month:02}-01,2026-{month:02}-{last},{kwh},kWh,{site},{rest}"


def instrument(  # noqa: PLR0913 - the cells of a row
    name: str,
    kind: str,
    volume: object,
    rate: str,
    *,
    market: str = "CA",
    window: str = QUARTER,
    status: str = "cancelled",
    bound: str = ",,",
) -> str:
    """One row of the ledger that meets every quality criterion; `bound` names entity, site and meter."""
    declared = "kept" if kind in {"on_site", "direct_line"} else "net_of_sold"
    tracked = f"C-{name},Notice (test),Registry (test),2026-10-12,Acme,{declared}"
    return f"{name},{kind},{market},,{window},2026,{volume},kWh,{rate},renewable,{status},{tracked},{bound}"


def build(
    folder: Path, lines: Sequence[str], instruments: Sequence[str] = (), factors: Sequence[Row] = FACTORS, **inventory: object
) -> Result:
    files: dict[str, str | bytes] = {"activity/s.csv": table(*lines, header=HEADER)}
    if instruments:
        files["instruments.csv"] = table(*instruments, header=LEDGER)
    return compute(write(folder, files, factors, **inventory))


def used(result: Result, claim: str = "market") -> dict[tuple[str, str], Decimal]:
    query = "select claim, activity_id, instrument_id, kwh from instrument_match"
    return {(activity, name): kwh for of_claim, activity, name, kwh in rows(result, query) if of_claim == claim}


def tiers(result: Result) -> dict[str, Decimal]:
    """Kilowatt-hours of the market basis by the tier in the ledger."""
    query = "select market_tier, sum(activity_quantity) from ledger where basis = 'market' and scope = '2' group by all"
    return {tier: kwh for tier, kwh in rows(result, query) if kwh}


def test_windows_that_overlap_are_filled_from_the_one_that_ends_first(tmp_path: Path) -> None:
    instruments = [
        instrument("YEAR", "certificate", 150, "0", window="2026-07-01,2026-12-31"),
        instrument("JULY", "certificate", 100, "0", window="2026-07-01,2026-07-31"),
        instrument("LATE", "certificate", 100, "0", window="2026-08-01,2026-10-31"),
    ]
    result = build(tmp_path, [power("A", 7, 100), power("B", 8, 100), power("C", 9, 100)], instruments)
    assert found(result, severity="error") == []
    assert used(result) == {("s:A", "JULY"): 100, ("s:B", "LATE"): 100, ("s:C", "YEAR"): 100}
    assert value(result, GHG + "scope2_market") == 0


def test_what_every_view_counts_in_full_is_covered_first_and_a_share_weighs_what_is_covered(tmp_path: Path) -> None:
    """60 kWh of our own, 100 kWh of a joint venture held at 40 %: 80 kWh of certificates go to our own first, whatever the order."""
    acme = INVENTORY["entities"][0]
    joint = acme | {"id": "joint", "name": "Joint", "ownership": "0.4", "financial_control": False, "operational_control": False}
    views = {"control": INVENTORY["views"]["control"], "equity": {"approach": "equity_share", "gwp_set": "AR6"}}
    lines = [power("A", 7, 100, site="works"), power("B", 7, 60)]
    sites = [MILL, MILL | {"id": "works", "name": "Works", "entity": "joint"}]
    result = build(tmp_path, lines, [instrument("C", "certificate", 80, "0")], entities=[acme, joint], sites=sites, views=views)
    assert used(result) == {("s:B", "C"): 60, ("s:A", "C"): 20}
    asked = "select view, sum(kg_co2e) from ledger where basis = 'market' and scope = '2' group by view order by view"
    assert rows(result, asked) == [("control", Decimal(0)), ("equity", Decimal("6.4"))]  # 80 kWh x 0.2 kg x 0.4


def test_consumption_that_no_view_counts_takes_no_instrument_from_what_one_does(tmp_path: Path) -> None:
    """July of an associate and of a building let: the certificate of the quarter waits for what counts, and covers no more than that."""
    acme = INVENTORY["entities"][0]
    others = {"minor": ("0.3", False), "joint": ("0.4", "joint")}
    entities = [acme] + [
        acme | {"id": name, "name": name, "ownership": share, "financial_control": control, "operational_control": False}
        for name, (share, control) in others.items()
    ]
    sites = [MILL, MILL | {"id": "let", "tenure": "leased_out_finance"}, *(MILL | {"id": f"of-{name}", "entity": name} for name in others)]
    lines = [power("A", 7, 100, "of-minor"), power("B", 7, 100, "let"), power("C", 8, 60), power("D", 9, 100, "of-joint")]
    views = {"control": {"approach": "financial_control", "gwp_set": "AR6"}}
    result = build(tmp_path, lines, [instrument("R", "certificate", 80, "0")], entities=entities, sites=sites, views=views)
    assert used(result) == {("s:C", "R"): 60, ("s:D", "R"): 20}
    assert value(result, GHG + "scope2_market") == Decimal("0.0064")  # 80 kWh x 0.2 kg x 0.4
    asked = """select view, sum(activity_quantity * share) filter (where factor_id = 'instrument.R'), sum(activity_quantity * share)
        from ledger where basis = 'market' and scope = '2' group by view"""
    assert rows(result, asked) == [("control", Decimal(68), Decimal(100))]


def test_the_market_basis_follows_the_order_of_the_tiers(tmp_path: Path) -> None:
    instruments = [
        instrument("A-RATE", "supplier_rate", 100, "0.3"),
        instrument("B-PPA", "ppa_physical", 100, "0.02"),
        instrument("C-CERT", "certificate", 100, "0.01"),
    ]
    extra = [
        factor("rate", "electricity.purchased", "0.5", "kWh", basis="market", supplier="Volt"),
        factor("rest", "electricity.purchased", "0.7", "kWh", basis="residual"),
    ]
    lines = [power("A", 7, 150), power("B", 8, 100), power("C", 9, 150, rest="Volt,,"), power("D", 9, 60, rest="Other,,")]
    result = build(tmp_path, lines, instruments, [*FACTORS, *extra])
    assert found(result, severity="error") == []
    assert tiers(result) == {"certificate": 100, "contract": 100, "supplier": 200, "residual": 60}
    priced = Decimal("0.001") * sum(map(Decimal, ("1", "2", "30", "50", "42")))  # 100 kWh each at 0.01, 0.02, 0.3 and 0.5; 60 kWh at 0.7
    assert value(result, GHG + "scope2_market") == priced
    assert value(result, GHG + "scope2_location") == tonnes("0.092")


def test_instruments_that_are_all_still_to_be_cancelled_leave_the_market_basis_whole(tmp_path: Path) -> None:
    """Before, such consumption had no market basis at all, and the market-based totals were without it."""
    result = build(tmp_path, [power("A", 7, 100)], [instrument("P", "ppa", 60, "0.01", status="contracted")])
    assert value(result, GHG + "scope2_market") == value(result, GHG + "scope2_location") == tonnes("0.02")
    assert value(result, GHG + "total_market") == value(result, GHG + "total_location")
    assert value(result, GHG + "scope2_market_provisional") == tonnes("0.0086")  # 60 kWh at 0.01 and 40 kWh at 0.2
    assert tiers(result) == {"grid_average": 100}


def test_a_factor_that_a_row_names_prices_the_basis_that_it_is_of(tmp_path: Path) -> None:
    """Of 100 kWh each: rates and mixes no location basis; an average of the grid the market basis only where nothing stands before it."""
    others = [MILL | {"id": name, "name": name, "country": name, "region": name} for name in ("MX", "US")]
    extra = [
        factor("rate", "electricity.purchased", "0.5", "kWh", basis="market", supplier="Volt"),
        factor("rest", "electricity.purchased", "0.7", "kWh", basis="residual", region="CA"),
        factor("near", "electricity.purchased", "0.03", "kWh", basis="location", region="CA-ON"),
    ]
    header = "activity_id,activity_type,start,end,quantity,unit,site,factor,supplier"
    named = {"A": "mill,rate,", "B": "mill,rest,", "C": "mill,near,", "D": "mill,near,Volt", "E": "MX,near,", "F": "US,near,"}
    lines = [f"{name},electricity.purchased,2026-07-01,2026-07-31,100,kWh,{rest}" for name, rest in named.items()]
    files = {"activity/s.csv": table(*lines, header=header)}
    result = compute(write(tmp_path, files, [*FACTORS, *extra], sites=[MILL, *others]))
    used_by = rows(result, "select activity_id, basis, factor_id from ledger where scope = '2' order by all")
    assert {basis: [name for _, of, name in used_by if of == basis] for basis in ("location", "market")} == {
        "location": ["power", "power", "near", "near", "near", "near"],
        "market": ["rate", "rest", "rest", "rate", "near"],
    }
    assert {f.rule for f in found(result, severity="error")} == {"factor/residual-mix-not-loaded"}


def test_without_any_information_the_grid_average_is_used_and_said(tmp_path: Path) -> None:
    result = build(tmp_path, [power("A", 7, 150)])
    assert tiers(result) == {"grid_average": 150}
    assert value(result, GHG + "scope2_market") == value(result, GHG + "scope2_location") == tonnes("0.03")
    assert [finding.severity for finding in found(result, "scope2/residual-mix-not-published")] == ["note"]


@pytest.mark.parametrize("residual", [None, "0.4"])
def test_a_published_residual_mix_is_used_or_missed(tmp_path: Path, residual: str | None) -> None:
    extra = [factor("rest", "electricity.purchased", residual, "kWh", basis="residual", region="GB")] if residual else []
    result = build(tmp_path, [power("A", 7, 100)], [], [*FACTORS, *extra], sites=[MILL | {"country": "GB", "region": "GB"}])
    missed = [finding.row for finding in found(result, "factor/residual-mix-not-loaded")]
    if residual:
        assert missed == []
        assert tiers(result) == {"residual": 100}
        assert value(result, GHG + "scope2_market") == tonnes("0.04")
    else:
        assert missed == [2]
        assert figures(result)[GHG + "scope2_market"] == ("withheld", None)
        assert figures(result)[GHG + "scope2_location"] == ("stated", tonnes("0.02"))


def test_an_instrument_bound_to_a_site_or_a_meter_covers_nothing_else(tmp_path: Path) -> None:
    sites = [MILL | {"meters": [{"id": "M1", "carrier": "electricity"}, {"id": "M2", "carrier": "electricity"}]}, MILL | {"id": "yard"}]
    lines = [power("A", 7, 100, rest=",M1,"), power("B", 7, 100, rest=",M2,"), power("C", 7, 100, "yard")]
    instruments = [
        instrument("ANY", "certificate", 150, "0"),
        instrument("METER", "on_site", 130, "0", bound=",,M2"),
        instrument("YARD", "ppa", 40, "0", bound=",yard,"),
    ]
    result = build(tmp_path, lines, instruments, sites=sites)
    for (activity, name), kwh in used(result).items():
        assert kwh > 0
        assert activity in {"METER": {"s:B"}, "YARD": {"s:C"}}.get(name, {"s:A", "s:B", "s:C"})
    assert sum(used(result).values()) == 150 + 50 + 40  # the certificates cover A and half of B, the meter's contract the rest of B
    [note] = found(result, "scope2/instrument-surplus")
    assert "METER: 80" in note.message


def test_a_credit_note_lowers_what_instruments_may_cover(tmp_path: Path) -> None:
    lines = [power("A", 7, 100), power("B", 7, -60, rest=",,A"), power("C", 7, 100)]
    result = build(tmp_path, lines, [instrument("R", "certificate", 500, "0")])
    assert sum(used(result).values()) == 140
    assert sum(tiers(result).values()) == 140
    assert value(result, GHG + "scope2_market") == 0
    assert value(result, GHG + "scope2_location") == tonnes("0.028")


def test_energy_that_is_no_electricity_takes_the_location_factor_on_the_market_basis_and_says_so(tmp_path: Path) -> None:
    kinds = ("heat.purchased", "cooling.purchased", "compressed_air.purchased")
    priced = [factor(kind, kind, "0.1", "kWh", basis="location") for kind in kinds]
    priced += [upstream(f"{kind.partition('.')[0]}.well_to_tank", "0.01", "kWh") for kind in kinds]
    named = ("steam", "district cooling", "compressed air")
    lines = [f"{n},{name},2026-07-01,2026-07-31,1,MWh,mill,,," for n, name in enumerate(named)] + [power("E", 7, 100)]
    result = build(tmp_path, lines, [instrument("R", "certificate", 5000, "0")], [*FACTORS, *priced])
    assert found(result, severity="error") == []
    assert value(result, GHG + "scope2_location") == tonnes("0.32")
    assert value(result, GHG + "scope2_market") == tonnes("0.3")  # a certificate of electricity covers no heat
    said = {finding.subject for finding in found(result, "scope2/market-basis-takes-location-factor")}
    assert said == {f"market:CA/{kind}" for kind in kinds}
    assert value(result, GHG + "scope3_by_category/category=3") == tonnes("0.0375")  # 0.01 of 3 MWh, 0.05 + 0.02 + 0.005 of 100 kWh


def test_a_supplier_of_heat_has_its_own_rate(tmp_path: Path) -> None:
    priced = [
        factor("district", "heat.purchased", "0.1", "kWh", basis="location"),
        factor("works", "heat.purchased", "0.04", "kWh", basis="market", supplier="Works"),
        upstream("heat.well_to_tank", "0.01", "kWh"),
    ]
    result = build(tmp_path, ["H,heat.purchased,2026-07-01,2026-07-31,1000,kWh,mill,Works,,"], [], [*FACTORS, *priced])
    assert value(result, GHG + "scope2_location") == tonnes("0.1")
    assert value(result, GHG + "scope2_market") == tonnes("0.04")
    assert found(result, "scope2/market-basis-takes-location-factor") == []


def test_the_subregion_comes_before_the_country(tmp_path: Path) -> None:
    """R021, on the shipped factors: a site in SRVC takes the subregion's rate, one that names only the country the national one."""
    sites = [MILL | {"id": "ashburn", "country": "US", "region": "US:eGRID:SRVC"}, MILL | {"id": "hq", "country": "US", "region": "US"}]
    lines = ["A,electricity.purchased,2025-07-01,2025-07-31,1,MWh,ashburn,,,", "B,electricity.purchased,2025-07-01,2025-07-31,1,MWh,hq,,,"]
    lines.append("C,heat.purchased,2025-07-01,2025-07-31,10,MMBtu,hq,,,")
    files = {"activity/s.csv": table(*lines, header=HEADER)}
    result = compute_shipped(write(tmp_path, files, [], sites=sites, periods=["2025-Q3"]))
    taken = dict(rows(result, "select distinct site, factor_region from ledger where basis = 'location' and activity_type like 'elec%'"))
    assert taken == {"ashburn": "US:eGRID:SRVC", "hq": "US"}
    [(kg,)] = rows(result, "select kg_co2e from ledger where basis = 'location' and activity_type = 'heat.purchased' and gas = 'CO2'")
    assert kg == Decimal("663.3")  # EPA Hub 2025, Table 7: 66.33 kg CO2 per MMBtu


def test_grid_losses_are_category_3_and_nothing_of_scope_2(tmp_path: Path) -> None:
    result = build(tmp_path, [power("A", 7, 100)])
    lost = rows(result, "select distinct scope, scope3_category from ledger where activity_type like '%t_and_d%'")
    assert lost == [("3", "3")]
    assert rows(result, "select distinct activity_type from ledger where scope = '2'") == [("electricity.purchased",)]


def test_the_tiers_of_the_statement_add_up_to_the_figure(root: Path) -> None:
    result = compute_shipped(root / "samples" / "meridian")
    made = {one.id: one for one in statements(result.connection, "2026-Q3")}
    by_tier = [
        dict(zip([column.name for column in made["scope2_market_tiers"].columns], row, strict=True))
        for row in made["scope2_market_tiers"].rows
    ]
    assert sum(Decimal(str(row["t_co2e"])) for row in by_tier) == value(result, GHG + "scope2_market")
    contractual = made["esrs_contractual_instruments"].rows
    assert sum(Decimal(str(row[1])) for row in contractual) == sum(Decimal(str(row["mwh"])) for row in by_tier)
    assert [row[0] for row in contractual] == ["Bundled with the energy", "Unbundled certificates"]


MARKETS = ("CA", "ZA", "BR", "IN", "JP", "MX", "NZ", "KE")
"""Countries whose residual mix nobody publishes: one example each, side by side in one inventory."""
months = st.integers(7, 9)
quantities = st.integers(0, 10**7).map(lambda units: Decimal(units).scaleb(-3))
readings = st.lists(st.tuples(months, quantities, st.sampled_from(["a", "b"]), st.booleans()), min_size=1, max_size=5)
windows = st.sampled_from([QUARTER, "2026-07-01,2026-07-31", "2026-08-01,2026-09-30", "2026-07-01,2026-08-31", "2026-01-01,2026-12-31"])
kinds = st.sampled_from(["certificate", "ppa_virtual", "tariff", "supplier_rate", "on_site"])
statuses = st.sampled_from(["cancelled", "cancelled", "delivered", "contracted"])
ledgers = st.lists(st.tuples(kinds, quantities, windows, statuses, st.sampled_from(["", "", "a", "b"])), max_size=5)
examples = st.lists(st.tuples(readings, ledgers), min_size=len(MARKETS), max_size=len(MARKETS))


def side_by_side(batch: Sequence[tuple[Any, Any]], *, with_instruments: bool) -> Result:
    """Every example in a market of its own with two sites; a reading that is marked is followed by a credit note of a third of it."""
    sites, lines, ledger = [], [], []
    for market, (given_readings, given_ledger) in zip(MARKETS, batch, strict=True):
        sites += [MILL | {"id": f"{market}-{name}", "country": market, "region": market} for name in ("a", "b")]
        for number, (month, kwh, site, is_credited) in enumerate(given_readings):
            lines.append(power(f"{market}{number}", month, kwh, f"{market}-{site}"))
            if is_credited:
                lines.append(
                    power(f"{market}{number}c", month, -(kwh / 3).quantize(Decimal("1e-6")), f"{market}-{site}", f",,{market}{number}")
                )
        for number, (kind, volume, window, status, site) in enumerate(given_ledger):
            bound = f",{market}-{site}," if site else ",,"
            name = f"{market}-I{number}"
            ledger.append(instrument(name, kind, volume, "0.1", market=market, window=window, status=status, bound=bound))
    with tempfile.TemporaryDirectory() as folder:
        return build(Path(folder), lines, ledger if with_instruments else (), sites=sites)


@settings(max_examples=4)
@given(examples)
def test_instruments_count_once_within_consumption_and_leave_nothing_open_that_they_could_cover(batch: list[tuple[Any, Any]]) -> None:
    result = side_by_side(batch, with_instruments=True)
    assert found(result, severity="error") == []
    beyond = """select claim, instrument_id from instrument_claim left join instrument_match using (claim, instrument_id)
        group by claim, instrument_id, instrument_claim.kwh having coalesce(sum(instrument_match.kwh), 0) > instrument_claim.kwh"""
    assert rows(result, beyond) == []  # never beyond its volume
    outside = """select m.activity_id from instrument_match m join instrument_claim c using (claim, instrument_id)
        join activity_base a using (activity_id)
        where a.month < c.starts or a.month + interval 1 month > c.ends or a.region <> c.market or c.site not in ('', a.site)
            or m.kwh <= 0"""
    assert rows(result, outside) == []
    over = """select activity_id from instrument_match m join activity_base a using (activity_id)
        group by claim, activity_id, a.quantity having sum(m.kwh) > a.quantity"""
    assert rows(result, over) == []  # never beyond a row's consumption
    net = """with bought as (select region, site, month, sum(quantity) as kwh from activity_base where bases = 'dual' group by all),
        taken as (select m.claim, a.region, a.site, a.month, sum(m.kwh) as kwh
            from instrument_match m join activity_base a using (activity_id) group by all)
        select * from taken join bought using (region, site, month) where taken.kwh > greatest(bought.kwh, 0)"""
    assert rows(result, net) == []  # nor beyond what credit notes leave
    idle = """with left_over as (
            select c.claim, c.instrument_id, c.turn from instrument_claim c left join instrument_match m using (claim, instrument_id)
            group by all having coalesce(sum(m.kwh), 0) < any_value(c.kwh)),
        open_pool as (select p.pool, p.claim, p.turns from instrument_pool p left join instrument_take t using (pool)
            group by all having coalesce(sum(t.kwh), 0) < any_value(p.kwh))
        select * from left_over l join open_pool o on o.claim = l.claim and list_contains(o.turns, l.turn)"""
    assert rows(result, idle) == []  # no lower tier stands in while a higher one is left


@settings(max_examples=3)
@given(examples)
def test_both_bases_hold_the_same_energy_and_location_knows_no_instrument(batch: list[tuple[Any, Any]]) -> None:
    one, two = (side_by_side(batch, with_instruments=given_some) for given_some in (True, False))
    located = "select activity_id, kg_co2e from ledger where scope = '2' and basis = 'location' order by all"
    assert rows(one, located) == rows(two, located)
    energy = """select site, month, basis, sum(activity_quantity) from ledger
        where scope = '2' and basis = '{}' group by all having sum(activity_quantity) <> 0 order by all"""
    of_location, of_market = ([row[:2] + row[3:] for row in rows(one, energy.format(basis))] for basis in ("location", "market"))
    assert of_location == of_market  # R020
