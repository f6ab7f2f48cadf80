"""docs/frameworks/<edition>.md from the frameworks' own files: every datapoint with its clause and what answers it, every rule.

`python -m reporting.framework_documents` writes them; a test holds them to be those of the files.
"""

from __future__ import annotations

from pathlib import Path

from reporting.conditions import conditions, facts
from reporting.database import header
from reporting.framework_folders import FRAMEWORKS, Framework, frameworks
from reporting.framework_rules import Rule, rules_of
from reporting.reference import read_rows

HEAD = """# {title}: {edition}

Folder `reporting/frameworks/{name}`, made from its files. Clauses are places to look up, not quotations. Forms of period: {periods}.{note}

Datapoints: {count}, of which {mandatory} mandatory (*). Each has exactly one status in a period: stated, provisional, no activity,
withheld, not material, not reported, not applicable, or left to a person.
"""
COLUMNS = "| datapoint | what | clause | kind | unit | answered by |\n|---|---|---|---|---|---|\n"
RULE_COLUMNS = "| rule | clause | what | how |\n|---|---|---|---|\n"
KINDS = {"sum": "sum of ledger lines", "ratio": "ratio", "input": "input", "hourly": "hourly matching", "text": "text"}
SELECTORS = (
    "scope", "scope3_category", "iso_category", "basis", "gas_group", "biogenic", "energy_source", "lifecycle_stage", "split",
)  # fmt: skip
HOW = {
    "sql": "check of this framework",
    "check": "general check",
    "test": "holds by construction, tested",
    "schema": "refused when the file is read",
}


def documents() -> dict[str, str]:
    """The text of every page by its file name."""
    pages = {f"{name}.md": document(name, head) for name, head in frameworks().items()}
    lines = [
        f"* [{head.title}: {head.edition}]({name}.md)" for name, head in sorted(frameworks().items(), key=lambda item: item[1].position)
    ]
    return {"README.md": "# Frameworks\n\n" + "\n".join(lines) + "\n", **pages}


def document(name: str, head: Framework) -> str:
    """The page of one framework."""
    rows = read_rows(FRAMEWORKS / name / "datapoints.csv")
    mandatory = sum(row.get("is_mandatory") == "true" for row in rows)
    note = f" {head.note}" if head.note else ""
    text = HEAD.format(
        title=head.title, edition=head.edition, name=name, periods=", ".join(head.periods), note=note, count=len(rows), mandatory=mandatory
    )
    for section in dict.fromkeys(row["section"] for row in rows):
        lines = [_datapoint(name, row) for row in rows if row["section"] == section]
        text += f"\n## {section}\n\n{COLUMNS}" + "\n".join(lines) + "\n"
    rules = rules_of(name)
    if rules:
        lines = [f"| {_cell(rule.rule)} | {_cell(rule.clause)} | {_cell(rule.wording)} | {_how(rule)} |" for rule in rules]
        text += f"\n## Rules\n\n`ghg check INVENTORY --framework {name}` judges each.\n\n{RULE_COLUMNS}"
        text += "\n".join(lines) + "\n"
    return text


def _datapoint(name: str, row: dict[str, str]) -> str:
    mark = " *" if row.get("is_mandatory") == "true" else ""
    cells = (f"`{row['datapoint']}`{mark}", row["label"], row["citation"], KINDS[row["kind"]], row["unit"], _answer(name, row))
    return "| " + " | ".join(_cell(cell) for cell in cells) + " |"


def _answer(name: str, row: dict[str, str]) -> str:
    return ". ".join(part for part in (_source(name, row), _condition(row)) if part)


def _source(name: str, row: dict[str, str]) -> str:
    if row["kind"] == "ratio":
        return f"`{row['numerator']}` / `{row['denominator']}`"
    if row["kind"] == "input":
        left = ", else left to a person" if row.get("answer") == "person" else ""
        return f"`inputs: {row['input']}` of inventory.yaml{left}"
    if row["kind"] == "text":
        sources = [part.strip() for part in (row.get("answer") or "").split("|") if part]
        return ", else ".join([f"`narratives/{name}/{row['datapoint']}.md`", *map(_told, sources)])
    chosen = [f"{key.replace('_', ' ')} {row[key].replace('|', ', ')}" for key in SELECTORS if row.get(key)]
    return "; ".join([*([f"measure {row['measure']}"] if row.get("measure") else []), *chosen])


def _told(part: str) -> str:
    kind, _, name = part.partition(":")
    if kind == "fact":
        return f"the tables (fact `{name}`: {header(facts()[name])['place']})"
    return f"the text `{name}` (`narratives/{name}.md` or `narrative` of inventory.yaml)"


def _condition(row: dict[str, str]) -> str:
    names = [name for name in (row.get("applies") or "").split("|") if name]
    return "applies under " + ", ".join(f"`{name}`" for name in names if name in conditions()) if names else ""


def _how(rule: Rule) -> str:
    if rule.kind in {"person", "open"}:
        return _cell(f"needs a person. {rule.reason}")
    if rule.kind == "datapoint":
        return _cell("given: " + ", ".join(f"`{name.rpartition('/')[2]}`" for name in rule.where if "::" not in name))
    names = ", ".join(f"`{place}`" for place in rule.where if rule.kind == "check" and "::" not in place)
    return HOW[rule.kind] + (f": {names}" if names else "") + (f", under `{rule.applies}`" if rule.applies else "")


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def write(target: Path) -> None:
    """Write every page into a folder, and remove those of frameworks that are no more."""
    target.mkdir(parents=True, exist_ok=True)
    made = documents()
    for path in set(target.glob("*.md")) - {target / name for name in made}:
        path.unlink()
    for name, text in made.items():
        (target / name).write_text(text, encoding="utf-8", newline="")


if __name__ == "__main__":
    write(Path(__file__).resolve().parent.parent / "docs" / "frameworks")
