"""The frozen records that cross module borders: findings, periods, the result of a build."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning", "note"]


@dataclass(frozen=True, order=True)
class Finding:
    """One problem found in the data: what is wrong, where, what it damages and how to mend it."""

    rule: str
    severity: Severity
    file: str
    row: int | None
    subject: str
    message: str
    fix: str
    row_text: str = ""
    damages: tuple[str, ...] = ()
    citation: str = ""
    cell: str = ""
    """Sheet and cell of a workbook, as Fuels!E12; a whole row is Fuels!12:12."""


class InputError(Exception):
    """Input that stops the run before anything is written; the message names file, place, fault and fix on one line."""


class UsageError(Exception):
    """A call that asks for something that is not there (unknown period, figure or factor); exit code 2."""
