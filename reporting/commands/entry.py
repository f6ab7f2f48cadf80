"""The verb of the data-entry workbook: template."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from reporting.commands.terminal import print_json, print_text, progress
from reporting.entry.given import Rows, given_rows
from reporting.entry.layout import HEADER_ROW
from reporting.inventory import load_inventory
from reporting.pipeline import compute
from reporting.types import UsageError

OutFile = Annotated[Path, typer.Argument(help="The workbook to write, as entry.xlsx.", metavar="OUT.xlsx", show_default=False)]
Inventory = Annotated[
    Path | None, typer.Option("--inventory", help="Whose sites, entities and meters the lists offer.", show_default=False)
]
SourceName = Annotated[str, typer.Option("--source", help="Put the rows of this source in.", show_default=False)]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]


def register(app: typer.Typer) -> None:
    """Add the verb to the command."""
    app.command("template")(template_command)


def template_command(out_file: OutFile, inventory: Inventory = None, source: SourceName = "", as_json: Json = False) -> None:
    """Write a workbook for data entry: a sheet for each family of activities, with lists, notes and examples; an existing file is kept."""
    if out_file.suffix.lower() != ".xlsx":
        raise UsageError(f'"{out_file}" does not end in .xlsx. fix: name a workbook')
    if out_file.exists():
        raise UsageError(f'"{out_file}" exists. fix: name a new file, so that nothing that somebody filled in is overwritten')
    if source and inventory is None:
        raise UsageError("--source needs --inventory. fix: say whose source it is")
    rows: Rows = {}
    if source and inventory is not None:
        with progress() as report:
            rows = given_rows(compute(inventory, progress=report), source)
    from reporting.entry.template import make_template  # noqa: PLC0415 - openpyxl takes a sixth of a second to import

    sheets = make_template(out_file, load_inventory(inventory) if inventory else None, rows)
    filled = sum(len(given) for given in rows.values())
    if as_json:
        print_json({"path": str(out_file), "sheets": list(sheets), "header_row": HEADER_ROW, "rows": filled})
        return
    print_text(
        f'{out_file}: {len(sheets)} sheets, {filled} rows; in inventory.yaml: connector activity_csv, sheet: "*", header_row: {HEADER_ROW}'
    )
