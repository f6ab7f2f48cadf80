"""How answers stand on a terminal: numbers as people read them, columns that line up, a line or two beneath."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Context, Decimal

from reporting.commands.terminal import err, out, print_text
from reporting.digest import plain
from reporting.findings import SEVERITIES, render_text
from reporting.types import Finding

DIGITS = 6
MARK = 6  # characters of a mark such as [12], which stays with the long id after it
STYLES = {"error": "bold red", "warning": "bold yellow", "note": "bold"}
ROW_AS_READ = re.compile(r"(.*:)?\d+ \| ")
NUMBER = re.compile(r"-?\d+(\.\d+)?")
FEW = Context(prec=DIGITS, rounding=ROUND_HALF_UP)


def factor_value(value: Decimal | None) -> str:
    """A factor to six significant digits; the JSON holds all of them."""
    return "unknown" if value is None else plain(FEW.plus(value))


def amount(value: Decimal | None, decimals: int = 3) -> str:
    """A quantity with thousands apart, rounded half away from zero; one that would round to nothing keeps its digits."""
    if value is None:
        return "not priced"
    rounded = value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    if rounded == 0 and value != 0:
        return plain(Context(prec=3, rounding=ROUND_HALF_UP).plus(value))
    whole, _, rest = plain(rounded).partition(".")
    sign, digits = whole[: whole.startswith("-")], whole.removeprefix("-")
    return f"{sign}{int(digits):,}" + (f".{rest}" if rest else "")


def exact(value: Decimal | int | str | None, otherwise: str = "") -> str:
    """A number as it is, all its digits, thousands apart, without idle zeros; `otherwise` where there is none."""
    if value is None or value == "":
        return otherwise
    whole, _, rest = plain(Decimal(value)).partition(".")
    sign = whole[: whole.startswith("-")]
    return f"{sign}{int(whole.removeprefix('-')):,}" + (f".{rest}" if rest else "")


def thousands(text: str) -> str:
    """A number with all its decimals and thousands apart; any other text as it is."""
    return f"{Decimal(text):,}" if NUMBER.fullmatch(text) else text


def on_the_point(numbers: Sequence[str]) -> list[str]:
    """Numbers filled up on the right, so that set flush right their decimal points stand below one another."""
    rests = [len(number) - number.find(".") if "." in number else 0 for number in numbers]
    return [number + " " * (max(rests) - rest) for number, rest in zip(numbers, rests, strict=True)]


def aligned(rows: Sequence[Sequence[str]], right: Sequence[int] = (), gap: int = 2) -> list[str]:
    """Rows of cells as lines of text whose columns line up; the columns numbered in `right` are set flush right."""
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))] if rows else []
    cells = [
        [cell.rjust(width) if place in right else cell.ljust(width) for place, (cell, width) in enumerate(zip(row, widths, strict=True))]
        for row in rows
    ]
    return [(" " * gap).join(row).rstrip() for row in cells]


def print_aligned(
    header: Sequence[str], rows: Sequence[Sequence[str]], right: Sequence[int] = (), beneath: Sequence[Sequence[str]] = (), gap: int = 2
) -> None:
    """A header, rows whose columns line up with it, and beneath each row its further lines, indented and wrapped."""
    head, *lines = aligned([header, *rows], right, gap)
    if any(header):
        out.print(head, style="bold", soft_wrap=True)
    for number, line in enumerate(lines):
        print_text(line)
        for text in beneath[number] if beneath else ():
            print_wrapped(text, "      ")


def print_fitting(header: Sequence[str], rows: Sequence[Sequence[str]], right: Sequence[int] = ()) -> None:
    """A table; on a terminal that is too narrow for it row by row, first the texts, then the numbers with what they are."""
    if not out.is_terminal or sum(max(map(len, cells)) + 2 for cells in zip(header, *rows, strict=True)) - 2 <= out.width:
        print_aligned(header, rows, right)
        return
    for row in rows:
        named = [(label, cell, place in right) for place, (label, cell) in enumerate(zip(header, row, strict=True)) if cell]
        print_hanging(", ".join(cell for _, cell, is_number in named if not is_number))
        print_wrapped(", ".join(f"{label} {cell}" for label, cell, is_number in named if is_number), "    ")


def folded(header: Sequence[str], rows: Sequence[Sequence[str]], column: int, least: int = 20, gap: int = 2) -> list[list[str]]:
    """Rows with one column broken between words, so that the table fits the terminal; the rest of a cell stands in further rows."""
    others = [max(len(row[place]) for row in [header, *rows]) + gap for place in range(len(header)) if place != column]
    room = max(out.width - sum(others), least)
    return [
        [*row[:column], text, *row[column + 1 :]] if number == 0 else [*[""] * column, text, *[""] * (len(header) - column - 1)]
        for row in rows
        for number, text in enumerate(wrapped(row[column], room))
    ]


def print_wrapped(text: str, indent: str = "") -> None:
    """Text broken between words to the width of the terminal, every line indented."""
    for line in wrapped(text, max(out.width - len(indent), 30)):
        print_text(indent + line)


def print_findings(findings: Sequence[Finding], *, every: bool = False, rest: str = "--json lists every one", stderr: bool = False) -> None:
    """Findings; on a terminal broken between words and in colour, in a pipe one line for each message."""
    for line in render_text(findings, every=every, rest=rest).splitlines():
        severity = "" if line.startswith(" ") else next((word for word in SEVERITIES if f": {word} " in line), "")
        print_hanging(line, stderr=stderr, style=STYLES.get(severity))


def print_hanging(line: str, *, stderr: bool = False, style: str | None = None) -> None:
    """One line; a terminal that is too narrow gets it broken between words, the rest indented further. A row as read is never broken."""
    console = err if stderr else out
    text = line.lstrip(" ")
    indent = " " * (len(line) - len(text))
    is_broken = console.is_terminal and len(line) > console.width and not ROW_AS_READ.match(text)
    for number, part in enumerate(wrapped(text, max(console.width - len(indent) - 2, 30)) if is_broken else [text]):
        print_text(f"{indent}{'  ' if number else ''}{part}", stderr=stderr, style=style)


def wrapped(text: str, width: int) -> list[str]:
    """Text broken between words; a word longer than the width stands alone, whole, so that an id can be copied."""
    lines = [""]
    for word in text.split():
        fits = len(lines[-1]) + len(word) + 1 <= width or (len(word) > width and len(lines[-1]) < MARK)
        lines = [*lines[:-1], f"{lines[-1]} {word}".strip()] if fits or not lines[-1] else [*lines, word]
    return lines
