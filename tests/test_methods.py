"""Methods: operands are multiplied exactly to the quantity of an activity; examples by hand, those of the Guidance among them."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from inventories import FACTORS, compute, factor, found, rows, table, upstream, value, write

from reporting import method_document
from reporting.database import PACKAGE, STAGES, connect, run_file
from reporting.pipeline import Result
from reporting.tracing import trace

DIESEL_L, POWER, RAIL, CAR, BUS, KG = (
    "diesel.stationary",
    "electricity.purchased",
    "freight.rail",
    "car.average.diesel",
    "commuting.bus.average",
    "refrigerant.R-410A",
)
OPERANDS = [dict(row) for row in csv.DictReader((PACKAGE / "standards" / "calculation_operands.csv").open(encoding="utf-8", newline=""))]
METHODS = [dict(row) for row in csv.DictReader((PACKAGE / "standards" / "methods.csv").open(encoding="utf-8", newline=""))]
OWN = (
    *FACTORS, factor("rail", RAIL, "0.05", "tkm"), upstream("freight.rail.well_to_tank", "0.01", "tkm"), factor("car", CAR, "0.2", "km"),
    upstream("car.average.diesel.well_to_tank", "0.05", "km"), factor("bus", "travel.bus.average", "0.1", "pkm"),
    upstream("travel.bus.average.well_to_tank", "0.02", "pkm"), factor("gas_lost", KG, "2000", "kg"),
)  # fmt: skip
EXAMPLES = {
    row["example"]: row for row in csv.DictReader((Path(__file__).parent / "method_examples.csv").open(encoding="utf-8", newline=""))
}
"""Operands with their units, and the quantity worked out by hand; the unit J is asked for, every other is what the method gives."""


def cells(operands: Mapping[str, str]) -> dict[str, str]:
    """The cells of a row: the operand and its unit."""
    pairs = {name: given.partition(" ") for name, given in operands.items()}
    return {name: pair[0] for name, pair in pairs.items()} | {f"{name}_unit": pair[2] for name, pair in pairs.items() if pair[2]}


def document(given: list[dict[str, str]]) -> str:
    """A CSV file with a column for everything that any row brings."""
    names = list(dict.fromkeys(name for row in given for name in row))
    return table(*(",".join(row.get(name, "") for name in names) for row in given), header=",".join(names))


def head(activity_type: str, method: str) -> dict[str, str]:
    """What every row says beside its operands."""
    return {"activity_type": activity_type, "start": "2026-07-01", "end": "2026-07-31", "site": "mill", "method": method}


@pytest.fixture(scope="module")
def examples(tmp_path_factory: pytest.TempPathFactory) -> Result:
    """All examples as rows of one file, each with its name as activity_id."""
    given = []
    for name, row in EXAMPLES.items():
        operands = dict(operand.split("=") for operand in row["operands"].split("; "))
        asked = {"unit": "J"} if row["unit"] == "J" else {}
        given.append(head(row["activity_type"], row["method"]) | {"activity_id": name} | asked | cells(operands))
    return compute(write(tmp_path_factory.mktemp("methods"), {"activity/s.csv": document(given)}, OWN))


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_gives_the_quantity_worked_out_by_hand(examples: Result, name: str) -> None:
    row = EXAMPLES[name]
    got = examples.connection.execute("select quantity, unit from activity_row where given_id = $1", [name]).fetchall()
    assert got == [(Decimal(row["quantity"]), row["unit"])]


def test_the_examples_use_every_calculation() -> None:
    used = {row["calculation"] for row in METHODS if row["method"] in {example["method"] for example in EXAMPLES.values()}}
    assert {row["calculation"] for row in OPERANDS} == used


def test_the_documents_of_the_methods_are_current(golden: Callable[[str, str], None]) -> None:
    golden("../docs/methods.md", method_document.text())


def test_every_method_has_its_calculation_and_cites() -> None:
    assert {row["calculation"] for row in METHODS} == {row["calculation"] for row in OPERANDS}
    assert len({row["method"] for row in METHODS}) == len(METHODS)
    assert all(row["citation"] and row["data_origin"] in {"", "own", "supplier_specific", "secondary"} for row in METHODS)


def test_every_scope_3_category_has_a_supplier_or_own_and_an_average_method() -> None:
    for category in map(str, range(1, 16)):
        origins = {row["data_origin"] for row in METHODS if category in row["scope3_category"].split("|")}
        assert "secondary" in origins, category
        assert origins & {"own", "supplier_specific"} or category == "11", category


def test_at_most_one_alternative_fits_what_is_given() -> None:
    options: dict[tuple[str, str], dict[str, tuple[set[str], set[str]]]] = {}
    for row in OPERANDS:
        choice = options.setdefault((row["calculation"], row["choice"]), {})
        required, operands = choice.setdefault(row["option"], (set(), set()))
        if row["operand"]:
            operands.add(row["operand"])
            required.update({row["operand"]} if row["needed"] == "required" else ())
    for pairs in (list(choice.values()) for choice in options.values()):
        for number, (required, operands) in enumerate(pairs):
            for other_required, other_operands in pairs[number + 1 :]:
                assert not (required <= other_operands and other_required <= operands)


def test_operands_are_kept_with_what_they_were_multiplied_as(examples: Result) -> None:
    kept = rows(
        examples,
        """select operand, value_text, unit, exponent, base_value, is_default from operand
            where activity_id like '%Guidance 6.1' order by position""",
    )
    assert ("distance", "100", "km", 1, "1e5", False) in kept
    assert ("persons_per_vehicle", "3", "1", -1, "3e0", False) in kept
    assert ("share", "1", "1", 1, "1e0", True) in kept


def test_the_ledger_says_what_was_multiplied(examples: Result) -> None:
    notes = {note for (note,) in rows(examples, "select distinct note from ledger where activity_type = 'freight.rail'")}
    assert "transport: mass 2 t x distance 2000 km = 4000 tkm" in notes


def test_the_trace_shows_what_was_multiplied(examples: Result) -> None:
    followed = trace(examples.connection, "ghg_protocol/scope3_by_category/category=4", "2026-Q3")
    assert followed.is_exact
    assert any("mass 2 t x distance 2000 km" in note for note in followed.lines["note"])


def test_shares_of_an_allocation_are_of_the_sum_of_its_keys(tmp_path: Path) -> None:
    """Guidance 4.3: 31.5 kg over 240, 150 and 250 tkm; two pools side by side; the parts add up to the whole."""
    given = [
        head(DIESEL_L, "allocation") | cells({"amount": "31.5 l", "key": f"{key} tkm"}) | {"pool": pool}
        for key in (240, 150, 250)
        for pool in ("a", "b")
    ]
    result = compute(write(tmp_path, {"activity/s.csv": document(given)}))
    assert rows(result, "select quantity from activity_row where note like '%' order by row_no") == [
        (Decimal(text),) for text in ("11.8125", "11.8125", "7.3828125", "7.3828125", "12.3046875", "12.3046875")
    ]
    assert rows(result, "select sum(quantity) from activity_row") == [(Decimal(63),)]


def test_a_method_may_stand_in_the_inventory_with_units_and_mapped_columns(tmp_path: Path) -> None:
    columns = {"mass": "Gewicht", "distance": "Strecke", "start": "von", "end": "bis"}
    source = {"path": "activity/s.csv", "connector": "mapping", "decimal_comma": True, "delimiter": ";", "columns": columns}
    source |= {"method": "transport", "units": {"mass": "t", "distance": "km"}}
    source |= {"constants": {"activity_type": RAIL, "site": "mill", "share": "0.5"}}
    text = "Gewicht;Strecke;von;bis\n1,5;200;2026-07-01;2026-07-31\n"
    result = compute(write(tmp_path, {"activity/s.csv": text}, OWN, sources={"s": source}))
    assert found(result, severity="error") == []
    assert rows(result, "select quantity, unit, note from activity where derivation = ''") == [
        (Decimal(150), "tkm", "transport: mass 1.5 t x distance 200 km x share 0.5 = 150 tkm")
    ]
    assert value(result, "ghg_protocol/scope3_by_category/category=4") == Decimal("0.009")


def test_rows_with_and_without_a_method_stand_in_one_file(tmp_path: Path) -> None:
    given = [head(DIESEL_L, "") | {"quantity": "10", "unit": "l"}, head(DIESEL_L, "activity") | cells({"amount": "10 l"})]
    result = compute(write(tmp_path, {"activity/s.csv": document(given)}))
    assert found(result, severity="error") == []
    assert rows(result, "select quantity, unit from activity where derivation = ''") == [(Decimal(10), "l")] * 2


def test_a_row_of_a_method_without_cells_is_none_where_the_source_says_so(tmp_path: Path) -> None:
    given = [head(DIESEL_L, "activity") | cells({"amount": "10 l"}), head(DIESEL_L, "activity")]
    source = {"path": "activity/s.csv", "connector": "activity_csv", "empty_means_none": True}
    result = compute(write(tmp_path, {"activity/s.csv": document(given)}, sources={"s": source}))
    assert found(result, severity="error") == []
    assert len(rows(result, "from activity where derivation = ''")) == 1


def test_the_origin_of_a_method_holds_where_nothing_is_stated(tmp_path: Path) -> None:
    pairs = (("commuting_distance", ""), ("commuting_average", ""), ("commuting_average", "supplier_specific"))
    trip = cells({"persons": "1", "distance": "1 km"})
    given = [head(BUS, method) | trip | {"data_origin": stated} for method, stated in pairs]
    source = {"path": "activity/s.csv", "connector": "activity_csv"}
    result = compute(write(tmp_path, {"activity/s.csv": document(given)}, OWN, sources={"s": source}))
    assert [origin for (origin,) in rows(result, "select data_origin from activity_row order by row_no")] == [
        "own",
        "secondary",
        "supplier_specific",
    ]


NUMBERS = st.decimals(min_value="-999999999", max_value="999999999", places=9).filter(bool)


@settings(max_examples=60)
@given(st.lists(NUMBERS, min_size=2, max_size=6), st.integers(-40, 40))
def test_products_quotients_and_sums_keep_eighteen_digits(numbers: list[Decimal], shift: int) -> None:
    connection = connect()
    run_file(connection, STAGES / "12_decimal.sql")
    texts = [f"{number:f}" for number in numbers] + [f"1e{shift}"]
    query = """with n as (select number_of(t) as x, p from unnest($texts) with ordinality as u(t, p))
        select product_of(list(x order by p)), sum_of(list(x order by p)), over(arg_min(x, p), product_of(list(x order by p))) from n"""
    product, total, quotient = (
        Fraction(int(x["m"])) * Fraction(10) ** x["e"] for x in connection.execute(query, {"texts": texts}).fetchall()[0]
    )
    exact = [Fraction(text) for text in texts]
    expected, summed = Fraction(1), sum(exact, Fraction(0))
    for number in exact:
        expected *= number
    assert abs(product - expected) <= abs(expected) * len(exact) / 10**17
    assert abs(quotient - exact[0] / expected) <= abs(exact[0] / expected) * (len(exact) + 2) / 10**17
    assert abs(total - summed) <= max(map(abs, exact)) * len(exact) / 10**34


@settings(max_examples=60)
@given(st.decimals(min_value="-9999999999", max_value="9999999999", places=12))
def test_a_quantity_is_rounded_half_away_from_zero_once(number: Decimal) -> None:
    connection = connect()
    run_file(connection, STAGES / "12_decimal.sql")
    text = connection.execute("select number_text(number_of($1))", [f"{number:f}"]).fetchall()[0][0]
    assert Decimal(text) == number.quantize(Decimal("1e-10"), rounding=ROUND_HALF_UP, context=Context(prec=60))


@settings(max_examples=60)
@given(st.decimals(min_value="-9", max_value="9", places=30).filter(bool), st.integers(-12, 2))
def test_a_result_that_loses_a_billionth_is_told(number: Decimal, shift: int) -> None:
    connection = connect()
    run_file(connection, STAGES / "12_decimal.sql")
    text = f"{number:f}e{shift}"
    lost, kept = connection.execute("select has_lost_digits(number_of($1)), number_text(number_of($1))", [text]).fetchall()[0]
    exact = Fraction(text)
    assert lost == (abs(exact - Fraction(kept)) * 10**9 > abs(exact))
