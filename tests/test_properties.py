"""What must hold for any data: the rows of an example stand in one inventory many times, changed in a way that may not change a figure."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from inventories import FACTORS, HEADER, INVENTORY, compute, rows, shelf, table, write

from reporting.pipeline import Result
from reporting.reference import read_rows

S = INVENTORY["sources"]["s"]
UNITS = {"diesel.stationary": ("l", "gal_us"), "natural_gas.stationary": ("m3", "l"), "electricity.purchased": ("kWh", "MWh")}
ENTITY = INVENTORY["entities"][0]
INSTRUMENTS = (
    "instrument_id,kind,market,supplier,starts,ends,vintage,volume,unit,rate_kg_co2e_per_kwh,energy_source,status,certificate,citation"
    ",tracking_system,cancelled_on,beneficiary,attributes"
)
EXAMPLES = settings(max_examples=3)  # of eight tables each: an inventory takes a second to compute, whatever it holds
ROUNDING = Decimal("1e-6")
Line = tuple[str, str, str, Decimal, str]

quantities = st.integers(1, 10**12).map(lambda units: Decimal(units).scaleb(-4))
days = st.sampled_from(["2026-06-20", "2026-07-01", "2026-07-15", "2026-08-31"])
ends = st.sampled_from(["2026-08-31", "2026-09-01", "2026-10-15", "2027-02-28"])
kinds = st.sampled_from([(kind, unit) for kind, units in UNITS.items() for unit in units])
lines = st.builds(lambda kind, start, end, quantity: (kind[0], start, end, quantity, kind[1]), kinds, days, ends, quantities)
tables = st.lists(lines, min_size=1, max_size=6)
batches = st.lists(tables, min_size=8, max_size=8)


def text(given_lines: Sequence[Line], site: str) -> str:
    """Lines of an activity file at a site."""
    return table(*(f"{kind},{start},{end},{quantity},{unit},{site}" for kind, start, end, quantity, unit in given_lines), header=HEADER)


def run(
    variants: dict[str, str], entities: dict[str, Any] | None = None, more: dict[str, str] | None = None, **inventory: object
) -> Result:
    """Compute the variants of an example side by side: each is an entity with one site and one file of the same name."""
    own = {name: ENTITY | {"id": name, "name": name} | (entities or {}).get(name, {}) for name in variants}
    sites = [
        {"id": name, "name": name, "entity": name, "country": own[name]["country"], "region": own[name]["country"]} for name in variants
    ]
    sources = {name: S | {"path": f"activity/{name}.csv"} for name in variants}
    files = {f"activity/{name}.csv": content for name, content in variants.items()} | (more or {})
    with tempfile.TemporaryDirectory() as folder:
        parts = {"entities": list(own.values()), "sites": sites, "sources": sources, "periods": ["2026-07", "2026-Q3", "2026"]} | inventory
        return compute(write(Path(folder), files, FACTORS, **parts))


def totals(result: Result, entity: str, basis: str = "location", view: str = "control") -> dict[tuple[str, str], Decimal]:
    """Kilograms by month and scope of one entity."""
    query = "select entity, period, scope, basis, view, sum(kg_co2e) from ledger group by all"
    found: dict[tuple[str, str], Decimal] = {}
    for name, month, scope, of_basis, of_view, kg in rows(result, query):
        if name == entity and of_view == view and of_basis in {"both", basis}:
            found[month, scope] = found.get((month, scope), Decimal()) + kg
    return found


def alike(one: dict[tuple[str, str], Decimal], other: dict[tuple[str, str], Decimal], within: Decimal = Decimal(0)) -> bool:
    """Whether two totals hold the same places and values, but for rounding."""
    return set(one) == set(other) and all(abs(one[place] - other[place]) <= within for place in one)


def pairs(batch: Sequence[list[Line]], change: Callable[[list[Line]], list[Line]]) -> tuple[Result, list[tuple[str, str]]]:
    """Compute every example of a batch as it is and changed, all side by side; returns the names of what belongs together."""
    names = [(f"a{number}", f"b{number}") for number in range(len(batch))]
    variants: dict[str, str] = {}
    for (one, two), example in zip(names, batch, strict=True):
        variants |= {one: text(example, one), two: text(change(example), two)}
    return run(variants), names


@EXAMPLES
@given(batches, st.randoms(use_true_random=False))
def test_order_and_company_of_rows_do_not_matter(batch: list[list[Line]], random: Random) -> None:
    result, names = pairs(batch, lambda example: random.sample(example, len(example)))
    figures = dict(rows(result, "select key, value from figure where datapoint = 'scope1_and_2_by_entity' and period = '2026'"))
    for one, two in names:
        assert totals(result, one) == totals(result, two)
        assert figures[f"entity={one}"] == figures[f"entity={two}"]


@EXAMPLES
@given(batches, st.integers(1, 9))
def test_a_row_may_be_split_in_two(batch: list[list[Line]], tenths: int) -> None:
    part = Decimal(tenths) / 10
    result, names = pairs(batch, lambda example: [half for line in example for half in _halves(line, part)])
    assert all(alike(totals(result, one), totals(result, two), ROUNDING) for one, two in names)


def _halves(line: Line, part: Decimal) -> list[Line]:
    kind, start, end, quantity, unit = line
    return [(kind, start, end, quantity * part, unit), (kind, start, end, quantity - quantity * part, unit)]


@EXAMPLES
@given(batches)
def test_all_quantities_doubled_double_all_figures(batch: list[list[Line]]) -> None:
    result, names = pairs(batch, lambda example: [(kind, start, end, quantity * 2, unit) for kind, start, end, quantity, unit in example])
    for one, two in names:
        assert alike({place: kg * 2 for place, kg in totals(result, one).items()}, totals(result, two), ROUNDING)


@EXAMPLES
@given(batches)
def test_rows_are_conserved_and_months_add_up(batch: list[list[Line]]) -> None:
    names = [f"a{number}" for number in range(len(batch))]
    broken = "diesel.stationary,2026-07-01,2026-07-31,x,l,mill\nragged\n"
    result = run({name: text(example, name) + broken for name, example in zip(names, batch, strict=True)})
    accounts = rows(result, "select rows_in, rows_accepted, rows_rejected, rows_excluded from row_account order by source_id")
    assert accounts == [(len(example) + 2, len(example), 2, 0) for example in batch]
    query = """select r.number = sum(a.quantity) from activity_row r join activity a using (source_id, row_no)
               where derivation = '' and number is not null group by r.source_id, r.row_no, r.number"""
    assert set(rows(result, query)) == {(True,)}


@settings(max_examples=5)
@given(tables, st.integers(0, 3 * 10**6), st.sampled_from(["cancelled", "contracted"]))
def test_instruments_leave_the_location_basis_alone(example: list[Line], volume: int, status: str) -> None:
    claim = f"R,certificate,CA,,2026-06-01,2027-02-28,2026,{volume},kWh,0,renewable,{status},C,Notice (test),M-RETS,2026-10-12,one,"
    variants = {"one": text(example, "one"), "two": text(example, "two")}
    result = run(variants, {"two": {"country": "ZA"}}, more={"instruments.csv": table(claim, header=INSTRUMENTS)})
    assert totals(result, "one") == totals(result, "two")
    matched = rows(result, "select claim, sum(kwh) from instrument_match group by claim")
    query = """select coalesce(sum(a.quantity * c.multiplier), 0)
               from activity a join unit_conversion c on c.from_unit = a.unit and c.to_unit = 'kWh'
               where a.activity_type = 'electricity.purchased' and a.derivation = '' and a.entity = 'one'"""
    [(consumed,)] = rows(result, query)
    assert all(kwh <= min(Decimal(volume), consumed) for _, kwh in matched)
    market, location = totals(result, "one", "market"), totals(result, "one")
    assert all(market[place] <= location[place] for place in location if place in market)


@EXAMPLES
@given(batches, st.integers(1, 100))
def test_equity_share_weighs_and_the_whole_equals_control(batch: list[list[Line]], percent: int) -> None:
    views = {"control": INVENTORY["views"]["control"], "equity": {"approach": "equity_share", "gwp_set": "AR6"}}
    names = [f"a{number}" for number in range(len(batch))]
    part = {"ownership": str(Decimal(percent) / 100)}
    variants = {name: text(example, name) for name, example in zip(names, batch, strict=True)}
    result = run(variants, dict.fromkeys(names[1:], part), views=views)
    assert totals(result, names[0], view="equity") == totals(result, names[0])
    for name in names[1:]:
        weighed = {place: kg * percent / 100 for place, kg in totals(result, name).items()}
        assert alike(weighed, totals(result, name, view="equity"), ROUNDING)


VIEWS = {
    "control": INVENTORY["views"]["control"],
    "equity": {"approach": "equity_share", "gwp_set": "AR6"},
    "fifth": {"approach": "financial_control", "gwp_set": "AR5"},
}
MONTHS = ["2026-07", "2026-08", "2026-09"]


def weighed(batch: Sequence[list[Line]], percent: int, views: dict[str, Any]) -> Result:
    """The examples of a batch as entities held in part, the last one without control."""
    names = [f"a{number}" for number in range(len(batch))]
    part: dict[str, Any] = {name: {"ownership": str(Decimal(percent) / 100)} for name in names[1:]}
    part[names[-1]] |= {"financial_control": False, "operational_control": False}
    variants = {name: text(example, name) for name, example in zip(names, batch, strict=True)}
    return run(variants, part, views=views, periods=["2026-Q3", *MONTHS])


@settings(max_examples=2)
@given(batches, st.integers(1, 100))
def test_entities_sites_and_months_add_up_to_the_total(batch: list[list[Line]], percent: int) -> None:
    result = weighed(batch, percent, VIEWS)
    whole = dict(rows(result, "select view, sum(kg_co2e) from ledger where period in ('2026-07', '2026-08', '2026-09') group by view"))
    for column in ("entity", "site", "month"):
        query = f"select view, sum(kg) from (select view, {column}, sum(kg_co2e) as kg from entry_total where month between date '2026-07-01' and date '2026-09-01' group by all) group by view"  # noqa: E501, S608
        assert dict(rows(result, query)) == whole
    query = "select figure_id, period, amount from figure_all where kind = 'sum' and amount is not null"
    kg = {(name, period): amount for name, period, amount in rows(result, query)}
    for name in {name for name, _ in kg}:
        assert sum(kg.get((name, month), 0) for month in MONTHS) == kg[name, "2026-Q3"], name
    own = sum(amount for (name, period), amount in kg.items() if "by_entity" in name and period == "2026-Q3")
    assert own == sum(kg.get((f"ghg_protocol/{name}", "2026-Q3"), 0) for name in ("scope1", "scope2_location"))


@settings(max_examples=2)
@given(batches, st.integers(1, 100))
def test_a_view_changes_weights_and_gwp_and_never_activity(batch: list[list[Line]], percent: int) -> None:
    one, more = weighed(batch, percent, {"control": VIEWS["control"]}), weighed(batch, percent, VIEWS)
    for query in (
        "select * from activity order by activity_id",
        "select entry_id, quantity, factor, gwp, share, kg_co2e from ledger where view = 'control' order by entry_id",
        "select figure_id, period, status, value, digest from figure order by all",
    ):
        assert rows(one, query) == rows(more, query)
    changed = "select distinct activity_id, quantity, factor, factor_id from ledger where view = {} and share <> 0"
    kept = [set(rows(more, changed.format(f"'{view}'"))) for view in VIEWS]
    assert kept[0] <= kept[1]  # equity share knows every line of control


def test_units_go_there_and_back() -> None:
    """Every pair of units that the engine offers, there and back, within the rounding of its recorded multiplier."""
    result = run({"one": table("diesel.stationary,2026-07-01,2026-07-31,1,l,one", header=HEADER)})
    exact = {row["unit"]: Fraction(int(row["numerator"]), int(row["denominator"])) for row in read_rows(shelf() / "units.csv")}
    pairs = rows(result, "select from_unit, to_unit, multiplier from unit_conversion")
    assert len(pairs) > len(exact)
    for one, other, multiplier in pairs:
        assert abs(Fraction(multiplier) - exact[one] / exact[other]) <= Fraction(1, 10**9) * exact[one] / exact[other], (one, other)
