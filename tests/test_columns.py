"""Widths of printed columns: numbers and whole words keep their room, long texts share the rest, words wrap where a column ends."""

from __future__ import annotations

from reporting.render.columns import LINE, SMALL_LINE, TableLayout, table_layout
from reporting.render.report import _breakable

IDENTIFIER = "ghg_protocol/scope3_by_category/category=11/country=GB"
SENTENCE = "not relevant, since the company sells no goods and leases nothing out to anybody at all"


def characters(layout: TableLayout) -> list[float]:
    line = SMALL_LINE if layout.is_small else LINE
    return [float(column.width.removesuffix("%")) * line / 100 for column in layout.columns]


def test_they_fill_the_table() -> None:
    layout = table_layout(["Status", "t CO2e"], [False, True], [["included", "1,306.436"]])
    assert abs(sum(float(column.width.removesuffix("%")) for column in layout.columns) - 100) < 0.02


def test_a_number_and_a_word_keep_their_room_and_the_long_text_takes_the_rest() -> None:
    layout = table_layout(["t", "View", "Reason"], [True, False, False], [["1,306.436567", "operational_control", SENTENCE], ["0", "", ""]])
    number, view, text = characters(layout)
    assert not layout.is_small
    assert number >= len("1,306.436567")
    assert view >= len("operational_control")
    assert text > LINE / 2


def test_a_table_whose_texts_have_no_room_is_set_small() -> None:
    words = ["transportation"] * 6 + ["a reason of several words", SENTENCE]
    usual, small = (table_layout([f"Heading {number}" for number in range(count)], [False] * count, [words[-count:]]) for count in (3, 8))
    assert (usual.is_small, small.is_small) == (False, True)
    assert characters(small)[7] > characters(small)[0]


def test_a_table_of_many_columns_is_set_small() -> None:
    assert [table_layout(["t"] * count, [True] * count, [["0"] * count]).is_small for count in (9, 10)] == [False, True]


def test_a_long_identifier_needs_room_for_a_part_of_it_only() -> None:
    others = [SENTENCE] * 7
    layout = table_layout(["Figure"] + ["Reason"] * 7, [False] * 8, [[IDENTIFIER, *others]])
    assert layout.is_small
    assert len("scope3_by_") <= layout.columns[0].room < len(IDENTIFIER)


def test_the_number_of_a_rule_stays_whole() -> None:
    layout = table_layout(["Rule", *["Why"] * 8], [False] * 9, [["E1-R26", *[SENTENCE] * 8]])
    assert layout.is_small
    assert characters(layout)[0] >= len("E1-R26")


def test_a_table_without_rows_has_room_for_its_headings() -> None:
    first, second = characters(table_layout(["Instrument", "MWh"], [False, True], []))
    assert first > second > 0


def test_a_word_wraps_after_the_last_separator_that_fits() -> None:
    assert _breakable(IDENTIFIER, len(IDENTIFIER)) == IDENTIFIER
    lines = _breakable(IDENTIFIER, 33).split("<wbr>")
    assert lines == ["ghg_protocol/scope3_by_category/", "category=11/country=GB"]
    assert _breakable(f"see {IDENTIFIER} and 1,129,870.0", 33) == f"see {'<wbr>'.join(lines)} and 1,129,870.0"
    assert _breakable("<" + "x" * 50 + "-y>", 20) == "&lt;" + "x" * 50 + "-<wbr>y&gt;"
