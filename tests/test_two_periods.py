"""Two periods in one register: each is locked for itself, one that nobody published stands free beside it, and the chain holds both."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from inventories import DIESEL, table
from registers import PERIOD, SCOPE1, compute, one_version, publish

from reporting.evidence.integrity import all_faults
from reporting.evidence.register import home_of, versions

BEFORE = "2026-Q2"
JUNE = DIESEL.replace("2026-07", "2026-06").replace("06-31", "06-30")


def burn(folder: Path, june: int, july: int) -> None:
    """Say how much diesel was burnt in June, the last month of one quarter, and in July, the first of the next."""
    (folder / "activity" / "s.csv").write_text(table(JUNE.format(june), DIESEL.format(july)), encoding="utf-8")


def restated(folder: Path) -> dict[str, tuple[int | None, str]]:
    """Period -> line of the register and message, for Scope 1 of every period that publishing anew would restate."""
    found = [finding for finding in compute(folder).findings if finding.rule == "register/would-restate"]
    mine = {finding.subject.rpartition("@")[2]: (finding.row, finding.message) for finding in found if SCOPE1 + "@" in finding.subject}
    assert {finding.subject.rpartition("@")[2] for finding in found} == mine.keys()
    return mine


def test_each_published_period_is_locked_for_itself_and_the_chain_holds_both(tmp_path: Path) -> None:
    folder = shutil.copytree(one_version(), tmp_path / "inventory")
    inventory = json.loads((folder / "inventory.yaml").read_text(encoding="utf-8"))
    (folder / "inventory.yaml").write_text(json.dumps({**inventory, "periods": [BEFORE, PERIOD]}), encoding="utf-8")
    burn(folder, 50, 110)
    beside = restated(folder)
    assert beside.keys() == {PERIOD}, "what nobody published can be changed freely"
    assert "published 0.250 tCO2e, now 0.275 tCO2e" in beside[PERIOD][1]

    assert publish(folder, BEFORE, on="2026-11-03").name == f"{BEFORE}/v1"
    burn(folder, 60, 110)
    both = restated(folder)
    assert {period: line for period, (line, _) in both.items()} == {PERIOD: 1, BEFORE: 2}
    said = "would restate {} of {}/v1: published {} tCO2e, now {} tCO2e, exactly +0.025 tCO2e"
    assert both[BEFORE][1].startswith(said.format(SCOPE1, BEFORE, "0.125", "0.150"))
    assert both[PERIOD][1].startswith(said.format(SCOPE1, PERIOD, "0.250", "0.275"))

    publish(folder, BEFORE, reason="June was read wrong", on="2026-11-04")
    one_left = restated(folder)
    assert one_left.keys() == {PERIOD}, "publishing one period restates no other"
    publish(folder, PERIOD, reason="July was read wrong", on="2026-11-05")
    made = versions(folder)
    assert [version.name for version in made] == [f"{PERIOD}/v1", f"{BEFORE}/v1", f"{BEFORE}/v2", f"{PERIOD}/v2"]
    assert [version.is_latest for version in made] == [False, False, True, True]
    previous = {version.name: version.manifest.previous for version in made}
    assert previous == {made[0].name: "0" * 64, made[1].name: "0" * 64, made[2].name: made[1].digest, made[3].name: made[0].digest}
    assert all_faults(home_of(folder)) == ()
    assert restated(folder) == {}
