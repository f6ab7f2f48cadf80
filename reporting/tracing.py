"""`ghg trace`: a figure down to its source rows; the parts add up to the figure exactly or the trace says that they do not."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal

import pandas as pd
from rapidfuzz import process

from reporting.database import STAGES, Connection, records
from reporting.types import UsageError

EXACT = Context(prec=76, rounding=ROUND_HALF_UP)
LAST_PLACE = Decimal(1).scaleb(-12)
FIGURE = """
    select f.*, d.numerator, d.denominator, d.factor
    from figure f join datapoint d using (framework, datapoint) where f.figure_id = $1 and f.period = $2
"""


@dataclass(frozen=True)
class Trace:
    """A figure with the lines it adds up; `parts` holds the traces of a ratio's numerator and denominator."""

    figure: dict[str, object]
    lines: pd.DataFrame
    total: Decimal | None
    parts: tuple[Trace, ...] = ()

    @property
    def is_exact(self) -> bool:
        """Whether the lines, added up and scaled, are the figure's value to the last digit; a ratio is checked by division."""
        value = self.figure["value"]
        return value is None or (self.total == value and all(part.is_exact for part in self.parts))


def trace(connection: Connection, figure_id: str, period: str) -> Trace:
    """Follow a figure of a period; raises UsageError, with the nearest names, where there is none of that name."""
    figure = _figure(connection, figure_id, period)
    if figure["kind"] == "ratio":
        return _ratio(connection, figure, period)
    named: dict[str, object] = {"figure": figure_id, "period": period}
    lines = pd.DataFrame(records(connection, _query(), named), dtype=object)
    if figure["kind"] == "input":
        value = figure["value"]
        return Trace(figure, lines, value if isinstance(value, Decimal) else None)
    connection.register("trace_line", connection.sql(_query(), params=named))
    summed = connection.execute("select coalesce(sum(amount), 0), coalesce(any_value(figure_factor), 1) from trace_line").fetchall()
    connection.unregister("trace_line")
    total = EXACT.multiply(*summed[0])
    return Trace(figure, lines, total.quantize(LAST_PLACE, context=EXACT))


def _query() -> str:
    return (STAGES / "trace.sql").read_text(encoding="utf-8")


def _figure(connection: Connection, figure_id: str, period: str) -> dict[str, object]:
    cursor = connection.execute(FIGURE, [figure_id, period])
    names = [column[0] for column in cursor.description or []]
    row = cursor.fetchone()
    if row:
        return dict(zip(names, row, strict=True))
    known = [name for (name,) in connection.execute("select distinct figure_id from figure order by 1").fetchall()]
    near = ", ".join(match[0] for match in process.extract(figure_id, known, limit=3))
    raise UsageError(f'no figure "{figure_id}" for {period}. fix: perhaps {near}')


def _ratio(connection: Connection, figure: dict[str, object], period: str) -> Trace:
    suffix = f"/{figure['key']}" if figure["key"] else ""
    names = [f"{figure['framework']}/{figure[part]}{suffix}" for part in ("numerator", "denominator")]
    parts = tuple(trace(connection, name, period) for name in names)
    top, bottom = parts[0].figure["value"], parts[1].figure["value"]
    total = None
    if isinstance(top, Decimal) and isinstance(bottom, Decimal) and bottom:
        scaled = EXACT.multiply(top, Decimal(str(figure["factor"]))).quantize(LAST_PLACE, context=EXACT)
        total = EXACT.divide(scaled, bottom).quantize(LAST_PLACE, context=EXACT)
    return Trace(figure, pd.DataFrame(), total, parts)
