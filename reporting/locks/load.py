"""factors.lock of an inventory folder into the tables that the stages compare with."""

from __future__ import annotations

from pathlib import Path

from pydantic import ValidationError

from reporting.database import Connection, insert_rows
from reporting.locks.formats import FactorsLock, PeriodLock
from reporting.types import InputError

NAME = "factors.lock"
PERIOD = "insert into lock_period select unnest($1), unnest($2), unnest($3)"
SET = "insert into lock_set select unnest($1), unnest($2), unnest($3)"
GWP = "insert into lock_gwp select unnest($1), unnest($2), unnest($3), unnest($4), unnest($5)::decimal(38,3)"
CHOICE = """insert into lock_choice select unnest($1), unnest($2), unnest($3), unnest($4), unnest($5), unnest($6), unnest($7), unnest($8),
    unnest($9), unnest($10), unnest($11), unnest($12)"""
VALUE = """insert into lock_value select unnest($1), unnest($2), unnest($3), unnest($4), unnest($5), unnest($6)::decimal(38,14),
    unnest($7), unnest($8)"""
Row = tuple[object, ...]


def read_locks(folder: Path) -> FactorsLock:
    """The locks of an inventory folder, none where there is no file; raises InputError for a file of another shape."""
    path = folder / NAME
    if not path.exists():
        return FactorsLock(periods={})
    try:
        locks = FactorsLock.model_validate_json(path.read_bytes())
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise InputError(
            f"{path}: {place}: {first['msg']}. fix: restore the file, or lock the period anew with `ghg factors lock`"
        ) from None
    for period, lock in locks.periods.items():
        if lock.starts >= lock.ends or lock.starts.day != 1 or lock.ends.day != 1:
            raise InputError(f"{path}: {period}: starts and ends are not whole months. fix: lock the period anew with `ghg factors lock`")
    return locks


def load_locks(connection: Connection, folder: Path, unlocked: str = "") -> None:
    """Fill lock_period to lock_value; the lock of the period `unlocked` is left out, because it is about to be replaced."""
    locks = {name: lock for name, lock in read_locks(folder).periods.items() if name != unlocked}
    insert_rows(connection, PERIOD, [(name, lock.starts, lock.ends) for name, lock in locks.items()])
    insert_rows(connection, SET, [(name, s.set_id, s.digest) for name, lock in locks.items() for s in lock.sets])
    insert_rows(connection, GWP, [(name, g.view, g.gwp_set, g.gas, str(g.value)) for name, lock in locks.items() for g in lock.gwp])
    insert_rows(connection, CHOICE, [row for name, lock in locks.items() for row in _choices(name, lock)])
    insert_rows(connection, VALUE, [row for name, lock in locks.items() for row in _values(name, lock)])


def _choices(period: str, lock: PeriodLock) -> list[Row]:
    return [
        (period, month, c.activity_type, c.region, c.supplier, c.factor_pin, c.unit, c.bases, c.need, c.basis, c.set_id, c.factor_id)
        for c in lock.choices
        for month in c.months
    ]


def _values(period: str, lock: PeriodLock) -> list[Row]:
    return [(period, v.set_id, v.factor_id, v.gas, v.is_biogenic, str(v.value), v.value_as, v.per_unit) for v in lock.values]
