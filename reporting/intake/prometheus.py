"""Prometheus: the text exposition (also OpenMetrics) and the JSON of an instant or range query, one row per sample.

Columns are `metric`, `timestamp` (seconds since 1970, empty where the sample has none), `value` and `labels.<name>`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from pathlib import Path

from reporting.database import Connection
from reporting.intake.files import UnreadableFileError, as_utf8
from reporting.intake.json_records import JsonText, Walk, cell_text, lines_of
from reporting.intake.record_rows import MAX_LINE, RecordRows

SAMPLE = re.compile(r'([A-Za-z_:][A-Za-z0-9_:]*)\s*(?:\{((?:[^"{}]|"(?:[^"\\]|\\.)*")*)\})?\s+(\S+)(?:\s+(-?[0-9.eE+]+))?(?:\s+#.*)?\s*')
LABEL = re.compile(r'\s*([A-Za-z_][A-Za-z0-9_]*)\s*=\s*"((?:[^"\\]|\\.)*)"\s*(?:,|$)')
ESCAPES = {"\\n": "\n", '\\"': '"', "\\\\": "\\"}
FIX = "export the answer of the query as the server gives it"
Record = dict[str, str | None]


def read_text(connection: Connection, path: Path, key: tuple[str, int], options: dict[str, str]) -> list[str]:
    """Load the samples of a text exposition into source_row, numbered by line; a line that is no sample is a rejected row."""
    rows = RecordRows(connection, key)
    with as_utf8(path, options["encoding"]) as copy:
        # OpenMetrics ends with this mark and gives seconds; the older form gives milliseconds.
        per_second = 1 if _last_line(copy) == "# EOF" else 1000
        with copy.open(encoding="utf-8-sig") as stream:
            for line_no, line in lines_of(stream):
                if line.startswith("#"):
                    continue
                record = _sample(line.strip(), per_second) if len(line) <= MAX_LINE else None
                if record is None:
                    rows.reject(line_no, "the line is no sample (metric{labels} value timestamp)", line.rstrip("\n"))
                else:
                    rows.add(line_no, record)
    return rows.finish()


def _last_line(path: Path) -> str:
    with path.open("rb") as stream:
        stream.seek(max(0, path.stat().st_size - 100))
        lines = stream.read().decode(errors="replace").split("\n")
    return next((line.strip() for line in reversed(lines) if line.strip()), "")


def _sample(line: str, per_second: int) -> Record | None:
    match = SAMPLE.fullmatch(line)
    labels = _labels(match[2] or "") if match else None
    if not match or labels is None:
        return None
    seconds = None
    if match[4]:
        try:
            seconds = format(Decimal(match[4]) / per_second, "f")
        except InvalidOperation:
            return None
    return {"metric": match[1], "timestamp": seconds, "value": match[3]} | labels


def _labels(text: str) -> Record | None:
    found: Record = {}
    position = 0
    while position < len(text) and text[position:].strip():
        match = LABEL.match(text, position)
        if not match or f"labels.{match[1]}" in found:
            return None
        found[f"labels.{match[1]}"] = re.sub(r"\\.", lambda escape: ESCAPES.get(escape[0], escape[0]), match[2]) or None
        position = match.end()
    return found


def read_query(connection: Connection, path: Path, key: tuple[str, int], options: dict[str, str]) -> list[str]:
    """Load the samples of a query's answer into source_row, numbered from 1; series by series, each in order of time."""
    rows = RecordRows(connection, key)
    walk = Walk(["data", "result", "[]"])
    with as_utf8(path, options["encoding"]) as copy, copy.open(encoding="utf-8-sig") as stream:
        text = JsonText(stream)
        for series, _ in walk.values(text):
            for record in _samples(series):
                rows.add(rows.count + 1, record)
        if text.peek():
            raise _no_answer("holds more than one answer of a query")
    if walk.common.get("/status") != "success" or not walk.is_found:
        raise _no_answer("is not the answer of a query that succeeded (status, data.result)")
    if walk.common.get("/warnings"):
        raise _no_answer(f"carries a warning of the server, so that it may not be whole: {walk.common['/warnings']}"[:300])
    return rows.finish()


def _no_answer(message: str) -> UnreadableFileError:
    return UnreadableFileError("intake/json", message, FIX)


def _samples(one: object) -> Iterator[Record]:
    labels = one.get("metric") if isinstance(one, dict) else None
    if not isinstance(one, dict) or not isinstance(labels, dict):
        raise _no_answer("has a series without metric")
    head: Record = {f"labels.{name}": cell_text(value) for name, value in labels.items() if name != "__name__"}
    samples = one.get("values", [one["value"]] if "value" in one else None)
    if not isinstance(samples, list):
        raise _no_answer("has a series without values")
    for sample in samples:
        if not isinstance(sample, list) or len(sample) != 2:
            raise _no_answer("has a sample that is not a pair of time and value")
        yield {"metric": cell_text(labels.get("__name__")), "timestamp": cell_text(sample[0]), "value": cell_text(sample[1])} | head
