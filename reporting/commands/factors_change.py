"""`ghg factors diff` and `ghg factors stale`: what an edition changes, and what is past its time."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Annotated

import typer

from reporting.commands.layout import factor_value, print_aligned
from reporting.commands.terminal import out, print_json, print_text, progress
from reporting.questions.asking import plain_record
from reporting.questions.catalogue import open_catalogue
from reporting.questions.change_answers import FactorChange, FactorDiff, Stale, StaleFactor
from reporting.questions.factor_changes import NEAR_DAYS, diff_factors, stale

Own = Annotated[Path | None, typer.Option("--inventory", help="An inventory folder, whose own factor sets count too.", show_default=False)]
Gwp = Annotated[str, typer.Option("--gwp", help="SAR, TAR, AR4, AR5 or AR6: the GWP set of the totals.")]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]
SetId = Annotated[str, typer.Argument(help="A set, as `ghg factors list` names it.", show_default=False)]


def register(app: typer.Typer) -> None:
    """Add the verbs to `ghg factors`."""
    app.command("diff")(diff_command)
    app.command("stale")(stale_command)


def diff_command(  # noqa: PLR0913, PLR0917 - one argument for each option of the verb
    earlier: SetId,
    later: SetId,
    gwp: Gwp = "AR6",
    limit: Annotated[int, typer.Option("--limit", min=1, help="How many to print; the JSON holds all.")] = 20,
    inventory: Own = None,
    as_json: Json = False,
) -> None:
    """Compare two editions: factors added, removed and changed, by how much, the largest change first."""
    with progress() as report:
        found = diff_factors(open_catalogue(inventory, progress=report), earlier, later, gwp_set=gwp)
    if as_json:
        print_json(plain_record(found))
    else:
        print_diff(found, limit)


def print_diff(found: FactorDiff, limit: int) -> None:
    """How many factors are what, then two lines for each that differs."""
    n = found.counts
    print_text(
        f"{found.earlier_set} to {found.later_set}: {n.added} added, {n.removed} removed, {n.changed} changed, {n.unchanged} unchanged"
    )
    print_text(f"matched by publisher key {n.by_publisher_key}, by label {n.by_label}, by activity type {n.by_activity_type}")
    shown = found.changes[:limit]
    if not shown:
        return
    rows = [(c.status, known(c.earlier_id, c.earlier_kg_co2e), known(c.later_id, c.later_kg_co2e), percent(c), c.per_unit) for c in shown]
    print_aligned(
        ("", f"kg CO2e {found.gwp_set}", "now", "change", "per"), rows, right=(1, 2, 3), beneath=[[c.label, change_line(c)] for c in shown]
    )
    if len(found.changes) > limit:
        print_text(f"{limit} of {len(found.changes)}: --limit {len(found.changes)} lists all, --json gives every gas")


def known(factor_id: str, value: Decimal | None) -> str:
    """The value of a factor, empty where there is no factor."""
    return factor_value(value) if factor_id else ""


def percent(change: FactorChange | StaleFactor) -> str:
    """The change in per cent with its sign; empty where there is none to give."""
    return "" if change.change_percent is None else f"{change.change_percent:+} %"


def change_line(change: FactorChange) -> str:
    """The ids, and how they were matched where it was not by the publisher's key."""
    ids = change.later_id or change.earlier_id
    return f"{ids} (matched by {change.matched_by})" if change.matched_by not in {"", "publisher key"} else ids


def stale_command(
    on: Annotated[
        datetime | None,
        typer.Option("--on", formats=["%Y-%m-%d"], help="The day; else the last of the inventory's last period.", show_default=False),
    ] = None,
    inventory: Own = None,
    within: Annotated[int, typer.Option("--within", min=0, help="How many days ahead count as near.")] = NEAR_DAYS,
    gwp: Gwp = "AR6",
    as_json: Json = False,
) -> None:
    """List sets and factors in use that are past or near their last day, or superseded; exit code 1 where one in use is past it."""
    with progress() as report:
        found = stale(inventory, on=on.date() if on else None, within_days=within, gwp_set=gwp, progress=report)
    if as_json:
        print_json(plain_record(found))
    else:
        print_stale(found)
    raise typer.Exit(1 if any(factor.status == "beyond" for factor in found.factors) else 0)


def print_stale(found: Stale) -> None:
    """The sets, then the factors in use with their successors."""
    if not found.sets:
        print_text(f"no set is stale on {found.on}")
        return
    print_text(f"on {found.on}, near is within {found.within_days} days")
    sets = [(s.set_id, s.status, until(s.usable_until, s.days_left), s.superseded_by, "in use" if s.is_used else "") for s in found.sets]
    print_aligned(("set", "", "usable until", "newer", ""), sets)
    if found.factors:
        out.print()
        rows = [
            (f.status, factor_value(f.kg_co2e_per_unit), known(f.successor_id, f.successor_kg_co2e_per_unit), percent(f), f.per_unit)
            for f in found.factors
        ]
        print_aligned(
            ("", f"kg CO2e {found.gwp_set}", "successor", "change", "per"),
            rows,
            right=(1, 2, 3),
            beneath=[stale_lines(f) for f in found.factors],
        )


def until(day: date, left: int) -> str:
    """The last day with the days that are left."""
    return f"{day} ({left} days)"


def stale_lines(factor: StaleFactor) -> list[str]:
    """What stands under a stale factor."""
    successor = f"successor {factor.successor_id} of {factor.successor_set}" if factor.successor_id else "no successor is loaded"
    return [f"{factor.factor_id}, for {factor.activity_types}, {factor.first_month:%Y-%m} to {factor.last_month:%Y-%m}", successor]
