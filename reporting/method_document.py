"""docs/methods.md from the tables of the methods: `make golden` writes it anew."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from reporting.database import PACKAGE
from reporting.reference import read_rows

Row = dict[str, str]
HEAD = """# Calculation methods

A source of `inventory.yaml` names a method with `method: <name>`, or its rows do in a column `method`. The row then brings the
operands of the method in the place of `quantity` and `unit`: a column of the operand's name, with its unit in `<operand>_unit`, or
fixed for the source under `units`, as in `units: {mass: t, distance: km}`; a connector `mapping` maps columns to operands as to any
other column, `constants` gives one to every row. A source without a method is read as ever.

    sources:
      deliveries:
        path: activity/deliveries.csv
        connector: activity_csv
        method: transport_distance
        units: {mass: t, distance: km}

Operands are plain decimals of at most 36 digits, in units of `factors/units.csv`, of `reporting/standards/operand_units.csv`, or made
of them: `kWh/unit`, `W/GPU`, `GB-h`. Counted things (unit, use, person, GPU ...) have no dimension. An operand of a fixed kind takes
any unit of that kind; "any" takes every unit, and what remains after multiplying must be a unit. The result is in the unit that the
row asks for in `unit`, else in that of the method, else in the first part of the unit of an operand of any kind (kWh of kWh/m2), else
in the base unit. The arithmetic is on integers with a decimal exponent: each step keeps at least 18 significant digits, and the result
is rounded once, to the 10 decimals of a quantity, half away from zero. A result that loses more than a billionth of itself by that is
refused. The table `operand` keeps what was multiplied; the note of the activity shows the sum.

Of alternatives exactly one is given. The whole of an allocation that is not given is the sum of the keys of the rows with the same
`pool`, start and end. Where neither the row nor its source says `data_origin`, that of the method holds.
"""

FAMILIES = """
## Activity types made from others

A file may name these beside the types of `reporting/standards/activity_types.csv`: the type of another place of the inventory,
priced as the type that it is made from. `stated.emissions` takes what a supplier, investee, lessor or project states in CO2e;
avoided emissions, projected lifetime emissions of financed projects and exported energy have no scope and enter no total.

| named | priced as | scope | category | source |
|---|---|---|---|---|"""
PAYERS = """
## Who pays for transport

| payer | freight becomes | source |
|---|---|---|"""


def text() -> str:
    """The document, whole."""
    methods = read_rows(PACKAGE / "standards" / "methods.csv")
    operands = read_rows(PACKAGE / "standards" / "calculation_operands.csv")
    lines = [
        HEAD,
        "## Methods",
        "",
        "| method | what it is | calculation | unit | serves | data | source |",
        "|---|---|---|---|---|---|---|",
    ]
    lines += [_method(row) for row in methods]
    for calculation, rows in groupby(operands, key=lambda row: row["calculation"]):
        lines += ["", *_calculation(calculation, list(rows))]
    lines += [FAMILIES, *map(_family, read_rows(PACKAGE / "standards" / "activity_type_families.csv"))]
    lines += [PAYERS, *map(_payer, read_rows(PACKAGE / "standards" / "payer_rules.csv"))]
    return "\n".join([*lines, ""])


def _method(row: Row) -> str:
    served = f"scope 3 category {row['scope3_category'].replace('|', ', ')}" if row["scope3_category"] else f"scope {row['scope'] or 'any'}"
    cells = (
        f"`{row['method']}`",
        row["title"],
        row["calculation"],
        row["unit"] or "of the operands",
        served,
        row["data_origin"] or "as stated",
    )
    return f"| {' | '.join(cells)} | {row['citation']} |"


def _family(row: Row) -> str:
    base = row["base"].replace("\\1", "x")
    cells = (row["scope"] or "none", row["scope3_category"] or "none", row["citation"])
    scope = f" (scope {row['base_scope']})" if row["base_scope"] else ""
    return f"| {_plain(row['pattern'])} | {base}{scope} | {' | '.join(cells)} |"


def _plain(pattern: str) -> str:
    """A pattern as a reader sees it: `freight_downstream.x`."""
    return re.sub(r"\((?!electricity)[^)]*\)", "x", pattern.strip("^$").replace("\\.", ".")).replace("|", " or ")


def _payer(row: Row) -> str:
    return f"| `{row['payer']}` | `{row['moved_prefix']}x` | {row['citation']} |"


def _calculation(name: str, rows: list[Row]) -> Iterator[str]:
    yield f"## {name}"
    yield ""
    yield f"    {' x '.join(_choices(rows))}".replace(" x 1 / ", " / ")
    yield ""
    yield "| operand | unit | needed | range | meaning |"
    yield "|---|---|---|---|---|"
    shown = dict.fromkeys(
        (row["operand"], row["unit"], row["needed"], row["default_value"], row["minimum"], row["maximum"], row["meaning"]) for row in rows
    )
    for operand, unit, needed, default, low, high, meaning in shown:
        if operand:
            extent = " to ".join(part for part in (low, high) if part) + ("" if high or not low else " or more")
            yield f"| `{operand}` | {unit or 'any'} | {needed}{f', default {default}' if default else ''} | {extent} | {meaning} |"


def _choices(rows: list[Row]) -> Iterator[str]:
    """The factors of the formula: terms that always stand, then each choice as (alternative | alternative)."""
    yield from _terms([row for row in rows if not row["choice"]])
    for choice in dict.fromkeys(row["choice"] for row in rows if row["choice"]):
        own = [row for row in rows if row["choice"] == choice]
        options = dict.fromkeys(row["option"] for row in own)
        formulas = (" x ".join(_terms([row for row in own if row["option"] == option])) or "1" for option in options)
        yield f"({' | '.join(formulas)})"


def _terms(rows: list[Row]) -> Iterator[str]:
    for term in dict.fromkeys(row["term"] for row in rows if row["operand"]):
        own = [row for row in rows if row["term"] == term]
        addends = {addend: [row for row in own if row["addend"] == addend] for addend in dict.fromkeys(row["addend"] for row in own)}
        signed = ((" - " if parts[0]["sign"] == "-1" else " + ") + _product(parts) for parts in addends.values())
        whole = "".join(signed).removeprefix(" + ")
        yield f"({whole})" if len(addends) > 1 else whole


def _product(rows: list[Row]) -> str:
    over = " x ".join(row["operand"] for row in rows if row["exponent"] == "1")
    under = "".join(f" / {row['operand']}" for row in rows if row["exponent"] == "-1")
    return f"{over or '1'}{under}"
