"""One variant of the benchmark in one process: prints a line of JSON per stage (CPU and wall seconds, peak memory)."""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from reporting.database import STAGES, Connection, connect, run_file, stage_files
from reporting.findings import run_checks
from reporting.framework_folders import load_frameworks
from reporting.ledger import write_parquet
from reporting.reference import load_reference

HERE = Path(__file__).parent
MEMORY = "1500MB"  # for DuckDB's own buffers; with the process around them it stays below 2 GB
MONTHS = 12


def cpu_seconds() -> float:
    """User and system seconds of this process so far."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


@contextmanager
def stage(name: str) -> Iterator[None]:
    """Measure what happens inside and print it."""
    cpu, wall = cpu_seconds(), time.perf_counter()
    yield
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"stage": name, "cpu": cpu_seconds() - cpu, "wall": time.perf_counter() - wall, "rss": peak}), flush=True)


def reference(folder: Path) -> Connection:
    """A database with the shipped reference data and the organisation of inventory.sql, spilling into the folder."""
    connection = connect(memory_limit=MEMORY)
    connection.execute("set temp_directory = $folder", {"folder": str(folder / "spill")})
    run_file(connection, STAGES / "00_schema.sql")
    load_reference(connection)
    load_frameworks(connection, {"ghg_protocol": "operational"})
    for path in stage_files(4, 9):
        run_file(connection, path)
    run_file(connection, HERE / "inventory.sql")
    connection.execute("insert into period values ('2025', $1, $2, 'year', true, 0)", [date(2025, 1, 1), date(2026, 1, 1)])
    return connection


def generate(folder: Path, rows: int, decimals: int, keys: int) -> None:
    """Write activity.parquet: the same rows every time."""
    connection = reference(folder)
    connection.execute("set variable rows = $1", [rows])
    connection.execute("set variable months = $1", [MONTHS])
    connection.execute("set variable decimals = $1", [decimals])
    connection.execute("set variable keys = $1", [keys])
    connection.execute("set variable path = $1", [str(folder / "activity.parquet")])
    run_file(connection, HERE / "activity.sql")


def pipeline(folder: Path) -> None:
    """Activity data read in place, through the stages with their checks, to the partitioned ledger."""
    with stage("reference data"):
        connection = reference(folder)
        for path in stage_files(10, 29):
            run_file(connection, path)
    connection.execute("set variable path = $1", [str(folder / "activity.parquet")])
    connection.execute("drop table activity")
    connection.execute("create view activity as from read_parquet(getvariable('path'))")
    for path in stage_files(30, 99):
        with stage(path.stem):
            run_file(connection, path)
        with stage(f"checks of {path.name[:2]}"):
            run_checks(connection, int(path.name[:2]))
    with stage("partitioned ledger"):
        write_parquet(connection, folder / "ledger")
    connection.execute("copy entry_price to $path (format parquet)", {"path": str(folder / "price.parquet")})
    found = connection.execute("select rule, count(*) from finding where severity = 'error' group by rule").fetchall()
    keys = connection.execute(
        "select count(distinct (activity_type, region, supplier, unit, interval_start)) from resolution_key"
    ).fetchall()
    lines = connection.execute("select sum(entries), sum(kg_co2e) from entry_total").fetchone()
    print(json.dumps({"lines": str(lines), "errors": str(found), "keys": str(keys)}), flush=True)


def bound(folder: Path) -> None:
    """The least that must be done: the same entry rows, already computed, copied unsorted into one file."""
    connection = connect(memory_limit=MEMORY)
    connection.execute("set preserve_insertion_order = false")
    with stage("COPY of the same rows"):
        connection.execute(
            "copy (from read_parquet($source, hive_partitioning = true)) to $path (format parquet, compression zstd)",
            {"source": str(folder / "ledger" / "*" / "*" / "data.parquet"), "path": str(folder / "bound.parquet")},
        )


KEYS = ["activity_type", "region", "supplier", "factor_pin", "unit", "bases", "need", "month", "entity", "hosting"]


def with_pandas(folder: Path) -> None:
    """The same join and products in pandas, in binary floating point (decimals would be Python objects), into one file."""
    with stage("pandas (floating point)"):
        import pyarrow as pa  # noqa: PLC0415 - measured with its import
        import pyarrow.parquet as pq  # noqa: PLC0415

        def read(name: str) -> object:
            table = pq.read_table(folder / name)
            fields = [pa.field(f.name, pa.float64()) if pa.types.is_decimal(f.type) else f for f in table.schema]
            return table.cast(pa.schema(fields)).to_pandas()

        activity = read("activity.parquet").rename(columns={"basis": "need"})
        entry = activity[activity["counts"]].merge(read("price.parquet"), on=KEYS)
        entry["quantity"] *= entry["multiplier"]
        entry["kg"] = entry["quantity"] * entry["factor"]
        entry["kg_co2e"] = entry["kg"] * entry["gwp"] * entry["share"]
        entry["entry_id"] = entry["activity_id"] + entry["line"]
        entry.groupby(["month", "view", "scope", "scope3_category", "entity", "gas", "basis", "site"])["kg_co2e"].sum()
        entry.to_parquet(folder / "pandas.parquet", compression="zstd")


def with_polars(folder: Path) -> None:
    """The same join and products in polars, streamed, in binary floating point, into one file."""
    with stage("polars (floating point)"):
        import polars as pl  # noqa: PLC0415 - measured with its import

        activity = pl.scan_parquet(folder / "activity.parquet").with_columns(pl.col(pl.Decimal).cast(pl.Float64)).rename({"basis": "need"})
        price = pl.scan_parquet(folder / "price.parquet").with_columns(pl.col(pl.Decimal).cast(pl.Float64))
        entry = (
            activity.filter(pl.col("counts"))
            .join(price, on=KEYS)
            .with_columns(quantity=pl.col("quantity") * pl.col("multiplier"), entry_id=pl.col("activity_id") + pl.col("line"))
            .with_columns(kg=pl.col("quantity") * pl.col("factor"))
            .with_columns(kg_co2e=pl.col("kg") * pl.col("gwp") * pl.col("share"))
        )
        entry.group_by(["month", "view", "scope", "scope3_category", "entity", "gas", "basis", "site"]).agg(
            pl.col("kg_co2e").sum()
        ).collect(engine="streaming")
        entry.sink_parquet(folder / "polars.parquet", compression="zstd")


def demo(folder: Path) -> None:
    """The sample inventory with all its documents."""
    with stage("ghg build samples/meridian"):
        from reporting.disclosure import build  # noqa: PLC0415 - measured with its import

        build(HERE.parent / "samples" / "meridian", out=folder / "demo")


VARIANTS: dict[str, Callable[[Path], None]] = {
    "pipeline": pipeline,
    "bound": bound,
    "pandas": with_pandas,
    "polars": with_polars,
    "demo": demo,
}

if __name__ == "__main__":
    variant, place = sys.argv[1], Path(sys.argv[2])
    if variant == "generate":
        generate(place, int(sys.argv[3]), int(sys.argv[4]), int(sys.argv[5]))
    else:
        VARIANTS[variant](place)
