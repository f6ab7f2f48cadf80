"""How the workbook looks: one font, one accent, hairlines, and number formats by kind of column."""

from __future__ import annotations

from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.styles.differential import DifferentialStyle

FONT = "Arial"
INK, QUIET, ACCENT, ALARM, INPUT = "1C2629", "5C686C", "0F5257", "9B2C1F", "1F4E8C"
LINE, TINT, ALARM_TINT = "DCE3E4", "EFF4F4", "F7E4E0"
WHOLE = "#,##0"
AGREES = '"differs by "0.#########;"differs by -"0.#########;"agrees"'
NONE_DIFFER = '0" differ";0" differ";"all agree"'


@dataclass(frozen=True, slots=True)
class Look:
    """One named style: what its text is and how its numbers are written."""

    number_format: str = "General"
    size: int = 9
    bold: bool = False
    colour: str = INK
    align: str = "left"
    vertical: str = "top"
    wrap: bool = False
    line: str = LINE
    fill: str = ""


def _decimals(number: int) -> str:
    return "#,##0" + ("." + "0" * number if number else "")


LOOKS: dict[str, Look] = {
    "title": Look(size=20, colour=ACCENT, line=""),
    "subtitle": Look(size=11, colour=QUIET, line=""),
    "heading": Look(size=11, bold=True, colour=ACCENT, line="", vertical="bottom"),
    "body": Look(wrap=True, line=""),
    "alarm": Look(size=10, bold=True, colour=ALARM, line="", wrap=True),
    "header": Look(size=8, bold=True, colour=ACCENT, wrap=True, line=ACCENT, fill=TINT, vertical="center"),
    "header number": Look(size=8, bold=True, colour=ACCENT, wrap=True, line=ACCENT, fill=TINT, align="right", vertical="center"),
    "section": Look(size=10, bold=True, colour=ACCENT, vertical="center"),
    "text": Look(),
    "strong": Look(bold=True),
    "wrapped": Look(wrap=True),
    "strong wrapped": Look(bold=True, wrap=True),
    "quiet": Look(size=8, colour=QUIET),
    "quiet wrapped": Look(size=8, colour=QUIET, wrap=True),
    "withheld": Look(colour=ALARM, align="right"),
    "no number": Look(colour=QUIET, align="right"),
    "link": Look(colour=ACCENT),
    "date": Look("yyyy-mm-dd"),
    "month": Look("yyyy-mm"),
    "whole": Look(WHOLE, align="right"),
    "whole input": Look(WHOLE, align="right", colour=INPUT),
    "kilogram": Look("#,##0.000000", align="right"),
    "share": Look("0.0 %", align="right"),
    "entry": Look("@", colour=INPUT),
    "entry date": Look("yyyy-mm-dd", colour=INPUT),
    "entry number": Look(colour=INPUT, align="right"),
    "agrees": Look(AGREES, size=8, colour=QUIET, align="right"),
    "none differ": Look(NONE_DIFFER, align="right", bold=True),
    **{f"number {n}": Look(_decimals(n), align="right") for n in range(13)},
    **{f"strong {n}": Look(_decimals(n), align="right", bold=True) for n in range(13)},
    **{f"input {n}": Look(_decimals(n), align="right", colour=INPUT) for n in range(13)},
    **{f"stated {n}": Look(_decimals(n), align="right", colour=QUIET) for n in range(13)},
}
# Columns of numbers of any precision: as many decimals as there are, up to so many.
ANY_PRECISION = {"open": ("number", 4), "open input": ("input", 4), "fine": ("number", 12), "fine input": ("input", 12)}
DIFFERS = DifferentialStyle(
    font=Font(color=ALARM, bold=True), fill=PatternFill(patternType="solid", bgColor=ALARM_TINT, fgColor=ALARM_TINT)
)


def is_number(style: str) -> bool:
    """Whether a column of that style holds numbers, set to the right."""
    return style in ANY_PRECISION or LOOKS[style].align == "right"


def add_styles(workbook: Workbook) -> dict[str, tuple[int, int]]:
    """Add every look as a named style; gives for each the number of its cell format, plain and with a quote prefix."""
    normal = workbook._named_styles["Normal"]  # noqa: SLF001  there is no public way to the default font
    normal.font = Font(name=FONT, size=9, color=INK)
    for name, look in LOOKS.items():
        workbook.add_named_style(_named_style(name, look))
    sheet = workbook.worksheets[0]
    numbers: dict[str, tuple[int, int]] = {}
    for name in LOOKS:
        cell = WriteOnlyCell(sheet)
        cell.style = name
        usual = cell.style_id
        cell.quotePrefix = True
        numbers[name] = (usual, cell.style_id)
    return numbers


def _named_style(name: str, look: Look) -> NamedStyle:
    side = Side(style="thin" if look.line == ACCENT else "hair", color=look.line) if look.line else Side()
    fill = PatternFill(patternType="solid", fgColor=look.fill) if look.fill else PatternFill()
    return NamedStyle(
        name=name,
        font=Font(name=FONT, size=look.size, bold=look.bold, color=look.colour),
        border=Border(bottom=side),
        alignment=Alignment(horizontal=look.align, vertical=look.vertical, wrap_text=look.wrap, indent=1 if look.align == "right" else 0),
        fill=fill,
        number_format=look.number_format,
    )
