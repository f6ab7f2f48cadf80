"""Reference data into the database: units with their conversions, factor sets, standards, frameworks."""

from __future__ import annotations

import csv
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from pathlib import Path

import pandas as pd

from reporting.database import PACKAGE, STAGES, Connection, run_file
from reporting.digest import file_sha256
from reporting.inventory import load_yaml
from reporting.resources import folder
from reporting.types import InputError

WIDE = Context(prec=60, rounding=ROUND_HALF_UP)
MULTIPLIER = Decimal(1).scaleb(-14)
LARGEST_ROUNDING = Fraction(1, 10**9)


def rounded(value: Fraction) -> Decimal:
    """An exact rational as the recorded decimal multiplier: 14 decimals, half away from zero."""
    return WIDE.divide(Decimal(value.numerator), Decimal(value.denominator)).quantize(MULTIPLIER, context=WIDE)


def read_rows(path: Path) -> list[dict[str, str]]:
    """A reference CSV of the product as dictionaries of text."""
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def load_reference(connection: Connection, own_sets: Path | None = None) -> None:
    """Fill unit to derivation_rule, the factor sets (the company's own included) and the frameworks."""
    files = sorted(folder("factors").glob("*/factors.csv"))
    own = sorted(own_sets.glob("*/factors.csv")) if own_sets else []
    _load_units(connection)
    for name, value in {"factors": str(folder("factors")), "standards": str(PACKAGE / "standards")}.items():
        connection.execute(f"set variable {name} = $value", {"value": value})
    connection.execute("set variable factor_files = $value", {"value": [str(path) for path in [*files, *own]]})
    run_file(connection, STAGES / "02_reference.sql")
    _load_derivations(connection)
    _load_sets(connection, [path.parent for path in files], is_own=False)
    _load_sets(connection, [path.parent for path in own], is_own=True)


def _load_units(connection: Connection) -> None:
    units = read_rows(folder("factors") / "units.csv")
    ratio = {row["unit"]: Fraction(int(row["numerator"]), int(row["denominator"])) for row in units}
    for row in units:
        row["multiplier"] = str(rounded(ratio[row["unit"]]))
    pairs = [
        {"from_unit": a["unit"], "to_unit": b["unit"], "multiplier": str(rounded(ratio[a["unit"]] / ratio[b["unit"]]))}
        for a in units
        for b in units
        if a["dimension"] == b["dimension"] and _is_faithful(ratio[a["unit"]] / ratio[b["unit"]])
    ]
    _insert(connection, "insert into unit by name select unit, dimension, base_unit, numerator, denominator, multiplier, citation from frame", units)
    _insert(connection, "insert into unit_conversion by name select from_unit, to_unit, multiplier from frame", pairs)
    contents = read_rows(folder("factors") / "energy_contents.csv")
    for row in contents:
        row["mwh_per_unit"] = str(rounded(Fraction(row["mwh_numerator"]) / Fraction(row["mwh_denominator"])))
    _insert(connection, "insert into energy_content by name select carrier, from_unit, mwh_per_unit, citation from frame", contents)


def _is_faithful(ratio: Fraction) -> bool:
    return abs(Fraction(rounded(ratio)) - ratio) <= LARGEST_ROUNDING * ratio and ratio < 10**12


def _load_derivations(connection: Connection) -> None:
    rules = read_rows(PACKAGE / "standards" / "derivation_rules.csv")
    for rule in rules:
        rule["multiplier"] = str(rounded(Fraction(rule["numerator"]) / Fraction(rule["denominator"])))
    _insert(
        connection,
        """insert into derivation_rule by name
           select kind, suffix, activity_type, region, derived_activity_type, multiplier, from_unit, to_unit, contained_in_boundary, citation from frame""",
        rules,
    )


def _insert(connection: Connection, statement: str, rows: list[dict[str, str]]) -> None:
    if not rows:
        return
    connection.register("frame", pd.DataFrame(rows, dtype="str"))
    connection.execute(statement)
    connection.unregister("frame")


def _load_sets(connection: Connection, folders: list[Path], *, is_own: bool) -> None:
    for path in folders:
        meta = load_yaml(path / "set.yaml")
        digest = file_sha256(path / "factors.csv")
        try:
            values = [
                path.name, meta["publisher"], meta["title"], str(meta["edition"]), meta["url"], meta["licence"], meta["redistributable"],
                meta["retrieved"], meta["sha256"], meta["gwp_set"], meta["usable_until"], meta["supersedes"], is_own, meta["preference"],
                meta["attribution"], digest,
            ]  # fmt: skip
        except (KeyError, TypeError) as error:
            raise InputError(f"{path / 'set.yaml'}: key {error} is missing. fix: complete the head of the factor set") from None
        marks = ", ".join(f"${number}" for number in range(1, len(values) + 1))
        connection.execute(f"insert into factor_set values ({marks})", values)  # noqa: S608 - numbered parameters only


def load_frameworks(connection: Connection, choices: dict[str, str]) -> None:
    """Load the chosen frameworks (framework -> view) with their datapoints, in the order of the folders' own positions."""
    known = {path.parent.name: path.parent for path in sorted((PACKAGE / "frameworks").glob("*/framework.yaml"))}
    for name, view in choices.items():
        if name not in known:
            raise InputError(f'inventory.yaml: unknown framework "{name}". fix: use one of {", ".join(known)}')
        meta = load_yaml(known[name] / "framework.yaml")
        connection.execute("insert into framework values ($1, $2, $3, $4, $5)", [name, meta["title"], meta["edition"], view, meta["position"]])
        connection.execute("set variable framework = $name", {"name": name})
        connection.execute("set variable datapoints = $path", {"path": str(known[name] / "datapoints.csv")})
        run_file(connection, STAGES / "03_datapoint.sql")
