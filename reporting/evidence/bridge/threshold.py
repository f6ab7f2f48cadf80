"""The changes of a period against the recalculation policy of the base year (GHG Protocol Corporate Standard ch. 5)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from reporting.database import Connection, records
from reporting.digest import plain
from reporting.evidence.bridge.hybrid import causes
from reporting.evidence.bridge.parts import EXACT, NOTHING, total
from reporting.evidence.bridge.shapes import FigureChange, Part, ThresholdTest

BASE = """select v.figure_id, v.base, b.period, b.threshold from run_new.base_year_value v cross join run_new.base_year b"""
HUNDRED = Decimal(100)
TRIGGER = "select kind from run_new.base_year_event_kind where is_trigger"


def threshold_tests(connection: Connection, found: Sequence[FigureChange]) -> Iterator[ThresholdTest]:
    """One test for each total with a base figure: what the causes that count add up to, against the threshold of the figure."""
    bases = {str(row["figure_id"]): row for row in records(connection, BASE)}
    triggers = {kind for (kind,) in connection.execute(TRIGGER).fetchall()}
    counting = {cause.id for cause in causes() if cause.event_kind in triggers}
    for one in found:
        if one.is_total and one.id in bases and one.old_value is not None and one.new_value is not None:
            counted = [part for part in one.parts if counting & {*part.causes}]
            yield _test(one.id, counted, bases[one.id])


def _test(figure: str, counted: list[Part], known: dict[str, Any]) -> ThresholdTest:
    base, threshold = known["base"], known["threshold"]
    amount, limit = total(counted), EXACT.multiply(EXACT.abs(base), threshold)
    largest = max((EXACT.abs(part.amount) for part in counted), default=NOTHING)
    is_reached = bool(counted) and max(largest, EXACT.abs(amount)) >= limit
    words = f"{plain(amount)} t against {plain(EXACT.multiply(threshold, HUNDRED))} % of {plain(base)} = {plain(limit)} t: "
    verdict = f"reached, {known['period']} must be examined for recalculation" if is_reached else "below"
    causes_counted = tuple(dict.fromkeys(cause for part in counted for cause in part.causes))
    return ThresholdTest(figure, causes_counted, amount, base, known["period"], threshold, limit, is_reached, words + verdict)
