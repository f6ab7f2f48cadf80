"""`ghg factors diff` and `ghg factors stale`: what an edition changes, and what is past its time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from reporting.database import Connection, run_file
from reporting.pipeline import Progress, compute, silent
from reporting.questions.answers import GwpSet
from reporting.questions.asking import FOLDER, ask, unknown
from reporting.questions.catalogue import known_gwp_set, open_catalogue
from reporting.questions.change_answers import FactorChange, FactorDiff, FactorDiffCounts, GasChange, Stale, StaleFactor, StaleSet
from reporting.types import UsageError

NOTHING_USED = (
    """create temp table used_factor (set_id varchar, factor_id varchar, activity_types varchar, first_month date, last_month date)"""
)
NEAR_DAYS = 183
"""Half a year: the notice that replacing an edition needs."""


def diff_factors(connection: Connection, earlier: str, later: str, *, gwp_set: str = "AR6") -> FactorDiff:
    """What differs between two sets, matched by publisher key, label or activity type; raises UsageError for an unknown set."""
    chosen = known_gwp_set(gwp_set)
    known = [row[0] for row in connection.execute("select set_id from factor_set order by set_id").fetchall()]
    for name in (earlier, later):
        if name not in known:
            raise unknown("factor set", name, known, "`ghg factors list` lists the sets")
    if earlier == later:
        raise UsageError(f'"{earlier}" is named twice. fix: name two sets, the earlier first')
    connection.execute("create or replace temp table set_pair as select $1 as earlier_set, $2 as later_set", [earlier, later])
    compare_pairs(connection, chosen)
    changes = tuple(_change(row) for row in ask(connection, "factor_diff").to_dict("records"))
    counts = FactorDiffCounts(**ask(connection, "factor_diff_counts").to_dict("records")[0])
    return FactorDiff(earlier, later, chosen, counts, changes)


def compare_pairs(connection: Connection, gwp_set: GwpSet) -> None:
    """Fill factor_change for the rows of set_pair."""
    connection.execute("set variable gwp_set = $value", {"value": gwp_set})
    run_file(connection, FOLDER / "factor_pair.sql")
    run_file(connection, FOLDER / "factor_change.sql")


def _change(row: Mapping[str, Any]) -> FactorChange:
    return FactorChange(**{**row, "gases": tuple(GasChange(**gas) for gas in row["gases"])})


def stale(
    inventory: Path | None = None,
    *,
    on: date | None = None,
    within_days: int = NEAR_DAYS,
    gwp_set: str = "AR6",
    progress: Progress = silent,
) -> Stale:
    """Sets and factors in use that are stale on a day: the last of the inventory's last period where none is given."""
    chosen = known_gwp_set(gwp_set)
    if inventory is None:
        if on is None:
            raise UsageError("no day is given. fix: give --on DATE, or --inventory, whose last period ends on one")
        connection = open_catalogue(progress=progress)
        connection.execute(NOTHING_USED)
    else:
        connection, last_day = _used(inventory, progress)
        on = on or last_day
    run_file(connection, FOLDER / "newer_set.sql")
    connection.execute(
        """create or replace temp table set_pair as select set_id as earlier_set, newer_id as later_set from newer_set
           where set_id in (select set_id from used_factor)"""
    )
    compare_pairs(connection, chosen)
    used = [row[0] for row in connection.execute("select distinct set_id from used_factor order by set_id").fetchall()]
    asked = {"on": on, "within": within_days}
    sets = tuple(StaleSet(**row) for row in ask(connection, "stale_set", {**asked, "used": used}).to_dict("records"))
    factors = tuple(StaleFactor(**row) for row in ask(connection, "stale_factor", {**asked, "gwp_set": chosen}).to_dict("records"))
    return Stale(on, within_days, chosen, sets, factors)


def _used(inventory: Path, progress: Progress) -> tuple[Connection, date]:
    """The computed inventory with used_factor of its last period, and the last day of that."""
    result = compute(inventory, progress=progress)
    last = result.periods[len(result.inventory.periods) - 1]
    connection = result.connection
    connection.execute("set variable starts = $value", {"value": last.starts})
    connection.execute("set variable ends = $value", {"value": last.ends})
    run_file(connection, FOLDER / "used_factor.sql")
    run_file(connection, FOLDER / "factor_total.sql")
    return connection, last.ends - timedelta(days=1)
