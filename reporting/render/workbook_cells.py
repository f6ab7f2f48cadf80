"""Values as cells of a sheet: numbers, dates, live formulas with the value they hold, and text that can never become a formula."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TypeAlias
from xml.sax.saxutils import escape

from reporting.types import InputError

MAX_ROWS = 1_048_576
MAX_COLUMNS = 16_384
MAX_TEXT = 32_767
MAX_FORMULA = 8_192
MAX_LITERAL = 255
MAX_SHEET_NAME = 31
DAY_ZERO = date(1899, 12, 30)
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
NOT_A_CHARACTER = re.compile("[\ud800-\udfff\ufffe\uffff]")
ESCAPE_OF_THE_FORMAT = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


class WorkbookLimitError(InputError):
    """What a workbook cannot hold (rows, text, formula, name); the message names the place and the way out."""


@dataclass(frozen=True, slots=True)
class Formula:
    """A live formula over plain A1 ranges, without the leading equals sign, and the value that it gives."""

    text: str
    cached: Decimal | int


Value: TypeAlias = str | int | Decimal | date | Formula | None


def plain(value: Decimal | int) -> str:
    """A number with all its digits and without exponent."""
    text = f"{value:f}" if isinstance(value, Decimal) else str(value)
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def is_exact(value: Decimal) -> bool:
    """Whether a spreadsheet shows every digit: it keeps fifteen."""
    return len(plain(abs(value)).replace(".", "").strip("0")) <= 15


def quoted(text: str) -> str:
    """A text as a literal of a formula; raises WorkbookLimitError beyond 255 characters."""
    if len(text) > MAX_LITERAL:
        raise WorkbookLimitError(
            f'the name "{text[:40]}..." has {len(text):,} characters, a formula may quote {MAX_LITERAL}. fix: shorten it in inventory.yaml'
        )
    return '"' + text.replace('"', '""') + '"'


def needs_quote_prefix(text: str) -> bool:
    """Whether a program could take the text for a formula when somebody edits the cell."""
    return text.startswith(FORMULA_STARTS)


def check_length(text: str, place: str) -> None:
    """Raise WorkbookLimitError for a text beyond 32,767 characters, counted in UTF-16 as the format does."""
    if len(text) * 2 <= MAX_TEXT:
        return
    length = len(text.encode("utf-16-le", "surrogatepass")) // 2
    if length > MAX_TEXT:
        raise WorkbookLimitError(
            f"{place}: a text of {length:,} characters, a cell holds {MAX_TEXT:,}. fix: shorten it in its file, or build without xlsx"
        )


def text_xml(text: str) -> str:
    """Text as the format holds it; control characters become their pictures."""
    shown = CONTROL.sub(lambda match: chr(0x2400 + ord(match.group())), text)
    shown = NOT_A_CHARACTER.sub("\ufffd", shown)
    return escape(ESCAPE_OF_THE_FORMAT.sub("_x005F_", shown)).replace("\r", "_x000D_")


def cell_xml(place: str, reference: str, style: int, value: Value) -> str:
    """One cell; place is the name of the sheet for messages. None is an empty cell that keeps its style."""
    return f'<c r="{reference}"{tail_xml(place, reference, style, value)}'


def tail_xml(place: str, reference: str, style: int, value: Value) -> str:
    """A cell without its reference: what equal texts of one style have in common."""
    if value is None or value == "":
        return f' s="{style}"/>'
    if isinstance(value, str):
        check_length(value, f"{place}!{reference}")
        space = ' xml:space="preserve"' if value != value.strip() or "\n" in value else ""
        return f' s="{style}" t="inlineStr"><is><t{space}>{text_xml(value)}</t></is></c>'
    if isinstance(value, Formula):
        return f' s="{style}"><f>{_formula_xml(value.text, place, reference)}</f><v>{plain(value.cached)}</v></c>'
    return f' s="{style}"><v>{serial(value) if isinstance(value, date) else plain(value)}</v></c>'


def serial(value: date) -> int:
    """A date as the day number of the 1900 system; a time of day is left out."""
    day = value.date() if isinstance(value, datetime) else value
    return (day - DAY_ZERO).days


def _formula_xml(text: str, place: str, reference: str) -> str:
    if len(text) > MAX_FORMULA:
        raise WorkbookLimitError(
            f"{place}!{reference}: a formula of {len(text):,} characters, a cell holds {MAX_FORMULA:,}. fix: build without xlsx"
        )
    return escape(text)
