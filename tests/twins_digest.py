"""Prints the digest of everything that comes of an inventory with the twin of every connector; other surroundings must print the same."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import test_cloud
import test_company_files
import test_mapping
import test_trackers
from inventories import compute, write

from reporting.digest import canonical
from reporting.evidence.tables import table_digests
from reporting.intake import grid
from reporting.intake.declared import connectors

GRID = {"electricity_maps": ("zone.csv", "FR"), "uk_carbon_intensity": ("day.json", "GB"), "eia_generation": ("mix.json", "US"),
        "entsoe_generation": ("zone.xml", "DE")}  # fmt: skip
"""A twin of each grid format and its region."""


def sources() -> dict[str, dict[str, Any]]:
    """A source for each twin, and the examples of docs/mapping.md as CSV and XLSX."""
    trackers = {
        name: {"path": f"activity/{name}/*", "constants": test_trackers.AT, **given} for name, given in test_trackers.SOURCES.items()
    }
    cloud = {name: test_cloud.source(name, f"activity/{name}/*.csv") for name in test_cloud.NAMES}
    cloud |= test_cloud.MORE
    cloud["aws_cur"]["path"] = "activity/aws_cur/*.parquet"
    cloud["cloud_carbon_footprint"] |= {"path": "activity/cloud_carbon_footprint/*.json", "time_zone": "America/New_York"}
    head = {"connector": "mapping", "data_quality": "measured", "data_origin": "own"}
    company = test_company_files.sources(test_company_files.SOURCES)
    return trackers | cloud | company | {name: {"path": path} | head | options for name, path, options, _ in test_mapping.sources()}


def hourly() -> dict[str, Any]:
    """An hour of load, and the twin of every grid format."""
    missing = set(grid.formats()) - set(GRID)
    if missing:
        raise ValueError(f"no twin of {sorted(missing)}")
    load = [{"path": "hourly/load.csv", "unit": "kWh", "site": "mill", "time": "stamp", "value": "value"}]
    intensity = [
        {"path": f"activity/{name}/{twin}", "connector": name, "region": region, "citation": "Made up"}
        for name, (twin, region) in GRID.items()
    ]
    return {"load": load, "intensity": intensity}


def write_twins(folder: Path, scratch: Path) -> Path:
    """Write the inventory with all of them; workbooks hold the moment at which they are made, so the machines share one."""
    given = sources()
    missing = set(connectors()) - {"activity_csv"} - {source["connector"] for source in given.values()}
    if missing:
        raise ValueError(f"no twin of {sorted(missing)}")
    twins = sorted(test_trackers.TWINS.glob("*/*"))
    files: dict[str, str | bytes] = {f"activity/{path.parent.name}/{path.name}": path.read_bytes() for path in twins if path.is_file()}
    files |= test_cloud.twins(scratch) | {"private.key": test_cloud.KEY}
    files |= {path: content for _, path, _, content in test_mapping.sources()}
    files["hourly/load.csv"] = "stamp,value\n2026-07-01T00:00+02:00,10\n"
    sites = [{**test_company_files.SITES[0], **test_trackers.SITES[0]}]
    systems = test_company_files.SYSTEMS
    return write(folder, files, test_cloud.PRICES, sources=given, sites=sites, systems=systems, periods=["2026-Q3"], hourly=hourly())


def main() -> None:
    """Compute the inventory that the first argument names, print every table's digest and the findings."""
    result = compute(Path(sys.argv[1]))
    tables = {name: [digest.rows, digest.sha256] for name, digest in table_digests(result.connection).items()}
    findings = [[finding.rule, finding.file, finding.row, finding.message] for finding in result.findings]
    sys.stdout.write(canonical({"tables": tables, "findings": findings}) + "\n")


if __name__ == "__main__":
    main()
