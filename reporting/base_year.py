"""Base year, its events, targets, closed periods and explanations into tables; a faulty row stops the run and is named."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path

from reporting.database import PACKAGE, Connection, insert_rows
from reporting.declarations import Closed
from reporting.digest import file_sha256
from reporting.inventory import BaseYear, Inventory
from reporting.periods import parse_period
from reporting.reference import read_rows
from reporting.registers import read_table
from reporting.types import InputError

EVENT_COLUMNS = ("event", "date", "kind", "figure", "t_co2e", "reason", "by")
KIND = "insert into base_year_event_kind select unnest($1), unnest($2)::boolean, unnest($3), unnest($4)"
EVENT = """insert into base_year_event select unnest($1), unnest($2), unnest($3), unnest($4), unnest($5), unnest($6)::decimal(38,12),
    unnest($7), unnest($8)"""
INPUT = "insert into input select unnest($1), unnest($2), '', unnest($3)::decimal(38,12), null, 't_co2e', unnest($4)"
TARGET = """insert into target select unnest($1), unnest($2), unnest($3), unnest($4), unnest($5)::decimal(18,9),
    unnest($6)::decimal(38,12), unnest($7), unnest($8)::decimal(18,9)"""
CLOSED = """insert into closed_figure select unnest($1), unnest($2), unnest($3)::decimal(38,12), unnest($4), unnest($5), unnest($6),
    unnest($7)"""
TRUED_UP = "insert into trued_up select unnest($1), unnest($2), unnest($3), unnest($4), unnest($5)::decimal(38,12)"
EXPLANATION = "insert into explanation select unnest($1), unnest($2), unnest($3)"
NUMBER = re.compile(r"-?[0-9]{1,13}(\.[0-9]{1,12})?", re.ASCII)
Row = tuple[object, ...]


def load_base_year(connection: Connection, folder: Path, inventory: Inventory) -> None:
    """Fill base_year to explanation, and the stored base year into input; raises InputError for a faulty file or row."""
    start = inventory.fiscal_year_start
    kinds = read_rows(PACKAGE / "standards" / "base_year_event_kinds.csv")
    insert_rows(connection, KIND, [(row["kind"], row["is_trigger"], row["label"], row["citation"]) for row in kinds])
    folders = [(path.parent.name,) for path in sorted((PACKAGE / "frameworks").glob("*/framework.yaml"))]
    insert_rows(connection, "insert into known_framework select unnest($1)", folders)
    base = inventory.base_year
    if base:
        span = parse_period(base.period, start)
        head = [base.period, span.starts, span.ends, str(base.threshold), base.reason, base.policy]
        connection.execute("insert into base_year values ($1, $2, $3, $4, $5, $6)", head)
        _check_inputs(inventory, base)
        if base.stored:
            insert_rows(connection, INPUT, list(_stored(folder, base, set(inventory.inputs))))
    insert_rows(connection, EVENT, list(_events(folder / "base_year_events.csv", {row["kind"] for row in kinds}, base)))
    insert_rows(connection, TARGET, list(_targets(inventory)))
    insert_rows(connection, CLOSED, list(_closed(inventory)))
    insert_rows(connection, TRUED_UP, [row for closed in inventory.closed for row in _trued_up(closed, start)])
    insert_rows(connection, EXPLANATION, [(told.figure, told.period, told.text) for told in inventory.explanations])


def _check_inputs(inventory: Inventory, base: BaseYear) -> None:
    """Raise InputError for a base figure of another year or another unit than tonnes."""
    for name, by_period in inventory.inputs.items():
        for period, given in by_period.items():
            if name.startswith("base_year.") and (period != base.period or given.unit != "t_co2e"):
                raise InputError(
                    f"inventory.yaml: inputs, {name}, {period}: is not t_co2e of the base year {base.period}. fix: give tonnes of that year"
                )


def _stored(folder: Path, base: BaseYear, given: set[str]) -> Iterator[Row]:
    """The stated figures of the base year out of its figures.json, as inputs named base_year.<figure>."""
    assert base.stored is not None  # noqa: S101 - the caller has looked
    path = folder / base.stored.path
    if not path.resolve().is_relative_to(folder.resolve()) or not path.is_file():
        raise InputError(f"{path}: not found in the inventory folder. fix: give the path of the stored figures.json below base_year")
    if file_sha256(path) != base.stored.sha256:
        raise InputError(f"{path}: is not the file that base_year.stored names by its sha256. fix: restore it, or state the new digest")
    try:
        figures = json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)["figures"]
        usable = [row for row in figures if row["period"] == base.period and row["value"] is not None and row["unit"] == "tCO2e"]
        numbers = [(str(row["id"]), Decimal(row["value"])) for row in usable]
    except (ValueError, KeyError, TypeError, InvalidOperation) as error:
        raise InputError(f"{path}: is no figures.json of this program ({error}). fix: store the file that `ghg build` wrote") from None
    if not numbers:
        raise InputError(f"{path}: holds no figure in tCO2e of {base.period}. fix: store the inventory of the base year")
    for name, value in numbers:
        if f"base_year.{name}" in given:
            raise InputError(f'{path}: "{name}" is also under inputs as base_year.{name}. fix: give each base figure once')
        yield (f"base_year.{name}", base.period, format(value, "f"), f"{base.stored.path}, sha256 {base.stored.sha256}")


def _events(path: Path, kinds: set[str], base: BaseYear | None) -> Iterator[Row]:
    """The rows of base_year_events.csv, each a change of the base year's tonnes of one figure."""
    for number, row in read_table(path, EVENT_COLUMNS):
        fault = _event_fault(row, kinds)
        if fault or not base:
            raise InputError(f"{path}:{number}: {fault or 'inventory.yaml declares no base_year'}. fix: correct the row, or declare it")
        yield (number, row["event"], date.fromisoformat(row["date"]), row["kind"], row["figure"], row["t_co2e"], row["reason"], row["by"])


def _event_fault(row: dict[str, str], kinds: set[str]) -> str:
    if row["kind"] not in kinds:
        return f'unknown kind "{row["kind"]}", use one of {", ".join(sorted(kinds))}'
    if not NUMBER.fullmatch(row["t_co2e"]):
        return f't_co2e "{row["t_co2e"]}" is not a number of at most 12 decimals'
    if not all(row[name].strip() for name in ("event", "figure", "reason", "by")):
        return "event, figure, reason and by must be given"
    try:
        date.fromisoformat(row["date"])
    except ValueError:
        return f'date "{row["date"]}" is no date such as 2026-07-01'
    return ""


def _targets(inventory: Inventory) -> Iterator[Row]:
    for target in inventory.targets:
        ends = parse_period(target.period, inventory.fiscal_year_start).ends
        goal = tuple(None if number is None else str(number) for number in (target.reduction, target.value))
        coverage = None if target.coverage is None else str(target.coverage)
        yield from ((target.id, figure, ends, target.period, *goal, target.source, coverage) for figure in target.figures)


def _closed(inventory: Inventory) -> Iterator[Row]:
    for closed in inventory.closed:
        if closed.period not in inventory.periods:
            raise InputError(
                f'inventory.yaml: closed period "{closed.period}" is not under `periods`. fix: list it, so that it is computed anew'
            )
        year = parse_period(closed.period[: 6 if closed.period.startswith("FY") else 4], inventory.fiscal_year_start)
        for figure, value in closed.figures.items():
            yield (closed.period, figure, format(value, "f"), closed.source, closed.reason, year.starts, year.ends)


def _trued_up(closed: Closed, start: int) -> Iterator[Row]:
    for period, figures in closed.trued_up.items():
        starts = parse_period(period, start).starts
        yield from ((closed.period, period, starts, figure, format(value, "f")) for figure, value in figures.items())
