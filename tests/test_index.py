"""The printed disclosure index: every datapoint once, with its whole clause, though what clauses share stands once."""

from __future__ import annotations

from reporting.render.index import LONGEST, IndexEntry, index_entries

ROWS = [
    ("E1-6_01 *", "ESRS E1 E1-6 44 a (E1-6_01)", "stated", "Gross", "12.0 t"),
    ("E1-6_scope1", "ESRS E1 E1-6 44 a (E1-6_01)", "stated", "Gross", "11.0 t"),
    ("E1-9_01b", "ESRS E1 E1-9 66 a, AR 70 (E1-9_01), phased in", "stated", "Gross", "1.0 t"),
    ("E1-9_02", "ESRS E1 E1-9 66 a, AR 70 (E1-9_02), phased in", "stated", "Gross", "2.0 t"),
    ("E1-6_02", "ESRS E1 E1-6 50 (E1-6_02)", "stated", "Gross", "3.0 t"),
    ("BP-1_01 *", "ESRS 2 BP-1 5 a (BP-1_01)", "left to a person", "", "no text: write narratives/esrs_e1_set1/BP-1_01.md"),
    (
        "BP-1_02 *",
        "ESRS 2 BP-1 5 b i (BP-1_02), where it applies",
        "left to a person",
        "",
        "no text: write narratives/esrs_e1_set1/BP-1_02.md",
    ),
]


def shown(entry: IndexEntry) -> list[str]:
    return [f"{clauses.standard}: {'; '.join(clauses.datapoints)}" for clauses in entry.clauses]


def test_what_clauses_share_stands_once_and_values_are_not_repeated() -> None:
    stated, left = index_entries(ROWS)
    assert (stated.status, stated.place, stated.answer) == ("stated", "Gross", "")
    assert shown(stated) == [
        "ESRS E1: E1-6_01 * (E1-6 44 a); E1-6_scope1 (E1-6 44 a (E1-6_01)); E1-6_02 (E1-6 50)",
        "ESRS E1 E1-9 66 a, AR 70, phased in: E1-9_01b, E1-9_02",
    ]
    assert left.answer == "no text: write narratives/esrs_e1_set1/"
    assert shown(left) == ["ESRS 2 BP-1 5 a: BP-1_01 *", "ESRS 2 BP-1 5 b i, where it applies: BP-1_02 *"]


def test_a_clause_of_the_name_alone_has_no_empty_brackets() -> None:
    clauses = ["SCI specification 1.1.0", "SCI specification 1.1.0, Energy"]
    (entry,) = index_entries([(f"d{place}", clause, "stated", "Score", "1") for place, clause in enumerate(clauses)])
    assert shown(entry) == ["SCI specification 1.1.0: d0; d1 (Energy)"]


def test_a_row_is_never_longer_than_what_a_page_holds_and_loses_nothing() -> None:
    rows = [(f"d{number}", f"Standard ch. {number}", "stated", "Totals", "1") for number in range(LONGEST + 1)]
    entries = index_entries(rows)
    assert [sum(len(clauses.datapoints) for clauses in entry.clauses) for entry in entries] == [LONGEST, 1]
    assert shown(entries[1]) == ["Standard ch. 24: d24"]
