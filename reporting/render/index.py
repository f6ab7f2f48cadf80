"""The disclosure index as printed: one row for what shares status, section and answer; clauses without what they share."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, takewhile

LONGEST = 24
"""Datapoints of a row: a row is not broken over pages."""
FIGURE_STATUSES = frozenset({"stated", "no activity", "not material", "provisional"})
CLAUSE = re.compile(r"(?P<place>.*?)(?: \((?P<id>[^()]+)\))?(?P<condition>, where it applies|, phased in)?")
"""A clause as the taxonomies write it: place, identifier of the datapoint in them, condition."""
SERIES = 2
"""Words of a clause that name its standard; datapoints are grouped by them."""


@dataclass(frozen=True, slots=True)
class Clauses:
    """Datapoints of one standard and condition, each with the rest of its clause."""

    standard: str
    datapoints: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """Datapoints with their clauses, and what holds for each of them: `answer` is a text or a reason, never a value."""

    status: str
    place: str
    answer: str
    clauses: tuple[Clauses, ...]


@dataclass(frozen=True, slots=True)
class _Point:
    """A datapoint with the words of its clause; an identifier that only repeats the datapoint's is left out."""

    name: str
    words: tuple[str, ...]
    condition: str

    @property
    def series(self) -> tuple[tuple[str, ...], str]:
        return self.words[:SERIES], self.condition


def index_entries(rows: Iterable[tuple[str, str, str, str, str]]) -> list[IndexEntry]:
    """Fold rows of datapoint, clause, status, place and answer; the value of a figure stands in its section and is not repeated."""
    groups: dict[tuple[str, str, str], list[_Point]] = {}
    for datapoint, clause, status, place, answer in rows:
        is_value = status in FIGURE_STATUSES and answer != "text"
        shared = "" if is_value else re.sub(r"(narratives/[^/]+/)\S+\.md", r"\1", answer)
        groups.setdefault((status, place, shared), []).append(_point(datapoint, clause))
    names = _names(point for points in groups.values() for point in points)
    return [IndexEntry(*key, _in_series(part, names)) for key, points in groups.items() for part in batched(points, LONGEST)]


def batched(points: Sequence[_Point], size: int) -> list[Sequence[_Point]]:
    """Parts of at most that many, in order."""
    return [points[start : start + size] for start in range(0, len(points), size)]


def _in_series(points: Sequence[_Point], names: Mapping[tuple[str, ...], int]) -> tuple[Clauses, ...]:
    """Points of one standard and condition together, in the order of their first ones."""
    series: dict[tuple[tuple[str, ...], str], list[_Point]] = {}
    for point in points:
        series.setdefault(point.series, []).append(point)
    return tuple(_clauses(members, names[standard]) for (standard, _), members in series.items())


def _point(datapoint: str, clause: str) -> _Point:
    match = CLAUSE.fullmatch(clause)
    place, identifier, condition = (match["place"], match["id"], match["condition"]) if match else (clause, None, None)
    is_own = identifier is None or datapoint.removesuffix(" *").startswith(identifier)
    return _Point(datapoint, tuple((place if is_own else f"{place} ({identifier})").split(" ")), (condition or "").removeprefix(", "))


def _names(points: Iterable[_Point]) -> dict[tuple[str, ...], int]:
    """Words that all clauses of a series of this index begin with."""
    names: dict[tuple[str, ...], tuple[str, ...]] = {}
    for point in points:
        words = tuple(word.rstrip(",") for word in point.words)
        names[point.series[0]] = _shared(names.get(point.series[0], words), words)
    return {series: len(words) for series, words in names.items()}


def _shared(first: tuple[str, ...], second: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word for word, _ in takewhile(lambda pair: pair[0] == pair[1], zip(first, second, strict=False)))


def _clauses(points: Sequence[_Point], named: int) -> Clauses:
    """Datapoints of one clause behind it, those of several behind the name of the standard and with the rest of the clause each."""
    same = len(points[0].words) if len({point.words for point in points}) == 1 else named
    standard = " ".join(points[0].words[:same]).rstrip(",")
    datapoints = []
    for rest, alike in groupby(points, key=lambda point: point.words[same:]):
        place = f" ({' '.join(rest)})" if rest else ""
        datapoints.append(", ".join(point.name for point in alike) + place)
    condition = points[0].condition
    return Clauses(f"{standard}, {condition}" if condition else standard, tuple(datapoints))
