"""Figures as formulas: the selectors of a datapoint as SUMIFS over plain A1 ranges of the Ledger or Activities sheet.

SUMIFS takes text that looks like a number, a date or a pattern for one and ignores case. Names that users give are therefore
compared with EXACT wherever that could matter.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import product

from reporting.render.reading import Row
from reporting.render.workbook_cells import plain, quoted
from reporting.render.workbook_sheet import Sheet
from reporting.types import InputError

SPLIT_COLUMNS = {
    "category": "scope3_category",
    "iso": "iso_category",
    "gas": "gas_group",
    "entity": "entity",
    "site": "site",
    "country": "country",
    "system": "system",
    "carrier": "carrier",
}
MIX = {"mwh_mix": "origin", "mwh_binding": "binding"}
"""Measures of the sheet Energy mix, with the column that the selector energy_source of such a datapoint means."""
ENERGY_MEASURES = ("mwh", "mwh_high_impact", *MIX)
NAMED_BY_USERS = ("view", "entity", "site", "country", "system")
WORDS = {"scope": "Scope ", "scope3_category": "Category ", "iso_category": "ISO "}
EMISSION_LISTS = ("scope", "scope3_category", "iso_category", "gas_group", "energy_source", "lifecycle_stage")
ENERGY_LISTS = ("scope", "energy_source", "lifecycle_stage")
BIOGENIC = {"": "no", "only": "yes"}
UNMISTAKABLE = re.compile(r"[A-Za-z]{2,}(?:[ _.-][A-Za-z]+)*")
NOT_BLANK = "<>"


@dataclass(frozen=True, slots=True)
class Criterion:
    """A column and the values of which one must stand there; NOT_BLANK alone asks for any text."""

    column: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lines:
    """The rows of a sheet that sums run over, and which names occur in the columns that users fill."""

    sheet: Sheet
    first: int
    last: int
    names: Mapping[str, Collection[str]]

    def column(self, name: str) -> str:
        """The cells of a column."""
        return self.sheet.range(name, self.first, self.last)


class NamesSeen:
    """The names that users gave, by column, in the rows of a sheet written so far."""

    def __init__(self) -> None:
        self._names: dict[str, set[str]] = {column: set() for column in NAMED_BY_USERS}

    def note(self, row: Row) -> None:
        """Take a row's names."""
        for column, names in self._names.items():
            if row.get(column):
                names.add(row[column])

    def lines(self, sheet: Sheet) -> Lines:
        """The rows below the header of a sheet, with the names of all that were noted."""
        return Lines(sheet, 2, sheet.height, self._names)


@dataclass(frozen=True, slots=True)
class Months:
    """The cells that hold the first day of a period and the day after its last."""

    starts: str
    ends: str


ONLY = {
    "kg_supplier": (Criterion("data_origin", ("supplier_specific",)),),
    "kg_cloud": (Criterion("hosting", ("cloud", "api")),),
    "mwh_high_impact": (Criterion("high_impact", ("yes",)),),
}
"""What a measure asks of a line beyond the selectors of its datapoint."""


def criteria(datapoint: Row, view: str, key: str) -> tuple[Criterion, ...]:
    """What a ledger line must be to count in a figure; key is '' or `split=value`."""
    is_energy = datapoint["measure"] in ENERGY_MEASURES
    found = [] if is_energy else [Criterion("view", (view,))]
    found += [
        Criterion(_named(column, datapoint), tuple(WORDS.get(column, "") + value for value in datapoint[column].split("|")))
        for column in (ENERGY_LISTS if is_energy else EMISSION_LISTS)
        if datapoint[column]
    ]
    if not is_energy:
        if datapoint["basis"]:
            found.append(Criterion("basis", ("both", *datapoint["basis"].split("|"))))
        found.append(Criterion("biogenic", (_biogenic(datapoint),)))
    found += ONLY.get(datapoint["measure"], ())
    if datapoint["system"]:
        found.append(Criterion("system", (NOT_BLANK,)))
    if datapoint["role"] != "any":
        found.append(Criterion("role", (datapoint["role"],)))
    if key:
        split, _, value = key.partition("=")
        column = SPLIT_COLUMNS[split]
        found.append(Criterion(column, (WORDS.get(column, "") + value,)))
    return tuple(found)


def _named(column: str, datapoint: Row) -> str:
    """The column of the sheet that a selector means."""
    return MIX.get(datapoint["measure"], column) if column == "energy_source" else column


def _biogenic(datapoint: Row) -> str:
    if datapoint["biogenic"] not in BIOGENIC:
        raise InputError(f'datapoint {datapoint["datapoint"]}: the workbook has no formula for biogenic "{datapoint["biogenic"]}"')
    return BIOGENIC[datapoint["biogenic"]]


def amount_column(measure: str, view: str) -> str:
    """The column that a measure adds up; raises InputError for a measure that no sheet holds."""
    columns = {"kg_co2e": "kg_co2e", "kg_gas": "kg_gas", "kg_supplier": "kg_co2e", "kg_cloud": "kg_co2e"} | dict.fromkeys(
        ENERGY_MEASURES, f"mwh {view}"
    )
    if measure not in columns:
        raise InputError(f'the workbook has no column for the measure "{measure}"')
    return columns[measure]


def total(lines: Lines, amount: str, wanted: tuple[Criterion, ...], months: Months, factor: Decimal) -> str:
    """The sum of a column over the lines that meet all criteria within the months, times the factor, to 12 decimals."""
    summed = added(lines, amount, wanted, months)
    return f"ROUND(({summed})*{plain(factor)},12)" if factor != 1 else f"ROUND({summed},12)"


def added(lines: Lines, amount: str, wanted: tuple[Criterion, ...], months: Months) -> str:
    """The sum of a column over the lines that meet all criteria within the months."""
    if all(_is_unmistakable(lines, criterion) for criterion in wanted):
        return _sumifs(lines, amount, wanted, months)
    return _sumproduct(lines, amount, wanted, months)


def _is_unmistakable(lines: Lines, criterion: Criterion) -> bool:
    if criterion.column not in NAMED_BY_USERS or criterion.values == (NOT_BLANK,):
        return True
    present = [name.casefold() for name in lines.names[criterion.column]]
    return all(
        UNMISTAKABLE.fullmatch(value) and value.casefold() not in {"true", "false"} and present.count(value.casefold()) <= 1
        for value in criterion.values
    )


def _sumifs(lines: Lines, amount: str, wanted: tuple[Criterion, ...], months: Months) -> str:
    """SUMIFS knows no "one of": two lists become a row and a column of constants, further lists a sum of such terms."""
    month = lines.column("month")
    span = f'{month},">="&{months.starts},{month},"<"&{months.ends}'
    single = [f"{lines.column(c.column)},{quoted(c.values[0])}" for c in wanted if len(c.values) == 1]
    several = [c for c in wanted if len(c.values) > 1]
    arrays = [
        f"{lines.column(criterion.column)},{{{separator.join(quoted(value) for value in criterion.values)}}}"
        for criterion, separator in zip(several[:2], (",", ";"), strict=False)
    ]
    rest = [[f"{lines.column(c.column)},{quoted(value)}" for value in c.values] for c in several[2:]]
    terms = [f"SUMIFS({','.join([lines.column(amount), *single, *arrays, *combination, span])})" for combination in product(*rest)]
    return "+".join(f"SUMPRODUCT({term})" if arrays else term for term in terms)


def _sumproduct(lines: Lines, amount: str, wanted: tuple[Criterion, ...], months: Months) -> str:
    month = lines.column("month")
    parts = [_condition(lines.column(criterion.column), criterion.values) for criterion in wanted]
    return f"SUMPRODUCT({'*'.join([*parts, f'({month}>={months.starts})', f'({month}<{months.ends})', lines.column(amount)])})"


def _condition(cells: str, values: tuple[str, ...]) -> str:
    if values == (NOT_BLANK,):
        return f'({cells}<>"")'
    return "(" + "+".join(f"EXACT({cells},{quoted(value)})" for value in values) + ")"


def described(datapoint: Row, view: str, key: str) -> str:
    """The selection in words, for those who read no formulas."""
    parts = [
        f"{_title(c.column)} {' or '.join('any' if value == NOT_BLANK else value for value in c.values)}"
        for c in criteria(datapoint, view, key)
    ]
    weighted = [f"energy weighted as in view {view}"] if datapoint["measure"] in ENERGY_MEASURES else []
    return "; ".join([*weighted, *parts])


def _title(column: str) -> str:
    return "" if column in WORDS else column.replace("_", " ")
