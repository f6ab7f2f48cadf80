"""Findings as people read them: by rule, and what differs only in its period or its numbers as one entry with its places."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from reporting.types import Finding

CHANGING = re.compile(
    r"(?<!\d)(?P<day>[12]\d{3}-\d{2}-\d{2})(?:T[\d:.]+Z?)?(?![\d-])"
    r"|(?<!\d)(?P<month>[12]\d{3}-\d{2})(?![\d-])"
    r"|(?<!\d)(?P<quarter>(?:FY)?[12]\d{3}-Q[1-4](?:-YTD|-TTM)?)(?!\w)"
    r"|(?<=@)(?P<year>(?:FY)?[12]\d{3})(?![\w-])"
    r"|(?<![\w.:/@#-])(?P<number>-?\d[\d,]*(?:\.\d+)?(?:[eE][-+]?\d+)?)(?![\w:/@#-]|\.\w)"
)
"""What may differ between findings of one entry: days, months, quarters and years of a period, and numbers that are no part of a name."""
PLACES = 4


@dataclass(frozen=True)
class Entry:
    """Findings of one rule that say the same of several places or periods; at least one, the first stands for all."""

    findings: tuple[Finding, ...]

    @property
    def first(self) -> Finding:
        """The finding that is shown."""
        return self.findings[0]

    @cached_property
    def damages(self) -> tuple[str, ...]:
        """Every figure that one of them withholds, once each."""
        return tuple(dict.fromkeys(figure for finding in self.findings for figure in finding.damages))

    @cached_property
    def span(self) -> str:
        """The first and the last of the periods in which they differ, as `2026-04 to 2026-09`; empty where they differ in none."""
        for text in ("message", "subject"):
            for found in zip(*(changing(getattr(finding, text)) for finding in self.findings), strict=False):
                names = sorted({value for kind, value in found if kind != "number"})
                if len(names) > 1 and len({kind for kind, _ in found}) == 1:
                    return f"{names[0]} to {names[-1]}"
        return ""

    @property
    def told(self) -> str:
        """How often and over which span, as `6 times, 2026-04 to 2026-09`; empty where all say the very same of one place."""
        times = len({(finding.file, finding.row, finding.subject, finding.message) for finding in self.findings})
        return ", ".join(part for part in (f"{times:,} times", self.span) if part) if times > 1 else ""

    @property
    def others(self) -> str:
        """The first few further places, the rows of a file behind one another; empty where all are in the same place."""
        places = dict.fromkeys((finding.file or finding.subject, finding.row) for finding in self.findings)
        del places[next(iter(places))]
        shown = list(places)[:PLACES]
        named = [
            name if rows == [None] else f"{name}:{', '.join(map(str, rows))}"
            for name, rows in ((name, [row for _, row in group]) for name, group in groupby(shown, key=lambda place: place[0]))
        ]
        more = len(places) - len(shown)
        return ", ".join(named) + (f" and {more} more" if more else "")


@dataclass(frozen=True)
class Group:
    """What a rule found: its entries in the order in which they were found."""

    rule: str
    severity: str
    entries: tuple[Entry, ...]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All of them."""
        return tuple(finding for entry in self.entries for finding in entry.findings)

    @property
    def fix(self) -> str:
        """How to mend it, where that is the same for all; else empty."""
        fixes = {entry.first.fix for entry in self.entries}
        return fixes.pop() if len(fixes) == 1 else ""


def changing(text: str) -> list[tuple[str, str]]:
    """The periods and numbers of a text, each with its kind."""
    return [(str(match.lastgroup), str(match[str(match.lastgroup)])) for match in CHANGING.finditer(text)]


def shape(text: str) -> str:
    """A text with its periods and numbers taken out."""
    return CHANGING.sub(lambda match: f"<{match.lastgroup}>", text)


def grouped(findings: Sequence[Finding], *, every: bool = False) -> tuple[Group, ...]:
    """Findings by rule, in the order of the first of each; with `every` none stands for another."""
    groups: dict[tuple[str, str], dict[object, list[Finding]]] = {}
    for number, finding in enumerate(findings):
        key = number if every else (shape(finding.message), shape(finding.fix))
        groups.setdefault((finding.rule, finding.severity), {}).setdefault(key, []).append(finding)
    return tuple(
        Group(rule, severity, tuple(Entry(tuple(found)) for found in entries.values())) for (rule, severity), entries in groups.items()
    )
