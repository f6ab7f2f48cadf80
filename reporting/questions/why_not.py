"""Why one factor won and the others did not, for one activity."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from reporting.database import has_rows, run_file
from reporting.fields import FAR_FUTURE, FAR_PAST
from reporting.periods import parse_period
from reporting.pipeline import Result
from reporting.questions.answers import Candidate, Unpriced, WhyNot
from reporting.questions.asking import FOLDER, ask, unknown
from reporting.types import UsageError

if TYPE_CHECKING:
    import pandas as pd


def why_not(result: Result, activity: str, period: str = "") -> pd.DataFrame:
    """One row per candidate factor of an activity and basis, in order of rank, rank 0 last; raises UsageError for an unknown activity."""
    select_activities(result, activity, period)
    run_file(result.connection, FOLDER / "factor_total.sql")
    return ask(result.connection, "why_not", {"gwp_set": gwp_set_of(result)})


def why_not_answer(result: Result, activity: str, period: str = "") -> WhyNot:
    """The same with what has no factor, as a frozen record."""
    candidates = why_not(result, activity, period).to_dict("records")
    unpriced = ask(result.connection, "why_not_unpriced").to_dict("records")
    return WhyNot(activity, gwp_set_of(result), tuple(Candidate(**row) for row in candidates), tuple(Unpriced(**row) for row in unpriced))


def select_activities(result: Result, activity: str, period: str) -> None:
    """Fill asked_activity with the activities that a name stands for; raises UsageError where there is none."""
    starts, ends = months(result, period)
    result.connection.execute("set variable asked = $1", [activity])
    result.connection.execute("set variable asked_from = $1", [starts])
    result.connection.execute("set variable asked_to = $1", [ends])
    run_file(result.connection, FOLDER / "asked_activity.sql")
    if not has_rows(result.connection, "asked_activity"):
        raise absent(result, activity, period)


def months(result: Result, period: str) -> tuple[date, date]:
    """The half-open dates of a period, everything where none is named."""
    if not period:
        return FAR_PAST, FAR_FUTURE
    found = parse_period(period, result.inventory.fiscal_year_start)
    return found.starts, found.ends


def absent(result: Result, activity: str, period: str) -> UsageError:
    """Why a name stands for no activity: excluded, unusable, outside the period, or unknown."""
    rows = ask(result.connection, "asked_row", {"asked": activity}).to_dict("records")
    if not rows:
        names = [row["name"] for row in ask(result.connection, "activity_names").to_dict("records")]
        return unknown("activity", activity, names, "take an activity_id from ledger.csv or from the source file")
    row = rows[0]
    place = f"{row['path']}:{row['row_no']}"
    if row["excluded_because"]:
        return UsageError(
            f'{place}: activity "{activity}" is taken out by exclusions.csv ({row["excluded_because"]}). fix: ask for one that counts'
        )
    if row["message"]:
        return UsageError(f'{place}: activity "{activity}" came to nothing: {row["message"]}. fix: {row["fix"]}')
    return UsageError(
        f'{place}: activity "{activity}" has no month in {period or "the inventory"}. fix: ask without --period, or for another one'
    )


def gwp_set_of(result: Result) -> str:
    """The GWP set of the first framework's view."""
    return result.inventory.views[result.inventory.frameworks[0].view].gwp_set
