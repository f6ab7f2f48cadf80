"""`ghg factors lock`: keep what a period rests on, so that nothing newer changes it unseen."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from reporting.commands.terminal import out, print_json, progress
from reporting.locks.lock import lock

Inventory = Annotated[Path, typer.Argument(help="The inventory folder, with inventory.yaml in it.", show_default=False)]
PeriodOption = Annotated[str, typer.Option("--period", help="The period to lock, such as 2026-Q3.", show_default=False)]
Reason = Annotated[str, typer.Option("--reason", help="Why a lock that is there is replaced.", show_default=False)]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]


def register(app: typer.Typer) -> None:
    """Add the verb to `ghg factors`."""
    app.command("lock")(lock_command)


def lock_command(inventory: Inventory, period: PeriodOption, reason: Reason = "", as_json: Json = False) -> None:
    """Write the sets, factors and GWP values of a period into factors.lock of the inventory; exit code 1 where errors were found."""
    with progress() as report:
        locks, result = lock(inventory, period, reason=reason, progress=report)
    if as_json:
        print_json(locks.model_dump())
    else:
        kept = locks.periods[period]
        out.print(
            f"{period}: {len(kept.sets)} sets, {len(kept.choices)} choices, {len(kept.values)} values of factors are locked", soft_wrap=True
        )
        if result.has_errors:
            out.print("errors were found: figures of the period may be withheld (ghg check lists them)", soft_wrap=True)
    raise typer.Exit(1 if result.has_errors else 0)
