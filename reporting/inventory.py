"""The user's inventory folder: inventory.yaml as checked types; unknown keys are refused by name."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, ValidationError, model_validator

from reporting.coverage import Coverage, Memo, RoleChoice
from reporting.declarations import Asset, Closed, Confirmation, Datapoint, DatapointStatus, Explanation, Fill, Stored, System, Target
from reporting.exact_yaml import load_yaml
from reporting.fields import FAR_FUTURE, FAR_PAST, Model, Name, Number, PeriodName, Share, Text
from reporting.hourly import Hourly
from reporting.inventory_folder import inventory_file
from reporting.source_parts import Part, Stated
from reporting.types import InputError
from reporting.uncertainty_policy import UncertaintyPolicy

Tenure = Literal["own", "operating_lease", "finance_lease", "leased_out_operating", "leased_out_finance", "franchised", "colocation"]


class Organisation(Model):
    """The reporting organisation."""

    name: Text
    lei: str = Field(default="", pattern=r"^([A-Z0-9]{18}[0-9]{2})?$")
    country: str = Field(pattern=r"^[A-Z]{2}$")
    currency: str = Field(pattern=r"^[A-Z]{3}$")
    nace: str = ""
    nace_revision: Literal["2", "2.1"] = "2"


class Entity(Model):
    """A legal entity with the organisation's interest in it, half-open validity."""

    id: Name
    name: Text
    country: str = Field(pattern=r"^[A-Z]{2}$")
    parent: str = ""
    ownership: Share
    financial_control: bool | Literal["joint"]
    operational_control: bool
    investment: Literal["derived", "stated"] = "derived"
    nace: str = ""
    valid_from: date = FAR_PAST
    valid_to: date = FAR_FUTURE


class Pue(Model):
    """Power usage effectiveness of a site (ISO/IEC 30134-2): facility energy over IT energy, at least 1."""

    value: Annotated[Number, Field(ge=1)]
    kind: Literal["measured", "design", "vendor"]
    valid_from: date = FAR_PAST
    valid_to: date = FAR_FUTURE
    citation: Text


class Meter(Model):
    """A meter of a site."""

    id: Name
    carrier: Text


class Site(Model):
    """A place with one grid region."""

    id: Name
    name: Text
    entity: Name
    country: str = Field(pattern=r"^[A-Z]{2}$")
    region: Text
    area_m2: Number | None = None
    tenure: Tenure = "own"
    pue: tuple[Pue, ...] = ()
    meters: tuple[Meter, ...] = ()


class View(Model):
    """A consolidation approach (GHG Protocol Corporate Standard ch. 3) and a GWP set: SAR to AR6, or one of factors/gwp.csv."""

    approach: Literal["equity_share", "financial_control", "operational_control"]
    gwp_set: Name


class Source(Model):
    """A group of files of one format."""

    path: Text
    connector: Name
    rank: Literal["", "meter", "vendor", "tracker", "estimate", "spend"] = ""
    options: dict[Name, Text] = Field(default={})
    memo: tuple[Memo, ...] = ()
    covers: tuple[str, ...] = ()
    confidential: str = ""
    sheet: str = ""
    columns: dict[str, str] = Field(default={})
    constants: dict[str, str] = Field(default={})
    activities: tuple[Part, ...] = ()
    method: str = ""
    units: dict[str, str] = Field(default={})
    natural_key: tuple[str, ...] = ()
    empty_means_none: bool = False
    zero_means_none: bool = False
    monthly_sum: bool = False
    stated_column: str = ""
    stated_unit: Literal["kg_co2e", "t_co2e", ""] = ""
    tolerance: Annotated[Number, Field(ge=0)] | None = None
    stated: tuple[Stated, ...] = ()
    date_format: str = ""
    decimal_comma: bool = False
    thousands: Literal["", ",", ".", " ", "'"] = ""
    time_zone: str = ""
    encoding: str = ""
    delimiter: str = ""
    header_row: Annotated[int, Field(ge=1, le=100)] = 1
    records: str = ""
    keep_private: bool = False
    max_gap_seconds: Annotated[int, Field(ge=1)] | None = None
    data_quality: Literal["", "measured", "calculated", "estimated", "proxy"] = ""
    data_origin: Literal["", "own", "supplier_specific", "secondary"] = ""

    @model_validator(mode="after")
    def _one_way_to_map(self) -> Source:
        if self.activities and self.columns:
            raise ValueError("give either `columns` (one activity per row) or `activities` (several), not both")
        if self.stated_column and (not self.stated_unit or self.tolerance is None):
            raise ValueError("stated_column needs stated_unit and tolerance")
        return self


class Category(Model):
    """How a Scope 3 category is treated (GHG Protocol Scope 3 Standard, ch. 6)."""

    status: Literal["included", "excluded", "not_relevant"]
    reason: str = ""

    @model_validator(mode="after")
    def _reasoned(self) -> Category:
        if self.status != "included" and not self.reason.strip():
            raise ValueError("a category that is excluded or not relevant needs a reason")
        return self


class Input(Model):
    """A figure that is not computed from activities: revenue, base-year emissions, headcount."""

    value: Number
    unit: Text
    source: Text


class Person(Model):
    """Somebody who prepares, reviews or approves."""

    name: Text
    role: Text


class BaseYear(Model):
    """The base year and the policy for recalculating it (GHG Protocol Corporate Standard ch. 5)."""

    period: PeriodName = Field(pattern=r"^(FY)?\d{4}$")
    reason: Text
    policy: Text
    threshold: Annotated[Share, Field(decimal_places=9)]
    stored: Stored | None = None


class FrameworkChoice(Model):
    """A framework to report, computed in one view."""

    id: Name
    view: Name


class Inventory(Model):
    """inventory.yaml, whole."""

    organisation: Organisation
    entities: tuple[Entity, ...] = Field(min_length=1)
    sites: tuple[Site, ...] = Field(min_length=1)
    fiscal_year_start: Annotated[int, Field(ge=1, le=12)] = 1
    base_year: BaseYear | None = None
    uncertainty: UncertaintyPolicy | None = None
    materiality_threshold: Share = Decimal("0.05")
    variance_threshold: Share = Decimal("0.10")
    supplier_basis: Literal["location", "market"] = "location"
    colocation_overhead: Literal["", "scope_2", "category_8"] = ""
    views: dict[Name, View] = Field(min_length=1)
    frameworks: tuple[FrameworkChoice, ...] = Field(min_length=1)
    sources: dict[Name, Source] = Field(min_length=1)
    coverage: tuple[Coverage, ...] = ()
    roles: tuple[RoleChoice, ...] = ()
    systems: tuple[System, ...] = ()
    fills: tuple[Fill, ...] = ()
    assets: tuple[Asset, ...] = ()
    closed: tuple[Closed, ...] = ()
    explanations: tuple[Explanation, ...] = ()
    targets: tuple[Target, ...] = ()
    hourly: Hourly | None = None
    scope3_categories: dict[Annotated[int, Field(ge=1, le=15)], Category] = Field(default={})
    inputs: dict[str, dict[PeriodName, Input]] = Field(default={})
    preparer: Person | None = None
    reviewer: Person | None = None
    approver: Person | None = None
    narrative: dict[Name, Text] = Field(default={})
    datapoints: dict[Datapoint, DatapointStatus] = Field(default={})
    confirmations: dict[Datapoint, Confirmation] = Field(default={})
    periods: tuple[PeriodName, ...] = Field(min_length=1)

    @property
    def confidential(self) -> list[str]:
        """The sources whose files and rows may not be passed on."""
        return [name for name, source in self.sources.items() if source.confidential]

    @model_validator(mode="after")
    def _references(self) -> Inventory:
        for problem in _broken_references(self):
            raise ValueError(problem)
        return self


def _broken_references(inventory: Inventory) -> Iterator[str]:
    entities = {entity.id for entity in inventory.entities}
    for site in inventory.sites:
        if site.entity not in entities:
            yield f'site "{site.id}" names the entity "{site.entity}", which is not under `entities`'
    for choice in inventory.frameworks:
        if choice.view not in inventory.views:
            yield f'framework "{choice.id}" names the view "{choice.view}", which is not under `views`'
    yield from _broken_validity(inventory)
    sites = [site.id for site in inventory.sites]
    meters = [meter.id for site in inventory.sites for meter in site.meters]
    named = {"site": sites, "meter": meters, "system": [system.id for system in inventory.systems]}
    named |= {"fill": [fill.id for fill in inventory.fills], "asset": [asset.id for asset in inventory.assets]}
    named |= {"target": [target.id for target in inventory.targets], "closed period": [closed.period for closed in inventory.closed]}
    named |= {"explanation": [f"{told.figure}@{told.period}" for told in inventory.explanations]}
    if inventory.targets and not inventory.base_year:
        yield "targets need a base_year"
    yield from _broken_places(inventory, set(sites), set(meters))
    for kind, names in named.items():
        for name in sorted({name for name in names if names.count(name) > 1}):
            yield f'{kind} "{name}" is declared twice'


def _broken_validity(inventory: Inventory) -> Iterator[str]:
    """Interests in an entity that end before they start or overlap: an activity would weigh nothing, or twice."""
    ordered = sorted(inventory.entities, key=lambda entity: (entity.id, entity.valid_from))
    for entity in ordered:
        if entity.valid_from >= entity.valid_to:
            yield f'entity "{entity.id}": valid_to {entity.valid_to} is not after valid_from {entity.valid_from}'
    for one, other in pairwise(ordered):
        if one.id == other.id and other.valid_from < one.valid_to:
            yield f'entity "{one.id}" is declared twice for {other.valid_from}; the day of valid_to is no longer part of the interest'


def _broken_places(inventory: Inventory, sites: set[str], meters: set[str]) -> Iterator[str]:
    placed = [(fill.id, {fill.site, *fill.sites}, fill.meter) for fill in inventory.fills]
    placed += [(asset.id, {asset.site}, asset.meter) for asset in inventory.assets]
    for name, places, meter in placed:
        for place in sorted(places - sites):
            yield f'"{name}" names the site "{place}", which is not under `sites`'
        if meter and meter not in meters:
            yield f'"{name}" names the meter "{meter}", which is under no site'


def load_inventory(folder: Path) -> Inventory:
    """Read and check inventory.yaml of a folder; raises InputError with the first few faults, each with its place."""
    path = inventory_file(folder)
    try:
        return Inventory.model_validate(load_yaml(path))
    except ValidationError as error:
        raise InputError(f"{path}: {_faults(error)}. fix: correct these keys; schemas/inventory.schema.json lists all") from None


def _faults(error: ValidationError) -> str:
    """The first five faults with their places, in words; that a list is too short is left out where an item of it was refused."""
    faults = error.errors()
    refused = {fault["loc"][:end] for fault in faults for end in range(len(fault["loc"]))}
    told = [fault for fault in faults if fault["type"] != "too_short" or fault["loc"] not in refused]
    words = [_in_words(fault["loc"], fault["type"], fault["msg"], fault["input"]) for fault in told]
    return "; ".join(words[:5]) + (f" (and {len(words) - 5} more)" if len(words) > 5 else "")


def _in_words(place: tuple[int | str, ...], kind: str, message: str, value: object) -> str:
    told = {"extra_forbidden": "no such key", "missing": "is missing", "value_error": message.removeprefix("Value error, ")}
    given = f', not "{value}"' if kind not in told and isinstance(value, str | int) else ""
    return f"{'.'.join(map(str, place)) or 'document'}: {told.get(kind, message)}{given}"
