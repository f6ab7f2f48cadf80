"""Findings that differ only in their period or their numbers stand once, with how often, the span and the places; JSON keeps every one."""

from __future__ import annotations

import pytest
from rich.console import Console

from reporting.commands import layout, terminal
from reporting.finding_groups import grouped, shape
from reporting.findings import render_text
from reporting.types import Finding, Severity


def finding(message: str, row: int | None = None, **given: object) -> Finding:
    """A finding of one file."""
    values: dict[str, object] = {
        "rule": "factor/none-found",
        "severity": "error",
        "file": "activity/heat.csv",
        "subject": "s",
        "fix": "load one",
    }
    return Finding(**(values | {"row": row, "message": message} | given))  # type: ignore[arg-type]


MONTHS = [
    finding(f"no factor for heat in FR, 2026-{month:02}", row=month + 1, damages=(f"scope2@2026-{month:02}", "scope2@2026"))
    for month in range(1, 13)
]


def test_what_differs_by_the_period_stands_once_with_its_span_and_places() -> None:
    assert render_text(MONTHS) == (
        "activity/heat.csv:2: error factor/none-found\n"
        "  no factor for heat in FR, 2026-01 (12 times, 2026-01 to 2026-12). scope2@2026-01, scope2@2026, scope2@2026-02 "
        "and 10 more are withheld because of this.\n"
        "    likewise activity/heat.csv:3, 4, 5, 6 and 7 more\n"
        "  fix: load one"
    )


def test_every_finding_stands_alone_where_that_is_asked_for() -> None:
    text = render_text(MONTHS, every=True)
    assert [line for line in text.splitlines() if line.startswith("activity/")] == [
        f"activity/heat.csv:{row}: error factor/none-found" for row in range(2, 14)
    ]
    assert "likewise" not in text
    assert "times" not in text


def test_no_finding_is_lost_and_none_is_told_twice() -> None:
    every = [
        *MONTHS,
        finding("no factor for steam in FR, 2026-01", row=2),
        finding("odd", severity="note"),
        finding("odd", rule="factor/other"),
    ]
    groups = grouped(every)
    assert sorted(map(repr, (found for group in groups for found in group.findings))) == sorted(map(repr, every))
    assert [(group.rule, group.severity, len(group.entries)) for group in groups] == [
        ("factor/none-found", "error", 2),
        ("factor/none-found", "note", 1),
        ("factor/other", "error", 1),
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("meter M-1 has no data for 2026-07", "meter M-2 has no data for 2026-07"),
        ("priced with epa-hub.2024.t1", "priced with epa-hub.2025.t1"),
        ("electricity in US:eGRID:SRVC", "electricity in US:eGRID:SRTV"),
        ('unknown site "ashbrun"', 'unknown site "asburn"'),
        ("values rest on AR5", "values rest on AR6"),
        ("due in 2026-07", "due in 2026-Q3"),
        ("see README.md#2", "see README.md#3"),
        ("capital.238210 in US", "capital.323111 in US"),
    ],
)
def test_what_differs_by_more_stays_apart(one: str, other: str) -> None:
    assert shape(one) != shape(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("DE-2026-Q2: 7771.4 of 280000 kWh match nothing", "DE-2026-Q3: 5,796.41 of 290000 kWh match nothing"),
        ("scope1@2026-Q3 would be 12", "scope1@2026-Q4 would be -1.5"),
        ("scope1@2026 would be 12.", "scope1@2027 would be 13."),
        ('quantity "7.2e-05" was rounded to 0.0000727', 'quantity "0.000108913" was rounded to 0.0001089'),
        ("read 2026-07-31T00:00:00Z", "read 2026-08-31T00:00:00Z"),
        ("PAR-H-2026-04 is late", "PAR-H-2026-05 is late"),
    ],
)
def test_what_differs_by_period_or_number_is_one_entry(one: str, other: str) -> None:
    assert shape(one) == shape(other)


@pytest.mark.parametrize(("severity", "shown"), [("error", 20), ("warning", 5), ("note", 3)])
def test_of_many_entries_the_first_are_shown_and_the_others_counted(severity: Severity, shown: int) -> None:
    text = render_text([finding(f'unknown site "s{n}x"', row=n, severity=severity) for n in range(1, 31)], rest="ask for all")
    assert text.count("unknown site") == shown
    assert f"  and {30 - shown} more of factor/none-found: ask for all\n  fix: load one" in text


def test_a_place_is_not_said_again_for_the_next_entry_of_the_same_row() -> None:
    text = render_text([finding(f"no factor ({basis})", row=2, row_text="heat,1") for basis in ("location", "market")])
    assert (
        text
        == "activity/heat.csv:2: error factor/none-found\n  2 | heat,1\n  no factor (location).\n  no factor (market).\n  fix: load one"
    )


def test_a_terminal_breaks_lines_between_words_and_a_pipe_does_not(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    long = finding("word " * 40 + "end", row=2)
    layout.print_findings([long])
    assert max(map(len, capsys.readouterr().out.splitlines())) > 200
    console = Console(force_terminal=True, width=60, no_color=True, highlight=False, markup=False, emoji=False)
    monkeypatch.setattr(layout, "out", console)
    monkeypatch.setattr(terminal, "out", console)
    layout.print_findings([long])
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) > 4
    assert max(map(len, lines)) <= 60 + len("\x1b[1m\x1b[0m")
    assert lines[0].startswith("\x1b[")
