"""Ranges of figures from the lines that carry stated uncertainty: approach 1 and approach 2 side by side; no seed, no range."""

from __future__ import annotations

from decimal import Decimal, localcontext
from itertools import groupby

import numpy as np

from reporting.database import Connection, insert_rows, records
from reporting.uncertainty import EXACT, NORMAL_95, Cause, Draws, draws, rounded, simulated
from reporting.uncertainty_policy import UncertaintyPolicy

RANGE = """insert into figure_range select unnest($1), unnest($2), unnest($3)::decimal(38,12), unnest($4)::decimal(38,12),
    unnest($5)::decimal(38,12), unnest($6)::decimal(38,12), unnest($7), unnest($8)"""
FACTORS = "from uncertain_factor order by figure_id, period, factor_id, gas"
ACTIVITIES = "from uncertain_activity order by figure_id, period"
Part = dict[str, object]


class Simulation:
    """The draws of one run: each factor once, the activity data of a figure once."""

    def __init__(self, policy: UncertaintyPolicy) -> None:
        """Keep the policy; causes are drawn when they are first met, by their key alone."""
        self.policy = policy
        self._drawn: dict[Cause, Draws] = {}

    def draws(self, cause: Cause) -> Draws:
        """The multipliers of a cause."""
        if cause not in self._drawn:
            self._drawn[cause] = draws(cause, self.policy.seed, self.policy.iterations)
        return self._drawn[cause]

    def total(self, parts: list[tuple[Cause, Decimal]], width: Decimal) -> Draws:
        """Simulated sum of a figure: factors times their kilograms, times one multiplier for the activity data (half width in kg)."""
        covered = sum((kg for _, kg in parts), Decimal(0))
        amount: Draws = np.zeros(self.policy.iterations)
        for cause, kg in parts:
            amount += self.draws(cause) * np.float64(kg)
        standard = (self.draws(Cause("activity data", half_range=NORMAL_95)) - 1) * np.float64(EXACT.divide(width, NORMAL_95))
        return amount + standard if covered == 0 else amount * (1 + standard / np.float64(covered))


def fill_ranges(connection: Connection, policy: UncertaintyPolicy | None) -> None:
    """Fill figure_range, one row per figure and period with covered lines whose sum is not 0."""
    if policy is None:
        return
    simulation = Simulation(policy)
    activities = {(row["figure_id"], row["period"]): row for row in records(connection, ACTIVITIES)}
    found = groupby(records(connection, FACTORS), key=lambda row: (row["figure_id"], row["period"]))
    rows = (_range(simulation, place, list(parts), activities[place]) for place, parts in found)
    insert_rows(connection, RANGE, [row for row in rows if row])


def _range(simulation: Simulation, place: tuple[object, object], factors: list[Part], activity: Part) -> tuple[object, ...] | None:
    parts = [(_cause(row), Decimal(str(row["kg_co2e"]))) for row in factors]
    covered = sum((kg for _, kg in parts), Decimal(0))
    if covered == 0:
        return None
    with localcontext(EXACT):
        width = Decimal(str(activity["square_width"])).sqrt()
        half = (sum(((cause.relative * kg) ** 2 for cause, kg in parts), Decimal(0)) + width**2).sqrt() / abs(covered)
    made = simulated(simulation.total(parts, width))
    policy = simulation.policy
    return (*place, str(covered), str(rounded(half)), str(made.low), str(made.high), policy.iterations, policy.seed)


def _cause(row: Part) -> Cause:
    key = f"factor {row['factor_id']} {row['gas']}"
    if row["factor_gsd95"] is not None:
        return Cause(key, gsd95=Decimal(str(row["factor_gsd95"])))
    return Cause(key, half_range=Decimal(str(row["factor_half_range"])))
