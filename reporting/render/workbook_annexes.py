"""The sheets beside the figures: data quality, sources, exclusions and findings."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from reporting.render.shapes import DisclosureView
from reporting.render.workbook_cells import MAX_SHEET_NAME, Formula, Value
from reporting.render.workbook_figures import FigureSheet
from reporting.render.workbook_sheet import Book, Column
from reporting.render.workbook_waterfall import waterfall
from reporting.statement import Heading
from reporting.types import Finding

QUALITY = (
    Column("label", "Figure", 50, "wrapped"),
    Column("value", "Live value", 14),
    Column("unit", "Unit", 16, "wrapped"),
    Column("measured", "Measured", 12, "share"),
    Column("estimated", "Estimated or accrued", 12, "share"),
    Column("primary", "Own or supplier's data", 12, "share"),
    Column("fallback", "On fallback factors", 12, "share"),
    Column("other_gwp", "On another GWP set", 12, "share"),
    Column("lines", "Ledger lines", 9, "whole"),
    Column("figure_id", "Figure id", 44, "quiet"),
)
SOURCES = (
    Column("path", "File", 44, "wrapped"),
    Column("sheet", "Sheet", 16),
    Column("source_id", "Source", 24),
    Column("rows", "Rows in", 10, "whole input"),
    Column("accepted", "Accepted", 10, "whole input"),
    Column("rejected", "Rejected", 10, "whole input"),
    Column("excluded", "Excluded", 10, "whole input"),
    Column("rest", "Not accounted for", 12, "agrees"),
    Column("size", "Bytes", 12, "whole input"),
    Column("sha256", "SHA-256", 66, "quiet"),
)
EXCLUSIONS = (
    Column("source_id", "Source", 24),
    Column("subject", "What", 30, "wrapped"),
    Column("kind", "Kind", 16),
    Column("reason", "Reason", 56, "wrapped"),
    Column("estimated_t_co2e", "Estimate, t CO2e", 14, "open input"),
    Column("by", "By", 20),
    Column("approved_by", "Approved by", 20),
    Column("date", "Date", 12),
)
FINDINGS = (
    Column("severity", "Severity", 9, "strong"),
    Column("rule", "Rule", 26),
    Column("file", "File", 34, "wrapped"),
    Column("row", "Row", 7, "whole input"),
    Column("message", "What is wrong", 52, "wrapped"),
    Column("fix", "How to mend it", 44, "wrapped"),
    Column("damages", "Withholds", 34, "quiet wrapped"),
    Column("subject", "Subject", 28, "wrapped"),
    Column("row_text", "The row as read", 40, "quiet wrapped"),
    Column("citation", "Citation", 28, "quiet wrapped"),
)
TEXTS = (
    Column("id", "Datapoint", 40, "wrapped"),
    Column("label", "What is asked", 40, "wrapped"),
    Column("status", "Status", 16),
    Column("text", "Text, or why there is none", 90, "wrapped"),
    Column("place", "Where it comes from", 28, "wrapped"),
    Column("citation", "Clause", 30, "wrapped"),
)
NAMED_DAMAGES = 12
MOST_DECIMALS = 12
NARROW, WIDE = 10, 46  # characters
SMALL = frozenset(
    ("a", "against", "and", "beside", "by", "every", "from", "in", "its", "of", "on", "or", "our", "that", "the", "to", "what", "with")
)
WATERFALL = "restatement"


def data_quality(book: Book, sheets: Sequence[FigureSheet]) -> None:
    """Write what each stated figure rests on, in shares of its kg CO2e or MWh."""
    sheet = book.sheet("Data quality", QUALITY)
    for made in sheets:
        sheet.row([made.framework.title, *[None] * (len(QUALITY) - 1)], ["section"] * len(QUALITY), points=20)
        for figure in made.framework.figures:
            if figure.value is None or figure.measured_share is None:
                continue
            live = Formula(made.sheet.at("value", made.rows[figure.figure_id]), figure.value)
            shares = [figure.measured_share, figure.estimated_share, figure.primary_share, figure.fallback_share, figure.other_gwp_share]
            styles = ["wrapped", f"number {figure.decimals}", *[column.style for column in QUALITY[2:]]]
            sheet.row([figure.label, live, figure.unit_text, *shares, figure.entries, figure.figure_id], styles)
    sheet.filter(1)


def statements(book: Book, view: DisclosureView) -> None:
    """Write each statement on a sheet named by its title, numbers exact; one that every framework has, on one sheet for all."""
    for name in dict.fromkeys(shown.statement.id for shown in view.statements):
        shown = [one for one in view.statements if one.statement.id == name]
        made = shown[0].statement
        head = [Column("framework", "Framework", 22)] if made.is_of_each else []
        cells = [[row[place] for one in shown for row in one.statement.rows] for place in range(len(made.columns))]
        columns = [*head, *(Column(c.name, c.label, _width(c, held), _style(c)) for c, held in zip(made.columns, cells, strict=True))]
        sheet = book.sheet(sheet_name(made.title), columns, is_table=False)
        sheet.heading(made.title, made.lead)
        first = sheet.height
        for one in shown:
            for row in one.statement.rows:
                values = [*([one.place] if head else []), *(str(value) if isinstance(value, bool) else value for value in row)]
                sheet.row(values, [kept_style(column.style, value) for column, value in zip(columns, values, strict=True)])
        sheet.filter(first)
        if made.id == WATERFALL:
            waterfall(sheet, made.rows, first + 1)


def texts(book: Book, view: DisclosureView) -> None:
    """Write the answer to every text datapoint."""
    if not view.texts:
        return
    sheet = book.sheet("Texts", TEXTS)
    for text in view.texts:
        sheet.row([text.id, text.label, text.status_text, text.text or text.reason, text.place, text.citation])
    sheet.filter(1)


def sheet_name(title: str) -> str:
    """A title as the name of a sheet: without the characters that spreadsheets refuse; a long one ends before its colon or after a word."""
    short = title.partition(":")[0] if len(title) > MAX_SHEET_NAME else title
    words = "".join(character for character in short.replace("'", "\u2019") if character not in "[]:*?/\\'").split(" ")
    while len(words) > 1 and (len(" ".join(words)) > MAX_SHEET_NAME or (words[-1] in SMALL and " ".join(words) != title)):
        del words[-1]
    return " ".join(words)[:MAX_SHEET_NAME].rstrip(" ,")


def _width(column: Heading, values: Sequence[object]) -> int:
    """The width of a column by what stands in it, within bounds; longer text is broken."""
    if column.decimals is not None:
        return max([13, *(len(f"{value:,.{_shown(column.decimals, value)}f}") + 4 for value in values if isinstance(value, Decimal | int))])
    words = max((len(word) for word in column.label.split(" ")), default=0)
    return min(max([NARROW, words + 3, *(len(str(value)) + 2 for value in values if value is not None)]), WIDE)


def _shown(decimals: int, value: object) -> int:
    """The decimals of a cell: those of its column, or as many as three digits take of a number that they would show as 0."""
    if not isinstance(value, Decimal) or value == 0 or round(value, decimals):
        return decimals
    return min(2 - value.adjusted(), MOST_DECIMALS)


def kept_style(style: str, value: Value) -> str:
    """The style of a cell; a number that its decimals would show as 0 keeps three digits."""
    return f"number {_shown(int(style[7:]), value)}" if style.startswith("number ") else style


def _style(column: Heading) -> str:
    return "wrapped" if column.decimals is None else f"number {column.decimals}"


def sources(book: Book, view: DisclosureView) -> str:
    """Write the files and what became of their rows; gives the cell that adds up what is not accounted for."""
    sheet = book.sheet("Sources", SOURCES)
    for file in view.sources:
        here = {name: f"{letters}{sheet.height + 1}" for name, letters in sheet.letters.items()}
        rest = Formula(
            f"{here['rows']}-{here['accepted']}-{here['rejected']}-{here['excluded']}",
            file.rows - file.accepted - file.rejected - file.excluded,
        )
        sheet.row(
            [file.path, file.sheet, file.source_id, file.rows, file.accepted, file.rejected, file.excluded, rest, file.size, file.sha256]
        )
    last = sheet.height
    sums = [sum(getattr(file, name) for file in view.sources) for name in ("rows", "accepted", "rejected", "excluded")]
    cells = [
        f"SUM({sheet.letters[name]}2:{sheet.letters[name]}{max(2, last)})" for name in ("rows", "accepted", "rejected", "excluded", "rest")
    ]
    totals: list[Value] = [Formula(text, value) for text, value in zip(cells, [*sums, sums[0] - sum(sums[1:])], strict=True)]
    sheet.mark_differences("rest", 2, last + 1)
    row = sheet.row(
        ["All files", None, None, *totals, None, None], ["strong", "strong", "strong", *["strong 0"] * 4, "agrees", "strong", "quiet"]
    )
    sheet.setup.auto_filter.ref = f"A1:J{last}"
    return sheet.at("rest", row)


def exclusions(book: Book, view: DisclosureView) -> None:
    """Write what was left out on purpose."""
    sheet = book.sheet("Exclusions", EXCLUSIONS)
    for excluded in view.exclusions:
        sheet.row([getattr(excluded, column.name) for column in EXCLUSIONS])
    sheet.filter(1)


def findings(book: Book, found: Sequence[Finding]) -> None:
    """Write every finding; a long list of withheld figures is cut with a count, the whole list is in figures.json."""
    sheet = book.sheet("Findings", FINDINGS)
    for finding in found:
        shown = {column.name: getattr(finding, column.name) for column in FINDINGS} | {"damages": _damages(finding.damages)}
        sheet.row([shown[column.name] for column in FINDINGS])
    sheet.filter(1)
    sheet.print_columns("row_text", "A3")


def _damages(figures: Sequence[str]) -> str:
    named = "\n".join(figures[:NAMED_DAMAGES])
    return named + (f"\nand {len(figures) - NAMED_DAMAGES:,} more" if len(figures) > NAMED_DAMAGES else "")
