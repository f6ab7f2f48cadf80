"""What the parts of inventory.yaml are made of: names, texts, exact numbers, and a model that refuses unknown keys."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from reporting.periods import FORMS, PATTERN, is_period

FAR_PAST, FAR_FUTURE = date(1900, 1, 1), date(9999, 1, 1)
Name = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.\-]*$", max_length=64)]
Text = Annotated[str, Field(min_length=1, max_length=10_000)]


def _exact(value: object) -> object:
    """Refuse binary floats: YAML numbers arrive as text (see _load_yaml), so a float here is a programming error."""
    if isinstance(value, float):
        raise ValueError("a number must be written as a plain decimal")  # noqa: TRY004 - pydantic collects ValueError
    return value


def _year(value: object) -> object:
    """A year without quotes is a number to YAML, and the name of a period to us."""
    return str(value) if type(value) is int else value


def _form(name: str) -> str:
    if not is_period(name):
        raise ValueError(f'"{name}" is no period; write it as {FORMS}')
    return name


Number = Annotated[Decimal, BeforeValidator(_exact), Field(allow_inf_nan=False, max_digits=38, decimal_places=14)]
Share = Annotated[Number, Field(ge=0, le=1)]

_Written = Annotated[str, Field(pattern=f"^{PATTERN}$")] | Annotated[int, Field(ge=1000, le=2999)]
PeriodName = Annotated[str, BeforeValidator(_year, json_schema_input_type=_Written), AfterValidator(_form)]


class Model(BaseModel):
    """A part of inventory.yaml; frozen, unknown keys refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)
