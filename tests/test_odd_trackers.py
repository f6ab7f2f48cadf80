"""Exports of AI, HPC and clouds as other versions, options and programs write them: each is read as what it says, or refused by name.

tests/odd/<name>.yaml has the connector, the file and the amount that it gives in the unit of its first row.
"""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import pytest
import test_cloud
import test_trackers
import yaml
from inventories import compute, found, rows, write

from reporting.pipeline import Result

PLACE = Path(__file__).parent / "odd"


@cache
def exports() -> dict[str, dict[str, Any]]:
    """Every odd export by name."""
    return {path.stem: yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted(PLACE.glob("*.yaml"))}


def content(export: dict[str, Any], scratch: Path) -> str | bytes:
    """The file: its text, with a byte order mark where it has one, or the Parquet that a query gives."""
    if "query" not in export:
        return ("\ufeff" if export.get("mark") else "") + str(export["text"])
    duckdb.connect().execute("copy ($query) to $path (format parquet)".replace("$query", export["query"]), {"path": str(scratch)})
    return scratch.read_bytes()


def source(name: str, export: dict[str, Any]) -> dict[str, Any]:
    connector, path = export["connector"], f"activity/{name}/*"
    of_cloud = test_cloud.source(connector, path) if connector in test_cloud.NAMES else {}
    return {"connector": connector, "path": path, "constants": test_trackers.AT, **of_cloud, **export.get("options", {})}


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Result:
    """All of them in one inventory."""
    place = tmp_path_factory.mktemp("odd")
    files = {f"activity/{name}/{one['file']}": content(one, place / f"{name}.parquet") for name, one in exports().items()}
    sources = {name: source(name, one) for name, one in exports().items()}
    return compute(write(place / "inventory", files, test_cloud.PRICES, sources=sources, sites=test_trackers.SITES))


def test_every_export_gives_what_it_says(odd: Result) -> None:
    query = "select source_id, sum(quantity) from activity_row where quantity is not null and given_role is null group by all"
    given = {name: Decimal(amount).normalize() for name, amount in rows(odd, query)}
    assert given == {name: Decimal(one["amount"]).normalize() for name, one in exports().items() if "amount" in one}


def test_a_stamp_with_an_offset_is_put_on_the_clock_of_its_source(odd: Result) -> None:
    assert rows(odd, "select distinct month::varchar from activity_counted where source_id = 'offset'") == [("2026-08-01",)]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("spaces", "sacct -P --format="),
        ("own_tables", "hold hardware and intensities of 2019 and no runs"),
        ("lookup", "name kinds of usage and hardware and no energy"),
    ],
)
def test_what_is_no_export_is_refused_with_the_reason_once(odd: Result, name: str, words: str) -> None:
    told = [one.message for one in found(odd, "intake/column-required") if one.file.startswith(f"activity/{name}/")]
    assert len(told) > 1
    assert len([message for message in told if words in message]) == 1


def test_numbers_that_are_none_are_errors_of_their_rows(odd: Result) -> None:
    told = {(one.file.split("/")[1], one.row, one.message) for one in found(odd, "intake/quantity-not-a-number")}
    assert told == {
        ("no_pue", 2, 'quantity "0.1 with PUE 0" is not a number'),
        ("no_pue", 4, 'quantity "nan" is not a number'),
    }


def test_nothing_else_is_an_error(odd: Result) -> None:
    known = {"intake/column-required", "intake/quantity-not-a-number", "factor/none-found"}
    assert [one.message for one in found(odd, severity="error") if one.rule not in known] == []


def test_a_column_of_a_person_is_dropped_though_no_connector_knows_it(odd: Result) -> None:
    held = str(rows(odd, "select cells from source_row"))
    assert "example.org" not in held
    assert "secret-one" not in held
    assert "Nobody-else" not in held
    kept = rows(odd, "select distinct supplier, role from activity_counted where source_id = 'people' order by all")
    assert kept == [("555-0100", "inventory"), ("555-0100", "memo")], "what inventory.yaml names is read, and two persons are two rows"


NO_EXPORT = {
    "aws_carbon": set(), "azure": set(), "codecarbon": {"data_cloud_impact.csv"}, "dcgm": {"default-counters.csv"},
    "focus": {"UPSTREAM_README.md", "azure_metadata_FocusCost_1.0-preview(v1).json", "azure_metadata_FocusCost_1.0.json",
              "azure_metadata_FocusCost_1.2-preview.json"},
    "gcp_carbon": {"iab_carbon_json_schema.json", "iab_cloud_example_1_disclosure.json", "iab_cloud_example_2_disclosure.json"},
    "mlflow": set(), "nextflow": set(), "nvidia_smi": set(), "slurm": set(), "wandb": set(), "zeus": set(),
    "mlco2_impact": {"UPSTREAM_Readme.md", "2021-10-27yearly_averages.csv", "gpus.csv", "impact.csv", "instances.csv"},
    "ccf": {"aws_lookup_input.csv", "azure_lookup_input.csv", "gcp_lookup_input.csv", "on_premise_data_input.csv"},
}  # fmt: skip
"""Files of the reference folder that are no export: tables, schemas and inputs of the tools themselves. All others are read by a test."""


def test_every_reference_file_is_read_by_a_test_or_is_no_export(shared: Path) -> None:
    exports = shared / "exports"
    read = {path for _, paths, _ in test_trackers.real_sources(exports) for path in paths}
    read |= {exports / path for path, _, _ in test_cloud.REAL.values()}
    for folder, others in NO_EXPORT.items():
        files = {path for path in (exports / folder).rglob("*") if path.is_file()}
        assert {path.relative_to(exports / folder).as_posix() for path in files - read} == others
