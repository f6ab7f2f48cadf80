"""The register of published versions: what is frozen, how it is restored, what is refused."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from inventories import DIESEL, table
from registers import PERIOD, publish, two_versions

from reporting.evidence.register import Version, find_version, restore, versions
from reporting.types import UsageError


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of an inventory of which two versions are published."""
    return shutil.copytree(two_versions(), tmp_path_factory.mktemp("register") / "inventory")


@pytest.fixture(scope="module")
def published(folder: Path) -> tuple[Version, ...]:
    return versions(folder)


def test_a_version_freezes_every_input_and_nothing_that_was_written(published: tuple[Version, ...]) -> None:
    first, second = published
    assert set(first.manifest.inputs) == {
        "inventory.yaml", "activity/s.csv", "evidence/bill.txt", "factors/test_1/set.yaml", "factors/test_1/factors.csv", "factors.lock",
    }  # fmt: skip
    changed = {name for name, sha256 in second.manifest.inputs.items() if first.manifest.inputs[name] != sha256}
    assert changed == {"activity/s.csv"}
    assert {"factors/units.csv", "reporting/stages/70_figure.sql", "reporting/standards/methods.csv"} <= set(first.manifest.product)


def test_versions_follow_each_other_by_digest(published: tuple[Version, ...]) -> None:
    first, second = published
    assert (first.name, second.name, first.is_latest, second.is_latest) == ("2026-Q3/v1", "2026-Q3/v2", False, True)
    assert second.manifest.previous == first.digest
    assert (str(second.date), second.reason) == ("2026-11-02", "The meter was read wrong")


def test_a_version_is_restored_byte_for_byte(folder: Path, tmp_path: Path) -> None:
    made = restore(folder, "2026-Q3/v1", tmp_path / "old")
    assert made.name == "2026-Q3/v1"
    assert (tmp_path / "old" / "activity" / "s.csv").read_text(encoding="utf-8") == table(DIESEL.format(100))
    files = {path.relative_to(tmp_path / "old").as_posix() for path in (tmp_path / "old").rglob("*") if path.is_file()}
    assert files == set(made.manifest.inputs)
    assert find_version(folder, "2026-Q3/latest").name == "2026-Q3/v2"
    with pytest.raises(UsageError, match=r"2026-Q2/latest.*use one of 2026-Q3/v1, 2026-Q3/v2"):
        restore(folder, "2026-Q2/latest", tmp_path / "none")
    with pytest.raises(UsageError, match="is there already"):
        restore(folder, "2026-Q3/v1", tmp_path / "old")


def test_the_same_inputs_are_the_same_version_and_other_inputs_need_a_reason(folder: Path) -> None:
    again = publish(folder)
    assert (again.name, again.is_new) == ("2026-Q3/v2", False)
    (folder / "evidence" / "more.txt").write_text("another bill", encoding="utf-8")
    with pytest.raises(UsageError, match=r"2026-Q3/v2 is published\. fix: give --reason"):
        publish(folder)
    (folder / "evidence" / "more.txt").unlink()
    assert len(versions(folder)) == 2


def test_the_period_is_locked_with_its_factors(folder: Path) -> None:
    assert f'"{PERIOD}"' in (folder / "factors.lock").read_text(encoding="utf-8")
