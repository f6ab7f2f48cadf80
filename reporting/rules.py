"""The rules of the standards and what enforces each: docs/rules.md from standards/rules.csv (python -m reporting.rules writes it)."""

from __future__ import annotations

from pathlib import Path

from reporting.database import PACKAGE
from reporting.reference import read_rows

RULES = PACKAGE / "standards" / "rules.csv"
KINDS = {
    "check": "a check of every inventory (its rule)",
    "datapoint": "datapoints of its framework must be given (`ghg check --framework`)",
    "test": "a test of the engine",
    "schema": "refused when the file is read",
    "person": "needs a person",
    "open": "not enforced yet",
}
HEAD = """# Rules

What the standards ask of a calculation, in our own words, and what enforces it. Clauses are places to look up, not quotations.
The table is `reporting/standards/rules.csv`; a test holds every check and test that it names to exist.

"""


def document() -> str:
    """docs/rules.md: a count by kind and one table per framework."""
    rows = read_rows(RULES)
    counts = "".join(f"* {sum(row['kind'] == kind for row in rows)}: {words}\n" for kind, words in KINDS.items())
    parts = [HEAD + counts]
    for framework in dict.fromkeys(row["framework"] for row in rows):
        own = [row for row in rows if row["framework"] == framework]
        lines = [f"| {row['rule']} | {row['clause']} | {row['wording']} | {row['kind']} | {_where(row)} |" for row in own]
        parts.append(f"\n## {framework}\n\n| rule | clause | what | kind | where, why |\n|---|---|---|---|---|\n" + "\n".join(lines) + "\n")
    return "".join(parts)


def _where(row: dict[str, str]) -> str:
    places = [f"`{place}`" for place in row["where"].split(" | ") if place]
    return ". ".join(part for part in (", ".join(places), row["reason"]) if part)


if __name__ == "__main__":
    (Path(__file__).resolve().parent.parent / "docs" / "rules.md").write_text(document(), encoding="utf-8", newline="")
