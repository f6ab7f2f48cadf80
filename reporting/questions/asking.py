"""Asking the database: a named question gives a DataFrame with exact values; a name that nobody knows gives a suggestion."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process

from reporting.database import Connection, body
from reporting.frames import frame
from reporting.types import UsageError

if TYPE_CHECKING:
    import pandas as pd
    from _typeshed import DataclassInstance

FOLDER = Path(__file__).parent


def ask(connection: Connection, question: str, parameters: Mapping[str, object] | None = None) -> pd.DataFrame:
    """The rows of questions/<question>.sql, as Python has them: decimals stay decimals, nothing stays None."""
    cursor = connection.execute(body(FOLDER / f"{question}.sql"), dict(parameters or {}))
    names = [column[0] for column in cursor.description or []]
    return frame(cursor.fetchall(), names)


def nearest(wanted: str, known: Iterable[str], limit: int = 3) -> list[str]:
    """The known names that are spelt most like the one wanted, best first."""
    names = sorted(set(known))
    found = process.extract(wanted, names, scorer=fuzz.WRatio, processor=str.lower, score_cutoff=60, limit=limit)
    return [name for name, _, _ in found]


def unknown(kind: str, wanted: str, known: Iterable[str], otherwise: str) -> UsageError:
    """The error for a name that nobody knows: did you mean, or else what to do."""
    close = nearest(wanted, known)
    fix = f"did you mean {' or '.join(close)}?" if close else f"fix: {otherwise}"
    return UsageError(f'unknown {kind} "{wanted}". {fix}')


def plain_record(answer: DataclassInstance) -> dict[str, object]:
    """A frozen answer as plain dictionaries and lists, for JSON."""
    return asdict(answer)
