"""ghg factors import: the shipped sets come out of the originals byte for byte, a changed file or set is refused by its cell or value."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from command import run
from odd_files import bomb, entities, workbook
from test_import_desnz import _put, _twin

from reporting.importers import publishers as listing
from reporting.resources import folder

FACTORS = folder("factors")
ORIGINALS = {
    "desnz_2024": ("desnz", "desnz/ghg-conversion-factors-2024-full_set_advanced_v1_1.xlsx"),
    "desnz_2025": ("desnz", "desnz/ghg-conversion-factors-2025-full-set.xlsx"),
    "desnz_2026": ("desnz", "desnz/ghg-conversion-factors-2026-full-set.xlsx"),
    "epa_hub_2024": ("epa_hub", "epa_hub/ghg-emission-factors-hub-2024.xlsx"),
    "epa_hub_2025": ("epa_hub", "epa_hub/ghg-emission-factors-hub-2025.xlsx"),
    "epa_supply_chain_1.3": ("epa_supply_chain", "epa_supplychain/SupplyChainGHGEmissionFactors_v1.3.0_NAICS_byGHG_USD2022.csv"),
    "google_regions_2024": ("google_regions", "gcp"),
    "owid_ember_2026": ("owid_ember", "owid/carbon-intensity-electricity.csv"),
}
HUB = "epa_hub/ghg-emission-factors-hub-2025.xlsx"


@pytest.fixture(scope="module")
def originals(shared: Path) -> Path:
    return shared / "factors" / "originals"


@pytest.fixture
def twin(tmp_path: Path) -> Path:
    """A small workbook of our own with the sheets and headings of the DESNZ full set."""
    path = tmp_path / "twin.xlsx"
    _twin().save(path)
    return path


def same(shipped: Path, again: Path) -> bool:
    return all((shipped / name).read_bytes() == (again / name).read_bytes() for name in ("set.yaml", "factors.csv"))


def tree(path: Path) -> dict[str, bytes]:
    return {file.relative_to(path).as_posix(): file.read_bytes() for file in sorted(path.rglob("*")) if file.is_file()}


# --- the shipped sets ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("set_id", ORIGINALS)
def test_the_original_gives_the_shipped_set(set_id: str, originals: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    publisher, name = ORIGINALS[set_id]
    ran = run(capsys, "factors", "import", publisher, originals / name, "--out", tmp_path, "--json")
    assert (ran.code, ran.err) == (0, "")
    sets = [found["set_id"] for found in json.loads(ran.out)["sets"]]
    assert sets == sorted(path.name for path in tmp_path.iterdir())
    assert set_id in sets
    assert all(same(FACTORS / name, tmp_path / name) for name in sets)


def test_gases_and_blends_come_from_two_files(originals: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    gases = originals / "gwp" / "globalwarmingpotentials.csv"
    assert run(capsys, "factors", "import", "ipcc_gwp", gases, "--out", tmp_path).code == 2
    assert run(capsys, "factors", "import", "ipcc_gwp", gases, "--with", originals / HUB, "--out", tmp_path).code == 0
    assert same(FACTORS / "ipcc_gases_ar6", tmp_path / "ipcc_gases_ar6")
    for name in ("gwp.csv", "gwp_blends.csv"):
        assert (tmp_path / "ipcc_gases_ar6" / name).read_bytes() == (FACTORS / name).read_bytes()


def test_totals_without_gases_are_refused(originals: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    totals = originals / "epa_supplychain" / "SupplyChainGHGEmissionFactors_v1.3.0_NAICS_CO2e_USD2022.csv"
    options = ("--edition", "v1.3.0", "--retrieved", "2026-11-25", "--out", tmp_path / "out")
    ran = run(capsys, "factors", "import", "epa_supply_chain", totals, *options)
    assert (ran.code, "row 2, columns GHG and Unit: expected a known gas" in ran.err, (tmp_path / "out").exists()) == (3, True, False)


def test_importing_again_changes_nothing(twin: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first = run(capsys, "factors", "import", "desnz", twin, "--out", tmp_path / "out", "--json")
    before = tree(tmp_path / "out")
    again = run(capsys, "factors", "import", "desnz", twin, "--out", tmp_path / "out", "--json")
    assert [json.loads(ran.out)["sets"][0]["status"] for ran in (first, again)] == ["written", "unchanged"]
    assert before == tree(tmp_path / "out")
    assert sorted(before) == ["desnz_2026/factors.csv", "desnz_2026/set.yaml"]


def test_place_time_zone_and_hash_seed_change_no_byte(twin: Path, tmp_path: Path) -> None:
    for number, (zone, language) in enumerate([("UTC", "C"), ("Pacific/Kiritimati", "de_DE.UTF-8")]):
        surroundings = {**os.environ, "TZ": zone, "LC_ALL": language, "PYTHONHASHSEED": str(number + 1)}
        command = [sys.executable, "-m", "reporting.cli", "factors", "import", "desnz", str(twin), "--out", str(tmp_path / str(number))]
        subprocess.run(command, env=surroundings, check=True, capture_output=True, cwd=FACTORS.parent)  # noqa: S603 - our own command
    assert tree(tmp_path / "0") == tree(tmp_path / "1") != {}


# --- editions -----------------------------------------------------------------------------------------------------------


def test_a_released_set_is_never_edited(twin: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out"
    assert run(capsys, "factors", "import", "desnz", twin, "--out", out).code == 0
    kept = out / "desnz_2026" / "factors.csv"
    kept.write_text(kept.read_text(encoding="utf-8").replace(",1.7,kg_co2e", ",1.8,kg_co2e"), encoding="utf-8")
    before = tree(out)
    ran = run(capsys, "factors", "import", "desnz", twin, "--out", out)
    assert (ran.code, before) == (3, tree(out))
    assert 'desnz.2026.fuels.gaseous.butane.litres CO2 value is "1.8" here and "1.7" now' in ran.err
    assert "a released edition is never edited" in ran.err


def test_another_file_of_the_same_edition_is_refused_by_its_digest(twin: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "factors", "import", "desnz", twin, "--out", tmp_path / "out").code == 0
    book = _twin()
    book["Fuels"]["A30"] = "A note that was added"
    book.save(twin)
    ran = run(capsys, "factors", "import", "desnz", twin, "--out", tmp_path / "out")
    assert ran.code == 3
    assert 'set.yaml: sha256 is "' in ran.err


def new_year(path: Path) -> None:
    """Make the twin one of an edition that desnz_editions.csv does not list."""
    book = openpyxl.load_workbook(path)
    for sheet in book:
        place = "D6" if sheet.title == "Introduction" else "F6"
        sheet[place] = 2031
    book.save(path)


def test_a_year_of_the_same_layout_needs_the_day_of_retrieval(twin: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    new_year(twin)
    refused = run(capsys, "factors", "import", "desnz", twin, "--out", tmp_path / "out")
    assert (refused.code, (tmp_path / "out").exists()) == (3, False)
    assert 'sheet "Introduction", cell D6' in refused.err
    assert "--retrieved" in refused.err
    wrong = run(capsys, "factors", "import", "desnz", twin, "--retrieved", "2031-06-20", "--edition", "2030 v1", "--out", tmp_path / "out")
    assert (wrong.code, "not what the file says" in wrong.err) == (2, True)
    assert run(capsys, "factors", "import", "desnz", twin, "--retrieved", "2031-06-20", "--out", tmp_path / "out").code == 0
    head = (tmp_path / "out" / "desnz_2031" / "set.yaml").read_text(encoding="utf-8")
    for line in ("edition: 2031 v1", "retrieved: 2031-06-20", "usable_until: 2033-12-31", "supersedes: desnz_2030"):
        assert line in head


def test_a_file_without_its_edition_needs_it_stated(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "carbon-intensity-electricity.csv"
    path.write_text("Entity,Code,Year,Carbon intensity of electricity per kWh\nFrance,FRA,2026,41.5\n", encoding="utf-8")
    ran = run(capsys, "factors", "import", "owid_ember", path, "--out", tmp_path / "out")
    assert (ran.code, "fix: add --edition and --retrieved" in ran.err) == (2, True)
    options = ("--edition", "Vintage of May 2027", "--retrieved", "2027-06-01")
    assert run(capsys, "factors", "import", "owid_ember", path, *options, "--out", tmp_path / "out").code == 0
    assert "owid-ember.2027.FR.2026," in (tmp_path / "out" / "owid_ember_2027" / "factors.csv").read_text(encoding="utf-8")


def test_the_sets_of_an_installed_product_are_left_alone(
    twin: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    installed = Path(listing.__file__).parents[1] / "_data" / "factors"
    monkeypatch.setattr(listing, "product_folder", lambda _: installed)
    ran = run(capsys, "factors", "import", "desnz", twin, "--out", installed / "more")
    assert (ran.code, "lies in the installed product" in ran.err, installed.exists()) == (2, True, False)


def test_two_sets_of_a_file_are_written_together_or_not_at_all(originals: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "out" / "epa_hub_2025_waste").mkdir(parents=True)
    shutil.copy(FACTORS / "epa_hub_2024_waste" / "factors.csv", tmp_path / "out" / "epa_hub_2025_waste")
    before = tree(tmp_path)
    ran = run(capsys, "factors", "import", "epa_hub", originals / HUB, "--out", tmp_path / "out")
    assert (ran.code, tree(tmp_path)) == (3, before)
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["epa_hub_2025_waste"]


# --- layouts ------------------------------------------------------------------------------------------------------------


def no_values(book: openpyxl.Workbook) -> None:
    """Fill a heading row with names up to the sheet's last column."""
    for column, words in enumerate(("Activity", "Type", "Class", "Size", "Haul", "Unit"), start=1):
        book["Passenger vehicles"].cell(11, column, words)


SURPRISES: dict[str, tuple[Callable[[openpyxl.Workbook], object], str, str]] = {
    "moved header": (lambda book: book["Fuels"].move_range("B10:G10", rows=1), "Fuels", "G10"),
    "renamed sheet": (lambda book: setattr(book["Bioenergy"], "title", "Bio energy"), "Bio energy", "A1"),
    "inserted column": (lambda book: book["Fuels"].insert_cols(5), "Fuels", "E6"),
    "text in a value cell": (_put("Fuels", "E11", "n/a"), "Fuels", "E11"),
    "formula in a value cell": (_put("Fuels", "F11", "=0.01+0.02"), "Fuels", "F11"),
    "sheet that ends early": (lambda book: book["Introduction"].delete_rows(6), "Introduction", "A6"),
    "unit as the last column": (no_values, "Passenger vehicles", "F11"),
    "a year that is none": (_put("Introduction", "D6", 2026.5), "Fuels", "F6"),
}


@pytest.mark.parametrize("fault", SURPRISES)
def test_a_changed_layout_is_one_line_with_sheet_and_cell(
    fault: str, twin: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change, sheet, cell = SURPRISES[fault]
    book = _twin()
    change(book)
    book.save(twin)
    ran = run(capsys, "factors", "import", "desnz", twin, "--out", tmp_path / "out")
    assert ran.code == 3
    assert f'ghg: {twin}: sheet "{sheet}", cell {cell}: expected ' in ran.err
    assert ran.err.count("\n") == 1
    assert not (tmp_path / "out").exists()


LINES: list[list[object]] = [["Activity", "Fuel"], ["a", 1]]
HOSTILE: dict[str, tuple[str, bytes, str]] = {
    "no workbook": ("a.xlsx", b"PK but no workbook", "is not a readable XLSX workbook"),
    "archive without a workbook": ("a.xlsx", b"PK\x05\x06" + b"\0" * 18, "is not a readable XLSX workbook"),
    "bomb": ("a.xlsx", bomb(LINES), "unpacks to"),
    "entities": ("a.xlsx", entities(LINES), "declares XML entities"),
    "another workbook": ("a.xlsx", workbook({"Data": LINES}), 'sheet "Data", cell A1'),
    "empty": ("a.xlsx", b"", "is empty"),
    "another kind": ("a.csv", b"a,b\n1,2\n", 'ends in ".csv" where .xlsx is read'),
}


@pytest.mark.parametrize("fault", HOSTILE)
def test_a_hostile_file_is_one_line(fault: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    name, content, message = HOSTILE[fault]
    (tmp_path / name).write_bytes(content)
    ran = run(capsys, "factors", "import", "desnz", tmp_path / name, "--out", tmp_path / "out")
    assert (ran.code, ran.err.count("\n"), (tmp_path / "out").exists()) == (3, 1, False)
    assert message in ran.err
    assert "fix: " in ran.err


HOSTILE_TEXT = {
    "not UTF-8": (b"Entity,Code,Year,Carbon intensity of electricity per kWh\nC\xf4te,CIV,2026,1\n", "is not utf-8 text"),
    "NUL bytes": (b"Entity,Code\0", "holds NUL bytes"),
    "text for a value": (b"Entity,Code,Year,Carbon intensity of electricity per kWh\nFrance,FRA,2026,NaN\n", "row 2, column Carbon"),
    "another column": (b"Entity,Code,Year,x\n", "row 1, column 4"),
    "a column more": (b"Entity,Code,Year,Carbon intensity of electricity per kWh,x\n", "row 1, column 5"),
    "a cell less": (b"Entity,Code,Year,Carbon intensity of electricity per kWh\nFrance,FRA\n", "row 2: expected 4 cells, found 2"),
    "a year that is none": (b"Entity,Code,Year,Carbon intensity of electricity per kWh\nFrance,FRA,20x,1\n", "row 2, column Year"),
    "a row twice": (b"Entity,Code,Year,Carbon intensity of electricity per kWh\nFrance,FRA,2026,1\nFrance,FRA,2026,2\n", "occurs twice"),
    "a line end and an escape in a heading": (b'Entity,"Co\n\x1b[2Jde",Year,x\n', 'found "Co\\n\\x1b[2Jde"'),
    "an open quote": (b'Entity,Code,Year,Carbon intensity of electricity per kWh\n"France,FRA,2026,1\n', "unexpected end of data"),
}


@pytest.mark.parametrize("fault", HOSTILE_TEXT)
def test_a_hostile_table_is_one_line(fault: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    content, message = HOSTILE_TEXT[fault]
    (tmp_path / "owid.csv").write_bytes(content)
    options = ("--edition", "May 2027", "--retrieved", "2027-06-01", "--out", tmp_path / "out")
    ran = run(capsys, "factors", "import", "owid_ember", tmp_path / "owid.csv", *options)
    assert (ran.code, ran.err.count("\n"), (tmp_path / "out").exists()) == (3, 1, False)
    assert message in ran.err


# --- the command --------------------------------------------------------------------------------------------------------


def test_every_publisher_is_listed_with_its_file(capsys: pytest.CaptureFixture[str]) -> None:
    ran = run(capsys, "factors", "import", "--list", "--json")
    listed = {entry["name"]: entry for entry in json.loads(ran.out)["publishers"]}
    assert {"desnz", "epa_hub", "epa_supply_chain", "owid_ember", "ipcc_gwp"} <= set(listed)
    assert "epa_hub_waste" not in listed
    assert all(entry["layout"] and entry["endings"] for entry in listed.values())
    text = run(capsys, "factors", "import", "--list").out
    assert all(f"{name}  (" in text for name in listed)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("dezns", "twin.xlsx"), 'unknown publisher "dezns". did you mean desnz?'),
        (("epa_hub_waste", "twin.xlsx"), "did you mean epa_hub"),
        (("desnz",), "publisher and FILE are needed"),
        (("desnz", "twin.xlsx", "--region", "GB"), "desnz takes no --region"),
        (("desnz", "twin.xlsx", "--retrieved", "yesterday"), '"yesterday" is no date'),
    ],
)
def test_misuse_is_told(
    arguments: tuple[str, ...], message: str, twin: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(twin.parent)
    ran = run(capsys, "factors", "import", *arguments)
    assert (ran.code, message in ran.err) == (2, True), ran.err


def test_missing_files_and_folders_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "not found" in run(capsys, "factors", "import", "desnz", tmp_path / "none.xlsx").err
    assert "is a folder" in run(capsys, "factors", "import", "desnz", tmp_path).err


def test_the_set_folder_is_made_where_one_stands(twin: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(twin.parent)
    assert run(capsys, "factors", "import", "desnz", twin.name).out.startswith("desnz_2026: written, 5 factors, 9 values.")
    assert (twin.parent / "desnz_2026" / "set.yaml").is_file()
