"""What the user declares about time (gaps to be filled, assets, closed periods, explanations, targets) and of systems."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field, model_validator

from reporting.fields import FAR_FUTURE, FAR_PAST, Model, Name, Number, PeriodName, Share, Text

Month = Annotated[str, Field(pattern=r"^[12][0-9]{3}-(0[1-9]|1[0-2])$")]
Figure = Annotated[str, Field(pattern=r"^[a-z0-9_.]+/[A-Za-z0-9_.\-]+(/[a-z0-9_]+=[^/]+)?$", max_length=200)]
Datapoint = Annotated[str, Field(pattern=r"^[a-z0-9_.]+/[A-Za-z0-9_.\-]+$", max_length=200)]
Positive = Annotated[Number, Field(gt=0)]
NotNegative = Annotated[Number, Field(ge=0)]
Tonnes = Annotated[Number, Field(max_digits=25, decimal_places=12)]
Method = Literal["same_month_last_year", "adjacent_months", "area_proxy", "headcount_proxy", "degree_days"]


def month_number(month: str) -> int:
    """Months since year 0, for a month such as 2026-07."""
    return int(month[:4]) * 12 + int(month[5:]) - 1


def month_name(number: int) -> str:
    """The month of such a number."""
    return f"{number // 12:04}-{number % 12 + 1:02}"


class Fill(Model):
    """Months without data that are estimated by a stated method from other rows (GHG Protocol Corporate Standard ch. 7, data gaps)."""

    id: Name
    method: Method
    site: Name
    activity_type: Text
    meter: str = ""
    months: Annotated[tuple[Month, ...], Field(min_length=1)]
    reason: Text
    by: Text
    sites: tuple[Name, ...] = ()
    headcounts: dict[Name, Positive] = Field(default={})
    degree_days: dict[Month, NotNegative] = Field(default={})
    source: str = ""

    @model_validator(mode="after")
    def _complete(self) -> Fill:
        numbers = sorted(month_number(month) for month in self.months)
        if len(set(numbers)) < len(numbers):
            raise ValueError("a month stands twice")
        if self.method == "adjacent_months" and numbers[-1] - numbers[0] != len(numbers) - 1:
            raise ValueError("adjacent_months fills one run of months: give each run a fill of its own")
        self._check_proxy()
        self._check_degree_days()
        return self

    def _check_proxy(self) -> None:
        is_proxy = self.method in {"area_proxy", "headcount_proxy"}
        if is_proxy != bool(self.sites) or self.site in self.sites or len(set(self.sites)) < len(self.sites):
            raise ValueError("`sites` names the other sites that a proxy rests on, each once, and belongs to proxies alone")
        if (self.method == "headcount_proxy") != bool(self.headcounts):
            raise ValueError("`headcounts` belongs to headcount_proxy, and it needs them")
        if self.headcounts and set(self.headcounts) != {self.site, *self.sites}:
            raise ValueError("`headcounts` must hold the filled site and each of `sites`, and no other")
        if self.headcounts and not self.source.strip():
            raise ValueError("`source` must say where the headcounts come from")

    def _check_degree_days(self) -> None:
        if (self.method == "degree_days") != bool(self.degree_days):
            raise ValueError("`degree_days` belongs to the method of that name, and it needs them")
        if not self.degree_days:
            return
        basis = [days for month, days in self.degree_days.items() if month not in self.months]
        if not set(self.months) <= set(self.degree_days) or not sum(basis):
            raise ValueError("`degree_days` must hold each filled month and months with data, whose sum is above 0")
        if not self.source.strip():
            raise ValueError("`source` must say where the degree days come from")

    def basis(self, month: str) -> tuple[tuple[str, str], ...]:
        """The cells (site, month) that the fill of a month rests on."""
        numbers = [month_number(name) for name in self.months]
        if self.method == "same_month_last_year":
            return ((self.site, month_name(month_number(month) - 12)),)
        if self.method == "adjacent_months":
            return ((self.site, month_name(min(numbers) - 1)), (self.site, month_name(max(numbers) + 1)))
        if self.method == "degree_days":
            return tuple((self.site, name) for name in sorted(self.degree_days) if name not in self.months)
        return tuple((site, month) for site in sorted(self.sites))

    def ratio(self, month: str, areas: dict[str, Decimal | None]) -> tuple[Decimal | None, Decimal | None]:
        """What the sum of the basis is multiplied with and divided by; None where a floor area is not given."""
        if self.method == "adjacent_months":
            return Decimal(1), Decimal(2)
        if self.method == "degree_days":
            return self.degree_days[month], sum((self.degree_days[name] for _, name in self.basis(month)), Decimal(0))
        if self.method == "same_month_last_year":
            return Decimal(1), Decimal(1)
        sizes: Mapping[str, Decimal | None] = self.headcounts if self.method == "headcount_proxy" else areas
        given = [size for site in (self.site, *self.sites) if (size := sizes[site]) is not None and size > 0]
        return (given[0], sum(given[1:], Decimal(0))) if len(given) == 1 + len(self.sites) else (None, None)


class Asset(Model):
    """Something that must leave a trace in the data while it is held: a vehicle, a server, refrigerant equipment."""

    id: Name
    name: Text
    kind: Literal["vehicle", "server", "refrigerant", "combustion", "other"]
    site: Name
    activity_types: Annotated[tuple[str, ...], Field(min_length=1)]
    meter: str = ""
    valid_from: date = FAR_PAST
    valid_to: date = FAR_FUTURE


class Stored(Model):
    """The inventory of the base year as it was published: a figures.json kept in the folder, known by its digest."""

    path: Text
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")


class Closed(Model):
    """A period that has been reported: its figures as they were stated, exact, and why they may differ now."""

    period: PeriodName
    figures: Annotated[dict[Figure, Tonnes], Field(min_length=1)]
    source: Text
    reason: str = ""
    trued_up: dict[PeriodName, dict[Figure, Tonnes]] = Field(default={})


class Explanation(Model):
    """Why a figure changed by more than the variance threshold."""

    figure: Figure
    period: PeriodName
    text: Text


class Target(Model):
    """An emission target against the base year: a share of reduction, or the tonnes to reach, of what it covers."""

    id: Name
    figures: Annotated[tuple[Figure, ...], Field(min_length=1)]
    period: PeriodName = Field(pattern=r"^(FY)?[12][0-9]{3}$")
    reduction: Annotated[Share, Field(decimal_places=9)] | None = None
    value: Annotated[Tonnes, Field(ge=0)] | None = None
    coverage: Annotated[Share, Field(gt=0, decimal_places=9)] | None = None
    source: Text

    @model_validator(mode="after")
    def _one_goal(self) -> Target:
        if (self.reduction is None) == (self.value is None):
            raise ValueError("give either `reduction` (a share of the base year) or `value` (tonnes), not both")
        return self


class DatapointStatus(Model):
    """Why a text or an input of a framework is not given: it is not material, does not apply, is not reported, or waits for a person."""

    status: Literal["not_material", "not_applicable", "not_reported", "needs_person"]
    reason: Text


class Confirmation(Model):
    """That a person has compared something with a document that this product may not carry, such as a bought standard."""

    by: Text
    on: date
    against: Text


class Provision(Model):
    """What a provider of a model counts by (SCI for AI, draft): R per period in multiples of the unit, gross or effective."""

    functional_unit: Literal["FLOP", "training token", "parameter"]
    counted: Literal["gross", "effective"]
    multiple: Literal["1", "1e3", "1e6", "1e9", "1e12", "1e15", "1e18"] = "1"
    quantity: dict[str, Annotated[Number, Field(ge=0)]]


class System(Model):
    """A software system with a functional unit R (SCI, ISO/IEC 21031): R per period."""

    id: Name
    name: Text
    functional_unit: Text
    quantity: dict[str, NotNegative]
    boundary: Text
    provision: Provision | None = None
