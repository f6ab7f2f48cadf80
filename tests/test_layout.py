"""Numbers on a terminal: thousands apart, no idle zeros, points below one another."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from rich.console import Console

from reporting.commands import layout, reconcile, terminal
from reporting.commands.disclose import print_headline, show, stated
from reporting.commands.layout import exact, on_the_point, thousands
from reporting.commands.reconcile import print_rows
from reporting.questions.reconcile import BillLine, BillRows
from reporting.statement import Heading, Statement


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


FIGURES = [
    ("1,306.436", "tCO2e", "Scope 2 emissions, location-based", "ghg_protocol/scope2_location"),
    ("withheld", "MWh", "Energy", "esrs/E"),
]


def test_figures_stand_side_by_side_where_there_is_room(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(terminal.out, "width", 84)
    print_headline(FIGURES)
    assert capsys.readouterr().out.splitlines() == [
        "   stated  unit   label                              figure",
        "1,306.436  tCO2e  Scope 2 emissions, location-based  ghg_protocol/scope2_location",
        " withheld  MWh    Energy                             esrs/E",
    ]


def test_an_id_is_never_cut_where_there_is_not(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(terminal.out, "width", 48)
    print_headline(FIGURES)
    assert capsys.readouterr().out.splitlines() == [
        "   stated  unit   label",
        "1,306.436  tCO2e  Scope 2 emissions,",
        "                  location-based",
        "                  ghg_protocol/scope2_location",
        " withheld  MWh    Energy",
        "                  esrs/E",
    ]


@pytest.mark.parametrize(
    ("text", "shown"),
    [("1306.400", "1,306.400"), ("-1000", "-1,000"), ("0", "0"), ("withheld", "withheld"), ("no activity", "no activity")],
)
def test_a_stated_number_keeps_its_decimals(text: str, shown: str) -> None:
    assert thousands(text) == shown


def on_a_terminal(monkeypatch: pytest.MonkeyPatch, width: int) -> None:
    console = Console(force_terminal=True, width=width, no_color=True, highlight=False, markup=False, emoji=False)
    for module in (layout, terminal, reconcile):
        monkeypatch.setattr(module, "out", console)


def test_a_row_as_read_is_never_broken(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    on_a_terminal(monkeypatch, 40)
    row = '  activity/x.csv [A b]:34 | W-033,waste,"1  2x4",' + "kg " * 20
    layout.print_hanging(row)
    layout.print_hanging("    " + "words " * 12)
    assert capsys.readouterr().out.splitlines() == [
        row,
        "    words words words words words",
        "      words words words words words",
        "      words words",
    ]


def test_a_table_too_wide_is_told_row_by_row(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    columns = (Heading("a", "Meter", None), Heading("b", "kWh", 3), Heading("c", "By us, kg CO2e", 3), Heading("d", "Other", 3))
    statement = Statement("s", "Title", "Lead.", "", columns, (("ASH-H1", Decimal("1129870.000"), Decimal("303975.5250"), None),))
    on_a_terminal(monkeypatch, 30)
    reconcile.print_statement(statement)
    assert capsys.readouterr().out.splitlines()[2:] == ["ASH-H1", "    kWh 1,129,870, By us, kg CO2e", "    303,975.525"]


def test_names_and_paths_of_documents_stand_apart(capsys: pytest.CaptureFixture[str]) -> None:
    layout.print_aligned(("", ""), [("json", "out/figures.json"), ("ixbrl/esrs_e1_set1", "out/a.xhtml")], gap=1)
    assert capsys.readouterr().out.splitlines() == ["json               out/figures.json", "ixbrl/esrs_e1_set1 out/a.xhtml"]


def test_the_page_gives_labels_a_line_of_their_own_on_a_narrow_screen(root: Path) -> None:
    style = (root / "templates" / "ixbrl.css").read_text(encoding="utf-8")
    narrow = style.partition("@media (max-width: 720px)")[2].partition("@media print")[0]
    assert "tr { display: flex; flex-wrap: wrap" in narrow
    assert "tr > :first-child { flex: 0 0 100%" in narrow
    assert narrow.count("{") == narrow.count("}")


def test_a_traced_figure_has_the_decimals_of_the_documents() -> None:
    assert stated({"stated": Decimal("1234.950000"), "decimals": 3}) == "1,234.950"
    assert stated({"stated": None, "decimals": 3}) == ""
    assert [show(Decimal("10846.000")), show("x"), show(None)] == ["10,846", "x", ""]
