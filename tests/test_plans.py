"""How the stages are executed: no nested loops over rows from classification to the ledger; what saves divisions keeps every digit."""

from __future__ import annotations

import csv
import re
from collections import Counter
from decimal import ROUND_HALF_UP, Context, Decimal
from pathlib import Path

import pytest

from reporting.database import Connection, stage_files
from reporting.pipeline import compute

ROOT = Path(__file__).resolve().parent.parent
NESTED = re.compile(r"NESTED_LOOP_JOIN|BLOCKWISE_NL_JOIN|CROSS_PRODUCT")
EXACT = Context(prec=80, rounding=ROUND_HALF_UP)
PLACES = Decimal(1).scaleb(-12)


@pytest.fixture(scope="module")
def computed() -> Connection:
    return compute(ROOT / "samples" / "meridian").connection


def plan(connection: Connection, query: str) -> str:
    """Give the physical plan of a query as JSON text."""
    return str(connection.execute("explain (format json) " + query).fetchall()[0][1])


def nested(connection: Connection, query: str) -> set[str]:
    """Give the kinds of nested-loop joins in the plan of a query."""
    return set(NESTED.findall(plan(connection, query)))


def queries(path: Path) -> dict[str, str]:
    """Give the query of every table or view that a stage file makes, by name."""
    text = re.sub(r"--[^\n]*", "", path.read_text(encoding="utf-8"))
    made = re.findall(r"create (?:table|view) (\w+) as\s(.*?);\s*(?=create|\Z)", text, re.DOTALL)
    return dict(made)


@pytest.mark.parametrize("path", stage_files(30, 46), ids=lambda path: path.stem)
def test_no_nested_loop_over_rows(computed: Connection, path: Path) -> None:
    """Small tables may meet each other so (views, months, intervals, keys that 34 has to judge); activity and entry may not."""
    found = {name: nested(computed, query) for name, query in queries(path).items()}
    assert found
    allowed = {"classification_key": {"CROSS_PRODUCT"}, "month_interval": {"NESTED_LOOP_JOIN", "BLOCKWISE_NL_JOIN"}}
    assert {name: kinds - allowed.get(name, set()) for name, kinds in found.items() if kinds - allowed.get(name, set())} == {}


@pytest.mark.parametrize(
    "query",
    [
        "select 1 from activity a left join entry_price p on p.region = a.region or p.unit = a.unit",
        "select 1 from activity a join entry_price p on p.month <> a.month",
    ],
)
def test_a_planted_nested_loop_is_found(computed: Connection, query: str) -> None:
    assert nested(computed, query)


def test_every_table_of_the_stages_is_looked_at() -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in stage_files(30, 46))
    assert sum(len(queries(path)) for path in stage_files(30, 46)) == len(re.findall(r"^create (?:table|view)", text, re.MULTILINE))


def test_the_ledger_is_the_plain_product(computed: Connection) -> None:
    """Multiplying head and tail gives what Python's decimals give, digit by digit: quantity x factor x GWP x share, rounded each time."""
    lines = computed.execute("select quantity, factor, gwp, share, kg_co2e, activity_quantity, multiplier from entry").fetchall()
    assert len(lines) > 5000
    wrong = []
    for quantity, factor, gwp, share, kg_co2e, activity_quantity, multiplier in lines:
        converted = EXACT.multiply(activity_quantity, multiplier).quantize(Decimal(1).scaleb(-10), context=EXACT)
        mass = EXACT.multiply(quantity, factor).quantize(PLACES, context=EXACT)
        warming = EXACT.multiply(mass, gwp).quantize(PLACES, context=EXACT)
        if converted != quantity or EXACT.multiply(warming, share).quantize(PLACES, context=EXACT) != kg_co2e:
            wrong.append((quantity, factor, gwp, share, kg_co2e))
    assert wrong == []


HARD = [
    ("0.0001", "0.00000000500000"),
    ("0.0003", "0.00000000500000"),
    ("99999999.9999", "999999.99999999999999"),
    ("100000000", "0.12345678901234"),
    ("-12.5", "0.00000000004000"),
    ("1.00005", "0.33333333333333"),
    ("1234.5678", "0.20493000000000"),
    ("0", "1"),
    ("7.7777", "0"),
    ("3", "0.00000000000050"),
]


@pytest.mark.parametrize(("quantity", "factor"), HARD)
@pytest.mark.parametrize("gwp", ["1.000", "29.800", "273.000", "0.999"])
def test_hard_products(computed: Connection, quantity: str, factor: str, gwp: str) -> None:
    """Ties, the ends of the narrow types, negative and finer quantities go through the very text of stages 38 and 40."""
    price = queries(next(path for path in stage_files(38, 38)))["entry_price"]
    entry = queries(next(path for path in stage_files(40, 40)))["entry"]
    cursor = computed.cursor()
    cursor.execute("create or replace temp table planted as select activity_id from entry where multiplier = 1 and share = 1 limit 1")
    cursor.execute("create or replace temp table activity as select a.* replace (cast($1 as decimal(38,10)) as quantity) "
                   "from main.activity a semi join planted using (activity_id)", [quantity])  # fmt: skip
    cursor.execute("create or replace temp table price as select p.* replace (cast($1 as decimal(38,14)) as factor, 'kg_gas' as value_as) "
                   "from main.price p", [factor])  # fmt: skip
    cursor.execute("create or replace temp table gwp as select g.* replace (cast($1 as decimal(38,3)) as value) from main.gwp g", [gwp])
    cursor.execute("create or replace temp table entry_price as " + price)
    cursor.execute("create or replace temp table line as " + entry)
    found = {kg for (kg,) in cursor.execute("select kg_co2e from line where share = 1 and multiplier = 1").fetchall()}
    mass = EXACT.multiply(Decimal(quantity), Decimal(factor)).quantize(PLACES, context=EXACT)
    assert found == {EXACT.multiply(mass, Decimal(gwp)).quantize(PLACES, context=EXACT)}


def test_a_carrier_has_one_energy_content_per_dimension() -> None:
    with (ROOT / "factors" / "units.csv").open(encoding="utf-8", newline="") as stream:
        dimension = {row["unit"]: row["dimension"] for row in csv.DictReader(stream)}
    with (ROOT / "factors" / "energy_contents.csv").open(encoding="utf-8", newline="") as stream:
        counts = Counter((row["carrier"], dimension[row["from_unit"]]) for row in csv.DictReader(stream))
    assert [key for key, count in counts.items() if count > 1] == []


def test_no_nested_loop_where_there_are_thousands_of_keys(computed: Connection) -> None:
    """The planner chooses by size: the activity of the sample, spread over 100 suppliers, goes through stages 32 to 38 again."""
    cursor = computed.cursor()
    cursor.execute(
        """create or replace temp table activity as
           select a.* replace ('supplier-' || (r.i % 100) as supplier, a.activity_id || '#' || r.i as activity_id)
           from main.activity a cross join range(100) r(i)"""
    )
    found: dict[str, set[str]] = {}
    for path in stage_files(32, 38):
        for name, query in queries(path).items():
            found[name] = nested(cursor, query)
            cursor.execute(f"create or replace temp table {name} as {query}")
    [(keys,)] = cursor.execute("select count(*) from resolution_key").fetchall()
    assert keys > 5000
    assert {
        name: kinds
        for name, kinds in found.items()
        if kinds - {"NESTED_LOOP_JOIN", "BLOCKWISE_NL_JOIN"} or (kinds and name != "month_interval")
    } == {}
