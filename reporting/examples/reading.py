"""A file of worked examples into records; a file of another form or version is refused by its place."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from pathlib import Path
from typing import Any

from reporting.examples.document import VERSION, Example, Expected, Step, list_of, object_of
from reporting.examples.measure import parse
from reporting.types import InputError, UsageError

LARGEST_FILE = 50_000_000
STATUSES = ("published-consistent", "published-erratum", "computed-with-published-tool", "constructed-from-formula")


def read_examples(path: Path) -> tuple[Example, ...]:
    """The examples of a file; raises InputError where it cannot be read, is of another version or not of the form."""
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise InputError(f"{path}: is larger than {LARGEST_FILE} bytes. fix: split it")
        whole = json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal, parse_constant=_refuse)
    except (OSError, UnicodeDecodeError, json.JSONDecodeError, RecursionError, InvalidOperation, ValueError) as error:
        raise InputError(f"{path}: cannot be read ({str(error).splitlines()[0]}). fix: give a file of worked examples in JSON") from None
    try:
        return _examples(object_of(whole))
    except UsageError as error:
        raise InputError(f"{path}: {error}") from None


def _examples(whole: Mapping[str, Any]) -> tuple[Example, ...]:
    header = object_of(whole.get("header"))
    if header.get("schema_version") != VERSION or header.get("vocabulary_version") != VERSION:
        raise UsageError(f"schema and vocabulary must be {VERSION}. fix: use a runner that knows the version of the file")
    examples = tuple(_example(object_of(one)) for one in list_of(whole.get("examples")))
    if not examples or len({example.name for example in examples}) != len(examples):
        raise UsageError("there is no example, or an id stands twice. fix: correct the file")
    return examples


def _refuse(text: str) -> float:
    raise ValueError(f"{text} is no number of JSON")


def _example(given: Mapping[str, Any]) -> Example:
    name = str(given.get("id"))
    try:
        _known_status(given)
        is_composite = given.get("calculation") == "composite"
        steps = [object_of(step) for step in list_of(given.get("steps"))] if is_composite else [{**given, "id": ""}]
        wanted = [*list_of(given.get("expected", [])), *list_of(given.get("also_expected", []))]
        return Example(
            name,
            str(given.get("title")),
            str(given["status"]),
            str(given.get("reason") or "no reason is given") if given.get("calculation") == "out_of_scope" else "",
            tuple(_step(name, step) for step in steps),
            tuple(_expected(object_of(one)) for one in wanted),
            {key: Decimal(value) for key, value in object_of(given.get("published_value", {})).items()},
        )
    except (UsageError, KeyError, TypeError, InvalidOperation) as error:
        raise UsageError(f"example {name}: {error}") from None


def _known_status(given: Mapping[str, Any]) -> None:
    if given.get("status") not in STATUSES:
        raise UsageError(f"status is one of {', '.join(STATUSES)}. fix: correct it")


def _step(example: str, given: Mapping[str, Any]) -> Step:
    rows = [dict(object_of(row)) for row in list_of(given.get("rows", []))]
    if any(not isinstance(row.get("id"), str) for row in rows) or len({row["id"] for row in rows}) != len(rows):
        raise UsageError("every row has an id of its own. fix: correct the rows")
    return Step(example, str(given["id"]), str(given["calculation"]), rows, dict(object_of(given.get("parameters", {}))))


def _expected(given: Mapping[str, Any]) -> Expected:
    place, value = object_of(given["result"]), given["value"]
    address = (str(place["output"]), str(place.get("row", "")), str(place.get("group", "")))
    unit = str(given.get("unit", ""))
    if not isinstance(value, bool | str):
        parse(unit)
        value = Decimal(value)
    return Expected(str(given["name"]), value, unit, Fraction(given.get("rel_tol", 0)), str(place.get("step", "")), address)
