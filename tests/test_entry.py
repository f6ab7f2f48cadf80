"""The data-entry workbook: made, filled in, read back to the same digest, and given back with its bad cells marked."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest
from command import run
from inventories import DIESEL, FACTORS, INVENTORY, compute, figures, found, rows, table, write
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from reporting.database import PACKAGE
from reporting.digest import lines_sha256
from reporting.entry.given import given_rows
from reporting.entry.layout import HEADER_ROW, entry_sheets, fields
from reporting.entry.marked import mark
from reporting.entry.template import make_template
from reporting.inventory import Inventory
from reporting.pipeline import Result
from reporting.types import UsageError

SOURCE = INVENTORY["sources"]["s"]
ENTRY = SOURCE | {"path": "activity/entry.xlsx", "sheet": "*", "header_row": HEADER_ROW}
HEADER = "activity_type,start,end,quantity,unit,site,activity_id,supplier,note"
GIVEN = table(
    "diesel.stationary,2026-07-01,2026-07-31,10.25,l,mill,D-1,=HYPERLINK(1),@note",
    "diesel.stationary,2026-07-01,2026-07-31,3,l,mill,,+44 20,",
    "diesel.stationary,2026-07-01,2026-07-31,3,l,mill,,+44 20,",
    "diesel,2026-06-15,2026-08-14,1234567890123.1234567,ml,mill,,-x,",
    "electricity.purchased,2026-07-01,2026-09-30,0.1,MWh,mill,E-1,,Zürich",
    header=HEADER,
)
ACTIVITY = "select activity_id, activity_type, month, quantity, unit, supplier, note, role from activity order by all"


def put(sheet: Worksheet, row: int, **cells: object) -> None:
    """Fill in a row as somebody with a spreadsheet program does."""
    names = {cell.value: cell.column for cell in sheet[HEADER_ROW]}
    for name, value in cells.items():
        sheet.cell(row, names[name]).value = value


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Result:
    """An inventory whose workbook has good and bad cells on two sheets, and a sheet of somebody's own."""
    folder = tmp_path_factory.mktemp("filled")
    (folder / "activity").mkdir()
    path = folder / "activity" / "entry.xlsx"
    make_template(path, Inventory.model_validate(INVENTORY), rows=3)
    book = load_workbook(path)
    start = {"start": "2026-07-01", "end": "2026-07-31", "site": "mill"}
    put(book["Fuels"], 10, activity_type="diesel.stationary", quantity=10, unit="l", **start)
    put(book["Fuels"], 11, activity_type="diesel.stationary", quantity="12x", unit="l", **start)
    put(book["Fuels"], 12, activity_type="diesel.stationary", quantity=7, unit="l", **start)
    put(book["Electricity and heat"], 12, activity_type="electricity.purchased", quantity="=6*7", unit="kWh", **start)
    put(book["Electricity and heat"], 13, activity_type="electricity.purchased", quantity=5, unit="bushel", **start | {"site": "mall"})
    book.create_sheet("Scribbles")["A1"] = "to do"
    book.save(path)
    exclusions = "source,activity_id,row,kind,reason,estimated_t_co2e,by,approved_by,date\n"
    exclusions += (
        "s,,entry.xlsx [Fuels]:12,duplicate,Twice,,A,,\ns,,entry.xlsx:12,duplicate,On which sheet,,A,,\ns,,12,duplicate,Likewise,,A,,\n"
    )
    return compute(write(folder, {"exclusions.csv": exclusions}, sources={"s": ENTRY}))


def test_findings_name_sheet_and_cell(filled: Result) -> None:
    named = {(f.rule, f.row, f.cell) for f in filled.findings if f.severity == "error" and f.cell}
    assert named == {
        ("intake/quantity-not-a-number", 11, "Fuels!D11"),
        ("intake/row-unreadable", 12, "Electricity and heat!D12"),
        ("intake/site-unknown", 13, "Electricity and heat!F13"),
        ("intake/unit-unknown", 13, "Electricity and heat!E13"),
    }
    [header] = [f for f in found(filled, severity="error") if "Scribbles" in f.message or f.rule == "intake/header"]
    assert header.file == "activity/entry.xlsx"


def test_an_exclusion_by_row_says_which_sheet(filled: Result) -> None:
    assert rows(filled, "select distinct row_no, sheet from excluded_row join source_file using (source_id, file_no)") == [(12, "Fuels")]
    assert len(found(filled, "intake/exclusion-unused")) == 2
    accounts = dict(rows(filled, "select sheet, (rows_in, rows_accepted, rows_rejected, rows_excluded) from row_account where rows_in > 0"))
    assert accounts == {"Fuels": (3, 1, 1, 1), "Electricity and heat": (2, 0, 2, 0)}


def test_a_copy_has_the_bad_cells_marked_and_the_original_is_as_it_was(filled: Result, tmp_path: Path) -> None:
    source = filled.folder / "activity" / "entry.xlsx"
    before = source.read_bytes()
    [copy] = mark(filled.folder, filled.findings, tmp_path / "one")
    [again] = mark(filled.folder, filled.findings, tmp_path / "two")
    assert copy.read_bytes() == again.read_bytes()
    assert source.read_bytes() == before
    book = load_workbook(copy)
    cell = book["Fuels"]["D11"]
    assert cell.comment is not None
    assert 'quantity "12x" is not a number' in cell.comment.text
    assert "fix: " in cell.comment.text
    assert cell.fill.fgColor.rgb.endswith("F7C9C1")
    assert book["Fuels"]["D10"].comment is None
    marks = {f"{sheet.title}!{one.coordinate}" for sheet in book for line in sheet.iter_rows() for one in line if one.comment}
    assert {"Electricity and heat!D12", "Electricity and heat!F13", "Electricity and heat!E13"} < marks
    with pytest.raises(UsageError, match="inventory itself"):
        mark(filled.folder, filled.findings, filled.folder)


def content(result: Result) -> tuple[str, object]:
    """What is the same whatever file the activities came from."""
    return lines_sha256([list(map(str, row)) for row in rows(result, ACTIVITY)]), figures(result)


def test_an_exported_sheet_gives_the_same_digest(tmp_path: Path) -> None:
    first = compute(write(tmp_path / "csv", {"activity/s.csv": GIVEN}))
    assert found(first, severity="error") == []
    (tmp_path / "xlsx" / "activity").mkdir(parents=True)
    path = tmp_path / "xlsx" / "activity" / "entry.xlsx"
    make_template(path, first.inventory, given_rows(first, "s"), rows=0)
    assert all(cell.data_type != "f" for sheet in load_workbook(path) for line in sheet.iter_rows() for cell in line)
    second = compute(write(tmp_path / "xlsx", {}, sources={"s": ENTRY}))
    assert found(second, severity="error") == []
    assert content(second) == content(first)
    book = load_workbook(path)
    put(book["Fuels"], 10, quantity=10.26)
    book.save(path)
    assert content(compute(tmp_path / "xlsx")) != content(first)


def test_a_source_that_the_workbook_cannot_hold_is_refused(tmp_path: Path) -> None:
    broken = compute(write(tmp_path, {"activity/s.csv": table(DIESEL.format("12x"))}))
    with pytest.raises(UsageError, match="has errors"):
        given_rows(broken, "s")
    with pytest.raises(UsageError, match="no source"):
        given_rows(broken, "t")


def test_every_type_has_one_sheet_and_the_examples_are_good(tmp_path: Path) -> None:
    sheets = entry_sheets("EUR")
    names = [entry.activity_type for sheet in sheets for entry in sheet.types]
    assert len(names) == len(set(names)) > 1900
    assert set(fields()) >= {column for sheet in sheets for column in sheet.columns}
    given = [{k: v for k, v in row.items() if k != "sheet"} | {"start": "2026-07-01", "end": "2026-07-31", "site": "mill"}
             for sheet in sheets for row in sheet.examples]  # fmt: skip
    assert all(row["activity_type"] in {entry.activity_type for entry in sheet.types} for sheet in sheets for row in sheet.examples)
    with (tmp_path / "s.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(given[0]))
        writer.writeheader()
        writer.writerows(given)
    result = compute(write(tmp_path, {"activity/s.csv": (tmp_path / "s.csv").read_text(encoding="utf-8")}, FACTORS))
    assert [f.message for f in found(result, severity="error") if f.rule.startswith("intake/")] == []


def test_the_same_template_has_the_same_bytes_and_offers_what_the_inventory_declares(tmp_path: Path) -> None:
    inventory = Inventory.model_validate(INVENTORY)
    make_template(tmp_path / "a" / "entry.xlsx", inventory, rows=2)
    make_template(tmp_path / "b" / "entry.xlsx", inventory, rows=2)
    assert (tmp_path / "a" / "entry.xlsx").read_bytes() == (tmp_path / "b" / "entry.xlsx").read_bytes()
    book = load_workbook(tmp_path / "a" / "entry.xlsx")
    offered = {}
    for rule in book["Fuels"].data_validations.dataValidation:
        if rule.type == "list":
            sheet, _, area = rule.formula1.replace("'", "").replace("$", "").partition("!")
            offered[str(rule.sqref)[0]] = [cell.value for line in book[sheet][area] for cell in line]
    assert "diesel.stationary" in offered["A"]
    assert offered["E"][:2] == ["l", "m3"]
    assert "km" not in offered["E"]
    assert offered["F"] == ["mill"]


def test_the_command_writes_a_new_file_and_overwrites_none(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "entry.xlsx"
    assert run(capsys, "template", out, "--json").code == 0
    assert run(capsys, "template", out).code == 2
    assert run(capsys, "template", tmp_path / "entry.ods").code == 2
    assert run(capsys, "template", tmp_path / "b.xlsx", "--source", "s").code == 2
    shutil.rmtree(tmp_path)


def test_the_vocabulary_offered_is_that_of_the_checks() -> None:
    for column in ("data_quality", "data_origin", "read_status", "measurement_point", "hosting"):
        text = (PACKAGE / "checks" / f"vocabulary_{column}.sql").read_text(encoding="utf-8")
        words = text.split("one of the words of the column: ")[1].split("\n")[0].split(", ")
        with (PACKAGE / "entry" / "choices.csv").open(encoding="utf-8") as stream:
            assert [row["value"] for row in csv.DictReader(stream) if row["column"] == column] == [
                word for word in words if word != "not_stated"
            ]
