"""`python -m bench.hourly`: hourly matching of 1,000 meters x 8,760 hours against a sum-product of the same Parquet files."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.measure import MEMORY, stage
from reporting.database import STAGES, connect, run_file, stage_files
from reporting.findings import run_checks
from reporting.framework_folders import load_frameworks
from reporting.hourly import Hourly
from reporting.intake.hourly import load_hourly
from reporting.reference import load_reference

METERS, SITES = 1000, 20
LOAD = """select 'M' || lpad(meter::varchar, 4, '0') as meter, timestamp '2025-01-01' + to_hours(hour::integer) as hour,
    ((hash(meter * 10000 + hour) % 5000000) * 0.0001)::decimal(18,4) as kwh
    from range($meters::bigint) m(meter), range(8760) h(hour)"""
GRID = """select timestamp '2025-01-01' + to_hours(hour::integer) as hour,
    (300000 + hash(hour) % 200000) * 0.001::decimal(18,3) as g from range(8760) t(hour)"""
WIND = """select timestamp '2025-01-01' + to_hours(hour::integer) as hour,
    (hash(hour + 7) % 400)::decimal(18,3) as mwh from range(8760) t(hour)"""
INVENTORY = """
    insert into period values ('2025', date '2025-01-01', date '2026-01-01', 'year', true, 0);
    insert into view values ('control', 'operational_control', 'AR6');
    insert into entity by name select 'acme' as entity, 'Acme' as name, 'ZA' as country, 1 as ownership, true as financial_control,
        true as operational_control, date '1900-01-01' as valid_from, date '9999-01-01' as valid_to;
    insert into site by name select 'site-' || n as site, 'Site' as name, 'acme' as entity, 'ZA' as country, 'ZA' as region
        from range($sites::bigint) t(n);
    insert into setting values ('organisation.name', 'Acme');
    insert into instrument by name select 'WIND' as instrument_id, 'ppa' as kind, 'ZA' as market, date '2025-01-01' as starts,
        date '2026-01-01' as ends, '2025' as vintage, 9000000 as volume, 'MWh' as unit, 0 as rate_kg_co2e_per_kwh, 'C' as certificate,
        'renewable' as energy_source, 'cancelled' as status, 'bench' as citation, 2 as row_no, '' as entity, '' as site, '' as meter,
        '' as technology, 'R' as tracking_system, '' as generated_in, date '2026-01-15' as cancelled_on, 'Acme' as beneficiary,
        '' as attributes"""
METER = "insert into meter select 'M' || lpad(n::varchar, 4, '0'), 'site-' || (n % $sites), 'electricity' from range($meters::bigint) t(n)"


def generate(folder: Path) -> None:
    """Write the three files: the same rows every time."""
    connection = connect(memory_limit=MEMORY)
    connection.sql(LOAD, params={"meters": METERS}).write_parquet(str(folder / "load.parquet"))
    connection.sql(GRID).write_parquet(str(folder / "grid.parquet"))
    connection.sql(WIND).write_parquet(str(folder / "wind.parquet"))


def bound(folder: Path) -> None:
    """What any engine has to do at least: read, join by the hour, multiply, add."""
    connection = connect(memory_limit=MEMORY)
    load, grid = connection.read_parquet(str(folder / "load.parquet")), connection.read_parquet(str(folder / "grid.parquet"))
    with stage("sum-product"):
        total = load.join(grid, "hour").aggregate("sum(kwh * g) as kg").fetchall()[0][0]
    print(json.dumps({"kg": str(total)}))


def matching(folder: Path) -> None:
    """The stages of hourly matching with their checks."""
    connection = connect(memory_limit=MEMORY)
    run_file(connection, STAGES / "00_schema.sql")
    load_reference(connection)
    load_frameworks(connection, {"ghg_protocol": "control"})
    for statement in [*INVENTORY.split(";"), METER]:
        used = {name: value for name, value in (("sites", SITES), ("meters", METERS)) if f"${name}" in statement}
        connection.execute(statement, used)
    for path in stage_files(4, 60):
        run_file(connection, path)
    place = {"time": "hour"}
    hourly = Hourly.model_validate(
        {
            "load": [{"path": "load.parquet", "value": "kwh", "unit": "kWh", "meter": "meter", **place}],
            "intensity": [{"path": "grid.parquet", "value": "g", "unit": "g/kWh", "region": "ZA", **place}],
            "generation": [{"path": "wind.parquet", "value": "mwh", "unit": "MWh", "instrument": "WIND", **place}],
        }
    )
    with stage("hourly files"):
        load_hourly(connection, folder, hourly)
    for path in stage_files(62, 66):
        with stage(path.stem):
            run_file(connection, path)
        with stage(f"checks of {path.name[:2]}"):
            run_checks(connection, int(path.name[:2]))
    figures = connection.execute("select figure_id, status, value::varchar from hourly_figure order by all").fetchall()
    print(
        json.dumps(
            {"figures": figures, "findings": connection.execute("select rule, severity from finding where rule like 'hourly/%'").fetchall()}
        )
    )


def main() -> None:
    """Generate, measure each three times, print the best of each and the ratio."""
    if len(sys.argv) == 3:
        {"generate": generate, "bound": bound, "matching": matching}[sys.argv[1]](Path(sys.argv[2]))
        return
    with tempfile.TemporaryDirectory(prefix="ghg-bench-") as place:
        _run("generate", place)
        best = {name: min((_run(name, place) for _ in range(3)), key=lambda run: run[0]) for name in ("bound", "matching")}
    for name, (cpu, wall, peak, said) in best.items():
        print(f"{name}: {cpu:.2f} s of CPU, {wall:.2f} s, peak {peak:.0f} MB; {said}")
    print(f"ratio of CPU {best['matching'][0] / best['bound'][0]:.2f}, of time {best['matching'][1] / best['bound'][1]:.2f}")


def _run(name: str, place: str) -> tuple[float, float, float, str]:
    command = [sys.executable, "-m", "bench.hourly", name, place]
    home = Path(__file__).parent.parent
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, cwd=home)  # noqa: S603 - our own module
    records = [json.loads(line) for line in done.stdout.splitlines()]
    stages = [record for record in records if "stage" in record]
    for record in stages:
        print(f"# {name}: {record}", file=sys.stderr)
    said = "; ".join(json.dumps(record) for record in records if "stage" not in record)
    return sum(r["cpu"] for r in stages), sum(r["wall"] for r in stages), max((r["rss"] for r in stages), default=0), said


if __name__ == "__main__":
    main()
