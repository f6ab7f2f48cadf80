"""Reference data into the database: units with their conversions, factor sets, standards."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from pathlib import Path

import duckdb

from reporting.database import PACKAGE, STAGES, Connection, insert_rows, run_file
from reporting.digest import file_sha256
from reporting.exact_yaml import load_yaml
from reporting.fuel_properties import read_fuel_properties
from reporting.gwp import load_own_gwp
from reporting.money import BASE, money_units, read_deflators, replaced
from reporting.reference_tables import load_reference_tables
from reporting.released import load_statements
from reporting.resources import folder
from reporting.types import InputError

FACTOR_COLUMNS = (
    "factor_id", "label", "activity_type", "region", "supplier", "valid_from", "valid_to", "basis", "boundary", "gas", "published_value",
    "published_unit", "value", "value_as", "per_unit", "price_year", "uncertainty", "is_biogenic", "citation",
)  # fmt: skip
SCALE = 10**14
"""A multiplier is recorded with 14 decimals, rounded half away from zero."""
ONE_IN = 10**9
"""A pair of units whose recorded multiplier would be off by more than one part in this many is not offered."""
LARGEST = 10**12
PLAIN_CURRENCY = "ISO 4217; at the prices of the row's own year"
UNIT = """insert into unit select unnest($1), unnest($2), unnest($3), unnest($4)::decimal(38,0), unnest($5)::decimal(38,0),
    unnest($6)::decimal(38,0) * 0.00000000000001, unnest($7)"""
CONVERSION = "insert into unit_conversion select unnest($1), unnest($2), unnest($3)::decimal(38,0) * 0.00000000000001"
CONTENT = "insert into energy_content select unnest($1), unnest($2), unnest($3)::decimal(38,0) * 0.00000000000001, unnest($4)"
RULE = """insert into derivation_rule select unnest($1), unnest($2), unnest($3), unnest($4), unnest($5),
    unnest($6)::decimal(38,0) * 0.00000000000001, unnest($7), unnest($8), unnest($9), unnest($10)"""
DEFLATOR = "insert into deflator select unnest($1), unnest($2)::integer, unnest($3), unnest($4), unnest($5), unnest($6)::boolean"
MONEY = "insert into money_unit select unnest($1), unnest($2), unnest($3)::integer, unnest($4), unnest($5)::boolean, unnest($6)::boolean"
PROPERTY = """insert into fuel_property select unnest($1), unnest($2), unnest($3), unnest($4)::decimal(38,6), unnest($5), unnest($6),
    unnest($7)::date, unnest($8)::date, unnest($9), unnest($10), unnest($11)::boolean"""
SET = """insert into factor_set select unnest($1), unnest($2), unnest($3), unnest($4), unnest($5), unnest($6),
    unnest($7)::boolean, unnest($8)::date, unnest($9), unnest($10), unnest($11)::date, unnest($12), unnest($13)::boolean,
    unnest($14)::integer, unnest($15), unnest($16)"""
HEAD = (
    "publisher",
    "title",
    "edition",
    "url",
    "licence",
    "redistributable",
    "retrieved",
    "sha256",
    "gwp_set",
    "usable_until",
    "supersedes",
)


def recorded(numerator: int, denominator: int) -> int:
    """A positive ratio as the recorded decimal multiplier, in units of its last place."""
    return (2 * numerator * SCALE + denominator) // (2 * denominator)


def read_rows(path: Path) -> list[dict[str, str]]:
    """A reference CSV of the product as dictionaries of text."""
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def load_reference(connection: Connection, own_sets: Path | None = None) -> None:
    """Fill unit to derivation_rule, the factor sets (the company's own included)."""
    files = sorted(folder("factors").glob("*/factors.csv"))
    own = sorted(own_sets.glob("*/factors.csv")) if own_sets else []
    _load_units(connection)
    connection.execute("set variable factors = $value", {"value": str(folder("factors"))})
    connection.execute("set variable standards = $value", {"value": str(PACKAGE / "standards")})
    connection.execute("set variable factor_files = $value", {"value": [str(path) for path in [*files, *own]]})
    for path in own:
        _refuse_other_columns(path)
    try:
        run_file(connection, STAGES / "02_reference.sql")
    except duckdb.Error as error:
        places = ", ".join(str(path) for path in own)
        raise InputError(f"{places}: cannot be read ({str(error).splitlines()[0]}). fix: save it as CSV in UTF-8") from None
    load_own_gwp(connection, own_sets)
    _load_money(connection, own_sets)
    _load_fuel_properties(connection, own_sets)
    load_reference_tables(connection)
    _load_derivations(connection)
    sets = [_set_row(path.parent, is_own=False) for path in files] + [_set_row(path.parent, is_own=True) for path in own]
    insert_rows(connection, SET, sets)
    load_statements(connection, [folder("factors"), *([own_sets] if own_sets else [])])


def _refuse_other_columns(path: Path) -> None:
    """Raise InputError where the company's own factors.csv has not the columns of a factor set."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            names = next(csv.reader(stream), [])
    except (UnicodeDecodeError, csv.Error) as error:
        raise InputError(f"{path}: cannot be read ({error}). fix: save it as CSV in UTF-8") from None
    if sorted(names) != sorted(FACTOR_COLUMNS):
        raise InputError(f"{path}:1: the columns are {', '.join(names) or 'none'}. fix: they must be {', '.join(FACTOR_COLUMNS)}")


def _load_units(connection: Connection) -> None:
    units = [row for row in read_rows(folder("factors") / "units.csv") if row["dimension"] != "money"]
    ratios = {row["unit"]: (int(row["numerator"]), int(row["denominator"])) for row in units}
    columns = ("unit", "dimension", "base_unit", "numerator", "denominator")
    rows = [(*(row[c] for c in columns), str(recorded(*ratios[row["unit"]])), row["citation"]) for row in units]
    insert_rows(connection, UNIT, rows)
    members: dict[str, list[str]] = {}
    for row in units:
        members.setdefault(row["dimension"], []).append(row["unit"])
    insert_rows(connection, CONVERSION, [pair for names in members.values() for pair in _pairs(names, ratios)])
    contents = read_rows(folder("factors") / "energy_contents.csv")
    insert_rows(connection, CONTENT, [(row["carrier"], row["from_unit"], _ratio(row, "mwh_"), row["citation"]) for row in contents])


def _load_money(connection: Connection, own_sets: Path | None) -> None:
    """Money units from the shipped rates and indices and those of the company; converted only to the units that factors are per."""
    own = own_sets / "deflators.csv" if own_sets else None
    given = read_deflators(own, "factors/deflators.csv") if own and own.is_file() else []
    rows = replaced(read_deflators(folder("factors") / "deflators.csv"), given)
    units = money_units(rows)
    insert_rows(connection, DEFLATOR, [(r.currency, r.year, r.series, format(r.value, "f"), r.citation, bool(r.place)) for r in rows])
    insert_rows(connection, MONEY, [(u.unit, u.currency, u.price_year, u.citation, u.is_stand_in, u.is_own) for u in units])
    ratios = {u.unit: (u.ratio.numerator, u.ratio.denominator) for u in units}
    head: list[tuple[str, ...]] = [
        (u.unit, "money", BASE, *map(str, ratios[u.unit]), str(recorded(*ratios[u.unit])), u.citation) for u in units
    ]
    head += [(c, "money", c, "1", "1", str(SCALE), PLAIN_CURRENCY) for c in sorted({row.currency for row in rows})]
    insert_rows(connection, UNIT, head)
    wanted = {name for (name,) in connection.execute("select distinct per_unit from factor_row").fetchall()} & set(ratios)
    insert_rows(connection, CONVERSION, list(_pairs(list(ratios), ratios, sorted(wanted))))


def _load_fuel_properties(connection: Connection, own_sets: Path | None) -> None:
    own = own_sets / "fuel_properties.csv" if own_sets else None
    given = read_fuel_properties(own, "factors/fuel_properties.csv") if own and own.is_file() else []
    _refuse_unknown_regions(connection, given)
    insert_rows(connection, PROPERTY, read_fuel_properties(folder("factors") / "fuel_properties.csv") + given)


def _refuse_unknown_regions(connection: Connection, rows: list[tuple[object, ...]]) -> None:
    known = {region for (region,) in connection.execute("select region from region").fetchall()}
    fuels = {carrier for (carrier,) in connection.execute("select carrier from activity_type").fetchall()}
    for row in rows:
        if row[8] not in known or row[0] not in fuels:
            wrong = f'region "{row[8]}"' if row[8] not in known else f'fuel "{row[0]}"'
            raise InputError(
                f"factors/fuel_properties.csv: unknown {wrong}. fix: use the names of regions.csv and the carriers of activity types"
            )


def _pairs(names: list[str], ratios: dict[str, tuple[int, int]], targets: list[str] | None = None) -> Iterator[tuple[str, str, str]]:
    for a in names:
        for b in names if targets is None else targets:
            numerator, denominator = ratios[a][0] * ratios[b][1], ratios[a][1] * ratios[b][0]
            multiplier = recorded(numerator, denominator)
            error = abs(multiplier * denominator - numerator * SCALE)
            if error * ONE_IN <= numerator * SCALE and numerator < LARGEST * denominator:
                yield a, b, str(multiplier)


def _ratio(row: dict[str, str], prefix: str = "") -> str:
    ratio = Fraction(row[f"{prefix}numerator"]) / Fraction(row[f"{prefix}denominator"])
    return str(recorded(ratio.numerator, ratio.denominator))


def _load_derivations(connection: Connection) -> None:
    before = ("kind", "suffix", "activity_type", "region", "derived_activity_type")
    after = ("from_unit", "to_unit", "contained_in_boundary", "citation")
    rules = read_rows(PACKAGE / "standards" / "derivation_rules.csv")
    insert_rows(connection, RULE, [(*(rule[c] for c in before), _ratio(rule), *(rule[c] for c in after)) for rule in rules])


def _set_row(path: Path, *, is_own: bool) -> tuple[object, ...]:
    meta = load_yaml(path / "set.yaml")
    missing = [key for key in (*HEAD, "preference", "attribution") if not isinstance(meta, dict) or key not in meta]
    if missing:
        raise InputError(f"{path / 'set.yaml'}: not there: {', '.join(missing)}. fix: complete the head (docs/factors.md)")
    try:
        head = [None if meta[key] is None else str(meta[key]) for key in HEAD]
        for key in ("retrieved", "usable_until"):
            date.fromisoformat(str(meta[key]))
        return (path.name, *head, is_own, int(meta["preference"]), meta["attribution"], file_sha256(path / "factors.csv"))
    except (TypeError, ValueError) as error:
        raise InputError(f"{path / 'set.yaml'}: {error}. fix: correct the head of the factor set") from None
