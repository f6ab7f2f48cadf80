"""Windows that follow one another, spread over equal bins in proportion to time; the sum is conserved."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from reporting.quantity import Quantity
from reporting.types import UsageError


def resample(windows: Sequence[tuple[Quantity, Quantity]], interval: Quantity, horizon: Quantity | None = None) -> tuple[Quantity, ...]:
    """The amount of every bin from (amount, duration) windows that start at time 0.

    Raises UsageError for a duration or an interval that is not above 0, and for a horizon that cuts a window off.
    """
    if not windows or interval.value <= 0 or any(duration.value <= 0 for _, duration in windows):
        raise UsageError("windows and bins need a length above 0. fix: correct duration and interval")
    lengths = [duration.value for _, duration in windows]
    end = horizon.value if horizon else sum(lengths, Fraction(0))
    if end < sum(lengths):
        raise UsageError("the horizon ends before the last window: part of it would be lost. fix: give a later horizon")
    bins = [Fraction(0)] * -(-end // interval.value)
    start = Fraction(0)
    for (amount, _), length in zip(windows, lengths, strict=True):
        for place in range(int(start // interval.value), int(-(-(start + length) // interval.value))):
            overlap = min(start + length, (place + 1) * interval.value) - max(start, place * interval.value)
            bins[place] += amount.value * overlap / length
        start += length
    return tuple(Quantity(value, windows[0][0].powers) for value in bins)
