"""The crosswalk between editions: docs/crosswalk.md from standards/crosswalk.csv (python -m reporting.crosswalk writes it)."""

from __future__ import annotations

from pathlib import Path

from reporting.database import PACKAGE
from reporting.framework_folders import frameworks
from reporting.reference import read_rows

CROSSWALK = PACKAGE / "standards" / "crosswalk.csv"
EDITIONS = ("esrs_e1_set1", "esrs_e1_2026", "vsme_2026")
HEAD = """# Crosswalk

What the editions call the same thing, made from `reporting/standards/crosswalk.csv`. **Numbers moved between the editions of ESRS E1**:
E1-6 is emissions in Set 1 and targets in the revised edition, whose E1-7 is energy and whose E1-8 is emissions. A mapping is therefore
keyed by edition and id, never by id alone. `-` says that the edition has no such datapoint; what an edition drops is still computed
where another one asks for it. A test computes every pair of one line and holds them equal.

Set 1: Delegated Regulation (EU) 2023/2772. Revised: delegated act of 3 July 2026, for financial year 2026 if in force (unconfirmed),
elements of the draft taxonomy of 2026-08-30; an id marked ~ was inferred from its place, one marked ? was not seen. VSME: the elements
of both taxonomies (2025-07-30, 2026-05-01) are the same. m mandatory, c conditional, v voluntary, b basic module, k comprehensive
module.

"""
MARKS = {"mandatory": "m", "conditional": "c", "voluntary": "v", "basic module": "b", "comprehensive module": "k", "not known": "?", "": ""}
COLUMNS = "| what | ESRS E1 Set 1 | ESRS E1 revised | VSME | others |\n|---|---|---|---|---|\n"


def document() -> str:
    """docs/crosswalk.md: one line per concept."""
    rows = read_rows(CROSSWALK)
    lines = []
    for concept in dict.fromkeys(row["concept"] for row in rows):
        own = [row for row in rows if row["concept"] == concept]
        named = [_cell(next((row for row in own if row["framework"] == name), None)) for name in EDITIONS]
        others = [f"{frameworks()[row['framework']].title} {row['paragraph']}" for row in own if row["framework"] not in EDITIONS]
        lines.append(f"| {own[0]['label']} | {' | '.join(named)} | {', '.join(others) or '-'} |")
    return HEAD + COLUMNS + "\n".join(lines) + "\n"


def _cell(row: dict[str, str] | None) -> str:
    if row is None:
        return "-"
    name = row["id"].removeprefix("ESRS26_") or "?" if row["framework"] != "vsme_2026" else row["element"].removeprefix("vsme:")
    doubt = "~" if "inferred" in row["how_known"] else ""
    place = f", {row['paragraph']}" if row["paragraph"] else ""
    return f"`{name}`{doubt}{place} ({MARKS[row['requirement']]})"


if __name__ == "__main__":
    (Path(__file__).resolve().parent.parent / "docs" / "crosswalk.md").write_text(document(), encoding="utf-8", newline="")
