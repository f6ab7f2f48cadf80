"""Numbers, units, periods and states as text: one locale-free English for every document."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

MINUS = "\N{MINUS SIGN}"
STATUS_TEXT = {
    "stated": "",
    "provisional": "provisional",
    "withheld": "withheld",
    "no_activity": "no activity",
    "not_material": "not material",
    "not_reported": "not reported",
    "not_applicable": "not applicable",
    "needs_person": "left to a person",
}
APPROACH_TEXT = {
    "operational_control": "operational control",
    "financial_control": "financial control",
    "equity_share": "equity share",
}
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def number(value: Decimal, decimals: int) -> str:
    """A number already rounded, with thousands separators, fixed decimals and a true minus sign; zero has no sign."""
    text = f"{abs(value):,.{decimals}f}"
    return MINUS + text if value < 0 and text.strip("0.,") else text


def plain(value: Decimal) -> str:
    """A number with all its digits, without exponent and trailing zeros."""
    text = f"{abs(value):,f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return MINUS + text if value < 0 else text


def rounded(value: Decimal, decimals: int) -> Decimal:
    """Half away from zero, the rounding of the ledger."""
    return value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def stated(status: str, value: Decimal | None, decimals: int) -> str:
    """What a figure prints: its number, or the reason in a word why there is none."""
    if value is not None and status in {"stated", "provisional"}:
        return number(value, decimals)
    return STATUS_TEXT.get(status, status.replace("_", " "))


def change(now: Decimal | None, before: Decimal | None) -> tuple[Decimal | None, str]:
    """The change between two stated numbers, in percent with one decimal, as a share and as text."""
    if now is None or before is None:
        return None, ""
    if before == 0:
        return None, "" if now == 0 else "from nil"
    if (now < 0) != (before < 0):
        return None, "sign changed"
    share = (now - before) / abs(before)
    percent = rounded(share * 100, 1)
    sign = "+" if percent > 0 else ""
    return share, f"{sign}{number(percent, 1)} %"


def share(value: Decimal | None) -> str:
    """A share of one as percent with one decimal; '' where it is unknown."""
    return "" if value is None else f"{number(rounded(value * 100, 1), 1)} %"


def unit(name: str) -> str:
    """A unit name as it is printed: t_co2e becomes t CO₂e."""
    text = (
        subscripts(re.sub(r"\b(k?g|t)_?co2", r"\1 CO2", name, flags=re.IGNORECASE))
        .replace("_hhv", " (gross)")
        .replace("_lhv", " (net)")
        .replace("_", " ")
    )
    return {"1": "", "ratio": "", "percent": "%"}.get(text, text)


def gas(name: str) -> str:
    """A gas as it is printed, with subscripts."""
    names = {"CH4_fossil": "CH₄ (fossil)", "CH4_biogenic": "CH₄ (biogenic)"}
    return names.get(name, subscripts(name))


def subscripts(text: str) -> str:
    """Text of the product with chemical formulas set properly: CO2 becomes CO₂."""
    for formula, printed in (("CO2", "CO₂"), ("CH4", "CH₄"), ("N2O", "N₂O"), ("SF6", "SF₆"), ("NF3", "NF₃")):
        text = text.replace(formula, printed)
    return text


def day(value: date) -> str:
    """A date in words: 1 July 2026."""
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"


def span(starts: date, ends: date) -> str:
    """A half-open interval as its first and last day."""
    return f"{day(starts)} to {day(ends - timedelta(days=1))}"


def period(name: str) -> str:
    """A period name in words: 2026-Q3 becomes Q3 2026, 2026-07 becomes July 2026."""
    head, _, tail = name.partition("-")
    fiscal = head.startswith("FY")
    year = f"fiscal year {head[2:]}" if fiscal else head
    if not tail:
        return year[0].upper() + year[1:]
    if tail.isdigit() and 1 <= int(tail) <= 12:
        return f"{MONTHS[int(tail) - 1]} {year}"
    quarter, _, kind = tail.partition("-")
    words = {"YTD": ", year to date", "TTM": ", trailing twelve months"}
    return f"{quarter} {year}{words.get(kind, ' ' + kind if kind else '')}"


def count(amount: int, one: str, many: str) -> str:
    """An amount with its noun: 1 line, 2 lines."""
    return f"{amount:,} {one if amount == 1 else many}"
