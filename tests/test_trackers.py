"""Trackers and telemetry of AI and HPC: made-up twins of every format with their traps, then the real files where they are at hand."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from inventories import compute, found, rows, write
from mlflow_twins import twins as made

from reporting.pipeline import Result
from reporting.statement import statements

TWINS = Path(__file__).parent / "connectors"
SITES = [
    {
        "id": "mill", "name": "Mill", "entity": "acme", "country": "CA", "region": "CA",
        "pue": [{"value": "1.5", "kind": "measured", "citation": "Meter report (test)"}],
    }
]  # fmt: skip
AT = {"site": "mill"}
JULY = AT | {"start": "2026-07-01", "end": "2026-07-31"}
BERLIN = {"time_zone": "Europe/Berlin"}
SOURCES: dict[str, dict[str, Any]] = {
    "codecarbon": {"connector": "codecarbon", **BERLIN},
    "codecarbon_old": {"connector": "codecarbon", **BERLIN},
    "codecarbon_invalid": {"connector": "codecarbon", **BERLIN},
    "slurm": {"connector": "slurm", **BERLIN},
    "slurm_rounded": {"connector": "slurm", **BERLIN},
    "nvidia_smi": {"connector": "nvidia_smi", **BERLIN},
    "nvidia_smi_gap": {"connector": "nvidia_smi", **BERLIN},
    "nvidia_smi_autumn": {"connector": "nvidia_smi", "max_gap_seconds": 4000, **BERLIN},
    "nvidia_smi_mixed": {"connector": "nvidia_smi", **BERLIN},
    "nvidia_smi_plain": {"connector": "nvidia_smi", **BERLIN},
    "nvidia_smi_unitless": {"connector": "nvidia_smi", **BERLIN},
    "wandb": {"connector": "wandb"},
    "wandb_cpu": {"connector": "wandb"},
    "dcgm": {"connector": "dcgm"},
    "dcgm_query": {"connector": "dcgm"},
    "kepler": {"connector": "kepler"},
    "scaphandre": {"connector": "scaphandre"},
    "zeus": {"connector": "zeus", "constants": JULY},
    "zeus_mixed": {"connector": "zeus", "constants": JULY},
    "zeus_summary": {"connector": "zeus", "constants": JULY},
    "nextflow_co2footprint": {"connector": "nextflow_co2footprint", "constants": JULY},
    "nextflow_co2footprint_missing": {"connector": "nextflow_co2footprint", "constants": JULY},
    "mlco2": {"connector": "mlco2", "constants": {"site": "mill"}},
    "mlflow": {"connector": "mlflow"},
    "mlflow_store": {"connector": "mlflow"},
}
# kWh of IT equipment; the arithmetic stands beside each.
KWH = {
    "codecarbon": "3.6",  # the last of the flushed rows 0.3, 2.3 / PUE 1.15, 0.1, the run 0.5 without its tasks, a task without its run 0.7
    "codecarbon_old": "0.4",
    "slurm": "3.5",  # 7.2 MJ of the parent alone, 3.6 MJ until a requeue, 1.8 MJ after it
    "slurm_rounded": "1",  # 3.60M
    "nvidia_smi": "0.0055555556",  # 100 W and 300 W for 50 s, exported twice
    "nvidia_smi_gap": "0.0002777778",  # 50 W for 10 s and 10 s, nothing for the half hour between
    "nvidia_smi_autumn": "0.366",  # 360 W for 3,660 s, 2:59:00 to 3:00:00 with the hour that is repeated
    "nvidia_smi_plain": "0.0008333333",  # 100 W for 30 s
    "wandb": "0.0066666666",  # 200 W and a ramp to 400 W for 60 s
    "dcgm": "0.0105",  # 3,600 + 1,800 after the restart + 3,600 J, and 120 W for 240 s
    "dcgm_query": "0.0105",
    "kepler": "0.006",  # 7,200 J of the package, 14,400 J of the GPU
    "scaphandre": "0.0027",  # 3,600 + 1,800 J after the restart, and 36 W for 120 s
    "zeus": "0.002",  # 5,400 J and 1,800 J
    "nextflow_co2footprint": "0.003",  # 0.9 + 0.1 + 1.5 + 0.5 Wh, the plugin's PUE left out
    "mlco2": "41.47",  # 100 h x 400 W, 10.5 h x 2 x 70 W
    "mlflow": "0.28",  # 2 h x 2 x 70 W
    "mlflow_store": "0.076",  # 360 W for 60 s, 1 h x 70 W
}
# What each source must say: rule and row.
TOLD = {
    "codecarbon": {("intake/row-left-out", 2)},
    "codecarbon_invalid": {("intake/column-required", 1)},
    "slurm": {
        ("intake/quantity-not-a-number", 8), ("intake/quantity-not-a-number", 9), ("intake/row-left-out", 3), ("intake/row-left-out", 10),
        ("intake/row-left-out", 11),
    },
    "nvidia_smi_gap": {("intake/sample-gap", 2)},
    "nvidia_smi_mixed": {("intake/sample-mixed", 3)},
    "nvidia_smi_plain": {("intake/sample-not-measured", 3)},
    "nvidia_smi_unitless": {("intake/sample-not-measured", 2), ("intake/sample-alone", 2)},
    "wandb_cpu": {("intake/column-required", 1)},
    "zeus": {("intake/row-left-out", 3)},
    "zeus_mixed": {("intake/quantity-not-a-number", 2), ("intake/quantity-not-a-number", 3)},
    "zeus_summary": {("intake/column-required", 1)},
    "nextflow_co2footprint": {("intake/row-left-out", 4)},
    "nextflow_co2footprint_missing": {("intake/quantity-not-a-number", 2)},
    "mlco2": {("intake/quantity-not-a-number", 4)},
    "mlflow": {("intake/row-left-out", 3)},
    "mlflow_store": {("intake/row-left-out", 3), ("intake/row-left-out", 4)},
    "kepler": {("intake/row-left-out", 4)},
}  # fmt: skip
SILENT = {"intake/quantity-rounded", "intake/column-not-known"}


@pytest.fixture(scope="module")
def twins(tmp_path_factory: pytest.TempPathFactory) -> Result:
    """Every twin as a source of one inventory."""
    files: dict[str, str | bytes] = {
        f"activity/{path.parent.name}/{path.name}": path.read_bytes()
        for path in sorted(TWINS.glob("*/*"))
        if path.parent.name in SOURCES and path.suffix != ".pyc"
    }
    sources = {name: {"path": f"activity/{name}/*", "constants": AT, **options} for name, options in SOURCES.items()}
    return compute(write(tmp_path_factory.mktemp("twins"), files, sources=sources, sites=SITES, periods=["2026-Q3", "2026-Q4"]))


def energy(result: Result) -> dict[str, Decimal]:
    """Energy as read in kWh, by source."""
    query = "select source_id, sum(quantity) from activity_row where quantity is not null group by all"
    return {source: Decimal(kwh) for source, kwh in rows(result, query)}


def test_every_twin_gives_its_energy(twins: Result) -> None:
    found = {source: kwh.normalize() for source, kwh in energy(twins).items() if source != "nvidia_smi_mixed"}
    assert found == {source: Decimal(kwh).normalize() for source, kwh in KWH.items()}


def test_all_are_electricity_of_july_or_october_with_the_site_s_pue_applied_once(twins: Result) -> None:
    kinds = rows(twins, "select distinct activity_type, unit, measurement_point from activity where derivation = ''")
    assert kinds == [("electricity.purchased", "kWh", "it")]
    it, facility = rows(
        twins,
        """select sum(p.quantity), sum(a.quantity) from activity a
           join activity p on p.activity_id = a.parent_activity_id and p.basis = a.basis
           where a.activity_id like '%~facility' and a.basis <> 'market'""",
    )[0]
    assert abs(facility - it * Decimal("1.5")) < Decimal("0.00000001")


@pytest.mark.parametrize("source", TOLD)
def test_what_is_left_out_or_wrong_is_said(twins: Result, source: str) -> None:
    own = {(f.rule, f.row) for f in twins.findings if f.file.startswith(f"activity/{source}/") and f.rule not in SILENT}
    assert TOLD[source] <= own
    errors = {f.rule for f in twins.findings if f.file.startswith(f"activity/{source}/") and f.severity == "error"}
    assert errors <= {rule for rule, _ in TOLD[source]}


def test_a_source_without_faults_has_none(twins: Result) -> None:
    clean = set(SOURCES) - set(TOLD)
    told = {(f.file.split("/")[1], f.rule) for f in twins.findings if f.file.startswith("activity/") and f.severity == "error"}
    assert {source for source, _ in told} & clean == set()


@pytest.mark.parametrize(
    ("source", "key", "wanted"),
    [
        ("codecarbon", "flushed", ("measured", "CodeCarbon 3.3.2, its own figure 0.03 kg CO2e (100.00 g/kWh), last of 3 cumulative rows")),
        ("codecarbon", "cloud", ("measured", "(200.00 g/kWh), PUE 1.15 divided out, on aws with the intensity of its country")),
        ("codecarbon", "constant", ("estimated", "processor power is the constant fallback of 42.5 W")),
        ("slurm_rounded", "90/2026-07-03-10:00:00", ("calculated", "rounded by sacct")),
        ("mlco2", "m1", ("estimated", "100 h x 1 NVIDIA A100 SXM4 80 GB x 400 W rated power")),
        ("dcgm", "GPU-00000000-0000-4000-8000-000000000000/2026-07", ("measured", "increase of a counter over 4 samples")),
    ],
)
def test_quality_and_what_the_tool_said_are_kept(twins: Result, source: str, key: str, wanted: tuple[str, str]) -> None:
    query = f"select data_quality, note from activity_row where source_id = '{source}' and given_id = '{key}'"  # noqa: S608
    quality, note = rows(twins, query)[0]
    assert quality == wanted[0]
    assert wanted[1] in note


def test_private_columns_are_dropped_or_hashed(twins: Result) -> None:
    query = """select distinct r.cells[k.position] from source_row r join source_column k using (source_id, file_no)
               where k.name in ('longitude', 'latitude', 'User', 'tags.mlflow.user', 'user_id', 'labels.pod')
                   and r.cells[k.position] is not null"""
    cells = {cell for (cell,) in rows(twins, query)}
    assert cells
    assert all(re.fullmatch("private-[0-9]+", cell) for cell in cells)


def test_restarts_of_counters_are_said(twins: Result) -> None:
    named = {f.file.split("/")[1] for f in twins.findings if f.rule == "intake/counter-reset"}
    assert named == {"dcgm", "dcgm_query", "scaphandre"}


def test_the_twins_are_those_that_the_script_makes() -> None:
    assert {name: (TWINS / name).read_text(encoding="utf-8") for name in made()} == made()


def real_sources(exports: Path) -> Iterator[tuple[str, list[Path], dict[str, Any]]]:
    """Every real file of these formats: source, files, options."""
    for path in sorted((exports / "codecarbon").glob("*")):
        if path.name != "data_cloud_impact.csv":  # a table of the tool, no export
            files = sorted(path.glob("*.csv")) if path.is_dir() else [path]
            yield f"codecarbon-{path.name.replace('.', '-')}", files, {"connector": "codecarbon", "time_zone": "UTC"}
    formats = {"slurm": {"time_zone": "Europe/Zurich"}, "nvidia_smi": {"time_zone": "UTC"}, "wandb": {}, "mlflow": {}}
    for name, options in formats.items():
        for path in sorted((exports / name).glob("*")):
            yield f"{name}-{path.stem}", [path], {"connector": name, **options}
    yield "dcgm", [exports / "dcgm" / "readme_metrics.prom"], {"connector": "dcgm"}
    for path in sorted((exports / "zeus").glob("*")):
        yield f"zeus-{path.stem}", [path], {"connector": "zeus", "constants": JULY}
    trace = exports / "nextflow" / "co2footprint_trace_sample.txt"
    for point in ("it", "facility"):
        yield f"nextflow-{point}", [trace], {"connector": "nextflow_co2footprint", "constants": JULY | {"measurement_point": point}}


@pytest.fixture(scope="module")
def real(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Result:
    """Every real file as a source of one inventory."""
    given = list(real_sources(shared / "exports"))
    files: dict[str, str | bytes] = {f"activity/{name}/{path.name}": path.read_bytes() for name, paths, _ in given for path in paths}
    sources = {name: {"path": f"activity/{name}/*", "constants": AT, **options} for name, _, options in given}
    return compute(write(tmp_path_factory.mktemp("real"), files, sources=sources, sites=SITES, periods=["2026-Q3", "2026-Q4"]))


def read_table(path: Path, delimiter: str = ",") -> list[dict[str, str]]:
    """The rows of a table, headers without spaces around them."""
    with path.open(encoding="utf-8", newline="") as stream:
        return [{k.strip(): (v or "").strip() for k, v in row.items()} for row in csv.DictReader(stream, delimiter=delimiter)]


def trapezoid(path: Path) -> Decimal:
    """Energy in kWh of a power log of one device, added up sample by sample."""
    rows_read = read_table(path)
    samples = [
        (datetime.fromisoformat(r["timestamp"].replace("/", "-")), Decimal(r["power.draw [W]"].removesuffix(" W"))) for r in rows_read
    ]
    steps = pairwise(samples)
    twice = sum(((w1 + w2) * ((t2 - t1).seconds * 1_000_000 + (t2 - t1).microseconds) for (t1, w1), (t2, w2) in steps), Decimal(0))
    return twice / 2 / 1_000_000 / 3_600_000


def test_real_files_give_the_totals_of_their_notes(real: Result, shared: Path) -> None:
    exports, kwh = shared / "exports", energy(real)
    assert kwh["slurm-sacct_real_cscs_santis_38113"] == Decimal("5.7064236111")  # 20,543,125 J, not 3.25 times that
    for version in ("2-8-4", "3-3-2"):
        last = read_table(exports / "codecarbon" / f"v{version.replace('-', '.')}_flush" / "emissions.csv")[-1]
        assert kwh[f"codecarbon-v{version}_flush"] == round(Decimal(last["energy_consumed"]), 10)
    for version in ("3-0-8", "3-3-2"):
        whole = read_table(exports / "codecarbon" / f"v{version.replace('-', '.')}_tasks" / "emissions.csv")[0]
        assert kwh[f"codecarbon-v{version}_tasks"] == round(Decimal(whole["energy_consumed"]), 10)
    cloud = read_table(exports / "codecarbon" / "v3.3.2_cloud" / "emissions.csv")[0]
    assert abs(kwh["codecarbon-v3-3-2_cloud"] - Decimal(cloud["energy_consumed"]) / Decimal("1.15")) < Decimal("1e-10")
    for name in ("a100_powertrace_excerpt_nounits", "units_in_values_excerpt"):
        assert kwh[f"nvidia_smi-{name}"] == round(trapezoid(exports / "nvidia_smi" / f"{name}.csv"), 10)
    joules = sum((Decimal(row["gpu0_energy"]) for row in read_table(exports / "zeus" / "A40_bert-base-uncased_profile.csv")), Decimal(0))
    assert abs(kwh["zeus-A40_bert-base-uncased_profile"] - joules / 3_600_000) < Decimal("1e-9")
    tasks = read_table(exports / "nextflow" / "co2footprint_trace_sample.txt", "\t")
    parts = {"it": ("raw_energy_processor", "raw_energy_memory"), "facility": ("energy_consumption",)}
    for point, columns in parts.items():
        assert kwh[f"nextflow-{point}"] == sum(Decimal(task[c].removesuffix(" mWh")) for task in tasks for c in columns) / 1_000_000


def test_real_files_without_energy_are_refused_with_their_reason(real: Result) -> None:
    refused = {f.file.split("/")[1] for f in found(real, "intake/column-required")}
    assert refused == {"codecarbon-repo_test_invalid_headers_v1-csv", "wandb-system_metrics", "wandb-history", "zeus-summary_power_v100"}
    left = {(f.file.split("/")[1], f.message.split("; ")[0]) for f in found(real, "intake/row-left-out")}
    assert ("slurm-sacct_real_all_fields_pending_job", "1 row is a job that has not ended") in left
    assert ("dcgm", "3 rows are each no power and no energy") in left
    assert any(source == "mlflow-search_runs" for source, _ in left)


def test_the_tool_s_own_factor_stands_beside_ours(twins: Result) -> None:
    [shown] = statements(twins.connection, "2026-Q3", "reconcile_3")
    names = [heading.name for heading in shown.columns]
    told = {str(row[0]): dict(zip(names, row, strict=True)) for row in shown.rows}
    # 0.03 + 0.46 + 0.02 + 0.1 kg of the runs; the task without its run states none.
    assert told["codecarbon"]["tool_kg"] == Decimal("0.61")
    assert told["nextflow_co2footprint"]["tool_kg"] == Decimal("0.001092")
    assert told["nextflow_co2footprint"]["tool_factor"] == Decimal("0.28")
    assert told["mlco2"]["tool_kg"] == Decimal("14.8")


def test_an_export_delivered_twice_changes_nothing_or_is_an_error(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        f"activity/{path.parent.name}/{copy}{path.name}": path.read_bytes()
        for path in sorted(TWINS.glob("*/*"))
        for copy in ("", "z_again_")
        if path.parent.name in KWH
    }
    sources = {name: {"path": f"activity/{name}/*", "constants": AT, **SOURCES[name]} for name in KWH}
    result = compute(write(tmp_path, files, sources=sources, sites=SITES, periods=["2026-Q3", "2026-Q4"]))
    refused = {finding.file.split("/")[1] for finding in found(result, "intake/file-twice")}
    assert refused == {"nvidia_smi_plain", "wandb"}  # devices without a name of their own
    counted = {source: kwh.normalize() for source, kwh in energy(result).items() if source not in refused}
    assert counted == {source: Decimal(kwh).normalize() for source, kwh in KWH.items() if source not in refused}
    again = {finding.file.split("/")[1] for finding in found(result, "intake/row-again")}
    assert {"slurm", "zeus", "nextflow_co2footprint", "mlco2"} <= again


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Result:
    """A job that two exports tell otherwise, and power over the end of a month."""
    head = "JobID|ConsumedEnergyRaw|Start|End|Partition\n"
    line = "7|{}|2026-07-01T10:00:00|2026-07-01T11:00:00|gpu\n"
    files: dict[str, str | bytes] = {
        f"activity/job/{name}.psv": head + line.format(joules) for name, joules in (("1", 3600000), ("2", 7200000))
    }
    lines = ["timestamp, uuid, power.draw [W]"]
    lines += [f"2026/07/31 23:{minute}:00, A, 300 W" for minute in range(50, 60)] + [
        f"2026/08/01 00:{m:02}:30, A, 300 W" for m in range(11)
    ]
    files["activity/power/s.csv"] = "\n".join([*lines, ""])
    sources = {
        "job": {"connector": "slurm", "path": "activity/job/*", "time_zone": "UTC", "constants": AT},
        "power": {"connector": "nvidia_smi", "path": "activity/power/*", "time_zone": "Europe/Berlin", "constants": AT},
    }
    return compute(write(tmp_path_factory.mktemp("small"), files, sources=sources, sites=SITES))


def test_a_job_whose_energy_changed_is_a_restatement(small: Result) -> None:
    [finding] = found(small, "intake/row-restated")
    assert (finding.file, finding.row) == ("activity/job/1.psv", 2)
    assert finding.message == "1 kWh is restated by row 2 of activity/job/2.psv as 2 kWh; the newer row counts"
    assert rows(small, "select quantity, kind from superseded_row") == [("1", "restated")]
    assert energy(small)["job"] == Decimal(2)


def test_trackers_give_way_to_meters_and_statements(twins: Result) -> None:
    ranks = dict(rows(twins, "select connector, any_value(rank) from source group by all"))
    assert ranks.pop("mlco2") == "estimate"
    assert set(ranks.values()) == {"tracker"}


def test_power_over_the_end_of_a_month_is_of_both_months_and_none_is_lost(small: Result) -> None:
    parts = rows(
        small,
        """select strftime(month, '%Y-%m'), sum(quantity) from activity where source_id = 'power' and derivation = '' and basis <> 'market'
           group by all order by 1""",
    )
    assert [month for month, _ in parts] == ["2026-07", "2026-08"]
    assert sum((kwh for _, kwh in parts), Decimal(0)) == Decimal("0.1025")  # 300 W for 1,230 s
    assert abs(parts[0][1] - Decimal("0.05")) < Decimal("0.000001")  # 600 s of July


def test_absurd_numbers_are_findings_and_no_fault_of_the_program(tmp_path: Path) -> None:
    """Every number of every twin, in cells and values, by one that no device can have measured."""
    numbers = {"many_digits": "99999999999999999999999999", "exponent": "1e14", "nothing": "0"}
    files: dict[str, str | bytes] = {
        f"activity/{word}/{name}": re.sub(r"(?<![\w.:/-])\d+(\.\d+)?(?![\w:/-])", number, text)
        for word, number in numbers.items()
        for name, text in made().items()
    }
    sources = {
        f"{word}.{name}": {"path": f"activity/{word}/{name}/*", "constants": AT, **SOURCES[name]}
        for word in numbers
        for name in {path.split("/")[0] for path in made()}
    }
    result = compute(write(tmp_path, files, sources=sources, sites=SITES))
    assert rows(result, "select count(*) from activity where quantity > 1e13 or quantity < 0") == [(0,)]
