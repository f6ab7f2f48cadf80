"""The sheets that everything else adds up: Ledger, Activities and Factors, linked line by line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

import duckdb

from reporting.render.reading import Row, each_row, rows
from reporting.render.workbook_cells import Formula, Value, is_exact, plain
from reporting.render.workbook_energy import energy_sheet, view_columns
from reporting.render.workbook_formula import ENERGY_MEASURES, MIX, Lines, NamesSeen
from reporting.render.workbook_sheet import Book, Column, Sheet

LEDGER = (
    Column("month", "Month", 9, "month"),
    Column("entity", "Entity", 15),
    Column("site", "Site", 14),
    Column("activity_label", "Activity", 30),
    Column("scope", "Scope", 8),
    Column("scope3_category", "Scope 3 category", 11),
    Column("basis", "Basis", 9),
    Column("gas", "Gas", 10),
    Column("activity_quantity", "Activity quantity", 17, "open"),
    Column("activity_unit", "Unit", 9),
    Column("multiplier", "Conversion", 17, "fine input"),
    Column("quantity", "Quantity in the factor's unit", 17, "open"),
    Column("factor_unit", "Factor per", 11),
    Column("factor", "Factor, kg", 16, "fine"),
    Column("gwp", "GWP", 8, "open input"),
    Column("share", "Share", 13, "fine input"),
    Column("kg_co2e", "kg CO2e", 16, "kilogram"),
    Column("factor_label", "Factor", 28),
    Column("publication", "Published in", 34),
    Column("file_path", "Source file", 28),
    Column("row_no", "Row", 7, "whole input"),
    Column("view", "View", 19),
    Column("role", "Role", 10),
    Column("iso_category", "ISO 14064-1", 10),
    Column("country", "Country", 8),
    Column("gas_group", "Gas group", 10),
    Column("biogenic", "Biogenic CO2", 9),
    Column("energy_source", "Energy source", 12),
    Column("system", "System", 18),
    Column("lifecycle_stage", "Life-cycle stage", 14),
    Column("hosting", "Hosting", 10),
    Column("value_as", "Factor states", 12),
    Column("kg_gas", "kg of gas", 16, "kilogram"),
    Column("factor_region", "Factor region", 14),
    Column("fallback", "Fallback", 9),
    Column("other_gwp_set", "Other GWP set", 9),
    Column("data_quality", "Data quality", 12),
    Column("data_origin", "Data origin", 16),
    Column("read_status", "Read status", 11),
    Column("estimated", "Estimated", 10),
    Column("sheet", "Sheet", 12),
    Column("evidence", "Evidence", 20),
    Column("note", "Note", 30),
    Column("activity_id", "Activity id", 40),
    Column("factor_id", "Factor id", 40),
    Column("entry_id", "Ledger line id", 60),
    Column("exact", "All digits, where a spreadsheet's 15 do not suffice", 60, "quiet"),
)
ACTIVITIES = (
    Column("month", "Month", 9, "month"),
    Column("entity", "Entity", 15),
    Column("site", "Site", 14),
    Column("activity_label", "Activity", 30),
    Column("scope", "Scope", 8),
    Column("scope3_category", "Scope 3 category", 11),
    Column("quantity", "Quantity", 17, "open input"),
    Column("unit", "Unit", 9),
    Column("counts", "Counts", 7),
    Column("basis", "Basis", 9),
    Column("role", "Role", 10),
    Column("multiplier", "Conversion", 17, "fine input"),
    Column("energy_unit", "Energy unit", 11),
    Column("mwh_per_unit", "MWh per unit", 17, "fine input"),
    Column("mwh", "MWh", 14, "kilogram"),
    Column("data_quality", "Data quality", 12),
    Column("data_origin", "Data origin", 16),
    Column("read_status", "Read status", 11),
    Column("supplier", "Supplier", 24),
    Column("file_path", "Source file", 28),
    Column("row_no", "Row", 7, "whole input"),
    Column("sheet", "Sheet", 12),
    Column("country", "Country", 8),
    Column("high_impact", "High climate impact sector", 10),
    Column("energy_source", "Energy source", 12),
    Column("system", "System", 18),
    Column("lifecycle_stage", "Life-cycle stage", 14),
    Column("meter", "Meter", 16),
    Column("region", "Region", 14),
    Column("hosting", "Hosting", 10),
    Column("activity_type", "Activity type", 28),
    Column("derivation", "Derived how", 12),
    Column("evidence", "Evidence", 20),
    Column("note", "Note", 30),
    Column("activity_id", "Activity id", 40),
    Column("parent_activity_id", "Derived from", 40),
    Column("exact", "All digits, where a spreadsheet's 15 do not suffice", 40, "quiet"),
)
FACTORS = (
    Column("label", "Factor", 40),
    Column("gas", "Gas", 10),
    Column("biogenic", "Biogenic CO2", 9),
    Column("published_value", "As published", 15, "no number"),
    Column("published_unit", "Published unit", 28),
    Column("citation", "Table, cell", 22),
    Column("value", "Value used, kg", 17, "fine input"),
    Column("value_as", "Stated as", 9),
    Column("per_unit", "Per", 11),
    Column("region", "Region", 12),
    Column("valid_from", "Data from", 11, "date"),
    Column("last_day", "Data to", 11, "date"),
    Column("boundary", "Boundary", 15),
    Column("basis", "Basis", 9),
    Column("lines", "Ledger lines", 8, "whole"),
    Column("publisher", "Publisher", 28),
    Column("title", "Publication", 40),
    Column("edition", "Edition", 16),
    Column("licence", "Licence", 26),
    Column("supplier", "Supplier", 18),
    Column("price_year", "Price year", 8),
    Column("uncertainty", "Uncertainty", 12),
    Column("gwp_set", "GWP set", 9),
    Column("usable_until", "Usable until", 11, "date"),
    Column("retrieved", "Retrieved", 11, "date"),
    Column("attribution", "Attribution", 40),
    Column("url", "Address", 40),
    Column("sha256", "SHA-256 of the publisher's file", 66, "quiet"),
    Column("factor_id", "Factor id", 44),
    Column("exact", "All digits, where a spreadsheet's 15 do not suffice", 24, "quiet"),
)
VALUE_AS = {"kg_gas": "kg of gas", "kg_co2e": "kg CO2e"}
EXACT_IN_LEDGER = ("activity_quantity", "multiplier", "quantity", "factor", "kg_gas", "kg_co2e")


@dataclass(frozen=True, slots=True)
class LineSheets:
    """The sheets that figures add up; energy only where a framework asks for origins."""

    ledger: Lines
    activities: Lines
    energy: Lines | None

    def of(self, measure: str) -> Lines:
        """The lines that a measure adds up."""
        if measure in MIX and self.energy:
            return self.energy
        return self.activities if measure in ENERGY_MEASURES else self.ledger


def line_sheets(book: Book, connection: duckdb.DuckDBPyConnection, window: dict[str, object], views: Sequence[str]) -> LineSheets:
    """Write Ledger, Activities and Factors of the period and its comparative."""
    sheets = _empty_sheets(book, views)
    factor_cells = _factors(sheets["Factors"], rows(connection, "workbook_factors", window))
    activities, activity_cells = _activities(sheets["Activities"], connection, window, views)
    ledger = _ledger(sheets["Ledger"], each_row(connection, "workbook_ledger", window), factor_cells, activity_cells)
    dates = {name: value for name, value in window.items() if name != "period"}
    asked = connection.execute("from datapoint where list_contains($1, measure) limit 1", [list(MIX)]).fetchone()
    energy = energy_sheet(book, connection, dates, views, activity_cells) if asked else None
    return LineSheets(ledger, activities, energy)


def _empty_sheets(book: Book, views: Sequence[str]) -> dict[str, Sheet]:
    at = next(number for number, column in enumerate(ACTIVITIES, start=1) if column.name == "mwh")
    columns = {"Ledger": LEDGER, "Activities": (*ACTIVITIES[:at], *view_columns(views), *ACTIVITIES[at:]), "Factors": FACTORS}
    return {name: book.sheet(name, of_sheet) for name, of_sheet in columns.items()}


def _factors(sheet: Sheet, found: Sequence[Row]) -> dict[tuple[object, ...], str]:
    """Write the factors; gives the cell of each value by set, factor, gas and whether biogenic."""
    cells: dict[tuple[object, ...], str] = {}
    for row in found:
        shown = row | {
            "value_as": VALUE_AS[row["value_as"]],
            "boundary": row["boundary"].replace("_", " "),
            "exact": _exact(row, ("value",)),
        }
        number = sheet.row([shown[column.name] for column in sheet.columns])
        cells[row["set_id"], row["factor_id"], row["gas"], row["is_biogenic"]] = sheet.at("value", number)
    sheet.filter(1)
    sheet.print_columns("edition", "A3")
    return cells


def _activities(
    sheet: Sheet, connection: duckdb.DuckDBPyConnection, window: dict[str, object], views: Sequence[str]
) -> tuple[Lines, dict[str, str]]:
    """Write the activity rows with their energy in every view; gives the cell of each quantity by activity."""
    dates = {name: value for name, value in window.items() if name != "period"}
    by_view = [rows(connection, "workbook_activities", dates | {"view": view}) for view in views]
    cells, seen = {}, NamesSeen()
    for same in zip(*by_view, strict=True):
        cells[same[0]["activity_id"]] = sheet.at("quantity", sheet.height + 1)
        sheet.row(_activity(sheet, dict(zip(views, same, strict=True))))
        seen.note(same[0])
    sheet.filter(1)
    sheet.print_columns("row_no", "A3")
    return seen.lines(sheet), cells


def _activity(sheet: Sheet, by_view: dict[str, Row]) -> list[Value]:
    row = next(iter(by_view.values()))
    here = {name: f"{letters}{sheet.height + 1}" for name, letters in sheet.letters.items()}
    shown: dict[str, Value] = row | {"exact": _exact(row, ("quantity", "multiplier", "mwh_per_unit", "mwh"))}
    if row["mwh"] is not None:
        energy = f"ROUND(ROUND({here['quantity']}*{here['multiplier']},10)*{here['mwh_per_unit']},12)"
        shown["mwh"] = Formula(energy, row["mwh"])
    for view, of_view in by_view.items():
        weighted = of_view["weighted_mwh"]
        shown[f"share {view}"] = of_view["share"]
        shown[f"mwh {view}"] = None if weighted is None else Formula(f"ROUND({here['mwh']}*{here[f'share {view}']},12)", weighted)
    return [shown[column.name] for column in sheet.columns]


def _ledger(sheet: Sheet, found: Iterable[Row], factors: dict[tuple[object, ...], str], activities: dict[str, str]) -> Lines:
    names = [column.name for column in sheet.columns]
    given, multiplier, quantity, factor, gwp, share = (
        sheet.letters[name] for name in ("activity_quantity", "multiplier", "quantity", "factor", "gwp", "share")
    )
    seen = NamesSeen()
    for line, row in enumerate(found, start=sheet.height + 1):
        mass = f"ROUND({quantity}{line}*{factor}{line},12)"
        shown: dict[str, Value] = row | {
            "activity_quantity": Formula(activities[row["activity_id"]], row["activity_quantity"]),
            "quantity": Formula(f"ROUND({given}{line}*{multiplier}{line},10)", row["quantity"]),
            "factor": Formula(factors[row["set_id"], row["factor_id"], row["gas"], row["is_biogenic"]], row["factor"]),
            "kg_gas": None if row["kg_gas"] is None else Formula(f"ROUND({mass}*{share}{line},12)", row["kg_gas"]),
            "kg_co2e": Formula(f"ROUND(ROUND({mass}*{gwp}{line},12)*{share}{line},12)", row["kg_co2e"]),
            "value_as": VALUE_AS[row["value_as"]],
            "publication": f"{row['factor_citation']}; {row['factor_publisher']}",
            "exact": _exact(row, EXACT_IN_LEDGER),
        }
        sheet.row([shown[name] for name in names])
        seen.note(row)
    sheet.filter(1)
    sheet.print_columns("row_no", "A3")
    return seen.lines(sheet)


def _exact(row: Row, names: Sequence[str]) -> str:
    numbers: list[tuple[str, Decimal]] = [(name, row[name]) for name in names if row[name] is not None]
    return "; ".join(f"{name} {plain(value)}" for name, value in numbers if not is_exact(value))
