"""What a publisher's file does not say of itself: known files by their digest in known_files.csv, others by what the user states."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from pathlib import Path

from reporting.digest import file_sha256
from reporting.types import UsageError

USABLE_YEARS = 2
"""A set may be used until the end of the second year after the year that its edition, or else its retrieval, names."""


@dataclass(frozen=True, slots=True)
class Publication:
    """A publisher's file: its digest, its edition and when it was retrieved."""

    sha256: str
    edition: str
    retrieved: date
    usable_until: date


def identify(publisher: str, path: Path, edition: str, retrieved: date | None, digest: str = "") -> Publication:
    """Return what is known or stated of a file; raises UsageError naming the option that is missing, never guesses."""
    digest = digest or file_sha256(path)
    known = next((row for row in _known() if row["publisher"] == publisher and row["sha256"] == digest), None)
    stated = edition or (known["edition"] if known else "")
    day = retrieved or (date.fromisoformat(known["retrieved"]) if known else None)
    missing = [option for option, value in (("--edition", stated), ("--retrieved YYYY-MM-DD", day)) if not value]
    if day is None or not stated:
        raise UsageError(f"{path}: is not a file that is known by its digest. fix: add {' and '.join(missing)}")
    until = date.fromisoformat(known["usable_until"]) if known and not edition else date(_year(stated, day) + USABLE_YEARS, 12, 31)
    return Publication(digest, stated, day, until)


def year_of(edition: str) -> str:
    """Return the first year that an edition names; raises UsageError where there is none."""
    found = re.search(r"(?<!\d)20\d\d(?!\d)", edition)
    if found is None:
        raise UsageError(f'--edition "{edition}" names no year. fix: write it with its year, as "May 2027"')
    return found[0]


def _year(edition: str, retrieved: date) -> int:
    """Return the year of an edition, or of the retrieval where the edition is a version number."""
    found = re.search(r"(?<!\d)20\d\d(?!\d)", edition)
    return int(found[0]) if found else retrieved.year


def _known() -> list[dict[str, str]]:
    table = files("reporting.importers").joinpath("known_files.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(table.splitlines()))
