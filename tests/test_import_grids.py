"""The importers of grid intensities by country (EEA) and cloud region (Google): same bytes again, values as published, faults refused."""

import csv
from datetime import date
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

import pytest
import yaml

from reporting.importers import eea_grid, google_regions
from reporting.importers.writer import LayoutChangedError
from reporting.resources import folder

FACTORS = folder("factors")
EEA, GOOGLE = FACTORS / "eea_grid_2020", FACTORS / "google_regions_2024"
EEA_DIGEST = "01667eba1636637394d17da244e53ab7fc68b2f25fb50bb8a51712f7f1109f89"


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def head(path: Path) -> dict[str, object]:
    found: dict[str, object] = yaml.safe_load((path / "set.yaml").read_text(encoding="utf-8"))
    return found


@pytest.fixture(scope="module")
def eea(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The publisher's file, put together again from the tidy table; its digest shows that no byte is missing."""
    rows = table(shared / "factors" / "grid_country_year_eea.csv")
    lines = [",".join(eea_grid.COLUMNS), *(",".join((row["entity"], row["iso3"], row["year"], row["value"])) for row in rows)]
    path = tmp_path_factory.mktemp("eea") / "eu-carbon-intensity-electricity.csv"
    path.write_text("\n".join(lines), encoding="utf-8", newline="")
    assert sha256(path.read_bytes()).hexdigest() == EEA_DIGEST
    return path


@pytest.fixture(scope="module")
def google(shared: Path) -> Path:
    return shared / "factors" / "originals" / "gcp"


def assert_same(made: Path, shipped: Path) -> None:
    assert [name for name in ("set.yaml", "factors.csv") if (made / name).read_bytes() != (shipped / name).read_bytes()] == []


def test_eea_again_gives_the_same_bytes(eea: Path, tmp_path: Path) -> None:
    eea_grid.import_file(eea, tmp_path)
    assert_same(tmp_path, EEA)
    assert head(EEA)["sha256"] == EEA_DIGEST


def test_every_country_value_of_the_eea_is_shipped(shared: Path) -> None:
    expected = {
        row["source_cell"]: Decimal(row["value"])
        for row in table(shared / "factors" / "grid_country_year_eea.csv")
        if row["entity"] != "EU27+1"
    }
    ours = {row["citation"].split(", ")[1].split(";")[0]: Decimal(row["value"]) * 1000 for row in table(EEA / "factors.csv")}
    assert len(ours) == 29 * 21
    assert ours == expected


def test_old_country_values_cannot_price_a_present_month() -> None:
    assert str(head(EEA)["usable_until"]) == "2022-12-31"
    assert {(row["boundary"], row["basis"], row["gas"]) for row in table(EEA / "factors.csv")} == {("direct", "location", "CO2e")}


@pytest.mark.parametrize(("old", "new"), [("AUT", "ZZZ"), ("Entity,Code", "Country,Code"), (",158", ",n/a"), ("EU27+1", "EU28")])
def test_a_changed_eea_file_is_refused(eea: Path, tmp_path: Path, old: str, new: str) -> None:
    changed = tmp_path / "changed.csv"
    changed.write_text(eea.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(LayoutChangedError, match=f"found .*{new.strip(',').split(',', maxsplit=1)[0]}"):
        eea_grid.import_file(changed, tmp_path / "set", edition="Data 2000 to 2021", retrieved=date(2027, 6, 1))
    assert not (tmp_path / "set").exists()


def test_google_again_gives_the_same_bytes(google: Path, tmp_path: Path) -> None:
    google_regions.import_file(google, tmp_path)
    assert_same(tmp_path, GOOGLE)
    assert google_regions.carbon_free_table(google).encode() == (FACTORS / "carbon_free_energy.csv").read_bytes()


def test_google_values_agree_with_an_independent_table(shared: Path) -> None:
    expected = table(shared / "factors" / "cloud_region_gcp_official.csv")
    intensity = {(f"gcp:{row['region']}", row["year"]): Decimal(row["grid_gco2_kwh"]) for row in expected}
    shares = {(f"gcp:{row['region']}", row["year"]): Decimal(row["cfe_fraction"]) for row in expected if row["cfe_fraction"]}
    ours = {(row["region"], row["valid_from"][:4]): Decimal(row["value"]) * 1000 for row in table(GOOGLE / "factors.csv")}
    assert len(ours) == 205
    assert ours == intensity
    assert {(row["region"], row["year"]): Decimal(row["carbon_free_share"]) for row in table(FACTORS / "carbon_free_energy.csv")} == shares


def test_google_says_which_years_are_life_cycle() -> None:
    found = {(row["valid_from"][:4], row["boundary"]) for row in table(GOOGLE / "factors.csv")}
    assert found == {(year, "lifecycle") for year in ("2019", "2020")} | {(year, "direct") for year in ("2021", "2022", "2023", "2024")}
    assert str(head(GOOGLE)["usable_until"]) == "2025-12-31"


def test_a_further_year_makes_an_edition_of_its_own(google: Path, tmp_path: Path) -> None:
    files = tmp_path / "files"
    files.mkdir()
    (files / "2024.csv").write_bytes((google / "2024.csv").read_bytes())
    (files / "2025.csv").write_text(
        "Google Cloud Region,Location,Google CFE,Grid carbon intensity (gCO2eq / kWh)\nmade-up1,Nowhere,0.5,100\nmade-up2,N/A,0.5,100\n",
        encoding="utf-8",
    )
    google_regions.import_file(files, tmp_path / "set", retrieved=date(2026, 11, 23))
    rows = {row["factor_id"]: row for row in table(tmp_path / "set" / "factors.csv")}
    assert rows["google-regions.2025.made-up1.2025"]["value"] == "0.1"
    assert "google-regions.2025.made-up2.2025" not in rows
    assert (head(tmp_path / "set")["edition"], str(head(tmp_path / "set")["usable_until"])) == ("Data 2024 to 2025", "2026-12-31")


@pytest.mark.parametrize(("old", "new"), [(",0.19,", ",19%,"), (",541", ",-541"), ("Lifecycle grid", "Hourly grid"), (",0.19,", ",1.9,")])
def test_a_changed_google_file_is_refused(google: Path, tmp_path: Path, old: str, new: str) -> None:
    changed = tmp_path / "files"
    changed.mkdir()
    (changed / "2019.csv").write_text((google / "2019.csv").read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(LayoutChangedError, match=f"2019.csv.*found .*{new.strip(',')}"):
        google_regions.import_file(changed, tmp_path / "set")


def test_a_folder_without_yearly_files_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LayoutChangedError, match="found none"):
        google_regions.import_file(tmp_path, tmp_path / "set")
