"""The shapes of figures.json and of what check, build, trace and init print with --json, frozen: the JSON Schemas are made from them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from reporting.framework_rules import RuleResult
from reporting.statement import Statement
from reporting.types import Finding


@dataclass(frozen=True)
class Figure:
    """One figure of a disclosure: `value` exact, `stated` rounded half away from zero to `decimals`; both NULL where nothing is stated."""

    id: str
    framework: str
    datapoint: str
    key: str
    period: str
    view: str
    section: str
    label: str
    kind: Literal["sum", "ratio", "input", "hourly"]
    status: Literal["stated", "withheld", "no_activity", "not_material", "not_reported", "provisional", "not_applicable", "needs_person"]
    value: Decimal | None
    stated: Decimal | None
    unit: str
    decimals: int
    is_total: bool
    is_mandatory: bool
    measured_share: Decimal | None
    estimated_share: Decimal | None
    filled_share: Decimal | None
    primary_share: Decimal | None
    fallback_share: Decimal | None
    other_gwp_share: Decimal | None
    low: Decimal | None
    high: Decimal | None
    range_share: Decimal | None
    entries: int | None
    reason: str
    citation: str
    digest: str


@dataclass(frozen=True)
class Text:
    """The answer to a text datapoint in a period: Markdown with the figures put in; '' where the reason says why there is none."""

    id: str
    framework: str
    datapoint: str
    period: str
    section: str
    label: str
    status: Literal["stated", "withheld", "not_material", "not_reported", "not_applicable", "needs_person"]
    is_mandatory: bool
    text: str
    place: str
    reason: str
    citation: str


@dataclass(frozen=True)
class Organisation:
    """Who reports."""

    organisation: str
    lei: str
    country: str


@dataclass(frozen=True)
class ViewUsed:
    """A consolidation approach with its GWP set."""

    view: str
    approach: Literal["equity_share", "financial_control", "operational_control"]
    gwp_set: str


@dataclass(frozen=True)
class FactorSetUsed:
    """A factor set that the ledger rests on; `sha256` is of the publisher's file, `digest` of factors.csv."""

    set_id: str
    publisher: str
    title: str
    edition: str
    licence: str
    sha256: str
    gwp_set: str
    digest: str


@dataclass(frozen=True)
class SourceUsed:
    """A source file with the account of its rows: in = accepted + rejected + excluded."""

    path: str
    sheet: str
    sha256: str
    rows_in: int
    rows_accepted: int
    rows_rejected: int
    rows_excluded: int


@dataclass(frozen=True)
class Build:
    """What identifies a build: its digest, the engine, how it stands to the published version, and everything that it rests on."""

    digest: str
    engine: str
    period: str
    version: str
    views: tuple[ViewUsed, ...]
    factor_sets: tuple[FactorSetUsed, ...]
    sources: tuple[SourceUsed, ...]


@dataclass(frozen=True)
class Figures:
    """figures.json, whole."""

    inventory: Organisation
    build: Build
    figures: tuple[Figure, ...]
    texts: tuple[Text, ...]
    statements: tuple[Statement, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class IndexLine:
    """One datapoint of a framework in a period with its status: where it stands and what it says."""

    framework: str
    datapoint: str
    period: str
    section: str
    label: str
    clause: str
    kind: Literal["sum", "ratio", "input", "hourly", "text"]
    is_mandatory: bool
    status: Literal["stated", "withheld", "no_activity", "not_material", "not_reported", "provisional", "not_applicable", "needs_person"]
    place: str
    answer: str
    reason: str
    figure_id: str


@dataclass(frozen=True)
class Check:
    """`ghg check --json`: findings, rows by their fate, and with --framework its rules and datapoints with their results."""

    findings: tuple[Finding, ...]
    rules: tuple[RuleResult, ...]
    datapoints: tuple[IndexLine, ...]
    rows: dict[Literal["in", "accepted", "rejected", "excluded"], int]
    marked: tuple[str, ...]


@dataclass(frozen=True)
class Template:
    """`ghg template --json`: the workbook, its sheets for entry, the row of the column names, and how many rows were put in."""

    path: str
    sheets: tuple[str, ...]
    header_row: int
    rows: int


@dataclass(frozen=True)
class Built:
    """`ghg build --json`: what was written, format to path."""

    period: str
    digest: str
    files: dict[str, str]


@dataclass(frozen=True)
class Traced:
    """`ghg trace --json`: a figure, the ledger lines that add up to it with their source rows, and for a ratio its two parts."""

    figure: dict[str, str | int | bool | None]
    total: Decimal | None
    is_exact: bool
    lines: tuple[dict[str, str | int | bool | date | Decimal | list[str] | None], ...]
    parts: tuple[Traced, ...]


@dataclass(frozen=True)
class Started:
    """`ghg init --json`: the files written, relative to the folder."""

    folder: str
    files: tuple[str, ...]
