"""Locking a period: what it rests on, read from the computed tables, into factors.lock."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb

import reporting
from reporting.database import Connection, records, whole_file
from reporting.digest import jsonable
from reporting.locks.formats import FactorsLock, LockedChoice, LockedGwp, LockedSet, LockedValue, PeriodLock
from reporting.locks.load import NAME, read_locks
from reporting.periods import Period
from reporting.pipeline import Progress, Result, compute, silent
from reporting.types import UsageError

FOLDER = Path(__file__).parent


def period_lock(connection: Connection, period: Period, reason: str = "") -> PeriodLock:
    """What a computed period rests on: every set loaded, every factor chosen with its values, the GWP of every gas."""
    return PeriodLock(
        starts=period.starts,
        ends=period.ends,
        engine=f"ghg-reporting {reporting.__version__}, DuckDB {duckdb.__version__}",
        reason=reason,
        sets=tuple(LockedSet.model_validate(row) for row in records(connection, _query("sets"))),
        gwp=tuple(LockedGwp.model_validate(row) for row in _ask(connection, "gwp", period)),
        choices=tuple(LockedChoice.model_validate(row) for row in _ask(connection, "choices", period)),
        values=tuple(LockedValue.model_validate(row) for row in _ask(connection, "values", period)),
    )


def _ask(connection: Connection, question: str, period: Period) -> list[dict[str, object]]:
    return records(connection, _query(question), {"starts": period.starts, "ends": period.ends})


def _query(question: str) -> str:
    return (FOLDER / f"{question}.sql").read_text(encoding="utf-8")


def write_lock(locks: FactorsLock, path: Path) -> None:
    """Write factors.lock: sorted keys, decimals as text, one trailing newline; the same locks give the same bytes."""
    text = json.dumps(jsonable(locks.model_dump()), sort_keys=True, indent=1, ensure_ascii=False)
    with whole_file(path) as temporary:
        temporary.write_text(text + "\n", encoding="utf-8", newline="")


def write_build_lock(result: Result, period: str, path: Path) -> None:
    """Write what the period of a build rests on beside its figures."""
    chosen = next(p for p in result.periods if p.name == period)
    write_lock(FactorsLock(periods={period: period_lock(result.connection, chosen)}), path)


def lock(folder: Path, period: str, *, reason: str = "", progress: Progress = silent) -> tuple[FactorsLock, Result]:
    """Lock a period in the inventory folder; a lock that is there is replaced only with a reason. Raises InputError, UsageError."""
    locks = read_locks(folder)
    if period in locks.periods and not reason.strip():
        raise UsageError(f"{folder / NAME}: {period} is locked already. fix: give --reason to replace its lock")
    result = compute(folder, [period], progress=progress, unlocked=period)
    chosen = next(p for p in result.periods if p.name == period)
    made = FactorsLock(periods={**locks.periods, period: period_lock(result.connection, chosen, reason.strip())})
    write_lock(made, folder / NAME)
    return made, result
