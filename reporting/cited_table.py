"""Reading of the company's own tables beside the factor sets (rates, fuel properties): the columns of the shipped table, or InputError."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

from reporting.types import InputError


def cited_rows(path: Path, shown: str, columns: Sequence[str]) -> Iterator[tuple[str, dict[str, str]]]:
    """The rows of a CSV file with exactly these columns, each with its place to print; the citation may not be empty."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            lines = list(csv.reader(stream, strict=True))
    except (UnicodeDecodeError, csv.Error) as error:
        raise InputError(f"{shown}: cannot be read ({error}). fix: save it as CSV in UTF-8") from None
    if not lines or lines[0] != list(columns):
        found = ", ".join(lines[0]) if lines else "none"
        raise InputError(f"{shown}:1: the columns are {found[:200]}. fix: they must be {', '.join(columns)}")
    for number, line in enumerate(lines[1:], start=2):
        if line:
            yield f"{shown}:{number}", _row(f"{shown}:{number}", line, columns)


def _row(place: str, line: Sequence[str], columns: Sequence[str]) -> dict[str, str]:
    if len(line) != len(columns):
        raise InputError(f"{place}: {len(line)} cells instead of {len(columns)}. fix: give {', '.join(columns)}")
    row = dict(zip(columns, (cell.strip() for cell in line), strict=True))
    if not row["citation"]:
        raise InputError(f"{place}: the citation is missing. fix: say where the value was published")
    return row
