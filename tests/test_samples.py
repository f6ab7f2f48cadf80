"""The sample inventories: made again byte for byte, the same activity files in both, every planted fault in its place."""

from __future__ import annotations

import csv
import subprocess
import sys
from decimal import Decimal
from functools import cache
from pathlib import Path

import duckdb

from reporting.pipeline import Result, compute
from reporting.types import Finding

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


PLANTED = {
    ("coverage/month-missing", "", "meter:PAR-E1@2026-08"),
    ("intake/meter-overlap", "activity/london_gas.csv", "5"),
    ("intake/unit-unknown", "activity/water.csv", "5"),
    ("factor/none-found", "activity/paris_heat.csv", "2"),
    ("intake/quantity-not-a-number", "activity/waste.csv", "34"),
    ("intake/quantity-negative", "activity/fuel_cards.csv", "68"),
    ("intake/end-before-start", "activity/cloud_usage.csv", "13"),
    ("intake/site-unknown", "activity/refrigerants.csv", "5"),
    ("reconcile/stated-total-differs", "ashburn_gensets", "stated:ashburn_gensets.2"),
}


@cache
def computed(folder: Path) -> Result:
    return compute(folder)


def errors(folder: Path) -> list[Finding]:
    return [finding for finding in computed(folder).findings if finding.severity == "error"]


def test_the_clean_inventory_has_no_error() -> None:
    assert errors(CLEAN) == []


def test_every_activity_has_a_name_that_can_be_typed() -> None:
    names = [row[0] for row in computed(CLEAN).connection.execute("select activity_id from activity order by activity_id").fetchall()]
    assert "cloud_usage:Cirrus (sample)/gcp:europe-west3/acct-4/2026-05-01" in names
    assert [name for name in names if not name.isprintable()] == []


def test_each_planted_fault_is_found_and_nothing_else() -> None:
    found = errors(RECEIVED)
    assert {(finding.rule, finding.file, str(finding.row or finding.subject)) for finding in found} == PLANTED
    assert [finding.message for finding in found if not finding.damages] == []


def test_a_long_row_is_quoted_as_far_as_it_is_cut() -> None:
    quoted = {len(finding.row_text): finding.row_text[-1] for finding in computed(CLEAN).findings if len(finding.row_text) > 300}
    assert quoted == {301: "…"}


def figures(folder: Path) -> dict[str, Decimal]:
    rows = computed(folder).connection.execute("select figure_id || '@' || period, stated from figure where stated is not null").fetchall()
    return dict(rows)


def test_scope_2_of_the_third_quarter_by_hand() -> None:
    """From the files alone: kWh of bills and meter, PUE 1.24, published factors, AR6 values of 27.9 and 273 for CH4 and N2O."""
    hall_1 = [Decimal(row["quantity"]) for row in read("ashburn_main_hall.csv") if row["start"] >= "2026-07-01"]
    path = str(CLEAN / "activity" / "ashburn_hall2_it.parquet")
    query = "select it_kwh from read_parquet($path) where start_time >= '2026-07-01'"
    readings = duckdb.connect().execute(query, {"path": path}).fetchall()
    us_kwh = sum(hall_1) + sum(Decimal(kwh) for (kwh,) in readings) * Decimal("1.24")
    paris = [*read("paris_electricity.csv"), *read("paris_electricity_2026-08_late.csv")]
    fr_kwh = sum(Decimal(row["kwh"]) for row in paris if row["debut"] >= "2026-07-01")
    gb_kwh, de_kwh = 41366 + 40125 + 37640, Decimal("284203.6")
    us_factor = Decimal("0.26772337095273") + Decimal("0.00002041165665") * Decimal("27.9") + Decimal("0.00000272155422") * 273
    germany = Decimal("0.32965")
    location = us_kwh * us_factor + gb_kwh * Decimal("0.13096") + de_kwh * germany + fr_kwh * Decimal("0.0217")
    market = (us_kwh - 2_600_000) * Decimal("0.2615") + de_kwh * Decimal("0.1312")
    stated = figures(CLEAN)
    assert stated["ghg_protocol/scope2_location@2026-Q3"] == (location / 1000).quantize(Decimal("0.001"))
    assert stated["ghg_protocol/scope2_market@2026-Q3"] == (market / 1000).quantize(Decimal("0.001"))


def read(name: str) -> list[dict[str, str]]:
    with (CLEAN / "activity" / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))
