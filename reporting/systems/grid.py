"""Intensity of a supply mix: the mean of its sources' intensities, weighted with their shares of the energy."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from reporting.quantity import Quantity, decimal
from reporting.types import UsageError

TOLERANCE = Fraction(1, 10**6)


def mix_intensity(parts: Sequence[tuple[Fraction, Quantity]]) -> Quantity:
    """Sum of share x intensity; raises UsageError where the shares are negative or do not add up to 1 within 0.000001."""
    total = sum((share for share, _ in parts), Fraction(0))
    if not parts or abs(total - 1) > TOLERANCE or any(share < 0 for share, _ in parts):
        raise UsageError(f"the shares of the mix add up to {decimal(total)}, not to 1. fix: correct the shares, or name the missing source")
    products = [Quantity(share) * intensity for share, intensity in parts]
    return sum(products[1:], products[0])
