"""Write a reference table (CSV beside the factor sets) so that the same rows always give the same bytes."""

import csv
import io
from collections.abc import Iterable
from dataclasses import astuple, fields
from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


def table_text(record: "type[DataclassInstance]", rows: "Iterable[DataclassInstance]") -> str:
    """Give the text of the table in the order of the rows; the fields of the record are its columns."""
    text = io.StringIO()
    out = csv.writer(text, lineterminator="\n")
    out.writerow([field.name for field in fields(record)])
    out.writerows([_cell(value) for value in astuple(row)] for row in rows)
    return text.getvalue()


def whole(text: str) -> str:
    """Give a number that a source prints as binary floating point, such as 65129999999999.9, as the integer that it stands for."""
    return format(Decimal(text).quantize(Decimal(1)), "f") if text else ""


def _cell(value: Any) -> Any:  # noqa: ANN401 - a cell of any column
    return str(value).lower() if isinstance(value, bool) else value
