"""Write a factor set folder (`set.yaml` and `factors.csv`) so that the same rows always give the same bytes."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date
from decimal import ROUND_HALF_EVEN, Context, Decimal
from pathlib import Path

import yaml

VALUE_DECIMALS = 14
"""Decimals of `value`: the scale of `factor.value` in the schema."""

_WIDE = Context(prec=60, rounding=ROUND_HALF_EVEN)
_BASES = frozenset({"", "location", "market", "residual"})
_VALUE_AS = frozenset({"kg_gas", "kg_co2e"})


class LayoutChangedError(ValueError):
    """A publisher's file does not have the layout that the importer knows: names sheet, cell, what was expected and what was found."""

    def __init__(self, sheet: str, cell: str, expected: str, found: str) -> None:
        """Keep the four parts, for a finding, and state them in one sentence."""
        super().__init__(f'sheet "{sheet}", cell {cell}: expected {expected}, found {found}')
        self.sheet = sheet
        self.cell = cell
        self.expected = expected
        self.found = found


@dataclass(frozen=True, slots=True)
class SetMeta:
    """The head of a factor set; the fields are the keys of `set.yaml`, in their order."""

    publisher: str
    title: str
    edition: str
    url: str
    licence: str
    redistributable: bool
    retrieved: date
    sha256: str
    gwp_set: str
    usable_until: date
    supersedes: str | None
    preference: int
    attribution: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FactorRow:
    """One gas of one factor; the fields are the columns of `factors.csv`, in their order; value is kg per `per_unit`.

    Supplier, price year and uncertainty are blank where the publisher states none.
    """

    factor_id: str
    label: str
    activity_type: str
    region: str
    supplier: str = ""
    valid_from: date
    valid_to: date
    basis: str
    boundary: str
    gas: str
    published_value: str
    published_unit: str
    value: Decimal
    value_as: str
    per_unit: str
    price_year: str = ""
    uncertainty: str = ""
    is_biogenic: bool
    citation: str

    def key(self) -> tuple[str, str, bool]:
        """Return what must be unique within a set: factor, gas and biogenic or not."""
        return self.factor_id, self.gas, self.is_biogenic


def plain(value: Decimal) -> str:
    """Write a decimal without exponent, rounded half-even to at most 14 decimals and without trailing zeros."""
    rounded = value.quantize(Decimal(1).scaleb(-VALUE_DECIMALS), context=_WIDE) if _decimals(value) > VALUE_DECIMALS else value
    text = format(rounded, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in {"-0", ""} else text


def write_set(folder: Path, meta: SetMeta, rows: Iterable[FactorRow]) -> None:
    """Write `set.yaml` and `factors.csv` (ordered by factor, gas, biogenic) into folder; raises ValueError on a row the format forbids."""
    ordered = sorted(rows, key=FactorRow.key)
    if not ordered:
        raise ValueError("no factor was found in the file")
    _refuse_faults(ordered)
    texts = {"set.yaml": _yaml(meta), "factors.csv": _csv(ordered)}
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (folder / name).write_bytes(text.encode())


def write_rows(path: Path, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Write a table that goes with a set into its folder, which write_set has made."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([columns, *rows])
    path.write_bytes(text.getvalue().encode())


def _decimals(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    if not isinstance(exponent, int):
        raise ValueError(f"{value} is not a number")  # noqa: TRY004 - a Decimal, yet NaN or infinite
    return -exponent


def _yaml(meta: SetMeta) -> str:
    return yaml.safe_dump(asdict(meta), sort_keys=False, allow_unicode=True, width=1_000_000)


def _csv(rows: Iterable[FactorRow]) -> str:
    text = io.StringIO()
    out = csv.writer(text, lineterminator="\n", quoting=csv.QUOTE_MINIMAL)
    names = [field.name for field in fields(FactorRow)]
    out.writerow(names)
    out.writerows([_cell(getattr(row, name)) for name in names] for row in rows)
    return text.getvalue()


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Decimal):
        return plain(value)
    return value.isoformat() if isinstance(value, date) else str(value)


def _refuse_faults(ordered: list[FactorRow]) -> None:
    for before, row in zip([None, *ordered], ordered, strict=False):
        fault = "the key (factor_id, gas, is_biogenic) occurs twice" if before and before.key() == row.key() else _fault(row)
        if fault:
            raise ValueError(f"{row.factor_id}, {row.gas}: {fault}")


def _fault(row: FactorRow) -> str:
    """Return what is wrong with a row taken by itself, or ''."""
    required = ("factor_id", "label", "region", "boundary", "gas", "published_value", "published_unit", "per_unit", "citation")
    empty = [name for name in required if not getattr(row, name)]
    if empty:
        return f"{', '.join(empty)} must not be blank"
    if row.valid_from >= row.valid_to:
        return f"valid_from {row.valid_from} is not before valid_to {row.valid_to}"
    if row.basis not in _BASES:
        return f'basis "{row.basis}" is not one of location, market, residual or blank'
    if row.value_as not in _VALUE_AS:
        return f'value_as "{row.value_as}" is neither kg_gas nor kg_co2e'
    return ""
