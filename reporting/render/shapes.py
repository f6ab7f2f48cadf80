"""What a reader sees, as frozen records: exact numbers beside the very text that is printed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from reporting.render.annex_shapes import ActivityTotal, Entity, Exclusion, FindingGroup, LedgerLine, Note, Person, Publication, SourceFile
from reporting.render.texts import Text
from reporting.statement import Statement


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of one framework in one period; `text` and `comparative_text` are what every document prints.

    `value` is exact, `stated` is rounded; both are None where nothing can be stated. Shares are 0..1 or None.
    """

    figure_id: str
    framework: str
    datapoint: str
    key: str
    view: str
    section: str
    label: str
    kind: str
    unit: str
    unit_text: str
    decimals: int
    status: str
    status_text: str
    value: Decimal | None
    stated: Decimal | None
    text: str
    comparative_status: str
    comparative_value: Decimal | None
    comparative_stated: Decimal | None
    comparative_text: str
    change: Decimal | None
    change_text: str
    is_total: bool
    is_mandatory: bool
    measured_share: Decimal | None
    estimated_share: Decimal | None
    primary_share: Decimal | None
    fallback_share: Decimal | None
    other_gwp_share: Decimal | None
    entries: int
    reason: str
    citation: str
    position: int
    digest: str

    @property
    def is_quiet(self) -> bool:
        """Whether it is a part of a split figure that says nothing, now and in the comparative period."""
        return bool(self.key) and self.status in QUIET and self.comparative_status in QUIET | {""}


QUIET = frozenset({"no_activity", "not_material", "not_reported"})
"""A part of a split figure that has nothing to say, in the period and in the comparative one, needs no line of its own."""


@dataclass(frozen=True, slots=True)
class Quiet:
    """Parts of one split figure with the same status: `ids` is what they share of their id, then what they differ in."""

    label: str
    status_text: str
    names: tuple[str, ...]
    ids: str


@dataclass(frozen=True, slots=True)
class Withheld:
    """Figures of one datapoint withheld for one reason; `names` and `ids` as those of Quiet, no names for a single figure."""

    label: str
    names: tuple[str, ...]
    ids: str
    reason: str
    is_mandatory: bool


@dataclass(frozen=True, slots=True)
class Section:
    """The figures of a framework that stand under one heading, in order."""

    title: str
    figures: tuple[Figure, ...]

    @property
    def lines(self) -> tuple[Figure, ...]:
        """The figures that have a line of their own."""
        return tuple(figure for figure in self.figures if not figure.is_quiet)

    @property
    def quiet(self) -> tuple[Quiet, ...]:
        """The others, by datapoint and status."""
        groups: dict[tuple[str, str], list[Figure]] = {}
        for figure in self.figures:
            if figure.is_quiet:
                groups.setdefault((figure.datapoint, figure.status), []).append(figure)
        return tuple(_quiet(group) for group in groups.values())


def _quiet(group: Sequence[Figure]) -> Quiet:
    label = group[0].label.rpartition(": ")[0]
    split = group[0].figure_id.partition("=")[0]
    values = ", ".join(figure.key.partition("=")[2] for figure in group)
    return Quiet(label, group[0].text, tuple(figure.label.rpartition(": ")[2] for figure in group), f"{split}={values}")


def _withheld(group: Sequence[Figure]) -> Withheld:
    first = group[0]
    if len(group) == 1:
        return Withheld(first.label, (), first.figure_id, first.reason, first.is_mandatory)
    alike = _quiet(group)
    return Withheld(alike.label, alike.names, alike.ids, first.reason, first.is_mandatory)


@dataclass(frozen=True, slots=True)
class FrameworkView:
    """One framework edition with the consolidation approach and GWP set in which it was computed."""

    framework: str
    title: str
    edition: str
    view: str
    approach: str
    approach_text: str
    gwp_set: str
    note: str
    sections: tuple[Section, ...]

    @property
    def figures(self) -> tuple[Figure, ...]:
        """All figures of the framework in order."""
        return tuple(figure for section in self.sections for figure in section.figures)


@dataclass(frozen=True, slots=True)
class Point:
    """One bar or mark of a chart: exact value in the chart's unit (None: nothing can be drawn) and its printed text."""

    label: str
    value: Decimal | None
    text: str
    group: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """Data of one chart; `caption` says what is drawn, `note` what is not."""

    name: str
    title: str
    caption: str
    unit_text: str
    points: tuple[Point, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Trace:
    """A figure followed down to its ledger lines; `shown_text` and `total_text` differ where lines were left out."""

    figure: Figure
    lines: tuple[LedgerLine, ...]
    line_count: int
    shown_kg: Decimal
    shown_text: str
    total_kg: Decimal
    total_text: str
    rest_text: str
    total_tonnes_text: str


@dataclass(frozen=True, slots=True)
class StatementView:
    """A statement as printed: headings and cells as text, and which columns hold numbers."""

    title: str
    lead: str
    place: str
    headings: tuple[str, ...]
    is_number: tuple[bool, ...]
    rows: tuple[tuple[str, ...], ...]
    statement: Statement


@dataclass(frozen=True, slots=True)
class DisclosureView:
    """Everything a person sees of one disclosure, made once from the tables."""

    organisation: str
    lei: str
    country: str
    title: str
    period: str
    period_text: str
    period_span: str
    period_kind: str
    comparative: str
    comparative_text: str
    version: str
    digest: str
    engine_version: str
    source_date_epoch: int
    people: tuple[Person, ...]
    is_interim: bool
    is_incomplete: bool
    frameworks: tuple[FrameworkView, ...]
    statements: tuple[StatementView, ...]
    key_figures: tuple[Figure, ...]
    charts: tuple[Chart, ...]
    withheld: tuple[Figure, ...]
    narrative: tuple[Note, ...]
    method: tuple[Note, ...]
    entities: tuple[Entity, ...]
    exclusions: tuple[Exclusion, ...]
    activities: tuple[ActivityTotal, ...]
    publications: tuple[Publication, ...]
    sources: tuple[SourceFile, ...]
    findings: tuple[FindingGroup, ...]
    finding_count: int
    findings_elsewhere: int
    ledger_line_count: int
    trace: Trace | None
    texts: tuple[Text, ...] = ()

    @property
    def figures(self) -> tuple[Figure, ...]:
        """All figures of all frameworks in order."""
        return tuple(figure for framework in self.frameworks for figure in framework.figures)

    @property
    def withheld_groups(self) -> tuple[Withheld, ...]:
        """The withheld figures, parts of one split figure together where they share the reason."""
        groups: dict[tuple[str, ...], list[Figure]] = {}
        for figure in self.withheld:
            name = figure.datapoint if figure.key.count("=") == 1 else figure.figure_id
            groups.setdefault((figure.framework, name, figure.reason, str(figure.is_mandatory)), []).append(figure)
        return tuple(_withheld(group) for group in groups.values())

    def statements_at(self, place: str) -> tuple[StatementView, ...]:
        """The statements that stand after the figures of a framework, or in the annex."""
        return tuple(statement for statement in self.statements if statement.place == place)

    def texts_of(self, framework: str) -> tuple[Text, ...]:
        """The texts of a framework that are given; those that are not stand in its index."""
        return tuple(text for text in self.texts if text.framework == framework and text.text)

    @property
    def short_digest(self) -> str:
        """The first twelve hexadecimal digits of the build digest."""
        return self.digest[:12]
