"""The control list covers every check, and its page is the one made from it."""

from __future__ import annotations

from pathlib import Path

from reporting.controls import controls, covers, document
from reporting.database import header
from reporting.findings import check_files


def test_every_check_covers_a_risk_and_every_risk_has_a_check() -> None:
    listed = controls()
    covered = {rule for _, checks in listed for rule, _, _ in checks}
    assert sorted({header(path)["rule"] for path in check_files()} - covered) == []
    assert [risk["risk"] for risk, checks in listed if not checks] == []


def test_every_pattern_meets_a_rule() -> None:
    rules = {header(path)["rule"] for path in check_files()}
    idle = [
        pattern for risk, _ in controls() for pattern in risk["rules"].split("|") if not any(covers({"rules": pattern}, r) for r in rules)
    ]
    assert idle == []
    assert not covers({"rules": "intake/*"}, "factor/none-found")


def test_the_page_is_made_from_the_table(root: Path) -> None:
    assert (root / "docs" / "controls.md").read_text(encoding="utf-8") == document(), "python -m reporting.controls writes it anew"
