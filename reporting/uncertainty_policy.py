"""The part of inventory.yaml that says how ranges are made."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from reporting.fields import Model

Spread = Annotated[str, Field(pattern=r"^((±|\+/-)? ?\d{1,2}(\.\d{1,6})? ?%|gsd95 [1-9](\.\d{1,6})?)$")]


class UncertaintyPolicy(Model):
    """How ranges are made: the seed of the simulation, and the uncertainty of activity data by class of data quality (none by default)."""

    seed: Annotated[int, Field(ge=0, lt=2**63)]
    iterations: Annotated[int, Field(ge=1_000, le=1_000_000)] = 10_000
    activity_data: dict[Literal["measured", "calculated", "estimated", "proxy"], Spread] = Field(default={})
