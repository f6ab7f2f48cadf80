"""The UK Government conversion factors: the shipped sets are what the publisher's workbooks say, and other layouts are refused."""

import csv
import random
from collections import defaultdict
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from python_calamine import CalamineWorkbook

from reporting.importers import desnz
from reporting.importers.desnz_data import tables, units
from reporting.importers.desnz_layout import read_lines
from reporting.importers.writer import FactorRow, LayoutChangedError

ROOT = Path(__file__).parents[1]
REFERENCE = ROOT.parent / "shared" / "reference" / "factors"
WORKBOOKS = {
    "2024": "ghg-conversion-factors-2024-full_set_advanced_v1_1.xlsx",
    "2025": "ghg-conversion-factors-2025-full-set.xlsx",
    "2026": "ghg-conversion-factors-2026-full-set.xlsx",
}
SEED = 20261123


def _original(year: str) -> Path:
    path = REFERENCE / "originals" / "desnz" / WORKBOOKS[year]
    if not path.exists():
        pytest.skip(f"the publisher's workbook {path.name} is not here: nothing to hold the shipped set desnz_{year} against")
    return path


def _shipped(year: str) -> list[dict[str, str]]:
    return _rows(ROOT / "factors" / f"desnz_{year}" / "factors.csv")


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


# --- against the publisher's workbooks ----------------------------------------------------------------------------------


@pytest.mark.parametrize("year", WORKBOOKS)
def test_import_again_gives_the_same_bytes(year: str, tmp_path: Path) -> None:
    desnz.import_file(_original(year), tmp_path / "set")
    for name in ("set.yaml", "factors.csv"):
        assert (tmp_path / "set" / name).read_bytes() == (ROOT / "factors" / f"desnz_{year}" / name).read_bytes(), name


@pytest.mark.parametrize("year", ["2025", "2026"])
def test_random_cells_read_by_another_reader_are_equal(year: str) -> None:
    sample = random.Random(SEED).sample(_shipped(year), 300)  # noqa: S311 - a sample, no secret
    stored = _cells_by_another_reader(_original(year), {row["citation"].rsplit(", ", 1)[0] for row in sample})
    for row in sample:
        assert Decimal(repr(stored[row["citation"]])) == Decimal(row["published_value"]), row["citation"]
        assert abs(Decimal(row["value"]) - Decimal(row["published_value"])) <= Decimal("5e-15"), row["citation"]


def _cells_by_another_reader(path: Path, sheets: set[str]) -> dict[str, object]:
    book = load_workbook(path, data_only=True, read_only=True)
    return {
        f"{sheet}, {cell.coordinate}": cell.value
        for sheet in sheets
        for row in book[sheet].iter_rows()
        for cell in row
        if cell.value is not None
    }


@pytest.mark.parametrize("year", WORKBOOKS)
def test_gases_explain_the_printed_totals(year: str) -> None:
    """Sum the shipped rows of a factor that is printed with its gases: it is the printed total, but for the printed rounding."""
    sums: dict[str, Decimal] = defaultdict(Decimal)
    factor_of_cell = {}
    for row in _shipped(year):
        factor_of_cell[row["citation"]] = row["factor_id"]
        if row["is_biogenic"] == "false":
            sums[row["factor_id"]] += Decimal(row["value"])
    totals = _printed_totals(year)
    assert len(totals) > 1200
    for cells, total in totals.items():
        assert abs(sums[factor_of_cell[cells[0]]] - total) <= desnz.PRINTED_ROUNDING * (1 + len(cells)), cells


def _printed_totals(year: str) -> dict[tuple[str, ...], Decimal]:
    """Return the printed total of every line that also prints gases, by the cells of its gases."""
    book = CalamineWorkbook.from_path(str(_original(year)))
    found = {}
    for sheet in book.sheet_names:
        if (sheet, "") in tables():
            continue
        for line in read_lines(sheet, book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)):
            totals = [printed.value for printed in line.printed if printed.heading == "kg CO2e"]
            gases = tuple(f"{sheet}, {printed.address}" for printed in line.printed if printed.heading != "kg CO2e")
            if totals and gases:
                found[gases] = totals[0]
    return found


@pytest.mark.parametrize("year", WORKBOOKS)
def test_every_value_extracted_once_before_is_there(year: str) -> None:
    """Hold the set against a table that was extracted from the same workbook independently: same cells, same values."""
    path = REFERENCE / f"desnz_{year}.csv"
    if not path.exists():
        pytest.skip(f"the independent extraction {path.name} is not here")
    shipped = {row["citation"]: Decimal(row["published_value"]) for row in _shipped(year)}
    cells = set()
    for row in _rows(path):
        places = [f"{row['source_table']}, {cell}" for cell in row["source_cell"].split(",")]
        cells.update(places)
        values = [shipped[place] for place in places if place in shipped]
        parts = [row[name] for name in ("kg_co2", "co2e_of_ch4", "co2e_of_n2o", "kg_co2_biogenic") if row[name]] or [row["kg_co2e"]]
        for part in map(Decimal, parts):
            assert any(abs(value - part) <= abs(part) * Decimal("1e-6") for value in values), (row["factor_id"], part, values)
    assert set(shipped) <= cells


# --- the shipped sets by themselves -------------------------------------------------------------------------------------


@pytest.mark.parametrize("year", WORKBOOKS)
def test_every_row_has_citation_unit_and_known_type(year: str) -> None:
    known_units = {row["unit"] for row in _rows(ROOT / "factors" / "units.csv")}
    boundaries = {row["activity_type"]: row["boundary"] for row in _rows(ROOT / "reporting" / "standards" / "activity_types.csv")}
    for row in _shipped(year):
        assert row["citation"], row
        assert row["per_unit"] in known_units, row
        if row["activity_type"]:
            assert boundaries.get(row["activity_type"]) == row["boundary"], row


@pytest.mark.parametrize("year", WORKBOOKS)
def test_one_factor_per_type_region_basis_and_dimension(year: str) -> None:
    dimension = {row["unit"]: row["dimension"] for row in _rows(ROOT / "factors" / "units.csv")}
    found: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for row in _shipped(year):
        if row["activity_type"]:
            found[row["activity_type"], row["region"], row["basis"], dimension[row["per_unit"]]].add(row["factor_id"])
    assert {key: ids for key, ids in found.items() if len(ids) > 1} == {}


def test_types_declare_the_dimensions_of_their_factors() -> None:
    dimension = {row["unit"]: row["dimension"] for row in _rows(ROOT / "factors" / "units.csv")}
    declared = {row["activity_type"]: row["dimension"].split("|") for row in _rows(ROOT / "reporting" / "standards" / "activity_types.csv")}
    for row in _shipped("2026"):
        if row["activity_type"]:
            assert dimension[row["per_unit"]] in declared[row["activity_type"]], row["factor_id"]


def test_biodiesel_is_one_factor_with_its_biogenic_carbon_dioxide() -> None:
    rows = [row for row in _shipped("2026") if row["factor_id"] == "desnz.2026.bioenergy.biofuel.biodiesel-me.litres"]
    assert [(row["gas"], row["is_biogenic"], row["value"], row["citation"]) for row in rows] == [
        ("CO2", "true", "2.39", "Outside of scopes, D34"),
        ("CO2e", "false", "0.16751", "Bioenergy, D23"),
    ]


def test_natural_gas_is_split_by_gas() -> None:
    rows = [row for row in _shipped("2026") if row["factor_id"] == "desnz.2026.fuels.gaseous.natural-gas.kwh-gross"]
    assert {row["gas"] for row in rows} == {"CO2", "CH4", "N2O"}
    assert {(row["per_unit"], row["activity_type"], row["value_as"]) for row in rows} == {("kWh_hhv", "natural_gas.stationary", "kg_co2e")}


# --- layouts: a small twin of the workbook, then one thing changed ------------------------------------------------------

HEADINGS: list[object] = [
    "Activity",
    "Fuel",
    "Unit",
    "kg CO2e",
    "kg CO2e of CO2 per unit",
    "kg CO2e of CH4 per unit",
    "kg CO2e of N2O per unit",
]


def _twin() -> Workbook:
    """Make a workbook with every sheet that the importer knows and two tables."""
    book = Workbook()
    book.remove(book["Sheet"])
    for sheet in dict.fromkeys(name for name, _ in tables()):
        head: list[object] = (
            ["Version:", 1, "Year:", 2026] if sheet == "Introduction" else ["Scope:", "Scope 1", "Version:", 1, "Year:", 2026]
        )
        _fill(book, sheet, 6, [head])
    _fill(book, "Fuels", 10, [HEADINGS, ["Gaseous fuels", "Butane", "litres", 1.75, 1.7, 0.03, 0.02], [None, None, "tonnes", 3, 3, 0, 0]])
    _fill(book, "Passenger vehicles", 10, [[None, None, None, "Diesel", "Petrol"], ["Activity", "Type", "Unit", "kg CO2e", "kg CO2e"]])
    _fill(book, "Passenger vehicles", 12, [["Cars (by size)", "Small car", "km", 0.14, 0.15], [None, None, "miles", 0.22, None]])
    return book


def _fill(book: Workbook, sheet: str, first_row: int, rows: list[list[object]]) -> None:
    page = book[sheet] if sheet in book.sheetnames else book.create_sheet(sheet)
    for row_number, row in enumerate(rows, start=first_row):
        for column, value in enumerate(row, start=1):
            page.cell(row_number, column, value)


def _read_twin(book: Workbook, tmp_path: Path) -> list[FactorRow]:
    book.save(tmp_path / "twin.xlsx")
    return list(desnz.read(tmp_path / "twin.xlsx").rows)


def test_twin_is_read(tmp_path: Path) -> None:
    rows = _read_twin(_twin(), tmp_path)
    assert [(row.factor_id.removeprefix("desnz.2026."), row.gas, str(row.value), row.per_unit, row.citation) for row in rows] == [
        ("fuels.gaseous.butane.litres", "CO2", "1.7", "l", "Fuels, E11"),
        ("fuels.gaseous.butane.litres", "CH4", "0.03", "l", "Fuels, F11"),
        ("fuels.gaseous.butane.litres", "N2O", "0.02", "l", "Fuels, G11"),
        ("fuels.gaseous.butane.tonnes", "CO2", "3.0", "t", "Fuels, E12"),
        ("fuels.gaseous.butane.tonnes", "CH4", "0.0", "t", "Fuels, F12"),
        ("fuels.gaseous.butane.tonnes", "N2O", "0.0", "t", "Fuels, G12"),
        ("passenger-vehicles.car.small-car.diesel.km", "CO2e", "0.14", "km", "Passenger vehicles, D12"),
        ("passenger-vehicles.car.small-car.petrol.km", "CO2e", "0.15", "km", "Passenger vehicles, E12"),
        ("passenger-vehicles.car.small-car.diesel.miles", "CO2e", "0.22", "mi", "Passenger vehicles, D13"),
    ]


def test_what_the_gases_leave_of_the_total_is_a_row(tmp_path: Path) -> None:
    book = _twin()
    book["Fuels"]["D11"] = 1.8
    residual = [row for row in _read_twin(book, tmp_path) if row.gas == "CO2e" and ".butane." in row.factor_id]
    assert [(str(row.value), row.published_value, row.citation) for row in residual] == [("0.05", "1.8", "Fuels, D11 less E11, F11, G11")]


def _put(sheet: str, address: str, value: object) -> Callable[[Workbook], None]:
    def change(book: Workbook) -> None:
        book[sheet][address] = value

    return change


REFUSED: dict[str, tuple[Callable[[Workbook], object], str, str]] = {
    "total below its gases": (_put("Fuels", "D11", 1.7), "Fuels", "D11"),
    "heading of a gas": (_put("Fuels", "E10", "kg CO2"), "Fuels", "E10"),
    "heading of the total": (_put("Fuels", "D10", "kg CO2 equivalent"), "Fuels", "D10"),
    "heading of the names": (_put("Fuels", "B10", "Energy carrier"), "Fuels", "B10"),
    "heading of the activity": (_put("Fuels", "A10", "Group"), "Fuels", "A10"),
    "no unit heading": (_put("Fuels", "C10", "Measure"), "Fuels", "G10"),
    "no band": (_put("Passenger vehicles", "E10", None), "Passenger vehicles", "E10"),
    "unknown table": (_put("Fuels", "A11", "Nuclear fuels"), "Fuels", "A11"),
    "unknown unit": (_put("Fuels", "C11", "barrels"), "Fuels", "A11"),
    "text for a number": (_put("Fuels", "E11", "see note"), "Fuels", "E11"),
    "number outside the tables": (_put("Fuels", "J30", 3), "Fuels", "J30"),
    "number beside a table": (_put("Fuels", "J11", 3), "Fuels", "J11"),
    "another year": (_put("Bioenergy", "F6", 2025), "Bioenergy", "F6"),
    "unknown edition": (_put("Introduction", "B6", 7), "Introduction", "D6"),
    "unknown sheet": (lambda book: book.create_sheet("Overseas fuels"), "Overseas fuels", "A1"),
    "missing sheet": (lambda book: book.remove(book["Haul definition"]), "Haul definition", "A1"),
}


@pytest.mark.parametrize("fault", REFUSED)
def test_another_layout_is_refused_with_sheet_and_cell(fault: str, tmp_path: Path) -> None:
    change, sheet, cell = REFUSED[fault]
    book = _twin()
    change(book)
    with pytest.raises(LayoutChangedError) as refused:
        _read_twin(book, tmp_path)
    assert (refused.value.sheet, refused.value.cell) == (sheet, cell)
    assert sheet in str(refused.value)
    assert cell in str(refused.value)


def test_every_published_unit_is_one_of_ours() -> None:
    known = {row["unit"] for row in _rows(ROOT / "factors" / "units.csv")}
    assert {unit.unit for unit in units().values()} <= known
