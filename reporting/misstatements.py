"""The register of uncorrected misstatements: misstatements.csv of an inventory, which an assurance engagement keeps by scope."""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from pathlib import Path

from reporting.database import Connection, insert_rows
from reporting.periods import is_day, is_period
from reporting.registers import read_table
from reporting.types import InputError

COLUMNS = ("misstatement", "period", "scope", "scope3_category", "t_co2e", "kind", "description", "reason", "by", "date")
CATEGORIES = frozenset(map(str, range(1, 16)))
KINDS = ("factual", "judgemental", "projected")
NUMBER = re.compile(r"-?\d{1,15}(\.\d{1,12})?")
INSERT = """insert into misstatement select unnest($1)::bigint, unnest($2), unnest($3), unnest($4), unnest($5), unnest($6)::decimal(38,12),
    unnest($7), unnest($8), unnest($9), unnest($10), unnest($11)::date"""


def load_misstatements(connection: Connection, path: Path, periods: AbstractSet[str]) -> None:
    """Fill misstatement; t CO2e is what the disclosure states too much. Raises InputError with the row for what cannot be one."""
    rows = read_table(path, COLUMNS)
    seen: set[str] = set()
    for number, row in rows:
        for problem, fix in _faults(row, seen, periods):
            raise InputError(f"{path}:{number}: {problem}. fix: {fix}")
        seen.add(row["misstatement"])
    insert_rows(connection, INSERT, [(str(number), *(row[name] for name in COLUMNS)) for number, row in rows])


def _faults(row: dict[str, str], seen: set[str], periods: AbstractSet[str]) -> Iterator[tuple[str, str]]:
    """What is wrong with a row and how to mend it; a period that is not computed now is no fault, one that is none is."""
    category, scope = row["scope3_category"], row["scope"]
    if not row["misstatement"].strip() or row["misstatement"] in seen:
        yield "the name is empty or stands twice", "give each its own name"
    if row["period"] not in periods and not is_period(row["period"]):
        yield f'"{row["period"]}" is no period', "write it as 2026-Q3"
    if scope not in {"1", "2", "3"}:
        yield f'scope "{scope}" is none', "use 1, 2 or 3"
    if category and (scope != "3" or category not in CATEGORIES):
        yield f'category "{category}" is none of scope {scope}', "leave it empty, or use 1 to 15 with scope 3"
    if not NUMBER.fullmatch(row["t_co2e"]):
        yield f't_co2e "{row["t_co2e"]}" is no number', "write tonnes as 12.5; too little stated is negative"
    if row["kind"] not in KINDS:
        yield f'unknown kind "{row["kind"]}"', f"use one of {', '.join(KINDS)}"
    if not all(row[name].strip() for name in ("description", "reason", "by")):
        yield "description, reason or by is empty", "say what is wrong, why it is not corrected, and who says so"
    if not is_day(row["date"]):
        yield f'date "{row["date"]}" is none', "write it as 2026-01-31"
