"""The bytes of the workbook: rows put into the sheets that openpyxl set up, then one canonical archive."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from xml.etree.ElementTree import canonicalize

from reporting.render.workbook_cells import column_letters
from reporting.render.workbook_sheet import Book, Sheet

OLDEST = (1980, 1, 1, 0, 0, 0)
DECLARATION = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
FIRST_PART = "[Content_Types].xml"
EMPTY_ROWS = re.compile(rb"<sheetData></sheetData>")
DIMENSION = re.compile(rb'<dimension ref="[^"]*"></dimension>')
BEFORE_LINKS = re.compile(rb"<(?:printOptions|pageMargins)\b")
DATES = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


def workbook_bytes(book: Book, epoch: int) -> bytes:
    """The finished .xlsx: same book and same SOURCE_DATE_EPOCH, same bytes."""
    stamp = datetime.fromtimestamp(epoch, UTC).strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    buffer = io.BytesIO()
    book.workbook.save(buffer)
    sheets = {f"xl/worksheets/sheet{number}.xml": sheet for number, sheet in enumerate(book.sheets, start=1)}
    out = io.BytesIO()
    with zipfile.ZipFile(buffer) as made, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name in sorted(made.namelist(), key=lambda name: (name != FIRST_PART, name)):
            part = _canonical(made.read(name))
            if name in sheets:
                part = _with_rows(part, sheets[name])
            elif name == "docProps/core.xml":
                part = DATES.sub(lambda match: match.group(1) + stamp, part)
            archive.writestr(_entry(name), part)
    return out.getvalue()


def _canonical(part: bytes) -> bytes:
    """A part as canonical XML (C14N 2.0), because openpyxl writes another form where lxml is installed."""
    return DECLARATION + canonicalize(part.decode("utf-8")).encode()


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, OLDEST)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    entry.create_system = 3
    return entry


def _with_rows(part: bytes, sheet: Sheet) -> bytes:
    """A sheet's XML with its rows, extent and links; every place must be there exactly once."""
    rows = b"<sheetData>" + "".join(sheet.rows).encode() + b"</sheetData>"
    extent = f'<dimension ref="A1:{column_letters(len(sheet.columns))}{max(1, sheet.height)}"/>'.encode()
    part = _once(DIMENSION, part, lambda _: extent)
    if sheet.links:
        links = b"<hyperlinks>" + "".join(sheet.links).encode() + b"</hyperlinks>"
        part = _once(BEFORE_LINKS, part, lambda match: links + match.group())
    return _once(EMPTY_ROWS, part, lambda _: rows)


def _once(pattern: re.Pattern[bytes], part: bytes, replacement: Callable[[re.Match[bytes]], bytes]) -> bytes:
    found, count = pattern.subn(replacement, part, count=1)
    if count != 1:
        raise RuntimeError(f"the sheet that openpyxl wrote has no {pattern.pattern.decode()}")
    return found
