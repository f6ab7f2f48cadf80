"""`ghg diff`: why figures changed from one version to another, cause by cause."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Annotated

import typer

from reporting.commands.layout import amount, print_aligned, print_fitting, print_wrapped
from reporting.commands.terminal import out, print_json, print_text, progress
from reporting.evidence.bridge.ends import ends
from reporting.evidence.bridge.parts import NOTHING
from reporting.evidence.bridge.shapes import Bridge, FigureChange, Part, RowChange
from reporting.evidence.bridge.words import levels, step, steps, verdict
from reporting.evidence.restatement import explain
from reporting.questions.asking import plain_record

Inventory = Annotated[Path, typer.Argument(help="The inventory folder, with inventory.yaml in it.", show_default=False)]
End = Annotated[
    str, typer.Argument(help="A version such as 2026-Q2/v1 or 2026-Q2/latest, an inventory folder, or . for now.", show_default=False)
]
BAR = 36
ROWS_SHOWN, CHANGES_SHOWN = 5, 6
RISE, FALL, WHOLE = "█", "▒", "─"


def register(app: typer.Typer) -> None:
    """Add the verb to the command."""
    app.command("diff")(diff_command)


def diff_command(  # noqa: PLR0913, PLR0917 - one argument for each option of the verb
    inventory: Inventory,
    old: End,
    new: End,
    figure: Annotated[str, typer.Option("--figure", help="Only this figure, with the rows behind each cause.", show_default=False)] = "",
    period: Annotated[str, typer.Option("--period", help="By default that of the versions.", show_default=False)] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False,
) -> None:
    """Explain every changed figure by cause; the parts add up to the change exactly. Exit code 1 where they do not."""
    with ends(inventory, old, new, period) as (before, after, of_period), progress() as report:
        found = explain(before, after, of_period, figure=figure.partition("@")[0], progress=report)
    if as_json:
        print_json(plain_record(found))
    else:
        print_bridge(found, is_one=bool(figure))
    raise typer.Exit(0 if found.is_exact else 1)


def print_bridge(found: Bridge, *, is_one: bool) -> None:
    """The totals of the first framework (or the one figure) as waterfalls, the others in a line each, what changed, the verdict."""
    print_text(f"{found.old} to {found.new}, {found.period}\n")
    first = next((one.framework for one in found.figures), "")
    shown = [one for one in found.figures if is_one or one.residual or (one.is_total and one.framework == first)]
    for one in shown:
        print_figure(found, one, rows_shown=ROWS_SHOWN if is_one else 0)
    others = [one for one in found.figures if one not in shown]
    if others:
        rows = [
            (one.id, said(one.old_status, one.old_value), said(one.new_status, one.new_value), one.unit, steps(found, one.parts))
            for one in others
        ]
        print_fitting(("other figures", found.old, found.new, "", "by"), rows, right=(1, 2))
        out.print()
    print_changes(found)
    for test in found.threshold_tests:
        print_wrapped(f"base year, {test.figure}: {test.decision}")
    print_text(verdict(found))


def print_figure(found: Bridge, one: FigureChange, *, rows_shown: int) -> None:
    """One figure: where it started, what each cause adds with its bar, where it ended."""
    out.print(f"{one.id}  {one.label}, {one.unit}", style="bold", soft_wrap=True)
    reached = levels(one)
    low, high = scale(reached)
    lines = [(found.old, said(one.old_status, one.old_value), bar(NOTHING, one.old_value or NOTHING, low, high, WHOLE))]
    for part, (start, stop) in zip(one.parts, pairwise(reached), strict=True):
        lines.append((step(found, part), signed(part), bar(start, stop, low, high, RISE if stop >= start else FALL)))
    lines.append((found.new, said(one.new_status, one.new_value), bar(NOTHING, one.new_value or NOTHING, low, high, WHOLE)))
    beneath = [
        [],
        *(row_lines(found.rows, one.id, part, rows_shown) for part in one.parts),
        [one.reason] if one.new_value is None and one.reason else [],
    ]
    print_aligned(("", "", ""), lines, right=(1,), beneath=beneath)
    out.print()


def scale(reached: Sequence[Decimal]) -> tuple[Decimal, Decimal]:
    """Where bars begin and end: at zero, unless the changes are too small to be seen beside the levels."""
    low, high = min(reached), max(reached)
    if low > 0 and (high - low) * 4 < high:
        return max(NOTHING, low - (high - low) / 2), high
    return min(low, NOTHING), max(high, NOTHING)


def bar(start: Decimal, stop: Decimal, low: Decimal, high: Decimal, mark: str) -> str:
    """A bar between two levels of a scale from `low` to `high`, at least one mark wide where they differ."""
    if high == low or start == stop:
        return ""
    first, last = sorted(int((max(value, low) - low) * BAR / (high - low)) for value in (start, stop))
    return " " * first + mark * max(1, last - first)


def said(status: str, value: Decimal | None) -> str:
    """A value, or why there is none."""
    return amount(value, 6) if value is not None else status.replace("_", " ") or "not there"


def signed(part: Part) -> str:
    """An amount with its sign."""
    return ("+" if part.amount > 0 else "") + amount(part.amount, 6)


def row_lines(rows: Sequence[RowChange], figure: str, part: Part, shown: int) -> list[str]:
    """The rows behind a part, largest first."""
    mine = [row for row in rows if row.figure == figure and row.cause in part.causes] if shown else []
    lines = [row_line(row) for row in mine[:shown]]
    return [*lines, f"and {len(mine) - shown} rows more: --json lists them"] if len(mine) > shown else lines


def row_line(row: RowChange) -> str:
    """A row with its quantities or factors, old and new, and what it adds."""
    place = f"{row.file}:{row.row}" if row.file else row.activity
    quantity = row.new_quantity or row.old_quantity
    if row.old_quantity != row.new_quantity:
        quantity = f"{row.old_quantity or 'nothing'} to {row.new_quantity or 'nothing'}"
    factors = (
        f", {row.old_factors} to {row.new_factors}" if row.old_factors and row.new_factors and row.old_factors != row.new_factors else ""
    )
    return f"{place} {row.activity}: {quantity}{factors}: {'+' if row.amount > 0 else ''}{amount(row.amount, 6)} {row.unit}"


def print_changes(found: Bridge) -> None:
    """What differs in the inputs, by cause."""
    for cause in found.causes:
        mine = [change for change in found.changes if change.cause == cause.id]
        if mine:
            print_text(f"{cause.label}")
        for change in mine[:CHANGES_SHOWN]:
            print_wrapped(f"{change.subject}: {change.old or 'not there'} -> {change.new or 'no longer there'}", "  ")
        if len(mine) > CHANGES_SHOWN:
            print_text(f"  and {len(mine) - CHANGES_SHOWN} more: --json lists them")
    if found.changes:
        out.print()
