"""The restatement bridge: every change by its cause, to the last digit; what no cause explains is said."""

from __future__ import annotations

import base64
import json
import os
import re
import shutil
import tempfile
import zipfile
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from unittest import mock

import jsonschema
import openpyxl
import pytest
from command import run
from hypothesis import given, settings
from hypothesis import strategies as st
from inventories import compute, shelf
from pypdf import PdfReader
from registers import burn, one_version, small_product
from restated import EDITS, OTHERS, bridge, changed, original

from reporting import reference
from reporting.commands import restate
from reporting.database import connect
from reporting.digest import file_sha256
from reporting.evidence import publication, register
from reporting.evidence.bag import files_of
from reporting.evidence.bridge import hybrid
from reporting.evidence.bridge.keep import keep
from reporting.evidence.bridge.parts import State, Step, parts, total, values
from reporting.evidence.bridge.shapes import Bridge, FigureChange, Part
from reporting.evidence.restatement import explain
from reporting.pipeline import read
from reporting.render import charts, series
from reporting.render.shapes import FrameworkView
from reporting.statement import statements

AMOUNTS = {"added": 60, "estimate": 33, "corrected": 120, "vendor_model": 7, "instrument": 200, "input": 3, "boundary": 50, "factor": 5}
WINDOW: dict[str, object] = {"view": "equity", "starts": date(2026, 7, 1), "ends": date(2026, 10, 1)}
SCOPE1, ENERGY = "ghg_protocol/scope1", "esrs_e1_set1/E1-5_energy"
EXACT = settings(max_examples=int(os.environ.get("GHG_BRIDGE_EXAMPLES", "1")))  # each takes a run for every cause


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Bridge:
    """One change of every cause, all at once."""
    place = tmp_path_factory.mktemp("whole")
    new = changed((edit, AMOUNTS.get(cause, 0)) for cause, edit in EDITS.items())
    return bridge(original().write(place / "old"), new.write(place / "new"))


def one(found: Bridge, figure: str) -> FigureChange:
    [wanted] = [figure_change for figure_change in found.figures if figure_change.id == figure]
    return wanted


def kilograms(found: Bridge, figure: str) -> dict[str, Decimal]:
    """What each cause adds to a figure in tonnes, in kilograms."""
    return {" and ".join(part.causes): part.amount * 1000 for part in one(found, figure).parts}


def adds_up(found: Bridge) -> None:
    """The old value and the parts are the new value, for every figure, exactly."""
    assert found.is_exact
    for figure in found.figures:
        assert (figure.old_value or 0) + total(figure.parts) == (figure.new_value or 0), figure.id
        assert figure.residual == 0


def test_each_cause_is_named_with_its_tonnes(whole: Bridge) -> None:
    """Litres x 2.5 kg: each cause at what the causes before it left; the site of B is leased, its Scope 1 becomes Scope 3."""
    assert [cause.id for cause in whole.causes] == list(EDITS)
    assert kilograms(whole, SCOPE1) == {
        "import": (Decimal("0.003") - 3) * 2500,
        "added": 60 * Decimal("2.5"),
        "removed": -40 * Decimal("2.5"),
        "estimate": 3 * Decimal("2.5"),
        "corrected": 20 * Decimal("2.5"),
        "vendor_model": 2 * Decimal("2.5"),
        "exclusion": -10 * Decimal("2.5"),
        "classification": -200 * Decimal("2.5"),
        "factor": (60 + 33 + 120 + 7 + 3) * Decimal("0.101"),
        "gwp": 50 * Decimal("0.01") * (Decimal("29.8") - 30),
    }
    assert kilograms(whole, "esrs_e1_set1/E1-6_scope1")["factor"] == (60 + 33 + 120 + 7 + 3 + 200) * Decimal("0.101")
    assert kilograms(whole, "ghg_protocol/scope3")["boundary"] == -200 * Decimal("2.5") * Decimal("0.4")


def test_both_bases_ratios_energy_and_inputs_are_led_over(whole: Bridge) -> None:
    adds_up(whole)
    assert kilograms(whole, "ghg_protocol/scope2_market") == {"instrument": -200 * Decimal("0.2")}
    assert "ghg_protocol/scope2_location" not in {figure.id for figure in whole.figures}
    assert kilograms(whole, "ghg_protocol/net_revenue") == {"input": 2000}
    assert {cause for part in one(whole, "ghg_protocol/intensity_location").parts for cause in part.causes} >= {"input", "added", "gwp"}
    assert {part.causes[0] for part in one(whole, ENERGY).parts} == {
        "import", "added", "removed", "estimate", "corrected", "vendor_model", "exclusion",
    }  # fmt: skip


def test_the_rows_behind_a_cause_add_up_to_it(whole: Bridge) -> None:
    for figure in (SCOPE1, "ghg_protocol/total_market", ENERGY):
        by_cause: dict[str, Decimal] = {}
        for row in whole.rows:
            if row.figure == figure:
                by_cause[row.cause] = by_cause.get(row.cause, Decimal(0)) + row.amount
        scale = 1 if figure == ENERGY else 1000
        assert by_cause == {part.causes[0]: part.amount * scale for part in one(whole, figure).parts}
    corrected = next(row for row in whole.rows if row.figure == SCOPE1 and row.cause == "corrected")
    assert (corrected.file, corrected.row, corrected.old_row) == ("activity/s.csv", 3, 2)
    assert (corrected.activity, corrected.old_quantity, corrected.new_quantity) == ("s:A", "100 l", "120 l")


def test_what_differs_is_said_in_words(whole: Bridge) -> None:
    said = {(change.cause, change.subject): (change.old, change.new) for change in whole.changes}
    assert said["import", "source cards: constant unit of part 1"] == ("m3", "l")
    assert said["vendor_model", "activity/vendor.csv:2"] == ('litres "5", model_version "v2"', 'litres "7", model_version "v3"')
    assert said["gwp", "view equity"] == ("AR5", "AR6")
    assert said["boundary", "entity sub"][1].startswith("60 % owned")
    assert said["exclusion", "activity/s.csv:7"] == ("counted", "excluded as duplicate")
    assert {subject for cause, subject in said if cause == "factor"} == {"factor set test_1", "factor set test_2"}


def test_what_no_cause_explains_is_a_residual_and_what_is_withheld_is_not_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A late bill whose cause is left out; a cell that cannot be read; a figure that another engine published: all in one bridge."""
    text = '{"figures": [{"id": "ghg_protocol/scope1", "period": "2026-Q3", "status": "stated", "value": "9"}]}'
    (tmp_path / "figures.json").write_text(text, encoding="utf-8")
    new = changed([(EDITS["added"], 60), (OTHERS["broken"], 0)]).write(tmp_path / "new")
    monkeypatch.setattr(hybrid, "active", lambda _: tuple(cause for cause in hybrid.causes() if cause.id == "corrected"))
    found = bridge(hybrid.Side(original().write(tmp_path / "old"), "v1", published=tmp_path / "figures.json"), hybrid.Side(new, "v2"))
    assert not found.is_exact
    scope1 = one(found, SCOPE1)
    assert scope1.residual == Decimal("0.15")
    assert scope1.parts == (Part(("method",), "change", Decimal("8.5775") - 9), Part(("",), "change", Decimal("0.15")))
    withheld = one(found, "ghg_protocol/scope2_market")
    assert (withheld.new_status, withheld.new_value) == ("withheld", None)
    assert withheld.residual == 0
    assert withheld.reason == "1 error: intake/quantity-not-a-number"
    assert withheld.parts[-1] == Part(("corrected",), "disappears", Decimal("-0.12"))


changes = st.lists(
    st.tuples(st.sampled_from(sorted({**EDITS, "cell": OTHERS["cell"], "fill": OTHERS["fill"]})), st.integers(1, 900)),
    min_size=2,
    max_size=int(os.environ.get("GHG_BRIDGE_CHANGES", "2")),
    unique_by=lambda drawn: drawn[0],
)


@EXACT
@given(changes)
def test_any_mixture_of_changes_adds_up_exactly(drawn: list[tuple[str, int]]) -> None:
    edits = {**EDITS, **OTHERS}
    with tempfile.TemporaryDirectory() as folder:
        new = changed((edits[name], amount) for name, amount in drawn)
        found = bridge(original().write(Path(folder) / "old"), new.write(Path(folder) / "new"))
    adds_up(found)
    causes = {"cell": "corrected", "fill": "method"}
    assert {cause.id for cause in found.causes} >= {causes.get(name, name) for name, _ in drawn}


def files(folder: Path) -> dict[str, str]:
    return {name: file_sha256(path) for name, path in files_of(folder).items()}


def test_versions_of_the_register_are_explained_in_their_documents_and_by_the_command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The second version with its workbook: what publishing wrote down is what `ghg diff` asks for, of the same files, and says."""
    folder = shutil.copytree(one_version(), tmp_path / "inventory")
    burn(folder, 110)
    asked: list[tuple[object, ...]] = []
    found: list[Bridge] = []

    def watched(old: hybrid.Side, new: hybrid.Side, period: str, *_: object, **__: object) -> Bridge:
        asked.append((old.name, new.name, period, *map(files, (old.folder, new.folder)), old.published and old.published.read_bytes()))
        if not found:
            found.append(explain(old, new, period))
        return found[0]

    with small_product(), mock.patch.object(reference, "folder", return_value=shelf()), mock.patch.object(publication, "explain", watched):
        version = register.publish(folder, "2026-Q3", reason="Late bill", formats=["pdf", "xlsx", "json"], on="2026-11-09")
    with mock.patch.object(restate, "explain", watched):
        said = run(capsys, "diff", folder, "2026-Q3/v1", "2026-Q3/latest", "--json")
    assert asked[0] == asked[1]
    told, kept = json.loads(said.out), json.loads((version.folder / "restatement.json").read_text(encoding="utf-8"))
    assert (said.code, told["is_exact"], told["old"], told["new"]) == (0, True, "2026-Q3/v1", "2026-Q3/v2")
    assert {figure["residual"] for figure in told["figures"]} == {"0"}
    assert {key: told[key] for key in ("causes", "changes", "figures", "rows")} == {
        key: kept[key] for key in ("causes", "changes", "figures", "rows")
    }
    [scope1] = [figure for figure in told["figures"] if figure["id"] == SCOPE1]
    assert [(part["causes"], Decimal(part["amount"])) for part in scope1["parts"]] == [(["corrected"], Decimal("0.025"))]
    cells = {cell for sheet in openpyxl.load_workbook(version.folder / "disclosure-2026-Q3.xlsx") for row in sheet.values for cell in row}
    with zipfile.ZipFile(version.folder / "disclosure-2026-Q3.xlsx") as workbook:
        charts_drawn = [name for name in workbook.namelist() if "/charts/" in name and b"Scope 1 emissions, tCO2e" in workbook.read(name)]
    assert charts_drawn, "the waterfall of Scope 1 beside its table"
    pages = [page.extract_text() for page in PdfReader(version.folder / "disclosure-2026-Q3.pdf").pages]
    [drawn] = [page for page in pages if "Why it changed: Scope 1 emissions" in page]
    assert ("Activity corrected" in drawn, "+0.025" in drawn) == (True, True)
    for title in ("Why the totals changed", "All figures that changed", "What changed in the inputs", "Rows behind the changes"):
        assert any(title in page for page in pages), title
    assert {"2026-Q3/v1", "2026-Q3/v2", "Activity corrected", 'quantity "100"', 'quantity "110"'} <= cells


def number(*texts: str | None) -> list[Decimal | None]:
    return [None if text is None else Decimal(text) for text in texts]


def test_steps_without_a_value_are_one_part_with_the_step_that_gives_it_back() -> None:
    found = parts(number("10", None, None, "13", "12"), ["added", "corrected", "factor", "gwp"])
    assert found == (Part(("added", "corrected", "factor"), "change", Decimal(3)), Part(("gwp",), "change", Decimal(-1)))
    assert parts(number(None, "5", "7"), ["added", "gwp"]) == (
        Part(("added",), "appears", Decimal(5)),
        Part(("gwp",), "change", Decimal(2)),
    )
    assert parts(number("5", "6", None), ["added", "gwp"])[1] == Part(("gwp",), "disappears", Decimal(-6))
    assert parts(number("5", "6", "5"), ["method", "method"]) == ()
    # A figure that only the older engines gave: nothing changes at the step that no cause explains.
    assert parts(number("5", None, None, None, "4"), ["method", "gwp", "", "method"]) == (Part(("method", "gwp"), "change", Decimal(-1)),)
    assert parts(number("5", "5", None), ["gwp", ""]) == (Part(("",), "disappears", Decimal(-5)),)


def test_a_figure_of_a_new_entity_appears_with_its_first_activity() -> None:
    empty, full = {"f": State("no_activity", Decimal(0))}, {"f": State("stated", Decimal(4))}
    assert values("f", {}, [Step("method", empty), Step("boundary", full)]) == number(None, None, "4")
    assert values("f", full, [Step("boundary", empty), Step("", {})]) == number("4", None, None)


def test_every_table_as_read_belongs_to_a_cause(tmp_path: Path) -> None:
    """A table that nobody assigned would pass for the engine: give it a row in reporting/evidence/bridge/tables.csv."""
    place = original().write(tmp_path / "inventory")
    connection = connect()
    read(connection, place)
    tables = {name for (name,) in connection.execute("select table_name from duckdb_tables() where not temporary").fetchall()}
    known = hybrid.table_causes()
    assert tables - set(known) == set()
    assert set(known) - tables == set()
    assert set(known.values()) - {cause.id for cause in hybrid.causes()} == {hybrid.MIXED, hybrid.NONE}


def test_the_terminal_shows_waterfalls_and_the_json_keeps_to_its_schema(
    whole: Bridge, root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    place = original().write(tmp_path / "inventory")
    monkeypatch.setattr(restate, "explain", lambda *_, **__: whole)
    said = run(capsys, "diff", place, str(place), ".")
    assert (said.code, said.err) == (0, "")
    assert "old to new, 2026-Q3" in said.out
    assert re.search(r"Unit or import error +-7\.4925 +▒{20,}\n", said.out)
    assert re.search(r"Activity added +\+0\.15 +█\n", said.out)
    assert f"{len(whole.figures)} figures changed; the parts add up exactly, residual 0" in said.out
    one_figure = run(capsys, "diff", place, ".", ".", "--figure", SCOPE1)
    assert "activity/s.csv:3 s:A: 100 l to 120 l: +50 kg CO2e" in one_figure.out
    document = json.loads(run(capsys, "diff", place, ".", ".", "--json").out)
    jsonschema.Draft202012Validator(json.loads((root / "schemas" / "diff.schema.json").read_text(encoding="utf-8"))).validate(document)
    assert document["is_exact"] is True
    monkeypatch.setattr(restate, "explain", lambda *_, **__: replace(whole, is_exact=False))
    assert run(capsys, "diff", place, ".", ".").code == 1


def test_the_documents_of_the_newer_version_show_it(whole: Bridge, tmp_path: Path) -> None:
    result = compute(original().write(tmp_path / "inventory"))
    connection = result.connection
    assert not [made for made in statements(connection, "2026-Q3") if made.id.startswith("restatement")]
    keep(connection, whole)
    made = {one.id: one for one in statements(connection, "2026-Q3")}
    steps = [row for row in made["restatement"].rows if row[0] == "Scope 1 emissions, tCO2e"]
    assert [row[1] for row in steps] == ["old", *(cause.label for cause in whole.causes if cause.id in kilograms(whole, SCOPE1)), "new"]
    assert sum(row[2] for row in steps[:-1] if isinstance(row[2], Decimal)) == steps[-1][2] == Decimal("0.694923")
    assert [row[3:] for row in steps[1:3]] == [(Decimal("1.085"), 0, Decimal("7.4925")), (Decimal("1.085"), Decimal("0.15"), 0)]
    assert [row[1:] for row in made["restatement_changes"].rows if row[1] == "view equity"] == [("view equity", "AR5", "AR6")]
    assert {row[0] for row in made["restatement_rows"].rows} >= {"Activity added", "Factor edition"}
    assert {"restatement_figures", "restatement_rows"} <= set(made)
    lead = FrameworkView("ghg_protocol", "", "", "", "", "", "", "", ())
    [chart] = [one for one in series.charts(connection, lead, (), WINDOW) if one.name == f"restatement:{SCOPE1}"]
    drawn = charts.picture(chart)
    assert drawn.alternative.startswith("Chart: Why it changed: Scope 1 emissions in t CO₂e. old, total: 8.578; Unit or import error: ")
    assert base64.b64decode(drawn.address.partition(",")[2]).decode().count("<rect") == len(chart.points)
