"""The index that `ghg check --framework` prints: what optional datapoints lack alike is told once, everything else by itself."""

from __future__ import annotations

import pytest

from reporting.commands.framework_lines import print_index


def line(datapoint: str, status: str = "not_reported", *, mandatory: bool = False, answer: str = "") -> dict[str, object]:
    """One datapoint of the index."""
    reason = f"no text: write narratives/e1/{datapoint}.md"
    return {
        "framework": "e1", "datapoint": datapoint, "clause": f"c {datapoint}", "status": status, "is_mandatory": mandatory,
        "answer": answer, "reason": reason,
    }  # fmt: skip


LINES = [
    line("A1", "stated", answer="12 t"),
    line("A2", "stated", answer="12 t"),
    line("B1"),
    line("B2"),
    line("B3"),
    line("C1", mandatory=True),
    line("C2", mandatory=True),
    line("D1"),
    line("D2", "needs_person"),
]


def test_optional_datapoints_that_lack_the_same_stand_in_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    print_index(LINES)
    assert capsys.readouterr().out.splitlines() == [
        "e1/A1 c A1: stated. 12 t",
        "e1/A2 c A2: stated. 12 t",
        "e1/B1, B2, B3 (3 datapoints): not reported. no text: write narratives/e1/DATAPOINT.md",
        "e1/C1 * c C1: not reported. no text: write narratives/e1/C1.md",
        "e1/C2 * c C2: not reported. no text: write narratives/e1/C2.md",
        "e1/D1 c D1: not reported. no text: write narratives/e1/D1.md",
        "e1/D2 c D2: left to a person. no text: write narratives/e1/D2.md",
        "mandatory datapoints: 2 not reported",
        "",
    ]


def test_every_one_stands_alone_where_that_is_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    print_index(LINES, every=True)
    told = capsys.readouterr().out.splitlines()
    assert [text.split()[0] for text in told if text.startswith("e1/")] == [f"e1/{one['datapoint']}" for one in LINES]
    assert "DATAPOINT" not in "".join(told)
