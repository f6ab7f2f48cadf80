"""`python -m bench`: measures the variants side by side in one run and prints a table; --write keeps it in bench/RESULTS.md."""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import duckdb

HERE = Path(__file__).parent
HEAD = "| rows | variant | stage | CPU s | wall s | peak MB | rows / CPU s | CPU / bound |\n|---|---|---|---|---|---|---|---|\n"
KINDS = 60
RESOLUTION = ("32", "34", "36")
Record = dict[str, float | str]


def run(*arguments: str) -> list[Record]:
    """Run one variant in a process of its own; returns what it measured."""
    command = [sys.executable, "-m", "bench.measure", *arguments]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, cwd=HERE.parent)  # noqa: S603 - our own module
    records = [json.loads(line) for line in done.stdout.splitlines()]
    for record in records:
        if "stage" not in record:
            print(f"# {record}", file=sys.stderr)
    return [record for record in records if "stage" in record]


def total(records: list[Record]) -> Record:
    """All stages of a variant together; the peak is the largest."""
    sums = {key: sum(float(record[key]) for record in records) for key in ("cpu", "wall")}
    return {"stage": "whole", **sums, "rss": max(float(record["rss"]) for record in records)}


def part(name: str, records: list[Record], stages: tuple[str, ...]) -> Record:
    """Some stages of a variant together, with their share of its CPU seconds in the name."""
    some = total([record for record in records if str(record["stage"]).endswith(stages) or str(record["stage"]).startswith(stages)])
    return some | {"stage": f"{name}: {float(some['cpu']) / float(total(records)['cpu']):.1%} of the CPU"}


def line(rows: int, variant: str, record: Record, least: float) -> str:
    """One line of the table."""
    cpu = float(record["cpu"])
    speed = f"{rows / cpu:,.0f}" if rows and cpu else ""
    ratio = f"{cpu / least:.2f}" if least else ""
    shown = f"{rows:,}" if rows else ""
    cells = [shown, variant, record["stage"], f"{cpu:.2f}", f"{float(record['wall']):.2f}", f"{float(record['rss']):.0f}", speed, ratio]
    return f"| {' | '.join(map(str, cells))} |\n"


def at(rows: int, decimals: int, keys: int, peers: list[str]) -> str:
    """The lines for one number of rows: the stages that cost something, the whole, the bound and the peers."""
    with tempfile.TemporaryDirectory(prefix="ghg-bench-") as place:
        run("generate", place, str(rows), str(decimals), str(keys))
        stages = run("pipeline", place)
        least = total(run("bound", place))
        found = {name: total(run(name, place)) for name in peers}
    bound = float(least["cpu"])
    name = "ghg" if decimals == 4 else f"ghg, quantities of {decimals} decimals"
    name += f", {keys:,} keys" if keys != KINDS else ""
    kept = [record for record in stages if float(record["cpu"]) >= 0.01 * float(total(stages)["cpu"])]
    lines = [line(rows, name, record, bound) for record in [*kept, total(stages)]]
    lines += [line(rows, "bound: COPY of the same rows, unsorted", least, bound)]
    lines += [line(rows, name, part("resolution: 32 to 36 with their checks", stages, RESOLUTION), bound)]
    return "".join(lines + [line(rows, peer, record, bound) for peer, record in found.items()])


def main() -> None:
    """Measure, print, and write where asked."""
    parser = argparse.ArgumentParser(prog="python -m bench")
    parser.add_argument("--rows", nargs="*", type=float, default=[1e5, 1e6], help="numbers of activity rows (1e5 1e6 1e7)")
    parser.add_argument("--peers", nargs="*", default=["pandas", "polars"], help="measured beside it up to --peer-rows")
    parser.add_argument("--peer-rows", type=float, default=1e6)
    parser.add_argument("--decimals", type=int, default=4, choices=(4, 10), help="decimals of the generated quantities")
    parser.add_argument("--keys", type=int, default=KINDS, help="distinct keys to find a factor for (at least 60)")
    parser.add_argument("--no-demo", action="store_true", help="leave out the build of the sample")
    parser.add_argument("--write", action="store_true", help="append the table to bench/RESULTS.md")
    options = parser.parse_args()
    text = HEAD + "".join(
        at(int(rows), options.decimals, options.keys, options.peers if rows <= options.peer_rows else []) for rows in options.rows
    )
    if not options.no_demo:
        with tempfile.TemporaryDirectory(prefix="ghg-bench-") as place:
            text += line(0, "demo", total(run("demo", place)), 0)
    print(text)
    if options.write:
        day = datetime.now(tz=UTC).date().isoformat()
        machine = f"{os.cpu_count()} cores, Python {platform.python_version()}, DuckDB {duckdb.__version__}"
        with (HERE / "RESULTS.md").open("a", encoding="utf-8") as stream:
            stream.write(f"\n## {day}: {machine}\n\n{text}")


if __name__ == "__main__":
    main()
