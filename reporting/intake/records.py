"""Parquet and JSON: columns of records, every value kept as text."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb

from reporting.database import Connection
from reporting.intake.files import UnreadableFileError, as_utf8

MAX_JSON = 256 << 20


def read_parquet(connection: Connection, path: Path, key: tuple[str, int]) -> list[str]:
    """Load one Parquet file into source_row (row 1 is the first record); returns the column names."""
    try:
        connection.execute("create or replace temp view parquet_input as from read_parquet($path)".replace("$path", _quoted(path)))
        connection.execute(
            """insert into source_row
               with text as (select columns(*)::varchar from parquet_input)
               select $source_id, $file_no, row_number() over (), list_value(*columns(*)) from text""",
            {"source_id": key[0], "file_no": key[1]},
        )
        return [row[0] for row in connection.execute("describe parquet_input").fetchall()]
    except duckdb.Error as error:
        reason = str(error).splitlines()[0].replace(str(path), path.name)
        raise UnreadableFileError("intake/parquet", f"cannot be read as Parquet ({reason})", "export the file again") from None


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"


def read_json(connection: Connection, path: Path, key: tuple[str, int], options: dict[str, str]) -> list[str]:
    """Load a JSON array of flat objects (or one object a line) into source_row; numbers keep their digits; returns the keys met."""
    if path.stat().st_size > MAX_JSON:
        raise UnreadableFileError("intake/json", f"is larger than {MAX_JSON} bytes", "deliver it as CSV or Parquet")
    with as_utf8(path, options["encoding"]) as text:
        records = _parse(text.read_text(encoding="utf-8-sig"))
    names = list(dict.fromkeys(name for record in records for name in record))
    cells = [[_cell(record.get(name)) for name in names] for record in records]
    connection.execute(
        """insert into source_row
           select $source_id, $file_no, unnest(range(1, len($cells::varchar[][]) + 1)), unnest($cells::varchar[][])""",
        {"source_id": key[0], "file_no": key[1], "cells": cells},
    )
    return names


def _parse(text: str) -> list[dict[str, object]]:
    decoder = json.JSONDecoder(parse_float=str, parse_int=str, object_pairs_hook=_record)
    try:
        document = _documents(decoder, text)
    except (ValueError, RecursionError) as error:
        raise UnreadableFileError("intake/json", f"is not valid JSON ({error})", "export the file again") from None
    if not isinstance(document, list) or not all(isinstance(record, dict) for record in document):
        raise UnreadableFileError("intake/json", "is not a list of objects", "deliver an array of flat records")
    return document


def _documents(decoder: json.JSONDecoder, text: str) -> object:
    """The one document of a file, or the list of those on its lines."""
    try:
        return decoder.decode(text)
    except ValueError:
        return [decoder.decode(line) for line in text.splitlines() if line.strip()]


def _record(pairs: list[tuple[str, object]]) -> dict[str, object]:
    record = dict(pairs)
    if len(record) < len(pairs):
        names = [name for name, _ in pairs]
        raise UnreadableFileError(
            "intake/json", f'names "{next(name for name in names if names.count(name) > 1)}" twice in one object', "name it once"
        )
    return record


def _cell(value: object) -> str | None:
    if value is None or value == "":
        return None
    if isinstance(value, dict | list):
        return json.dumps(value, sort_keys=True)
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)
