"""`python -m bench.check [ROWS]`: CPU of `ghg check` against `ghg build --format json`, so many activity rows in a CSV file."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.measure import HERE, generate, reference
from reporting.database import run_file

SITES = 40
HEAD = {
    "publisher": "bench", "title": "Location-based averages in the place of residual mixes", "edition": "1", "url": "https://example.org",
    "licence": "own", "redistributable": True, "retrieved": "2026-01-01", "sha256": "", "gwp_set": "AR5", "usable_until": "2099-12-31",
    "supersedes": None, "preference": 0, "attribution": None,
}  # fmt: skip
INVENTORY = {
    "organisation": {"name": "Bench", "country": "GB", "currency": "GBP", "nace": "63.10", "nace_revision": "2.1"},
    "entities": [
        {
            "id": f"entity-{i}",
            "name": f"Entity {i}",
            "country": "GB",
            "ownership": 1,
            "financial_control": True,
            "operational_control": True,
        }
        for i in range(4)
    ],
    "sites": [{"id": f"site-{i}", "name": f"Site {i}", "entity": f"entity-{i % 4}", "country": "GB", "region": "GB"} for i in range(SITES)],
    "views": {"operational": {"approach": "operational_control", "gwp_set": "AR6"}},
    "frameworks": [{"id": name, "view": "operational"} for name in ("ghg_protocol", "esrs_e1_set1")],
    "scope3_categories": {str(number): {"status": "included"} for number in range(1, 16)},
    "periods": ["2025"],
    "sources": {"bench": {"path": "activity.csv", "connector": "activity_csv"}},
}


def inventory(folder: Path, rows: int) -> None:
    """Write an inventory folder around the generated rows."""
    generate(folder, rows, 4, 60)
    connection = reference(folder)
    place = folder / "factors" / "bench_residual"
    place.mkdir(parents=True)
    (place / "set.yaml").write_text(json.dumps(HEAD), encoding="utf-8")
    connection.execute("set variable source = $1", [str(folder / "activity.parquet")])
    for name, path in (("factors", place / "factors.csv"), ("activity", folder / "activity.csv")):
        connection.execute("set variable path = $1", [str(path)])
        run_file(connection, HERE / f"check_{name}.sql")
    (folder / "activity.parquet").unlink()
    (folder / "inventory.yaml").write_text(json.dumps(INVENTORY), encoding="utf-8")


def cpu(*arguments: str) -> tuple[float, str]:
    """CPU seconds of one `ghg` in a process of its own, and the last line that it printed."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run([sys.executable, "-m", "reporting.cli", *arguments], check=False, capture_output=True, text=True)  # noqa: S603 - our own
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode > 1:
        raise SystemExit(done.stderr)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, " ".join(done.stdout.splitlines()[-1:])


def main() -> None:
    """Measure both once, one after the other, and print a line for bench/RESULTS.md."""
    rows = int(float(sys.argv[1])) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory(prefix="ghg-bench-") as place:
        folder = Path(place)
        inventory(folder, rows)
        check, told = cpu("check", str(folder))
        build, wrote = cpu("build", str(folder), "--format", "json", "--out", str(folder / "out"))
    print(f"# check: {told}\n# build: {wrote}", file=sys.stderr)
    print(f"| {rows:,} | {check:.2f} | {build:.2f} | {check / build:.0%} |")


if __name__ == "__main__":
    main()
