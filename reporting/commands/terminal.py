"""What all verbs share: progress on a terminal, JSON for machines, tables for people."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from rich.console import Console
from rich.table import Table

from reporting.digest import jsonable
from reporting.pipeline import Progress, silent

WIDTH_OF_A_PIPE = 160


def _console(*, stderr: bool) -> Console:
    console = Console(stderr=stderr, highlight=False, markup=False, emoji=False)
    if not console.is_terminal and "COLUMNS" not in os.environ:
        console.width = WIDTH_OF_A_PIPE
    return console


out = _console(stderr=False)
err = _console(stderr=True)


@contextmanager
def progress() -> Iterator[Progress]:
    """A status line on a terminal, nothing in a pipe."""
    if not err.is_terminal:
        yield silent
        return
    with err.status("starting") as status:
        yield status.update


def print_json(value: object) -> None:
    """One JSON document on stdout: sorted keys, decimals as text."""
    sys.stdout.write(json.dumps(jsonable(value), sort_keys=True, indent=1, ensure_ascii=False) + "\n")


def print_text(text: str, *, stderr: bool = False, style: str | None = None) -> None:
    """Text as it is; control characters that could steer a terminal are shown, not sent."""
    console = err if stderr else out
    console.print(
        "".join(character if character.isprintable() or character in "\n\t" else repr(character)[1:-1] for character in text),
        soft_wrap=True,
        style=style,
    )


def print_table(title: str, columns: Sequence[str], rows: Sequence[Sequence[object]], right: Sequence[str] = ()) -> None:
    """A table for people; columns named in `right` are set flush right."""
    table = Table(
        title=title or None, title_justify="left", title_style="bold", header_style="bold", box=None, pad_edge=False, padding=(0, 2, 0, 0)
    )
    for column in columns:
        table.add_column(column, justify="right" if column in right else "left", overflow="fold")
    for row in rows:
        table.add_row(*("" if cell is None else str(jsonable(cell)) for cell in row))
    out.print(table)
