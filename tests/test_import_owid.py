"""The importer of country electricity: same bytes again, values as published, unknown codes refused."""

import csv
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from reporting.importers import owid_ember
from reporting.importers.writer import LayoutChangedError
from reporting.resources import folder

SHIPPED = folder("factors") / "owid_ember_2026"


@pytest.fixture(scope="module")
def original(shared: Path) -> Path:
    return shared / "factors" / "originals" / "owid" / "carbon-intensity-electricity.csv"


def rows() -> dict[str, dict[str, str]]:
    with (SHIPPED / "factors.csv").open(encoding="utf-8", newline="") as file:
        return {row["factor_id"]: row for row in csv.DictReader(file)}


def test_again_gives_the_same_bytes(original: Path, tmp_path: Path) -> None:
    owid_ember.import_file(original, tmp_path)
    assert all((SHIPPED / name).read_bytes() == (tmp_path / name).read_bytes() for name in ("set.yaml", "factors.csv"))


def test_every_country_value_is_shipped(original: Path) -> None:
    with original.open(encoding="utf-8", newline="") as file:
        published = [row for row in csv.DictReader(file) if row["Code"] not in owid_ember.AGGREGATES]
    values = sorted((row["published_value"], Decimal(row["value"]) * 1000) for row in rows().values())
    assert values == sorted((row[owid_ember.VALUE], Decimal(row[owid_ember.VALUE])) for row in published)


def test_values_agree_with_an_independent_table(shared: Path) -> None:
    with (shared / "factors" / "grid_country_year_owid_ember.csv").open(encoding="utf-8", newline="") as file:
        expected = {row["source_cell"]: Decimal(row["value"]) for row in csv.DictReader(file)}
    ours = {row["citation"].split(", ")[1]: Decimal(row["value"]) * 1000 for row in rows().values() if row["valid_from"] >= "2000"}
    assert len(ours) > 5000
    assert {row: expected[row] for row in ours} == ours


def test_regions_years_and_boundary() -> None:
    america = rows()["owid-ember.2026.US.2023"]
    assert (america["published_value"], america["value"], america["region"]) == ("392.89", "0.39289", "US")
    assert (america["valid_from"], america["valid_to"], america["boundary"]) == ("2023-01-01", "2024-01-01", "lifecycle")
    assert {rows()[f"owid-ember.2026.{region}.2024"]["region"] for region in ("world", "EU27", "XK")} == {"world", "EU27", "XK"}


@pytest.mark.parametrize(("old", "new"), [("AFG", "ZZZ"), ("Entity,Code", "Country,Code")])
def test_a_changed_file_is_refused(original: Path, tmp_path: Path, old: str, new: str) -> None:
    changed = tmp_path / "changed.csv"
    changed.write_text(original.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(LayoutChangedError, match=f"found .*{new.split(',', maxsplit=1)[0]}"):
        owid_ember.import_file(changed, tmp_path / "set", edition="May 2027", retrieved=date(2027, 6, 1))
