"""The folders of the frameworks, one per standard edition: framework.yaml, datapoints.csv, rules.csv and checks, into the database."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, ValidationError

from reporting.database import PACKAGE, STAGES, Connection, insert_rows, run_file
from reporting.exact_yaml import load_yaml
from reporting.fields import Model, Text
from reporting.types import InputError

FRAMEWORKS = PACKAGE / "frameworks"
NEEDED_COLUMNS = ("datapoint", "section", "label", "kind", "unit", "decimals", "citation")
COLUMNS = (
    *NEEDED_COLUMNS, "measure", "scope", "scope3_category", "iso_category", "basis", "gas_group", "biogenic", "energy_source",
    "system", "lifecycle_stage", "role", "split", "numerator", "denominator", "factor", "input", "is_mandatory", "is_total", "answer",
    "applies",
)  # fmt: skip
KINDS = {"sum", "ratio", "input", "hourly", "text"}
PeriodKind = Literal["month", "quarter", "ytd", "ttm", "year"]
EVERY_KIND: tuple[PeriodKind, ...] = ("month", "quarter", "ytd", "ttm", "year")


class Framework(Model):
    """framework.yaml: what an edition is called, where it stands, for which forms of period it gives figures, whose rules it keeps."""

    title: Text
    edition: Text
    position: int
    periods: Annotated[tuple[PeriodKind, ...], Field(min_length=1)] = EVERY_KIND
    note: str = ""
    rules: tuple[str, ...] = ()


@cache
def frameworks() -> dict[str, Framework]:
    """Every framework that there is, by the name of its folder."""
    return {path.parent.name: _head(path) for path in sorted(FRAMEWORKS.glob("*/framework.yaml"))}


def _head(path: Path) -> Framework:
    try:
        return Framework.model_validate(load_yaml(path))
    except ValidationError as error:
        faults = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors()[:5])
        raise InputError(f"{path}: {faults}. fix: the keys are {', '.join(Framework.model_fields)}") from None


def load_frameworks(connection: Connection, choices: dict[str, str]) -> None:
    """Load the chosen frameworks (framework -> view) with their datapoints, in the order of the folders' own positions."""
    known = frameworks()
    for name, view in choices.items():
        if name not in known:
            raise InputError(f'inventory.yaml: unknown framework "{name}". fix: use one of {", ".join(known)}')
        path, head = FRAMEWORKS / name / "datapoints.csv", known[name]
        refuse_other_columns(path)
        connection.execute(
            "insert into framework values ($1, $2, $3, $4, $5, $6)", [name, head.title, head.edition, view, head.position, head.note]
        )
        insert_rows(connection, "insert into framework_period select unnest($1), unnest($2)", [(name, kind) for kind in head.periods])
        connection.execute("set variable framework = $name", {"name": name})
        connection.execute("set variable datapoints = $path", {"path": str(path)})
        run_file(connection, STAGES / "03_datapoint.sql")


def refuse_other_columns(path: Path) -> None:
    """Raise InputError where datapoints.csv has a column that no figure knows, or lacks one that every figure needs."""
    with path.open(encoding="utf-8", newline="") as stream:
        reader = csv.DictReader(stream)
        names, kinds = reader.fieldnames or (), {row.get("kind") or "" for row in reader}
    for kind in sorted(kinds - KINDS):
        raise InputError(f'{path}: unknown kind "{kind}". fix: use {", ".join(sorted(KINDS))}')
    for name in sorted({*names} - {*COLUMNS}):
        raise InputError(f'{path}:1: unknown column "{name}". fix: use {", ".join(COLUMNS)}')
    for name in sorted({*NEEDED_COLUMNS} - {*names}):
        raise InputError(f'{path}:1: the column "{name}" is missing. fix: add it; the first columns are {", ".join(NEEDED_COLUMNS)}')
