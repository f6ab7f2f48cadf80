"""Import Epoch AI's list of machine learning hardware: accelerators.csv and accelerator_performance.csv."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from importlib.resources import files
from pathlib import Path

from reporting.importers.tables import table_text, whole
from reporting.importers.writer import LayoutChangedError

SOURCE = "Epoch AI, Data on Machine Learning Hardware (copy of December 2025)"
PRECISIONS = {
    "fp64_flops": ("fp64", "vector"),
    "fp32_flops": ("fp32", "vector"),
    "fp16_flops": ("fp16", "vector"),
    "tf32_flops": ("tf32", "matrix"),
    "tensor_fp16_bf16_flops": ("fp16", "matrix"),
    "int8_flops": ("int8", "not_stated"),
    "fp8_flops": ("fp8", "matrix"),
    "fp4_flops": ("fp4", "matrix"),
}
NUMBERS = ("tdp_w", "memory_bytes", "process_nm", "die_mm2", *PRECISIONS)
COLUMNS = frozenset({"name", "manufacturer", "type", "release_date", "datasheet", *NUMBERS})
FIRST_SPARSE = "2020-03-01"
"""Structured sparsity came with NVIDIA's Ampere, which the list first dates so: what is older has none, so its figures are dense."""
VECTOR_LIMIT = 4
"""No vector unit computes FP16 at more than four times FP32: such a figure is one of the matrix unit, entered in the other column."""
TIMES_FP16 = {"tf32": Decimal("0.5"), "fp16": Decimal(1), "int8": Decimal(2), "fp8": Decimal(2)}
TOLERANCE = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Accelerator:
    """One row of accelerators.csv: rated board or chip power in W, memory in bytes, process in nm, die in mm2."""

    accelerator: str
    manufacturer: str
    kind: str
    release_date: str
    tdp_w: str
    memory_bytes: str
    process_nm: str
    die_mm2: str
    status: str
    citation: str


@dataclass(frozen=True, slots=True)
class Performance:
    """One row of accelerator_performance.csv: peak operations per second at a precision, by the vector or the matrix (tensor) units."""

    accelerator: str
    precision: str
    unit: str
    sparsity: str
    operations_per_s: str
    status: str
    note: str
    citation: str


def write_tables(path: Path, folder: Path) -> None:
    """Write both tables into folder; raises LayoutChangedError on an unknown layout, number or name given twice."""
    records = list(_records(path))
    performance = [row for record in records for row in _performances(record, _dense())]
    (folder / "accelerators.csv").write_bytes(table_text(Accelerator, map(_accelerator, records)).encode())
    (folder / "accelerator_performance.csv").write_bytes(table_text(Performance, performance).encode())


def _records(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        table = csv.DictReader(file)
        missing = sorted(COLUMNS - set(table.fieldnames or ()))
        if missing:
            raise LayoutChangedError(path.name, "row 1", f"columns {', '.join(missing)}", ", ".join(table.fieldnames or ()))
        records = {}
        for line, record in enumerate(table, start=2):
            for column in NUMBERS:
                if record[column] and not re.fullmatch(r"\d{1,18}(\.\d{1,18})?(e\+\d{1,2})?", record[column]):
                    raise LayoutChangedError(path.name, f"row {line}, column {column}", "a number or nothing", f'"{record[column]}"')
            if record["name"] in records:
                raise LayoutChangedError(path.name, f"row {line}, column name", "a name not given before", f'"{record["name"]}"')
            records[record["name"]] = record
    yield from (records[name] for name in sorted(records))


def _dense() -> dict[str, tuple[Decimal, str]]:
    """Return the dense FP16 figure of the accelerators whose data sheet tells dense from sparse."""
    text = files("reporting.importers").joinpath("accelerator_sparsity.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    return {row["accelerator"]: (Decimal(row["dense_fp16_flop_per_s"]), row["citation"]) for row in rows}


def _citation(record: dict[str, str]) -> str:
    return "; ".join([f"{SOURCE}, {record['name']}", *record["datasheet"].split()])


def _accelerator(record: dict[str, str]) -> Accelerator:
    return Accelerator(
        record["name"],
        record["manufacturer"],
        record["type"],
        record["release_date"],
        plain_number(record["tdp_w"]),
        plain_number(record["memory_bytes"]),
        plain_number(record["process_nm"]),
        plain_number(record["die_mm2"]),
        "second_hand",
        _citation(record),
    )


def plain_number(text: str) -> str:
    """Give 300.0 as 300, and nothing as nothing."""
    return format(Decimal(text).normalize(), "f") if text else ""


def _performances(record: dict[str, str], dense: dict[str, tuple[Decimal, str]]) -> Iterator[Performance]:
    for column, (precision, unit) in PRECISIONS.items():
        if record[column]:
            sparsity, source = _sparsity(record, precision, unit, dense)
            is_doubtful = column == "fp16_flops" and Decimal(record[column]) > VECTOR_LIMIT * Decimal(record["fp32_flops"] or 0) * (
                1 + TOLERANCE
            )
            yield Performance(
                record["name"],
                precision,
                unit,
                "not_stated" if is_doubtful else sparsity,
                whole(record[column]),
                "unconfirmed" if is_doubtful else "second_hand",
                "listed as a vector figure, but more than four times FP32: likely one of the matrix unit" if is_doubtful else "",
                _citation(record) + source,
            )


def _sparsity(record: dict[str, str], precision: str, unit: str, dense: dict[str, tuple[Decimal, str]]) -> tuple[str, str]:
    """Return dense or not_stated, and the source that says so beyond the list itself."""
    if unit == "vector" or (record["release_date"] and record["release_date"] < FIRST_SPARSE):
        return "dense", ""
    if record["name"] in dense and precision in TIMES_FP16:
        figure, source = dense[record["name"]]
        column = next(name for name, kind in PRECISIONS.items() if kind == (precision, unit))
        if abs(Decimal(record[column]) / (figure * TIMES_FP16[precision]) - 1) <= TOLERANCE:
            return "dense", f"; {source}"
    return "not_stated", ""
