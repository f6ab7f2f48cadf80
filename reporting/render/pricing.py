"""The factor annex: every publication of which a factor was used, with these factors as published and as used."""

from __future__ import annotations

from itertools import groupby

import duckdb

from reporting.render import wording
from reporting.render.annex_shapes import Factor, FactorValue, Publication
from reporting.render.reading import Row, rows

GASES_SHOWN = 5
OPEN_YEARS = {1900, 9999}  # a set that was never retrieved or never expires, as the inventory's own instruments
COMMON = {"CO₂", "CH₄", "CH₄ (fossil)", "N₂O", "CO₂e", "CO₂ biogenic"}


def publications(connection: duckdb.DuckDBPyConnection, window: dict[str, object]) -> tuple[Publication, ...]:
    """Every factor set of which a factor was used, with these factors."""
    used: dict[str, list[Factor]] = {}
    for (set_id, _), lines in groupby(rows(connection, "factors", window), key=lambda row: (row["set_id"], row["factor_id"])):
        used.setdefault(set_id, []).append(_factor(list(lines)))
    return tuple(_publication(row, tuple(used.get(row["set_id"], ()))) for row in rows(connection, "publications", window))


def _publication(row: Row, factors: tuple[Factor, ...]) -> Publication:
    days = {name: "" if row[name].year in OPEN_YEARS else wording.day(row[name]) for name in ("retrieved", "usable_until")}
    return Publication(**row | days, factors=factors)


def _factor(lines: list[Row]) -> Factor:
    row, values = lines[0], tuple(_value(line) for line in lines)
    return Factor(
        factor_id=row["factor_id"],
        label=row["label"],
        region=row["region"],
        supplier=row["supplier"],
        year=_data_year(row),
        basis=row["basis"],
        boundary=row["boundary"].replace("_", " "),
        values=values,
        published_text=_listed(values, {value: (value.published, value.published_unit) for value in values}),
        used_text=_listed(values, {value: (value.used, value.used_unit) for value in values}),
        place=_place(values),
        lines=row["lines"],
        mark=_mark(row),
    )


def _data_year(row: Row) -> str:
    starts, ends = row["valid_from"], row["valid_to"]
    whole_year = (starts.month, starts.day, ends.month, ends.day, ends.year - starts.year) == (1, 1, 1, 1, 1)
    return str(starts.year) if whole_year else wording.span(starts, ends)


def _value(row: Row) -> FactorValue:
    gas = wording.gas(row["gas"]) + (" biogenic" if row["is_biogenic"] and "biogenic" not in row["gas"] else "")
    weight = "kg CO₂e" if row["value_as"] == "kg_co2e" else "kg"
    return FactorValue(
        gas=gas,
        published=row["published_value"],
        published_unit=row["published_unit"],
        used=wording.plain(row["value"]),
        used_unit=f"{weight} per {wording.unit(row['per_unit'])}",
        citation=row["citation"],
    )


def _first(values: tuple[FactorValue, ...]) -> tuple[FactorValue, ...]:
    """The gases that are printed: all of a few, else those that most factors have, in the order of the publication."""
    common = [value for value in values if value.gas in COMMON]
    return values if len(values) <= GASES_SHOWN or not common else tuple(common[:GASES_SHOWN])


def _listed(values: tuple[FactorValue, ...], amounts: dict[FactorValue, tuple[str, str]]) -> str:
    """Amounts in one line, gas by gas; gases of the same unit share it, and what is not printed is counted."""
    units = dict.fromkeys(amounts[value][1] for value in _first(values))
    parts = [_of_unit([value for value in _first(values) if amounts[value][1] == unit], unit, amounts) for unit in units]
    more = len(values) - len(_first(values))
    return "; ".join(parts) + (f"; {wording.count(more, 'more gas', 'more gases')} in the factor set" if more else "")


def _of_unit(values: list[FactorValue], unit: str, amounts: dict[FactorValue, tuple[str, str]]) -> str:
    return ", ".join(f"{value.gas} {amounts[value][0]}" for value in values) + f" {unit}"


def _place(values: tuple[FactorValue, ...]) -> str:
    """Where the printed values stand; a table that they share is named once, then the cells in the order of the gases."""
    tables: dict[str, dict[str, None]] = {}
    for value in _first(values):
        table, _, cell = value.citation.rpartition(", ")
        tables.setdefault(table, {})[cell] = None
    return "; ".join(", ".join([table, *cells] if table else cells) for table, cells in tables.items())


def _mark(row: Row) -> str:
    marks = []
    if row["is_fallback"]:
        marks.append("fallback")
    if row["geography_distance"]:
        marks.append("wider region")
    if row["year_distance"]:
        marks.append(f"{wording.count(int(row['year_distance']), 'year', 'years')} off")
    return ", ".join(marks)
