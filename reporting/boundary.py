"""The bridge between the views of an inventory: what leads from the view of the first framework to each other one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reporting.database import records
from reporting.frames import frame

if TYPE_CHECKING:
    import pandas as pd

    from reporting.pipeline import Result

COLUMNS = ("figure_id", "period", "base_view", "other_view", "base_kg", "other_kg", "entity", "cause", "kg_co2e")
BRIDGE = """
with total as (select figure_id, period, view, sum(kg_co2e) as kg from view_part group by all)
select b.figure_id, b.period, b.base_view, b.other_view, o.kg as base_kg, n.kg as other_kg, b.entity, b.cause, b.kg_co2e
from view_bridge b
left join total o on o.figure_id = b.figure_id and o.period = b.period and o.view = b.base_view
left join total n on n.figure_id = b.figure_id and n.period = b.period and n.view = b.other_view
order by all
"""


def bridge(result: Result) -> pd.DataFrame:
    """One row per total, other view, entity and cause, in kg CO2e: base_kg plus all kg_co2e of a total and view is other_kg, exactly."""
    return frame(records(result.connection, BRIDGE), COLUMNS)
