"""What `ghg sample` gives, frozen: the JSON Schemas are made from it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

CLAIM = "a sample and its arithmetic, not a conclusion on the disclosure"


@dataclass(frozen=True)
class SampleItem:
    """A drawn source row: its kg CO2e, how many points fell on it, and the weight (mg) and size of what it was drawn from."""

    item: str
    source_id: str
    file_path: str
    sheet: str
    row_no: int | None
    kg_co2e: Decimal
    activities: str
    evidence: str
    stratum: str
    hits: int
    stratum_weight: int
    stratum_size: int
    is_certain: bool
    row_text: str


@dataclass(frozen=True)
class RegisterItem:
    """A site, meter or asset drawn from the company's register, with what the ledger holds of it."""

    register: str
    name: str
    label: str
    registered: int
    rows_found: int
    kg_co2e: Decimal


@dataclass(frozen=True)
class Sample:
    """A sample with all that it takes to draw it again; `materiality_kg` is the threshold of the inventory times the total."""

    period: str
    view: str
    seed: str
    size: int
    by: str
    criteria: str
    figures_digest: str
    rows: int
    negative_rows: int
    never_drawn: int
    kg_co2e: Decimal
    materiality_kg: Decimal
    items: tuple[SampleItem, ...]
    registers: tuple[RegisterItem, ...]
    claim: str = CLAIM


@dataclass(frozen=True)
class Projection:
    """What the ticked items say of one stratum: known and projected overstatement (kg CO2e), and the upper limit at the confidence."""

    stratum: str
    items: int
    errors: int
    known_kg: Decimal
    projected_kg: Decimal
    upper_kg: Decimal


@dataclass(frozen=True)
class ReadSample:
    """A tick sheet as read: complete or not, the projections, and how they stand to materiality."""

    period: str
    seed: str
    is_complete: bool
    not_ticked: tuple[str, ...]
    not_found: tuple[str, ...]
    projections: tuple[Projection, ...]
    known_kg: Decimal | None
    projected_kg: Decimal | None
    upper_kg: Decimal | None
    confidence: str
    materiality_kg: Decimal
    standing: str
    claim: str = CLAIM
