# ruff: noqa: INP001
"""Tables to bytes, the same every time: CSV, XLSX without time stamps, Parquet."""

from __future__ import annotations

import csv
import io
import tempfile
import zipfile
from calendar import monthrange
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from random import Random

import duckdb
from openpyxl import Workbook

MONTHS = [date(2026, month, 1) for month in range(4, 10)]
CANONICAL = ("activity_id", "activity_type", "start", "end", "quantity", "unit", "site")
STAMP = (2026, 10, 12, 9, 0, 0)


def month_end(start: date) -> date:
    """The last day of a month."""
    return start.replace(day=monthrange(start.year, start.month)[1])


def number(random: Random, low: int, high: int, decimals: int = 0) -> Decimal:
    """A random quantity between two whole numbers, with exactly so many decimals."""
    return Decimal(random.randint(low * 10**decimals, high * 10**decimals)).scaleb(-decimals)


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[object]], delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    """Rows as delimited text with line feeds."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue().encode(encoding)


def xlsx_bytes(sheet: str, rows: Iterable[Sequence[object]]) -> bytes:
    """Rows as a workbook of one sheet; its parts are stored, not packed, under one fixed time."""
    book = Workbook()
    page = book.active
    page.title = sheet
    for row in rows:
        page.append([float(cell) if isinstance(cell, Decimal) else cell for cell in row])
    book.properties.creator = "Meridian Compute (sample)"
    book.properties.created = book.properties.modified = datetime(*STAMP)  # noqa: DTZ001 - a fixed stamp of the sample
    packed = io.BytesIO()
    book.save(packed)
    return _restamped(packed)


def _restamped(packed: io.BytesIO) -> bytes:
    """Copy an archive with every part stored under the fixed time, also where openpyxl wrote the present time into core.xml."""
    plain = io.BytesIO()
    with zipfile.ZipFile(packed) as source, zipfile.ZipFile(plain, "w", zipfile.ZIP_STORED) as target:
        for name in sorted(source.namelist()):
            content = source.read(name)
            if name == "docProps/core.xml":
                before, _, rest = content.partition(b"<dcterms:modified")
                opening, _, rest = rest.partition(b">")
                content = before + b"<dcterms:modified" + opening + b">2026-10-12T09:00:00Z" + rest[rest.index(b"</dcterms:modified>") :]
            target.writestr(zipfile.ZipInfo(name, STAMP), content)
    return plain.getvalue()


def parquet_bytes(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    """Rows of text as a Parquet file, written by DuckDB."""
    with tempfile.TemporaryDirectory() as scratch, duckdb.connect() as connection:
        path = Path(scratch) / "table.parquet"
        lines = Path(scratch) / "table.csv"
        lines.write_bytes(csv_bytes(columns, rows))
        connection.execute("create table reading as from read_csv($path, header = true, all_varchar = true)", {"path": str(lines)})
        connection.table("reading").write_parquet(str(path), compression="zstd")
        return path.read_bytes()
