"""Global warming potentials of the company: sets of its own in factors/gwp.csv beside those of the IPCC, which stay as they are."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path

from reporting.database import Connection, insert_rows
from reporting.types import InputError

COLUMNS = ("gwp_set", "gas", "gas_group", "value", "is_kyoto", "kyoto_value", "horizon_years", "citation")
GWP = """insert into gwp (gwp_set, gas, gas_group, value, is_kyoto, kyoto_value, horizon_years, citation)
    select unnest($1), unnest($2), unnest($3), unnest($4)::decimal(38,3), unnest($5)::boolean,
        unnest($6)::decimal(38,3), unnest($7)::integer, unnest($8)"""
NUMBER = re.compile(r"\d{1,9}(\.\d{1,3})?", re.ASCII)


def load_own_gwp(connection: Connection, own_sets: Path | None) -> None:
    """Add the sets of factors/gwp.csv; raises InputError for a row that cannot be used or that touches a published set."""
    path = own_sets / "gwp.csv" if own_sets else None
    if path and path.is_file():
        published = {name for (name,) in connection.execute("select distinct gwp_set from gwp").fetchall()}
        insert_rows(connection, GWP, list(_rows(path, published)))


def _rows(path: Path, published: set[str]) -> Iterator[tuple[str, ...]]:
    seen: set[tuple[str, str]] = set()
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.DictReader(stream)
            if sorted(reader.fieldnames or ()) != sorted(COLUMNS):
                raise InputError(
                    f"{path}:1: the columns are {', '.join(reader.fieldnames or ()) or 'none'}. fix: they must be {', '.join(COLUMNS)}"
                )
            for number, row in enumerate(reader, start=2):
                fault = _fault(row, published, seen)
                if fault:
                    raise InputError(f"{path}:{number}: {fault}. fix: correct the row")
                yield tuple(row[name].strip() for name in COLUMNS)
    except (UnicodeDecodeError, csv.Error) as error:
        raise InputError(f"{path}: cannot be read ({error}). fix: save it as CSV in UTF-8") from None


def _fault(row: dict[str, str], published: set[str], seen: set[tuple[str, str]]) -> str:
    """What is wrong with a row, nothing where it can be used."""
    if None in row or None in row.values() or not all(row[name].strip() for name in COLUMNS):
        return "a cell is empty, or the row has more cells than the header"
    key = (row["gwp_set"].strip(), row["gas"].strip())
    if key[0] in published:
        return f'"{key[0]}" is a published set, which stays as it is'
    if key in seen:
        return f"{key[1]} stands twice in {key[0]}"
    seen.add(key)
    if (
        row["is_kyoto"].strip() not in ("true", "false")
        or not row["horizon_years"].strip().isascii()
        or not row["horizon_years"].strip().isdigit()
    ):
        return "is_kyoto is neither true nor false, or horizon_years is no whole number"
    for name in ("value", "kyoto_value"):
        if not NUMBER.fullmatch(row[name].strip()):
            return f'{name} "{row[name]}" is no number of 0 or more with at most three decimals'
    return ""
