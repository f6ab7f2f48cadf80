"""The sample inventories: made again byte for byte, the same activity files in both, every planted fault in its place."""

from __future__ import annotations

import csv
import subprocess
import sys
from pathlib import Path

SAMPLES = Path(__file__).resolve().parent.parent / "samples"
CLEAN, RECEIVED = SAMPLES / "meridian", SAMPLES / "meridian_as_received"
LATE = "activity/paris_electricity_2026-08_late.csv"


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_the_script_makes_the_committed_bytes(tmp_path: Path) -> None:
    subprocess.run([sys.executable, str(SAMPLES / "make_samples.py"), str(tmp_path)], check=True)  # noqa: S603 - our own script
    for folder in (CLEAN, RECEIVED):
        made, kept = contents(tmp_path / folder.name), contents(folder)
        assert sorted(made) == sorted(kept)
        assert [name for name in kept if made[name] != kept[name]] == []


def test_both_hold_the_same_data_but_for_the_answers() -> None:
    clean, received = contents(CLEAN), contents(RECEIVED)
    assert set(clean) - set(received) == {LATE, "exclusions.csv", "corrections.csv"}
    assert set(received) - set(clean) == set()
    assert [name for name in received if clean[name] != received[name]] == ["README.md"]


def test_every_correction_names_what_stands_in_the_file() -> None:
    for row in csv.DictReader((CLEAN / "corrections.csv").open(encoding="utf-8", newline="")):
        with (CLEAN / "activity" / f"{row['source']}.csv").open(encoding="utf-8", newline="") as stream:
            lines = list(csv.DictReader(stream))
        found = [
            line
            for number, line in enumerate(lines, start=2)
            if row["row"] == str(number) or line.get("activity_id") == (row["activity_id"] or "-")
        ]
        assert [line[row["column"]] for line in found] == [row["old"]], row


def test_nobody_could_take_the_company_for_real() -> None:
    for folder in (CLEAN, RECEIVED):
        assert "fictitious" in (folder / "README.md").read_text(encoding="utf-8")
        assert "fictitious" in (folder / "inventory.yaml").read_text(encoding="utf-8")


def test_codecarbon_files_carry_no_place_and_no_host() -> None:
    for path in sorted((CLEAN / "activity" / "codecarbon").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as stream:
            assert {(row["longitude"], row["latitude"], row["os"]) for row in csv.DictReader(stream)} == {("", "", "Linux")}
