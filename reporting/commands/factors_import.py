"""`ghg factors import`: a publisher's own file becomes a factor set folder."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reporting.commands.layout import print_hanging
from reporting.commands.terminal import print_json, print_text, progress
from reporting.questions.asking import plain_record
from reporting.types import UsageError

if TYPE_CHECKING:
    from reporting.importers.publishers import Imported, Publishers


def register(app: typer.Typer) -> None:
    """Add the verb to `ghg factors`."""
    app.command("import")(import_command)


def import_command(  # noqa: PLR0913, PLR0917 - one argument for each option of the verb
    publisher: Annotated[str, typer.Argument(help="The publisher, as --list names it.", show_default=False)] = "",
    file: Annotated[Path | None, typer.Argument(metavar="FILE", help="The publisher's file, as published.", show_default=False)] = None,
    out: Annotated[Path, typer.Option("--out", help="The folder in which the set folder is made, such as INVENTORY/factors.")] = Path(),
    edition: Annotated[str, typer.Option("--edition", help="The edition, where the file does not state it.", show_default=False)] = "",
    retrieved: Annotated[
        str, typer.Option("--retrieved", metavar="DATE", help="The day on which you retrieved the file.", show_default=False)
    ] = "",
    second: Annotated[
        Path | None, typer.Option("--with", metavar="FILE2", help="A second file, where the set needs one.", show_default=False)
    ] = None,
    columns: Annotated[
        Path | None, typer.Option("--columns", metavar="YAML", help="generic: the column map of the file.", show_default=False)
    ] = None,
    region: Annotated[
        str, typer.Option("--region", help="electricity_maps: the region that the file's zone stands for.", show_default=False)
    ] = "",
    show_list: Annotated[bool, typer.Option("--list", help="List the publishers and the file that each expects.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False,
) -> None:
    """Import a publisher's file as a factor set: cited by cell, whole or not at all, the same bytes each time."""
    from reporting.importers.publishers import import_publication, publishers  # noqa: PLC0415 - openpyxl takes a sixth of a second to import

    if show_list:
        listed = publishers()
        print_json(plain_record(listed)) if as_json else print_publishers(listed)
        return
    if not publisher or file is None:
        raise UsageError("publisher and FILE are needed. fix: `ghg factors import --list` names the publishers and their files")
    options = {"edition": edition, "retrieved": day(retrieved), "second": second, "columns": columns, "region": region}
    with progress() as report:
        report(f"reading {file.name}")
        imported = import_publication(publisher, file, out, options)
    print_json(plain_record(imported)) if as_json else print_imported(imported)


def day(text: str) -> date | None:
    """A date as the option gives it, None for none; raises UsageError."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise UsageError(f'--retrieved "{text}" is no date. fix: write it as 2026-11-25') from None


def print_publishers(listed: Publishers) -> None:
    """The name of each publisher, beneath it the file that is read and the options that it takes."""
    for entry in listed.publishers:
        options = f" [{', '.join(entry.options)}]" if entry.options else ""
        print_text(f"{entry.name}  ({', '.join(entry.endings)}){options}")
        print_hanging(f"    {entry.layout}")


def print_imported(imported: Imported) -> None:
    """One line per set and one per note."""
    for found in imported.sets:
        kept = "" if found.is_redistributable else "; may not be redistributed: keep it with your own inventory"
        print_text(f"{found.folder}: {found.status}, {found.factors:,} factors, {found.values:,} values. {found.licence}{kept}")
        for note in found.notes:
            print_text(f"  note: {note}")
