"""What all verbs share: progress on a terminal, JSON for machines, text as it is."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console

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
