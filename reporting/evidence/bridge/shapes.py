"""What `ghg diff` finds, frozen: the JSON Schema is made from it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Status = Literal["stated", "withheld", "no_activity", "not_material", "not_reported", "provisional", ""]


@dataclass(frozen=True)
class Cause:
    """A kind of change; `event_kind` is its kind under the recalculation policy of the base year, '' where it never counts."""

    id: str
    label: str
    event_kind: str
    meaning: str


@dataclass(frozen=True)
class Change:
    """One thing that differs in the inputs: what was there and what is there now, '' where there is nothing."""

    cause: str
    subject: str
    old: str
    new: str


@dataclass(frozen=True)
class Part:
    """What a cause adds to a figure, exact; several causes where the figure cannot be stated between them; none where no cause explains it.

    `appears`: the figure had no value before, `amount` is its first one. `disappears`: `amount` takes away the last one.
    """

    causes: tuple[str, ...]
    kind: Literal["change", "appears", "disappears"]
    amount: Decimal


@dataclass(frozen=True)
class FigureChange:
    """A figure that changed, with its parts in order: old value + parts = new value, and `residual` is what they leave (0)."""

    id: str
    framework: str
    label: str
    kind: str
    unit: str
    decimals: int
    is_total: bool
    old_status: Status
    old_value: Decimal | None
    new_status: Status
    new_value: Decimal | None
    reason: str
    parts: tuple[Part, ...]
    residual: Decimal


@dataclass(frozen=True)
class RowChange:
    """What one source row adds to a figure by one cause, in kg CO2e, kg of a gas or MWh, exact; the row as it is now, else as it was."""

    figure: str
    cause: str
    file: str
    row: int | None
    old_file: str
    old_row: int | None
    source: str
    activity: str
    old_quantity: str
    new_quantity: str
    old_factors: str
    new_factors: str
    unit: str
    amount: Decimal


@dataclass(frozen=True)
class ThresholdTest:
    """The changes of a figure against the recalculation policy: what counts, the limit, and whether it is reached (up and down alike)."""

    figure: str
    causes: tuple[str, ...]
    amount: Decimal
    base: Decimal
    base_year: str
    threshold: Decimal
    limit: Decimal
    is_reached: bool
    decision: str


@dataclass(frozen=True)
class Bridge:
    """How the figures of a period got from one inventory to another; exact where every residual is 0."""

    old: str
    new: str
    period: str
    causes: tuple[Cause, ...]
    changes: tuple[Change, ...]
    figures: tuple[FigureChange, ...]
    rows: tuple[RowChange, ...]
    threshold_tests: tuple[ThresholdTest, ...]
    is_exact: bool
