"""Uncertainty of emissions: intervals, IPCC approach 1 and 2 (2006 Guidelines, vol. 1 ch. 3), pedigree scores.

An uncertainty is half of the 95 % range relative to the value (0.1 is ± 10 %), or the GSD95 of a lognormal quantity: its 95 % range is
value / GSD95 to value x GSD95. A cause that several lines share (a factor) has one key: it is fully correlated, adds linearly in
approach 1 and is drawn once per iteration in approach 2. Results are for ranges only; totals never come from here.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Context, Decimal, localcontext
from functools import cache
from typing import TypeAlias

import numpy as np

from reporting.database import PACKAGE
from reporting.reference import read_rows
from reporting.types import UsageError

EXACT = Context(prec=40)
NORMAL_95 = Decimal("1.959963984540054")
SIGNIFICANT = 4
Draws: TypeAlias = "np.ndarray[tuple[int], np.dtype[np.float64]]"


@dataclass(frozen=True)
class Cause:
    """What makes a value uncertain: `half_range` (normal) or `gsd95` (lognormal); equal keys are one and the same cause."""

    key: str
    half_range: Decimal | None = None
    gsd95: Decimal | None = None

    def __post_init__(self) -> None:
        """Refuse what is neither or both, a negative range, a GSD95 below 1."""
        if (self.half_range is None) == (self.gsd95 is None):
            raise UsageError(f'cause "{self.key}" needs either half_range or gsd95. fix: give one of them')
        if (self.half_range or 0) < 0 or (self.gsd95 or 1) < 1:
            raise UsageError(f'cause "{self.key}" has a negative half_range or a gsd95 below 1. fix: correct it')

    @property
    def relative(self) -> Decimal:
        """Half of the 95 % range relative to the value; of a lognormal quantity half the distance of its two ends."""
        if self.gsd95 is None:
            return self.half_range or Decimal(0)
        return EXACT.divide(self.gsd95 - EXACT.divide(Decimal(1), self.gsd95), Decimal(2))


@dataclass(frozen=True)
class Line:
    """One product of an inventory: its value in any unit, and the causes of its uncertainty."""

    value: Decimal
    causes: tuple[Cause, ...]


@dataclass(frozen=True)
class Interval:
    """A symmetric interval: half width in the unit of its ends, and relative to the central value."""

    half_width: Decimal
    relative: Decimal


@dataclass(frozen=True)
class Propagated:
    """Result of approach 1: the sum, its relative uncertainty, the 95 % range, and the relative uncertainty of each line."""

    value: Decimal
    uncertainty: Decimal
    low: Decimal
    high: Decimal
    lines: tuple[Decimal, ...]


@dataclass(frozen=True)
class Simulated:
    """Result of approach 2: mean and 2.5 and 97.5 percentiles, four significant digits."""

    mean: Decimal
    low: Decimal
    high: Decimal


@dataclass(frozen=True)
class Pedigree:
    """Squared geometric standard deviation of a median, and its 95 % range."""

    gsd95: Decimal
    low: Decimal
    high: Decimal


def interval(low: Decimal, high: Decimal, central: Decimal) -> Interval:
    """Half width and relative width of a stated interval; raises UsageError for a central value of 0 or ends that are turned round."""
    if central == 0 or low > high:
        raise UsageError("an interval needs low <= high and a central value that is not 0. fix: correct the three numbers")
    half = EXACT.divide(high - low, Decimal(2))
    return Interval(half, EXACT.divide(half, abs(central)))


def approach1(lines: Sequence[Line]) -> Propagated:
    """Error propagation (IPCC 2006 vol. 1 eq. 3.1 and 3.2); raises UsageError where the values add up to 0."""
    total = sum((line.value for line in lines), Decimal(0))
    if total == 0:
        raise UsageError("the values add up to 0, so that no uncertainty relative to them exists. fix: leave the sum out")
    widths: dict[str, Decimal] = {}
    with localcontext(EXACT):
        for line in lines:
            for cause in line.causes:
                widths[cause.key] = widths.get(cause.key, Decimal(0)) + cause.relative * line.value
        half = sum((width**2 for width in widths.values()), Decimal(0)).sqrt()
        own = tuple(sum((cause.relative**2 for cause in line.causes), Decimal(0)).sqrt() for line in lines)
        return Propagated(total, half / abs(total), total - half, total + half, own)


def approach2(lines: Sequence[Line], *, seed: int, iterations: int = 10_000) -> Simulated:
    """Monte Carlo simulation: every cause is drawn once per iteration, by its key and the seed alone, whatever stands beside it."""
    drawn: dict[str, Draws] = {}
    total: Draws = np.zeros(iterations)
    for line in lines:
        product: Draws = np.full(iterations, line.value, dtype=np.float64)
        for cause in line.causes:
            if cause.key not in drawn:
                drawn[cause.key] = draws(cause, seed, iterations)
            product *= drawn[cause.key]
        total += product
    return simulated(total)


def draws(cause: Cause, seed: int, iterations: int) -> Draws:
    """Multipliers of a cause: normal about 1, or lognormal with median 1."""
    digest = hashlib.sha256(cause.key.encode()).digest()
    generator = np.random.Generator(np.random.PCG64([seed, int.from_bytes(digest[:8], "big")]))
    standard = generator.standard_normal(iterations)
    if cause.gsd95 is None:
        return np.asarray(1 + standard * np.float64((cause.half_range or Decimal(0)) / NORMAL_95), dtype=np.float64)
    return np.asarray(np.exp(standard * np.float64(cause.gsd95.ln() / 2)), dtype=np.float64)


def simulated(total: Draws) -> Simulated:
    """Mean and 95 % range of simulated totals."""
    low, high = np.quantile(total, [0.025, 0.975])
    return Simulated(rounded(total.mean()), rounded(low), rounded(high))


def rounded(number: np.float64 | Decimal) -> Decimal:
    """Four significant digits: what a simulation can tell, and less than what machines may differ in."""
    return Decimal(f"{number:.{SIGNIFICANT - 1}e}")


@cache
def pedigree_tables() -> Mapping[str, Mapping[str, tuple[Decimal, ...]]]:
    """The factors of standards/pedigree.csv by table and indicator, for the scores 1 to 5."""
    tables: dict[str, dict[str, tuple[Decimal, ...]]] = {}
    for row in read_rows(PACKAGE / "standards" / "pedigree.csv"):
        factors = tuple(Decimal(row[f"score_{score}"]) for score in range(1, 6))
        tables.setdefault(row["table"], {})[row["indicator"]] = factors
    return tables


def pedigree(value: Decimal, basic_uncertainty: Decimal, scores: Mapping[str, int], table: str = "version_1") -> Pedigree:
    """GSD95 = exp(sqrt(sum of ln(U)^2)) of six scores from 1 to 5 and a basic uncertainty (itself a GSD95, 1 or more)."""
    factors = pedigree_tables().get(table)
    if factors is None:
        raise UsageError(f'unknown pedigree table "{table}". fix: use one of {", ".join(pedigree_tables())}')
    if set(scores) != set(factors) or any(score not in range(1, 6) for score in scores.values()):
        raise UsageError(f"pedigree scores are from 1 to 5 for each of {', '.join(factors)}. fix: give these six")
    if basic_uncertainty < 1:
        raise UsageError("a basic uncertainty is a squared geometric standard deviation of 1 or more. fix: correct it")
    with localcontext(EXACT):
        causes = [factors[name][score - 1] for name, score in scores.items()] + [basic_uncertainty]
        gsd95 = sum((cause.ln() ** 2 for cause in causes), Decimal(0)).sqrt().exp()
        return Pedigree(gsd95, value / gsd95, value * gsd95)
