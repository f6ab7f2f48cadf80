"""The first two sheets: how to read and re-perform the workbook, and the key figures with the state of all checks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from reporting.render.shapes import DisclosureView
from reporting.render.workbook_cells import Formula, Value
from reporting.render.workbook_figures import NUMBERED, FigureSheet, Spans, key_rows
from reporting.render.workbook_formula import Months
from reporting.render.workbook_sheet import Book, Column, Sheet, line_count

INCOMPLETE = "INCOMPLETE: at least one mandatory figure is withheld"
INTERIM = "Interim metrics: not an ESRS sustainability statement or an annual GHG inventory"
READING = (
    "Every figure is a live formula over Ledger and Activities. The Ledger multiplies; Activities and Factors hold what came in.",
    "Blue numbers are inputs: read from a file, a publication or the inventory. Black ones are formulas. Grey ones the report states.",
    'A check is the live value, rounded, less the stated one. It reads "agrees" where they are equal; any difference is marked red.',
    "Withheld figures show the word and the reason, never a number. No activity shows 0. Not material and not reported enter no total.",
    "Lines with basis both count in the location-based and in the market-based totals; the two are never added.",
)
PERFORMING = (
    "1. Calculate everything anew (Excel: Ctrl+Alt+F9, LibreOffice: Ctrl+Shift+F9). All checks on the sheet Summary must stay at 0.",
    '2. Filter the Ledger by what the column "What the formula adds up" of a figure names; the selected kg CO2e add up to the figure.',
    "3. Follow a ledger line to its factor (publication, table and cell on the sheet Factors) and to its activity (file and row).",
    "4. Compare the files with their SHA-256 on the sheet Sources; there, rows in = accepted + rejected + excluded.",
    "5. Spreadsheets keep 15 digits. The exact decimals are in figures.json and ledger.csv, and on the Ledger where 15 do not suffice.",
)
FRONT = (Column("a", "", 30), Column("b", "", 62), Column("c", "", 15), Column("d", "", 20))


def read_me(book: Book, view: DisclosureView, dates: dict[str, date]) -> Spans:
    """Write the first sheet; gives the cells of the period's dates, which every formula refers to."""
    sheet = book.sheet("Read me", FRONT, is_table=False)
    sheet.row([view.organisation], ["title"], points=30)
    sheet.row([f"{view.title}, {view.period_text}"], ["subtitle"], points=18)
    _alarm(sheet, view)
    if view.is_interim:
        sheet.row([INTERIM], ["subtitle"], points=18)
    sheet.gap()
    sheet.row(["Period", None, "From", "Up to, exclusive"], ["header", "header", "header", "header"], points=18)
    now = sheet.row([view.period_text, view.period_span, dates["starts"], dates["ends"]], ["strong", "text", "date", "date"])
    before_text = view.comparative_text or "No comparative"
    before = sheet.row([before_text, None, dates["before_starts"], dates["before_ends"]], ["strong", "text", "date", "date"])
    sheet.gap()
    _facts(sheet, view)
    for title, lines in (("How to read", READING), ("How to re-perform", PERFORMING)):
        sheet.gap()
        sheet.row([title], ["heading"], points=20)
        for line in lines:
            row = sheet.row([line, None, None, None], ["body"] * 4, points=15 if len(line) < 140 else 27)
            sheet.setup.merged_cells.add(f"A{row}:D{row}")
    months = [Months(sheet.at("c", row), sheet.at("d", row)) for row in (now, before)]
    return Spans(*months)


def _alarm(sheet: Sheet, view: DisclosureView) -> None:
    """Say over all columns that a mandatory figure is withheld, where one is."""
    if view.is_incomplete:
        row = sheet.row([INCOMPLETE, *[None] * (len(sheet.columns) - 1)], ["alarm"] * len(sheet.columns), points=18)
        sheet.setup.merged_cells.add(f"A{row}:{sheet.letters[sheet.columns[-1].name]}{row}")


def _facts(sheet: Sheet, view: DisclosureView) -> None:
    people = [
        (person.duty.capitalize(), ", ".join(part for part in (person.name, person.role) if part) or "not named") for person in view.people
    ]
    facts = [
        *(
            (framework.title, f"{framework.edition}; {framework.approach_text}, GWP set {framework.gwp_set}")
            for framework in view.frameworks
        ),
        ("Version", view.version),
        ("Digest of the build", view.digest),
        ("Engine", f"ghg {view.engine_version}"),
        *people,
    ]
    for name, text in facts:
        row = sheet.row([name, text, None, None], ["quiet wrapped", "wrapped", "wrapped", "wrapped"], points=15 if len(text) < 90 else 27)
        sheet.setup.merged_cells.add(f"B{row}:D{row}")


ABOUT = {
    "Summary": "Key figures of every framework, the state of all checks, what is withheld",
    "Texts": "Answers to the datapoints that ask for words",
    "Data quality": "What each figure rests on: measured or estimated, own data, fallback factors",
    "Ledger": "Every multiplication, one line for each gas: quantity, factor, GWP, share, kg CO2e",
    "Activities": "Activity data by month, each with its file and row",
    "Energy mix": "Where the energy comes from, line by line",
    "Factors": "Every factor in use, as published and as used, with table and cell",
    "Sources": "Every file read, what became of its rows, its SHA-256",
    "Exclusions": "What was left out on purpose, with reason and approver",
    "Findings": "What the checks found, how to mend it, what it withholds",
}


def contents(book: Book, view: DisclosureView) -> None:
    """List all sheets on the first one, each a link with what it holds."""
    first, *others = book.sheets
    about = ABOUT | {framework.framework: f"Every figure of {framework.title}" for framework in view.frameworks}
    first.gap()
    first.row(["Sheets"], ["heading"], points=20)
    for sheet in others:
        told = sheet.title or about.get(sheet.name)
        row = first.row([sheet.name, told, None, None], ["link", *["wrapped"] * 3], points=14)
        first.setup.merged_cells.add(f"B{row}:D{row}")
        first.link("a", row, f"'{sheet.name}'!A1")


SUMMARY = (
    Column("label", "Figure", 58, "wrapped"),
    Column("value", "Live", 14, "no number"),
    Column("unit", "Unit", 16, "wrapped"),
    Column("stated", "Stated", 14, "no number"),
    Column("check", "Check", 12, "agrees"),
    Column("before", "Comparative", 15, "no number"),
    Column("change", "Change", 10, "share"),
    Column("sheet", "Sheet", 24, "link"),
)


def summary(book: Book, view: DisclosureView, sheets: Sequence[FigureSheet], counts: Sequence[tuple[str, Value]]) -> None:
    """Write the key figures, the checks and what is withheld; counts are facts about other sheets."""
    sheet = next(sheet for sheet in book.sheets if sheet.name == "Summary")
    sheet.row([f"{view.organisation}: {view.title}, {view.period_text}"], ["title"], points=30)
    _alarm(sheet, view)
    if view.is_interim:
        sheet.row([INTERIM], ["subtitle"], points=18)
    sheet.gap()
    sheet.header()
    first = sheet.height + 1
    framework = ""
    for made, figure in key_rows(sheets, view):
        if made.framework.title != framework:
            framework = made.framework.title
            sheet.row([framework, *[None] * 7], ["section"] * 8, points=20)
        _key_figure(sheet, made, figure.figure_id)
    sheet.mark_differences("check", first, sheet.height)
    _checks(sheet, sheets, counts)
    _withheld(sheet, view)


def _key_figure(sheet: Sheet, made: FigureSheet, figure_id: str) -> None:
    figure = next(figure for figure in made.framework.figures if figure.figure_id == figure_id)
    there = made.rows[figure_id]

    def same(column: str, status: str, value: Value) -> Value:
        """The cell of the framework's sheet, or the word that stands there instead of a number."""
        if status not in NUMBERED or value is None or isinstance(value, str):
            return status.replace("_", " ")
        return Formula(made.sheet.at(column, there), value)  # type: ignore[arg-type]

    values: list[Value] = [
        figure.label,
        same("value", figure.status, figure.value),
        figure.unit_text,
        same("stated", figure.status, figure.stated),
        Formula(made.sheet.at("check", there), 0) if figure.status in NUMBERED and figure.value is not None else None,
        same("before_stated", figure.comparative_status, figure.comparative_stated) or None,
        Formula(made.sheet.at("change", there), figure.change) if figure.change is not None else figure.change_text,
        made.sheet.name,
    ]
    numbers = ["strong", "stated", "stated"]
    styles = ["wrapped", "", "wrapped", "", "agrees", "", "share" if figure.change is not None else "no number", "link"]
    for place, look in zip((1, 3, 5), numbers, strict=True):
        word = values[place]
        styles[place] = f"{look} {figure.decimals}" if isinstance(word, Formula) else "withheld" if word == "withheld" else "no number"
    row = sheet.row(values, styles)
    sheet.link("sheet", row, made.sheet.at("value", there))


def _checks(sheet: Sheet, sheets: Sequence[FigureSheet], counts: Sequence[tuple[str, Value]]) -> None:
    sheet.gap()
    sheet.row(["Checks", *[None] * 7], ["section"] * 8, points=20)
    for made in sheets:
        cells = [made.sheet.range(name, 2, made.sheet.height) for name in ("check", "before_check")]
        differ = "+".join(f"SUMPRODUCT(ISNUMBER({cell})*({cell}<>0))" for cell in cells)
        sheet.row([f"Figures of {made.framework.title}, live against stated", Formula(differ, 0)], ["text", "none differ"])
    sheet.mark_differences("value", sheet.height - len(sheets) + 1, sheet.height)
    for text, value in counts:
        sheet.row([text, value], ["text", "whole"])


def _withheld(sheet: Sheet, view: DisclosureView) -> None:
    sheet.gap()
    sheet.row(["Withheld figures", *[None] * 7], ["section"] * 8, points=20)
    over = sum(column.width for column in SUMMARY[1:])
    for figure in view.withheld:
        name = f"{figure.label} ({figure.figure_id})"
        lines = max(line_count(name, SUMMARY[0].width), line_count(figure.reason, over))
        row = sheet.row([name, figure.reason, *[None] * 6], ["wrapped", "wrapped", *["wrapped"] * 6], points=12 * lines + 3)
        sheet.setup.merged_cells.add(f"B{row}:H{row}")
    if not view.withheld:
        sheet.row(["None"], ["quiet"])
