"""Power of a machine by load: straight lines between measured points of a curve (load, share of thermal design power)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from reporting.quantity import Quantity, decimal
from reporting.types import UsageError

WHOLE = Quantity(Fraction(1))


@dataclass(frozen=True)
class PowerCurve:
    """Points (utilisation, power over thermal design power), ascending; nothing is extrapolated."""

    points: tuple[tuple[Fraction, Fraction], ...]

    def __post_init__(self) -> None:
        """Refuse what is no curve."""
        if len(self.points) < 2 or any(right <= left for (left, _), (right, _) in pairwise(self.points)):
            raise UsageError("a power curve needs two points or more, in ascending order of utilisation. fix: correct its points")

    def power_factor(self, utilisation: Fraction) -> Fraction:
        """Share of thermal design power drawn at a load; raises UsageError outside the points."""
        for (left, low), (right, high) in pairwise(self.points):
            if left <= utilisation <= right:
                return low + (utilisation - left) / (right - left) * (high - low)
        raise UsageError(f"utilisation {decimal(utilisation)} lies outside the power curve. fix: give a curve that reaches it")


def curve(points: Sequence[tuple[Fraction, Fraction]]) -> PowerCurve:
    """A curve from its points."""
    return PowerCurve(tuple(points))


def window_energy(
    power_factor: Fraction, tdp: Quantity, duration: Quantity, share: Quantity = WHOLE, added: Quantity | None = None
) -> Quantity:
    """Energy of a window: power factor x TDP x duration x share of the machine, and what another source adds (network)."""
    energy = Quantity(power_factor) * tdp * duration * share
    return energy + added if added else energy
