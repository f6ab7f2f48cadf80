"""Widths of printed columns: numbers and whole words keep their room, long texts share the rest."""

from __future__ import annotations

from reporting.render.columns import LINE, column_widths


def characters(widths: list[str]) -> list[float]:
    return [float(width.removesuffix("%")) * LINE / 100 for width in widths]


def test_they_fill_the_table() -> None:
    widths = column_widths(["Status", "t CO2e"], [False, True], [["included", "1,306.436"]], 40)
    assert abs(sum(float(width.removesuffix("%")) for width in widths) - 100) < 0.02


def test_a_number_and_a_word_keep_their_room_and_the_long_text_takes_the_rest() -> None:
    reason = "not relevant, since the company sells no goods and leases nothing out to anybody at all"
    number, view, text = characters(
        column_widths(["t", "View", "Reason"], [True, False, False], [["1,306.436567", "operational_control", reason], ["0", "", ""]], 40)
    )
    assert number >= len("1,306.436567")
    assert view >= len("operational_control")
    assert text > LINE / 2


def test_a_long_identifier_needs_room_for_a_part_of_it_only() -> None:
    identifier = "ghg_protocol/scope3_by_category/category=11/country=GB"
    (narrow, _), (wide, _) = (
        characters(column_widths(["Figure", "Reason"], [False, False], [[identifier, "a reason of many words " * 20]], whole))
        for whole in (10, 100)
    )
    assert narrow < wide


def test_a_table_without_rows_has_room_for_its_headings() -> None:
    first, second = characters(column_widths(["Instrument", "MWh"], [False, True], [], 40))
    assert first > second > 0
