"""Made-up twins of what MLflow keeps and exports, beside those of tracker_twins; run it to write all of them."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from tracker_twins import PLACE, table
from tracker_twins import twins as others


def mlflow_csv() -> dict[str, str]:
    """Runs with a last value of power, which is no mean; one with an accelerator named, one without."""
    head = [
        "run_id",
        "status",
        "start_time",
        "end_time",
        "metrics.system/gpu_0_power_usage_watts",
        "params.gpu_type",
        "params.gpu_count",
        "tags.mlflow.user",
    ]
    rows = [
        ["r1", "FINISHED", "2026-07-03 10:00:00.000+00:00", "2026-07-03 12:00:00.000+00:00", "17.0", "T4", "2", "ann"],
        ["r2", "FAILED", "2026-07-03 10:00:00.000+00:00", "2026-07-03 10:30:00.000+00:00", "", "", "", "ann"],
    ]  # fmt: skip
    return {"mlflow/search_runs.csv": table(head, [dict(zip(head, row, strict=True)) for row in rows])}


def mlflow_store(path: Path) -> None:
    """A store with four runs: power samples of two GPUs (killed), an accelerator named, a deleted run, neither."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    store = sqlite3.connect(path)
    store.executescript(
        "create table runs (run_uuid, name, user_id, status, start_time, end_time, lifecycle_stage, experiment_id);"
        "create table metrics (key, value, timestamp, run_uuid, step, is_nan); create table params (key, value, run_uuid);"
        "create table tags (key, value, run_uuid); create table alembic_version (version_num)"
    )
    start = 1783072800000
    runs = [("a", "KILLED", "active"), ("b", "FINISHED", "active"), ("c", "FINISHED", "deleted"), ("d", "FINISHED", "active")]
    store.executemany(
        "insert into runs values (?, 'x', 'ann', ?, ?, ?, ?, 1)",
        [(run, status, start, start + 3600000, stage) for run, status, stage in runs],
    )
    samples = [
        (f"system/gpu_{gpu}_power_usage_watts", watts, start + 10000 * n, run, n, 0)
        for run in "ac"
        for gpu, watts in ((0, 100.0), (1, 260.0))
        for n in range(7)
    ]
    store.executemany(
        "insert into metrics values (?, ?, ?, ?, ?, ?)", [*samples, ("system/gpu_0_power_usage_percentage", 9.0, start, "a", 0, 0)]
    )
    store.executemany("insert into params values (?, ?, ?)", [("gpu_type", "T4", "b"), ("gpu_count", "1", "b"), ("lr", "0.1", "a")])
    store.commit()
    store.execute("vacuum")
    store.close()


def twins() -> dict[str, str]:
    """Every text file of trackers by its path below the folder of the twins."""
    return others() | mlflow_csv()


if __name__ == "__main__":
    for name, text in twins().items():
        (PLACE / name).parent.mkdir(parents=True, exist_ok=True)
        (PLACE / name).write_text(text, encoding="utf-8", newline="")
    mlflow_store(PLACE / "mlflow_store" / "mlflow.db")
