"""Drawing a sample: monetary-unit sampling on kg CO2e by the auditor's own seed, and reverse samples from registers.

docs/sampling.md says how a stranger draws the same: SHA-256 and whole numbers, no generator of any library.
"""

from __future__ import annotations

from dataclasses import fields
from decimal import Decimal
from typing import TypeVar

from reporting.database import PACKAGE, Connection, records
from reporting.digest import lines_sha256
from reporting.evidence.sampling.shapes import RegisterItem, Sample, SampleItem
from reporting.pipeline import Result
from reporting.reference import read_rows
from reporting.render import figures
from reporting.types import UsageError

HERE = PACKAGE / "evidence" / "sampling"
MAX_SIZE = 10_000
MAX_SEED = 200
WAYS = ("", "source")
Shape = TypeVar("Shape", SampleItem, RegisterItem)


def draw(result: Result, period: str, *, seed: str, size: int, by: str = "", criteria: str = "") -> Sample:  # noqa: PLR0913 - a sample is all of these
    """Draw a sample of a computed period in the view of its first framework; raises UsageError for a call that draws nothing."""
    _refuse(seed, size, by, criteria)
    connection = result.connection
    settings = _settings(connection, period)
    common = {"seed": seed, **settings}
    total = records(connection, _query("total"), settings)[0]
    items = _all(connection, "item", SampleItem, {**common, "size": size, "by_source": by == "source"})
    if not items:
        raise UsageError(f'period "{period}" has no emissions to draw from. fix: choose a period with figures')
    kg = Decimal(str(total["kg_co2e"]))
    return Sample(
        period=period,
        view=str(settings["view"]),
        seed=seed,
        size=size,
        by=by,
        criteria=criteria,
        figures_digest=lines_sha256(figures.digest_lines(connection)),
        rows=int(str(total["rows_in"])),
        negative_rows=int(str(total["negative"])),
        never_drawn=int(str(total["never_drawn"])),
        kg_co2e=kg,
        materiality_kg=abs(kg) * result.inventory.materiality_threshold,
        items=items,
        registers=_all(connection, "register_item", RegisterItem, {**common, "register_size": size}),
    )


def criteria_known() -> dict[str, str]:
    """Engagement criteria by name: the standards under which somebody gives assurance."""
    return {row["criteria"]: row["title"] for row in read_rows(HERE / "criteria.csv")}


def _refuse(seed: str, size: int, by: str, criteria: str) -> None:
    if not seed.strip() or len(seed) > MAX_SEED or not seed.isprintable():
        raise UsageError(f"the seed is empty, longer than {MAX_SEED} characters or not printable. fix: choose a word or number of your own")
    if not 1 <= size <= MAX_SIZE:
        raise UsageError(f"a sample of {size} cannot be drawn. fix: give --size from 1 to {MAX_SIZE}")
    if by not in WAYS:
        raise UsageError(f'a sample by "{by}" is not known. fix: leave --by out, or give --by source')
    if criteria and criteria not in criteria_known():
        raise UsageError(f'unknown criteria "{criteria}". fix: use one of {", ".join(criteria_known())}')


def _settings(connection: Connection, period: str) -> dict[str, object]:
    """View and half-open dates of the period; the view is that of the framework that the inventory names first."""
    query = """select f.view, p.starts, p.ends from framework f cross join period p
        where p.period = $period order by f.position, f.framework limit 1"""
    return records(connection, query, {"period": period})[0]


def _query(name: str) -> str:
    return (HERE / f"{name}.sql").read_text(encoding="utf-8")


def _all(connection: Connection, name: str, shape: type[Shape], parameters: dict[str, object]) -> tuple[Shape, ...]:
    names = [field.name for field in fields(shape)]
    return tuple(shape(**{key: row[key] for key in names}) for row in records(connection, _query(name), parameters))  # type: ignore[arg-type]
