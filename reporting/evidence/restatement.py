"""Why figures changed: `explain` leads every figure of a period from one inventory to another, cause by cause, without a rest.

The causes are substituted one at a time, in the order of bridge/causes.csv, by running the stages again: the old inputs with those of the
causes so far taken from the new inventory. What the last such run leaves against the new inventory itself is the residual; it is 0, or the
bridge says that it is not exact.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, cast

from reporting.database import Connection, body, records
from reporting.evidence.bridge import hybrid
from reporting.evidence.bridge.hybrid import FOLDER, Asked, Both, Side
from reporting.evidence.bridge.parts import UNEXPLAINED, State, States, Step, parts, total, values
from reporting.evidence.bridge.shapes import Bridge, Cause, Change, FigureChange, RowChange, Status
from reporting.evidence.bridge.threshold import threshold_tests
from reporting.pipeline import Progress, silent
from reporting.types import InputError, UsageError

METHOD = "method"
FIGURES = "select figure_id, status, value from figure where period = $period"
CHANGES = "select cause, subject, old, new from restatement.change order by all"


def explain(  # noqa: PLR0913 - one argument for each option of the verb
    old: Side, new: Side, period: str, frameworks: Sequence[str] = (), *, figure: str = "", progress: Progress = silent
) -> Bridge:
    """The bridge of a period; with `figure` that of one figure alone. Raises InputError, UsageError."""
    both = hybrid.compute_both(old, new, Asked(period, frameworks, progress))
    chosen = hybrid.active(both.connection)
    first, last = _end(both, "use run_old"), _end(both, "use run_new")
    _refuse_unknown(figure, {*first, *last}, period)
    steps = [*_walk(both, chosen, progress), Step(UNEXPLAINED, last)]
    if old.published:
        steps, first = [Step(METHOD, first), *steps], published(old.published, period)
    if new.published:
        steps.append(Step(METHOD, published(new.published, period)))
    found = figure_changes(both.connection, first, steps)
    used = {cause for one in found for part in one.parts for cause in part.causes}
    return Bridge(
        old=old.name,
        new=new.name,
        period=period,
        causes=tuple(cause for cause in hybrid.causes() if cause in chosen or cause.id in used),
        changes=tuple(Change(**row) for row in _records(both.connection, CHANGES)),
        figures=tuple(one for one in found if figure in {"", one.id}),
        rows=tuple(_rows(both.connection, chosen, figure)),
        threshold_tests=tuple(threshold_tests(both.connection, found)),
        is_exact=UNEXPLAINED not in used,
    )


def _refuse_unknown(figure: str, known: set[str], period: str) -> None:
    if figure and figure not in known:
        raise UsageError(f'no figure "{figure}" for {period}. fix: leave out --figure to see which changed')


def _end(both: Both, use: str) -> States:
    """The figures of one end, as computed."""
    both.connection.execute(use)
    return _states(both.connection, both.period)


def _states(connection: Connection, period: str) -> States:
    rows = connection.execute(FIGURES, {"period": period}).fetchall()
    return {figure: State(status, value) for figure, status, value in rows}


def _walk(both: Both, chosen: Sequence[Cause], progress: Progress) -> Iterator[Step]:
    """Substitute one cause after another; the differences by row stay in the table line_change, by the number of the step."""
    connection = both.connection
    hybrid.run(connection, "hybrid_row")
    connection.execute("use run_old")
    hybrid.run(connection, "line")
    connection.execute("create table restatement.line_before as from restatement.line_now")
    for number, cause in enumerate(chosen):
        progress(f"{cause.label.lower()}, {number + 1} of {len(chosen)}")
        hybrid.take(both, cause, is_last=number + 1 == len(chosen), progress=progress)
        connection.execute("set variable step = $step", {"step": number})
        hybrid.run(connection, "line")
        hybrid.run(connection, "line_change")
        yield Step(cause.id, _states(connection, both.period))


def figure_changes(connection: Connection, first: States, steps: Sequence[Step]) -> list[FigureChange]:
    """Every figure whose value or status changed, or that no cause leads to where it is."""
    found = []
    for row in _records(connection, body(FOLDER / "figures.sql")):
        name = str(row["id"])
        before, after = first.get(name), steps[-1].states.get(name)
        chain = values(name, first, steps)
        made = parts(chain, [step.cause for step in steps])
        unexplained = [part for part in made if UNEXPLAINED in part.causes]
        if not made and (chain[0] is not None or chain[-1] is not None or _status(before) == _status(after)):
            continue
        found.append(
            FigureChange(
                **row,
                old_status=_status(before),
                old_value=chain[0],
                new_status=_status(after),
                new_value=chain[-1],
                parts=made,
                residual=total(unexplained),
            )
        )
    return found


def _status(state: State | None) -> Status:
    return cast("Status", state.status) if state else ""


def _records(connection: Connection, query: str, parameters: dict[str, object] | None = None) -> list[dict[str, Any]]:
    """Rows whose columns are the fields of a shape."""
    return records(connection, query, parameters)


def published(path: Path, period: str) -> States:
    """The figures of a period in a figures.json; raises InputError for a file of another shape."""
    try:
        rows = json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)["figures"]
        wanted = [row for row in rows if row["period"] == period]
        return {row["id"]: State(row["status"], None if row["value"] is None else Decimal(row["value"])) for row in wanted}
    except (OSError, ValueError, KeyError, TypeError, InvalidOperation) as error:
        raise InputError(f"{path}: is no figures.json of this program ({error}). fix: restore the version's folder") from None


def _rows(connection: Connection, chosen: Sequence[Cause], figure: str) -> Iterator[RowChange]:
    """The rows behind each step: of one figure, or of every total."""
    connection.execute("use run_new")
    for row in _records(connection, body(FOLDER / "drill.sql"), {"figure": figure}):
        cause = chosen[row.pop("step")].id
        yield RowChange(cause=cause, **row)
