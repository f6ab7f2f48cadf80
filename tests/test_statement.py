"""Statements: the tables beside the figures add up to the figures, stand in every document, and a new file is all that a new one needs."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from inventories import compute, table, write

from reporting import statement
from reporting.pipeline import Result
from reporting.pipeline import compute as compute_sample
from reporting.render.view import make_view
from reporting.render.workbook_annexes import sheet_name
from reporting.setting import write_settings
from reporting.statement import Statement, definitions, statements

PERIOD = "2026-Q3"


@pytest.fixture(scope="module")
def sample(root: Path) -> Result:
    return compute_sample(root / "samples" / "meridian")


def one(result: Result, name: str) -> Statement:
    return next(made for made in statements(result.connection, PERIOD) if made.id == name)


def column(made: Statement, name: str) -> list[object]:
    place = [heading.name for heading in made.columns].index(name)
    return [row[place] for row in made.rows]


def figure(result: Result, figure_id: str) -> Decimal:
    [(value,)] = result.connection.execute("select value from figure where figure_id = $1 and period = $2", [figure_id, PERIOD]).fetchall()
    return Decimal(value)


def added(values: list[object]) -> Decimal:
    return sum((Decimal(str(value)) for value in values), Decimal(0))


def test_a_reconciliation_holds_every_gram_of_the_score(sample: Result) -> None:
    made = one(sample, "system_reconciliation")
    scored = column(made, "score_kg")
    assert added(scored[:-1]) == scored[-1] == figure(sample, "sci/emissions/system=assistant-inference")
    inventory = column(made, "inventory_kg")
    assert added(inventory[:-1]) == inventory[-1]
    different = [row for row in made.rows[:-1] if row[3] != row[4]]
    assert different
    assert all(row[5] for row in different)


def test_what_the_inventory_holds_of_a_system_is_what_its_ledger_holds(sample: Result) -> None:
    """The second way: the rows of the system and the rows derived from them, straight from the ledger."""
    [(kg,)] = sample.connection.execute(
        """with own as (select activity_id from activity where system <> '')
           select sum(kg_co2e) from ledger l
           left join own o on o.activity_id = l.activity_id left join own p on p.activity_id = l.parent_activity_id
           where l.role = 'inventory' and l.view = (select view from framework where framework = 'sci') and l.basis in ('both', 'location')
               and not l.is_biogenic and l.month >= date '2026-07-01' and l.month < date '2026-10-01'
               and (o.activity_id is not null or (l.derivation = 'adds' and p.activity_id is not null))"""
    ).fetchall()
    assert column(one(sample, "system_reconciliation"), "inventory_kg")[-1] == kg


def test_components_add_up_to_the_score(sample: Result) -> None:
    made = one(sample, "system_components")
    assert added(column(made, "operational_kg")) == figure(sample, "sci/operational/system=assistant-inference")
    assert added(column(made, "embodied_kg")) == figure(sample, "sci/embodied/system=assistant-inference")
    assert added(column(made, "mwh")) * 1000 == figure(sample, "sci/energy/system=assistant-inference")
    score = figure(sample, "sci/score/system=assistant-inference")
    assert abs(added(column(made, "per_unit_g")) - score) < Decimal("1e-8")


def test_pue_is_what_the_site_declares_and_cue_follows(sample: Result) -> None:
    made = one(sample, "site_metrics")
    [pue], [cue], [it], [kg] = (column(made, name) for name in ("pue", "cue", "it_kwh", "kg_co2e"))
    assert pue == Decimal("1.24")
    assert abs(Decimal(str(cue)) * Decimal(str(it)) - Decimal(str(kg))) < Decimal("0.001")


def test_every_document_shows_them(sample: Result) -> None:
    write_settings(sample, PERIOD, "0" * 64)
    view = make_view(sample.connection, period=PERIOD, findings=sample.findings, statements=statements(sample.connection, PERIOD))
    shown = {made.statement.id for made in view.statements}
    assert shown == {made.id for made in statements(sample.connection, PERIOD)}
    assert {"system_reconciliation", "system_components", "site_metrics"} <= shown
    assert {made.title for made in view.statements_at("sci")} == {
        "Components of the systems",
        "Disclosure index",
        "From the scores to the corporate inventory",
        "Lifecycle of the systems",
    }


def test_every_title_names_a_sheet_of_its_own() -> None:
    names = [sheet_name(made.title) for made in definitions()]
    assert len({name.lower() for name in names}) == len(names)
    assert [name for name in names if not 0 < len(name) <= 31 or set(name) & set("[]:*?/\\'")] == []
    assert sheet_name("A: b/c") == "A bc"


def test_nothing_to_say_is_not_shown_and_a_file_is_all_it_takes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = {"activity/s.csv": table("diesel.stationary,2026-07-01,2026-07-31,10,l,mill")}
    result = compute(write(tmp_path / "inventory", files))
    shown = {made.id for made in statements(result.connection, PERIOD)}
    assert shown.isdisjoint({"system_components", "system_reconciliation", "site_metrics"})
    lines = ["-- title: Sites", "-- lead: All.", "-- place: annex", "-- order: 1", "-- columns: site=Site; area=Area, m2|1"]
    (tmp_path / "sites.sql").write_text("\n".join([*lines, "select site, area_m2 as area from site order by site"]), encoding="utf-8")
    monkeypatch.setattr(statement, "FOLDER", tmp_path)
    definitions.cache_clear()
    [made] = statements(result.connection, PERIOD)
    assert (made.title, [heading.decimals for heading in made.columns]) == ("Sites", [None, 1])
    assert [row[0] for row in made.rows] == ["mill"]
    definitions.cache_clear()
