"""Changing one row of activity data changes exactly the figures that contain it, in all frameworks: told by their traces."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from inventories import compute, table, write

from reporting.framework_folders import frameworks
from reporting.pipeline import Result
from reporting.tracing import trace

PERIODS = ("2026-Q3",)
HEADER = "activity_id,activity_type,start,end,quantity,unit,site,system,lifecycle_stage"
ROWS = {
    "D1": "D1,diesel.stationary,2026-07-01,2026-07-31,{},l,mill,,",
    # Of another period: it changes no figure of this one.
    "D2": "D2,diesel.stationary,2026-04-01,2026-04-30,{},l,mill,,",
    "E1": "E1,electricity.purchased,2026-08-01,2026-08-31,{},kWh,mill,model,inference",
}
SYSTEM = {"id": "model", "name": "Model", "functional_unit": "request", "boundary": "The model", "quantity": dict.fromkeys(PERIODS, "10")}
REVENUE = {"net_revenue": {period: {"value": "5", "unit": "million EUR", "source": "Accounts"} for period in PERIODS}}
Values = dict[str, tuple[str, Decimal | None]]
# Figures that are selected alike are traced once: a trace reads nothing else of a datapoint.
SELECTIONS = """
    select list(f.figure_id order by f.figure_id) from figure f join datapoint d using (framework, datapoint)
    where f.entries > 0 and f.value is not null and f.kind = 'sum'
    group by f.view, f.period, f.key, d.measure, d.scope, d.scope3_category, d.iso_category, d.basis, d.gas_group, d.biogenic,
        d.energy_source, d.system, d.lifecycle_stage, d.role, d.split
"""
RATIOS = """
    select f.figure_id, list(p.figure_id) from figure f join datapoint d using (framework, datapoint)
    join figure p on p.framework = d.framework and p.key = f.key and p.datapoint in (d.numerator, d.denominator)
    where f.kind = 'ratio' group by f.figure_id
"""


def computed(folder: Path, changed: str = "") -> Result:
    """The inventory with every quantity 100, but for that of one row; every framework there is."""
    lines = [row.format(150 if name == changed else 100) for name, row in ROWS.items()]
    chosen = [{"id": name, "view": "control"} for name in frameworks()]
    files = {"activity/s.csv": table(*lines, header=HEADER)}
    return compute(write(folder, files, frameworks=chosen, periods=list(PERIODS), systems=[SYSTEM], inputs=REVENUE))


def values(result: Result) -> Values:
    """Status and value of every figure."""
    rows = result.connection.execute("select figure_id, status, value from figure").fetchall()
    return {figure: (status, value) for figure, status, value in rows}


def rests_on(result: Result) -> dict[str, frozenset[str]]:
    """The rows of the source that each figure rests on, by its trace; a ratio rests on what its parts rest on."""
    found: dict[str, frozenset[str]] = {}
    for (alike,) in result.connection.execute(SELECTIONS).fetchall():
        lines = trace(result.connection, alike[0], PERIODS[0]).lines
        names = frozenset(text.split(",")[0] for text in (lines["row_text"] if len(lines) else ()))
        found |= dict.fromkeys(alike, names)
    ratios = result.connection.execute(RATIOS).fetchall()
    return found | {figure: frozenset().union(*(found.get(part, frozenset()) for part in parts)) for figure, parts in ratios}


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> tuple[Values, dict[str, frozenset[str]], set[str]]:
    """Figures of the inventory as it is, the rows that each rests on, and which of them are ratios."""
    result = computed(tmp_path_factory.mktemp("before") / "inventory")
    ratios = {figure for (figure,) in result.connection.execute("select figure_id from figure where kind = 'ratio'").fetchall()}
    return values(result), rests_on(result), ratios


@pytest.mark.parametrize("row", ROWS)
def test_changing_a_row_changes_what_contains_it_and_nothing_else(
    row: str, before: tuple[Values, dict[str, frozenset[str]], set[str]], tmp_path: Path
) -> None:
    old, rows_of, ratios = before
    new = values(computed(tmp_path / "inventory", row))
    assert new.keys() == old.keys()
    changed = {figure for figure in old if old[figure] != new[figure]}
    containing = {figure for figure, rows in rows_of.items() if row in rows}
    assert changed - containing == set(), "changed without containing the row"
    assert containing - changed - ratios == set(), "contains the row and did not change"
    touched = {figure.split("/")[0] for figure in changed}
    everywhere = {"ghg_protocol", "iso_14064_1_2018", "esrs_e1_set1", "esrs_e1_2026", "vsme_2026", "ifrs_s2"}
    assert touched == set() if row == "D2" else touched >= everywhere, sorted(everywhere - touched)
