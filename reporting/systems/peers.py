"""Plausibility: a value against what somebody else states, and against its peers by order of magnitude."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from statistics import median

from reporting.quantity import Quantity
from reporting.types import UsageError


@dataclass(frozen=True)
class Difference:
    """A computed quantity less the stated one, and that over the stated one (nothing where it is 0)."""

    absolute: Quantity
    relative: Fraction | None


@dataclass(frozen=True)
class Peer:
    """A value over the median of the others, and whether that is out of line."""

    ratio: Fraction
    is_flagged: bool


def difference(computed: Quantity, stated: Quantity) -> Difference:
    """Our figure against the figure of the source; raises UsageError where they are of different kinds."""
    absolute = computed - stated
    return Difference(absolute, absolute.value / stated.value if stated.value else None)


def outliers(values: Sequence[Quantity], max_ratio: Fraction = Fraction(10)) -> tuple[Peer, ...]:
    """Each value against the median of the others: out of line beyond max_ratio times it or one max_ratio-th of it."""
    if len(values) < 2 or any(value.value <= 0 or value.powers != values[0].powers for value in values):
        raise UsageError("peers are two values or more of one kind, all above 0. fix: correct the values")
    if max_ratio <= 1:
        raise UsageError("max_ratio is above 1. fix: correct it")
    numbers = [value.value for value in values]
    ratios = [own / median(numbers[:place] + numbers[place + 1 :]) for place, own in enumerate(numbers)]
    return tuple(Peer(ratio, ratio > max_ratio or ratio < 1 / max_ratio) for ratio in ratios)
