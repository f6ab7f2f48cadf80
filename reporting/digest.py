"""Digests: SHA-256 over files, and over lines of canonical JSON (sorted keys, plain decimals, NFC, UTF-8)."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

CHUNK = 1 << 20


def file_sha256(path: Path) -> str:
    """SHA-256 of a file's bytes, hexadecimal."""
    total = hashlib.sha256()
    with path.open("rb") as stream:
        while chunk := stream.read(CHUNK):
            total.update(chunk)
    return total.hexdigest()


def plain(value: Decimal) -> str:
    """A decimal without exponent and without trailing zeros: the one way in which figures are written."""
    text = format(value.normalize(), "f")
    return "0" if text in {"-0", "0"} else text


def jsonable(value: object) -> object:
    """A value as canonical JSON holds it: decimals and dates as text, text in NFC."""
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, Mapping):
        return {str(key): jsonable(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [jsonable(item) for item in value]
    return value


def canonical(record: object) -> str:
    """One line of canonical JSON."""
    return json.dumps(jsonable(record), sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def lines_sha256(records: Iterable[object]) -> str:
    """SHA-256 over records in the given order, one canonical JSON line each."""
    total = hashlib.sha256()
    for record in records:
        total.update(canonical(record).encode() + b"\n")
    return total.hexdigest()
