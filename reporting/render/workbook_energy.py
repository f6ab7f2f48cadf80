"""The sheet of energy by origin: each activity on the market basis, cut by what its contract or the national mix says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import duckdb

from reporting.render.reading import Row, rows
from reporting.render.workbook_cells import Formula, Value, is_exact, plain
from reporting.render.workbook_formula import Lines, NamesSeen
from reporting.render.workbook_sheet import Book, Column, Sheet

ENERGY = (
    Column("month", "Month", 9, "month"),
    Column("entity", "Entity", 15),
    Column("site", "Site", 14),
    Column("activity_label", "Activity", 30),
    Column("scope", "Scope", 8),
    Column("carrier", "Carrier", 14),
    Column("origin", "Origin", 22),
    Column("binding", "Instrument", 11),
    Column("quantity", "Quantity", 16, "open"),
    Column("multiplier", "Conversion", 17, "fine input"),
    Column("mwh_per_unit", "MWh per unit", 17, "fine input"),
    Column("activity_mwh", "MWh of the activity", 14, "kilogram"),
    Column("nuclear_share", "Nuclear share", 14, "fine input"),
    Column("renewable_share", "Renewable share", 14, "fine input"),
    Column("mwh", "MWh of this origin", 14, "kilogram"),
    Column("evidence", "By what", 28),
    Column("country", "Country", 8),
    Column("role", "Role", 10),
    Column("system", "System", 18),
    Column("lifecycle_stage", "Life-cycle stage", 14),
    Column("activity_id", "Activity id", 40),
    Column("exact", "All digits, where a spreadsheet's 15 do not suffice", 40, "quiet"),
)


def view_columns(views: Sequence[str]) -> list[Column]:
    """What each view counts of a row of energy: its share and the MWh."""
    return [
        column
        for view in views
        for column in (
            Column(f"share {view}", f"Share, {view}", max(14, len(view)), "fine input"),
            Column(f"mwh {view}", f"MWh, {view}", max(14, len(view)), "kilogram"),
        )
    ]


def energy_sheet(
    book: Book, connection: duckdb.DuckDBPyConnection, dates: dict[str, object], views: Sequence[str], cells: Mapping[str, str]
) -> Lines:
    """Write the sheet Energy mix where a framework asks for it; `cells` holds where each activity's quantity stands."""
    by_view = [rows(connection, "workbook_energy", dates | {"view": view}) for view in views]
    at = next(number for number, column in enumerate(ENERGY, start=1) if column.name == "mwh")
    sheet, seen = book.sheet("Energy mix", (*ENERGY[:at], *view_columns(views), *ENERGY[at:])), NamesSeen()
    for same in zip(*by_view, strict=True):
        sheet.row(_line(sheet, dict(zip(views, same, strict=True)), cells))
        seen.note(same[0])
    sheet.filter(1)
    sheet.print_columns("evidence", "A3")
    return seen.lines(sheet)


def _line(sheet: Sheet, by_view: dict[str, Row], cells: Mapping[str, str]) -> list[Value]:
    row = next(iter(by_view.values()))
    here = {name: f"{letters}{sheet.height + 1}" for name, letters in sheet.letters.items()}
    whole = f"ROUND(ROUND({here['quantity']}*{here['multiplier']},10)*{here['mwh_per_unit']},12)"
    shown: dict[str, Value] = row | {
        "quantity": Formula(cells[row["activity_id"]], row["quantity"]),
        "activity_mwh": Formula(whole, row["activity_mwh"]),
        "mwh": Formula(_part(row, here), row["mwh"]),
        "nuclear_share": row["nuclear_share"] if row["is_part"] else None,
        "renewable_share": row["renewable_share"] if row["is_part"] else None,
        "exact": "; ".join(f"{name} {plain(row[name])}" for name in ("activity_mwh", "mwh") if not is_exact(row[name])),
    }
    for view, of_view in by_view.items():
        weight = of_view["weighted_mwh"]
        shown[f"share {view}"] = of_view["share"]
        shown[f"mwh {view}"] = None if weight is None else Formula(f"ROUND({here['mwh']}*{here[f'share {view}']},12)", weight)
    return [shown[column.name] for column in sheet.columns]


def _part(row: Row, here: Mapping[str, str]) -> str:
    """What the origin has of the activity's energy: all, a share of it, or what the shares leave."""
    whole = here["activity_mwh"]
    nuclear, renewable = (f"ROUND({whole}*{here[name]},12)" for name in ("nuclear_share", "renewable_share"))
    if not row["is_part"]:
        return whole
    parts = {"purchased_nuclear": nuclear, "purchased_renewable": renewable}
    return parts.get(row["origin"], f"ROUND({whole}-{nuclear}-{renewable},12)")
