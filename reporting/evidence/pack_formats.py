"""What `ghg pack` and `ghg verify` give, frozen: the JSON Schemas are made from them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

CLAIM = "re-performance, not verification under ISO 14064-3"


@dataclass(frozen=True)
class Coverage:
    """Tonnes of the disclosed view by what stands behind them, absolute values of lines added up."""

    state: str
    scope: str
    documents: str
    activities: int
    kg_co2e: Decimal


@dataclass(frozen=True)
class Packed:
    """A pack as written: where, of what, and the three digests by which it can be known."""

    path: Path
    version: str
    period: str
    files: int
    bytes: int
    pack_digest: str
    figures_digest: str
    version_digest: str
    left_out: tuple[str, ...]
    coverage: tuple[Coverage, ...]


@dataclass(frozen=True)
class Verified:
    """What a verification found: what agrees, what differs, what was not looked at; nothing differs where `differences` is empty."""

    path: Path
    version: str
    period: str
    pack_digest: str
    figures_digest: str
    checked: tuple[str, ...]
    differences: tuple[str, ...]
    not_checked: tuple[str, ...]
    claim: str = CLAIM
