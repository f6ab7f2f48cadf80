"""carbon_credits.csv into the register of carbon credits, and what it answers into the inputs; a row of the wrong shape stops the run."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from reporting.database import STAGES, Connection, insert_rows, run_file
from reporting.inventory import Inventory
from reporting.periods import is_day, is_period, parse_period
from reporting.registers import read_table
from reporting.types import InputError

REQUIRED = (
    "credit_id", "status", "kind", "t_co2e", "standard", "recognised", "registry", "project", "project_type", "region", "vintage",
    "corresponding_adjustment", "acquired_on", "citation",
)  # fmt: skip
OPTIONAL = (
    "sink", "retired_on", "claimed_for", "retirement_id", "beneficiary", "serial_first", "serial_last", "planned_for",
)  # fmt: skip
STATUSES = ("contracted", "held", "retired")
KINDS = ("reduction", "removal")
SINKS = ("biogenic", "technological")
ANSWERS = {"yes": True, "no": False}
TONNES = re.compile(r"\d{1,15}(\.\d{1,12})?", re.ASCII)
SERIAL = re.compile(r"\d{1,30}", re.ASCII)
ANSWERED = (
    "credits_cancelled", "credits_cancelled_reduction", "credits_cancelled_removal", "credits_cancelled_recognised", "credits_cancelled_eu",
    "credits_cancelled_adjusted", "credits_planned", "credits_bought_not_cancelled",
)  # fmt: skip
"""The inputs that the register answers, for every period: with a register, inventory.yaml may not give them too."""
INSERT = """insert into carbon_credit by name select
    unnest($1) as credit_id, unnest($2) as status, unnest($3) as kind, unnest($4) as sink, unnest($5)::decimal(38,12) as t_co2e,
    unnest($6) as standard, unnest($7) as is_recognised, unnest($8) as registry, unnest($9) as project, unnest($10) as project_type,
    unnest($11) as region, unnest($12) as vintage, unnest($13) as is_adjusted, unnest($14)::date as acquired_on,
    unnest($15)::date as retired_on, unnest($16) as claimed_for, unnest($17) as retirement_id, unnest($18) as beneficiary,
    unnest($19)::hugeint as serial_first, unnest($20)::hugeint as serial_last, unnest($21) as planned_for, unnest($22) as citation,
    unnest($23)::bigint as row_no, unnest($24)::date as claimed_starts, unnest($25)::date as claimed_ends"""


def load_carbon_credits(connection: Connection, path: Path, inventory: Inventory) -> None:
    """Fill carbon_credit from carbon_credits.csv, and inputs (t CO2e by period, ESRS E1-7) from it; raises InputError for a faulty row."""
    rows = read_table(path, REQUIRED, OPTIONAL)
    if not rows:
        return
    for name in (name for name in ANSWERED if name in inventory.inputs):
        raise InputError(f"{path}: {name} stands under `inputs` of inventory.yaml too. fix: remove it there, the register answers it")
    seen: set[str] = set()
    lots = [(number, {name: row.get(name, "").strip() for name in REQUIRED + OPTIONAL}) for number, row in rows]
    for number, row in lots:
        for problem, fix in _faults(connection, row, seen):
            raise InputError(f"{path}:{number}: {problem}. fix: {fix}")
        seen.add(row["credit_id"])
    insert_rows(connection, INSERT, [_values(number, row, inventory) for number, row in lots])
    run_file(connection, STAGES / "credit_input.sql")


def _values(number: int, text: Mapping[str, str], inventory: Inventory) -> tuple[object, ...]:
    """The columns of a credit in the order of INSERT."""
    claimed = parse_period(text["claimed_for"], inventory.fiscal_year_start) if text["claimed_for"] else None
    return (
        *(text[name] for name in ("credit_id", "status", "kind", "sink", "t_co2e", "standard")), ANSWERS[text["recognised"]],
        *(text[name] for name in ("registry", "project", "project_type", "region")), int(text["vintage"]),
        ANSWERS[text["corresponding_adjustment"]], text["acquired_on"], text["retired_on"] or None,
        *(text[name] for name in ("claimed_for", "retirement_id", "beneficiary")),
        *(text[name] or None for name in ("serial_first", "serial_last")), text["planned_for"], text["citation"], number,
        claimed and claimed.starts, claimed and claimed.ends,
    )  # fmt: skip


def _faults(connection: Connection, row: Mapping[str, str], seen: set[str]) -> Iterator[tuple[str, str]]:
    """What is wrong with the shape of a row, and how to mend it."""
    if not row["credit_id"] or row["credit_id"] in seen:
        yield f'credit_id "{row["credit_id"]}" is empty or stands twice', "give each lot its own name"
    for name, known in (("status", STATUSES), ("kind", KINDS), ("recognised", ANSWERS), ("corresponding_adjustment", ANSWERS)):
        if row[name] not in known:
            yield f'{name} "{row[name]}" is none of {", ".join(known)}', "use one of them"
    if (row["sink"] in SINKS) != (row["kind"] == "removal") or (row["kind"] == "reduction" and row["sink"]):
        yield f'sink "{row["sink"]}" of a {row["kind"]}', f"a removal has one of {', '.join(SINKS)}, a reduction none (ESRS E1 AR 62 b)"
    if not TONNES.fullmatch(row["t_co2e"]):
        yield f't_co2e "{row["t_co2e"]}" is no number of 0 or more', "write tonnes as 12.5"
    if not connection.execute("from region where region = $1", [row["region"]]).fetchone():
        yield f'region "{row["region"]}" is none of factors/regions.csv', "name the country of the project, as in DE"
    if not all(row[name] for name in ("standard", "registry", "project", "project_type", "citation")):
        yield "standard, registry, project, project_type or citation is empty", "say what stands in the registry, and where it is read"
    yield from _faults_of_time(row)
    if bool(row["serial_first"]) != bool(row["serial_last"]) or not _is_range(row["serial_first"], row["serial_last"]):
        yield (
            f'serial_first "{row["serial_first"]}" to serial_last "{row["serial_last"]}" is no range of whole numbers',
            "give both or none",
        )


def _faults_of_time(row: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    days = [name for name in ("acquired_on", "retired_on") if not is_day(row[name]) and (row[name] or name == "acquired_on")]
    for name in days:
        yield f'{name} "{row[name]}" is no date', "write it as 2026-01-31"
    if not re.fullmatch(r"[12]\d{3}", row["vintage"], re.ASCII):
        yield f'vintage "{row["vintage"]}" is no year', "write it as 2024"
    if row["claimed_for"] and not is_period(row["claimed_for"]):
        yield f'claimed_for "{row["claimed_for"]}" is no period', "write it as 2026-Q3"
    if (row["status"] == "retired") != bool(row["retired_on"]):
        yield (
            f'status "{row["status"]}" with retired_on "{row["retired_on"]}"',
            "a retired credit has the day of its retirement, no other has one",
        )
    if row["retired_on"] and not days and (row["retired_on"] < row["acquired_on"] or row["vintage"] > row["retired_on"][:4]):
        yield f"retired on {row['retired_on']}, before it was acquired or issued", "correct the days and the vintage"


def _is_range(first: str, last: str) -> bool:
    return not first or (bool(SERIAL.fullmatch(first) and SERIAL.fullmatch(last)) and int(first) <= int(last))
