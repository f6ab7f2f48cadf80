"""`python -m bench.bill [ROWS]`: a cloud bill of so many lines to activity rows, against a bare scan of the file with the same groups."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.measure import MEMORY, stage
from reporting.database import PACKAGE, STAGES, Connection, connect, run_file, stage_files
from reporting.findings import run_checks
from reporting.intake.load import load_sources
from reporting.inventory import Source
from reporting.reference import load_reference
from reporting.sources import load_source_tables

HERE = Path(__file__).parent
RUNS = 3
ORGANISATION = """
    insert into period values ('2026', date '2026-01-01', date '2027-01-01', 'year', true, 0);
    insert into view values ('control', 'operational_control', 'AR6');
    insert into entity values ('acme', 'Acme', 'US', 1, true, true, date '1900-01-01', date '9999-01-01', false, 'derived');
    insert into setting values ('supplier_basis', 'location')"""
BILL = Source(path="bill.parquet", connector="aws_cur", constants={"entity": "acme", "region": "US"})


def _variables(connection: Connection, folder: Path, rows: int = 0) -> None:
    connection.execute("set variable rows = $1", [rows])
    connection.execute("set variable path = $1", [str(folder / "bill.parquet")])


def generate(folder: Path, rows: int) -> None:
    """Write bill.parquet: the same lines every time."""
    connection = connect(memory_limit=MEMORY)
    _variables(connection, folder, rows)
    run_file(connection, HERE / "bill.sql")


def bound(folder: Path) -> None:
    """The bare scan."""
    connection = connect(memory_limit=MEMORY)
    _variables(connection, folder)
    with stage("bare scan with the same groups"):
        groups = connection.execute((HERE / "bill_bound.sql").read_text(encoding="utf-8")).fetchall()
    print(json.dumps({"groups": len(groups)}))


def loading(folder: Path) -> None:
    """The bill to activity rows by month with who counts settled, the digest of the file and all checks included."""
    connection = connect(memory_limit=MEMORY)
    run_file(connection, STAGES / "00_schema.sql")
    load_reference(connection)
    connection.execute(ORGANISATION)
    load_source_tables(connection, {"bill": BILL})
    for path in stage_files(4, 9):
        run_file(connection, path)
    with stage("file to groups"):
        load_sources(connection, folder, {"bill": BILL})
    with stage("groups to activity rows"):
        for path in stage_files(10, 10):
            run_file(connection, path)
        for path in sorted((PACKAGE / "connectors").glob("*.sql")):
            run_file(connection, path)
        for path in [*stage_files(11, 11), *stage_files(17, 23)]:
            run_file(connection, path)
            run_checks(connection, int(path.name[:2]))
    told = connection.execute("select count(*), sum(quantity) filter (where unit = 'h') from activity_counted").fetchone()
    errors = connection.execute("select count(*) from finding where severity = 'error'").fetchone()
    print(json.dumps({"activities": str(told), "errors": str(errors)}))


def main() -> None:
    """Generate, measure each variant in processes of its own, print the best of the runs."""
    rows = int(float(sys.argv[1])) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory(prefix="ghg-bench-") as place:
        generate(Path(place), rows)
        best = {name: min((_run(name, place) for _ in range(RUNS)), key=lambda run: run["cpu"]) for name in ("bound", "loading")}
    for name, run in best.items():
        print(f"{rows:,} lines, {name}: CPU {run['cpu']:.2f} s, wall {run['wall']:.2f} s, peak {run['rss']:.0f} MB")
    print(f"ratio of CPU {best['loading']['cpu'] / best['bound']['cpu']:.2f}")


def _run(name: str, place: str) -> dict[str, float]:
    command = [sys.executable, "-m", "bench.bill", name, place]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, cwd=HERE.parent)  # noqa: S603 - our own module
    found = [json.loads(line) for line in done.stdout.splitlines()]
    print("#", found, file=sys.stderr)
    parts = [one for one in found if "stage" in one]
    return {key: sum(one[key] for one in parts) for key in ("cpu", "wall")} | {"rss": max(one["rss"] for one in parts)}


if __name__ == "__main__":
    if len(sys.argv) > 2:
        {"bound": bound, "loading": loading}[sys.argv[1]](Path(sys.argv[2]))
    else:
        main()
