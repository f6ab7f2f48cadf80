"""Verbs that set our figures beside what others state: reconcile, rows."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Annotated

import typer

from reporting.commands.layout import amount, exact, on_the_point, print_aligned, print_fitting, print_wrapped
from reporting.commands.terminal import out, print_json, print_text, progress
from reporting.disclosure import choose_period
from reporting.pipeline import compute
from reporting.questions.asking import plain_record
from reporting.questions.reconcile import BillRows, Reconciliation, bill_rows, reconciliation
from reporting.statement import Statement

Inventory = Annotated[Path, typer.Argument(help="The inventory folder, with inventory.yaml in it.", show_default=False)]
PeriodOption = Annotated[str, typer.Option("--period", help="Such as 2026-Q3, 2026, 2026-07.", show_default=False)]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]
MOST = 100_000


def register(app: typer.Typer) -> None:
    """Add the verbs to the command."""
    app.command("reconcile")(reconcile_command)
    app.command("rows")(rows_command)


def reconcile_command(inventory: Inventory, period: PeriodOption = "", as_json: Json = False) -> None:
    """Set vendors' statements and stated totals beside our own figures, with what explains the differences."""
    with progress() as report:
        result = compute(inventory, [period] if period else [], progress=report)
    answer = reconciliation(result, choose_period(result, period))
    if as_json:
        print_json(plain_record(answer))
    else:
        print_reconciliation(answer)
    raise typer.Exit(1 if result.has_errors else 0)


def print_reconciliation(answer: Reconciliation) -> None:
    """One table after another; where there is nothing to compare, a sentence."""
    print_text(f"{answer.period}")
    if not answer.statements:
        print_text("nothing to compare: no vendor statement, no stated total, no source that shares a coverage key with another")
    for statement in answer.statements:
        out.print()
        print_statement(statement)


def print_statement(statement: Statement) -> None:
    """Title, sentence and table of a statement."""
    out.print(statement.title, style="bold", soft_wrap=True)
    print_wrapped(statement.lead)
    right = [place for place, column in enumerate(statement.columns) if column.decimals is not None]
    rows = [
        ["" if cell is None else amount(cell, column.decimals) if isinstance(cell, Decimal) and column.decimals is not None else str(cell)
         for cell, column in zip(row, statement.columns, strict=True)]
        for row in statement.rows
    ]  # fmt: skip
    print_fitting([column.label for column in statement.columns], rows, right)


def rows_command(
    inventory: Inventory,
    place: Annotated[
        str, typer.Argument(metavar="FILE:ROW", help="A row as a trace names it, such as activity/cur.parquet:17.", show_default=False)
    ],
    limit: Annotated[int, typer.Option("--limit", help="How many lines to show.", min=1, max=MOST)] = 20,
    as_json: Json = False,
) -> None:
    """Ask a bill again for the lines behind one of its added-up rows; exit code 1 where they do not add up to it."""
    with progress() as report:
        result = compute(inventory, progress=report)
    answer = bill_rows(result, place, limit)
    if as_json:
        print_json(plain_record(answer))
    else:
        print_rows(answer)
    raise typer.Exit(0 if answer.is_equal else 1)


def print_rows(answer: BillRows) -> None:
    """The keys that the lines share, the lines by their number in the file, and whether they add up."""
    lines = "1 line" if answer.count == 1 else f"{answer.count:,} lines"
    print_text(f"{answer.file}:{answer.row}, {lines}, sha256 {answer.sha256}")
    print_wrapped(", ".join(f"{name} {cell}" for name, cell in answer.keys.items() if cell is not None), "  ")
    columns = [[exact(getattr(line, name)) for line in answer.lines] for name in ("line", "quantity", "cost")]
    shown = [list(row) for row in zip(*map(on_the_point, columns), strict=True)]
    print_aligned(["line", "quantity", "cost"], shown, right=(0, 1, 2))
    if answer.count > len(answer.lines):
        print_text(f"and {answer.count - len(answer.lines):,} more: --limit {min(answer.count, MOST)} shows them")
    verdict = "exactly the row" if answer.is_equal else "not the row"
    print_text(f"quantity {exact(answer.quantity, 'none')}, cost {exact(answer.cost, 'none')}: {verdict}")
