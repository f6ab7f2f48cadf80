"""Small inventories for the tests of the engine: made from a few words, computed on reference data without the shipped factor sets."""

from __future__ import annotations

import csv
import functools
import json
import shutil
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any
from unittest import mock

from reporting import pipeline, reference
from reporting.database import Connection
from reporting.resources import folder as product_folder
from reporting.types import Finding

Row = Mapping[str, str]
FACTOR_COLUMNS = (
    "factor_id", "label", "activity_type", "region", "supplier", "valid_from", "valid_to", "basis", "boundary", "gas", "published_value",
    "published_unit", "value", "value_as", "per_unit", "price_year", "uncertainty", "is_biogenic", "citation",
)  # fmt: skip
SET_HEAD = {
    "publisher": "Nobody (test)", "title": "Factors of the test", "edition": "1", "url": "https://example.org/factors", "licence": "own",
    "redistributable": True, "retrieved": "2026-01-01", "sha256": "", "gwp_set": "AR6", "usable_until": "2028-12-31", "supersedes": None,
    "preference": 1, "attribution": None,
}  # fmt: skip
INVENTORY: dict[str, Any] = {
    "organisation": {"name": "Company of the tests (fictitious)", "country": "CA", "currency": "EUR"},
    "entities": [{"id": "acme", "name": "Acme", "country": "CA", "ownership": "1", "financial_control": True, "operational_control": True}],
    "sites": [{"id": "mill", "name": "Mill", "entity": "acme", "country": "CA", "region": "CA"}],
    "views": {"control": {"approach": "operational_control", "gwp_set": "AR6"}},
    "frameworks": [{"id": "ghg_protocol", "view": "control"}],
    "scope3_categories": {str(number): {"status": "included"} for number in range(1, 16)},
    "sources": {"s": {"path": "activity/s.csv", "connector": "activity_csv", "data_quality": "measured", "data_origin": "own"}},
    "periods": ["2026-Q3"],
}
HEADER = "activity_type,start,end,quantity,unit,site"
DIESEL = "diesel.stationary,2026-07-01,2026-07-31,{},l,mill"


def factor(factor_id: str, activity_type: str, value: str, per_unit: str, **other: str) -> Row:
    """A row of factors.csv: kg CO2e per unit anywhere in 2026 where nothing else is said."""
    given = {
        "factor_id": factor_id, "label": factor_id, "activity_type": activity_type, "region": "world", "valid_from": "2026-01-01",
        "valid_to": "2027-01-01", "boundary": "direct", "gas": "CO2e", "published_value": value, "published_unit": f"kg CO2e/{per_unit}",
        "value": value, "value_as": "kg_co2e", "per_unit": per_unit, "is_biogenic": "false", "citation": "Table 1, A1",
    }  # fmt: skip
    return {**given, **other}


def upstream(activity_type: str, value: str, per_unit: str) -> Row:
    """A factor of upstream emissions; the last part of the type is the boundary."""
    return factor(activity_type, activity_type, value, per_unit, boundary=activity_type.rpartition(".")[2])


FACTORS = (
    factor("diesel", "diesel.stationary", "2.5", "l"),
    factor("power", "electricity.purchased", "0.2", "kWh", basis="location"),
    factor("gas", "natural_gas.stationary", "2", "m3"),
    upstream("diesel.well_to_tank", "0.5", "l"),
    upstream("electricity.well_to_tank", "0.05", "kWh"),
    upstream("electricity.t_and_d", "0.02", "kWh"),
    upstream("electricity.t_and_d_well_to_tank", "0.005", "kWh"),
    upstream("natural_gas.well_to_tank", "0.25", "m3"),
)


def write_factors(folder: Path, rows: Iterable[Row], name: str = "test_1", **head: object) -> None:
    """Write one of the company's own factor sets."""
    place = folder / "factors" / name
    place.mkdir(parents=True, exist_ok=True)
    (place / "set.yaml").write_text(json.dumps(SET_HEAD | head), encoding="utf-8")
    with (place / "factors.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, FACTOR_COLUMNS, restval="")
        writer.writeheader()
        writer.writerows(rows)


def write(folder: Path, files: Mapping[str, str | bytes], factors: Iterable[Row] = FACTORS, **inventory: object) -> Path:
    """Write an inventory folder: inventory.yaml with the given parts in the place of those above, the files, one factor set."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    (folder / "inventory.yaml").write_text(json.dumps({**INVENTORY, **inventory}, ensure_ascii=False, indent=1), encoding="utf-8")
    write_factors(folder, factors)
    return folder


def table(*lines: str, header: str = HEADER) -> str:
    """A CSV file of a header and rows."""
    return "\n".join([header, *lines, ""])


@functools.cache
def shelf() -> Path:
    """The product's reference data without any factor set, as a folder of its own; it lasts as long as the process."""
    place = Path(tempfile.mkdtemp(prefix="ghg-tests-"))
    for path in sorted(product_folder("factors").glob("*.csv")):
        shutil.copy(path, place)
    return place


UNIT_TABLES = ("unit", "unit_conversion", "energy_content")
_load_units = reference._load_units


def _load_units_once(connection: Connection) -> None:
    """Kept as Parquet, which holds every digit of a decimal: a data frame would round it to a binary number."""
    kept = shelf().with_name(shelf().name + "-units")  # beside the shelf, whose folders are factor sets
    if not kept.is_dir():
        _load_units(connection)
        kept.mkdir()
        for name in UNIT_TABLES:
            connection.table(name).write_parquet(str(kept / f"{name}.parquet"))
        return
    for name in UNIT_TABLES:
        connection.execute(f"insert into {name} from read_parquet($1)", [str(kept / f"{name}.parquet")])


def compute(folder: Path, periods: Sequence[str] = (), frameworks: Sequence[str] = ()) -> pipeline.Result:
    """Compute an inventory with its own factor sets alone; the conversions of units are worked out once a process."""
    with mock.patch.object(reference, "folder", return_value=shelf()), mock.patch.object(reference, "_load_units", _load_units_once):
        return pipeline.compute(folder, periods, frameworks)


def figures(result: pipeline.Result, period: str = "2026-Q3") -> dict[str, tuple[str, Decimal | None]]:
    """Status and exact value of every figure of a period."""
    rows = result.connection.execute("select figure_id, status, value from figure where period = $1", [period]).fetchall()
    return {row[0]: (row[1], row[2]) for row in rows}


def value(result: pipeline.Result, figure_id: str, period: str = "2026-Q3") -> Decimal:
    """The exact value of a figure, which must have one."""
    status, number = figures(result, period)[figure_id]
    assert number is not None, f"{figure_id} is {status}"
    return number


def found(result: pipeline.Result, rule: str = "", severity: str = "") -> list[Finding]:
    """The findings of a rule or a severity."""
    return [finding for finding in result.findings if rule in {"", finding.rule} and severity in {"", finding.severity}]


def rules(result: pipeline.Result) -> list[str]:
    """The rules found, but those that every small inventory shows."""
    return sorted({finding.rule for finding in result.findings})


def rows(result: pipeline.Result, query: str) -> list[tuple[Any, ...]]:
    """The rows of a query on the computed tables."""
    return result.connection.execute(query).fetchall()
