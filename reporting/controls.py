"""The control list: which check covers which risk, as data; docs/controls.md is made from it (python -m reporting.controls)."""

from __future__ import annotations

from fnmatch import fnmatchcase
from pathlib import Path

from reporting.database import PACKAGE, header
from reporting.findings import check_files
from reporting.reference import read_rows

RISKS = PACKAGE / "evidence" / "risks.csv"
HEAD = """# Controls: which check covers which risk

What can go wrong in an inventory, the assertion that it would break, and the checks that find it. Every check of the engine covers
at least one risk; a test holds that. The table is `reporting/evidence/risks.csv`. Each check has an input that makes it fire, below
`tests/errors`. Samples and misstatements: [sampling.md](sampling.md).
"""


def controls() -> list[tuple[dict[str, str], tuple[tuple[str, str, str], ...]]]:
    """Each risk with its checks: rule, severity, fix."""
    heads = sorted({(head["rule"], head["severity"], head["fix"]) for head in map(header, check_files())})
    return [(risk, tuple(head for head in heads if covers(risk, head[0]))) for risk in read_rows(RISKS)]


def covers(risk: dict[str, str], rule: str) -> bool:
    """Whether a rule meets one of the patterns of a risk."""
    return any(fnmatchcase(rule, pattern) for pattern in risk["rules"].split("|"))


def document() -> str:
    """docs/controls.md: a section for each risk."""
    parts = [HEAD]
    for risk, checks in controls():
        lines = [f"| `{rule}` | {severity} | {fix} |" for rule, severity, fix in checks]
        other = f"Also: {risk['other']}.\n\n" if risk["other"] else ""
        told = f"\n## {risk['what']}\n\n`{risk['risk']}`, assertion: {risk['assertion']}. {risk['citation']}.\n\n{other}"
        parts.append(told + "| check | severity | what mends it |\n|---|---|---|\n" + "\n".join(lines) + "\n")
    return "".join(parts)


if __name__ == "__main__":
    (Path(__file__).resolve().parent.parent / "docs" / "controls.md").write_text(document(), encoding="utf-8", newline="")
