"""What stands behind the figures, as frozen records: factors, files, findings, exclusions, the traced ledger lines."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class FactorValue:
    """One gas row of a factor: the publisher's cell verbatim and the value used, kg per unit."""

    gas: str
    published: str
    published_unit: str
    used: str
    used_unit: str
    citation: str


@dataclass(frozen=True, slots=True)
class Factor:
    """A factor that priced at least one ledger line of the period."""

    factor_id: str
    label: str
    region: str
    supplier: str
    year: str
    basis: str
    boundary: str
    values: tuple[FactorValue, ...]
    published_text: str
    used_text: str
    place: str
    lines: int
    mark: str


@dataclass(frozen=True, slots=True)
class Publication:
    """A factor set edition with the factors used from it, its licence and the attribution it asks for."""

    set_id: str
    publisher: str
    title: str
    edition: str
    url: str
    licence: str
    attribution: str
    retrieved: str
    sha256: str
    gwp_set: str
    usable_until: str
    is_own: bool
    factors: tuple[Factor, ...]


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file as received and what became of its rows: rows = accepted + rejected + excluded, else `is_balanced` is False."""

    source_id: str
    path: str
    sheet: str
    sha256: str
    size: int
    rows: int
    accepted: int
    rejected: int
    excluded: int

    @property
    def is_balanced(self) -> bool:
        """Whether every row of the file is accounted for."""
        return self.rows == self.accepted + self.rejected + self.excluded


@dataclass(frozen=True, slots=True)
class FindingLine:
    """One finding as printed: where, what, what it damages, how to mend it."""

    rule: str
    severity: str
    place: str
    row_text: str
    subject: str
    message: str
    damages: tuple[str, ...]
    fix: str
    citation: str


@dataclass(frozen=True, slots=True)
class FindingGroup:
    """The findings of one rule: how many there are in all, their fix where it is one, and the first few."""

    rule: str
    severity: str
    count: int
    citation: str
    fix: str
    shown: tuple[FindingLine, ...]


@dataclass(frozen=True, slots=True)
class Exclusion:
    """Something left out on purpose, with its reason and, where omitted, its estimate in t CO2e."""

    source_id: str
    subject: str
    kind: str
    reason: str
    estimated_t_co2e: Decimal | None
    estimate_text: str
    by: str
    approved_by: str
    date: str


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One ledger line as printed in the trace; quantities and factors without trailing zeros, kg CO2e with three decimals."""

    entry_id: str
    month: str
    site: str
    activity: str
    quantity: str
    unit: str
    factor: str
    factor_unit: str
    gas: str
    gwp: str
    share: str
    kg_co2e: Decimal
    kg_text: str
    factor_id: str
    factor_citation: str
    place: str


@dataclass(frozen=True, slots=True)
class ActivityTotal:
    """Activity data of the period summed per activity type and unit."""

    scope: str
    label: str
    quantity: str
    unit: str
    lines: int


@dataclass(frozen=True, slots=True)
class Entity:
    """An entity within the boundary and its weight in the lead view, as printed."""

    name: str
    country: str
    ownership: str
    weight: str
    sites: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Person:
    """Who prepared, reviewed or approved; the name is '' where nobody is named."""

    duty: str
    name: str
    role: str


@dataclass(frozen=True, slots=True)
class Note:
    """A paragraph of the methodology."""

    title: str
    text: str
