"""Numbers on a terminal: thousands apart, no idle zeros, points below one another."""

from __future__ import annotations

from decimal import Decimal

import pytest

from reporting.commands.layout import exact, on_the_point
from reporting.commands.reconcile import print_rows
from reporting.questions.reconcile import BillLine, BillRows


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Decimal("0.000000"), "0"),
        (Decimal("-0.00"), "0"),
        ("1234567.500000", "1,234,567.5"),
        (Decimal("-1234.000000000001"), "-1,234.000000000001"),
        (Decimal("-0.5"), "-0.5"),
        (Decimal("1E+3"), "1,000"),
        (12345, "12,345"),
        (None, "none"),
        ("", "none"),
    ],
)
def test_a_number_keeps_its_digits_and_loses_idle_zeros(value: Decimal | int | str | None, text: str) -> None:
    assert exact(value, "none") == text


def test_points_stand_below_one_another() -> None:
    assert [cell.rjust(9) for cell in on_the_point(["1,000", "0.25", "12.5", ""])] == [
        "1,000   ".rjust(9),
        "     0.25",
        "    12.5 ",
        " " * 9,
    ]
    assert on_the_point([]) == []


def test_the_rows_of_a_bill_are_printed_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    lines = (BillLine(2, Decimal("730.000000"), Decimal("0.000000")), BillLine(1003, Decimal("10.250000"), None))
    print_rows(BillRows("activity/cur.parquet", 1, "ab", {"unit": "h"}, lines, 2500, "1234740.250000", "0.000000", is_equal=True))
    assert capsys.readouterr().out.splitlines() == [
        "activity/cur.parquet:1, 2,500 lines, sha256 ab",
        "  unit h",
        " line  quantity  cost",
        "    2    730        0",
        "1,003     10.25",
        "and 2,498 more: --limit 2500 shows them",
        "quantity 1,234,740.25, cost 0: exactly the row",
    ]
