"""The shape of factors.lock: written beside figures.json by every build, kept in the inventory folder for the periods that are locked."""

from __future__ import annotations

from datetime import date
from typing import Literal

from reporting.fields import Model, Number


class LockedSet(Model):
    """A factor set that was loaded: `digest` is the SHA-256 of factors.csv."""

    set_id: str
    digest: str


class LockedGwp(Model):
    """The GWP of a gas in a view, for every gas whose mass was priced, and CO2."""

    view: str
    gwp_set: str
    gas: str
    value: Number


class LockedChoice(Model):
    """The factor that priced a key of activity data in these months."""

    activity_type: str
    region: str
    supplier: str
    factor_pin: str
    unit: str
    bases: str
    need: str
    basis: str
    months: tuple[date, ...]
    set_id: str
    factor_id: str


class LockedValue(Model):
    """One gas of a factor that was used, as it was used: kg of the gas, or kg CO2e of it, per unit."""

    set_id: str
    factor_id: str
    gas: str
    is_biogenic: bool
    value: Number
    value_as: Literal["kg_gas", "kg_co2e"]
    per_unit: str


class PeriodLock(Model):
    """What a period rests on; `ends` is the first day after it, `reason` says why it replaced an earlier lock."""

    starts: date
    ends: date
    engine: str
    reason: str = ""
    sets: tuple[LockedSet, ...]
    gwp: tuple[LockedGwp, ...]
    choices: tuple[LockedChoice, ...]
    values: tuple[LockedValue, ...]


class FactorsLock(Model):
    """factors.lock, whole: one lock for each period."""

    format: Literal["ghg-factors-lock/1"] = "ghg-factors-lock/1"
    periods: dict[str, PeriodLock]
