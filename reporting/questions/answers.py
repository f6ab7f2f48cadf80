"""The shapes of the answers, frozen: what the functions promise, and what the JSON Schemas are made from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from reporting.types import Finding

GwpSet = Literal["SAR", "TAR", "AR4", "AR5", "AR6"]
Status = Literal["actual", "estimated", "accrued", "filled", "missing", "none"]


@dataclass(frozen=True)
class Candidate:
    """One factor considered for one activity and basis: rank 1 was used, rank 0 may not be and `reason` says why. Biogenic CO2 apart."""

    activity_id: str
    activity_type: str
    activity_label: str
    derivation: str
    region: str
    supplier: str
    unit: str
    first_month: str
    last_month: str
    basis: str
    boundary_asked: str
    rank: int
    factor_id: str
    label: str
    set_id: str
    publication: str
    factor_region: str
    year: int
    factor_basis: str
    boundary: str
    kg_co2e_per_unit: Decimal | None
    per_unit: str
    is_fallback: bool
    reason: str
    citation: str


@dataclass(frozen=True)
class Unpriced:
    """An activity and basis for which no factor came into question, with the factors of its type that exist elsewhere."""

    activity_id: str
    activity_type: str
    region: str
    unit: str
    month: str
    basis: str
    message: str


@dataclass(frozen=True)
class WhyNot:
    """Answer to `ghg why-not`: candidates by activity, basis and rank; `unpriced` where there is none."""

    activity: str
    gwp_set: str
    candidates: tuple[Candidate, ...]
    unpriced: tuple[Unpriced, ...]


@dataclass(frozen=True)
class CoverageCell:
    """One site (entity, where a row names no site), carrier and month; `days` covered by the least-read of the declared meters."""

    site: str
    carrier: str
    month: str
    status: Status
    meters: int
    days: Decimal | None
    days_in_month: int


@dataclass(frozen=True)
class SourceAccount:
    """Rows of a source file: in = accepted + rejected + excluded."""

    source_id: str
    path: str
    sheet: str
    rows_in: int
    rows_accepted: int
    rows_rejected: int
    rows_excluded: int


@dataclass(frozen=True)
class Coverage:
    """Answer to `ghg coverage`."""

    cells: tuple[CoverageCell, ...]
    sources: tuple[SourceAccount, ...]


@dataclass(frozen=True)
class CalculatedLine:
    """One activity or derived activity of a row, without biogenic CO2; both amounts are equal where there is one basis."""

    row: int
    activity_id: str
    derivation: str
    activity_type: str
    activity_label: str
    region: str
    scope: str
    scope3_category: str
    quantity: Decimal | None
    unit: str
    location_kg_co2e: Decimal | None
    market_kg_co2e: Decimal | None
    biogenic_kg_co2: Decimal
    factors: tuple[str, ...]
    citations: tuple[str, ...]


@dataclass(frozen=True)
class CalculatedTotal:
    """A figure over all rows of one year; NULL where it is withheld or there is no activity."""

    id: str
    period: str
    label: str
    status: str
    value: Decimal | None
    unit: str
    reason: str


@dataclass(frozen=True)
class Calculation:
    """Answer to `ghg calculate`."""

    file: str
    gwp_set: GwpSet
    lines: tuple[CalculatedLine, ...]
    totals: tuple[CalculatedTotal, ...]
    findings: tuple[Finding, ...]
    rows: SourceAccount


@dataclass(frozen=True)
class FactorSet:
    """One published edition of emission factors."""

    set_id: str
    publisher: str
    title: str
    edition: str
    factors: int
    values: int
    first_year: int | None
    last_year: int | None
    gwp_set: str
    usable_until: date
    licence: str
    is_redistributable: bool
    is_own: bool
    url: str
    retrieved: date
    sha256: str
    digest: str


@dataclass(frozen=True)
class FactorSets:
    """Answer to `ghg factors list`."""

    sets: tuple[FactorSet, ...]


@dataclass(frozen=True)
class FoundFactor:
    """One factor of a search, biogenic CO2 apart; `older_years` counts it in earlier years and editions, `words` those that it holds."""

    factor_id: str
    label: str
    activity_type: str
    region: str
    region_distance: int | None
    relation: Literal["itself", "contains", "neighbour", ""]
    supplier: str
    year: int
    basis: str
    boundary: str
    kg_co2e_per_unit: Decimal | None
    per_unit: str
    set_id: str
    publication: str
    older_years: int
    words: int
    score: int


@dataclass(frozen=True)
class FactorSearch:
    """Answer to `ghg factors search`; `found` counts all, `factors` holds the first of them, best first."""

    words: tuple[str, ...]
    read_as: tuple[str, ...]
    region: str
    activity_type: str
    gwp_set: GwpSet
    found: int
    factors: tuple[FoundFactor, ...]


@dataclass(frozen=True)
class GasValue:
    """One gas of a factor: the cell as printed, and the value as used, kg of the gas or kg CO2e of it per unit."""

    gas: str
    is_biogenic: bool
    published_value: str
    published_unit: str
    value: Decimal
    value_as: Literal["kg_gas", "kg_co2e"]
    per_unit: str
    uncertainty: str
    citation: str


@dataclass(frozen=True)
class GwpTotal:
    """CO2e of one unit under a GWP set, biogenic CO2 apart; NULL where the set has no value for a gas of the factor."""

    gwp_set: GwpSet
    kg_co2e: Decimal | None
    biogenic_kg_co2: Decimal
    missing_gases: tuple[str, ...]


@dataclass(frozen=True)
class OtherMetric:
    """CO2e of one unit by a GWP that no inventory adds up: another horizon, or climate-carbon feedbacks. NULL where it lacks a gas."""

    gwp_set: str
    horizon_years: int
    kg_co2e: Decimal | None
    missing_gases: tuple[str, ...]


@dataclass(frozen=True)
class Edition:
    """The same factor in another edition of the same publisher; the change leads from the earlier to the later, per cent."""

    relation: Literal["predecessor", "successor"]
    factor_id: str
    label: str
    set_id: str
    publication: str
    year: int
    gwp_set: str
    kg_co2e_per_unit: Decimal | None
    per_unit: str
    change_percent: Decimal | None


@dataclass(frozen=True)
class FactorDetail:
    """Answer to `ghg factors show`."""

    factor_id: str
    label: str
    activity_type: str
    region: str
    region_name: str
    supplier: str
    valid_from: date
    valid_to: date
    basis: str
    boundary: str
    per_unit: str
    price_year: str
    factor_set: FactorSet
    gases: tuple[GasValue, ...]
    totals: tuple[GwpTotal, ...]
    other_metrics: tuple[OtherMetric, ...]
    editions: tuple[Edition, ...]
