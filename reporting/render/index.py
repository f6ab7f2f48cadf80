"""The disclosure index as printed: datapoints that share status, section and answer stand in one row."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

LONGEST = 16
"""Datapoints of a row: a row is not broken over pages."""
FIGURE_STATUSES = frozenset({"stated", "no activity", "not material", "provisional"})


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """Datapoints with their clauses, and what holds for each of them: `answer` is a text or a reason, never a value."""

    status: str
    place: str
    answer: str
    datapoints: tuple[str, ...]


def index_entries(rows: Iterable[tuple[str, str, str, str, str]]) -> list[IndexEntry]:
    """Fold rows of datapoint, clause, status, place and answer; the value of a figure stands in its section and is not repeated."""
    groups: dict[tuple[str, str, str], list[str]] = {}
    for datapoint, clause, status, place, answer in rows:
        is_value = status in FIGURE_STATUSES and answer != "text"
        shared = "" if is_value else re.sub(r"(narratives/[^/]+/)\S+\.md", r"\1", answer)
        groups.setdefault((status, place, shared), []).append(f"{datapoint} ({clause})")
    return [IndexEntry(*key, part) for key, datapoints in groups.items() for part in batched(tuple(datapoints), LONGEST)]


def batched(datapoints: tuple[str, ...], size: int) -> list[tuple[str, ...]]:
    """Parts of at most that many, in order."""
    return [datapoints[start : start + size] for start in range(0, len(datapoints), size)]
