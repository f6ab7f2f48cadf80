"""Every figure of the sample company ends in source rows, and its parts add up to it exactly."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from duckdb import ColumnExpression
from duckdb import DuckDBPyRelation as Relation

from reporting.database import STAGES, Connection, connect
from reporting.pipeline import Result, calculate, read
from reporting.tracing import EXACT, add_up, trace
from reporting.types import UsageError

PERIOD = "2026-Q3"


PLANTED = """insert into datapoint select * replace ('planted_' || $name as datapoint, false as is_total, $measure as measure,
        $scope as scope, $category as scope3_category, $iso as iso_category, $basis as basis, $gas as gas_group, $biogenic as biogenic,
        $source as energy_source, $system as system, $stage as lifecycle_stage, $role as role, $split as split,
        position + 1000 + $number as position)
    from datapoint where framework = 'ghg_protocol' and datapoint = 'scope1'"""
SELECTORS = ("measure", "scope", "category", "iso", "basis", "gas", "biogenic", "source", "system", "stage", "role", "split")
DATAPOINTS: dict[str, dict[str, str]] = {
    "gas": {"scope": "1", "gas": "CH4|N2O"},
    "gas_mass": {"measure": "kg_gas", "scope": "1", "gas": "CH4"},
    "gas_mass_of_all": {"measure": "kg_gas", "split": "gas"},
    "biogenic": {"biogenic": "only"},
    "market": {"scope": "2|3", "basis": "market"},
    "category": {"scope": "3", "category": "1|3|6", "basis": "location", "split": "category"},
    "iso": {"iso": "2|4", "basis": "location", "split": "iso"},
    "renewable": {"source": "renewable|mixed"},
    "system": {"system": "any", "stage": "operation|inference", "role": "any", "basis": "location", "split": "system"},
    "memo": {"role": "memo", "basis": "location"},
    "entity": {"basis": "location", "split": "entity"},
    "site": {"scope": "1|2", "basis": "market", "split": "site"},
    "country": {"scope": "2", "basis": "location", "split": "country"},
    "supplier": {"measure": "kg_supplier", "scope": "3", "basis": "location", "split": "category"},
    "cloud": {"measure": "kg_cloud", "basis": "location", "split": "entity"},
    "energy": {"measure": "mwh", "scope": "1|2", "source": "renewable|mixed|fossil", "split": "site"},
    "energy_of_system": {"measure": "mwh", "system": "any", "stage": "operation", "role": "any", "split": "system"},
    "sector": {"measure": "mwh_high_impact", "split": "entity"},
    "origin": {"measure": "mwh_mix", "source": "purchased_fossil|fuel_gas", "split": "country"},
    "carrier": {"measure": "mwh_mix", "split": "carrier"},
    "binding": {"measure": "mwh_binding", "source": "bundled|unbundled", "split": "site"},
}
"""Datapoints that select by everything that one can select by; what is left out selects all."""


@pytest.fixture(scope="module")
def result(root: Path) -> Result:
    """Compute the clean sample once, with more datapoints than any framework has."""
    given = read(connect(), root / "samples" / "meridian")
    for number, (name, chosen) in enumerate(DATAPOINTS.items()):
        cells = dict.fromkeys(SELECTORS, "") | {"measure": "kg_co2e", "role": "inventory"} | chosen
        given.connection.execute(PLANTED, cells | {"name": name, "number": number})
    given.connection.execute("update entity_sector set is_high_impact = true")
    return calculate(given)


def figures(result: Result) -> list[tuple[str, str, str]]:
    query = "select figure_id, kind, status from figure where period = $1 and status in ('stated', 'provisional') order by position"
    return result.connection.execute(query, [PERIOD]).fetchall()


def every_line(connection: Connection) -> Relation:
    """The lines of all sums of the period as `ghg trace` gives them for one."""
    return connection.sql((STAGES / "trace.sql").read_text(encoding="utf-8"), params={"figure": "", "period": PERIOD})


def test_every_stated_figure_adds_up_exactly_and_ends_in_source_rows(result: Result) -> None:
    stated = figures(result)
    assert len(stated) > 60
    query = "select figure_id, value from figure where period = $1 and kind = 'sum' and status in ('stated', 'provisional')"
    values = dict(result.connection.execute(query, [PERIOD]).fetchall())
    lines = every_line(result.connection)
    sums = lines.aggregate(
        "figure_id, sum(amount), any_value(figure_factor), count(*) filter (where row_text = '' or citation = '' or sha256 = '')"
    )
    found = {name: (multiplied(amount, factor), unsourced) for name, amount, factor, unsourced in sums.fetchall()}
    assert {name: found.get(name, (0, 0)) for name in values} == {name: (value, 0) for name, value in values.items()}
    for name in ("ghg_protocol/scope3", "ghg_protocol/planted_carrier/carrier=electricity"):
        assert add_up(result.connection, name, PERIOD) == found[name]


def multiplied(amount: Decimal, factor: Decimal) -> Decimal:
    return EXACT.multiply(amount, factor).quantize(Decimal("1e-12"), context=EXACT)


def test_each_way_to_select_has_a_figure(result: Result) -> None:
    query = """select distinct split_part(datapoint, 'planted_', 2) from figure
        where period = $1 and status in ('stated', 'provisional') and value <> 0 and datapoint like 'planted_%'"""
    assert {name for (name,) in result.connection.execute(query, [PERIOD]).fetchall()} == set(DATAPOINTS)
    unnamed = [name for (name,) in result.connection.execute("select column_name from (describe selected_entry)").fetchall()]
    empty = [
        result.connection.table("entry_total").filter(ColumnExpression(name).isnull())
        for name in unnamed
        if name not in {"figure_id", "site"}
    ]
    assert [rows.fetchall() for rows in empty] == [[]] * (len(unnamed) - 2)  # they are compared as equal: an empty cell would be lost


@pytest.mark.parametrize(
    ("taken", "figure"),
    [
        ("delete from selected_entry where figure_id = $1", "ghg_protocol/planted_gas_mass"),
        ("delete from selected_entry where figure_id = $1", "ghg_protocol/planted_category/category=6"),
        ("delete from selected_energy where figure_id = $1", "ghg_protocol/planted_energy_of_system/system=assistant-inference"),
        ("delete from selected_origin where figure_id = $1", "ghg_protocol/planted_carrier/carrier=electricity"),
    ],
)
def test_a_trace_takes_what_the_figure_took(result: Result, taken: str, figure: str) -> None:
    """What is taken out of the selection of a figure is missing in its trace: there is no second selection."""
    assert trace(result.connection, figure, PERIOD).is_exact
    cursor = result.connection.cursor()
    cursor.execute("begin")
    cursor.execute(taken, [figure])
    found = add_up(cursor, figure, PERIOD)
    cursor.execute("rollback")
    assert found == (Decimal(0), 0)


def test_ratios_divide_again(result: Result) -> None:
    ratios = [name for name, kind, _ in figures(result) if kind == "ratio" and name.startswith("sci/")]
    assert ratios
    assert all(trace(result.connection, name, PERIOD).is_exact for name in ratios)


def test_lines_multiply_out_by_hand(result: Result) -> None:
    lines = trace(result.connection, "ghg_protocol/scope1_gas/gas=HFCs", PERIOD).lines
    total = sum(
        Decimal(q) * Decimal(f) * Decimal(g) * Decimal(s)
        for q, f, g, s in lines[["quantity", "factor", "gwp", "share"]].itertuples(index=False)
    )
    assert total / 1000 == Decimal("17.6166")


def test_a_tampered_ledger_is_not_exact(result: Result) -> None:
    cursor = result.connection.cursor()
    cursor.execute("begin")
    cursor.execute("update figure set value = value + 0.000000000001 where figure_id = 'ghg_protocol/scope1' and period = $1", [PERIOD])
    found = trace(cursor, "ghg_protocol/scope1", PERIOD)
    cursor.execute("rollback")
    assert not found.is_exact


def test_an_unknown_figure_names_the_nearest(result: Result) -> None:
    with pytest.raises(UsageError, match="perhaps ghg_protocol/scope1"):
        trace(result.connection, "ghg_protocol/scop1", PERIOD)
