"""Every figure of the sample company ends in source rows, and its parts add up to it exactly."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

import reporting
from reporting.pipeline import Result
from reporting.tracing import add_up, trace
from reporting.types import UsageError

PERIOD = "2026-Q3"


@pytest.fixture(scope="module")
def result(root: Path) -> Result:
    """Compute the clean sample once."""
    return reporting.load(root / "samples" / "meridian")


def figures(result: Result) -> list[tuple[str, str, str]]:
    query = "select figure_id, kind, status from figure where period = $1 and status in ('stated', 'provisional') order by position"
    return result.connection.execute(query, [PERIOD]).fetchall()


def test_every_stated_figure_adds_up_exactly_and_ends_in_source_rows(result: Result) -> None:
    stated = figures(result)
    assert len(stated) > 60
    values = dict(result.connection.execute("select figure_id, value from figure where period = $1", [PERIOD]).fetchall())
    for figure_id in [name for name, kind, _ in stated if kind == "sum"]:
        assert add_up(result.connection, figure_id, PERIOD) == (values[figure_id], 0), figure_id
        assert result.connection.execute("select count(*) > 0 from trace_line").fetchall() == [(True,)], figure_id


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
