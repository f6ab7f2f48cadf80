"""`ghg trace`: a figure down to its source rows; the parts add up to the figure exactly or the trace says that they do not."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import TYPE_CHECKING

from rapidfuzz import process

from reporting.database import STAGES, Connection, records
from reporting.frames import frame
from reporting.types import UsageError

if TYPE_CHECKING:
    import pandas as pd

EXACT = Context(prec=76, rounding=ROUND_HALF_UP)
LAST_PLACE = Decimal(1).scaleb(-12)
ADD_UP = """
    select coalesce(sum(amount), 0), coalesce(any_value(figure_factor), 1),
        count(*) filter (where row_text = '' or citation = '' or sha256 = '')
    from trace_line
"""
SUM_OF_FIGURES = "sum of figures"
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
    unsourced: int = 0

    @property
    def is_exact(self) -> bool:
        """Whether the lines, each with source row and citation, add up to the figure's value to the last digit; a ratio divides again."""
        value = self.figure["value"]
        return value is None or (self.unsourced == 0 and self.total == value and all(part.is_exact for part in self.parts))


def trace(connection: Connection, figure_id: str, period: str) -> Trace:
    """Follow a figure of a period; raises UsageError, with the nearest names, where there is none of that name."""
    named = _named(connection, figure_id, period)
    if named:
        return _sum_of_figures(connection, named)
    figure = _figure(connection, figure_id, period)
    if figure["numerator"]:
        return _ratio(connection, figure, period)
    total, unsourced = add_up(connection, figure_id, period, "hourly_trace.sql" if figure["kind"] == "hourly" else "trace.sql")
    lines = frame(records(connection, "from trace_line order by source_id, file_path, row_no, line_id"))
    if figure["kind"] == "input":
        value = figure["value"]
        return Trace(figure, lines, value if isinstance(value, Decimal) else None)
    return Trace(figure, lines, total, unsourced=unsourced)


def add_up(connection: Connection, figure_id: str, period: str, lines: str = "trace.sql") -> tuple[Decimal, int]:
    """The lines of a sum into the temporary table trace_line; returns their sum and how many lack source row or citation."""
    selected = connection.sql(_query(lines), params={"figure": figure_id, "period": period})
    connection.register("trace_selection", selected)
    connection.execute("create or replace temp table trace_line as select * exclude (figure_id) from trace_selection")
    connection.unregister("trace_selection")
    amount, factor, unsourced = connection.execute(ADD_UP).fetchall()[0]
    return EXACT.multiply(amount, factor).quantize(LAST_PLACE, context=EXACT), unsourced


def _query(name: str) -> str:
    return (STAGES / name).read_text(encoding="utf-8")


def _figure(connection: Connection, figure_id: str, period: str) -> dict[str, object]:
    cursor = connection.execute(FIGURE, [figure_id, period])
    names = [column[0] for column in cursor.description or []]
    for row in cursor.fetchall():
        return dict(zip(names, row, strict=True))
    known = [name for (name,) in connection.execute("select distinct figure_id from figure order by 1").fetchall()]
    same = [name for name in known if name.partition("/")[2] == figure_id]
    near = ", ".join((same or [match[0] for match in process.extract(figure_id, known, limit=3)])[:3])
    raise UsageError(f'no figure "{figure_id}" for {period}. fix: perhaps {near}; figures.json lists all')


def _named(connection: Connection, figure_id: str, period: str) -> dict[str, object] | None:
    """A true-up or a target of a period, which is no figure of a framework."""
    found = records(connection, "from named_figure where figure_id = $figure and period = $period", {"figure": figure_id, "period": period})
    return found[0] if found else None


def _sum_of_figures(connection: Connection, named: dict[str, object]) -> Trace:
    """The figures that it adds up, less what was reported; what an earlier report stated is taken as it was stated."""
    places = named["parts"] if isinstance(named["parts"], list) else []
    parts = tuple(trace(connection, part["figure_id"], part["period"]) for part in places)
    values = [part.figure["value"] for part in parts]
    less, value = named["less"], named["value"]
    total = value if isinstance(value, Decimal) else None
    if isinstance(less, Decimal) and all(isinstance(one, Decimal) for one in values):
        total = sum((one for one in values if isinstance(one, Decimal)), Decimal(0)) - less
    figure = {name: cell for name, cell in named.items() if name != "parts"}
    return Trace(figure | {"kind": SUM_OF_FIGURES, "stated": value}, frame(), total, parts)


def _ratio(connection: Connection, figure: dict[str, object], period: str) -> Trace:
    suffix = f"/{figure['key']}" if figure["key"] else ""
    names = [f"{figure['framework']}/{figure[part]}{suffix}" for part in ("numerator", "denominator")]
    parts = tuple(trace(connection, name, period) for name in names)
    top, bottom = parts[0].figure["value"], parts[1].figure["value"]
    total = None
    if isinstance(top, Decimal) and isinstance(bottom, Decimal) and bottom:
        scaled = EXACT.multiply(top, Decimal(str(figure["factor"]))).quantize(LAST_PLACE, context=EXACT)
        total = EXACT.divide(scaled, bottom).quantize(LAST_PLACE, context=EXACT)
    return Trace(figure, frame(), total, parts)
