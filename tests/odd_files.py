"""Files that are hard to read, as bytes: workbooks, workbooks taken apart and put together wrongly, archives, other encodings."""

from __future__ import annotations

import gzip
import io
import json
import tempfile
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pandas as pd

Sheet = Sequence[Sequence[object]]


def workbook(sheets: Mapping[str, Sheet]) -> bytes:
    """An XLSX workbook; text that begins with = becomes a formula."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, lines in sheets.items():
        sheet = book.create_sheet(name)
        for line in lines:
            sheet.append(list(line))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def changed_part(archive: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """A ZIP archive with the bytes of one part changed."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as before, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as after:
        for item in before.infolist():
            content = before.read(item)
            after.writestr(item.filename, change(content) if item.filename == part else content)
    return stream.getvalue()


def two_sheets_of_one_name(lines: Sheet) -> bytes:
    """A workbook whose two sheets differ in the case of their names alone, which no spreadsheet program writes."""
    return changed_part(workbook({"Data": lines, "Other": lines}), "xl/workbook.xml", lambda xml: xml.replace(b'"Other"', b'"DATA"'))


def bomb(lines: Sheet) -> bytes:
    """A workbook with a part that unpacks to a thousand times its size."""
    return changed_part(workbook({"Data": lines}), "xl/styles.xml", lambda xml: xml + b" " * (40 << 20))


def entities(lines: Sheet) -> bytes:
    """A workbook whose first part declares entities that multiply."""
    declared = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><workbook'
    return changed_part(workbook({"Data": lines}), "xl/workbook.xml", lambda xml: xml.replace(b"<workbook", declared, 1))


def parquet(header: Sequence[str], lines: Sequence[Sequence[str]]) -> bytes:
    """A Parquet file of text columns."""
    frame = pd.DataFrame([list(line) for line in lines], columns=list(header), dtype="str")
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "lines.parquet"
        duckdb.from_df(frame).write_parquet(str(path))
        return path.read_bytes()


KINDS: dict[str, Callable[[Any], bytes]] = {
    "xlsx": workbook,
    "latin-1": lambda text: str(text).encode("latin-1"),
    "utf-16": lambda text: str(text).encode("utf-16"),
    "gzip": lambda text: gzip.compress(str(text).encode(), mtime=0),
    "cut gzip": lambda text: gzip.compress(str(text).encode(), mtime=0)[:-12],
    "gzip of nothing": lambda size: gzip.compress(b" " * int(size), mtime=0),
    "hex": bytes.fromhex,
    "two sheets of one name": two_sheets_of_one_name,
    "bomb": bomb,
    "names": lambda count: json.dumps([{f"n{number}": 1 for number in range(int(count))}]).encode(),
    "entities": entities,
}


def content(given: str | Mapping[str, Any]) -> bytes:
    """The bytes of a file as a case describes it: text as it is, or one of the kinds above with what it is made from."""
    if isinstance(given, str):
        return given.encode()
    [(kind, value)] = given.items()
    return KINDS[kind](value)
