"""docs/factors.md states what is shipped: its table of sets is that of the folders, and every known disagreement has its choice."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from pathlib import Path

from reporting.exact_yaml import load_yaml

ROOT = Path(__file__).parents[1]
BEGIN, END = "<!-- sets: checked by tests/test_factor_documents.py -->\n", "<!-- end of sets -->\n"


def document() -> str:
    return (ROOT / "docs" / "factors.md").read_text(encoding="utf-8")


def rows(folder: Path) -> list[dict[str, str]]:
    with (folder / "factors.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def set_table() -> str:
    """The table of sets as the folders give it."""
    lines = ["| set | edition | values | GWP set | boundary | usable until | licence |", "|---|---|---|---|---|---|---|"]
    total = 0
    for path in sorted((ROOT / "factors").glob("*/set.yaml")):
        meta, found = load_yaml(path), rows(path.parent)
        total += len(found)
        boundary = ", ".join(sorted({row["boundary"] for row in found}))
        cells = [path.parent.name, meta["edition"], f"{len(found):,}", meta["gwp_set"], boundary, meta["usable_until"], meta["licence"]]
        lines.append("| " + " | ".join(map(str, cells)) + " |")
    return "\n".join([*lines, f"| all | | {total:,} | | | | |"]) + "\n"


def test_the_table_of_sets_is_that_of_the_folders(golden: Callable[[str, str], None]) -> None:
    text = document()
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    golden("../docs/factors.md", f"{before}{BEGIN}\n{set_table()}\n{END}{after}")


def test_more_than_twelve_thousand_values() -> None:
    assert sum(len(rows(path.parent)) for path in (ROOT / "factors").glob("*/set.yaml")) > 12_000


def test_every_set_may_be_redistributed() -> None:
    refused = [path.parent.name for path in (ROOT / "factors").glob("*/set.yaml") if load_yaml(path)["redistributable"] is not True]
    assert refused == []


def test_the_disagreements_are_told_with_the_choice(shared: Path) -> None:
    """As many as the notes of the reference data list, each with what was chosen."""
    notes = (shared / "factors" / "NOTES.md").read_text(encoding="utf-8")
    section = notes.partition("## Disagreements worth designing for")[2].partition("\n## ")[0]
    listed = re.findall(r"^(\d+)\.", section, re.MULTILINE)
    told = document().partition("## Where publishers differ")[2].partition("\n## ")[0]
    assert re.findall(r"^(\d+)\. ", told, re.MULTILINE) == listed
    assert all("Choice:" in entry for entry in re.split(r"^\d+\. ", told, flags=re.MULTILINE)[1:])


def test_every_disagreement_of_a_shipped_value_is_in_its_table() -> None:
    with (ROOT / "factors" / "disagreements.csv").open(encoding="utf-8", newline="") as stream:
        subjects = {row["subject"] for row in csv.DictReader(stream)}
    assert "R-424A" in subjects
    assert "factors/disagreements.csv" in document()
