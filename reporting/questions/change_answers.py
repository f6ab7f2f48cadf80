"""The shapes of the answers of `ghg factors diff` and `ghg factors stale`, frozen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from reporting.questions.answers import GwpSet

StaleStatus = Literal["beyond", "near", "superseded"]


@dataclass(frozen=True)
class GasChange:
    """One gas of a factor in two editions, as used, per unit; NULL where an edition has no row for it."""

    gas: str
    is_biogenic: bool
    earlier: Decimal | None
    later: Decimal | None
    value_as: Literal["kg_gas", "kg_co2e"]
    change_percent: Decimal | None


@dataclass(frozen=True)
class FactorChange:
    """One factor that differs between two editions, and how its counterpart was found; CO2e without biogenic CO2."""

    status: Literal["added", "removed", "changed"]
    matched_by: Literal["publisher key", "label", "activity type", ""]
    earlier_id: str
    later_id: str
    label: str
    activity_type: str
    region: str
    per_unit: str
    earlier_kg_co2e: Decimal | None
    later_kg_co2e: Decimal | None
    change_kg_co2e: Decimal | None
    change_percent: Decimal | None
    gases: tuple[GasChange, ...]


@dataclass(frozen=True)
class FactorDiffCounts:
    """How many factors were added, removed, changed or left, and how those in both editions were matched."""

    added: int
    removed: int
    changed: int
    unchanged: int
    by_publisher_key: int
    by_label: int
    by_activity_type: int


@dataclass(frozen=True)
class FactorDiff:
    """Answer to `ghg factors diff`: the largest change first."""

    earlier_set: str
    later_set: str
    gwp_set: GwpSet
    counts: FactorDiffCounts
    changes: tuple[FactorChange, ...]


@dataclass(frozen=True)
class StaleSet:
    """A loaded set that is past its time, soon will be, or has a newer edition beside it; `days_left` counts to `usable_until`."""

    set_id: str
    publisher: str
    edition: str
    usable_until: date
    days_left: int
    status: StaleStatus
    superseded_by: str
    is_used: bool


@dataclass(frozen=True)
class StaleFactor:
    """A factor that the last period of an inventory uses though it is stale, with its successor in the newest loaded edition."""

    factor_id: str
    label: str
    set_id: str
    activity_types: str
    first_month: date
    last_month: date
    usable_until: date
    status: StaleStatus
    kg_co2e_per_unit: Decimal | None
    per_unit: str
    successor_set: str
    successor_id: str
    successor_kg_co2e_per_unit: Decimal | None
    change_percent: Decimal | None
    matched_by: Literal["publisher key", "label", "activity type", ""]


@dataclass(frozen=True)
class Stale:
    """Answer to `ghg factors stale`; `factors` is empty where no inventory is named."""

    on: date
    within_days: int
    gwp_set: GwpSet
    sets: tuple[StaleSet, ...]
    factors: tuple[StaleFactor, ...]
