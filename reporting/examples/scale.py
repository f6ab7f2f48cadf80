"""Powers of ten in which rows are stated, so that an inventory holds ten significant digits of every quantity, factor and product."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from reporting.examples.request import Plan, per_unit, rates_of
from reporting.quantity import decimal

LARGEST = 11


def scales(plans: Sequence[Plan], *, is_system: bool = False) -> Mapping[str, tuple[int, int]]:
    """Per row the powers of ten for quantity and factor, 0 and 0 for numbers that an inventory holds.

    Components of a system are added up by the engine: the two powers of each add up to the same.
    """
    if not is_system:
        return {plan.row.name: _scale(plan) for plan in plans}
    of_system: dict[str, list[Plan]] = {}
    for plan in plans:
        of_system.setdefault(plan.row.system, []).append(plan)
    return {name: pair for members in of_system.values() for name, pair in _scales_of_system(members).items()}


def _scales_of_system(plans: Sequence[Plan]) -> Mapping[str, tuple[int, int]]:
    """Powers of the components of one system: its smallest mass is stated above 1 kg where the largest leaves room."""
    masses = [exponent(plan.magnitude * plan.factor_magnitude) for plan in plans if plan.magnitude * plan.factor_magnitude] or [0]
    room = LARGEST - 3 - max(masses)
    shift = room if room < 0 else min(room, max(0, -min(masses)))
    powers: dict[str, tuple[int, int]] = {}
    for plan in plans:
        mass = plan.magnitude * plan.factor_magnitude
        if not plan.row.factors or not plan.magnitude:
            powers[plan.row.name] = (shift, 0)
            continue
        digits = min(2, max(0, exponent(mass) + shift + 4)) if mass else 2
        of_quantity = digits - exponent(plan.magnitude)
        powers[plan.row.name] = (of_quantity, shift - of_quantity)
    return powers


def exponent(value: Fraction) -> int:
    """The power of ten of the first digit of a number that is not 0."""
    return decimal(abs(value)).adjusted()


def _scale(plan: Plan) -> tuple[int, int]:
    """Powers that bring factor and quantity to where their product has ten significant digits and less than thirteen before the point."""
    sizes = [exponent(per_unit(rate, plan.unit)) for rate in rates_of(plan.row) if rate.value] or [0]
    of_factor = 0
    if plan.row.factors and (min(sizes) < -3 or max(sizes) > 5):
        of_factor = min(-min(sizes), 8 - max(sizes))
    if not plan.magnitude:
        return 0, of_factor
    size = exponent(plan.magnitude)
    if 0 <= size < LARGEST and 0 <= size + max(sizes) + of_factor < LARGEST:
        return 0, of_factor
    return 2 - size, of_factor
