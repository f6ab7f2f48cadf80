"""The workbook: live formulas that hold and give the engine's values, text that stays text, same bytes for same inputs."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree as ET

import inventories
import libreoffice
import pytest
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from reporting import pipeline
from reporting.cells import column_letters
from reporting.render import workbook_sheet
from reporting.render.shapes import DisclosureView, Figure
from reporting.render.view import make_view
from reporting.render.workbook import make_workbook
from reporting.render.workbook_annexes import kept_style, sheet_name
from reporting.render.workbook_bytes import workbook_bytes
from reporting.render.workbook_cells import WorkbookLimitError, cell_xml, is_exact, text_xml
from reporting.render.workbook_formula import Criterion, Lines, Months, added
from reporting.render.workbook_sheet import Book, Column, line_count
from reporting.render.workbook_xml import canonical
from reporting.setting import write_settings
from reporting.statement import statements

PERIOD, BEFORE = "2026-Q3", "2026-Q2"
HOSTILE = ("=cmd|'/c calc'!A0", "+1", "@SUM(1)", "-2+3", "#N/A", "bell\a _x0041_ <b>&", " two spaces ")
ENTITIES = ("acme", "ACME", "1", "01", "1E2", "DEC-1")
SITES = {"mill": "acme", "MILL": "ACME", "1": "1", "01": "01", "1E0": "1E2", "MAR-1": "DEC-1"}
FACTORS = (
    *(row for row in inventories.FACTORS if row["factor_id"] != "diesel"),
    inventories.factor("diesel", "diesel.stationary", "2.6180000123456", "l", gas="CO2", value_as="kg_gas"),
    inventories.factor("diesel", "diesel.stationary", "0.00012345678901", "l", gas="CH4_fossil", value_as="kg_gas"),
    inventories.factor("diesel", "diesel.stationary", "0.00002", "l", gas="N2O", value_as="kg_gas"),
    inventories.factor("diesel", "diesel.stationary", "0.125", "l", gas="CO2", value_as="kg_gas", is_biogenic="true"),
    inventories.factor("gas", "natural_gas.stationary", "2", "m3", valid_from="2025-01-01", valid_to="2026-01-01"),
)
NUMBER = re.compile(r"-?\d+(\.\d+)?")


def activity_lines() -> list[str]:
    """Rows of two quarters at every site: awkward quantities, a memo-like small one, hostile evidence."""
    lines = []
    for number, site in enumerate(SITES):
        note = HOSTILE[number % len(HOSTILE)].replace('"', '""')
        for starts, ends in (("2026-04-03", "2026-06-29"), ("2026-07-01", "2026-09-30")):
            lines.append(f'diesel.stationary,{starts},{ends},{1234.567 * (number + 1):.7f},l,{site},"{note}",sys')
            lines.append(f'electricity.purchased,{starts},{ends},{98765.4321 + number:.4f},kWh,{site},"{note}",')
            lines.append(f'natural_gas.stationary,{starts},{ends},0.0000{number + 1},m3,{site},"{note}",')
    return [*lines, f'diesel.stationary,2026-07-01,2026-07-31,7,l,mill,"{HOSTILE[-1]}",sys']


def write_inventory(folder: Path, *extra: str) -> Path:
    """Write an inventory with names that spreadsheets mistake for numbers, dates and patterns."""
    entities = [{**inventories.INVENTORY["entities"][0], "id": name, "name": f"Entity {name}"} for name in ENTITIES]
    sites = [{"id": site, "name": f"Site {site}", "entity": entity, "country": "CA", "region": "CA"} for site, entity in SITES.items()]
    header = inventories.HEADER + ",evidence,system"
    return inventories.write(
        folder,
        {"activity/s.csv": inventories.table(*activity_lines(), *extra, header=header)},
        FACTORS,
        entities=entities,
        sites=sites,
        periods=[BEFORE, PERIOD],
        systems=[
            {"id": "sys", "name": "System", "boundary": "all of it", "functional_unit": "unit", "quantity": {BEFORE: "10", PERIOD: "8"}}
        ],
        frameworks=[{"id": name, "view": "control"} for name in ("ghg_protocol", "iso_14064_1_2018", "esrs_e1_set1", "sci")],
        inputs={"net_revenue": {BEFORE: {"value": "3", "unit": "million EUR", "source": "=1+1"}}},
    )


def made(result: pipeline.Result) -> tuple[DisclosureView, bytes]:
    """The view and the workbook of a computed inventory."""
    write_settings(result, PERIOD, "0" * 64)
    view = make_view(result.connection, period=PERIOD, findings=result.findings, statements=statements(result.connection, PERIOD))
    return view, make_workbook(result.connection, view, result.findings)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[DisclosureView, Path]:
    folder = write_inventory(tmp_path_factory.mktemp("inventory"))
    view, data = made(inventories.compute(folder))
    path = folder / "disclosure.xlsx"
    path.write_bytes(data)
    return view, path


def sheets(path: Path) -> dict[str, str]:
    """The XML of every sheet by part name."""
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist() if name.startswith("xl/worksheets/sheet")}


def formula_cells(path: Path) -> Iterator[tuple[str, str, str]]:
    """Sheet, cell and formula of every formula."""
    names = CalamineWorkbook.from_path(str(path)).sheet_names
    texts = sheets(path)
    for number, name in enumerate(names, start=1):
        for cell, formula in re.findall(r'<c r="([A-Z]+\d+)"[^>]*><f>([^<]*)</f>', texts[f"xl/worksheets/sheet{number}.xml"]):
            yield name, cell, formula


def values(path: Path) -> dict[str, dict[str, object]]:
    """The values that the file holds, by sheet and cell."""
    book = CalamineWorkbook.from_path(str(path))
    return {
        name: {
            f"{column_letters(column)}{row}": value
            for row, line in enumerate(book.get_sheet_by_name(name).to_python(skip_empty_area=False), start=1)
            for column, value in enumerate(line, start=1)
        }
        for name in book.sheet_names
    }


def differences(cached: Path, recalculated: Path) -> list[tuple[str, str, object, object]]:
    """Formula cells whose recalculated value is not the cached one within 1e-9 relative (1e-12 absolute: the ledger's last decimal)."""
    before, after = values(cached), values(recalculated)
    compared = [(sheet, cell, before[sheet].get(cell), after[sheet].get(cell)) for sheet, cell, _ in formula_cells(cached)]
    assert compared
    return [found for found in compared if not agree(found[2], found[3])]


def agree(one: object, other: object) -> bool:
    if not isinstance(one, int | float) or not isinstance(other, int | float):
        return False
    return abs(one - other) <= max(1e-9 * abs(one), 2e-12)


def figure_rows(view: DisclosureView, path: Path) -> Iterator[tuple[Figure, dict[str, object]]]:
    """Every figure with its row on its framework's sheet, by column title."""
    held = values(path)
    for framework in view.frameworks:
        cells = held[framework.framework]
        titles = {
            cell.rstrip("0123456789"): str(text)
            for cell, text in cells.items()
            if cell.endswith("1") and cell.rstrip("0123456789") + "1" == cell
        }
        ids = {cells[cell]: int(re.sub(r"\D", "", cell)) for cell in cells if titles[cell.rstrip("0123456789")] == "Figure id"}
        for figure in framework.figures:
            row = ids[figure.figure_id]
            yield figure, {title: cells[f"{letters}{row}"] for letters, title in titles.items()}


def test_every_formula_holds_a_value(built: tuple[DisclosureView, Path]) -> None:
    formulas = 0
    for text in sheets(built[1]).values():
        held = re.findall(r"</f>(.*?)</c>", text)
        formulas += len(held)
        assert all(NUMBER.fullmatch(re.sub(r"</?v>", "", value)) for value in held)
        assert text.count("<f>") == len(held)
    assert formulas > 300


def test_figures_hold_the_value_of_the_engine(built: tuple[DisclosureView, Path]) -> None:
    view, path = built
    stated = 0
    for figure, row in figure_rows(view, path):
        live = row["Q3 2026, live"]
        if figure.value is None:
            assert live == figure.status.replace("_", " ")
            continue
        stated += 1
        assert agree(live, float(figure.value)), figure.figure_id
        assert round(Decimal(str(row["As stated"])), figure.decimals) == figure.stated
        assert row["Check"] == 0
    assert stated > 40


def test_every_sum_and_ratio_with_a_value_is_a_formula(built: tuple[DisclosureView, Path]) -> None:
    view, path = built
    formulas = {(sheet, cell) for sheet, cell, _ in formula_cells(path)}
    for framework in view.frameworks:
        sheet = load_workbook(path)[framework.framework]
        for row in sheet.iter_rows(min_row=2):
            live, figure_id = row[1], row[16].value
            figure = next((figure for figure in framework.figures if figure.figure_id == figure_id), None)
            if figure and figure.value is not None and figure.kind != "input":
                assert (framework.framework, live.coordinate) in formulas, figure_id


def test_no_text_of_others_is_a_formula(built: tuple[DisclosureView, Path]) -> None:
    book = load_workbook(built[1])
    planted = dict.fromkeys(HOSTILE, False)
    for row in book["Activities"].iter_rows(min_row=2):
        for cell in row:
            for text in HOSTILE[:4]:
                if cell.value == text:
                    assert (cell.data_type, bool(cell.quotePrefix)) == ("s", True)
                    planted[text] = True
            planted[HOSTILE[4]] |= cell.value == "#N/A" and cell.data_type == "s"
    assert all(planted[text] for text in HOSTILE[:5])
    assert not [formula for _, _, formula in formula_cells(built[1]) if "cmd" in formula]


def test_control_characters_and_escapes_of_the_format_stay_visible() -> None:
    assert text_xml("bell\a _x0041_ <b>&\r\ufffe") == "bell\u2407 _x005F_x0041_ &lt;b&gt;&amp;_x000D_\ufffd"


def test_parts_have_one_form_whatever_prefixes_are_registered(monkeypatch: pytest.MonkeyPatch) -> None:
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    other = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    one = f'<sheet {space}><a z="1" b="&lt;"/><c xmlns:q="{other}" q:id="x"> t </c></sheet>'.encode()
    spaces = f'{space.replace("xmlns", "xmlns:k")} xmlns:r="{other}"'
    two = f'<k:sheet {spaces}><k:a b="&lt;" z="1"></k:a><k:c r:id="x"> t </k:c></k:sheet>'.encode()
    expected = canonical(one)
    assert expected.endswith(b'<a b="&lt;" z="1"/><c r:id="x"> t </c></sheet>')
    monkeypatch.setitem(ET._namespace_map, "urn:other", "")  # type: ignore[attr-defined]
    assert canonical(one) == canonical(two) == expected


def test_withheld_figures_show_the_word_and_the_reason(tmp_path: Path) -> None:
    folder = write_inventory(tmp_path, "diesel.stationary,2026-07-01,2026-07-31,12x,l,mill,e,")
    view, data = made(inventories.compute(folder))
    path = tmp_path / "withheld.xlsx"
    path.write_bytes(data)
    rows = {figure.figure_id: row for figure, row in figure_rows(view, path)}
    row = rows["ghg_protocol/scope1"]
    assert (row["Q3 2026, live"], row["As stated"], row["Check"]) == ("withheld", "withheld", "")
    assert row["Why"]
    assert isinstance(rows["ghg_protocol/scope2_location"]["Q2 2026, live"], float)
    held = values(path)
    assert "Findings" in held
    summary = {cell: text for cell, text in held["Summary"].items() if text}
    assert "INCOMPLETE: at least one mandatory figure is withheld" in summary.values()
    [told] = [int(cell[1:]) for cell, text in summary.items() if text == "Scope 1 emissions (ghg_protocol/scope1)"]
    assert summary[f"B{told}"] == row["Why"]
    assert re.search(rf'<row r="{told}" ht="15"', sheets(path)["xl/worksheets/sheet2.xml"]), (
        "one line, as the reason runs over seven columns"
    )


def test_rows_in_are_accounted_for(built: tuple[DisclosureView, Path]) -> None:
    cells = values(built[1])["Sources"]
    assert cells["D2"] == len(activity_lines())
    assert cells["H2"] == cells["H3"] == 0


def test_exact_decimals_stand_as_text_where_fifteen_digits_do_not_suffice(built: tuple[DisclosureView, Path]) -> None:
    texts = [
        str(value) for value in values(built[1])["Ledger"].values() if str(value).startswith(("kg_", "quantity", "factor", "activity"))
    ]
    assert any(re.search(r"kg_co2e \d+\.\d{12}", text) for text in texts)
    assert is_exact(Decimal("0.000000000012"))
    assert not is_exact(Decimal("1234567890.123456"))


def test_names_that_a_spreadsheet_mistakes_are_compared_exactly() -> None:
    sheet = Book().sheet("Ledger", [Column("month", "Month", 9), Column("entity", "Entity", 9), Column("kg_co2e", "kg", 9)])
    names = {"entity": {"acme", "ACME", "Beta", "1", "MAR-1", "*"}}

    def formula(name: str) -> str:
        return added(Lines(sheet, 2, 9, names), "kg_co2e", (Criterion("entity", (name,)),), Months("$A$1", "$B$1"))

    assert formula("Beta").startswith("SUMIFS(")
    assert all("EXACT" in formula(name) for name in ("acme", "1", "MAR-1", "*"))


def test_what_a_workbook_cannot_hold_is_refused_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(WorkbookLimitError, match=r"Ledger!B7: a text of 32,768 characters"):
        cell_xml("Ledger", "B7", 0, "x" * 32_768)
    with pytest.raises(WorkbookLimitError, match="32,768"):
        cell_xml("Ledger", "B7", 0, "\U0001f30d" * 16_384)
    assert cell_xml("Ledger", "B7", 0, "x" * 32_767)
    with pytest.raises(WorkbookLimitError, match="cannot name a sheet"):
        Book().sheet("x" * 32, [])
    monkeypatch.setattr(workbook_sheet, "MAX_ROWS", 2)
    sheet = Book().sheet("Ledger", [Column("a", "A", 9)])
    sheet.row([1])
    with pytest.raises(WorkbookLimitError, match="more than 2 rows"):
        sheet.row([2])


def test_same_inputs_same_bytes_in_other_processes(tmp_path: Path) -> None:
    script = "import sys, test_workbook as t; from pathlib import Path; print(t.digest_of(Path(sys.argv[1])))"
    surroundings = (
        {"PYTHONHASHSEED": "1", "TZ": "Asia/Tokyo", "LANG": "de_DE.UTF-8", "OPENPYXL_LXML": "True"},
        {"PYTHONHASHSEED": "2", "TZ": "America/Lima", "LANG": "C", "OPENPYXL_LXML": "False"},
    )
    here = Path(__file__).parent
    digests = set()
    for number, given in enumerate(surroundings):
        folder = tmp_path / str(number)
        path = os.pathsep.join((str(here), str(here.parent)))
        environment = os.environ | given | {"PYTHONPATH": path, "SOURCE_DATE_EPOCH": "1790000000"}
        done = subprocess.run([sys.executable, "-c", script, str(folder)], env=environment, capture_output=True, text=True, check=True)  # noqa: S603
        digests.add(done.stdout.strip())
    assert len(digests) == 1
    assert re.fullmatch("[0-9a-f]{64}", digests.pop())


def digest_of(folder: Path) -> str:
    """SHA-256 of the workbook of the inventory of this file, written into a new folder."""
    folder.mkdir()
    return hashlib.sha256(made(inventories.compute(write_inventory(folder)))[1]).hexdigest()


def test_the_date_of_the_file_is_the_source_date_epoch(built: tuple[DisclosureView, Path]) -> None:
    with zipfile.ZipFile(built[1]) as archive:
        core = archive.read("docProps/core.xml").decode()
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert set(re.findall(r"W3CDTF\">([^<]*)<", core)) == {"1970-01-01T00:00:00Z"}


def column_widths(text: str) -> dict[str, float]:
    """The width of every column of a sheet, in characters."""
    return {
        column_letters(place): float(width)
        for high, low, width in re.findall(r'<col customWidth="1" max="(\d+)" min="(\d+)" width="([\d.]+)"/>', text)
        for place in range(int(low), int(high) + 1)
    }


def too_narrow(path: Path) -> list[tuple[str, str, str]]:
    """Cells whose number, as its format writes it, is wider than its column, so that a program shows ### in its place."""
    names = CalamineWorkbook.from_path(str(path)).sheet_names
    with zipfile.ZipFile(path) as archive:
        styles = ET.fromstring(archive.read("xl/styles.xml"))  # noqa: S314 - our own file
    space = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
    codes = {form.get("numFmtId"): str(form.get("formatCode")) for form in styles.iterfind("m:numFmts/m:numFmt", space)} | {
        "3": "#,##0",
        "4": "#,##0.00",
    }
    formats = [codes.get(form.get("numFmtId"), "") for form in styles.iterfind("m:cellXfs/m:xf", space)]
    found, texts = [], sheets(path)
    for number, name in enumerate(names, start=1):
        text = texts[f"xl/worksheets/sheet{number}.xml"]
        widths = column_widths(text)
        assert widths
        for letters, row, style, value in re.findall(r'<c r="([A-Z]+)(\d+)" s="(\d+)"[^>]*>(?:<f>[^<]*</f>)?<v>(-?[\d.eE+-]+)</v>', text):
            code = formats[int(style)]
            if code.startswith("#,##0"):
                shown = f"{Decimal(value):,.{len(code.partition('.')[2])}f}"
                if len(shown) + 2 > widths[letters]:
                    found.append((name, letters + row, shown))
    return found


def test_every_number_fits_its_column(built: tuple[DisclosureView, Path], tmp_path: Path) -> None:
    assert (too_narrow(built[1]), broken_headings(built[1])) == ([], [])
    narrow = tmp_path / "narrow.xlsx"
    book = Book()
    book.sheet("s", (Column("a", "A", 12, "number 12"),)).row([Decimal("0.909027374411")])
    narrow.write_bytes(workbook_bytes(book, 0))
    assert too_narrow(narrow) == [("s", "A2", "0.909027374411")]


def broken_headings(path: Path) -> list[str]:
    """Headings of the tables of lines with a word that is longer than its column is wide; headings are set in eight points."""
    held, texts = values(path), sheets(path)
    found = []
    for number, name in enumerate(held, start=1):
        if name in {"Ledger", "Activities", "Energy mix", "Factors", "Sources", "Exclusions", "Findings"}:
            widths = column_widths(texts[f"xl/worksheets/sheet{number}.xml"])
            titles = {letters: str(held[name].get(f"{letters}1", "")) for letters in widths}
            found += [title for letters, title in titles.items() if max(map(len, title.split()), default=0) > widths[letters] * 10 / 8]
    return found


def test_the_first_sheet_leads_to_every_other(built: tuple[DisclosureView, Path]) -> None:
    names = CalamineWorkbook.from_path(str(built[1])).sheet_names
    first = sheets(built[1])["xl/worksheets/sheet1.xml"]
    targets = [target.partition("'!")[0][1:] for target in re.findall(r'location="([^"]*)"', first)]
    assert [target.replace("&apos;", "'") for target in targets] == names[1:]
    assert names[0] == "Read me"
    held = values(built[1])["Read me"]
    told = {held[cell]: held.get(f"B{cell[1:]}") for cell in held if cell.startswith("A") and held[cell] in names}
    assert [name for name in names[1:] if not told[name]] == []


def test_a_statement_says_what_it_shows(built: tuple[DisclosureView, Path]) -> None:
    held = values(built[1])
    for shown in built[0].statements:
        cells = held[sheet_name(shown.statement.title)]
        assert (cells["A1"], cells["A2"]) == (shown.statement.title, shown.statement.lead)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Carbon credits", "Carbon credits"),
        ("The same totals in every framework", "The same totals"),
        ("Vendors' statements beside our own figures", "Vendors\u2019 statements"),
        ("Purchase ledgers: from their total to what is counted", "Purchase ledgers"),
        ("Differences between what counts and what else is known", "Differences between what counts"),
        ("x" * 40, "x" * 31),
    ],
)
def test_the_name_of_a_sheet_ends_after_a_word(title: str, name: str) -> None:
    assert sheet_name(title) == name


@pytest.mark.parametrize(
    ("text", "lines"),
    [("", 1), ("ten chars.", 1), ("ten chars. and", 2), ("aaaaaa bbbbbb cccccc", 3), ("a\nb", 2), ("x" * 25, 3), ("aa " + "x" * 25, 4)],
)
def test_text_is_broken_between_words(text: str, lines: int) -> None:
    assert line_count(text, 10) == lines


@pytest.mark.parametrize(
    ("value", "style"),
    [(Decimal("0.000135"), "number 6"), (Decimal(0), "number 1"), (Decimal("12.34"), "number 1"), (Decimal("-0.04"), "number 4")],
)
def test_a_number_that_would_show_as_nothing_keeps_three_digits(value: Decimal, style: str) -> None:
    assert kept_style("number 1", value) == style


@pytest.mark.heavy("soffice")
def test_recalculated_values_are_the_cached_ones(built: tuple[DisclosureView, Path], tmp_path: Path) -> None:
    assert differences(built[1], libreoffice.recalculate(built[1], tmp_path)) == []


@pytest.mark.heavy("soffice")
def test_recalculation_finds_a_planted_fault(built: tuple[DisclosureView, Path], tmp_path: Path) -> None:
    faulty = tmp_path / "faulty.xlsx"
    with zipfile.ZipFile(built[1]) as good, zipfile.ZipFile(faulty, "w") as bad:
        for name in good.namelist():
            part = good.read(name)
            if name == "xl/worksheets/sheet3.xml":
                part, count = re.subn(rb"(</f><v>)[0-9.]+", rb"\g<1>999", part, count=1)
                assert count == 1
            bad.writestr(name, part)
    out = tmp_path / "out"
    out.mkdir()
    found = differences(faulty, libreoffice.recalculate(faulty, out))
    assert [(sheet, cached) for sheet, _, cached, _ in found] == [("ghg_protocol", 999)]


@pytest.mark.heavy("soffice")
def test_the_sample_recalculates(root: Path, tmp_path: Path) -> None:
    result = pipeline.compute(root / "samples" / "meridian")
    view, data = made(result)
    path = tmp_path / "sample.xlsx"
    path.write_bytes(data)
    stated = [figure for figure in view.figures if figure.value is not None]
    assert len(stated) > 50
    out = tmp_path / "out"
    out.mkdir()
    assert differences(path, libreoffice.recalculate(path, out)) == []
    assert (too_narrow(path), broken_headings(path)) == ([], [])


def test_rows_beyond_memory_are_kept_on_disk_and_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    def written(in_memory: int) -> tuple[bool, bytes]:
        monkeypatch.setattr(workbook_sheet, "IN_MEMORY", in_memory)
        monkeypatch.setattr(workbook_sheet, "PIECE", 64)
        sheet = workbook_sheet.Book().sheet("Lines", (workbook_sheet.Column("name", "Name", 10),))
        for number in range(20):
            sheet.row([f"row {number}"])
        return sheet._rows._rolled, b"".join(sheet.xml())  # type: ignore[attr-defined]

    (on_disk, some), (in_memory, all_rows) = written(100), written(1 << 20)
    assert (on_disk, in_memory) == (True, False)
    assert some == all_rows
    assert all_rows.count(b"<row ") == 21
