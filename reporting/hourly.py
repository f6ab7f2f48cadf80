"""The part `hourly` of inventory.yaml: load, grid intensity and generation by the hour, in files that stay where they are."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from reporting.fields import Model, Name, Text


class Series(Model):
    """Files of one series: the columns of the stamp (start of the interval) and the value; `where` picks rows by a column's text."""

    path: Text
    time: Text
    value: Text
    unit: Text
    time_zone: str = ""
    where: dict[str, str] = Field(default={})
    citation: str = ""


class Load(Model):
    """Consumption by hour or less: files of columns, or a source of the inventory whose readings are added up by month."""

    source: str = ""
    path: str = ""
    time: str = ""
    value: str = ""
    unit: str = ""
    time_zone: str = ""
    where: dict[str, str] = Field(default={})
    meter: str = ""
    site: str = ""
    minutes: Literal["15", "30", "60"] = "60"

    @model_validator(mode="after")
    def _one_way(self) -> Load:
        if bool(self.source) == bool(self.path and self.time and self.value and self.unit):
            raise ValueError("give either `source`, or `path`, `time`, `value` and `unit`")
        if self.path and bool(self.meter) == bool(self.site):
            raise ValueError("give either `meter` (a column) or `site` (the site of all rows)")
        return self


class Intensity(Series):
    """Grid intensity of a region; `total` is the column of its generation, where glitches show; `fill` stands in for hours that fail."""

    region: Text
    kind: Literal["grid", "residual"] = "grid"
    connector: Literal["", "electricity_maps", "uk_carbon_intensity", "eia_generation", "entsoe_generation"] = ""
    mix_factors: str = ""
    time: str = ""
    value: str = ""
    unit: str = ""
    total: str = ""
    fill: Literal["", "same_hour_median"] = ""

    @model_validator(mode="after")
    def _one_way(self) -> Intensity:
        if bool(self.connector) == bool(self.time and self.value and self.unit):
            raise ValueError("give either `connector`, or `time`, `value` and `unit`")
        if self.mix_factors and self.connector not in {"eia_generation", "entsoe_generation"}:
            raise ValueError("`mix_factors` belong to a generation by fuel (eia_generation, entsoe_generation)")
        return self


class Generation(Series):
    """Generation that an instrument of instruments.csv stands for."""

    instrument: Text


class Hourly(Model):
    """Hourly matching: supplementary figures beside the annual ones; `time_zone` decides in which month an hour falls."""

    time_zone: Name | Annotated[str, Field(pattern=r"^[A-Za-z_]+(/[A-Za-z_\-]+)*$")] = "UTC"
    load: tuple[Load, ...] = Field(min_length=1)
    intensity: tuple[Intensity, ...] = Field(min_length=1)
    generation: tuple[Generation, ...] = ()
