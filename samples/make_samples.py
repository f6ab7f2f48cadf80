# ruff: noqa: INP001 - a script with its modules beside it, not a package
"""Make the sample inventories of Meridian Compute: run `python samples/make_samples.py [FOLDER]`; equal bytes every time.

Written by hand and only copied: inventory.yaml, instruments.csv, carbon_credits.csv, exclusions.csv, corrections.csv,
README.md, the narratives and the CodeCarbon exports.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import meridian_energy
import meridian_factors
import meridian_value_chain

HERE = Path(__file__).resolve().parent
SHARED = (
    "inventory.yaml", "instruments.csv", "carbon_credits.csv", "activity/codecarbon/ashburn_emissions.csv",
    "activity/codecarbon/frankfurt_emissions.csv",
    "narratives/uncertainty.md", "narratives/ghg_protocol/performance.md", "narratives/iso_14064_1_2018/report_n_changed_approaches.md",
)  # fmt: skip
OWN = {
    "meridian": ("README.md", "exclusions.csv", "corrections.csv"),
    "meridian_as_received": ("README.md",),
}
LATE = "activity/paris_electricity_2026-08_late.csv"
"""The one activity file that the clean inventory has more: the bill of the missing month."""


def _copy(source: Path, target: Path) -> None:
    """Copy one file unless it is the same file already."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if source != target:
        shutil.copyfile(source, target)


def _write(folder: Path, files: dict[str, bytes]) -> None:
    """Write files by their path inside a folder."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def make(target: Path) -> None:
    """Write both inventories into target; everything generated is the same in both, but for the late bill."""
    generated = meridian_energy.files() | meridian_value_chain.files()
    factors = meridian_factors.files()
    for name, own in OWN.items():
        _write(target / name, {path: content for path, content in generated.items() if name == "meridian" or path != LATE} | factors)
        for path in SHARED:
            _copy(HERE / "meridian" / path, target / name / path)
        for path in own:
            _copy(HERE / name / path, target / name / path)


if __name__ == "__main__":
    make(Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else HERE)
