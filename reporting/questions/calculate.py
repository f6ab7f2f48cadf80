"""A quick answer for one file of activities, by way of a temporary inventory and the whole pipeline."""

from __future__ import annotations

import json
import shutil
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from reporting.database import connect
from reporting.frames import frame
from reporting.pipeline import Progress, Result, compute, silent
from reporting.questions.answers import CalculatedLine, CalculatedTotal, Calculation, GwpSet, SourceAccount
from reporting.questions.asking import ask
from reporting.questions.catalogue import known_gwp_set
from reporting.questions.coverage import source_accounts
from reporting.types import InputError, UsageError

if TYPE_CHECKING:
    import pandas as pd

REQUIRED = ("activity_type", "start", "end", "quantity", "unit", "region")
NAME = "activities.csv"


def calculate(path: Path, gwp_set: str = "AR6", *, progress: Progress = silent) -> pd.DataFrame:
    """One row per activity of the file, derived ones beside their parents, with kg CO2e; raises InputError, UsageError."""
    return frame([vars(line) for line in calculation(path, gwp_set, progress=progress).lines])


def calculation(path: Path, gwp_set: str = "AR6", *, progress: Progress = silent) -> Calculation:
    """Lines, totals and findings of a file of activities; raises InputError, UsageError."""
    chosen = known_gwp_set(gwp_set)
    years = read_years(path)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "inventory.yaml").write_text(json.dumps(inventory(chosen, years)), encoding="utf-8")  # JSON is YAML
        shutil.copyfile(path, folder / NAME)
        return answer(path, chosen, compute(folder, progress=progress))


def answer(path: Path, gwp_set: GwpSet, result: Result) -> Calculation:
    """What the pipeline computed, as a frozen record."""
    lines = ask(result.connection, "calculated_lines").to_dict("records")
    totals = ask(result.connection, "calculated_totals").to_dict("records")
    exact = tuple(CalculatedLine(**row | {"factors": tuple(row["factors"]), "citations": tuple(row["citations"])}) for row in lines)
    findings = tuple(replace(finding, file=path.name) if finding.file == NAME else finding for finding in result.findings)
    account = source_accounts(result).to_dict("records")[0] | {"source_id": "", "path": path.name}
    return Calculation(path.name, gwp_set, exact, tuple(CalculatedTotal(**row) for row in totals), findings, SourceAccount(**account))


def inventory(gwp_set: GwpSet, years: list[str]) -> dict[str, object]:
    """The inventory of one entity around the file: numbers as text, so that nothing passes through binary fractions."""
    entity = {"id": "user", "name": "User", "country": "GB", "ownership": "1", "financial_control": True, "operational_control": True}
    return {
        "organisation": {"name": "Quick calculation", "country": "GB", "currency": "GBP"},
        "entities": [entity],
        "sites": [{"id": "site", "name": "Site", "entity": "user", "country": "GB", "region": "world"}],
        "views": {"whole": {"approach": "operational_control", "gwp_set": gwp_set}},
        "frameworks": [{"id": "ghg_protocol", "view": "whole"}],
        "sources": {"activities": {"path": NAME, "connector": "activity_csv", "constants": {"entity": "user"}}},
        "scope3_categories": {str(number): {"status": "included"} for number in range(1, 16)},
        "periods": years,
    }


def read_years(path: Path) -> list[str]:
    """The years that the dates of the file name; raises InputError or UsageError for a file that cannot be calculated."""
    if not path.is_file():
        raise UsageError(f'"{path}" is not a file. fix: name a CSV file with the columns {", ".join(REQUIRED)}')
    connection = connect()
    try:
        connection.execute(
            "select * from read_csv($path, header = true, all_varchar = true, ignore_errors = true, strict_mode = false) limit 0",
            {"path": str(path)},
        )
    except duckdb.Error as error:
        raise InputError(
            f"{path}: cannot be read as CSV ({str(error).splitlines()[0]}). fix: save it as CSV in UTF-8 with a header"
        ) from None
    columns = [column[0] for column in connection.description or []]
    absent = [name for name in REQUIRED if name not in columns]
    if absent:
        told = f"column {absent[0]} is" if len(absent) == 1 else f"columns {', '.join(absent)} are"
        raise UsageError(f"{path}:1: the {told} missing. fix: the header needs {', '.join(REQUIRED)}")
    years = [row["year"] for row in ask(connection, "calculated_years", {"path": str(path)}).to_dict("records")]
    if not years:
        raise UsageError(f"{path}: no row has a date. fix: write start and end as 2026-07-01")
    return years
