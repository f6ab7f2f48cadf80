"""Parts of a source in inventory.yaml: totals that somebody else stated for it, activities that a row of a mapped file becomes."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from reporting.fields import Model, Number, Text


class Stated(Model):
    """A total that somebody else stated for a source: an invoice, a meter read, a published return."""

    measure: Literal["quantity", "kg_co2e"]
    value: Number
    unit: Text
    period: str = ""
    activity_type: str = ""
    tolerance: Annotated[Number, Field(ge=0)]
    citation: Text


class Part(Model):
    """One activity per row of a mapped file: which columns feed which activity columns, and what is constant."""

    columns: dict[str, str]
    constants: dict[str, str] = Field(default={})
    method: str = ""
    units: dict[str, str] = Field(default={})
